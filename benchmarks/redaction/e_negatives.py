"""Profile E, look-alikes: what stands in everyday traffic, resembles a secret or a personal datum, and must stay."""

# ruff: noqa: E501  # one template a line

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from benchmarks.redaction.e_carriers import fill
from benchmarks.redaction.randomness import (
    ALNUM,
    BASE36,
    DIGITS,
    NOUNS,
    UPPER,
    b64,
    hexadecimal,
    pick,
    uuid4,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Make = Callable[[Random], str]


def _t(template: str, make: Make | None = None) -> Make:
    return lambda rng: fill(rng, template, "", make(rng) if make else "")


def _hex(count: int) -> Make:
    return lambda rng: hexadecimal(rng, count)


def _of(alphabet: str, count: int) -> Make:
    return lambda rng: pick(rng, alphabet, count)


def _one(*values: str) -> Make:
    return lambda rng: rng.choice(values)


def _number(low: int, high: int) -> Make:
    return lambda rng: str(rng.randint(low, high))


def _day(rng: Random) -> str:
    return f"2026-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"


def _instant(rng: Random) -> str:
    return f"{_day(rng)}T{rng.randint(10, 23)}:{rng.randint(10, 59)}:{rng.randint(10, 59)}Z"


def _two_words(rng: Random) -> str:
    return f"{rng.choice(NOUNS)}-{rng.choice(NOUNS)}"


def _sha256(rng: Random) -> str:
    return hexadecimal(rng, 64)


def _bundle(rng: Random) -> str:
    return f"/static/js/main.{hexadecimal(rng, 8)}.chunk.js"


def _compare(rng: Random) -> str:
    return f"https://github.com/{rng.choice(NOUNS)}/{rng.choice(NOUNS)}/compare/{hexadecimal(rng, 12)}...{hexadecimal(rng, 12)}"


def _kms(rng: Random) -> str:
    return f"arn:aws:kms:eu-west-1:{pick(rng, DIGITS, 12)}:key/{uuid4(rng)}"


def _base64_greeting(rng: Random) -> str:
    return base64.b64encode(
        f"The {rng.choice(NOUNS)} report for {rng.choice(NOUNS)} is ready to download.".encode()
    ).decode()


VALUES: dict[str, Make] = {
    # Version control and builds.
    "git_log_oneline": _t("@h@ Fix token refresh in @w@ client (#@n@)"),
    "git_branch": _t("feature/OPS-@n@-password-reset-page"),
    "git_compare_url": _compare,
    "git_merge_parents": _t("Merge: @v@ @h@", _hex(8)),
    "git_reflog": _t("@h@ HEAD@{2}: commit: remove hard-coded credentials"),
    "git_stash": _t("stash@{0}: WIP on main: @h@ add api key column"),
    "actions_run_url": _t("https://github.com/@w@/@x@/actions/runs/@v@", _number(10_000_000_000, 19_999_999_999)),
    "docker_layer": _t("@v@: Layer already exists", _hex(12)),
    "docker_build_step": _t("#12 [build 5/8] COPY --from=deps /app/node_modules ./node_modules"),
    "docker_ports": _t("0.0.0.0:8080->80/tcp, 127.0.0.1:5432->5432/tcp"),
    "bundle_asset": _bundle,
    "terraform_lock_h1": _t('"h1:@v@",', lambda rng: b64(rng, 32)),
    "terraform_lock_zh": _t('"zh:@v@",', _sha256),
    "gradle_wrapper_sum": _t("distributionSha256Sum=@v@", _sha256),
    "requirements_pins": _t("requests==2.32.3\npyjwt==2.10.1\npasslib==1.7.4\nauthlib==1.3.2"),
    "pnpm_lock_key": _t("/jsonwebtoken@9.0.2:\n    resolution: {integrity: sha512-@v@}", lambda rng: b64(rng, 64)),
    "eslint_line": _t("  14:7  error  'apiKey' is assigned a value but never used  no-unused-vars"),
    "typescript_error": _t("src/auth.ts(14,9): error TS2339: Property 'accessToken' does not exist on type 'Session'."),
    "pytest_summary": _t("tests/test_password_reset.py::test_token_expires PASSED [ 42%]"),
    "coverage_line": _t("src/@w@/token_store.py      @n@     12    94%   31-38, 77"),
    # Clouds.
    "lambda_report": _t("REPORT RequestId: @u@ Duration: 142.31 ms Billed Duration: 143 ms Memory Size: 512 MB"),
    "ecs_task_arn": _t("arn:aws:ecs:eu-west-1:123456789012:task/prod/@v@", _hex(32)),
    "kms_key_arn": _kms,
    "cloudformation_stack": _t("arn:aws:cloudformation:eu-west-1:123456789012:stack/@w@/@u@"),
    "helm_release_secret": _t("sh.helm.release.v1.@w@.v12   helm.sh/release.v1   1   4d"),
    "service_account_secret_name": _t("default-token-@v@   kubernetes.io/service-account-token   3   91d", _of(BASE36, 5)),
    "kube_secret_missing": _t('Error: secret "@w@-db-credentials" not found'),
    "kube_secret_ref": _t("valueFrom:\n  secretKeyRef:\n    name: @w@-db\n    key: password"),
    "gcp_trace": _t("projects/@w@-prod/traces/@v@", _hex(32)),
    "datadog_ids": _t("dd.trace_id=@v@ dd.span_id=@n@ dd.service=@w@", _number(10**18, 9 * 10**18)),
    "key_vault_uri": _t("https://kv-@w@-prod.vault.azure.net/secrets/db-main"),
    "key_vault_app_setting": _t("@Microsoft.KeyVault(SecretUri=https://kv-@w@.vault.azure.net/secrets/db-main/)"),
    "ssm_parameter_name": _t("/prod/@w@/db/password (SecureString, version 4)"),
    "dynamic_reference": _t("{{resolve:secretsmanager:prod/@w@/db:SecretString:password}}"),
    # Code about secrets.
    "js_destructuring": _t("const { email, password, token } = req.body;"),
    "js_env_required": _t("if (!process.env.STRIPE_SECRET_KEY) throw new Error('STRIPE_SECRET_KEY is not set');"),
    "js_jwt_verify": _t("const claims = jwt.verify(token, process.env.JWT_SECRET);"),
    "js_bcrypt": _t("const hash = await bcrypt.hash(password, 12);"),
    "python_check_password": _t("if not user.check_password(password):\n    raise InvalidCredentials()"),
    "python_bearer_fstring": _t('headers = {"Authorization": f"Bearer {access_token}"}'),
    "python_settings_field": _t("api_key: SecretStr = Field(validation_alias='@w@_API_KEY')"),
    "python_environ_index": _t('client = OpenAI(api_key=os.environ["OPENAI_API_KEY"])'),
    "curl_bearer_variable": _t('curl -H "Authorization: Bearer $GITHUB_TOKEN" https://api.github.com/user'),
    "curl_user_variable": _t('curl -u "$JENKINS_USER:$JENKINS_TOKEN" https://jenkins.internal/api/json'),
    "csharp_configuration_lookup": _t('var key = builder.Configuration["Jwt:Key"];'),
    "go_getenv": _t('password := os.Getenv("DB_PASSWORD")'),
    "java_value_annotation": _t('@Value("${spring.datasource.password}") private String dbPassword;'),
    "terraform_variable_use": _t("password = var.db_password"),
    "terraform_data_secret": _t("password = data.aws_secretsmanager_secret_version.@w@.secret_string"),
    "compose_required_variable": _t("POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?set it in .env}"),
    "dotenv_empty": _t("API_KEY=\nSECRET_KEY=\nDB_PASSWORD=\n"),
    "dotenv_your_key": _t("OPENAI_API_KEY=<your-openai-api-key>"),
    "actions_with_secret": _t("with:\n  token: ${{ secrets.GITHUB_TOKEN }}"),
    "php_form_check": _t("if (empty($_POST['password'])) { $errors[] = 'Password is required'; }"),
    "django_csrf_tag": _t('<form method="post">{% csrf_token %}{{ form.as_p }}</form>'),
    "html_autocomplete": _t('<input type="password" autocomplete="current-password" placeholder="Your password">'),
    "sql_password_column": _t("ALTER TABLE users ADD COLUMN password_hash varchar(255) NOT NULL;"),
    "graphql_sign_in": _t("mutation Login($email: String!, $password: String!) { login(email: $email, password: $password) { token } }"),
    "openapi_security_scheme": _t('"securitySchemes": {"bearerAuth": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}}'),
    "jwt_header_decoded": _t('{"alg": "RS256", "typ": "JWT", "kid": "key-@n@"}'),
    # Masked.
    "url_masked": _t("postgresql://app:***@db.internal:5432/@w@"),
    "log_masked_fields": _t('Parameters: {"user"=>{"login"=>"@w@", "password"=>"[FILTERED]"}}'),
    "bearer_masked": _t("Authorization: Bearer [REDACTED]"),
    "card_ending": _t("Visa ending in @v@", _of("123456789", 4)),
    "token_prefix_only": _t("Token ghp_**** was revoked @v@ days ago", _number(2, 90)),
    # Messages of programs.
    "error_invalid_grant": _t('{"error": "invalid_grant", "error_description": "Token has been expired or revoked."}'),
    "error_aws_expired": _t("An error occurred (ExpiredToken) when calling the ListBuckets operation: The provided token has expired."),
    "error_postgres_auth": _t('FATAL:  password authentication failed for user "@w@"'),
    "error_mysql_denied": _t("ERROR 1045 (28000): Access denied for user '@w@'@'localhost' (using password: YES)"),
    "error_ssh_denied": _t("Permission denied (publickey,password)."),
    "error_missing_key": _t("The api_key client option must be set either by passing api_key to the client or by setting the OPENAI_API_KEY environment variable"),
    "error_context_length": _t("This model's maximum context length is 128000 tokens, however you requested 1@n@ tokens."),
    "error_unexpected_token": _t("SyntaxError: Unexpected token '<', \"<!DOCTYPE \"... is not valid JSON"),
    "log_token_refreshed": _t("@t@ INFO access token refreshed, next refresh in 3540 s"),
    "log_session_closed": _t("pam_unix(sshd:session): session closed for user @w@"),
    "log_cache_miss": _t("cache miss key=user:@n@:profile ttl=300"),
    # People about secrets, without one.
    "chat_ask_password": _t("can someone send me the password for the staging box? thx"),
    "chat_no_tokens": _t("please never paste tokens or passwords in this channel"),
    "chat_rotate": _t("I rotated the API key yesterday, the new one is in 1Password under @w@"),
    "mail_expiry_notice": _t("Your password will expire in 5 days. Press Ctrl+Alt+Del to change it."),
    "help_reset": _t("To reset your password, open Settings > Security and choose 'Change password'."),
    "ticket_summary": _t("User cannot log in after password change, MFA prompt does not appear"),
    "review_comment": _t("nit: move the secret into the vault and read it with the helper, not from the yaml"),
    "release_note_token": _t("Added: personal access tokens can now be limited to one project"),
    "meeting_note_keys": _t("Action: Ops to renew the TLS certificate and the license key before Q3"),
    # Office and commerce.
    "purchase_order": _t("PO 4500@v@, 12 items, net 30 days", _of(DIGITS, 6)),
    "cost_centre": _t("Cost centre 4@n@10, G/L account 0000476900"),
    "excel_formula": _t("=VLOOKUP(A2,Sheet2!$A$2:$F$900,5,FALSE)"),
    "excel_range": _t("'Q3 forecast'!B2:H@n@"),
    "sharepoint_path": _t("/sites/@w@/Shared Documents/General/Budget_2026_v12.xlsx"),
    "teams_thread": _t("19:@v@@thread.v2", _hex(32)),
    "slack_permalink": _t("https://@w@.slack.com/archives/C0@v@/p1777000000123459", _of(UPPER + DIGITS, 9)),
    "google_sheet_url": _t("https://docs.google.com/spreadsheets/d/1@v@/edit#gid=0", _of(ALNUM, 43)),
    "crm_deal_row": _t("Deal 1@n@4417 | @w@ renewal | stage: negotiation | 48,000 EUR"),
    "zendesk_id": _t("Ticket #@n@ | priority: high | group: billing"),
    "discount_code_text": _t("Use the spring campaign page, 20% off until 31 May"),
    "meeting_room": _t("Room 4.12, floor 4, seats 10, ext. code none"),
    # Networks.
    "private_172": _t("172.17.0.2:8080 (bridge), gateway 172.17.0.1"),
    "resolver_stub": _t("nameserver 127.0.0.53\noptions edns0 trust-ad"),
    "security_group_rule": _t("ingress tcp 443 from 10.@v@.0.0/16", _number(0, 255)),
    "openssl_dates": _t("notBefore=Jan  4 00:00:00 2026 GMT\nnotAfter=Apr  4 23:59:59 2026 GMT"),
    "cipher_list": _t("TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:ECDHE-RSA-AES128-GCM-SHA256"),
    "base64_report_sentence": _base64_greeting,
}  # fmt: skip

PAIRS: dict[str, Make] = {
    "tokens_in": _number(200, 90_000),
    "tokens_out": _number(20, 8_000),
    "context_tokens": _number(1000, 200_000),
    "max_tokens_to_sample": _number(256, 8192),
    "chunk_token_overlap": _number(10, 200),
    "total_tokens_today": _number(10_000, 900_000),
    "token_expiry_days": _number(1, 365),
    "token_validity_minutes": _number(5, 120),
    "tokenUri": _one("https://oauth2.googleapis.com/token", "https://login.microsoftonline.com/common/oauth2/v2.0/token"),
    "token_source": _one("environment", "keychain", "instance metadata"),
    "token_algorithm": _one("RS256", "ES256", "HS512"),
    "token_rotated_at": _instant,
    "token_env_var": _one("GITHUB_TOKEN", "SLACK_BOT_TOKEN", "NPM_TOKEN"),
    "password_last_set": _instant,
    "password_set_on": _day,
    "password_encoder": _one("BCryptPasswordEncoder", "Argon2PasswordEncoder"),
    "minPasswordLength": _number(8, 16),
    "password_score": _number(0, 4),
    "password_env_var": _one("DB_PASSWORD", "PGPASSWORD", "MYSQL_PWD"),
    "password_reset_link_expires_in": _one("24 hours", "30 minutes"),
    "password_never_expires": _one("false", "true"),
    "password_prompt_text": _one("Enter your password to continue", "Please confirm your password"),
    "show_password_toggle": _one("enabled", "disabled"),
    "existingSecret": _t("@w@-db-credentials"),
    "existingSecretPasswordKey": _one("postgres-password", "redis-password", "admin-password"),
    "secret_ref": _t("kv-prod/@w@-db"),
    "secret_provider": _one("aws-secrets-manager", "hashicorp-vault", "azure-key-vault"),
    "secret_version_stage": _one("AWSCURRENT", "AWSPREVIOUS", "AWSPENDING"),
    "secret_last_accessed": _day,
    "secret_scan_result": _one("no leaks found", "passed"),
    "kms_key_alias": _t("alias/@w@-prod"),
    "kms_key_arn": _kms,
    "key_pair_name": _two_words,
    "ssh_key_name": _t("@w@-laptop"),
    "s3_key_prefix": _t("exports/2026/@w@/"),
    "object_key_name": _t("uploads/@u@/photo.jpg"),
    "issue_key": _t("OPS-@n@"),
    "project_key": _one("OPS", "WEB", "FIN", "DATA"),
    "dedup_key": _t("disk-full-@w@-@n@"),
    "message_key": _one("errors.password.too_short", "login.title", "cart.empty"),
    "cache_key_prefix": _t("@w@:v2:"),
    "registry_key_path": _one("HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion", "HKCU\\Software\\Classes"),
    "composite_key_columns": _one("tenant_id, order_id", "region, sku"),
    "api_key_env_var": _one("OPENAI_API_KEY", "SENDGRID_API_KEY"),
    "apiKeyHeaderName": _one("X-API-Key", "Ocp-Apim-Subscription-Key"),
    "api_key_scope": _one("read:issues", "deploy:write", "billing:read"),
    "api_key_rotated": _day,
    "auth_scheme": _one("Bearer", "Basic", "Digest"),
    "auth_strategy": _one("local", "jwt", "oauth2", "saml"),
    "auth_header_name": _one("Authorization", "X-Auth-Token"),
    "authorizer_type": _one("COGNITO_USER_POOLS", "REQUEST"),
    "authored_date": _instant,
    "basic_auth_enabled": _one("true", "false"),
    "session_cookie_name": _one("JSESSIONID", "connect.sid", "PHPSESSID"),
    "session_state_store": _one("redis", "database", "memory"),
    "session_idle_timeout": _one("15m", "30m", "1h"),
    "max_sessions": _number(1, 10),
    "cookie_secure_flag": _one("true", "false"),
    "pinned_message_count": _number(0, 20),
    "pin_dependencies": _one("true", "exact"),
    "passed_tests": _number(10, 900),
    "passed_checks": _number(1, 30),
    "pass_percentage": _one("97.4", "88.1", "100.0"),
    "email_status": _one("delivered", "bounced", "opened"),
    "email_opt_in": _one("true", "false"),
    "email_bounce_rate": _one("0.013", "0.2"),
    "email_campaign_name": _one("Spring renewal reminder", "Welcome series step 2"),
    "email_required": _one("true", "false"),
    "phone_line_type": _one("mobile", "landline", "voip"),
    "phone_calls_count": _number(1, 60),
    "phone_number_format": _one("E.164", "national"),
    "contact_count": _number(1, 99_000),
    "address_validation": _one("strict", "off"),
    "billing_address_required": _one("auto", "required"),
    "ip_pool_size": _number(4, 254),
    "ip_restriction": _one("none", "office only"),
    "mac_app_version": _one("4.12.1", "2026.3"),
    "dob_field_visible": _one("true", "false"),
    "card_funding": _one("credit", "debit", "prepaid"),
    "iban_check_enabled": _one("true", "false"),
    "tax_id_type": _one("eu_vat", "gb_vat", "us_ein"),
    "account_status": _one("active", "past_due", "closed"),
    "account_owner_team": _one("payments", "platform", "growth"),
    "passport_check_status": _one("pending", "clear", "consider"),
    "ssn_provided": _one("true", "false"),
    "certificate_arn": _t("arn:aws:acm:eu-west-1:123456789012:certificate/@u@"),
    "certificate_name": _t("wildcard-@w@-2026"),
    "signing_key_alias": _t("@w@-release"),
    "encryption_key_rotation": _one("enabled", "365 days"),
    "license_seats": _number(5, 500),
    "license_expires": _day,
    "webhook_events": _one("push, pull_request", "invoice.paid", "issue.created"),
    "webhook_retry_count": _number(0, 10),
    "credentials_source": _one("SharedCredentialsProvider", "EnvironmentVariables"),
    "credentials_expire_at": _instant,
    "vault_role": _two_words,
    "vault_namespace": _t("admin/@w@"),
    "mfa_enabled": _one("true", "false"),
    "otp_channel": _one("sms", "email", "authenticator app"),
    "otp_retry_limit": _number(3, 6),
    "recovery_email_verified": _one("true", "false"),
    "login_attempts": _number(1, 9),
    "last_login_at": _instant,
    "user_pool_name": _t("@w@-users-prod"),
    "client_name": _t("@w@-web-frontend"),
    "salt_rounds": _number(10, 14),
    "checksum_sha256": _sha256,
    "image_digest": _t("sha256:@v@", _sha256),
    "commit_sha": _hex(40),
    "correlation_id": uuid4,
    "etag_value": _hex(32),
    "random_state": _number(1, 9999),
    "seed_script": _one("prisma/seed.ts", "db/seeds.rb"),
}  # fmt: skip
