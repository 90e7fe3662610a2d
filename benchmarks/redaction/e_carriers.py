"""Profile E, carriers: how names and values stand together in files, code, logs, tables and messages of every working day."""

# ruff: noqa: E501, RUF001  # one template a line; typographic quotes and dashes are meant

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from benchmarks.redaction.carriers import MARKUP, QUOTES, Carrier, camel, kebab, pascal, snake, upper
from benchmarks.redaction.randomness import FIRST, LAST, NOUNS, hexadecimal, uuid4

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

_MARK = re.compile(r"@(k|v|w|x|n|h|u|f|l|t)@")


def fill(rng: Random, template: str, name: str, value: str) -> str:
    """Put a name `@k@`, a value `@v@`, words, numbers, people and times into a template."""
    parts = {
        "k": name,
        "v": value,
        "w": rng.choice(NOUNS),
        "x": rng.choice(NOUNS),
        "n": str(rng.randint(11, 9000)),
        "h": hexadecimal(rng, 8),
        "u": uuid4(rng),
        "f": rng.choice(FIRST).title(),
        "l": rng.choice(LAST).title(),
        "t": f"{rng.randint(8, 18):02}:{rng.randint(10, 59)}:{rng.randint(10, 59)}",
    }
    return _MARK.sub(lambda match: parts[match[1]], template)


def form(template: str, style: Callable[[str], str] = str) -> Callable[[Random, str, str], str]:
    return lambda rng, name, value: fill(rng, template, style(name), value)


def _title(name: str) -> str:
    return snake(name).replace("_", " ").capitalize()


def _spoken_name(name: str) -> str:
    return snake(name).replace("_", " ")


# Names and values in files, code, tool output and prose.
SHELL = " $#'\"`\\!&|;<>()*?~^%"
NAMED_CARRIERS = (
    # Configuration files.
    Carrier(
        "dotenv_plain_comment", form("# @w@ service\nNODE_ENV=production\n@k@=@v@\nPORT=@n@\n", upper), " $#'\"`\\"
    ),
    Carrier("dotenv_double_quoted", form('APP_NAME="@w@"\n@k@="@v@"\nLOG_LEVEL=info\n', upper), "$`" + QUOTES),
    Carrier("dotenv_single_quoted", form("@k@='@v@'\nDEBUG=false\n", upper), QUOTES),
    Carrier("dotenv_spaces_around", form("HOST = localhost\n@k@ = @v@\nWORKERS = 4\n", upper), " $#'\"`\\"),
    Carrier("dotenv_commented_out", form("REGION=eu-west-1\n# @k@=@v@\nTIMEOUT=30\n", upper), " $#'\"`\\"),
    Carrier("env_old_and_new", form("# rotated by @f@, see OPS-@n@\n@k@_NEW=@v@\n", upper), " $#'\"`\\"),
    Carrier(
        "yaml_plain_unquoted",
        form("@w@:\n  enabled: true\n  @k@: @v@\n  timeout: 30s\n", snake),
        " '\"\\#:*&!%@`|>{}[],?-~",
    ),
    Carrier("yaml_double_quoted", form('server:\n  port: 8080\n  @k@: "@v@"\n', kebab), QUOTES),
    Carrier("yaml_trailing_comment", form('  @k@: "@v@"  # TODO move to vault\n  region: eu-west-1\n', camel), QUOTES),
    Carrier("yaml_list_of_maps", form("variables:\n  - key: @k@\n    value: '@v@'\n    masked: true\n", upper), QUOTES),
    Carrier(
        "k8s_configmap",
        form(
            'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: @w@-config\ndata:\n  @k@: "@v@"\n  LOG_LEVEL: info\n',
            upper,
        ),
        QUOTES,
    ),
    Carrier(
        "compose_env_list",
        form("services:\n  @w@:\n    image: @w@:1.@n@\n    environment:\n      - TZ=UTC\n      - @k@=@v@\n", upper),
        " $#'\"`\\",
    ),
    Carrier(
        "github_workflow_env",
        form(
            'jobs:\n  build:\n    runs-on: ubuntu-latest\n    env:\n      @k@: "@v@"\n    steps:\n      - uses: actions/checkout@v4\n',
            upper,
        ),
        QUOTES,
    ),
    Carrier("json_pretty", form('{\n  "name": "@w@",\n  "@k@": "@v@",\n  "retries": 3\n}', camel), QUOTES),
    Carrier("json_minified_row", form('{"id":@n@,"@k@":"@v@","active":true}', snake), QUOTES),
    Carrier(
        "json_array_of_settings",
        form('[{"Key":"@k@","Value":"@v@"},{"Key":"Region","Value":"westeurope"}]', pascal),
        QUOTES,
    ),
    Carrier(
        "json_escaped_in_log",
        form('level=error msg="request failed" body="{\\"@k@\\":\\"@v@\\",\\"user\\":@n@}"', camel),
        QUOTES,
    ),
    Carrier("ini_equals_spaced", form("[@w@]\nhost = localhost\n@k@ = @v@\nport = 5432\n", snake), " '\"#;\\"),
    Carrier("php_env_ini", form('; @w@ settings\n@k@ = "@v@"\nmax_execution_time = 30\n', snake), QUOTES + "$"),
    Carrier(
        "spring_properties_lines",
        form("spring.application.name=@w@\n@w@.@k@=@v@\nserver.port=8081\n", kebab),
        " '\"\\#!:",
    ),
    Carrier(
        "xml_add_key",
        form(
            '<appSettings>\n  <add key="@k@" value="@v@" />\n  <add key="Retries" value="3" />\n</appSettings>', pascal
        ),
        MARKUP,
    ),
    Carrier(
        "xml_child_elements",
        form("<connection>\n  <host>localhost</host>\n  <@k@>@v@</@k@>\n</connection>", camel),
        MARKUP,
    ),
    Carrier(
        "terraform_block",
        form('resource "aws_db_instance" "@w@" {\n  engine  = "postgres"\n  @k@ = "@v@"\n}', snake),
        QUOTES + "$%",
    ),
    Carrier("terraform_locals", form('locals {\n  @k@ = "@v@"\n  region = "eu-central-1"\n}', snake), QUOTES + "$%"),
    Carrier("helm_values_nested", form('@w@:\n  image:\n    tag: "1.@n@"\n  auth:\n    @k@: "@v@"\n', camel), QUOTES),
    Carrier(
        "ansible_task",
        form('- name: configure @w@\n  community.general.@w@:\n    @k@: "@v@"\n    state: present\n', snake),
        QUOTES,
    ),
    Carrier("dockerfile_arg", form("FROM node:22-alpine\nARG @k@=@v@\nRUN npm ci\n", upper), SHELL),
    # Shells.
    Carrier(
        "bash_history_export", form("  @n@  cd /srv/@w@\n  @n@  export @k@=@v@\n  @n@  make deploy\n", upper), SHELL
    ),
    Carrier("bash_export_quoted", form("$ export @k@='@v@'\n$ ./run.sh\n", upper), QUOTES),
    Carrier(
        "powershell_session", form("PS C:\\work\\@w@> $env:@k@ = '@v@'\nPS C:\\work\\@w@> npm start\n", upper), QUOTES
    ),
    Carrier(
        "powershell_splat",
        form("$params = @{\n    Server = '@w@'\n    @k@ = '@v@'\n}\nConnect-@w@ @params\n", pascal),
        QUOTES,
    ),
    Carrier("cmd_set_quoted", form('C:\\deploy>set "@k@=@v@"\nC:\\deploy>start.bat\n', upper), '"%^&|<>!'),
    Carrier("cli_flag_double_quoted", form('@w@ login --user svc-@w@ --@k@ "@v@" --region eu', kebab), QUOTES + "$`!"),
    Carrier("cli_flag_single_quoted", form("./@w@-cli sync --@k@='@v@' --dry-run", kebab), QUOTES),
    Carrier("printenv_lines", form("HOME=/root\n@k@=@v@\nLANG=C.UTF-8\nPWD=/app", upper), "\n"),
    Carrier("echo_debug", form('+ echo "DEBUG @k@=@v@"\nDEBUG @k@=@v@\n', upper), SHELL),
    # HTTP.
    Carrier(
        "curl_verbose",
        form("> POST /v1/@w@ HTTP/2\n> Host: api.@w@.internal\n> @k@: @v@\n> accept: */*\n< HTTP/2 401", kebab),
        "\n",
    ),
    Carrier(
        "fetch_headers",
        form(
            "await fetch(`/api/@w@`, {\n  method: 'POST',\n  headers: { 'Content-Type': 'application/json', '@k@': '@v@' },\n})",
            kebab,
        ),
        QUOTES,
    ),
    Carrier(
        "url_query_middle",
        form("GET /api/v2/@w@?page=2&@k@=@v@&sort=asc HTTP/1.1", snake),
        " &#%+\"'\\<>?/=!$*|^~@:;,()[]{}`",
    ),
    Carrier("request_body_line", form('Request body: {"@k@": "@v@", "remember": true}\nResponse: 401', camel), QUOTES),
    Carrier(
        "network_panel",
        form(
            "Request Headers\n  :authority: @w@.internal\n  @k@: @v@\n  user-agent: Mozilla/5.0\nResponse Headers\n  content-length: @n@",
            kebab,
        ),
        "\n",
    ),
    Carrier("form_urlencoded_line", form("action=login&@k@=@v@&lang=en", snake), " &#%+\"'\\<>?/=!$*|^~@:;,()[]{}`"),
    # Code.
    Carrier(
        "python_upper_constant", form('import os\n\n@k@ = "@v@"\nBASE_URL = "https://@w@.internal"\n', upper), QUOTES
    ),
    Carrier(
        "python_dict_literal",
        form('config = {\n    "host": "localhost",\n    "@k@": "@v@",\n    "port": 5432,\n}\n', snake),
        QUOTES,
    ),
    Carrier("python_getenv_default", form('value = os.getenv("@k@", "@v@")\n', upper), QUOTES),
    Carrier("python_client_call", form('client = @w@.Client(\n    region="eu",\n    @k@="@v@",\n)\n', snake), QUOTES),
    Carrier("python_self", form("        self.@k@ = '@v@'\n        self.retries = @n@\n", snake), QUOTES),
    Carrier(
        "python_header_dict",
        form(
            'headers = {"Accept": "application/json", "@k@": "@v@"}\nr = requests.get(url, headers=headers, timeout=10)',
            kebab,
        ),
        QUOTES,
    ),
    Carrier("js_const", form("const @k@ = '@v@';\nmodule.exports = { region: '@w@' };", camel), QUOTES),
    Carrier("js_env_fallback", form("const cfg = process.env.@k@ || '@v@';", upper), QUOTES),
    Carrier(
        "ts_client_options",
        form('const client = new @w@Client({\n  baseUrl: "https://@w@.internal",\n  @k@: "@v@",\n});', camel),
        QUOTES,
    ),
    Carrier("java_static_final", form('    private static final String @k@ = "@v@";\n', upper), QUOTES),
    Carrier("java_setter", form('dataSource.setUrl(url);\ndataSource.set@k@("@v@");\n', pascal), QUOTES),
    Carrier("spring_value_default", form('@Value("${@w@.@k@:@v@}")\nprivate String setting;', kebab), QUOTES + "${}:"),
    Carrier("csharp_const", form('public const string @k@ = "@v@";\n', pascal), QUOTES),
    Carrier("csharp_configuration", form('builder.Configuration["@w@:@k@"] = "@v@";', pascal), QUOTES),
    Carrier("go_struct_literal", form('cfg := Config{\n\tHost: "localhost",\n\t@k@: "@v@",\n}\n', pascal), QUOTES),
    Carrier("php_assignment", form("<?php\n$@k@ = '@v@';\n$host = 'localhost';", snake), QUOTES),
    Carrier("ruby_env_fetch", form("config.@w@ = ENV.fetch('@k@', '@v@')", upper), QUOTES),
    Carrier(
        "sql_select_result",
        form(" id | @k@ | created\n----+------+---------\n @n@ | @v@ | 2026-05-04\n(1 row)\n", snake),
        "|\n",
    ),
    Carrier("sql_values_columns", form("INSERT INTO settings (tenant_id, @k@) VALUES (@n@, '@v@');", snake), QUOTES),
    # Logs and errors.
    Carrier(
        "log_bracketed_pair", form("2026-03-14 @t@ [INFO] config loaded: region=eu @k@=@v@ retries=3", snake), " '\"=,;"
    ),
    Carrier("log_python_repr", form("@t@ DEBUG @w@.client settings={'timeout': 30, '@k@': '@v@'}", snake), QUOTES),
    Carrier("log_key_colon_space", form("[@t@] WARN retrying; @k@: @v@; attempt: 3", snake), " ;'\""),
    Carrier("log_serilog", form('[@t@ INF] Starting @w@ {"@k@": "@v@", "Version": "1.@n@"}', pascal), QUOTES),
    Carrier(
        "exception_message_parens",
        form("AuthenticationError: login rejected (@k@=@v@, status=401)", snake),
        " ()'\",;=",
    ),
    Carrier(
        "exception_locals_rich",
        form(
            "│   host = 'localhost'                 │\n│   @k@ = '@v@' │\n│   retry = 3                          │",
            snake,
        ),
        QUOTES + "|",
    ),
    Carrier(
        "sentry_extra", form("Additional data\n  attempt      3\n  @k@      @v@\n  worker      @w@-@n@", snake), " \n"
    ),
    Carrier(
        "docker_inspect_env",
        form('"Env": [\n    "PATH=/usr/local/bin:/usr/bin",\n    "@k@=@v@",\n    "TZ=UTC"\n],', upper),
        QUOTES,
    ),
    Carrier(
        "kubectl_describe_env",
        form("    Environment:\n      LOG_LEVEL:  info\n      @k@:  @v@\n    Mounts:  <none>", upper),
        "\n ",
    ),
    Carrier(
        "terraform_plan_new",
        form('  + resource "@w@" "main" {\n      + name  = "@w@"\n      + @k@ = "@v@"\n    }', snake),
        QUOTES + "$%",
    ),
    Carrier("git_diff_replaced", form("@@ -4,3 +4,3 @@\n-@k@=\n+@k@=@v@\n REGION=eu\n", upper), " $#'\"`\\"),
    Carrier(
        "git_diff_yaml", form('   name: @w@\n-  @k@: "@v@"\n+  @k@: ${VAULT_VALUE}\n   replicas: 2', camel), QUOTES
    ),
    # Tables and office documents.
    Carrier(
        "markdown_two_column",
        form("| Setting | Value |\n|---------|-------|\n| Region | eu |\n| @k@ | @v@ |\n", _title),
        "|`\n",
    ),
    Carrier(
        "markdown_code_cell", form("| `@k@` | `@v@` | required |\n| `REGION` | `eu` | optional |\n", upper), "|`\n"
    ),
    Carrier("csv_key_value_rows", form("key,value\nregion,eu\n@k@,@v@\n", snake), ",\"\n'"),
    Carrier("csv_export_header", form("id,service,@k@,owner\n@n@,@w@,@v@,@f@\n", snake), ",\"\n'"),
    Carrier("excel_pasted_tabs", form("System\tUser\t@k@\n@w@\tadmin\t@v@\n", _title), "\t\n"),
    Carrier(
        "html_form_value",
        form('<label for="f1">@w@</label><input type="text" id="f1" name="@k@" value="@v@">', snake),
        MARKUP,
    ),
    Carrier("html_definition_row", form("<tr><th>@k@</th><td>@v@</td></tr>", _title), MARKUP),
    Carrier("wiki_bold_colon", form("h3. Access\n*@k@*: @v@\n*Owner*: team @w@\n", _title), "\n*{}"),
    Carrier("onenote_lines", form("@w@ server\nUser: admin\n@k@: @v@\nNote: ask @f@ first\n", _title), "\n"),
    # Messages.
    Carrier("chat_heres", form("here's the @k@ for staging: `@v@` pls dont share", _spoken_name), "`\n"),
    Carrier("chat_two_lines", form("@f@  @t@\n@k@ below\n@v@\n@l@  @t@\nthx!", _spoken_name), "\n"),
    Carrier(
        "mail_as_discussed", form("Hi @f@,\n\nas discussed, the @k@ is:\n\n    @v@\n\nBest,\n@l@", _spoken_name), "\n"
    ),
    Carrier(
        "ticket_field",
        form("Steps to reproduce: open /@w@\nEnvironment: prod\n@k@ used: @v@\nExpected: 200", _title),
        " \n",
    ),
    Carrier("comment_dash", form("- @k@ – @v@\n- host – @w@.internal", _title), "\n"),
    Carrier("readme_export_block", form("```bash\nexport @k@=@v@\nnpm run dev\n```", upper), SHELL),
    Carrier("prompt_instruction", form("Use @k@ @v@ when you call the @w@ API, and retry once.", upper), " '\""),
    Carrier("step_numbered", form("1. Open @w@ admin\n2. Set @k@ to @v@\n3. Save and restart", _spoken_name), " \n"),
)

# A token or a personal datum without a name.
BARE_CARRIERS = (
    Carrier("chat_try_this", form("@f@: try this one @v@ and tell me if it works"), "\n"),
    Carrier("chat_bot_reply", form("**@w@-bot** APP @t@\nFound 1 match: `@v@` in #@w@"), "`"),
    Carrier("slack_quote", form("> @v@\nis this still active?"), "\n"),
    Carrier(
        "mail_forwarded",
        form("---------- Forwarded message ---------\nSubject: @w@ access\n\n@v@\n\nThanks\n@f@"),
        "\n",
    ),
    Carrier("ticket_comment", form("@f@ added a comment - @t@\nCustomer sent @v@ by mistake, please handle."), "\n"),
    Carrier("log_info_value", form("2026-04-12 @t@,@n@ INFO @w@.service - processing @v@ (attempt 1)"), "\n"),
    Carrier("log_quoted_value", form("@t@ ERROR could not resolve '@v@' after 3 attempts"), "'\n"),
    Carrier("log_json_message", form('{"level":"warn","ts":"@t@","msg":"rejected @v@","svc":"@w@"}'), QUOTES),
    Carrier(
        "python_value_error",
        form(
            "Traceback (most recent call last):\n  File \"/app/@w@.py\", line @n@, in run\nValueError: invalid literal: '@v@'"
        ),
        QUOTES + "\n",
    ),
    Carrier("key_error", form("KeyError: '@v@'"), QUOTES + "\n"),
    Carrier(
        "java_illegal_argument",
        form("java.lang.IllegalArgumentException: Unexpected value @v@\n\tat com.@w@.Main.run(Main.java:@n@)"),
        "\n",
    ),
    Carrier("sql_unique_violation", form("DETAIL:  Key (value)=(@v@) already exists."), "()\n"),
    Carrier("sql_where_equals", form("SELECT id FROM @w@ WHERE value = '@v@' LIMIT 1;"), QUOTES),
    Carrier("csv_first_column", form("@v@,@w@,@n@,open\n"), ",\"\n'"),
    Carrier("csv_last_column", form("@n@,@w@,2026-02-11,@v@\n"), ",\"\n'"),
    Carrier("table_cell_markdown", form("| @n@ | @v@ | @w@ |\n"), "|\n"),
    Carrier("json_list_of_strings", form('["@w@", "@v@", "@x@"]'), QUOTES),
    Carrier("python_list_middle", form("values = ['@w@', '@v@', '@x@']"), QUOTES),
    Carrier("js_call_argument", form('init("@v@", { debug: true });'), QUOTES),
    Carrier("shell_argument", form("$ ./lookup.sh '@v@' --verbose"), QUOTES),
    Carrier("bash_history_line", form("  @n@  grep -r '@v@' /var/log/@w@"), QUOTES),
    Carrier("grep_result_path", form("src/@w@/main.py:@n@:    # @v@"), "\n"),
    Carrier("browser_text_node", form('- textbox "Search" [ref=e@n@]: @v@'), "\n"),
    Carrier("todo_item", form("- [ ] revoke @v@ (@f@)"), "\n"),
    Carrier("meeting_note", form("@f@ shared @v@ on the call, follow up with @l@."), "\n"),
    Carrier("see_brackets", form("see [@v@] for details"), "[]\n"),
    Carrier("colon_list", form("Found:\n  * @v@\n  * nothing else\n"), "\n"),
    Carrier("excel_row", form("@n@\t@v@\t@w@\n"), "\t\n"),
    Carrier("html_list_item", form("<ul><li>@w@</li><li>@v@</li></ul>"), MARKUP),
    Carrier("subject_line", form("Subject: Re: @v@\nDate: Tue, 3 Feb 2026 @t@ +0000"), "\n"),
)

# A sentence that tells a password.
SPOKEN_PASSWORD = (
    Carrier(
        "spoken_reset_to",
        form("Hi @f@, I've reset your password to @v@ - you'll be asked to change it at first sign-in."),
        " ",
    ),
    Carrier("spoken_temp_colon", form("Temporary password: @v@\nPlease change it within 24 hours."), "\n"),
    Carrier("spoken_user_and_pass", form("You can sign in as @w@.admin / @v@ (password) on the staging box."), " "),
    Carrier(
        "spoken_username_password_lines",
        form("Username: @w@@n@\nPassword: @v@\nURL: https://portal.@w@.internal"),
        "\n",
    ),
    Carrier("spoken_pw_short", form("pw is @v@ btw, same as on @w@"), " "),
    Carrier("spoken_default_password", form('The default admin password on these @w@ printers is "@v@".'), '"'),
    Carrier("spoken_vpn", form("VPN is up again, your new password for it is @v@ , let me know if it fails"), " "),
    Carrier(
        "spoken_zip_attached",
        form("I attached the payroll export. The password for the zip file is @v@\n\nKind regards"),
        "\n",
    ),
    Carrier("spoken_pdf_opens", form("The PDF opens with the password @v@ as usual."), " "),
    Carrier(
        "spoken_ticket_tried", form("Customer says: I tried to log in with my password @v@ but it says invalid."), " "
    ),
    Carrier("spoken_db_creds", form("creds for the @w@ db -> user: app_rw, pass: @v@"), " "),
    Carrier("spoken_guest_wifi", form("Guest WiFi this week: network Visitors, password: @v@"), "\n"),
    Carrier("spoken_de_kennwort_lautet", form("Hallo @f@, das neue Kennwort lautet @v@ und gilt ab sofort."), " "),
    Carrier("spoken_de_zurueckgesetzt", form('Ich habe dein Passwort auf "@v@" zurückgesetzt.'), '"'),
    Carrier("spoken_fr_mot_de_passe_temporaire", form("Voici votre mot de passe temporaire : @v@\nCordialement"), "\n"),
    Carrier("spoken_es_contrasena_nueva", form("La nueva contraseña del servidor es @v@ , no la compartas."), " "),
    Carrier("spoken_pt_senha_provisoria", form("Sua senha provisória é @v@ e expira amanhã."), " "),
    Carrier("spoken_it_password_provvisoria", form('La password provvisoria è "@v@", cambiala al primo accesso.'), '"'),
    Carrier("spoken_nl_nieuw_wachtwoord", form("Je nieuwe wachtwoord is @v@ en verloopt vrijdag."), " "),
    Carrier("spoken_pl_nowe_haslo", form("Nowe hasło do panelu to: @v@\nPozdrawiam"), "\n"),
)

# A label and a personal datum.
LABELLED = (
    Carrier("label_csv_two_rows", form("id,@k@,status\n@n@,@v@,active\n", snake), ',"\n'),
    Carrier("label_csv_all_quoted", form('"id","@k@","owner"\n"@n@","@v@","@f@"\n'), '"\n'),
    Carrier("label_json_record", form('{"id": "@h@", "@k@": "@v@", "createdAt": "2026-02-11"}', camel), QUOTES),
    Carrier(
        "label_json_pretty_line",
        form('  {\n    "contactId": @n@,\n    "@k@": "@v@",\n    "stage": "lead"\n  }', snake),
        QUOTES,
    ),
    Carrier("label_form_lines", form("Form submission #@n@\n@k@: @v@\nMessage: please call me back"), "\n"),
    Carrier("label_crm_field_next_line", form("Contact details\n@k@\n@v@\nOwner\n@f@"), "\n"),
    Carrier("label_ticket_body", form("Hello support, my @k@ is @v@ , can you check my account?"), "\n"),
    Carrier("label_chat_agent", form("Agent: could you confirm your @k@?\nCustomer: @v@"), "\n"),
    Carrier("label_hr_sheet", form("Employee no.: @n@\n@k@:        @v@\nDepartment:   @w@"), "\n"),
    Carrier("label_markdown_row", form("| Field | Value |\n|---|---|\n| @k@ | @v@ |\n"), "|\n"),
    Carrier("label_markdown_bold", form("- **@k@:** @v@\n- **Plan:** standard"), "\n"),
    Carrier("label_psql_row", form(" id | @k@ \n----+------\n @n@ | @v@\n(1 row)", snake), "|\n"),
    Carrier(
        "label_mysql_box",
        form("+----+------+\n| id | @k@ |\n+----+------+\n| @n@ | @v@ |\n+----+------+", snake),
        "|\n",
    ),
    Carrier("label_expanded_record", form("-[ RECORD 1 ]---\nid | @n@\n@k@ | @v@", snake), "|\n"),
    Carrier("label_log_pair", form("2026-01-17 @t@ INFO lead saved id=@n@ @k@=@v@", snake), " \"'="),
    Carrier("label_log_quoted_pair", form('level=info msg="profile updated" @k@="@v@" id=@n@', snake), '"\n'),
    Carrier("label_python_dict_row", form("{'id': @n@, '@k@': '@v@', 'plan': 'pro'}", snake), QUOTES),
    Carrier("label_xml_child", form("<customer><id>@n@</id><@k@>@v@</@k@></customer>", camel), MARKUP),
    Carrier("label_html_dt", form("<dt>@k@</dt>\n<dd>@v@</dd>"), MARKUP),
    Carrier("label_mail_signature_line", form("Kind regards\n@f@ @l@\n@k@: @v@\n@w@ GmbH"), "\n"),
    Carrier("label_yaml_contact", form('contact:\n  id: @n@\n  @k@: "@v@"\n', snake), QUOTES),
    Carrier("label_validation_error", form("ValidationError: @k@ '@v@' is already registered", snake), "'\n"),
    Carrier("label_note_paren", form("Spoke with the customer (@k@: @v@), wants a refund."), "\n()"),
    Carrier("label_tab_pasted", form("@k@\t@v@\nStatus\tactive\n"), "\t\n"),
    Carrier("label_pdf_form", form("Section B\n@k@ ............ @v@\nSignature ____________"), "\n"),
    Carrier("label_insert_columns", form("INSERT INTO customers (id, @k@) VALUES (@n@, '@v@');", snake), QUOTES),
    Carrier("label_update_set", form("UPDATE contacts SET @k@ = '@v@' WHERE id = @n@;", snake), QUOTES),
    Carrier("label_browser_snapshot", form('- textbox "@k@" [ref=e@n@]: @v@'), "\n"),
    Carrier("label_query_filter", form("Filter: @k@ equals @v@ AND status equals open", snake), "\n"),
    Carrier("label_semicolon_pairs", form("id: @n@; @k@: @v@; plan: basic"), ";\n"),
)
