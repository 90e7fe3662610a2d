"""What is written of a secret in a reference goes; the reference, and names in it, stay."""

import pytest

from otel_mcp.redaction import Redactor
from otel_mcp.redaction.gate import PlainGate, Re2Gate
from otel_mcp.redaction.ruleset import builtin_scanner
from otel_mcp.redaction.scan import Scanner

RULES = builtin_scanner().rules
SCANNERS = [Scanner(RULES[:-1], gate(RULES)) for gate in (Re2Gate, PlainGate)]
CANARY = "Vx7kQ2mZp9Lw"
NAMED = ("password: {}", "DB_PASSWORD={}", "password = {}")


def redact(text):
    return Redactor().scope().text(text)


def found(text):
    one, other = ({text[hit.start : hit.end] for hit in scanner.hits(text)} for scanner in SCANNERS)
    assert one == other
    return one


DEFAULTS = r"""
${NAME:-§}
${DB:=§}
"${NAME:-§}"
${A:-${B:-§}}
${db.password:§}
${env:DB_PASSWORD, '§'}
@Value("${db.password:§}")
{{ x | default('§') }}
"{{ x | default('§') }}"
{{ x | default("§", true) }}
{{ .Values.password | default "§" | quote }}
{{ default "§" .Values.password }}
<%= ENV["X"] || '§' %>
<%= ENV.fetch('X') { '§' } %>
os.environ.get('X','§')
os.getenv("X", "§")
os.environ.get(
    'X', '§')
config('X', default='§')
getenv('X') ?: '§'
$_ENV['X'] ?? '§'
process.env.X || '§'
process.env.X ?? "§"
None or '§'
ENV.fetch("X", "§")
System.getProperty("x", "§")
System.getenv().getOrDefault("X", "§")
env::var("X").unwrap_or("§".into())
env::var("X").unwrap_or_else(|_| "§".to_string())
$(echo §)
$(echo '§' | base64)
ENC(§)
""".strip().replace("\n    '", "\x01").split("\n")  # fmt: skip


@pytest.mark.parametrize("named", NAMED)
@pytest.mark.parametrize("form", DEFAULTS)
def test_the_default_goes_and_the_reference_stays(named, form):
    text = named.format(form.replace("\x01", "\n    '"))
    assert found(text.replace("§", CANARY)) == {CANARY}
    assert redact(text.replace("§", CANARY)) == text.replace("§", "[REDACTED:assignment]")


@pytest.mark.parametrize(
    "form", ["const password: string = process.env.X ?? '§';", "password: str = os.environ.get('X', '§')"]
)
def test_the_default_of_what_has_a_type_goes(form):
    assert redact(form.replace("§", CANARY)) == form.replace("§", "[REDACTED:assignment]")


@pytest.mark.parametrize(
    "form", ["mysql -p${{P:-{}}} db", "curl -u ann:${{P:-{}}} https://h", "postgres://ann:${{P:-{}}}@h/db"]
)
def test_the_default_goes_in_commands_and_urls(form):
    assert CANARY not in redact(form.format(CANARY))
    assert "${P:-[REDACTED:" in redact(form.format(CANARY))


@pytest.mark.parametrize("named", NAMED)
@pytest.mark.parametrize(
    "form",
    [
        *("${NAME}§", "${A}:§@host", "<your-password>§", "***§", "{{ prefix }}§"),
        *("#{§}", "{{§}}", "{{ § }}", "${§}", '"${§}"', "<§>", '"<§>"', "{§}", "$x9§", "'$x9§'", "env:§", "vault:§"),
        *("{noop}§", "Buffer.from('§')", "(\n  '§'\n)", "('ab'\n '§')"),
        *("'ab' + '§'", '"ab" "§"', "'ab' . '§'", "'ab'.'§'", '"ab" & "§"', "'ab' + x + '§'", "os.environ['X'] + '§'"),
        *('"ab" + \n    "§"', '"ab" \\\n    "§"'),
    ],
)
def test_what_can_be_no_name_goes_whatever_it_stands_in(named, form):
    text = named.format(form.replace("§", CANARY))
    assert found(text)
    assert CANARY not in redact(text)


@pytest.mark.parametrize("named", NAMED)
@pytest.mark.parametrize(
    "form",
    [
        *("${NAME}", "$NAME", "$1", "{{ vault_pw }}", 'os.environ["X"]', "getenv('DB_PASSWORD')", "env:NAME"),
        *("vault:secret/data/x#key", "vault:secret/data/db2#pw", "<your-password>", "<api-key-123>", "<32-byte hex>"),
        *("${DB_PASSWORD_V2}", "$dbPassword1", "$this->password1", "$env:DB_PASS", "{{ db_password_2 }}", "<password>"),
        *("{password}", "{AES256_KEY}", "${utf8}", "${module.db2.password}", "{{ .Values.password | quote }}"),
        *(
            "${NAME:-}",
            "${NAME:?must be set}",
            "${NAME:-$OTHER}",
            "${NAME:-${OTHER}}",
            "${ssm:/my/path1}",
            "${env:DB2}",
        ),
        *("${{ secrets.DB_PASSWORD }}", "$(cat /run/secrets/x)", "%(password)s", "********", "ENC()"),
        *("os.environ.get('X', '')", "config.get('db', 'db_password')", "process.env.X || ''", "args.password or None"),
        *("{{ x | default('', true) }}", "{{ pw | default(omit) }}", "config.get('database', 'password')"),
        *("Buffer.from(key, 'base64')", "hash('sha256', 'utf-8')", "getpass.getpass('Password: ')"),
        *("'' + x", '"Password must be " + min'),
    ],
)
def test_a_reference_stays(named, form):
    text = named.format(form)
    assert not found(text)
    assert redact(text) == text


def test_a_name_has_to_look_like_one_under_a_sensitive_key():
    for value in ("${DB_PASSWORD}", "{{ db_password_2 }}", "${{ secrets.DB2 }}", "${input:api-key}"):
        assert Redactor().scope().value({"password": value}).value == {"password": value}
    for value in (f"${{{CANARY}}}", f"{{{{{CANARY}}}}}", f"{{{{ {CANARY} }}}}"):
        assert Redactor().scope().value({"password": value}).value == {"password": "[REDACTED:key]"}


def test_braces_quote_in_a_connection_string():
    assert redact(f"DRIVER={{x}};UID=a;PWD={{{CANARY}}};") == "DRIVER={x};UID=a;PWD={[REDACTED:assignment]};"
    assert redact("DRIVER={x};UID=a;PWD={m@ri;gold#};") == "DRIVER={x};UID=a;PWD={[REDACTED:assignment]};"
    for harmless in ("UID={user};PWD={password};", "DRIVER={x};UID={uid};PWD={pwd};"):
        assert redact(harmless) == harmless


@pytest.mark.parametrize(
    "text",
    [
        *("token: identifier", "token: ID", "token: Token", "if (token === 'EOF') return;", 'token === "NUMBER"'),
        *("case token == ';'", "while (token !== ')')", "if token == 'end':"),
    ],
)
def test_the_token_of_a_lexer_is_none(text):
    assert redact(text) == text


@pytest.mark.parametrize(
    "text", [f"token: {CANARY}", f"if token == '{CANARY}':", f"api_token == '{CANARY}'", "password == 'hunter2'"]
)
def test_a_token_that_is_random_and_a_password_go(text):
    assert found(text)
