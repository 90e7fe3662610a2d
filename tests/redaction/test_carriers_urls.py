"""Credentials in URLs and connection strings."""

import pytest
from test_carriers_names import redact

from otel_mcp.redaction.carriers import uri_secrets

CREDENTIALS = """
postgres://ann:§@db.example/x
postgresql+asyncpg://ann:§@db.example:5432/x
redis://:§@localhost:6379/0
amqp://ann:§@mq.example//
mongodb+srv://ann:§@a.example,b.example/?retryWrites=true
smtp://ann%40example.org:§@mail.example:587
https://§@github.com/x/y.git
https://§:x-oauth-basic@github.com/x/y.git
https://oauth2:§@gitlab.example/x.git
https://§@o17.ingest.sentry.io/4711
ann:§@tcp(db.example:3306)/x
jdbc:oracle:thin:ann/§@db.example:1521/x
jdbc:postgresql://db/x?user=ann&password=§
jdbc:sqlserver://db;user=ann;password=§;encrypt=true
https://x.example/cb#access_token=§&token_type=bearer
https://x.example/cb?code=§&state=17
https://x.example/a?sig=§&se=2026-01-01
https://x.example/a?X-Amz-Algorithm=A&X-Amz-Signature=§
https://x.example/a?X-Amz-Security-Token=§&x=1
https://x.example/a?key=§
https://x.example/a;jsessionid=§?x=1
https://hooks.example.org/services/T024/B17/§
https://x.example/webhook/§
https://x.example/api/webhooks/1234/§
""".strip().splitlines()


@pytest.mark.parametrize("frame", CREDENTIALS)
@pytest.mark.parametrize("canary", ["m8Vq2ZxK0pLw7RtY3nBd", "tR4fmariGold9w7Qz2K"])
def test_a_credential_in_a_url_is_removed(frame, canary):
    text = f"see {frame.replace('§', canary)} now"
    redacted = redact(text)
    assert canary not in redacted
    assert redacted.endswith(" now")
    assert redacted[:8] == text[:8]


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org:8080/path?x=a@b.example",
        "ssh://git@github.com/x/y.git",
        "https://example.org/a?page=2&sort_key=name&code=de",
        "https://example.org/a?status_code=200&key=name",
        "https://example.org/webhooks/550e8400-e29b-41d4-a716-446655440000",
        "https://example.org/services/consulting-and-development",
        "https://registry.example.org/v2/x@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "postgres://${USER}:${PASSWORD}@db/x",
        "https://user:****@example.org/",
        "https://url:8000 @something else",
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=17",
        "https://example.org/commit/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
        "https://medium.com/@ann/post-17",
    ],
)
def test_a_url_without_credentials_stays(text):
    assert redact(text) == text


@pytest.mark.parametrize(
    ("uri", "secrets"),
    [
        ("postgres://ann:mari%40gold@db/x", ["mari%40gold", "mari@gold"]),
        ("https://x.example/a?api_key=marigold&page=2", ["marigold"]),
        ("https://x.example/cb#access_token=mari%2Bgold", ["mari%2Bgold", "mari+gold"]),
        ("https://m8Vq2ZxK0pLw7RtY3nBd@example.org/", ["m8Vq2ZxK0pLw7RtY3nBd"]),
        ("https://x.example/webhook/m8Vq2ZxK0pLw7RtY3nBd", ["m8Vq2ZxK0pLw7RtY3nBd"]),
        ("https://x.example/a?page=2#top", []),
        ("file:///etc/hosts", []),
        ("", []),
        ("not a uri", []),
    ],
)
def test_every_sensitive_part_of_a_uri_is_named(uri, secrets):
    assert uri_secrets(uri) == secrets


def test_both_halves_of_a_key_before_a_host_are_removed():
    assert redact("https://0a1b2c3d:4e5f6a7b@gems.example.org/") == "https://#@gems.example.org/"
