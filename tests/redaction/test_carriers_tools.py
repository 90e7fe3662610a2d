"""What particular tools print and store: the secret at its place goes, and what only looks like it stays."""

# ruff: noqa: RUF001  # words as they are written

import pytest

from otel_mcp.redaction import Redactor
from otel_mcp.redaction.places import places_of
from otel_mcp.redaction.ruleset import builtin_scanner

REDACTOR = Redactor()
SECRET = "wQ0OG-Wpdjx1xgp"
HEX = "9bcfbe07fae17389034ec2c2920d33aa"
UUID = "9bcfbe07-fae1-4389-a34e-c2c292aa01ff"

TELLS = [
    "09:14:02 ::add-mask::§",
    "$ gcloud secrets versions access latest --secret=orders-db\n§\n$ ",
    "$ pass show infra/router\n§\nuser: ann",
    "$ kubectl get secret x -o jsonpath='{.data.p}' | base64 -d\n§",
    "crypto isakmp key § address 192.0.2.7",
    "tacacs server one\n address ipv4 192.0.2.7\n key §\n timeout 3",
    "radius-server host 192.0.2.7 key §",
    "wpa-psk ascii 7 §",
    "set psksecret ENC §",
    "snmp-server user ann network-admin auth sha §",
    "snmp-server community § RO",
    "set passwd §",
    " local-user ann\n  password irreversible-cipher §",
    "config wifi-iface\n\toption key '§'",
    'WiFi.begin("attic", "§");',
    f"SecretID:         {UUID}",
    f"Secret ID    = {UUID}",
    "Password for the [elastic] user successfully reset.\nNew value: §",
    "sqlite> PRAGMA key = '§';",
    "ATTACH DATABASE 'a.db' AS a KEY '§'",
    "UPDATE config SET value = '§' WHERE name = 'webhook_signing_key';",
    "INSERT INTO settings (name, value) VALUES ('webhook_signing_key', '§');",
    "DECLARE @ApiKey NVARCHAR(400) = N'§';",
    "new PDO('mysql:host=db;dbname=a', 'app', '§', $options);",
    "DBI->connect('dbi:Pg:dbname=a', 'app', '§', { RaiseError => 1 });",
    'auth := smtp.PlainAuth("", "ann", "§", host)',
    '<Key>Password</Key>\n<Value ProtectInMemory="True">§</Value>',
    '[{"ParameterKey": "DbPassword", "ParameterValue": "§"}]',
    "aws ssm put-parameter --name /orders/db_password --value '§'",
    '{"Name": "/orders/x", "Type": "SecureString",\n "Value": "§"}',
    "buildConfigField 'String', 'API_KEY', '\"§\"'",
    "[smtp.example.org]:587 relay:§",
    ';; userlist.txt\n"ann" "§"\n',
    "PUK1: 67797904",
    "Can't scan? Enter this setup key:\n\n    txz6 x5ao 6u4d phrs agi5 yfze\n",
    f"https://a-b-c.quiknode.pro/{HEX}/",
    "To open the sheet, enter § as the password.",
    "I have rotated the webhook key; the new one is § and the old one is gone.",
    "您的验证码是 59172508，请勿泄露",
    "network_key: [130, 183, 14, 238, 127, 26, 80, 12]",
    "rtmp://a.rtmp.example.com/live2/w027-07bq-7x6e-qitu-ahk6",
    "> localStorage.getItem('access_token')\n< '§'",
    '<input type="password" name="key" value="§">',
    "Write these words down:\nelbow kitten adapt scatter east rabbit unveil drastic patrol aerobic century bargain",
    "echo -n '§' | cryptsetup luksOpen /dev/sdb2 a -",
    "signtool sign /f a.pfx /p § /tr http://ts.example.org a.exe",
    "poetry config http-basic.private ann §",
    '  password             = "§"',
    '{orders, [{db_password, <<"§">>}, {size, 3}]}.',
    'constexpr std::string_view kDbPassword{"§"};',
    'Dim dbPassword As String = "§"',
    'DbPassword : constant String := "§";',
    '       MOVE "§" TO WS-DB-PASSWORD.',
    '3) "db_password"\n4) "§"',
    ' $ db_password: chr "§"',
    'defaults write org.example.app DbPassword -string "§"',
    "(Pdb) p db_password\n'§'\n(Pdb) c",
    '> Sys.getenv("DB_PASSWORD")\n[1] "§"',
    'dbPassword: z.string().min(1).default("§"),',
    "把 db password 设置为 §，然后重启。",
    "Use `§` as the db password for the server.",
    "key,value\nregion,north\ndb_password,§\n",
    "I changed the admin password this morning, it's § now",
    "Serveri parool on § ja see kehtib reedeni.",
    "Паролата за сървъра е § и важи до петък.",
    "Zerbitzariaren pasahitza § da.",
    "הסיסמה לשרת היא §",
]  # fmt: skip

SECRETS = (
    SECRET, HEX, UUID, "67797904", "txz6 x5ao 6u4d phrs", "59172508", "130, 183, 14, 238", "w027-07bq-7x6e",
    "elbow kitten adapt scatter",
)  # fmt: skip

HARMLESS = """
TLS 1.3 handshake ok, cipher TLS_AES_256_GCM_SHA384, peer verified
POST /oauth2/token HTTP/1.1
password: !secret attic_wifi_password
password: '%env(DB_PASSWORD)%'
password = random_password.orders.result
password: (sensitive value)
Public-Key-Pins: pin-sha256="WKY8pKY8ffD2CjMYLZM29Z1CWLUyAlD0Lq58tRlQH/w="; max-age=600
resource "random_password" "orders"
{"pin_number_on_chip": "GPIO48"}
{"cookie_same_site": "Strict"}
{"api_key": {"type": "keyword", "ignore_above": 256}}
otp_digits: 8
token_refresh_margin: 30s
val apiKey = BuildConfig.orders_API_KEY
INSERT INTO settings (name, value) VALUES ('theme', 'dark-blue-7');
SELECT name FROM users WHERE name = 'ann'
put-parameter --name /orders/region --value eu-west-1
use the editor as the default tool
I read about the password policy, it's fine now
token,parser
(Pdb) p token\n'for'
""".strip().splitlines()


@pytest.mark.parametrize("text", TELLS)
def test_a_secret_at_its_place_is_removed(text):
    assert any(secret in text.replace("§", SECRET) for secret in SECRETS)
    clean = REDACTOR.scope().text(text.replace("§", SECRET))
    assert not [secret for secret in SECRETS if secret in clean]


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_like_it_stays(text):
    assert REDACTOR.scope().text(text) == text


@pytest.mark.parametrize("text", TELLS)
def test_far_from_everything_else_it_is_found_as_well(text):
    # The gate looks around its matches alone: what is there must be what a look at the whole text finds.
    filler = "The ledger lists every lilac and every harbour in order. " * 60
    text = text.replace("§", SECRET)
    scanner = builtin_scanner()
    both = {(hit.start, hit.end) for hit in scanner.hits(f"{filler}\n{text}\n{filler}")}
    whole = f"{filler}\n{text}\n{filler}"
    every = {
        span
        for rule in scanner.rules
        for place in places_of(rule, whole)
        if (span := rule.find(whole, place)) is not None and span[0] < span[1]
    }
    assert both
    assert both <= every
    assert all(any(start <= span[0] and span[1] <= end for start, end in both) for span in every)


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("Krankenversichertennummer", "B031882202"),
        ("NISS", "10318822068"),
        ("número de segurança social", "10318822068"),
        ("código único de identificación", "1031 88223 0203"),
        ("nomor pokok wajib pajak", "00.318.822.4-069.000"),
        ("NRC number", "14/OuKaMa(N)031882"),
        ("паспорт", "ТТ008763"),
        ("clave bancaria uniforme", "9900876736651437995420"),
        ("дата рождения", "3 февраля 1953"),
        ("số điện thoại", "091 234 56 78"),
    ],
)
def test_a_label_that_means_nothing_else_is_enough(label, value):
    assert value not in REDACTOR.scope().text(f"see {label}: {value} there")
    assert value not in str(REDACTOR.scope().value({label: value}).value)


@pytest.mark.parametrize("text", ["NISS: see page 12", "PHN 2024-05-06", "national id is optional, 3 to 5 fields"])
def test_a_label_without_a_number_changes_nothing(text):
    assert REDACTOR.scope().text(text) == text


@pytest.mark.parametrize(
    "stripe", [";5425571806126369=28101016347164901?", "%B4111111111111111^ROE/JO^28101010000000000?"]
)
def test_what_a_magnetic_stripe_says_is_a_card(stripe):
    assert REDACTOR.scope().text(f"read {stripe} ok") == "read [REDACTED:card] ok"
