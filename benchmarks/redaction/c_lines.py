"""One template a text: `§v` is the secret, the other marks are filled by `c_words.filled`."""

# ruff: noqa: E501, PLR2004  # the templates read as they are printed

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.redaction.c_words import any_password, human_password, machine_password, plain_password, url_password
from benchmarks.redaction.randomness import (
    ALNUM,
    BASE36,
    LOWER,
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


def _quiet(rng: Random) -> str:
    """A password without marks that shells, quotes or configuration files would read otherwise."""
    return human_password(rng, "-_.") if rng.random() < 0.5 else machine_password(rng, 18, "-_.")


def _hex(count: int) -> Callable[[Random], str]:
    return lambda rng: hexadecimal(rng, count)


def _of(alphabet: str, count: int) -> Callable[[Random], str]:
    return lambda rng: pick(rng, alphabet, count)


LINES: dict[str, tuple[Callable[[Random], str], str]] = {
    # Network devices and directories
    "cisco_tacacs": (_quiet, "tacacs server §w\n address ipv4 §i\n key §v\n timeout 3"),
    "cisco_bgp": (_quiet, "router bgp 65§m\n neighbor §i remote-as 65§m\n neighbor §i password §v\n neighbor §i timers 10 30"),
    "cisco_crypto_key": (_quiet, "crypto isakmp policy 10\n encr aes 256\n group 14\ncrypto isakmp key §v address §i"),
    "nxos_snmp_user": (_quiet, "snmp-server user §w network-admin auth sha §v"),
    "arista_user": (_quiet, "username §p privilege 15 role network-admin secret 0 §v\naaa authorization exec default local"),
    "mikrotik": (_quiet, "/user add name=§p group=full password=§v\n/ip service disable telnet,ftp"),
    "mikrotik_wifi": (_quiet, "/interface wireless security-profiles set default mode=dynamic-keys wpa2-pre-shared-key=§v"),
    "vyos_bgp": (_quiet, "set protocols bgp neighbor §i remote-as '65§m'\nset protocols bgp neighbor §i password '§v'"),
    "strongswan": (_quiet, '# ipsec.secrets\n§i §w.vpn.internal : PSK "§v"'),
    "freeradius_client": (_quiet, "client §w {\n    ipaddr = §i\n    secret = §v\n    nas_type = cisco\n}"),
    "radius_debug": (_quiet, '(§n) Received Access-Request Id §m from §i:49152 length 78\n(§n)   User-Name = "§p"\n(§n)   User-Password = "§v"\n(§n)   NAS-Port = 0'),
    "hostapd": (_quiet, "interface=wlan0\nssid=§w-guest\nwpa=2\nwpa_passphrase=§v\nwpa_key_mgmt=WPA-PSK"),
    "panos_api": (lambda rng: f"LUFRPT1{pick(rng, ALNUM, 123)}==", "curl -k 'https://fw.§w.internal/api/?type=op&cmd=<show><system><info></info></system></show>&key=§v'"),
    "unifi_header": (_of(URLSAFE, 32), "GET /proxy/network/integration/v1/sites HTTP/1.1\nHost: unifi.§w.internal\nX-API-KEY: §v\nAccept: application/json"),
    "keepalived": (_quiet, "vrrp_instance VI_1 {\n    interface eth0\n    authentication {\n        auth_type PASS\n        auth_pass §v\n    }\n}"),
    "ldap_bind": (_quiet, "sssd.conf:\n[domain/§w]\nldap_uri = ldaps://dc1.§w.internal\nldap_default_bind_dn = cn=reader,dc=§w,dc=internal\nldap_default_authtok = §v"),
    "kinit_pipe": (_quiet, "echo '§v' | kinit svc-§w\nklist -s && echo ticket ok"),
    "samba_tool": (_quiet, "samba-tool user setpassword §p --newpassword=§v\nChanged password OK"),
    "expect_script": (_quiet, 'spawn ssh admin@§i\nexpect "assword:"\nsend "§v\\r"\nexpect "#"\nsend "show version\\r"'),
    "telnet_session": (_quiet, "Trying §i...\nConnected to §i.\n\nUser Access Verification\n\nUsername: §p\nPassword: §v\n§w>enable"),
    # Secret managers
    "vault_init": (lambda rng: b64(rng, 33), "Unseal Key 1: §v\n\nVault initialized with 1 key shares and a key threshold of 1. Please securely\ndistribute the key shares printed above."),
    "vault_approle": (uuid4, "Key                   Value\n---                   -----\nsecret_id             §v\nsecret_id_num_uses    0\nsecret_id_ttl         10m"),
    "consul_bootstrap": (uuid4, "AccessorID:       §u\nSecretID:         §v\nDescription:      Bootstrap Token (Global Management)\nLocal:            false\nPolicies:\n   global-management"),
    "aws_secretsmanager": (any_password, '{\n  "Name": "prod/§w/db",\n  "SecretString": "{\\"username\\":\\"§x\\",\\"password\\":\\"§v\\"}",\n  "VersionStages": ["AWSCURRENT"]\n}'),
    "aws_ssm": (any_password, '{\n  "Parameter": {\n    "Name": "/§w/prod/db_password",\n    "Type": "SecureString",\n    "Value": "§v",\n    "Version": §m,\n    "DataType": "text"\n  }\n}'),
    "gcloud_secret": (plain_password, "$ gcloud secrets versions access latest --secret=§w-db-password\n§v\n$ "),
    "az_keyvault": (any_password, '{\n  "attributes": {"enabled": true},\n  "contentType": "",\n  "name": "§w-sql-admin",\n  "value": "§v"\n}'),
    "op_item": (any_password, "$ op item get §w-router --reveal --fields label=password\n§v"),
    "pass_show": (any_password, "$ pass show infra/§w\n§v\nuser: §p\nurl: https://§w.internal"),
    "macos_keychain": (_quiet, 'security find-generic-password -s §w -a §p -g\nkeychain: "/Users/§p/Library/Keychains/login.keychain-db"\npassword: "§v"'),
    # Kubernetes and containers
    "kubectl_jsonpath": (_of(ALNUM, 16), "$ kubectl -n argocd get secret argocd-initial-admin-secret -o jsonpath='{.data.password}' | base64 -d\n§v"),
    "argocd_login": (_quiet, "argocd login cd.§w.internal --username admin --password §v --grpc-web"),
    "kubectl_env": (any_password, "    Environment:\n      PGHOST:      pg.§w.svc\n      PGPASSWORD:  §v\n      LOG_LEVEL:   info\n    Mounts:        <none>"),
    "docker_history": (_quiet, "IMAGE          CREATED      CREATED BY                                   SIZE\n§h   2 days ago   /bin/sh -c #(nop)  ENV DB_PASSWORD=§v      0B"),
    "podman_login": (_quiet, "podman login --username ci-§w --password §v registry.§x.internal\nLogin Succeeded!"),
    "helm_registry": (_quiet, "helm registry login oci.§w.internal -u robot -p §v"),
    "skopeo": (_quiet, "skopeo copy --src-creds=puller:§v docker://reg.§w.internal/§x:1.4 dir:/tmp/§x"),
    "proxmox": (uuid4, "curl -H 'Authorization: PVEAPIToken=automation@pve!§w=§v' https://pve.§x.internal:8006/api2/json/nodes"),
    "rke_cluster": (_of(BASE36, 54), "server: https://rke.§w.internal:9345\ntoken: §v\ntls-san:\n  - §w.internal"),
    # Processes and hosts
    "ps_aux": (_quiet, "root      §n  0.0  0.1  12044  3120 ?  Ss  09:14  0:00 mysqldump -h db.§w.internal -u backup --password=§v §x"),
    "systemctl_show": (_quiet, "Id=§w.service\nEnvironment=NODE_ENV=production DB_PASSWORD=§v PORT=8080\nRestart=always"),
    "crontab": (_quiet, "15 2 * * * RESTIC_PASSWORD=§v /usr/bin/restic backup /srv/§w >/var/log/§w.log 2>&1"),
    "schtasks": (_quiet, "schtasks /create /tn §w /tr C:\\jobs\\§w.bat /sc daily /ru CORP\\svc_§w /rp §v"),
    "psexec": (_quiet, "psexec \\\\§w-01 -u CORP\\§p -p §v cmd /c ipconfig /all"),
    "net_user": (_quiet, "net user §p §v /add /expires:never\nThe command completed successfully."),
    "sc_config": (_quiet, "sc.exe config §w obj= CORP\\svc_§w password= §v\n[SC] ChangeServiceConfig SUCCESS"),
    "strace": (_quiet, 'write(3, "AUTH §v\\r\\n", §m) = §m\nread(3, "+OK\\r\\n", 4096) = 5'),
    "pop3": (_quiet, "+OK POP3 §w ready\nUSER §p\n+OK\nPASS §v\n+OK maildrop has §n messages"),
    "rsyncd": (_quiet, "# /etc/rsyncd.secrets\nbackup_§w:§v\n# /etc/rsyncd.conf\n[§w]\n  path = /srv/§w"),
    "htdigest_cli": (_quiet, "htpasswd -b /etc/nginx/.htpasswd §p §v\nAdding password for user §p"),
    "cryptsetup": (_quiet, "echo -n '§v' | cryptsetup luksOpen /dev/sdb2 §w -\nlsblk /dev/sdb2"),
    # Databases
    "my_cnf": (_quiet, "[client]\nuser=§w\npassword=§v\nhost=db.§x.internal"),
    "mysqldump": (_quiet, "mysqldump -h db.§w.internal -u root -p§v --single-transaction §x | gzip > §x.sql.gz"),
    "pgbouncer": (_quiet, ';; userlist.txt\n"§w" "§v"\n;; pgbouncer.ini\npool_mode = transaction'),
    "pg_user_mapping": (_quiet, "CREATE USER MAPPING FOR §p SERVER §w_fdw OPTIONS (user 'reader', password '§v');"),
    "pg_subscription": (_quiet, "CREATE SUBSCRIPTION §w_sub CONNECTION 'host=§i port=5432 dbname=§x user=repl password=§v' PUBLICATION §w_pub;"),
    "oracle_link": (_quiet, "CREATE DATABASE LINK §w_link CONNECT TO §x IDENTIFIED BY \"§v\" USING '§y';"),
    "snowflake_user": (_quiet, "CREATE USER §p PASSWORD='§v' DEFAULT_ROLE=analyst MUST_CHANGE_PASSWORD=FALSE;"),
    "snowflake_stage": (lambda rng: b64(rng, 30), "CREATE STAGE §w_stage URL='s3://§w-landing/' CREDENTIALS=(AWS_SECRET_KEY='§v') FILE_FORMAT=(TYPE=PARQUET);"),
    "clickhouse_client": (_quiet, "clickhouse-client --host ch.§w.internal --user loader --password §v --query 'SELECT count() FROM §x'"),
    "elastic_reset": (_of(ALNUM + "*-_=+", 20), "Password for the [elastic] user successfully reset.\nNew value: §v"),
    "rabbitmqctl": (_quiet, 'rabbitmqctl add_user §w §v\nAdding user "§w" ...\nrabbitmqctl set_permissions -p / §w ".*" ".*" ".*"'),
    "mongo_uri_args": (_quiet, "mongodump --host mongo.§w.internal --username backup --password §v --authenticationDatabase admin --db §x"),
    "sqlcipher": (_quiet, "sqlite> PRAGMA key = '§v';\nok\nsqlite> .tables\n§w  §x  §y"),
    # Clouds and infrastructure as code
    "pulumi_config": (_quiet, "pulumi config set --secret §w:dbPassword '§v'\npulumi up --yes --stack prod"),
    "azure_storage_conn": (lambda rng: b64(rng, 64), "DefaultEndpointsProtocol=https;AccountName=§w§n;AccountKey=§v;EndpointSuffix=core.windows.net"),
    "azure_iot_conn": (lambda rng: b64(rng, 32), "HostName=§w-hub.azure-devices.net;DeviceId=§x-§n;SharedAccessKey=§v"),
    "azure_signalr": (lambda rng: b64(rng, 32), "Endpoint=https://§w.service.signalr.net;AccessKey=§v;Version=1.0;"),
    "azure_appconfig": (lambda rng: b64(rng, 32), "Endpoint=https://§w.azconfig.io;Id=§x;Secret=§v"),
    "hcloud_provider": (_of(ALNUM, 64), 'provider "hcloud" {\n  token = "§v"\n}\n\nresource "hcloud_server" "§w" {\n  image = "debian-12"\n}'),
    "vsphere_provider": (_quiet, 'provider "vsphere" {\n  user                 = "svc-§w"\n  password             = "§v"\n  vsphere_server       = "vc.§x.internal"\n  allow_unverified_ssl = true\n}'),
    "chef_data_bag": (_quiet, '{\n  "id": "§w",\n  "db": {\n    "username": "app",\n    "password": "§v"\n  }\n}'),
    "hiera": (_quiet, "---\nprofile::§w::port: 5432\nprofile::§w::db_password: '§v'\nprofile::§w::workers: §m"),
    "s3cmd": (lambda rng: b64(rng, 30), "[default]\nhost_base = s3.§w.internal\nsecret_key = §v\nuse_https = True"),
    "mc_alias": (_of(ALNUM, 40), "mc alias set §w https://minio.§w.internal:9000 admin §v\nAdded `§w` successfully."),
    "rclone": (_of(URLSAFE, 44), "[§w]\ntype = webdav\nurl = https://dav.§x.internal/\nvendor = nextcloud\nuser = §p\npass = §v"),
    "x_amz_token": (lambda rng: "IQoJb3JpZ2luX2Vj" + b64(rng, 240), "PUT /§w/§x.parquet HTTP/1.1\nHost: §w.s3.eu-west-1.amazonaws.com\nx-amz-security-token: §v\nx-amz-date: 20260311T091402Z"),
    # Packages and CI
    "twine": (_quiet, "twine upload --repository-url https://pypi.§w.internal/ -u uploader -p §v dist/*"),
    "yarnrc": (_of(ALNUM, 36), 'npmScopes:\n  §w:\n    npmRegistryServer: "https://npm.§w.internal"\n    npmAuthToken: "§v"'),
    "bundle_config": (_quiet, "bundle config set --global gems.§w.internal ci:§v"),
    "poetry_config": (_quiet, "poetry config http-basic.§w reader §v\npoetry install --only main"),
    "sbt_credentials": (_quiet, "realm=Sonatype Nexus Repository Manager\nhost=nexus.§w.internal\nuser=deployer\npassword=§v"),
    "gem_credentials": (_hex(48), "---\n:§w_gems_key: §v"),
    "notarytool": (lambda rng: "-".join(pick(rng, LOWER, 4) for _ in range(4)), "xcrun notarytool submit §w.zip --apple-id build-§x --team-id TEAM§n --password §v --wait"),
    "fastlane_match": (_quiet, "[09:14:02]: $ MATCH_PASSWORD=§v bundle exec fastlane match appstore --readonly\n[09:14:05]: Installed provisioning profile"),
    "add_mask": (_of(ALNUM, 32), "2026-03-11T09:14:02.1133021Z ::add-mask::§v\n2026-03-11T09:14:02.2210035Z Masking done"),
    "svn": (_quiet, "svn checkout --non-interactive --username build --password §v https://svn.§w.internal/trunk §x"),
    "signtool": (_quiet, "signtool sign /f C:\\certs\\§w.pfx /p §v /tr http://ts.§x.internal /td sha256 /fd sha256 §w.exe"),
    "nomad_bootstrap": (uuid4, "Accessor ID  = §u\nSecret ID    = §v\nName         = Bootstrap Token\nType         = management\nGlobal       = true"),
    # Mail
    "msmtprc": (_quiet, "account §w\nhost smtp.§x.internal\nport 587\nauth on\nuser §p\npassword §v"),
    "sasl_passwd": (_quiet, "# /etc/postfix/sasl_passwd\n[smtp.§w.internal]:587 relay_§x:§v"),
    "swaks": (_quiet, "swaks --server smtp.§w.internal:587 --auth LOGIN --auth-user relay --auth-password §v --tls"),
    "mutt": (_quiet, 'set imap_user = "§p"\nset imap_pass = "§v"\nset folder = "imaps://mail.§w.internal/"'),
    "offlineimap": (_quiet, "[Repository §w-remote]\ntype = IMAP\nremotehost = imap.§w.internal\nremoteuser = §p\nremotepass = §v"),
    "alertmanager": (_quiet, "global:\n  smtp_smarthost: smtp.§w.internal:587\n  smtp_auth_username: alerts\n  smtp_auth_password: §v\nroute:\n  receiver: §x"),
    # Monitoring
    "prometheus_remote": (_quiet, "remote_write:\n  - url: https://mimir.§w.internal/api/v1/push\n    basic_auth:\n      username: §n\n      password: §v"),
    "datadog_yaml": (_hex(32), "api_key: §v\nsite: datadoghq.eu\nlogs_enabled: true\nhostname: §w-01"),
    "telegraf": (lambda rng: b64(rng, 64), '[[outputs.influxdb_v2]]\n  urls = ["https://influx.§w.internal:8086"]\n  token = "§v"\n  organization = "§x"\n  bucket = "metrics"'),
    "logstash": (_quiet, 'output {\n  elasticsearch {\n    hosts => ["https://es.§w.internal:9200"]\n    user => "logstash_writer"\n    password => "§v"\n  }\n}'),
    "zabbix_psk": (_hex(64), "TLSConnect=psk\nTLSPSKIdentity=PSK §w\n# /etc/zabbix/agent.psk\nTLSPSKValue=§v"),
    "snmp_exporter": (_quiet, "auths:\n  §w_v3:\n    version: 3\n    username: monitor\n    security_level: authPriv\n    password: §v\n    auth_protocol: SHA"),
    # Code
    "boto3": (lambda rng: b64(rng, 30), 'client = boto3.client(\n    "s3",\n    region_name="eu-central-1",\n    aws_secret_access_key="§v",\n)'),
    "psycopg": (_quiet, 'conn = psycopg.connect(host="pg.§w.internal", dbname="§x", user="app", password="§v", connect_timeout=5)'),
    "paramiko": (_quiet, 'ssh.connect("§i", username="§p", password="§v", look_for_keys=False)'),
    "requests_auth": (_quiet, 'r = requests.get("https://jira.§w.internal/rest/api/2/myself", auth=("svc-§x", "§v"), timeout=10)'),
    "nodemailer": (_quiet, "const transport = nodemailer.createTransport({\n  host: 'smtp.§w.internal',\n  auth: { user: 'noreply', pass: '§v' },\n});"),
    "jdbc_code": (_quiet, 'Connection c = DriverManager.getConnection("jdbc:postgresql://pg.§w.internal/§x", "app", "§v");'),
    "network_credential": (_quiet, 'smtp.Credentials = new NetworkCredential("relay", "§v");\nsmtp.EnableSsl = true;'),
    "pdo": (_quiet, "$pdo = new PDO('mysql:host=db.§w.internal;dbname=§x', 'app', '§v', $options);"),
    "perl_dbi": (_quiet, "my $dbh = DBI->connect('dbi:Pg:dbname=§w;host=pg.§x.internal', 'app', '§v', { RaiseError => 1 });"),
    "r_dbconnect": (_quiet, 'con <- dbConnect(RPostgres::Postgres(), dbname = "§w", host = "pg.§x.internal", user = "analyst", password = "§v")'),
    "vba": (_quiet, 'conn.Open "Provider=SQLOLEDB;Data Source=sql.§w.internal;Initial Catalog=§x;User ID=report;Password=§v;"'),
    "netmiko": (_quiet, 'device = {"device_type": "cisco_ios", "host": "§i", "username": "§p", "password": "§v", "secret": ""}'),
    # Requests
    "password_grant": (url_password, "POST /oauth2/token HTTP/1.1\nHost: id.§w.internal\nContent-Type: application/x-www-form-urlencoded\n\ngrant_type=password&username=§p&password=§v&scope=openid"),
    "refresh_grant": (lambda rng: b64url(rng, 48), "grant_type=refresh_token&client_id=§w-web&refresh_token=§v"),
    "graphql_login": (_quiet, 'mutation { login(input: {username: "§p", password: "§v"}) { user { id locale } } }'),
    "json_login": (_quiet, 'POST /api/v2/login HTTP/1.1\nHost: qbt.§w.internal\nContent-Type: application/json\n\n{"username":"§p","password":"§v","remember":true}'),
    "gitlab_session": (_hex(32), "Set-Cookie: _gitlab_session=§v; path=/; expires=Wed, 18 Mar 2026 09:14:02 GMT; secure; HttpOnly"),
    "grafana_cookie": (_hex(32), "GET /api/dashboards/uid/§w HTTP/1.1\nHost: grafana.§x.internal\nCookie: grafana_session=§v; grafana_session_expiry=1770000000"),
    "moodle_cookie": (_of(BASE36, 26), "Cookie: MoodleSession=§v; theme=§w; lang=en"),
    "authelia_cookie": (lambda rng: pick(rng, ALNUM + "-^_", 30) + "Zk", "set-cookie: authelia_session=§v; path=/; HttpOnly; secure; SameSite=Lax"),
    # Links
    "zoom_link": (_of(ALNUM, 32), "Join Zoom Meeting\nhttps://§w.zoom.us/j/8§n4§n?pwd=§v.1\n\nAgenda: §x review"),
    "raw_github": (_of(UPPER36, 29), "https://raw.githubusercontent.com/§w/§x/main/values.yaml?token=§v"),
    "mattermost_hook": (_of(BASE36, 26), "curl -X POST -d '{\"text\": \"§w done\"}' https://chat.§x.internal/hooks/§v"),
    "rocketchat_hook": (_of(ALNUM, 41), "Incoming WebHook URL: https://rocket.§w.internal/hooks/§h§h/§v"),
    "webex_hook": (lambda rng: "Y2lzY29zcGFyazovL3VzL1dFQkhPT0sv" + b64url(rng, 27), "webexWebhook: https://webexapis.com/v1/webhooks/incoming/§v"),
    "ifttt": (_of(URLSAFE, 43), "https://maker.ifttt.com/trigger/§w_opened/with/key/§v"),
    "splunk_oncall": (uuid4, "url: https://alert.victorops.com/integrations/generic/20131114/alert/§v/§w"),
    "quicknode": (_hex(40), 'const rpc = "https://§w-§x-§y.quiknode.pro/§v/";'),
    "home_assistant_hook": (lambda rng: b64url(rng, 24), "automation:\n  trigger:\n    - platform: webhook\n      webhook_id: §w\n# long-lived token for the API\n# Authorization: Bearer §v"),
    # People
    "mail_initial": (_quiet, "Dear §p,\n\nyour account on §w is ready.\n\n  User name: §p.§l\n  Initial password: §v\n\nPlease change it at your first login.\n\nIT service desk"),
    "slack_thread": (_quiet, "[§t] §p: anyone got the login for the staging §w?\n[§t] §l: user is demo, password §v\n[§t] §p: thx :pray:"),
    "jira_comment": (_quiet, "§p added a comment - 11/Mar/26 9:14 AM\nReproduced with the test account {{qa_§w}} / pw {{§v}} on build §n."),
    "runbook": (_quiet, "## Break glass\n\n1. Connect to the console of §w.\n2. Log in as `root` with the password `§v`.\n3. Restart the §x service and write down the time."),
    "crm_note": (_quiet, "Call with §w Ltd, 11 March: customer wants us to log in to their portal. Username §p_§l, password §v. Follow up on Friday."),
    "wifi_note": (_quiet, "Meeting room §w: the network is §x-guest, the Wi-Fi password is §v and the projector needs HDMI."),
    "calendar_invite": (_of("123456789", 9), "DESCRIPTION:Weekly §w sync\\nHost PIN: §v\\nAgenda in the wiki"),
    "code_2fa": (_of(ALNUM, 12), "Keep this recovery code somewhere safe. You need it if you lose your phone: §v"),
}  # fmt: skip
