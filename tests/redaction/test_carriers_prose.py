"""A secret that a sentence tells."""

import pytest
from test_carriers_names import redact

TOLD = """
Hi, the password is § and the room is 4B.
the password for bob is "§"
the password for bob@example.org is §
password for the wifi: §
wifi password = §
pw: §
pwd: §
passwd -> §
secret key was §
The new API key is §.
your API key: §
using api key §
using token § for this request
token § expired
token § has been revoked
Password changed to §
set the password to §
my passphrase is '§'
password (root): §
Das Passwort lautet §
Das Kennwort ist §
Le mot de passe est §
La contraseña es §
A senha é §
la contrasena es "§"
Hasło to §
Пароль от базы: §
密码是§
密碼為 §
パスワードは§です
login with admin/§
log in as admin / §
credentials: admin:§
sign in with ann.miller / §
access token is now §
""".strip().splitlines()


@pytest.mark.parametrize("frame", TOLD)
@pytest.mark.parametrize("canary", ["tR4f_mariGold9", "m8Vq2ZxK0pLw7RtY3nBd", "blue-Heron!42"])
def test_a_secret_in_a_sentence_is_removed(frame, canary):
    text = frame.replace("§", canary)
    redacted = redact(text)
    assert canary not in redacted
    assert not any(part in redacted for part in (canary[:8], canary[-8:]))
    assert redacted.startswith(frame[:2])


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("the passphrase is linen-quiver-ferry-saddle", "the passphrase is #"),
        ("my passphrase is linen quiver ferry saddle.", "my passphrase is #."),
        ("I changed the admin password to linen-quiver-ferry-saddle today", "I changed the admin password to # today"),
        ("das Passwort lautet linen-quiver-ferry-saddle, bitte", "das Passwort lautet #, bitte"),
        ("le mot de passe est linen-quiver-ferry-saddle pour x", "le mot de passe est # pour x"),
        ("la contraseña es linen-quiver-ferry-saddle hasta el lunes", "la contraseña es # hasta el lunes"),
        ("la password è linen-quiver-ferry-saddle per adesso", "la password è # per adesso"),
        ("lösenordet är linen-quiver-ferry-saddle just nu", "lösenordet är # just nu"),
        ("パスワードは linen-quiver-ferry-saddle です。", "パスワードは # です。"),
        ("密码是 linen-quiver-ferry-saddle ,请尽快修改。", "密码是 # ,请尽快修改。"),
        ("the password is a well-known one", "the password is a well-known one"),
        ("my PIN is 4711", "my PIN is #"),
        ("PIN: 4711", "PIN: #"),
        ("the password is marigold.", "the password is #."),
        ("the password is 'marigold' today", "the password is '#' today"),
        ("your verification code is 482913", "your verification code is #"),
        ("OTP 482913 was sent", "OTP # was sent"),
        ("session token 550e8400-e29b-41d4-a716-446655440000 is over", "session token # is over"),
        ("secret 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b here", "secret # here"),
    ],
)
def test_what_a_sentence_tells_is_taken_and_the_sentence_stays(text, clean):
    assert redact(text) == clean
