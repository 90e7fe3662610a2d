import pytest

from otel_mcp.redaction import Redactor, is_sensitive_key, sensitive_environment

SENSITIVE = """
password PASSWORD passWord userPassword user_password password2 db-password passwd pwd passphrase passcode
secret client_secret clientSecret secretKey api_key apiKey APIKEY APIKey x-api-key X-API-Key accessKey
access_key AccountKey smtp_pass signingKey signing_key encryption_key private_key privateKey ssh_key hmacKey
token authToken access_token refresh_token refreshToken id_token session_token bearer_token device_token
authorization Authorization Proxy-Authorization cookie Cookie set-cookie Set-Cookie credentials credential creds
jwt otp totp pin cvv cvv2 cvc ssn GITHUB_TOKEN AWS_SECRET_ACCESS_KEY PGPASSWORD MYSQL_PWD connectionString
webhook_secret security_code card_number mnemonic seed_phrase recovery_codes auth basic_auth password_hash
userpassword apiSecret passwort пароль motDePasse
"""

HARMLESS = """
password_policy passwordPolicy password_length password_min_length password_expires_at password_required
password_enabled has_password is_secret requires_password passwordless token_count tokenCount max_tokens
maxTokens total_tokens prompt_tokens input_tokens output_tokens completion_tokens cached_tokens max_new_tokens
tokens_used token_limit token_type token_endpoint tokenizer tokenization next_page_token nextPageToken
page_token progressToken continuation_token secretary secretariat session_count session_id mcp.session.id author
authors authority authorization_endpoint authorization_url public_key publicKey key keys keyword keyboard monkey
primary_key foreign_key cache_key sort_key idempotency_key access_key_id api_key_id api_key_name secret_name
secretRef credential_type credentials_file cookie_policy cookie_domain cookies_enabled compass bypass passenger
passport pass_rate boarding_pass gpio_pin pinned spin opinion otp_enabled pin_length design_tokens eos_token
name title path url id status description
"""


@pytest.mark.parametrize("key", SENSITIVE.split())
def test_a_name_of_a_secret_is_recognised(key):
    assert is_sensitive_key(key)


@pytest.mark.parametrize("key", SENSITIVE.split())
def test_a_value_assigned_to_such_a_name_in_a_text_is_removed(key):
    for text in (
        f"{key}=marigold17",
        f"a {key}: 'marigold17' b",
        f'{{"{key}": "marigold17"}} c',
        f"--{key}=marigold17",
    ):
        assert "marigold" not in Redactor().scope().text(text)


@pytest.mark.parametrize("key", HARMLESS.split())
def test_a_value_assigned_to_a_harmless_name_stays(key):
    for text in (f"{key}=marigold17", f"a {key}: 'marigold17' b", f"--{key} marigold17"):
        assert Redactor().scope().text(text) == text


@pytest.mark.parametrize("key", HARMLESS.split())
def test_a_name_that_only_looks_like_one_is_kept(key):
    assert not is_sensitive_key(key)


def test_the_answer_for_a_key_of_any_length_is_quick_and_remembered_small():
    assert is_sensitive_key("x" * 1_000_000 + "_password")
    assert not is_sensitive_key("password_" * 100_000 + "policy")


def test_a_key_in_full_width_letters_is_read():
    assert is_sensitive_key("".join(chr(ord(letter) + 0xFEE0) for letter in "password"))


def value(payload):
    return Redactor().scope().value(payload).value


def test_a_header_in_a_list_of_pairs_is_found():
    headers = [{"name": "Authorization", "value": "Bearer marigold-17"}, {"name": "Accept", "value": "text/html"}]
    assert value(headers) == [
        {"name": "Authorization", "value": "[REDACTED:key]"},
        {"name": "Accept", "value": "text/html"},
    ]
    assert value({"key": "api_key", "value": "marigold"}) == {"key": "api_key", "value": "[REDACTED:key]"}


def test_booleans_nulls_and_empty_values_under_a_sensitive_key_stay():
    payload = {"password": True, "token": None, "secret": "", "credentials": {}, "cookies": []}
    assert value(payload) == payload


def test_numbers_and_containers_under_a_sensitive_key_go():
    payload = {"pin": 4711, "credentials": {"user": "orchid", "x": ["tulip", 1]}, "cookies": ["larkspur"], "otp": 0.5}
    assert value(payload) == dict.fromkeys(payload, "[REDACTED:key]")


def test_counts_of_tokens_stay():
    payload = {"tokens": 512, "usage": {"tokens": {"input": 1024, "output": 99.5}}}
    assert value(payload) == payload
    assert value({"tokens": ["marigold"]}) == {"tokens": "[REDACTED:key]"}


def test_the_schema_of_a_secret_is_not_a_secret_but_its_default_is():
    tool = {
        "name": "login",
        "inputSchema": {
            "type": "object",
            "properties": {
                "password": {"type": "string", "title": "Password", "format": "password", "default": "marigold"},
                "token": {"anyOf": [{"type": "string"}, {"type": "null"}], "default": None},
                "credentials": {"$ref": "#/$defs/Credentials"},
            },
            "required": ["password", "token"],
        },
    }
    redacted = value(tool)
    assert redacted["inputSchema"]["properties"]["password"].pop("default") == "[REDACTED:key]"
    del tool["inputSchema"]["properties"]["password"]["default"]
    assert redacted == tool


def test_an_object_that_only_resembles_a_schema_goes():
    assert value({"secret": {"type": "string", "value": "marigold"}}) == {"secret": "[REDACTED:key]"}
    assert value({"credentials": {"type": "basic", "user": "u"}}) == {"credentials": "[REDACTED:key]"}


def test_secrets_of_the_environment_are_chosen_by_name_and_worth():
    environ = {
        "GITHUB_TOKEN": "marigold-orchid",
        "DATABASE_PASSWORD": "short",
        "PASSWORD_FILE": "/run/secrets/database",
        "API_KEY_PATH": "marigold-larkspur",
        "SSH_KEY": "/home/somebody/.ssh/id_ed25519",
        "AUTH": "https://example.org/login",
        "AUTH_TOKEN": "https://someone:tulip@example.org",
        "SECRET": "123456789",
        "HOME": "/home/somebody-else",
    }
    assert sensitive_environment(environ) == ["marigold-orchid", "https://someone:tulip@example.org"]


def test_a_secret_of_the_environment_is_removed_from_every_operation():
    redactor = Redactor(process_secrets=["marigold-orchid"])
    for _ in range(2):
        scope = redactor.scope()
        assert scope.value({"note": "it is marigold-orchid."}).value == {"note": "it is [REDACTED:taint]."}
        assert scope.text("marigold-orchid") == "[REDACTED:taint]"
        assert not scope.tainted
