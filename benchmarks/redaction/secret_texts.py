"""Secrets that bring their surroundings along: keys in containers, URLs, connection strings, commands, cookies.

Each function returns the text and the part of it that must go.
"""

# ruff: noqa: E501, ISC004, SIM905  # texts stand as they are stored

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from benchmarks.redaction.randomness import (
    ALNUM,
    BASE32,
    BASE36,
    DIGITS,
    LOWER,
    NOUNS,
    UPPER36,
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

Planted = tuple[str, str]


def _lines(text: str, width: int = 64) -> str:
    return "\n".join(text[start : start + width] for start in range(0, len(text), width))


def _word(rng: Random) -> str:
    return rng.choice(NOUNS)


def _password(rng: Random) -> str:
    return rng.choice("KMRTWX") + pick(rng, ALNUM + "_-.~", rng.randint(9, 20)) + rng.choice(DIGITS)


def _host(rng: Random) -> str:
    return f"{_word(rng)}-{_word(rng)}.{rng.choice(('internal', 'prod.local', 'svc.cluster.local', 'corp.lan'))}"


def pem(label: str, size: int) -> Callable[[Random], Planted]:
    def make(rng: Random) -> Planted:
        body = _lines("MII" + b64(rng, size)[3:])
        return f"-----BEGIN {label}-----\n{body}\n-----END {label}-----\n", body

    return make


def pgp_block(rng: Random) -> Planted:
    body = _lines("lQWGB" + b64(rng, 900)[5:]) + "\n=" + pick(rng, ALNUM, 4)
    return (
        f"-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: GnuPG v2\n\n{body}\n-----END PGP PRIVATE KEY BLOCK-----",
        body,
    )


def putty(rng: Random) -> Planted:
    public, private = _lines("AAAAC3NzaC1lZDI1NTE5AAAAI" + b64(rng, 33)), b64(rng, 36)
    text = (
        f"PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: {_word(rng)}\nPublic-Lines: 2\n{public}\n"
        f"Private-Lines: 1\n{private}\nPrivate-MAC: {hexadecimal(rng, 64)}"
    )
    return text, private


def jwk(rng: Random) -> Planted:
    secret = b64url(rng, 32)
    point = {"x": b64url(rng, 32), "y": b64url(rng, 32)}
    return json.dumps({"kty": "EC", "crv": "P-256", **point, "d": secret, "use": "sig"}), secret


def service_account(rng: Random) -> Planted:
    # The line breaks of the key are written as two characters, as Google's console writes the file.
    body = "MIIEv" + b64(rng, 600)[5:]
    key = f"-----BEGIN PRIVATE KEY-----\\n{body}\\n-----END PRIVATE KEY-----\\n"
    return (
        f'{{"type": "service_account", "project_id": "{_word(rng)}-{rng.randint(10, 99)}", "private_key": "{key}", '
        '"token_uri": "https://oauth2.googleapis.com/token"}',
        body,
    )


def wireguard(rng: Random) -> Planted:
    secret = b64(rng, 32)
    return f"[Interface]\nAddress = 10.8.0.2/24\nPrivateKey = {secret}\nListenPort = 51820", secret


def ansible(rng: Random) -> Planted:
    secret = _password(rng)
    return f"- hosts: web\n  vars:\n    ansible_user: deploy\n    ansible_become_pass: {secret}\n", secret


def database(scheme: str, port: int, tail: str) -> Callable[[Random], Planted]:
    def make(rng: Random) -> Planted:
        secret = _password(rng)
        return f"{scheme}://{_word(rng)}:{secret}@{_host(rng)}:{port}{tail}", secret

    return make


def redis(rng: Random) -> Planted:
    secret = _password(rng)
    return f"rediss://:{secret}@{_host(rng)}:6380/2", secret


def go_dsn(rng: Random) -> Planted:
    secret = _password(rng)
    return f"{_word(rng)}:{secret}@tcp({_host(rng)}:3306)/{_word(rng)}?parseTime=true&loc=UTC", secret


def libpq(rng: Random) -> Planted:
    secret = _password(rng)
    return (
        f"host={_host(rng)} port=5432 dbname={_word(rng)} user={_word(rng)} password={secret} sslmode=require",
        secret,
    )


def ado_net(rng: Random) -> Planted:
    secret = _password(rng)
    text = (
        f"Server=tcp:{_host(rng)},1433;Initial Catalog={_word(rng)};User ID={_word(rng)};Password={secret};Encrypt=True"
    )
    return text, secret


def odbc(rng: Random) -> Planted:
    secret = _password(rng)
    return f"Driver={{ODBC Driver 18 for SQL Server}};Server={_host(rng)};UID={_word(rng)};PWD={secret};", secret


def jdbc_query(rng: Random) -> Planted:
    secret = _password(rng)
    return f"jdbc:postgresql://{_host(rng)}:5432/{_word(rng)}?user={_word(rng)}&password={secret}&ssl=true", secret


def jdbc_sqlserver(rng: Random) -> Planted:
    secret = _password(rng)
    text = (
        f"jdbc:sqlserver://{_host(rng)}:1433;databaseName={_word(rng)};user={_word(rng)};password={secret};encrypt=true"
    )
    return text, secret


def jdbc_oracle(rng: Random) -> Planted:
    secret = _password(rng)
    return f"jdbc:oracle:thin:{_word(rng)}/{secret}@//{_host(rng)}:1521/ORCLPDB1", secret


def service_bus(rng: Random) -> Planted:
    secret = b64(rng, 32)
    text = f"Endpoint=sb://{_word(rng)}.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey={secret}"
    return text, secret


def cosmos(rng: Random) -> Planted:
    secret = pick(rng, ALNUM, 76) + "ACDb" + pick(rng, ALNUM, 6) + "=="
    return f"AccountEndpoint=https://{_word(rng)}.documents.azure.com:443/;AccountKey={secret};", secret


def azure_sas(rng: Random) -> Planted:
    secret = quote(b64(rng, 32), safe="")
    text = (
        f"https://{_word(rng)}.blob.core.windows.net/{_word(rng)}/data.csv?sv=2023-11-03&st=2026-01-02T03%3A04%3A05Z"
        f"&se=2026-02-02T03%3A04%3A05Z&sr=b&sp=r&sig={secret}"
    )
    return text, secret


def gcs_signed(rng: Random) -> Planted:
    secret = hexadecimal(rng, 512)
    text = (
        f"https://storage.googleapis.com/{_word(rng)}/{_word(rng)}.parquet?X-Goog-Algorithm=GOOG4-RSA-SHA256"
        f"&X-Goog-Date=20260203T040506Z&X-Goog-Expires=900&X-Goog-SignedHeaders=host&X-Goog-Signature={secret}"
    )
    return text, secret


def cloudfront(rng: Random) -> Planted:
    secret = b64(rng, 256).replace("+", "-").replace("=", "_").replace("/", "~")
    key_pair = "K" + pick(rng, UPPER36, 13)
    return (
        f"https://d{pick(rng, BASE36, 13)}.cloudfront.net/v.mp4?Expires=1790000000&Signature={secret}&Key-Pair-Id={key_pair}",
        secret,
    )


def s3_legacy(rng: Random) -> Planted:
    secret = quote(b64(rng, 20), safe="")
    return f"https://{_word(rng)}.s3.amazonaws.com/{_word(rng)}.zip?Expires=1790000000&Signature={secret}", secret


def query_secret(name: str) -> Callable[[Random], Planted]:
    def make(rng: Random) -> Planted:
        secret = pick(rng, ALNUM, 36)
        return f"https://api.{_word(rng)}.dev/v2/{_word(rng)}?page=3&{name}={secret}&sort=asc", secret

    return make


def oauth_fragment(rng: Random) -> Planted:
    secret = b64url(rng, 48)
    return (
        f"https://app.{_word(rng)}.dev/callback#state=ok&access_token={secret}&token_type=bearer&expires_in=3600",
        secret,
    )


def oauth_code(rng: Random) -> Planted:
    secret = "4/0A" + pick(rng, URLSAFE, 68)
    return f"GET /oauth/callback?code={secret}&scope=openid HTTP/1.1", secret


def reset_link(rng: Random) -> Planted:
    secret = pick(rng, URLSAFE, 43)
    return f"https://{_word(rng)}.dev/account/reset-password?token={secret}", secret


def discord_webhook(rng: Random) -> Planted:
    secret = pick(rng, URLSAFE, 68)
    return f"https://discord.com/api/webhooks/{pick(rng, DIGITS, 19)}/{secret}", secret


def teams_webhook(rng: Random) -> Planted:
    secret = f"{hexadecimal(rng, 32)}/{uuid4(rng)}"
    return (
        f"https://{_word(rng)}.webhook.office.com/webhookb2/{uuid4(rng)}@{uuid4(rng)}/IncomingWebhook/{secret}",
        secret,
    )


def chat_webhook(rng: Random) -> Planted:
    secret = f"{pick(rng, URLSAFE, 43)}"
    return (
        f"https://chat.googleapis.com/v1/spaces/AAAA{pick(rng, ALNUM, 7)}/messages?threadKey=a&token={secret}",
        secret,
    )


def otpauth(rng: Random) -> Planted:
    secret = pick(rng, BASE32, 32)
    return f"otpauth://totp/{_word(rng)}:{_word(rng)}?secret={secret}&issuer={_word(rng)}&digits=6", secret


def git_remote(rng: Random) -> Planted:
    secret = _password(rng)
    return f"origin\thttps://{_word(rng)}:{secret}@git.{_word(rng)}.dev/{_word(rng)}/{_word(rng)}.git (fetch)", secret


def npmrc(rng: Random) -> Planted:
    secret = pick(rng, ALNUM, 40)
    return f"@{_word(rng)}:registry=https://npm.{_word(rng)}.dev/\n//npm.{_word(rng)}.dev/:_authToken={secret}", secret


def pip_conf(rng: Random) -> Planted:
    secret = _password(rng)
    return f"[global]\nindex-url = https://ci:{secret}@pypi.{_word(rng)}.dev/simple\ntimeout = 60", secret


def netrc_line(rng: Random) -> Planted:
    secret = _password(rng)
    return f"machine {_host(rng)} login {_word(rng)} password {secret}\nmachine localhost\n", secret


def netrc_block(rng: Random) -> Planted:
    secret = _password(rng)
    return f"machine {_host(rng)}\n    login {_word(rng)}\n    password {secret}\n", secret


def pgpass(rng: Random) -> Planted:
    secret = _password(rng)
    return f"{_host(rng)}:5432:{_word(rng)}:{_word(rng)}:{secret}", secret


def kubeconfig(rng: Random) -> Planted:
    secret = pick(rng, URLSAFE, 60)
    return (
        f"apiVersion: v1\nkind: Config\nclusters:\n- name: {_word(rng)}\n  cluster:\n    server: https://10.1.2.3:6443\n"
        f"users:\n- name: admin\n  user:\n    token: {secret}\ncurrent-context: main\n",
        secret,
    )


def kubeconfig_key(rng: Random) -> Planted:
    text, _ = pem("RSA PRIVATE KEY", 600)(rng)
    secret = base64.b64encode(text.encode()).decode()
    return f"users:\n- name: admin\n  user:\n    client-key-data: {secret}\n", secret


def kubernetes_secret(rng: Random) -> Planted:
    secret = base64.b64encode(_password(rng).encode()).decode()
    return (
        f"apiVersion: v1\nkind: Secret\nmetadata:\n  name: {_word(rng)}\ntype: Opaque\ndata:\n  password: {secret}\n",
        secret,
    )


def docker_config(rng: Random) -> Planted:
    secret = base64.b64encode(f"{_word(rng)}:{_password(rng)}".encode()).decode()
    return json.dumps({"auths": {f"registry.{_word(rng)}.dev": {"auth": secret}}, "credsStore": ""}, indent=2), secret


def join_command(rng: Random) -> Planted:
    secret = f"{pick(rng, BASE36, 6)}.{pick(rng, BASE36, 16)}"
    digest = f"sha256:{hexadecimal(rng, 64)}"
    return f"kubeadm join 10.0.0.1:6443 --token {secret} --discovery-token-ca-cert-hash {digest}", secret


def command(template: str) -> Callable[[Random], Planted]:
    def make(rng: Random) -> Planted:
        secret = _password(rng)
        return template.format(v=secret, a=_word(rng), b=_word(rng), host=_host(rng)), secret

    return make


def cookie(name: str) -> Callable[[Random], Planted]:
    def make(rng: Random) -> Planted:
        secret = pick(rng, ALNUM, 32)
        return f"Cookie: theme=dark; {name}={secret}; lang=en", secret

    return make


def set_cookie(rng: Random) -> Planted:
    secret = "s%3A" + pick(rng, URLSAFE, 32) + "." + quote(b64(rng, 32), safe="")
    return (
        f"HTTP/1.1 200 OK\nSet-Cookie: connect.sid={secret}; Path=/; HttpOnly; SameSite=Lax\nContent-Length: 12",
        secret,
    )


def proxy_authorization(rng: Random) -> Planted:
    secret = base64.b64encode(f"{_word(rng)}:{_password(rng)}".encode()).decode()
    return f"CONNECT {_host(rng)}:443 HTTP/1.1\r\nProxy-Authorization: Basic {secret}\r\n\r\n", secret


def authorization(scheme: str, length: int) -> Callable[[Random], Planted]:
    def make(rng: Random) -> Planted:
        secret = pick(rng, ALNUM, length)
        path = f"/v1/{_word(rng)}/{rng.randint(1, 900)}"
        return (
            f"POST {path} HTTP/1.1\r\nHost: {_host(rng)}\r\nAuthorization: {scheme}{secret}\r\nAccept: */*\r\n\r\n",
            secret,
        )

    return make


def seed_phrase(rng: Random) -> Planted:
    # Words of the BIP-39 list.
    known = (
        "abandon ability able about above absent absorb abstract absurd abuse access accident acid acoustic acquire"
        " across act action actor actress actual adapt add addict address adjust admit adult advance advice zebra zone"
    ).split()
    secret = " ".join(rng.sample(known, 12))
    return f"Wallet restored. Seed phrase: {secret}", secret


def form_body(rng: Random) -> Planted:
    secret = _password(rng)
    return f"grant_type=password&username={_word(rng)}&password={secret}&scope=read", secret


def twitch(rng: Random) -> Planted:
    secret = "oauth:" + pick(rng, BASE36, 30)
    return f"PASS {secret}\nNICK {_word(rng)}", secret


def ngrok(rng: Random) -> Planted:
    secret = f"2{pick(rng, ALNUM, 26)}_{pick(rng, ALNUM, 21)}"
    return f"version: 2\nauthtoken: {secret}\nregion: eu\n", secret


def trello(rng: Random) -> Planted:
    secret = f"ATTA{hexadecimal(rng, 64)}{hexadecimal(rng, 8).upper()}"
    return f"https://api.trello.com/1/boards/{pick(rng, ALNUM, 8)}?fields=name&token={secret}", secret


TEXTS: dict[str, Callable[[Random], Planted]] = {
    "pem_ec": pem("EC PRIVATE KEY", 118), "pem_pkcs8": pem("PRIVATE KEY", 600),
    "pem_encrypted": pem("ENCRYPTED PRIVATE KEY", 640), "pem_dsa": pem("DSA PRIVATE KEY", 440),
    "pgp_private": pgp_block, "putty_key": putty, "jwk_private": jwk, "service_account_json": service_account,
    "wireguard": wireguard, "ansible_become": ansible,
    "dsn_mongodb": database("mongodb+srv", 27017, "/app?retryWrites=true"), "dsn_amqp": database("amqps", 5671, "/vh"),
    "dsn_smtp": database("smtps", 465, ""), "dsn_ftp": database("ftp", 21, "/pub"), "dsn_redis": redis,
    "dsn_mssql": database("mssql+pyodbc", 1433, "/db?driver=ODBC"), "dsn_clickhouse": database("clickhouse", 9440, "/d"),
    "dsn_go_mysql": go_dsn, "dsn_libpq": libpq, "ado_net": ado_net, "odbc": odbc, "jdbc_query": jdbc_query,
    "jdbc_sqlserver": jdbc_sqlserver, "jdbc_oracle": jdbc_oracle, "azure_service_bus": service_bus,
    "azure_cosmos": cosmos, "azure_sas": azure_sas, "gcs_signed_url": gcs_signed, "cloudfront_signed_url": cloudfront,
    "s3_signed_v2": s3_legacy, "query_key": query_secret("key"), "query_auth": query_secret("auth_token"),
    "query_client_secret": query_secret("client_secret"), "query_subscription": query_secret("subscription-key"),
    "oauth_fragment": oauth_fragment, "oauth_code": oauth_code, "reset_link": reset_link,
    "discord_webhook": discord_webhook, "teams_webhook": teams_webhook, "google_chat_webhook": chat_webhook,
    "otpauth": otpauth, "git_remote": git_remote, "npmrc_legacy": npmrc, "pip_conf": pip_conf,
    "netrc_line": netrc_line, "netrc_block": netrc_block, "pgpass": pgpass, "kubeconfig_token": kubeconfig,
    "kubeconfig_key": kubeconfig_key, "kubernetes_secret": kubernetes_secret, "docker_config": docker_config,
    "kubeadm_join": join_command,
    "cmd_sshpass": command("sshpass -p {v} ssh {a}@{host} uptime"),
    "cmd_pgpassword": command("PGPASSWORD={v} psql -h {host} -U {a} -c 'select 1'"),
    "cmd_mysql_short": command("mysqldump -h {host} -u{a} -p{v} {b} > dump.sql"),
    "cmd_redis": command("redis-cli -h {host} -a {v} PING"),
    "cmd_docker_login": command("docker login registry.{a}.dev -u {b} --password {v}"),
    "cmd_openssl": command("openssl rsa -in key.pem -passin pass:{v} -out plain.pem"),
    "cmd_ldap": command('ldapsearch -x -D "cn={a},dc={b}" -w {v} -b dc={b}'),
    "cmd_wget": command("wget --http-user={a} --http-password={v} https://{host}/f.tgz"),
    "cmd_curl_user": command("curl -fsS -u {a}:{v} https://{host}/health"),
    "cmd_env": command("docker run -e {a}_PASSWORD={v} -p 8080:80 {b}:1.4"),
    "cmd_secure_string": command('$s = ConvertTo-SecureString "{v}" -AsPlainText -Force'),
    "cmd_net_use": command("net use Z: \\\\{host}\\share /user:{a} {v}"),
    "sql_create_user": command("CREATE USER '{a}'@'%' IDENTIFIED BY '{v}';"),
    "sql_alter_role": command("ALTER ROLE {a} WITH LOGIN PASSWORD '{v}';"),
    "cookie_php": cookie("PHPSESSID"), "cookie_java": cookie("JSESSIONID"), "cookie_host": cookie("__Host-session"),
    "cookie_django": cookie("sessionid"), "cookie_express": set_cookie, "proxy_authorization": proxy_authorization,
    "auth_token_scheme": authorization("Token token=", 20), "auth_ssws": authorization("SSWS 00", 40),
    "auth_apikey_scheme": authorization("ApiKey ", 48), "auth_bearer": authorization("Bearer ", 52),
    "seed_phrase": seed_phrase, "form_body": form_body, "twitch": twitch, "ngrok": ngrok, "trello": trello,
}  # fmt: skip


def shadow_hash(rng: Random) -> Planted:
    """Optional: a password's hash, which not everybody calls a secret."""
    secret = f"$6${pick(rng, ALNUM, 16)}${pick(rng, ALNUM + './', 86)}"
    return f"{pick(rng, LOWER, 6)}:{secret}:19700:0:99999:7:::", secret
