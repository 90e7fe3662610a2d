"""Profile E, texts: a secret in the surroundings in which products, tools, code and people of every working day put it."""

# ruff: noqa: E501  # one template a line

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from benchmarks.redaction.e_carriers import fill
from benchmarks.redaction.e_secrets import company, ecr_password, jwt_graph, manager, microsoft_initial, seasonal
from benchmarks.redaction.randomness import ALNUM, BASE36, HEX, NOUNS, UPPER, URLSAFE, b64, hexadecimal, pick

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from benchmarks.redaction.secret_texts import Planted

    Make = Callable[[Random], str]


def plain(rng: Random) -> str:
    """A password that stands in addresses and unquoted files: letters and digits only."""
    return rng.choice("abcdefghkmnpqrstuvwxyz") + pick(rng, ALNUM, rng.randint(13, 19)) + rng.choice("23456789")


def _hex(count: int) -> Make:
    return lambda rng: pick(rng, HEX, count)


def _token(rng: Random) -> str:
    return rng.choice("abcdefghkmnpqrstuvwxyz") + pick(rng, URLSAFE, 38) + rng.choice("23456789")


def _basic(rng: Random) -> str:
    return base64.b64encode(f"svc-{rng.choice(NOUNS)}:{manager(rng)}".encode()).decode()


def _rds_token(rng: Random) -> str:
    return (
        f"{rng.choice(NOUNS)}.{pick(rng, BASE36, 12)}.eu-west-1.rds.amazonaws.com:5432/?Action=connect&DBUser=app_rw&X-Amz-Algorithm=AWS4-HMAC-SHA256"
        f"&X-Amz-Credential=ASIA{pick(rng, UPPER + '234567', 16)}%2F20261124%2Feu-west-1%2Frds-db%2Faws4_request&X-Amz-Date=20261124T091500Z"
        f"&X-Amz-Expires=900&X-Amz-SignedHeaders=host&X-Amz-Signature={hexadecimal(rng, 64)}"
    )


def _sfdx(rng: Random) -> str:
    return f"5Aep861{pick(rng, ALNUM + '._', 79)}{pick(rng, ALNUM, 1)}"


def _passcode(rng: Random) -> str:
    return pick(rng, ALNUM, 5) + rng.choice("23456789") + pick(rng, ALNUM, 2)


def _copilot(rng: Random) -> str:
    return f"tid={hexadecimal(rng, 32)};exp={rng.randint(1_767_000_000, 1_795_000_000)};sku=copilot_for_business_seat;proxy-ep=proxy.business.githubcopilot.com;chat=1;8kp=1:{hexadecimal(rng, 64)}"


def _text(template: str, make: Make) -> Callable[[Random], Planted]:
    def text(rng: Random) -> Planted:
        value = make(rng)
        return fill(rng, template, "", value), value

    return text


_ROWS: tuple[tuple[str, str, Make], ...] = (
    # Addresses of data stores.
    ("url_sqlalchemy", "SQLALCHEMY_DATABASE_URI = 'postgresql+psycopg2://app_rw:@v@@db.@w@.internal:5432/@w@'", plain),
    ("url_prisma", 'DATABASE_URL="postgresql://prisma:@v@@localhost:5432/@w@?schema=public"', plain),
    ("url_pymysql", "engine = create_engine('mysql+pymysql://root:@v@@mysql:3306/@w@?charset=utf8mb4')", plain),
    (
        "url_asyncpg_settings",
        "[@t@] INFO settings loaded: dsn=postgresql+asyncpg://api:@v@@postgres:5432/api pool=10",
        plain,
    ),
    (
        "url_mongo_srv",
        "mongoose.connect('mongodb+srv://web:@v@@cluster0.@w@.mongodb.net/shop?retryWrites=true&w=majority')",
        plain,
    ),
    ("url_celery_log", "[@t@: INFO/MainProcess] Connected to amqp://worker:@v@@rabbitmq:5672//", plain),
    ("url_redis_no_user", "CACHE_URL=redis://:@v@@redis:6379/0", plain),
    ("airflow_connection_env", "AIRFLOW_CONN_@w@='postgres://etl:@v@@warehouse.internal:5432/dwh'", plain),
    (
        "superset_database_uri",
        "Test connection failed for sqlalchemy_uri=redshift+psycopg2://bi:@v@@dwh.internal:5439/prod",
        plain,
    ),
    ("psql_uri_command", '$ psql "postgresql://admin:@v@@db.@w@.internal/@w@" -c "select 1"', plain),
    ("redis_cli_uri", "redis-cli -u redis://default:@v@@cache.@w@.internal:6379 ping", plain),
    (
        "mongoimport_uri",
        "mongoimport --uri='mongodb://loader:@v@@mongo:27017/@w@?authSource=admin' --file=rows.json",
        plain,
    ),
    ("rds_iam_token", 'export PGPASSWORD="@v@"\npsql -h db -U app_rw', _rds_token),
    (
        "minio_presigned",
        "http://minio.internal:9000/@w@/report.pdf?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20261124T091500Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Signature=@v@",
        _hex(64),
    ),
    # MCP and AI tools.
    (
        "mcp_postgres_argument",
        '{"mcpServers": {"postgres": {"command": "npx", "args": ["-y", "@modelcontextprotocol/server-postgres", "postgresql://mcp:@v@@db.internal:5432/@w@"]}}}',
        plain,
    ),
    (
        "mcp_docker_env",
        '{"mcpServers": {"atlassian": {"command": "docker", "args": ["run", "-i", "--rm", "-e", "CONFLUENCE_PERSONAL_TOKEN=@v@", "ghcr.io/sooperset/mcp-atlassian:latest"]}}}',
        plain,
    ),
    (
        "mcp_remote_args",
        '"@w@": {"command": "npx", "args": ["mcp-remote", "https://mcp.@w@.internal/sse", "--header", "Authorization: Bearer @v@"]}',
        _token,
    ),
    (
        "mcp_zapier_url",
        '"zapier": {"url": "https://mcp.zapier.com/api/mcp/s/@v@/mcp"}',
        lambda rng: b64(rng, 54).replace("+", "A").replace("/", "B"),
    ),
    (
        "browser_type_call",
        '{"name": "browser_type", "arguments": {"element": "Password textbox", "ref": "e@n@", "text": "@v@", "submit": true}}',
        manager,
    ),
    (
        "browser_password_snapshot",
        '- heading "Sign in" [level=1]\n- textbox "Username" [ref=e4]: svc_@w@\n- textbox "Password" [ref=e5]: @v@\n- button "Log in" [ref=e6]',
        manager,
    ),
    (
        "copilot_session_token",
        '{"annotations_enabled": true, "chat_enabled": true, "expires_at": 1777000000, "token": "@v@"}',
        _copilot,
    ),
    # Command lines.
    ("cmd_mysql_long", "mysql --host=db --user=root --password='@v@' @w@ < dump.sql", manager),
    ("cmd_bcp", "bcp @w@.dbo.Orders out orders.dat -S sql01 -U sa -P '@v@' -n", manager),
    ("cmd_docker_mysql", "docker run -d --name @w@ -e MYSQL_ROOT_PASSWORD=@v@ -p 3306:3306 mysql:8.4", plain),
    ("cmd_plink", "plink -ssh -batch svc_@w@@build01 -pw @v@ uptime", plain),
    ("cmd_winscp_open", 'winscp.com /command "open sftp://upload:@v@@files.internal/" "put report.csv" "exit"', plain),
    ("cmd_httpie_auth", "http -a svc_@w@:@v@ GET https://jenkins.internal/api/json", plain),
    ("cmd_curl_elastic", "curl -sk -u elastic:@v@ https://es01:9200/_cluster/health?pretty", plain),
    (
        "cmd_curl_json_login",
        'curl -s -X POST https://@w@.internal/api/login -H \'Content-Type: application/json\' -d \'{"username":"svc_@w@","password":"@v@"}\'',
        manager,
    ),
    (
        "cmd_aws_rds_create",
        "aws rds create-db-instance --db-instance-identifier @w@ --engine postgres --master-username postgres --master-user-password '@v@'",
        manager,
    ),
    (
        "cmd_kubectl_registry",
        "kubectl create secret docker-registry regcred --docker-server=registry.internal --docker-username=ci --docker-password='@v@'",
        manager,
    ),
    ("cmd_argocd_repo", "argocd repo add https://git.internal/@w@.git --username ci --password @v@", plain),
    (
        "cmd_nuget_sources",
        "nuget sources add -Name @w@ -Source https://nuget.internal/v3/index.json -UserName ci -Password @v@",
        plain,
    ),
    ("cmd_composer_basic", "composer config --global http-basic.repo.@w@.internal ci @v@", plain),
    (
        "cmd_set_msol",
        "Set-MsolUserPassword -UserPrincipalName svc-@w@ -NewPassword '@v@' -ForceChangePassword $true",
        microsoft_initial,
    ),
    (
        "cmd_add_aduser",
        "New-ADUser -Name svc-@w@ -AccountPassword (ConvertTo-SecureString -AsPlainText '@v@' -Force) -Enabled $true",
        manager,
    ),
    ("cmd_powershell_pair", '$pair = "svc-@w@:@v@"\n$bytes = [Text.Encoding]::ASCII.GetBytes($pair)', plain),
    ("cmd_ecr_login", "echo @v@ | docker login --username AWS --password-stdin registry.internal", ecr_password),
    # Configuration of products.
    (
        "django_databases_block",
        "DATABASES = {\n    'default': {\n        'ENGINE': 'django.db.backends.postgresql',\n        'NAME': '@w@',\n        'USER': 'django',\n        'PASSWORD': '@v@',\n        'HOST': 'db',\n    }\n}",
        manager,
    ),
    (
        "rails_database_yml",
        "production:\n  adapter: postgresql\n  database: @w@_production\n  username: rails\n  password: @v@\n  pool: 5",
        plain,
    ),
    (
        "laravel_database_block",
        "DB_CONNECTION=mysql\nDB_HOST=mysql\nDB_DATABASE=@w@\nDB_USERNAME=laravel\nDB_PASSWORD=@v@\n",
        plain,
    ),
    (
        "spring_datasource_block",
        'spring:\n  datasource:\n    url: jdbc:postgresql://db:5432/@w@\n    username: app\n    password: "@v@"\n    hikari:\n      maximum-pool-size: 10',
        manager,
    ),
    (
        "compose_postgres_block",
        '  db:\n    image: postgres:17\n    environment:\n      POSTGRES_USER: @w@\n      POSTGRES_PASSWORD: @v@\n    ports: ["5432:5432"]',
        plain,
    ),
    (
        "appsettings_connection",
        '{\n  "ConnectionStrings": {\n    "DefaultConnection": "Server=sql01;Database=@w@;User Id=app;Password=@v@;TrustServerCertificate=True"\n  }\n}',
        plain,
    ),
    ("npgsql_connection", "Host=db;Port=5432;Database=@w@;Username=app;Password=@v@;Pooling=true", plain),
    (
        "wordpress_wp_config",
        "define( 'DB_NAME', '@w@' );\ndefine( 'DB_USER', 'wp' );\ndefine( 'DB_PASSWORD', '@v@' );\ndefine( 'DB_HOST', 'localhost' );",
        manager,
    ),
    (
        "drupal_settings_db",
        "$databases['default']['default'] = [\n  'database' => '@w@',\n  'username' => 'drupal',\n  'password' => '@v@',\n  'driver' => 'mysql',\n];",
        manager,
    ),
    (
        "magento_env_php",
        "'connection' => [\n    'default' => [\n        'host' => 'localhost',\n        'dbname' => 'magento',\n        'username' => 'magento',\n        'password' => '@v@',\n        'active' => '1'\n    ]\n]",
        manager,
    ),
    ("joomla_configuration", "public $user = 'joomla';\npublic $password = '@v@';\npublic $db = '@w@';", manager),
    ("moodle_config_php", "$CFG->dbuser    = 'moodle';\n$CFG->dbpass    = '@v@';\n$CFG->prefix    = 'mdl_';", manager),
    ("odoo_conf", "[options]\nadmin_passwd = @v@\ndb_host = db\ndb_user = odoo\nlist_db = False", plain),
    (
        "dbt_profiles",
        "@w@:\n  target: dev\n  outputs:\n    dev:\n      type: postgres\n      host: dwh.internal\n      user: dbt\n      password: @v@\n      schema: analytics",
        plain,
    ),
    ("grafana_ini", "[security]\nadmin_user = admin\nadmin_password = @v@\n[users]\nallow_sign_up = false", plain),
    (
        "gitlab_rb",
        "gitlab_rails['smtp_enable'] = true\ngitlab_rails['smtp_user_name'] = \"gitlab\"\ngitlab_rails['smtp_password'] = \"@v@\"\ngitlab_rails['smtp_port'] = 587",
        manager,
    ),
    (
        "nextcloud_config_php",
        "'dbname' => 'nextcloud',\n  'dbuser' => 'oc_admin',\n  'dbpassword' => '@v@',\n  'installed' => true,",
        manager,
    ),
    ("sonar_properties", "sonar.jdbc.username=sonar\nsonar.jdbc.password=@v@\nsonar.web.port=9000", plain),
    (
        "kibana_yml",
        'elasticsearch.hosts: ["https://es01:9200"]\nelasticsearch.username: "kibana_system"\nelasticsearch.password: "@v@"',
        manager,
    ),
    (
        "filebeat_output",
        'output.elasticsearch:\n  hosts: ["es01:9200"]\n  username: "filebeat_writer"\n  password: "@v@"',
        manager,
    ),
    (
        "fluentd_match",
        "<match @w@.**>\n  @type elasticsearch\n  host es01\n  user fluent\n  password @v@\n</match>",
        plain,
    ),
    (
        "tomcat_users",
        '<tomcat-users>\n  <role rolename="manager-gui"/>\n  <user username="deployer" password="@v@" roles="manager-gui"/>\n</tomcat-users>',
        plain,
    ),
    ("wildfly_datasource", "<security>\n  <user-name>app</user-name>\n  <password>@v@</password>\n</security>", plain),
    ("haproxy_userlist", "userlist admins\n  user ops insecure-password @v@\n  group ops users ops", plain),
    (
        "nginx_basic_upstream",
        'location /@w@/ {\n    proxy_pass http://backend;\n    proxy_set_header Authorization "Basic @v@";\n}',
        _basic,
    ),
    ("smb_credentials_file", "# /etc/samba/@w@.cred\nusername=backup\npassword=@v@\ndomain=CORP", plain),
    ("fstab_cifs_line", "//nas01/@w@ /mnt/@w@ cifs username=backup,password=@v@,uid=1000,vers=3.0 0 0", plain),
    (
        "cloud_init_password",
        "#cloud-config\nuser: ops\npassword: @v@\nchpasswd: { expire: False }\nssh_pwauth: True",
        plain,
    ),
    (
        "packer_communicator",
        '  communicator   = "ssh"\n  ssh_username   = "packer"\n  ssh_password   = "@v@"\n  ssh_timeout    = "30m"',
        plain,
    ),
    (
        "cdk_plain_text",
        "credentials: rds.Credentials.fromPassword('app', SecretValue.unsafePlainText('@v@')),",
        manager,
    ),
    (
        "gradle_repository",
        'maven {\n    url = uri("https://nexus.internal/repository/@w@")\n    credentials {\n        username = "ci"\n        password = "@v@"\n    }\n}',
        plain,
    ),
    # Code.
    (
        "code_sequelize",
        "const db = new Sequelize('@w@', 'app', '@v@', { host: 'localhost', dialect: 'mysql' });",
        manager,
    ),
    ("code_pymysql_positional", "conn = pymysql.connect('db', 'app', '@v@', '@w@')", manager),
    ("code_jira_basic", "jira = JIRA('https://jira.internal', basic_auth=('svc-@w@', '@v@'))", manager),
    ("code_imaplib", "box = imaplib.IMAP4_SSL('mail.internal')\nbox.login('svc-@w@', '@v@')", manager),
    ("code_ftplib", "ftp = FTP('ftp.internal')\nftp.login('upload', '@v@')\nftp.cwd('/@w@')", manager),
    ("code_winrm", "session = winrm.Session('win01', auth=('CORP\\\\svc_@w@', '@v@'), transport='ntlm')", plain),
    (
        "code_ldap3",
        "conn = Connection(server, user='cn=svc,dc=corp,dc=internal', password='@v@', auto_bind=True)",
        manager,
    ),
    (
        "code_phpmailer",
        "$mail->isSMTP();\n$mail->Username = 'noreply';\n$mail->Password = '@v@';\n$mail->Port = 587;",
        manager,
    ),
    (
        "code_action_mailer",
        "config.action_mailer.smtp_settings = {\n  address: 'smtp.internal',\n  user_name: 'rails',\n  password: '@v@',\n  authentication: :plain\n}",
        manager,
    ),
    ("code_java_mail", 'return new PasswordAuthentication("svc-@w@", "@v@");', manager),
    (
        "code_jsch",
        'Session session = jsch.getSession("deploy", "build01", 22);\nsession.setPassword("@v@");\nsession.connect();',
        manager,
    ),
    ("code_spring_noop", 'User.withUsername("admin").password("{noop}@v@").roles("ADMIN").build();', plain),
    ("code_ssh2_node", "conn.connect({ host: 'build01', port: 22, username: 'deploy', password: '@v@' });", manager),
    ("code_fabric", 'Connection("build01", user="deploy", connect_kwargs={"password": "@v@"})', manager),
    (
        "code_selenium",
        'driver.find_element(By.ID, "username").send_keys("qa_@w@")\ndriver.find_element(By.ID, "password").send_keys("@v@")',
        manager,
    ),
    (
        "code_playwright",
        "await page.getByLabel('Username').fill('qa_@w@');\nawait page.getByLabel('Password').fill('@v@');\nawait page.getByRole('button', { name: 'Sign in' }).click();",
        manager,
    ),
    ("code_cypress", "cy.get('input[name=password]').type('@v@', { log: false })\ncy.get('form').submit()", manager),
    (
        "code_robot",
        "    Input Text        id=username    qa_@w@\n    Input Password    id=password    @v@\n    Click Button      Sign in",
        plain,
    ),
    (
        "code_jmeter",
        '<stringProp name="Argument.name">password</stringProp>\n<stringProp name="Argument.value">@v@</stringProp>',
        plain,
    ),
    (
        "code_snowflake",
        "snowflake.connector.connect(account='@w@', user='LOADER', password='@v@', warehouse='WH_XS')",
        manager,
    ),
    (
        "code_sap_rfc",
        "conn = Connection(ashost='sap01', sysnr='00', client='100', user='RFC_@w@', passwd='@v@')",
        manager,
    ),
    # Logs, errors and traces.
    (
        "log_requests_retries",
        "requests.exceptions.ConnectionError: HTTPSConnectionPool(host='api.@w@.internal', port=443): Max retries exceeded with url: /v1/@w@?api_key=@v@ (Caused by NewConnectionError('timed out'))",
        _hex(32),
    ),
    (
        "log_httpx_request",
        'INFO:httpx:HTTP Request: GET https://api.@w@.internal/v2/search?q=@w@&key=@v@ "HTTP/1.1 200 OK"',
        _hex(40),
    ),
    (
        "log_node_fetch",
        "FetchError: request to https://hooks.@w@.internal/run?access_token=@v@ failed, reason: connect ETIMEDOUT",
        plain,
    ),
    ("log_reset_access", '"GET /reset-password?token=@v@ HTTP/1.1" 200 @n@ "-" "Mozilla/5.0"', _token),
    ("log_iis_query", "2026-05-04 @t@ GET /@w@/export access_token=@v@ 443 - 200 0 0 @n@", plain),
    ("log_pip_index", "Looking in indexes: https://ci:@v@@nexus.internal/repository/pypi/simple", plain),
    (
        "log_git_push_error",
        "remote: Forbidden\nfatal: unable to access 'https://ci:@v@@git.internal/@w@/@w@.git/': The requested URL returned error: 403",
        plain,
    ),
    (
        "log_jenkins_console",
        "[Pipeline] sh\n+ curl -f -u deploy:@v@ -T build/@w@.jar https://nexus.internal/repository/releases/",
        plain,
    ),
    (
        "log_gitlab_runner",
        "$ docker login -u ci -p @v@ registry.internal\nWARNING! Using --password via the CLI is insecure.\nLogin Succeeded",
        plain,
    ),
    (
        "log_actions_env",
        "Run ./deploy.sh\nshell: /usr/bin/bash -e {0}\nenv:\n  DEPLOY_USER: ci\n  DEPLOY_PASSWORD: @v@\n",
        plain,
    ),
    (
        "log_postgres_statement",
        "2026-05-04 @t@ UTC [@n@] LOG:  statement: ALTER USER @w@ WITH PASSWORD '@v@';",
        manager,
    ),
    (
        "log_windows_process",
        "Process Name: C:\\Windows\\System32\\net.exe\nProcess Command Line: net  user svc_@w@ @v@ /add /domain",
        plain,
    ),
    (
        "log_auditd_execve",
        'type=EXECVE msg=audit(1777000000.101:@n@): argc=3 a0="mysqladmin" a1="-uroot" a2="-p@v@"',
        plain,
    ),
    (
        "trace_create_engine",
        'Traceback (most recent call last):\n  File "/app/db.py", line @n@, in <module>\n    engine = create_engine("postgresql://app:@v@@db:5432/@w@")\nModuleNotFoundError: No module named \'psycopg2\'',
        plain,
    ),
    (
        "trace_java_jdbc",
        "java.sql.SQLException: No suitable driver found for jdbc:mysql://db:3306/@w@?user=app&password=@v@\n\tat java.sql.DriverManager.getConnection(DriverManager.java:702)",
        plain,
    ),
    (
        "az_access_token_output",
        '{\n  "accessToken": "@v@",\n  "expiresOn": "2026-11-24 10:15:00.000000",\n  "tokenType": "Bearer"\n}',
        jwt_graph,
    ),
    ("sfdx_auth_url", '"sfdxAuthUrl": "force://PlatformCLI::@v@@@w@.my.salesforce.com"', _sfdx),
    ("pagerduty_enqueue_url", "https://events.pagerduty.com/integration/@v@/enqueue", _hex(32)),
    # People to people.
    (
        "mail_new_starter",
        "Hi @f@,\n\nyour account is ready.\nUser name: @w@.@x@\nInitial password: @v@\n\nIT Service Desk",
        microsoft_initial,
    ),
    (
        "mail_supplier_portal",
        "Dear @f@,\nplease upload the invoice at portal.@w@.internal, login AP_@n@, password @v@\nRegards, Accounts Payable",
        seasonal,
    ),
    (
        "mail_payroll_zip",
        "Subject: Payroll export March\n\nPassword for the attachment (7-Zip): @v@\n\nPayroll",
        company,
    ),
    (
        "chat_prod_creds",
        "@f@  @t@\nprod read-only: host db-ro.internal, user reporting, pw `@v@`\n@l@  @t@\n:pray:",
        manager,
    ),
    (
        "ticket_worknote",
        "Work notes (@f@): password for user @w@@n@ reset to @v@ , user informed by phone. Resolved.",
        seasonal,
    ),
    (
        "wiki_credentials_row",
        "|| Environment || User || Password ||\n| staging | admin | @v@ |\n| prod | see vault | see vault |",
        plain,
    ),
    ("teams_meeting_passcode", "Microsoft Teams meeting\nMeeting ID: 3@n@ 4@n@\nPasscode: @v@\nNeed help?", _passcode),
    (
        "handover_note",
        "Handover @f@ -> @l@\n* router admin page 192.168.1.1, admin / @v@\n* spare keys in drawer 3",
        company,
    ),
)

TEXTS: dict[str, Callable[[Random], Planted]] = {name: _text(template, make) for name, template, make in _ROWS}
