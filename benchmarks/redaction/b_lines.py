"""Secrets in one line of a command, a URL, a header or a file, by the documented form of each."""

# ruff: noqa: E501  # one form a line

from __future__ import annotations

import base64
from typing import TYPE_CHECKING
from urllib.parse import quote

from benchmarks.redaction.randomness import (
    ALNUM,
    BASE36,
    FIRST,
    NOUNS,
    UPPER,
    URLSAFE,
    b64,
    b64url,
    hexadecimal,
    pick,
    uuid4,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from benchmarks.redaction.secret_texts import Planted

    Make = Callable[[Random], Planted]


def a_password(rng: Random) -> str:
    return rng.choice("bdghqv") + pick(rng, ALNUM + "_-.~", rng.randint(9, 18)) + rng.choice(UPPER)


def a_token(rng: Random) -> str:
    return pick(rng, ALNUM, 40)


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def form(template: str, secret: Callable[[Random], str] = a_password) -> Make:
    """A template with `{v}` the secret, `{a}` and `{b}` words, `{h}` a host, `{n}` a number, `{u}` a UUID, `{x}` hex."""

    def make(rng: Random) -> Planted:
        value = secret(rng)
        filled = {
            "a": rng.choice(NOUNS), "b": rng.choice(NOUNS), "n": rng.randint(2, 250), "u": uuid4(rng), "x": hexadecimal(rng, 64),
            "h": f"{rng.choice(NOUNS)}.{rng.choice(('intra', 'example-corp.net', 'svc'))}", "p": rng.choice(FIRST),
        }  # fmt: skip
        return template.format(v=value, **filled), value

    return make


def pair_in_base64(template: str) -> Make:
    """`{v}` is user and password in base 64."""
    return form(template, lambda rng: encoded(f"{rng.choice(NOUNS)}:{a_password(rng)}"))


LINES: dict[str, Make] = {
    "cookie_aspnet": form("Cookie: lang=de; ASP.NET_SessionId={v}; theme=dark", lambda r: pick(r, BASE36, 24)),
    "cookie_aspnetcore": form("Set-Cookie: .AspNetCore.Identity.Application=CfDJ8{v}; path=/; httponly", lambda r: pick(r, URLSAFE, 180)),
    "cookie_rails": form("Set-Cookie: _{a}_session={v}; path=/; HttpOnly", lambda r: f"{quote(b64(r, 90), safe='')}--{hexadecimal(r, 40)}"),
    "cookie_nextauth": form("cookie: __Secure-next-auth.session-token={v}; other=1", uuid4),
    "cookie_drupal": form("Cookie: SSESS{x}={v}; has_js=1", lambda r: pick(r, URLSAFE, 43)),
    "cookie_cloudfront": form("Cookie: CloudFront-Signature={v}; CloudFront-Key-Pair-Id=K2JCJMDEHXQW5F", lambda r: pick(r, ALNUM + "-~", 342) + "__"),
    "basic_header": pair_in_base64("GET /{a} HTTP/1.1\r\nHost: {h}\r\nauthorization: basic {v}\r\n\r\n"),
    "auth_splunk": form("curl -k https://{h}:8088/services/collector -H 'Authorization: Splunk {v}'", uuid4),
    "auth_genie": form("Authorization: GenieKey {v}\r\nContent-Type: application/json", uuid4),
    "auth_bot": form("headers={{'Authorization': 'Bot {v}', 'User-Agent': '{a}/1.0'}}", a_token),
    "header_vault": form("curl --header 'X-Vault-Token: {v}' https://{h}:8200/v1/sys/health", a_token),
    "header_goog_key": form("x-goog-api-client: gl-python/3.12\r\nx-goog-api-key: {v}\r\n", a_token),
    "header_cf_access": form("CF-Access-Client-Id: {a}.access\r\nCF-Access-Client-Secret: {v}\r\n", lambda r: hexadecimal(r, 64)),
    "header_ocp": form("Ocp-Apim-Subscription-Key: {v}\r\nHost: {h}\r\n", lambda r: hexadecimal(r, 32)),
    "grpc_metadata": form("metadata=(('x-request-id', '{u}'), ('authorization', 'Bearer {v}'))", a_token),
    "dsn_cassandra": form("cassandra://{a}:{v}@{h}:9042/{b}"), "dsn_nats": form("nats://{a}:{v}@{h}:4222"),
    "dsn_ldap": form("ldaps://cn=admin:{v}@{h}:636/dc={a}"), "dsn_snowflake": form("snowflake://{a}:{v}@xy12345.eu-central-1/{b}/public?warehouse=wh"),
    "dsn_neo4j": form("neo4j+s://{a}:{v}@{h}:7687"), "dsn_sftp": form("sftp://{a}:{v}@{h}:22/outgoing"),
    "dsn_rtsp": form("ffmpeg -i rtsp://{a}:{v}@10.0.4.{n}:554/stream1 out.mp4"), "dsn_mqtt": form("mqtts://{a}:{v}@{h}:8883"),
    "dsn_proxy": form("https_proxy=http://{a}:{v}@{h}:3128 apt-get update"), "dsn_socks": form('curl -x "socks5h://{a}:{v}@{h}:1080" https://{b}.dev'),
    "dsn_kafka_jaas": form('sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="{a}" password="{v}";'),
    "sqlplus": form("sqlplus {a}/{v}@{h}:1521/ORCL @run.sql"), "sqlcmd": form("sqlcmd -S {h} -U {a} -P {v} -Q 'select 1'"),
    "mongosh": form("mongosh --host {h} -u {a} -p {v} --authenticationDatabase admin"),
    "mongo_create_user": form("db.createUser({{user: '{a}', pwd: '{v}', roles: ['readWrite']}})"),
    "redis_auth": form("127.0.0.1:6379> AUTH {a} {v}\nOK\n127.0.0.1:6379> PING"), "redis_conf": form("bind 127.0.0.1\nrequirepass {v}\nmaxmemory 2gb"),
    "redis_config_set": form("CONFIG SET requirepass {v}"), "ftp_pass": form("220 ready\nUSER {a}\n331 Password required\nPASS {v}\n230 Logged in"),
    "imap_login": form('a1 LOGIN {a} "{v}"\r\na1 OK LOGIN completed'), "irc_nickserv": form("/msg NickServ IDENTIFY {v}"),
    "postgres_copy": form("COPY s3data FROM 's3://{a}/{b}' CREDENTIALS 'aws_access_key_id=x;aws_secret_access_key={v}';", lambda r: pick(r, ALNUM, 40)),
    "sql_alter_login": form("ALTER LOGIN [{a}] WITH PASSWORD = N'{v}';"), "sql_set_password": form("SET PASSWORD FOR '{a}'@'localhost' = PASSWORD('{v}');"),
    "sql_grant": form("GRANT ALL ON {b}.* TO '{a}'@'%' IDENTIFIED BY '{v}' WITH GRANT OPTION;"),
    "chpasswd": form("echo '{a}:{v}' | chpasswd"), "passwd_stdin": form("echo {v} | docker login -u {a} --password-stdin registry.{b}.dev"),
    "smbclient": form("smbclient //{h}/share -U {a}%{v} -c ls"), "mount_cifs": form("mount -t cifs //{h}/b /mnt -o username={a},password={v},vers=3.0"),
    "keytool": form("keytool -importkeystore -srckeystore a.jks -srcstorepass {v} -destkeystore b.p12"), "gpg_pass": form("gpg --batch --passphrase {v} -d {a}.gpg"),
    "zip_password": form("7z x {a}.7z -p{v} -oout"), "unzip_password": form("unzip -P {v} {a}.zip"), "helm_set": form("helm upgrade {a} ./chart --set auth.password={v} --set replicas={n}"),
    "kubectl_literal": form("kubectl create secret generic {a} --from-literal=password={v} -n prod"), "az_login": form("az login --service-principal -u {u} -p {v} --tenant {a}"),
    "aws_configure": form("aws configure set aws_secret_access_key {v} --profile {a}", lambda r: pick(r, ALNUM, 40)),
    "gh_secret": form("gh secret set DEPLOY_KEY --body '{v}' --repo {a}/{b}", a_token), "vault_kv_put": form("vault kv put secret/{a} username={b} password={v}"),
    "ansible_connection": form("[web]\n{h} ansible_user=deploy ansible_password={v} ansible_port=22"),
    "maven_server": form("<server><id>{a}</id><username>{b}</username><password>{v}</password></server>"),
    "gradle_signing": form("signing.keyId=24875D73\nsigning.password={v}\norg.gradle.jvmargs=-Xmx2g"), "npmrc_password": form("//npm.{a}.dev/:username={b}\n//npm.{a}.dev/:_password={v}\n", lambda r: encoded(a_password(r))),
    "npmrc_auth": pair_in_base64("registry=https://npm.{a}.dev/\n_auth={v}\nalways-auth=true"),
    "nuget_config": form('<packageSourceCredentials><{a}><add key="ClearTextPassword" value="{v}" /></{a}></packageSourceCredentials>'),
    "cargo_credentials": form('[registry]\ntoken = "{v}"\n', a_token), "composer_auth": form('{{"http-basic": {{"repo.{a}.dev": {{"username": "{b}", "password": "{v}"}}}}}}'),
    "pypirc": form("[pypi]\nusername = __token__\npassword = {v}\n", a_token), "hub_login": form('[remote "origin"]\n\turl = https://oauth2:{v}@git.{a}.dev/{b}.git\n', a_token),
    "git_credentials": form("https://{a}:{v}@git.{b}.dev\n", a_token), "jenkins_with": form("withCredentials([string(credentialsId: '{a}', variable: 'T')]) {{ sh 'deploy --token {v}' }}", a_token),
    "magic_link": form("https://app.{a}.dev/magic-login?email=x&token={v}&next=%2F", a_token), "invite_link": form("https://{a}.dev/invite?invite_token={v}", a_token),
    "zapier_hook": form("https://hooks.zapier.com/hooks/catch/{n}1234/{v}/", lambda r: pick(r, BASE36, 7) + pick(r, BASE36, 7)), "make_hook": form("https://hook.eu2.make.com/{v}", lambda r: pick(r, BASE36, 32)),
    "slack_hook": form("https://hooks.slack.com/services/T0{n}ABCDE/B0{n}FGHIJ/{v}", lambda r: pick(r, ALNUM, 24)), "slack_workflow": form("https://hooks.slack.com/triggers/T01234567/7654321/{v}", lambda r: hexadecimal(r, 32)),
    "telegram_url": form("https://api.telegram.org/bot{v}/getMe", lambda r: f"{r.randint(10**9, 9 * 10**9)}:AA{pick(r, URLSAFE, 33)}"), "feishu_hook": form("https://open.feishu.cn/open-apis/bot/v2/hook/{v}", uuid4),
    "dingtalk_hook": form("https://oapi.dingtalk.com/robot/send?access_token={v}", lambda r: hexadecimal(r, 64)), "wecom_hook": form("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={v}", uuid4),
    "logic_app": form("https://prod-12.westeurope.logic.azure.com/workflows/{x}/triggers/manual/paths/invoke?api-version=2016-10-01&sp=%2Ftriggers&sv=1.0&sig={v}", lambda r: pick(r, URLSAFE, 43)),
    "azure_function": form("https://{a}.azurewebsites.net/api/{b}?code={v}", lambda r: pick(r, ALNUM, 54) + "=="), "oss_signed": form("https://{a}.oss-cn-hangzhou.aliyuncs.com/{b}.zip?Expires=1790000000&OSSAccessKeyId=x&Signature={v}", lambda r: quote(b64(r, 20), safe="")),
    "cos_signed": form("https://{a}-125.cos.ap-shanghai.myqcloud.com/{b}?q-sign-algorithm=sha1&q-sign-time=1;2&q-signature={v}", lambda r: hexadecimal(r, 40)),
    "gitlab_feed_url": form("https://gitlab.{a}.dev/{b}.atom?feed_token={v}", lambda r: pick(r, ALNUM, 20)), "ical_private": form("https://calendar.google.com/calendar/ical/{a}/private-{v}/basic.ics", lambda r: hexadecimal(r, 32)),
    "maps_query": form("https://maps.{a}.dev/staticmap?center=1,2&zoom=9&apiKey={v}", a_token), "amap_query": form("https://restapi.amap.com/v3/geocode/geo?address=a&key={v}", lambda r: hexadecimal(r, 32)),
    "oidc_implicit": form("https://app.{a}.dev/cb#id_token={v}&state=xyz", lambda r: f"eyJhbGciOiJSUzI1NiJ9.{b64url(r, 90)}.{b64url(r, 64)}"),
    "client_assertion": form("grant_type=client_credentials&client_assertion_type=urn%3Aietf&client_assertion={v}", lambda r: f"eyJhbGciOiJSUzI1NiJ9.{b64url(r, 90)}.{b64url(r, 64)}"),
    "token_response": form('{{"token_type":"Bearer","expires_in":3600,"refresh_token":"{v}","scope":"read"}}', a_token),
    "device_flow": form('{{"verification_uri":"https://{a}.dev/device","device_code":"{v}","interval":5}}', a_token),
    "snmp": form("snmpwalk -v3 -u {a} -l authPriv -a SHA -A {v} -x AES -X x 10.0.0.{n}"), "ipmi": form("ipmitool -I lanplus -H 10.0.0.{n} -U {a} -P {v} chassis status"),
    "chat_paste": form("[10:14] {p}: can you restart it?\n[10:15] {a}: sure, what's the root password\n[10:16] {p}: it's {v}\n[10:17] {a}: thx"),
    "ticket": form("Customer cannot sign in to {a}. We reset the account; temporary password: {v} - please ask them to change it."),
    "docstring_example": form("# TODO remove before release: prod db password is '{v}'\nDB = connect('{a}')"),
}  # fmt: skip
