"""Secrets at their place in a protocol, a dialogue or a dump, and words that only look like one."""

# ruff: noqa: RUF001  # signs that people write

import pytest
from test_carriers_names import redact

TOLD = [
    "220 ready\r\nUSER ann\r\n331 Password required\r\nPASS §\r\n230 Logged in",
    "USER ann\\r\\nPASS §\\r\\n230 ok",
    "127.0.0.1:6379> AUTH ann §\nOK",
    'a1 LOGIN ann "§"\r\na1 OK LOGIN completed',
    "/msg NickServ IDENTIFY §",
    "/msg NickServ IDENTIFY ann §",
    "hostname west\nenable secret 0 §\nip domain-name corp.lan",
    "username ann privilege 15 password 7 §",
    "    Security key           : Present\n    Key Content            : §\n",
    "keytool -importkeystore -srckeystore a.jks -srcstorepass § -destkeystore b.p12",
    "keytool -importkeystore -destkeystore a.jks -deststorepass § -v",
    'reg add HKLM\\Software\\West /v ApiKey /t REG_SZ /d "§" /f',
    "ann: what was the passphrase again?\nbob: §",
    "[10:15] ann: sure, what's the root password\n[10:16] bob: it's §\n[10:17] ann: thx",
    "credentials for the west box: admin / § (change them after the demo)",
    "Hej Ann, adgangskoden er § indtil fredag.",
    "Hei Ann, passordet er § inntil videre.",
    "Hei Ann, salasana on § toistaiseksi.",
    "Salut Ann, parola este § pentru moment.",
    "Servera parole ir § līdz piektdienai.",
    "كلمة المرور هي § حتى الغد.",
    "Halo Ann, kata sandi: § ya.",
    "Γεια, ο κωδικός πρόσβασης είναι § προς το παρόν.",
    "Ciao, la parola d'ordine è §.",
    "Le mot de passe sera § demain.",
    "Das Kennwort wird § sein.",
    "mdp du serveur west : §",
    "La contraseña nueva de west será § a partir de hoy.",
    "Name    Region    ApiKey\n------  --------  ----------------\nwest  eu  §\nnorth  eu  §\n",
    "+----+---------+\n| id | api_key |\n+----+---------+\n|  3 | § |\n+----+---------+",
    "-[ RECORD 1 ]-+---------\nid            | 4\nrefresh_token | §\nregion        | eu\n",
    '<meta name="api-token" content="§">',
    "  --api-key TEXT     [default: §]\n  --size INTEGER",
    'Config {\n    api_key: Some(\n        "§",\n    ),\n}',
    'array(2) {\n  ["api_key"]=>\n  string(44) "§"\n  ["size"]=>\n',
    '[{"op": "replace", "path": "/auth/password", "value": "§"}]',
    "{ region: 'eu', apiKey:: '§' }",
    '{"db_password": {\n  "sensitive": true,\n  "type": "string",\n  "value": "§"\n}}',
    "<AutoLogon><Password><Value>§</Value><PlainText>true</PlainText></Password>",
]


@pytest.mark.parametrize("text", TOLD)
@pytest.mark.parametrize("secret", ["mari17GOLDlark", "Mari_gold17!lark"])
def test_a_secret_at_its_place_in_a_dialogue_or_a_dump_is_removed(text, secret):
    assert redact(text.replace("§", secret)) == text.replace("§", "#")


FORMS = [
    ("C: AUTH PLAIN AGFubgBtYXJpMTdHT0xE\nS: 235 ok", "C: AUTH PLAIN #\nS: 235 ok"),
    ("S: 334 UGFzc3dvcmQ6\nC: bWFyaTE3R09MRA==\nS: 235 ok", "S: 334 UGFzc3dvcmQ6\nC: #\nS: 235 ok"),
    ("SAMLResponse=" + "PHNhbWxw" * 8 + "%3D&RelayState=x", "SAMLResponse=#&RelayState=x"),
    ("/calendar/ical/ann/private-" + "0f" * 16 + "/basic.ics", "/calendar/ical/ann/private-#/basic.ics"),
    (f'<machineKey validationKey="{"0F" * 32}" n="1" />', '<machineKey validationKey="#" n="1" />'),
    (f"<Exponent>AQAB</Exponent><D>{'aB3+' * 16}</D>", "<Exponent>AQAB</Exponent><D>#</D>"),
    (f'{{"pkcs12": "MIIK{"aB3+" * 20}==", "n": 1}}', '{"pkcs12": "#", "n": 1}'),
    ("Your verification code is 415-232. It expires.", "Your verification code is #. It expires."),
    ('"smsCode": "976-632"', '"smsCode": "#"'),
    ('"productKey": "MAR17-GOLD4-LARK8-SPUR2-WEST5"', '"productKey": "#"'),
    ("Your recovery codes:\n3fdte-tanrl\nftyir-95f1p\n\nKeep them.", "Your recovery codes:\n#\n\nKeep them."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "clean"), FORMS)
def test_a_secret_of_a_documented_form_is_removed(text, clean):
    assert redact(text) == clean


@pytest.mark.parametrize(
    "text",
    [
        '[{"type": "secret"}]}\n\nThe fossil painted a picture near the river.',
        "<item>secret_41JBaa9</item><item>velvet</item>",
        '"password": "Passwort", "confirmPassword": "Passwort bestätigen"',
        '"password": "パスワード", "email": "メールアドレス"',
        '"token": "Zugangscode"',
        "password=Mot de passe\nforgot.password=Mot de passe oublié ?",
        "UPDATE nectar SET password = :password WHERE token = $1",
        "UPDATE nectar SET password=@pw, token=?",
        "!function(e,t){var r=t.token;e.password=r}(window,o);",
        "Host key fingerprint is SHA256:U7HUuLYPyN/NK3YdjzmrtIe2LN+kqfXALPBiXjYNLms",
        "Set-Cookie: session=; Max-Age=0; Path=/",
        "password: @Microsoft.KeyVault(SecretUri=https://west.vault.azure.net/secrets/b1/)",
        "permissions:\n  id-token: write",
        "auth:\n  existingSecret: db-credentials\n  secretKeys:\n    adminPasswordKey: postgres-password",
        "PASS tests/login17.test.js\nPASS tests/logout18.test.js",
        "USER app17\nRUN make\nCMD run17",
        "S: 250-AUTH PLAIN LOGIN",
        "Log in with LOGIN 17 and read the manual.",
        "The secret 5 things nobody tells, and password 7 characters long.",
        "Name    Region    ApiKeyName\n------  --------  ----------------\nwest  eu  mari17gold\n",
        "Rotate the backup codes: they\nexpire soon\nin March\n",
        "Forgot your password?\nContact: support",
        "<p>Plain</p><P>TEXT</P><D>short</D>",
        "See /private-beef/ and p12: certificate.p12 for the details.",
        "serial number: 2024-01-15, product code: AB-12",
        "La contraseña será restablecida. Das Passwort wird gespeichert. Le mot de passe sera changé.",
        "La parola este frumoasă; mdp: oublié",
    ],
)
def test_what_only_looks_like_a_secret_at_its_place_stays(text):
    assert redact(text) == text
