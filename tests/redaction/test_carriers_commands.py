"""Command lines and files whose format says where the password stands."""

import pytest
from test_carriers_names import redact

COMMANDS = r"""
curl -u ann:§ https://x
curl -u 'ann:§' https://x
curl -s --user ann:§ https://x
curl -u ":§" https://x
curl -u "§:" https://x
curl --user ann:'§' -X PATCH https://x
curl https://x \\\n  --user ann:§ -d y
curl --proxy-user ann:§ https://x
mysql -h db -u ann -p§ shop
mysqldump -uann -p'§' shop
psql "host=db user=ann password=§"
PGPASSWORD=§ psql -h db
sshpass -p § ssh ann@host
sshpass -p'§' ssh ann@host
docker login -u ann -p § registry.example.org
redis-cli -h db -a § ping
openssl rsa -in a.pem -passin pass:§ -out b.pem
htpasswd -b /etc/x ann §
htpasswd -nbB ann §
az login --service-principal -u x --password § --tenant y
ldapsearch -D cn=admin -w § -b dc=x
7z x a.7z -p§
zip -P § a.zip b
net use X: \\srv\share § /user:ann
net use \\srv\share /user:ann §
mongosh "mongodb://db/x" -u ann -p §
vault login §
aws configure set aws_secret_access_key §
echo § | docker login -u ann --password-stdin
echo "§" | sudo -S ls
echo "ann:§" | chpasswd
smbclient //srv/share -U ann%§
ConvertTo-SecureString "§" -AsPlainText -Force
ConvertTo-SecureString -String '§' -AsPlainText
wpa_passphrase home §
sqlplus ann/§@db
gh secret set NAME --body §
fly secrets set NAME=§
ssh-keygen -t ed25519 -N "§" -f k
CREATE USER ann IDENTIFIED BY '§';
CREATE USER ann WITH PASSWORD '§';
ALTER USER ann PASSWORD '§'
SET PASSWORD FOR ann = PASSWORD('§');
machine h.example login ann password §
default login ann password §
machine h\n  login ann\n  password §
db.example:5432:shop:ann:§
*:*:*:ann:§
""".strip().splitlines()


@pytest.mark.parametrize("frame", COMMANDS)
@pytest.mark.parametrize("canary", ["tR4f_mariGold9", "m8Vq2ZxK0pLw7RtY3nBd", "blue-Heron!42"])
def test_a_password_of_a_command_or_a_file_is_removed(frame, canary):
    for text in (frame, frame.replace("\\n", "\n")):
        filled = text.replace("§", canary)
        redacted = redact(filled)
        assert canary not in redacted
        assert not any(part in redacted for part in (canary[:8], canary[-8:]))
        assert redacted[:3] == filled[:3]


@pytest.mark.parametrize(
    "hashed",
    [
        "ann:$apr1$Wq8zKf3x$1sRm0Zb7Xn5cYt2vLd9Gh.",
        "ann:$2y$10$" + "Wq8zKf3x1sRm0Zb7Xn5cY" * 2 + "t2vLd9Gh/a.",
        "root:$6$Wq8zKf3x$" + "1sRm0Zb7Xn5cYt2vLd9Gh." * 3 + ":19000:0:99999:7:::",
        "$argon2id$v=19$m=65536,t=3,p=4$Wq8zKf3x1sRm0Zb7$1sRm0Zb7Xn5cYt2vLd9Gh1sRm0Zb7Xn5",
        "pbkdf2_sha256$600000$Wq8zKf3x$1sRm0Zb7Xn5cYt2vLd9Gh1sRm0Zb7Xn5cYt2vLd9Gh=",
        "userPassword: {SSHA}1sRm0Zb7Xn5cYt2vLd9Gh1sRm0Zb7Xn5",
    ],
)
def test_the_hash_of_a_password_is_removed(hashed):
    assert "1sRm0Zb7" not in redact(f"x {hashed} y")


@pytest.mark.parametrize(
    "text",
    [
        "mkdir -p build/dist",
        "docker run -p 8080:80 -u 1000:1000 image",
        "ssh -p 2222 ann@host",
        "psql -h db -p 5432 -U ann",
        "redis-cli -p 6379 ping",
        "curl -u $USER:$PASSWORD https://x",
        "mysql -u ann -p shop",
        "git push -u origin main",
        "grep -w pattern file",
        "ps -a",
        "echo hello | tee file",
        "the call was identified by its trace id",
        "bearer authentication or basic authentication",
        "login with Google/Facebook",
        "login took 17ms and connect/read 18ms",
        "127.0.0.1:5432:5432",
    ],
)
def test_a_command_without_a_password_stays(text):
    assert redact(text) == text
