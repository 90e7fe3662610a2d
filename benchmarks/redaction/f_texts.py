"""Profile F, texts: secrets with their own surroundings, as tools print, store and send them."""

# ruff: noqa: E501, RUF001, RUF002  # tables of templates

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.redaction.randomness import (
    ALNUM,
    BASE36,
    DIGITS,
    HEX,
    LAST,
    NOUNS,
    UPPER,
    UPPER36,
    b64,
    b64url,
    hexadecimal,
    pick,
    uuid4,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from benchmarks.redaction.secret_texts import Planted

    Make = Callable[[Random], str]


def _text(template: str, make: Make) -> Callable[[Random], Planted]:
    """A template with ‹v› the secret, ‹w› and ‹x› words, ‹u› a user, ‹n› a number, ‹h› and ‹l› 8 and 32 hex digits, ‹g› a UUID."""

    def render(rng: Random) -> Planted:
        value = make(rng)
        fillings = {
            "‹w›": rng.choice(NOUNS),
            "‹x›": rng.choice(NOUNS),
            "‹u›": rng.choice(LAST),
            "‹n›": str(rng.randint(11, 240)),
            "‹h›": hexadecimal(rng, 8),
            "‹l›": hexadecimal(rng, 32),
            "‹g›": uuid4(rng),
            "‹v›": value,
        }
        text = template
        for mark, filling in fillings.items():
            text = text.replace(mark, filling)
        return text, value

    return render


def _pw(rng: Random) -> str:
    """A password that every shell and every quoting can hold."""
    return rng.choice(
        (
            f"{rng.choice(NOUNS).capitalize()}{rng.choice('_.-+')}{pick(rng, ALNUM, 6)}{rng.randint(10, 99)}",
            pick(rng, ALNUM, 16),
            f"{rng.choice(NOUNS).capitalize()}{rng.choice(NOUNS)}{rng.randint(100, 999)}",
        )
    )


def _some(alphabet: str, count: int, prefix: str = "") -> Make:
    return lambda rng: prefix + pick(rng, alphabet, count)


def _infobip(rng: Random) -> str:
    return f"{hexadecimal(rng, 32)}-{uuid4(rng)}"


def _install(rng: Random) -> str:
    return "-".join(pick(rng, ALNUM, 5) for _ in range(4))


_HEX32, _HEX40, _HEX64 = _some(HEX, 32), _some(HEX, 40), _some(HEX, 64)
_URL43 = lambda rng: b64url(rng, 32)  # noqa: E731

TEXTS: dict[str, Callable[[Random], Planted]] = {
    name: _text(template, make)
    for name, template, make in (
        # Headers, cookies and links.
        (
            "auth_infobip_app",
            "POST /sms/2/text/advanced HTTP/1.1\nHost: ‹w›.api.infobip.com\nAuthorization: App ‹v›\n",
            _infobip,
        ),
        (
            "auth_godaddy_sso_key",
            'curl -s -H "Authorization: sso-key ‹h›_‹x›:‹v›" https://api.godaddy.com/v1/domains',
            _some(ALNUM, 22),
        ),
        (
            "auth_zeptomail",
            "POST https://api.zeptomail.com/v1.1/email\nAuthorization: Zoho-enczapikey ‹v›\nContent-Type: application/json",
            lambda rng: "wSsVR6" + b64(rng, 84),
        ),
        (
            "auth_bookstack_pair",
            "GET /api/pages/‹n› HTTP/1.1\nAuthorization: Token ‹l›:‹v›\nAccept: application/json",
            _some(ALNUM, 32),
        ),
        (
            "header_keystone",
            "GET /v2.1/servers HTTP/1.1\nHost: nova.‹w›.cloud\nX-Auth-Token: ‹v›\n",
            lambda rng: "gAAAAAB" + b64url(rng, 130),
        ),
        ("header_redmine", 'curl -H "X-Redmine-API-Key: ‹v›" https://redmine.‹w›.org/issues/‹n›.json', _HEX40),
        ("header_emby", "GET /Users HTTP/1.1\nX-Emby-Token: ‹v›\nAccept: */*", _HEX32),
        (
            "header_dolibarr",
            'curl -X GET "https://erp.‹w›.org/api/index.php/invoices" -H "DOLAPIKEY: ‹v›"',
            _some(ALNUM, 32),
        ),
        (
            "cookie_linkedin",
            "Cookie: lang=v=2&lang=en-us; li_at=‹v›; liap=true",
            lambda rng: "AQEDA" + b64url(rng, 108),
        ),
        (
            "cookie_google_psid",
            "cookie: CONSENT=YES+; __Secure-1PSID=‹v›; NID=‹n›",
            lambda rng: "g.a000" + b64url(rng, 108),
        ),
        ("cookie_github", "Cookie: color_mode=auto; user_session=‹v›; logged_in=yes", _some(ALNUM + "-_", 48)),
        ("cookie_twitter", 'twscrape add_cookies ‹u› "lang=en; auth_token=‹v›"', _HEX40),
        (
            "cookie_atlassian",
            "document.cookie = 'cloud.session.token=‹v›; path=/'",
            lambda rng: f"eyJraWQiOiJzZXNzaW9uLXNlcnZpY2Uv{b64url(rng, 24)}.{b64url(rng, 120)}.{b64url(rng, 96)}",
        ),
        (
            "link_wordpress_reset",
            "Someone has requested a password reset for the account ‹u›.\n\nhttps://‹w›.org/wp-login.php?action=rp&key=‹v›&login=‹u›",
            _some(ALNUM, 20),
        ),
        (
            "link_supabase_confirm",
            "Confirm your mail: https://‹w›.supabase.co/auth/v1/verify?token_hash=‹v›&type=signup",
            _some(HEX, 56),
        ),
        (
            "link_firebase_action",
            "Open https://‹w›.firebaseapp.com/__/auth/action?mode=signIn&oobCode=‹v›&lang=en to sign in",
            _some(ALNUM + "-_", 54),
        ),
        ("link_jenkins_remote_build", "curl -X POST 'https://ci.‹w›.org/job/‹x›/build?token=‹v›'", _some(ALNUM, 24)),
        ("link_netlify_build_hook", "curl -X POST -d {} https://api.netlify.com/build_hooks/‹v›", _some(HEX, 24)),
        ("link_render_deploy_hook", "Deploy hook: https://api.render.com/deploy/srv-c‹h›‹n›?key=‹v›", _some(ALNUM, 11)),
        # Service configuration.
        ("vpnc_conf", "IPSec gateway vpn.‹w›.org\nIPSec ID staff\nIPSec secret ‹v›\nXauth username ‹u›\n", _pw),
        ("chap_secrets", "# client  server  secret  IP addresses\n‹u›  pptpd  ‹v›  *\n", _pw),
        ("dovecot_plain_user", "‹u›:{PLAIN}‹v›:5000:5000::/var/mail/‹u›", _pw),
        ("exim_client_send", "login:\n  driver = plaintext\n  public_name = LOGIN\n  client_send = : ‹u› : ‹v›\n", _pw),
        ("coturn_user", "listening-port=3478\nlt-cred-mech\nuser=‹w›:‹v›\nrealm=‹x›.org\n", _pw),
        ("coturn_static", "use-auth-secret\nstatic-auth-secret=‹v›\nrealm=turn.‹w›.org\n", _HEX64),
        (
            "rsyslog_elastic",
            'action(type="omelasticsearch" server="es.‹w›.org" uid="rsyslog" pwd="‹v›" bulkmode="on")',
            _pw,
        ),
        ("nut_upsd_users", "[monuser]\n  password = ‹v›\n  upsmon secondary\n", _pw),
        ("monit_allow", "set httpd port 2812\n  allow localhost\n  allow admin:‹v›\n", _pw),
        (
            "collectd_mysql",
            '<Plugin mysql>\n  <Database ‹w›>\n    User "collectd"\n    Password "‹v›"\n  </Database>\n</Plugin>',
            _pw,
        ),
        (
            "icinga_api_user",
            'object ApiUser "‹w›" {\n  password = "‹v›"\n  permissions = [ "status/query" ]\n}',
            _some(HEX, 16),
        ),
        (
            "bacula_director",
            'Director {\n  Name = ‹w›-dir\n  Password = "‹v›"\n  Messages = Daemon\n}',
            lambda rng: b64(rng, 33),
        ),
        ("haproxy_stats", "listen stats\n  bind :8404\n  stats enable\n  stats auth admin:‹v›\n", _pw),
        ("squid_cache_peer", "cache_peer proxy.‹w›.org parent 3128 0 no-query default login=‹u›:‹v›", _pw),
        ("sentinel_auth", "sentinel monitor mymaster 10.0.3.‹n› 6379 2\nsentinel auth-pass mymaster ‹v›\n", _pw),
        (
            "patroni_replication",
            "postgresql:\n  authentication:\n    replication:\n      username: replicator\n      password: ‹v›\n",
            _pw,
        ),
        (
            "primary_conninfo",
            "primary_conninfo = 'host=10.1.0.‹n› port=5432 user=replicator password=‹v› sslmode=require'",
            _pw,
        ),
        ("couchdb_admins", "[chttpd]\nport = 5984\n\n[admins]\nadmin = ‹v›\n", _pw),
        ("glassfish_passwordfile", "AS_ADMIN_PASSWORD=‹v›\n", _pw),
        (
            "preseed_root",
            "d-i passwd/root-login boolean true\nd-i passwd/root-password password ‹v›\nd-i clock-setup/utc boolean true",
            _pw,
        ),
        ("kickstart_rootpw", "lang en_US.UTF-8\nrootpw --plaintext ‹v›\ntimezone Europe/Oslo --utc", _pw),
        (
            "autoyast_user",
            '<user>\n  <username>root</username>\n  <user_password>‹v›</user_password>\n  <encrypted config:type="boolean">false</encrypted>\n</user>',
            _pw,
        ),
        ("libvirt_vnc", "<graphics type='vnc' port='5901' autoport='no' passwd='‹v›'/>", _some(ALNUM, 8)),
        (
            "vagrant_ssh",
            'config.ssh.username = "‹u›"\nconfig.ssh.password = "‹v›"\nconfig.vm.box = "debian/bookworm64"',
            _pw,
        ),
        (
            "talos_machine_token",
            "machine:\n  type: worker\n  token: ‹v›\n  ca:\n    crt: LS0tLS1CRUdJTi\n",
            lambda rng: f"{pick(rng, BASE36, 6)}.{pick(rng, BASE36, 16)}",
        ),
        (
            "cfn_master_user",
            "  Database:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      MasterUsername: ‹u›\n      MasterUserPassword: ‹v›\n      AllocatedStorage: '20'\n",
            _pw,
        ),
        (
            "ansible_mysql_user",
            "- name: create ‹w› user\n  community.mysql.mysql_user:\n    name: ‹w›\n    password: \"‹v›\"\n    priv: '‹w›.*:ALL'\n",
            _pw,
        ),
        (
            "compose_healthcheck",
            '  db:\n    image: mariadb:11\n    healthcheck:\n      test: ["CMD", "mariadb-admin", "ping", "-uroot", "-p‹v›"]\n',
            _pw,
        ),
        (
            "kubeconfig_oidc",
            "users:\n- name: ‹u›\n  user:\n    auth-provider:\n      name: oidc\n      config:\n        client-id: kubernetes\n        refresh-token: ‹v›\n",
            _URL43,
        ),
        (
            "aws_sso_cache",
            '{"startUrl": "https://‹w›.awsapps.com/start", "region": "eu-west-1", "accessToken": "‹v›", "expiresAt": "2026-03-11T20:14:05Z"}',
            lambda rng: "aoaAAAAAG" + b64(rng, 210),
        ),
        (
            "msal_token_cache",
            '{"RefreshToken": {"‹g›.login.windows.net": {"home_account_id": "‹g›", "credential_type": "RefreshToken", "secret": "‹v›"}}}',
            lambda rng: "1.A" + b64url(rng, 240),
        ),
        (
            "hcloud_cli_toml",
            'active_context = "‹w›"\n\n[[contexts]]\n  name = "‹w›"\n  token = "‹v›"\n',
            _some(ALNUM, 64),
        ),
        (
            "ngrok_yml",
            'version: "3"\nagent:\n    authtoken: ‹v›\n',
            lambda rng: f"2{pick(rng, ALNUM, 26)}_{pick(rng, ALNUM, 21)}",
        ),
        (
            "snowsql_config",
            "[connections.‹w›]\naccountname = ‹x›-eu1\nusername = ‹u›\npassword = ‹v›\nwarehousename = LOAD_WH\n",
            _pw,
        ),
        (
            "bundle_sidekiq",
            "bundle config --local enterprise.contribsys.com ‹v›",
            lambda rng: f"{hexadecimal(rng, 8)}:{hexadecimal(rng, 8)}",
        ),
        # Network devices.
        ("procurve_manager", 'hostname "sw-‹w›"\npassword manager user-name "admin" plaintext ‹v›\n', _pw),
        ("f5_tmsh", "tmsh modify auth user admin password ‹v›\ntmsh save sys config", _pw),
        ("asa_tunnel_group", "tunnel-group branch-‹w› ipsec-attributes\n ikev1 pre-shared-key ‹v›\n", _pw),
        (
            "aruba_passphrase",
            'wlan ssid-profile "‹w›-staff"\n  essid "‹w›"\n  wpa-passphrase ‹v›\n  opmode wpa2-psk-aes\n',
            _pw,
        ),
        (
            "ospf_digest_key",
            "interface GigabitEthernet0/1\n ip ospf authentication message-digest\n ip ospf message-digest-key 1 md5 ‹v›\n",
            _pw,
        ),
        ("ntp_authentication", "ntp authenticate\nntp authentication-key 12 md5 ‹v›\nntp trusted-key 12\n", _pw),
        ("edgeos_login", "set system login user ubnt authentication plaintext-password '‹v›'\ncommit; save", _pw),
        # Command lines.
        ("cmd_openconnect", "echo '‹v›' | sudo openconnect --user=‹u› --passwd-on-stdin vpn.‹w›.org", _pw),
        ("cmd_kadmin", "kadmin.local:  addprinc -pw ‹v› ‹u›\nPrincipal created.", _pw),
        ("cmd_ipa_client", "ipa-client-install --domain=‹w›.org --principal=admin --password='‹v›' --unattended", _pw),
        ("cmd_realm_join", "echo '‹v›' | realm join --user=‹u› corp.‹w›.org", _pw),
        ("cmd_expdp", "expdp system/‹v›@ORCLPDB1 schemas=‹w› directory=DATA_PUMP_DIR dumpfile=‹w›.dmp", _pw),
        ("cmd_db2_connect", "db2 connect to ‹w› user db2inst1 using ‹v›", _pw),
        ("cmd_bteq_logon", ".LOGON tdprod/‹u›,‹v›\nSELECT COUNT(*) FROM ‹w›.orders;\n.LOGOFF", _pw),
        ("cmd_hdbsql", "hdbsql -n hana.‹w›.org:30015 -u SYSTEM -p '‹v›' \"SELECT * FROM DUMMY\"", _pw),
        ("cmd_neo4j_initial", "neo4j-admin dbms set-initial-password ‹v›\nChanged password for user 'neo4j'.", _pw),
        ("cmd_influx_setup", "influx setup --username admin --password '‹v›' --org ‹w› --bucket ‹x› --force", _pw),
        (
            "cmd_kafka_scram",
            "kafka-configs.sh --bootstrap-server kafka:9092 --alter --add-config 'SCRAM-SHA-512=[password=‹v›]' --entity-type users --entity-name ‹w›",
            _pw,
        ),
        ("cmd_minio_user_add", "mc admin user add ‹w› ‹u› ‹v›\nAdded user `‹u›` successfully.", _pw),
        (
            "cmd_kcadm",
            "./kcadm.sh config credentials --server https://sso.‹w›.org --realm master --user admin --password '‹v›'",
            _pw,
        ),
        ("cmd_wildfly_add_user", "$JBOSS_HOME/bin/add-user.sh -u admin -p '‹v›' -g admins --silent", _pw),
        ("cmd_wlst_connect", "wls:/offline> connect('weblogic','‹v›','t3://10.2.0.‹n›:7001')", _pw),
        ("cmd_wmic_remote", "wmic /node:srv-‹w› /user:CORP\\‹u› /password:‹v› os get caption", _pw),
        ("cmd_dsadd", 'dsadd user "CN=‹u›,OU=Staff,DC=‹w›,DC=org" -samid ‹u› -pwd ‹v› -mustchpwd yes', _pw),
        ("cmd_certutil_pfx", "certutil -f -p ‹v› -importPFX ‹w›.pfx", _pw),
        ("cmd_openssl_enc", "openssl enc -aes-256-cbc -pbkdf2 -in ‹w›.tar -out ‹w›.enc -k '‹v›'", _pw),
        ("cmd_qpdf_encrypt", "qpdf --encrypt '‹v›' '‹v›' 256 -- ‹w›.pdf ‹w›-locked.pdf", _pw),
        ("cmd_rar_headers", "rar a -hp‹v› ‹w›.rar ./‹x›/", _pw),
        (
            "cmd_microk8s_join",
            "microk8s join 10.7.0.‹n›:25000/‹v› --worker",
            lambda rng: f"{hexadecimal(rng, 32)}/{hexadecimal(rng, 12)}",
        ),
        ("cmd_curl_opnsense", "curl -k -u 'apikey:‹v›' https://10.0.0.1/api/core/firmware/status", _some(ALNUM, 80)),
        ("cmd_ovftool", "ovftool --noSSLVerify ‹w›.ova 'vi://root:‹v›@esxi-‹x›.lab.local'", _pw),
        (
            "cmd_replication_source",
            "CHANGE REPLICATION SOURCE TO SOURCE_HOST='10.4.0.‹n›', SOURCE_USER='repl', SOURCE_PASSWORD='‹v›', SOURCE_AUTO_POSITION=1;",
            _pw,
        ),
        (
            "cmd_proxysql_users",
            "INSERT INTO mysql_users(username,password,default_hostgroup) VALUES ('‹w›','‹v›',10);",
            _pw,
        ),
        # What programs print.
        (
            "log_jenkins_initial",
            "Jenkins initial setup is required. An admin user has been created and a password generated.\nPlease use the following password to proceed to installation:\n\n‹v›\n\nThis may also be found at: /var/jenkins_home/secrets/initialAdminPassword",
            _HEX32,
        ),
        (
            "log_argocd_initial",
            "$ argocd admin initial-password -n argocd\n‹v›\n\n This password must be only used for first time login.",
            _some(ALNUM + "-", 16),
        ),
        (
            "log_gitlab_initial",
            "# cat /etc/gitlab/initial_root_password\n# WARNING: This value is valid only for 24 hours.\n\nPassword: ‹v›\n",
            lambda rng: b64(rng, 32),
        ),
        (
            "log_openshift_install",
            'INFO Access the OpenShift web-console here: https://console.apps.‹w›.org\nINFO Login to the console with user: "kubeadmin", and password: "‹v›"',
            _install,
        ),
        (
            "log_qbittorrent",
            "The WebUI administrator username is: admin\nThe WebUI administrator password was not set. A temporary password is provided for this session: ‹v›",
            _some(ALNUM, 9),
        ),
        ("log_elastic_setup", "Changed password for user elastic\nPASSWORD elastic = ‹v›\n", _some(ALNUM, 20)),
        # Programs.
        (
            "code_express_session",
            "app.use(session({ secret: '‹v›', resave: false, saveUninitialized: false }));",
            _some(ALNUM, 32),
        ),
        ("code_jwt_sign", "const token = jwt.sign({ sub: user.id }, '‹v›', { expiresIn: '1h' });", _some(ALNUM, 40)),
        ("code_pyjwt_encode", 'encoded = jwt.encode({"sub": user_id}, "‹v›", algorithm="HS256")', _HEX64),
        (
            "code_create_hmac",
            "const digest = crypto.createHmac('sha256', '‹v›').update(body).digest('hex');",
            _some(ALNUM, 36),
        ),
        ("code_hash_hmac", "$sign = hash_hmac('sha256', $payload, '‹v›');", _some(ALNUM, 32)),
        ("code_symmetric_key", 'var key = new SymmetricSecurityKey(Encoding.UTF8.GetBytes("‹v›"));', _some(ALNUM, 48)),
        ("code_keystore_load", 'ks.load(new FileInputStream("‹w›.jks"), "‹v›".toCharArray());', _pw),
        ("code_oracledb", 'connection = oracledb.connect(user="‹w›", password="‹v›", dsn="db.‹x›.org/ORCLPDB1")', _pw),
        (
            "code_exchangelib",
            "account = Account(mailbox, credentials=Credentials('CORP\\\\‹w›', '‹v›'), autodiscover=True)",
            _pw,
        ),
        (
            "code_praw",
            'reddit = praw.Reddit(client_id="‹h›‹n›", client_secret="‹v›", user_agent="‹w›-bot/1.0")',
            _some(ALNUM + "-_", 30),
        ),
        ("code_pexpect", "child.expect('assword:')\nchild.sendline('‹v›')\nchild.expect(r'\\$')", _pw),
        ("code_ldap_bind_php", "$bound = ldap_bind($ds, 'cn=reader,dc=‹w›,dc=org', '‹v›');", _pw),
        (
            "code_net_ssh_ruby",
            "Net::SSH.start('10.0.8.‹n›', '‹u›', password: '‹v›') { |ssh| puts ssh.exec!('uptime') }",
            _pw,
        ),
        ("code_mailkit", 'await smtp.AuthenticateAsync("relay-‹w›", "‹v›");', _pw),
        ("code_zipfile_pwd", 'with zipfile.ZipFile("‹w›.zip") as z:\n    z.extractall("out", pwd=b"‹v›")', _pw),
        ("code_pikepdf", 'with pikepdf.open("‹w›.pdf", password="‹v›") as pdf:\n    pages = len(pdf.pages)', _pw),
        # People.
        (
            "sms_google_code",
            "G-‹v› is your Google verification code. Don't share your code with anyone.",
            _some(DIGITS, 6),
        ),
        (
            "sms_whatsapp_code",
            "Your WhatsApp code: ‹v›\n\nDon't share this code with others",
            lambda rng: f"{pick(rng, DIGITS, 3)}-{pick(rng, DIGITS, 3)}",
        ),
        (
            "sms_bank_otp",
            "‹v› is the OTP for your transaction of INR 2,‹n›.00 at ‹w› on card ending 11‹n›. Valid for 10 mins. Do not share it.",
            _some(DIGITS, 6),
        ),
        (
            "webex_host_key",
            "Meeting number: 2558 ‹n›1 41‹n›\nHost key: ‹v›\nJoin from a video system",
            _some(DIGITS, 6),
        ),
        (
            "mail_wallet_words",
            "Backup of the hardware wallet, keep offline!\nRecovery phrase (12 words): ‹v›\n",
            lambda rng: " ".join(words(rng, 12)),
        ),
        ("ticket_licence_unlock", "Customer lost access. Unlock with the master password ‹v› and then rotate it.", _pw),
        ("chat_staging_login", "‹w›: which login for staging?\n‹x›: admin / ‹v›\n‹w›: thx, I'm in", _pw),
        (
            "calendar_webinar_panel",
            "DESCRIPTION:Panelist link follows.\\nWebinar password: ‹v›\\nDial-in on request",
            _some(UPPER + DIGITS, 8),
        ),
        (
            "hr_payslip_pdf",
            "Attached is your payslip for March. To open the PDF use the password ‹v› (do not forward).",
            _some(UPPER36, 10),
        ),
    )
}
