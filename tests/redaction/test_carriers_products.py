"""Secrets that stand at their place in files and calls of particular products, and numbers in other notations."""

# lines as they are printed; signs that people write

import pytest

from otel_mcp.redaction import Redactor
from otel_mcp.redaction.gate import PlainGate, Re2Gate
from otel_mcp.redaction.ruleset import builtin_scanner
from otel_mcp.redaction.scan import Scanner

REDACTOR = Redactor()
SECRET = "wQ0OG-Wpdjx1xgp"
HEX = "9bcfbe07fae17389034ec2c2920d33aa"
BASE64 = "eczU/Xktik6evw0VCNyI2gpzy/NMYyE0r19Befk3DS30pEGOv19NKR1s3PQYdYcGNRgwCp06GJPdhtYs8Qms3A=="
BYTES = ", ".join(str(number * 37 % 256) for number in range(64))

TELLS = [
    '{"cookies": [{"name": "session_id", "value": "§"}], "origins": []}',
    "key,type,encoding,value\nwifi,namespace,,\npassword,data,string,§\n",
    'write(3, "PASS §\\r\\n", 634) = 986',
    "GET {{base}}/orders\nAuthorization: Basic ann §\n",
    "Net::SMTP.start('smtp.example.org', 587, 'localhost', 'ann', '§', :plain)",
    'RunAs("ann", @ComputerName, "§", 0, "setup.exe")',
    "<methodName>wiki.login</methodName><params><param><value><string>ann</string></value></param><param><value><string>§</string></value></param>",
    '"method": "authenticate", "args": ["db", "ann", "§", {}]',
    "Username ann_abara, password §. Follow up on Friday.",
    "Open the page and sign in with `ann` / `§`.",
    "Reproduced with {{qa}} / pw {{§}} on build 844.",
    "# /etc/rsyncd.secrets\nbackup:§\n",
    "ann: can you restart it? root pw on that box is §",
    f"perforce.example.internal:1666=ann:{HEX.upper()}",
    '192.0.2.7 vpn.example.org : PSK \\"§\\"',
    f'char auth[] = "{HEX}";\nBlynk.begin(auth, ssid, pass);',
    "static const u1_t PROGMEM APPKEY[16] = { 0xBF, 0xEA, 0x62, 0x64, 0xED, 0xC9, 0xC1, 0x0F, 0x79, 0x8D };",
    f"$ cat ~/.config/solana/id.json\n[{BYTES}]",
    f'"priv_key": {{"type": "tendermint/PrivKeyEd25519", "value": "{BASE64}"}}',
    """It says {
 "attributes": {"enabled": true, "expires": null},
 "contentType": null,
 "id": "https://db.vault.example",
 "name": "db",
 "tags": {"a": "b"},
 "value": "§"
}""",
    f"RELEASE_KEYSTORE: /u3+7QAAAAIAAAAB{BASE64}",
    "# keys.properties\nge.example.org=725npmg5l5pi2apshblts6rusmfivcozn6seaufl6jwiabplk22l",
    '{"settings":{"key":"0y4n-g1nl-uzfs-bv7c-vbhf","server":"rtmps://a.rtmps.example.com:443/live2"}}',
    "influx config create -n orders -u http://localhost:8086 -t VUzwYT9ownkfRkcakuDhnhxcuosBwbyjIXTvx",
    "Use `kyou rwfd iiup djrm` as the google app password for the relay.",
    "gmailAppPassword の値は「lvbq smot erns posl」です。",
    "SAVE YOUR BACKUP CODES\nKeep these backup codes somewhere safe.\n\n3179 5777\n1848 5064\n3223 8765\n",
    "DECLARE\n  v_api_secret VARCHAR2(200) := '§';\nBEGIN",
    'val headers = mapOf("Accept" to "*/*", "jwt-secret" to "§")',
    "El nuevo valor de nextauth secret es: §",
    f'export BW_SESSION="{BASE64}"',
    "UNITY_SERIAL=SB-S75Z-AP4F-KHB4-GEDG-XKF5",
    "1336918320721056581-ijjqWKPBWJj6frmeuricLMdwTk8Sfb",
    f"glm {HEX}.dSDUl8Cd0PlUw6oa",
]
HARMLESS = [
    '{"cookies": []}',
    "id,data,count\n1,data,string\n",
    "Authorization: Basic authentication is off",
    "roles: `admin` / `editor`",
    "The backup codes are shown once.\nKeep them safe.\n\nThen go on.",
    'val map = mapOf("name" to "orders", "size" to 4)',
    "[" + ", ".join(map(str, range(64))) + "]",
    "build 1336918320721056581-2026-11-24 is done",
    "v_count NUMBER := 17; v_name VARCHAR2(20) := 'orders';",
]


@pytest.mark.parametrize("text", TELLS)
def test_the_secret_is_removed_whichever_gate_is_asked(text):
    text = text.replace("§", SECRET)
    clean = REDACTOR.scope().value(text).value
    assert "[REDACTED:" in clean
    assert not [word for word in (SECRET, HEX, HEX.upper(), BASE64[:40], BYTES[:40]) if word in text and word in clean]
    scanner = builtin_scanner()
    rules = scanner.rules[:-2]
    found = [{hit[:2] for hit in Scanner(rules, gate(scanner.rules)).hits(text)} for gate in (Re2Gate, PlainGate)]
    assert found[0] == found[1] != set()


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_like_it_stays(text):
    assert REDACTOR.scope().value({"text": text}).value["text"] == text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("### bank account number\n\n01-0129-0853100-08\n\n### Notes", "bank-account"),
        ('Field "NIN" was filled with "CM50037465P81Z".', "national-id"),
        ("A2: date of birth\nB2: 12/03/1984\nA3: Region", "birth-date"),
        ("The passport number we have on file is TK3614770, please check.", "passport"),
        ("お客様のnumer NIPは「536-067-05-09」です。", "national-id"),
        ('{ "nuss" => "25 44067774 80" }', "national-id"),
        ("【mac】AC67B2669D19", "mac-address"),
        ("UPI id: farah.rasmussen37@upi", "bank-account"),
        ("phone: ٠٥٠١٤٠٤١٥٥", "phone"),
        ("9112 7345 3686 8110", "card"),
        ("LFKFZG72110710M580", "national-id"),
    ],
)
def test_a_datum_is_known_in_other_notations(text, kind):
    assert f"[REDACTED:{kind}]" in REDACTOR.scope().value({"text": text}).value["text"]


def test_digits_of_any_script_are_digits_under_a_name():
    assert REDACTOR.scope().value({"phone": "٠٥٠١٤٠٤١٥٥"}).value == {"phone": "[REDACTED:phone]"}
