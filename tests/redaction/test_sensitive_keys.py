import pytest

from otel_mcp.redaction import Redactor, is_sensitive_key, sensitive_environment
from otel_mcp.redaction.keys import personal_key

SENSITIVE = """
password PASSWORD passWord userPassword user_password password2 db-password passwd pwd passphrase passcode secret
client_secret clientSecret secretKey api_key apiKey APIKEY APIKey x-api-key X-API-Key accessKey access_key
AccountKey smtp_pass signingKey signing_key encryption_key private_key privateKey ssh_key hmacKey token authToken
access_token refresh_token refreshToken id_token session_token bearer_token device_token authorization
Authorization Proxy-Authorization cookie Cookie set-cookie Set-Cookie credentials credential creds jwt otp totp pin
cvv cvv2 cvc ssn GITHUB_TOKEN AWS_SECRET_ACCESS_KEY PGPASSWORD MYSQL_PWD connectionString webhook_secret
security_code card_number mnemonic seed_phrase recovery_codes auth basic_auth password_hash userpassword apiSecret
passwort пароль motDePasse _authToken _auth npm_config__auth NPM_TOKEN SharedAccessKey sharedAccessSignature
shared_access_signature sas Pwd PWD_ADMIN psk wpa_psk wpa_passphrase sudo_pass sudoPass become_pass
ansible_become_password kek dek hmac hmac_key hmacSecret x-functions-key x_functions_key Ocp-Apim-Subscription-Key
PRIVATE-TOKEN X-Vault-Token X-Auth-Token X-Auth-Key X-Csrf-Token X-Hub-Signature X-Hub-Signature-256
X-Shopify-Hmac-Sha256 connection_string ConnectionString conn_str connStr bot_token botToken TELEGRAM_BOT_TOKEN
otp_secret totpSecret totp_seed wallet_seed PHPSESSID JSESSIONID connect.sid ASP.NET_SessionId laravel_session
license_key licenseKey activation_code private_pem privatePem keystore_password keyStorePassword trustStorePassword
storepass keypass requirepass masterauth bindpw rootpw rootPw db_pw smtp_pw mot_de_passe contraseña contrasena
senha kennwort Passwort wachtwoord hasło haslo heslo пароль_бд 密码 パスワード 비밀번호 şifre secret_key_base SECRET_KEY
SECRET_KEY_BASE DJANGO_SECRET_KEY JWT_SECRET jwtSecret JWT_SIGNING_KEY COOKIE_SECRET session_secret SESSION_KEY
csrf_token csrftoken xsrf-token STRIPE_SECRET_KEY STRIPE_API_KEY OPENAI_API_KEY ANTHROPIC_API_KEY GEMINI_API_KEY
GROQ_API_KEY HF_TOKEN SLACK_BOT_TOKEN SLACK_SIGNING_SECRET DISCORD_TOKEN TWILIO_AUTH_TOKEN SENDGRID_API_KEY
MAILGUN_API_KEY DATADOG_API_KEY DD_APP_KEY NEW_RELIC_LICENSE_KEY SENTRY_AUTH_TOKEN ALGOLIA_ADMIN_KEY
MAPBOX_ACCESS_TOKEN aws_secret_access_key aws_session_token AWS_SESSION_TOKEN SecretAccessKey SessionToken
secretAccessKey client-key-data client_key consumer_secret consumerKey consumer_key oauth_token oauth_token_secret
code_verifier client_assertion device_code authorization_code auth_code subject_token actor_token accessToken
api_token apiToken personal_access_token deploy_key deploy_token ci_job_token runner_token registration_token
webhookSecret signing_secret encryptionKey encryptionPassword master_key masterKey root_key unseal_key unseal_keys
recovery_key backup_codes backup_code scratch_codes seedPhrase recovery_phrase sshKeyPassphrase ssh_private_key
rsa_private_key private_key_pem service_account_key storage_key storageAccountKey instrumentation_key ingestion_key
write_key pgp_private_key gpg_key vapid_private_key fernet_key sqlcipher_key cipher_key hashed_password
encrypted_password passwordConfirmation password_confirm new_password newPassword old_password current_password
db_password DB_PASSWORD DATABASE_PASSWORD POSTGRES_PASSWORD MYSQL_ROOT_PASSWORD REDIS_PASSWORD
RABBITMQ_DEFAULT_PASS MONGO_INITDB_ROOT_PASSWORD LDAP_BIND_PASSWORD smtp_password SMTP_PASS EMAIL_HOST_PASSWORD
wifi_password ftp_pass http_password proxy_password admin_pass adminPassword root_password security_answer
verification_code user_pin pinCode card_cvc secret_string SecretString SecretBinary dockerconfigjson tls_key
ssl_key sslKeyPassword ssl_keystore_password sasl.jaas.password spring.datasource.password
quarkus.datasource.password login_token magic_token reset_token password_reset_token invite_token email_token
push_token fcm_server_key apns_key
"""

HARMLESS = """
password_policy passwordPolicy password_length password_min_length password_expires_at password_required
password_enabled has_password is_secret requires_password passwordless token_count tokenCount max_tokens maxTokens
total_tokens prompt_tokens input_tokens output_tokens completion_tokens cached_tokens max_new_tokens tokens_used
token_limit token_type token_endpoint tokenizer tokenization next_page_token nextPageToken page_token progressToken
continuation_token secretary secretariat session_count session_id mcp.session.id author authors authority
authorization_endpoint authorization_url public_key publicKey key keys keyword keyboard monkey primary_key
foreign_key cache_key sort_key idempotency_key access_key_id api_key_id api_key_name secret_name secretRef
credential_type credentials_file cookie_policy cookie_domain cookies_enabled compass bypass passenger passport
pass_rate boarding_pass gpio_pin pinned spin opinion otp_enabled pin_length design_tokens eos_token name title path
url id status description reasoning_tokens audio_tokens accepted_prediction_tokens rejected_prediction_tokens
cache_creation_input_tokens cache_read_input_tokens max_output_tokens max_completion_tokens max_tokens_to_sample
tokens_per_minute tokens_per_second token_budget token_type_hint token_endpoint_auth_method
token_endpoint_auth_methods_supported introspection_endpoint revocation_endpoint authorization_servers
authorization_details bearer_methods_supported bearerFormat expires_in token_expires_in token_expiry tokenExpiry
token_uri tokenUrl token_url scope grant_types_supported code_challenge code_challenge_method
response_types_supported id_token_signing_alg_values_supported id_token_signed_response_alg requested_token_type
issued_token_type jwks_uri KeyName KeyId key_id KeyType KeyUsage KeySchema HashKey RangeKey AttributeName
accessKeyId apiKeyId secretName SecretId secret_arn secretKeyRef credential_id credentials_provider kms_key_id
kms_key_arn encryption_key_id key_vault_name keyVaultName ssh_key_fingerprint ssh_key_name ssh_key_path
host_key_checking keywords keyframe keyframes key_count keyCount keystroke primaryKey sortKey partition_key
partitionKey cacheKey public_keys Idempotency-Key object_key s3_key data_key dataKey row_key translation_key
i18n_key lookup_key registry_key hotkey hotkeys keycode keyCode key_press turkey donkey hockey whiskey jockey
passing passengers passed passes pass_count passRate first_pass forward_pass passive passion passthrough compassion
overpass encompass trespass authored authored_by authorities authorship authentic authenticated
authentication_method auth_method auth_type authType auth_url authUrl auth_mode auth_required requires_auth
is_authenticated no_auth oauth oauth_scopes pinned_at pin_count pinterest spinner spinning mapping shipping led_pin
pinch pinpoint secretion secret_count secret_scanning has_secret secrets_manager_endpoint token_id tokenId
token_name tokenName token_symbol token_address token_ids tokenizer_config tokenize tokenized pageToken
continuationToken NextContinuationToken progress_token cursor_token sync_token bos_token pad_token mask_token
special_tokens special_tokens_map color_tokens stop_tokens num_tokens n_tokens avg_tokens new_tokens token_logprobs
token_price token_cost password_changed_at password_last_changed password_strength password_hint password_field
password_reset_url password_updated_at change_password show_password cookie_consent cookie_name cookie_path
cookie_banner cookie_secure cookie_samesite SESSION_COOKIE_SECURE SESSION_COOKIE_HTTPONLY session sessionId
Mcp-Session-Id session_duration session_timeout sessions credential_source allow_credentials
Access-Control-Allow-Credentials Access-Control-Allow-Headers nonce salt seed random_seed seeds hash digest
checksum etag signature signatures code status_code error_code errorCode country_code zip_code postal_code postcode
pincode qr_code barcode source_code encode decode codec discard discarded wildcard dashboard cardinality scorecard
card card_type card_brand cards opt option options optional adoption stop_price sid aside inside side certificate
certificate-authority-data client-certificate-data database_url DATABASE_HOST webhook_url callback_url dsn phone
email user username user_name login login_url otp_length otp_type mfa_enabled license license_type license_name
automountServiceAccountToken_enabled
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


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("dob", "birth-date"),
        ("dateOfBirth", "birth-date"),
        ("customer_date_of_birth", "birth-date"),
        ("geburtsdatum", "birth-date"),
        ("passportNumber", "passport"),
        ("tax_id", "tax-id"),
        ("IBAN", "iban"),
        ("pan", "card"),
        ("card-number", "card"),
        ("ssn", "ssn"),
        ("billing.phone", "phone"),
        ("user_email", "email"),
        ("mothers_maiden_name", "maiden-name"),
        ("drivers_license", "driving-licence"),
        ("aadhaar_number", "national-id"),
        ("accountNumber", "bank-account"),
        ("patient_mrn", "health-id"),
        ("passport", None),
        ("email_template", None),
        ("phone_model", None),
        ("panel", None),
        ("iban_valid", None),
        ("birthday_party", None),
        ("name", None),
        ("", None),
    ],
)
def test_a_name_of_a_personal_datum_tells_its_kind(key, kind):
    assert personal_key(key) == kind


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


@pytest.mark.parametrize("key", ["smsCode", "validationKey", "decryptionKey", "srcstorepass", "-deststorepass"])
def test_names_of_codes_and_stores_are_sensitive(key):
    assert is_sensitive_key(key)


@pytest.mark.parametrize(
    "key", ["credential_helper", "pin_layout", "existingSecret", "adminPasswordKey", "dbSecretRef"]
)
def test_names_that_refer_to_a_secret_are_not_sensitive(key):
    assert not is_sensitive_key(key)


def test_a_word_of_a_text_that_was_taken_apart_is_no_secret():
    assert value([{"token": "the", "pos": "DET"}]) == [{"token": "the", "pos": "DET"}]
    assert value([{"token": "then"}]) == [{"token": "[REDACTED:key]"}]


def test_the_value_of_a_key_vault_goes_whatever_it_is_called():
    kept = {"attributes": {"enabled": True}, "contentType": None, "name": "db"}
    assert value({**kept, "value": "marigold"}) == {**kept, "value": "[REDACTED:key]"}


@pytest.mark.parametrize("key", ["JWTSIGNING_KEY", "motDePasseBdd", "mot_de_passe_base"])
def test_joined_names_of_secrets_are_sensitive(key):
    assert is_sensitive_key(key)
