"""One-template texts of profile d: command lines, code, files, consoles and links, each with its secret in place."""

# ruff: noqa: E501, RUF001  # a table, read by its rows; letters of many scripts

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from benchmarks.redaction.d_secrets import password_world
from benchmarks.redaction.randomness import (
    ALNUM,
    BASE32,
    BASE36,
    DIGITS,
    FIRST,
    LETTERS,
    LOWER,
    NOUNS,
    URLSAFE,
    b64,
    hexadecimal,
    pick,
    uuid4,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from benchmarks.redaction.secret_texts import Planted


def plain(rng: Random) -> str:
    """A password that any command line, address or file takes unquoted."""
    return rng.choice(LETTERS) + rng.choice(DIGITS) + pick(rng, ALNUM, rng.choice((9, 11, 14)))


def opaque(size: int, alphabet: str = ALNUM) -> Callable[[Random], str]:
    return lambda rng: pick(rng, ALNUM, 1) + pick(rng, alphabet, size - 2) + pick(rng, ALNUM, 1)


def hexed(size: int) -> Callable[[Random], str]:
    return lambda rng: hexadecimal(rng, size)


def b64ed(size: int) -> Callable[[Random], str]:
    return lambda rng: b64(rng, size)


def groups(alphabet: str, *sizes: int) -> Callable[[Random], str]:
    return lambda rng: "-".join(pick(rng, alphabet, size) for size in sizes)


def sasl_plain(rng: Random) -> str:
    return base64.b64encode(f"\0{rng.choice(FIRST)}\0{plain(rng)}".encode()).decode()


def base64_password(rng: Random) -> str:
    return base64.b64encode(plain(rng).encode()).decode()


def fill_in(rng: Random, template: str, value: str) -> str:
    """§v the secret, §w and §x any words, §p a first name, §n any number, §i an octet, §h any eight hexadecimal digits."""
    text = template.replace("§w", rng.choice(NOUNS)).replace("§x", rng.choice(NOUNS)).replace("§p", rng.choice(FIRST))
    while "§n" in text:
        text = text.replace("§n", str(rng.randint(2, 999)), 1)
    while "§h" in text:
        text = text.replace("§h", hexadecimal(rng, 8), 1)
    return text.replace("§i", str(rng.randint(2, 254))).replace("§v", value)


def line(template: str, secret: Callable[[Random], str]) -> Callable[[Random], Planted]:
    def make(rng: Random) -> Planted:
        value = secret(rng)
        return fill_in(rng, template, value), value

    return make


COMMANDS = {
    "fish_history": ("- cmd: influx config create -n §w -u http://localhost:8086 -t §v\n  when: 17§n", opaque(64)),
    "cmdkey": ("cmdkey /add:§w.internal /user:§p /pass:§v", plain),
    "xfreerdp": ("xfreerdp /v:10.0.0.§i /u:§p /p:'§v' /size:1280x800", password_world),
    "mysqldump": ("mysqldump -u §p --password='§v' --single-transaction §w > §w.sql", password_world),
    "mongodump": ("mongodump --host localhost -u §p -p '§v' --authenticationDatabase admin -d §w", password_world),
    "cypher_shell": ("cypher-shell -a bolt://localhost:7687 -u neo4j -p '§v' 'MATCH (n) RETURN count(n)'", password_world),
    "cqlsh": ("cqlsh localhost 9042 -u cassandra -p §v -k §w", plain),
    "clickhouse_client": ("clickhouse-client --host localhost --user default --password '§v' -q 'SELECT 1'", password_world),
    "isql_firebird": ("isql -user SYSDBA -password §v localhost:/db/§w.fdb", plain),
    "luks_open": ("printf '%s' '§v' | cryptsetup luksOpen /dev/nvme0n1p3 §w -", password_world),
    "hdiutil": ("hdiutil create -encryption AES-256 -size 200m -volname §w -passphrase '§v' §w.dmg", password_world),
    "keychain_add": ("security add-generic-password -a §p -s §w-deploy -w '§v' -U", password_world),
    "keychain_unlock": ("security unlock-keychain -p '§v' ~/Library/Keychains/§w.keychain-db", password_world),
    "altool": ('xcrun altool --upload-app -f build/§w.ipa -t ios -u "$AC_USER" -p §v', groups(LOWER, 4, 4, 4, 4)),
    "apksigner": ("apksigner sign --ks §w.jks --ks-pass 'pass:§v' app-release.apk", password_world),
    "jarsigner": ("jarsigner -keystore §w.keystore -storepass '§v' app.aab upload", password_world),
    "signtool": ("signtool sign /f §w.pfx /p §v /fd SHA256 setup.exe", plain),
    "steamcmd": ("steamcmd +login §p_builds '§v' +app_update §n validate +quit", password_world),
    "lftp": ("lftp -u §p,§v -e 'mirror -R dist /www; quit' ftp.§w.dev", plain),
    "poetry_config": ("poetry config http-basic.§w §p '§v'", password_world),
    "twine": ("twine upload --repository-url https://pypi.§w.internal/legacy/ -u §p -p '§v' dist/*", password_world),
    "bundle_config": ("bundle config set --local gems.§w.dev §p:§v", plain),
    "conan_login": ("conan remote login §w §p -p '§v'", password_world),
    "dotnet_secrets": ("dotnet user-secrets set \"Smtp:Password\" '§v' --project src/§w", password_world),
    "dotnet_push": ("dotnet nuget push §w.1.4.§n.nupkg -s https://nuget.§w.internal/v3/index.json -k §v", uuid4),
    "mix_organization": ("mix hex.organization auth §w --key §v", hexed(32)),
    "goproxy": ("go env -w GOPROXY=https://§p:§v@goproxy.§w.internal,direct", plain),
    "helm_registry": ("helm registry login registry.§w.internal -u §p -p '§v'", password_world),
    "skopeo": ("skopeo copy --src-creds §p:§v docker://registry.§w.internal/app:1.§n dir:/tmp/app", plain),
    "pulumi_plaintext": ("pulumi config set §w:adminPassword '§v' --plaintext", password_world),
    "cast_send": ("cast send $TO 'ping()' --rpc-url http://127.0.0.1:8545 --private-key §v", lambda rng: "0x" + hexadecimal(rng, 64)),
    "mosquitto_pub": ("mosquitto_pub -h localhost -t home/§w -u §p -P '§v' -m on", password_world),
    "radtest": ("radtest §p '§v' 10.0.0.§i 0 testing", password_world),
    "svn_checkout": ("svn checkout https://svn.§w.internal/trunk --username §p --password '§v' --no-auth-cache", password_world),
    "ssh_keygen": ("ssh-keygen -t ed25519 -N '§v' -f ~/.ssh/§w -C build", password_world),
    "git_extra_header": ("git -c http.extraHeader='PRIVATE-TOKEN: §v' fetch origin", opaque(40, URLSAFE)),
    "restic_inline": ("RESTIC_PASSWORD='§v' restic -r /srv/§w backup ~/code", password_world),
    "mc_alias": ("mc alias set §w http://localhost:9000 §p §v", opaque(40)),
    "rabbitmqctl": ("rabbitmqctl add_user §p '§v'\nAdding user \"§p\" ...", password_world),
    "htpasswd": ("htpasswd -bB .htpasswd §p '§v'", password_world),
    "net_user": ("net user §p §v /add /active:yes", plain),
    "dscl": ("sudo dscl . -passwd /Users/§p '§v'", password_world),
    "nmcli_connect": ("nmcli device wifi connect §w-home password '§v'", password_world),
    "ps_listing": ("  §n ?  Sl  0:14 /usr/bin/wekan --db §w --user §p --password=§v", plain),
    "sudo_journal": ("sudo[§n]:  §p : TTY=pts/0 ; PWD=/srv ; USER=root ; COMMAND=/usr/bin/mysql -uroot -p§v §w", plain),
    "strace_write": ('write(3, "PASS §v\\r\\n", §n) = §n\nread(3, "230 Login successful.\\r\\n", 512) = 23', plain),
    "called_process": ("subprocess.CalledProcessError: Command '['psql', '-h', 'localhost', '--password=§v', '-c', 'select 1']' returned non-zero exit status 2.", plain),
}  # fmt: skip

FILES = {
    "rclone_conf": ("[§w]\ntype = sftp\nhost = 10.0.0.§i\nuser = §p\npass = §v", opaque(38, URLSAFE)),
    "networkmanager": ("[wifi]\nssid=§w-home\n\n[wifi-security]\nkey-mgmt=wpa-psk\npsk=§v", password_world),
    "openwrt": ("config wifi-iface 'default_radio0'\n\toption ssid '§w'\n\toption encryption 'sae-mixed'\n\toption key '§v'", password_world),
    "hostapd": ("interface=wlan0\nssid=§w\nwpa=2\nwpa_passphrase=§v\nrsn_pairwise=CCMP", plain),
    "iwd": ("# /var/lib/iwd/§w.psk\n[Security]\nPassphrase=§v", plain),
    "sdkconfig": ('CONFIG_EXAMPLE_WIFI_SSID="§w"\nCONFIG_EXAMPLE_WIFI_PASSWORD="§v"\nCONFIG_ESP_MAXIMUM_RETRY=5', password_world),
    "esphome_api": ('esphome:\n  name: §w\napi:\n  encryption:\n    key: "§v"\nlogger:', b64ed(32)),
    "esphome_ota": ('wifi:\n  ssid: §w\n  password: "§v"\n  fast_connect: true', password_world),
    "ha_secrets": ("# secrets.yaml\nmqtt_host: 10.0.0.§i\nmqtt_password: §v\nlatitude_note: §w", plain),
    "frigate": ("mqtt:\n  host: localhost\n  user: §p\n  password: '§v'\ndetectors:\n  coral:\n    type: edgetpu", password_world),
    "server_properties": ("enable-rcon=true\nrcon.port=25575\nrcon.password=§v\nmotd=§w §x", plain),
    "source_cfg": ('hostname "§w"\nrcon_password "§v"\nsv_lan 0\nexec banned_user.cfg', password_world),
    "unreal_ini": ("[/Script/AndroidRuntimeSettings.AndroidRuntimeSettings]\nKeyStore=§w.keystore\nKeyStorePassword=§v\nKeyAlias=upload", plain),
    "godot_credentials": ('[preset.0]\n\nscript_encryption_key="§v"', hexed(64)),
    "godot_keystore": ('[preset.1.options]\n\nkeystore/release_user="upload"\nkeystore/release_password="§v"', password_world),
    "flutter_key": ("storeFile=../§w.jks\nkeyAlias=upload\nstorePassword=§v", plain),
    "expo_credentials": ('{"android": {"keystore": {"keystorePath": "§w.jks", "keystorePassword": "§v", "keyAlias": "upload"}}}', password_world),
    "unity_player": ('PlayerSettings.Android.keystoreName = "§w.keystore";\nPlayerSettings.Android.keystorePass = "§v";', password_world),
    "p12_fastfile": ('import_certificate(\n  certificate_path: "§w.p12",\n  certificate_password: "§v",\n  keychain_name: "ci"\n)', password_world),
    "vscode_sqltools": ('"sqltools.connections": [\n  {"name": "§w", "driver": "PostgreSQL", "server": "localhost", "username": "§p", "password": "§v"}\n]', password_world),
    "http_private_env": ('// http-client.private.env.json\n{"dev": {"base": "http://localhost:8080", "access_token": "§v"}}', opaque(40)),
    "rest_client": ("@base = http://localhost:3000\n\nGET {{base}}/§w\nAuthorization: Basic §p §v", plain),
    "bruno": ("get {\n  url: http://localhost:8080/§w\n}\n\nauth:bearer {\n  token: §v\n}", opaque(44)),
    "insomnia": ("- name: §w\n  method: GET\n  authentication:\n    type: bearer\n    disabled: false\n    token: §v", opaque(36)),
    "filezilla": ('<Server>\n  <Host>ftp.§w.dev</Host>\n  <User>§p</User>\n  <Pass encoding="base64">§v</Pass>\n</Server>', base64_password),
    "muttrc": ('set imap_user = "§p"\nset imap_pass = "§v"\nset folder = "imaps://mail.§w.dev/"', password_world),
    "msmtprc": ("account §w\nhost smtp.§w.dev\nport 587\nauth on\nuser §p\npassword §v", plain),
    "offlineimap": ("[Repository §w-remote]\ntype = IMAP\nremotehost = mail.§w.dev\nremoteuser = §p\nremotepass = §v", plain),
    "mbsyncrc": ('IMAPAccount §w\nHost mail.§w.dev\nUser §p\nPass "§v"\nTLSType IMAPS', password_world),
    "weechat": ('/set irc.server.libera.sasl_username §p\n/set irc.server.libera.sasl_password "§v"', password_world),
    "my_cnf": ('[client]\nuser = §p\npassword = "§v"\nhost = localhost', password_world),
    "s3cfg": ("[default]\nhost_base = s3.§w.internal\nuse_https = True\nsecret_key = §v", b64ed(30)),
    "condarc": ("channels:\n  - https://conda.§w.internal/t/§v/main\n  - conda-forge", lambda rng: f"{pick(rng, LOWER, 2)}-{uuid4(rng)}"),
    "bundle_file": ('---\nBUNDLE_PATH: "vendor"\nBUNDLE_GEMS__§w__DEV: "§p:§v"', plain),
    "yarnrc": ('npmScopes:\n  §w:\n    npmRegistryServer: "https://npm.§w.internal"\n    npmAuthToken: "§v"', uuid4),
    "poetry_auth": ('[http-basic.§w]\nusername = "§p"\npassword = "§v"', password_world),
    "nix_conf": ("experimental-features = nix-command flakes\naccess-tokens = git.§w.dev=PAT:§v", opaque(32)),
    "sbt_credentials": ('credentials += Credentials("Sonatype Nexus Repository Manager", "nexus.§w.dev", "§p", "§v")', password_world),
    "lein_profiles": ('{:auth {:repository-auth {#"§w" {:username "§p"\n                              :password "§v"}}}}', password_world),
    "sendemail": ("[sendemail]\n\tsmtpServer = smtp.§w.dev\n\tsmtpUser = §p\n\tsmtpPass = §v", plain),
    "hgrc": ("[auth]\n§w.prefix = hg.§w.dev\n§w.username = §p\n§w.password = §v", plain),
    "p4tickets": ("perforce.§w.internal:1666=§p:§v", lambda rng: hexadecimal(rng, 32).upper()),
    "bitcoin_conf": ("server=1\nrpcuser=§p\nrpcpassword=§v\nrpcallowip=127.0.0.1", opaque(43, URLSAFE)),
    "openvpn_inline": ("client\ndev tun\nremote vpn.§w.dev 1194\n<auth-user-pass>\n§p\n§v\n</auth-user-pass>", plain),
    "ipsec_secrets": ('# /etc/ipsec.secrets\n10.0.0.§i %any : PSK "§v"', opaque(28)),
    "tsig_key": ('key "§w-ddns" {\n\talgorithm hmac-sha256;\n\tsecret "§v";\n};', b64ed(32)),
    "radius_users": ('§p Cleartext-Password := "§v"\n    Reply-Message = "Hello, §w"', password_world),
    "radius_clients": ("client §w {\n    ipaddr = 10.0.0.§i\n    secret = §v\n    nas_type = other\n}", plain),
    "asterisk_sip": ("[60§n]\ntype=friend\nhost=dynamic\nsecret=§v\ncontext=internal", plain),
    "freeswitch": ('<user id="10§n">\n  <params>\n    <param name="password" value="§v"/>\n  </params>\n</user>', password_world),
    "mosquitto_bridge": ("connection §w\naddress 10.0.0.§i:8883\nremote_username §p\nremote_password §v\ntopic # both", plain),
    "publish_settings": ('<publishProfile profileName="§w - Web Deploy" publishMethod="MSDeploy" userName="$§w" userPWD="§v" />', opaque(60)),
    "yggdrasil": ("{\n  # Your private key. DO NOT share this with anyone!\n  PrivateKey: §v\n  Listen: []\n}", hexed(128)),
    "kaggle_json": ('{"username":"§p","key":"§v"}', hexed(32)),
    "keepass_xml": ('<String>\n\t<Key>Password</Key>\n\t<Value ProtectInMemory="True">§v</Value>\n</String>\n<String>\n\t<Key>Title</Key>\n\t<Value>§w</Value>\n</String>', password_world),
    "browser_csv": ("name,url,username,password,note\n§w,https://§w.dev/login,§p,§v,\n", plain),
    "bitwarden_export": ('{"type":1,"name":"§w","login":{"uris":[{"uri":"https://§w.dev"}],"username":"§p","password":"§v","totp":null}}', password_world),
    "aegis_export": ('{"type":"totp","name":"§p","issuer":"§w","info":{"secret":"§v","algo":"SHA1","digits":6,"period":30}}', lambda rng: pick(rng, BASE32, 32)),
    "steam_mafile": ('{"shared_secret":"§v","account_name":"§p","fully_enrolled":true}', b64ed(20)),
    "duckdb_secret": ("CREATE SECRET §w (TYPE s3, REGION 'eu-north-1', SECRET '§v');", opaque(40, ALNUM + "+/")),
    "sqlcipher": ("PRAGMA key = '§v';\nPRAGMA cipher_page_size = 4096;", password_world),
    "sqlite_attach": ("ATTACH DATABASE '§w.db' AS enc KEY '§v';", password_world),
    "user_mapping": ("CREATE USER MAPPING FOR §p SERVER §w_fdw OPTIONS (user '§p', password '§v');", password_world),
    "db_link": ("CREATE DATABASE LINK §w CONNECT TO §p IDENTIFIED BY \"§v\" USING 'ORCL';", password_world),
    "rtmp_key": ("ffmpeg -re -i §w.mp4 -c copy -f flv rtmp://a.rtmp.youtube.com/live2/§v", groups(BASE36, 4, 4, 4, 4, 4)),
    "obs_service": ('{"settings":{"key":"§v","server":"rtmps://a.rtmps.youtube.com:443/live2","service":"YouTube - RTMPS"},"type":"rtmp_common"}', groups(BASE36, 4, 4, 4, 4, 4)),
}  # fmt: skip

CODE = {
    "wifi_begin": ('void setup() {\n  WiFi.begin("§w-iot", "§v");\n  while (WiFi.status() != WL_CONNECTED) delay(500);\n}', password_world),
    "micropython_wifi": ("wlan = network.WLAN(network.STA_IF)\nwlan.active(True)\nwlan.connect('§w', '§v')", password_world),
    "r_set_account": ("rsconnect::setAccountInfo(name = '§w', token = Sys.getenv('T'), secret = '§v')", opaque(40, ALNUM + "+/")),
    "matlab_options": ("opts = weboptions('Username', '§p', 'Password', '§v');\ndata = webread(url, opts);", password_world),
    "jupyter_config": ("c = get_config()\nc.ServerApp.port = 8888\nc.IdentityProvider.token = '§v'", hexed(48)),
    "java_driver_manager": ('Connection c = DriverManager.getConnection(URL, "§p", "§v");', password_world),
    "go_plain_auth": ('auth := smtp.PlainAuth("", "§p", "§v", "smtp.§w.dev")', password_world),
    "python_smtplib": ('server = smtplib.SMTP("smtp.§w.dev", 587)\nserver.login("§p", "§v")', password_world),
    "python_requests": ('r = requests.get(f"{BASE}/§w", auth=("§p", "§v"), timeout=10)', password_world),
    "python_paramiko": ('ssh.connect("10.0.0.§i", username="§p", password="§v", look_for_keys=False)', password_world),
    "python_odoo": ('uid = common.authenticate(db, "§p", "§v", {})', password_world),
    "php_mysqli": ('$db = mysqli_connect("localhost", "§p", "§v", "§w");', password_world),
    "php_pdo_trace": ("#0 /var/www/§w/Db.php(§n): PDO->__construct('mysql:host=localhost', 'root', '§v', Array)\n#1 {main}", password_world),
    "csharp_credential": ('client.Credentials = new NetworkCredential("§p", "§v");', password_world),
    "nodemailer": ("const mailer = nodemailer.createTransport({ host: 'smtp.§w.dev', auth: { user: '§p', pass: '§v' } });", password_world),
    "perl_dbi": ('my $dbh = DBI->connect("dbi:Pg:dbname=§w", "§p", "§v", { RaiseError => 1 });', opaque(14)),
    "kotlin_authenticator": ('override fun getPasswordAuthentication() = PasswordAuthentication("§p", "§v".toCharArray())', password_world),
    "swift_credential": ('let credential = URLCredential(user: "§p", password: "§v", persistence: .forSession)', password_world),
    "rust_basic_auth": ('let res = client.get(url).basic_auth("§p", Some("§v")).send().await?;', password_world),
    "go_basic_auth": ('req.SetBasicAuth("§p", "§v")', password_world),
    "libcurl_userpwd": ('curl_easy_setopt(curl, CURLOPT_USERPWD, "§p:§v");', password_world),
    "js_btoa": ("headers: { Authorization: 'Basic ' + btoa('§p:§v') }", password_world),
    "axios_error": ("AxiosError: Request failed with status code 401\n  config: {\n    url: '/§w',\n    auth: { username: '§p', password: '§v' }\n  }", password_world),
    "dio_exception": ("DioException [bad response]: 403\nuri: http://localhost:8080/§w\nheaders: {accept: application/json, authorization: Bearer §v}", opaque(44)),
    "apple_script_admin": ('do shell script "periodic daily" user name "§p" password "§v" with administrator privileges', password_world),
    "vba_unprotect": ('Sheets("§w").Unprotect Password:="§v"', password_world),
    "vba_jet": ('conn.Open "Provider=Microsoft.ACE.OLEDB.12.0;Data Source=C:\\§w.accdb;Jet OLEDB:Database Password=§v;"', plain),
    "expect_script": ('spawn ssh §p@10.0.0.§i\nexpect "assword:"\nsend "§v\\r"\ninteract', plain),
    "autoit_run_as": ('RunAs("§p", @ComputerName, "§v", 0, "setup.exe")', password_world),
    "hardhat": ('networks: { §w: { url: "http://127.0.0.1:8545", accounts: ["§v"] } }', lambda rng: "0x" + hexadecimal(rng, 64)),
    "blynk_begin": ('char auth[] = "§v";\nBlynk.begin(auth, ssid, pass);', opaque(32, URLSAFE)),
    "typescript_pg": ("const pool = new Pool({ host: 'localhost', user: '§p', password: '§v', database: '§w' });", password_world),
    "ruby_smtp": ("Net::SMTP.start('smtp.§w.dev', 587, 'localhost', '§p', '§v', :plain) { |s| s.quit }", password_world),
    "dart_login": ("final session = await api.signIn(login: '§p', password: '§v');", password_world),
}  # fmt: skip

TALK = {
    "add_mask": ("::add-mask::§v\nRun ./§w.sh --fast", plain),
    "fastlane_table": ("| Lane option       | Value            |\n| git_branch        | §w               |\n| keychain_password | §v |", plain),
    "keychain_found": ('keychain: "/Users/§p/Library/Keychains/login.keychain-db"\nclass: "genp"\n    "svce"<blob>="§w"\npassword: "§v"', password_world),
    "secret_tool": ("[/org/freedesktop/secrets/collection/login/§n]\nlabel = §w\nsecret = §v\ncreated = 2026-01-10 09:00:00", plain),
    "keepassxc_show": ("Title: §w\nUserName: §p\nPassword: §v\nURL: https://§w.dev\nNotes:", plain),
    "pass_show": ("$ pass show web/§w\n§v\nlogin: §p\nurl: https://§w.dev", plain),
    "bw_unlock": ('Your vault is now unlocked!\n\n$ export BW_SESSION="§v"', b64ed(64)),
    "nmcli_show": ("connection.id: §w\n802-11-wireless-security.key-mgmt: wpa-psk\n802-11-wireless-security.psk: §v", plain),
    "netplan_try": ('wifis:\n  wlan0:\n    access-points:\n      "§w":\n        password: "§v"', password_world),
    "jupyter_log": ("[I 2026-02-11 09:14:02.§n ServerApp] http://127.0.0.1:8888/lab?token=§v", hexed(48)),
    "plex_url": ("GET http://10.0.0.§i:32400/library/sections?X-Plex-Token=§v HTTP/1.1", opaque(20, URLSAFE)),
    "radarr_url": ("http://localhost:7878/api/v3/movie?apikey=§v&page=§n", hexed(32)),
    "openweather_url": ("https://api.openweathermap.org/data/2.5/forecast?q=Nairobi&units=metric&appid=§v", hexed(32)),
    "ifttt_url": ("curl -X POST https://maker.ifttt.com/trigger/§w/with/key/§v", opaque(22, URLSAFE)),
    "ha_webhook": ("curl -X POST http://homeassistant.local:8123/api/webhook/§v", hexed(64)),
    "alchemy_url": ("ETH_RPC=https://eth-mainnet.g.alchemy.com/v2/§v", opaque(32)),
    "infura_url": ("const rpc = 'https://mainnet.infura.io/v3/§v'", hexed(32)),
    "serverchan_url": ("curl https://sctapi.ftqq.com/§v.send -d title=§w", lambda rng: f"SCT{rng.randint(10_000, 999_999)}T{pick(rng, ALNUM, 28)}"),
    "bark_url": ("https://api.day.app/§v/§w?group=ci", opaque(22)),
    "gemfury_url": ("--extra-index-url https://§v@pypi.fury.io/§w/", opaque(20)),
    "ha_websocket": ('{"type": "auth", "access_token": "§v"}\n{"type": "auth_ok", "ha_version": "2026.2.1"}', opaque(180, URLSAFE)),
    "socket_io": ('42["authenticate",{"room":"§w","token":"§v"}]', opaque(48)),
    "xmpp_plain": ("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>§v</auth>", sasl_plain),
    "irc_authenticate": ("CAP REQ :sasl\nAUTHENTICATE PLAIN\nAUTHENTICATE §v\n:§w 903 §p :SASL authentication successful", sasl_plain),
    "pop3_trace": ("+OK POP3 ready\nUSER §p\n+OK\nPASS §v\n+OK §n messages", plain),
    "nntp_trace": ("200 news.§w.dev\nAUTHINFO USER §p\n381 more\nAUTHINFO PASS §v\n281 ok", plain),
    "mikrotik_user": ("[admin@§w] > /user add name=§p group=full password=§v", plain),
    "mikrotik_wifi": ('/interface wireless security-profiles set default mode=dynamic-keys wpa2-pre-shared-key="§v"', password_world),
    "huawei_vrp": ("[§w-aaa] local-user §p password cipher §v\n[§w-aaa] local-user §p privilege level 15", plain),
    "h3c_comware": ("local-user §p class manage\n password simple §v\n service-type ssh", plain),
    "vyos": ("set system login user §p authentication plaintext-password '§v'\ncommit", password_world),
    "unifi_wlan": ('{"_id":"§h§h","name":"§w","security":"wpapsk","x_passphrase":"§v","enabled":true}', password_world),
    "fortigate": ('config vpn ipsec phase1-interface\n  edit "§w"\n    set psksecret §v\n  next\nend', plain),
    "juniper_psk": ("set security ike policy §w pre-shared-key ascii-text §v", plain),
    "zte_onu": ("pppoe 1 nat enable user §p§n password §v", plain),
    "zoom_passcode": ("Join the meeting: §w review\nMeeting ID: 8§n 2§n 1§n\nPasscode: §v", lambda rng: pick(rng, "123456789", 1) + pick(rng, ALNUM, 9)),
    "japanese_mail": ("§p 様\n開発サーバーのアカウントを作成しました。\nユーザーID：§p\n初期パスワード：§v\n初回ログイン時に変更してください。", password_world),
    "chinese_ticket": ("测试环境账号：§p，密码：§v，请勿外传。", plain),
    "hindi_note": ("उपयोगकर्ता: §p\nपासवर्ड: §v\nसर्वर: §w", plain),
    "arabic_note": ("اسم المستخدم: §p\nكلمة المرور: §v", plain),
    "korean_mail": ("안녕하세요, 임시 비밀번호는 §v 입니다. 로그인 후 변경해 주세요.", plain),
    "turkish_sms": ("§w hesabiniz icin tek kullanimlik sifreniz: §v. Kimseyle paylasmayin.", lambda rng: pick(rng, "123456789", 1) + pick(rng, DIGITS, 7)),
    "chinese_sms": ("【§w】验证码 §v，5分钟内有效，请勿泄露给他人。", lambda rng: pick(rng, "123456789", 1) + pick(rng, DIGITS, 7)),
    "otpauth_migration": ("otpauth-migration://offline?data=§v", b64ed(66)),
    "matter_qr": ("chip-tool pairing code 1 MT:§v", lambda rng: pick(rng, DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ", 19)),
    "nostr_wallet": ("nostr+walletconnect://§h§h§h§h§h§h§h§h?relay=wss://relay.§w.dev&secret=§v", hexed(64)),
    "monero_wallet": ("[wallet 4§h]: spendkey\nWallet password:\nsecret: §v", hexed(64)),
    "tor_onion_auth": ("# /var/lib/tor/§w/authorized.auth_private\ndescriptor:x25519:§v", lambda rng: pick(rng, BASE32, 52)),
    "nix_signing": ("# nix-store --generate-binary-cache-key\ncache.§w.dev-1:§v", b64ed(64)),
    "git_raw_token": ("https://raw.githubusercontent.com/§w/§x/main/notes.md?token=§v", lambda rng: "A" + pick(rng, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 28)),
    "docs_login": ("## Staging\n\nOpen <https://staging.§w.dev> and sign in with `§p` / `§v`.", plain),
    "slack_dm": ("§p: can you restart §w? root pw on that box is §v\n§p: thx", plain),
}  # fmt: skip

LINES: dict[str, Callable[[Random], Planted]] = {
    name: line(template, secret)
    for table in (COMMANDS, FILES, CODE, TALK)
    for name, (template, secret) in table.items()
}
