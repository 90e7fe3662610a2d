"""What administrators type and servers print, keys that sign, codes that are sent, and values under labels around them."""

# ruff: noqa: E501  # lines as they are printed; signs that people write

import pytest

from otel_mcp.redaction import Redactor
from otel_mcp.redaction.gate import PlainGate, Re2Gate
from otel_mcp.redaction.ruleset import builtin_scanner
from otel_mcp.redaction.scan import Scanner

REDACTOR = Redactor()
SECRET = "Saddle-TX6T5b69"
HEX = "9bcfbe07fae17389034ec2c2920d33fd"

TELLS = [
    "ann:{PLAIN}§:5000:5000::/var/mail/ann",
    "login:\n  driver = plaintext\n  client_send = : ann : §\n",
    "lt-cred-mech\nuser=ann:§\nrealm=example.org\n",
    "cache_peer proxy.example.org parent 3128 0 no-query default login=ann:§",
    "sentinel auth-pass mymaster §\n",
    "[admins]\nadmin = §\n",
    "rootpw --plaintext §\ntimezone Europe/Oslo",
    'test: ["CMD", "mariadb-admin", "ping", "-uroot", "-p§"]',
    'password manager user-name "admin" plaintext §\n',
    " ip ospf message-digest-key 1 md5 §\n",
    "ntp authentication-key 12 md5 §\n",
    "echo '§' | sudo openconnect --user=ann --passwd-on-stdin vpn.example.org",
    "printf '%s' '§' | docker secret create db_password -",
    "expdp system/§@ORCLPDB1 schemas=orders",
    "db2 connect to orders user db2inst1 using §",
    ".LOGON tdprod/ann,§\nSELECT 1;",
    "hdbsql -n hana.example.org:30015 -u SYSTEM -p '§' \"SELECT 1\"",
    "neo4j-admin dbms set-initial-password §",
    "mc admin user add orders ann §",
    "$JBOSS_HOME/bin/add-user.sh -u admin -p '§' -g admins",
    "wls:/offline> connect('weblogic','§','t3://10.2.0.64:7001')",
    "qpdf --encrypt '§' '§' 256 -- a.pdf b.pdf",
    "rar a -hp§ a.rar ./b/",
    f"microk8s join 10.7.0.95:25000/{HEX}/4f8a3fbfe452 --worker",
    f"Please use the following password to proceed to installation:\n\n{HEX}\n\nThis may also be found",
    "PASSWORD elastic = §\n",
    "const token = jwt.sign({ sub: user.id }, '§MiMha2mn82r7HQm6Q7', { expiresIn: '1h' });",
    "crypto.createHmac('sha256', '§MiMha2mn82').update(body)",
    "$sign = hash_hmac('sha256', $payload, '§MiMha2mn82');",
    'new SymmetricSecurityKey(Encoding.UTF8.GetBytes("§MiMha2mn82"));',
    'ks.load(new FileInputStream("a.jks"), "§".toCharArray());',
    "Account(mailbox, credentials=Credentials('CORP\\\\ann', '§'))",
    "child.expect('assword:')\nchild.sendline('§')",
    'await smtp.AuthenticateAsync("relay", "§");',
    "<tr><th>db_password</th><td><p>§</p></td></tr>",
    "process.env.DB_PASSWORD ??= '§';",
    "$ENV{DB_PASSWORD} = '§';",
    "Found key 'orders.db-password' in PropertySource 'application' with value '§'",
    "(Parameter 'dbPassword')\nActual value was §.",
    "CONSTANTS lc_db_password TYPE string VALUE '§'.",
    "New-Variable -Name DbPassword -Value '§' -Scope Script",
    "│ region │ eu │\n│ db_password │ § │",
    "db_password: ||§|| — delete after reading",
    '/system-property=orders.db-password:add(value="§")',
    "Your password for the first login is: mirror violet ferry cotton spruce\nYou will be asked to change it.",
    "Hasło do pliku: marble lantern cinder sandal bridge\nPozdrawiam",
    "# client  server  secret  IP addresses\nann  pptpd  §  *\n",
]
HARMLESS = [
    'secret_key_base: System.fetch_env!("SECRET_KEY_BASE")',
    "Changed password for user 'neo4j'.",
    "mail sent to j***@example.org",
    "password: ask your local administrator please\n",
    "The code review is done; 2024 is the year of it.",
    "echo done | docker compose logs",
    "auth_code_flow=device cookie_category=marketing token_encoding=utf-8 otp_resend_delay=82",
    "    Security key           : Present\n",
    'const KEYS = "abc".toCharArray();',
]


@pytest.mark.parametrize("text", TELLS)
def test_the_secret_is_removed_whichever_gate_is_asked(text):
    text = text.replace("§", SECRET)
    clean = REDACTOR.scope().value(text).value
    assert "[REDACTED:" in clean
    assert not [word for word in (SECRET, HEX, "violet ferry", "cinder sandal") if word in clean]
    rules = builtin_scanner().rules
    found = [{hit[:2] for hit in Scanner(rules[:-2], gate(rules)).hits(text)} for gate in (Re2Gate, PlainGate)]
    assert found[0] == found[1] != set()


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_like_it_stays(text):
    assert REDACTOR.scope().value({"text": text}).value["text"] == text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("G-677979 is your Google verification code. Don't share it.", "677979"),
        ("677979 is the OTP for your transaction of INR 2,74.00", "677979"),
        ("Your WhatsApp code: 677-979\n\nDon't share this code", "677-979"),
    ],
)
def test_a_code_that_was_sent_is_removed(text, code):
    clean = REDACTOR.scope().value({"text": text}).value["text"]
    assert code not in clean
    assert clean.count("[REDACTED:one-time-code]") == 1


@pytest.mark.parametrize(
    ("value", "clean"),
    [
        (
            [["Date of birth", "1984-03-12"], ["Status", "ok"]],
            [["Date of birth", "[REDACTED:birth-date]"], ["Status", "ok"]],
        ),
        (
            {"Date of birth": {"type": "rich_text", "rich_text": [{"plain_text": "1984-03-12"}]}},
            {"Date of birth": {"type": "rich_text", "rich_text": [{"plain_text": "[REDACTED:birth-date]"}]}},
        ),
        ({"note": {"text": "1984-03-12"}}, {"note": {"text": "1984-03-12"}}),
        ({"required": ["password", "email"]}, {"required": ["password", "email"]}),
        ({"env": {"API_KEY": "${env:API_KEY}"}}, {"env": {"API_KEY": "${env:API_KEY}"}}),
        ({"password": "{{ vault.db }}"}, {"password": "{{ vault.db }}"}),
    ],
)
def test_a_value_is_read_by_the_label_around_it(value, clean):
    for _ in range(2):
        assert REDACTOR.scope().value(value).value == clean


def test_two_texts_in_base64_one_below_the_other_are_read_apart():
    both = "cmVnaW9uPWV1JmlucHV0PU1DNTgxMTMxNTAwMDAxMTEzNDc2NTE2Nzc3Mw\n\ncmVnaW9uPWV1JmVtYWlsPWFubi5lcmlrc2VuQGV4YW1wbGUub3Jn\n\nThe"
    clean = REDACTOR.scope().value(both).value
    assert clean == "[REDACTED:iban]\n\n[REDACTED:email]\n\nThe"
