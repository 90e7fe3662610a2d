"""Profile F, look-alikes: harmless values and pairs that must stay as they are."""

# ruff: noqa: E501, RUF001, RUF002  # tables of templates

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.redaction.randomness import NOUNS, b64, hexadecimal, pick, uuid4

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random


def _text(template: str) -> Callable[[Random], str]:
    """‹w› a word, ‹x› another, ‹n› a number, ‹d› a digit, ‹7› ‹12› ‹32› ‹40› ‹64› hex digits, ‹g› a UUID, ‹b› base 64."""

    def make(rng: Random) -> str:
        text = template
        fillings: dict[str, Callable[[], str]] = {
            "‹w›": lambda: rng.choice(NOUNS),
            "‹x›": lambda: rng.choice(NOUNS),
            "‹n›": lambda: str(rng.randint(11, 940)),
            "‹d›": lambda: pick(rng, "123456789", 1),
            "‹g›": lambda: uuid4(rng),
            "‹b›": lambda: b64(rng, 32),
            **{f"‹{size}›": (lambda size=size: hexadecimal(rng, size)) for size in (7, 12, 16, 32, 40, 64)},
        }
        for mark, filling in fillings.items():
            while mark in text:
                text = text.replace(mark, filling(), 1)
        return text

    return make


def _choice(*values: str) -> Callable[[Random], str]:
    return lambda rng: rng.choice(values)


VALUES: dict[str, Callable[[Random], str]] = {
    name: _text(template)
    for name, template in (
        ("git_fetch_line", "   ‹7›..‹7›  main       -> origin/main"),
        (
            "git_cherry_pick",
            "[release/‹d›.‹d› ‹7›] fix ‹w› retry\n 2 files changed, ‹n› insertions(+), ‹d› deletions(-)",
        ),
        ("git_bisect", "‹40› is the first bad commit"),
        ("git_submodule", " ‹40› vendor/‹w› (v‹d›.‹n›.0)"),
        ("git_rev_list", "‹40›\n‹40›"),
        ("vcs_range_link", "https://gitlab.com/‹w›/‹x›/-/commit/‹40›"),
        ("docker_pull_layers", "‹12›: Pull complete\n‹12›: Already exists\nDigest: sha256:‹64›"),
        (
            "docker_container_row",
            '‹12›   redis:7-alpine   "docker-entrypoint.s…"   ‹d› hours ago   Up ‹d› hours   6379/tcp   ‹w›-cache',
        ),
        (
            "helm_history_row",
            "‹d›   Mon Mar  2 11:14:‹d›1 2026   deployed   ‹w›-‹d›.‹n›.0   ‹d›.‹n›.1   Upgrade complete",
        ),
        ("kustomize_hash_name", "configmap/‹w›-config-k‹d›h2t‹d›9b5 configured"),
        ("argocd_sync", "Synced to main (‹7›), health: Healthy"),
        ("terraform_refreshing", "aws_instance.‹w›: Refreshing state... [id=i-0‹16›]"),
        ("terraform_import_line", "terraform import aws_security_group.‹w› sg-0‹16›"),
        ("ansible_recap", "web‹d›   : ok=‹n›   changed=‹d›   unreachable=0    failed=0    skipped=‹d›"),
        ("sha256sum_line", "‹64›  ‹w›-‹d›.‹n›.tar.gz"),
        ("homebrew_formula", '  url "https://github.com/‹w›/‹x›/archive/v‹d›.‹n›.tar.gz"\n  sha256 "‹64›"'),
        ("nuget_content_hash", '"contentHash": "‹b›"'),
        ("deno_lock", '"https://deno.land/std@0.‹n›.0/path/mod.ts": "‹64›"'),
        (
            "uv_lock_wheel",
            '{ url = "https://files.pythonhosted.org/packages/‹w›-‹d›.‹n›.0-py3-none-any.whl", hash = "sha256:‹64›" }',
        ),
        ("bazel_integrity", 'integrity = "sha256-‹b›",'),
        ("action_cache_key", "Cache restored from key: Linux-node-‹64›"),
        ("turbo_hash", "‹w›:build: cache hit, replaying logs ‹16›"),
        ("webpack_asset", "asset ‹w›.‹16›.js ‹n› KiB [emitted] [immutable] [minimized]"),
        ("otel_ids", "trace_id=‹32› span_id=‹16› trace_flags=01"),
        ("request_started", 'Started GET "/‹w›/‹n›" request_id=‹g›'),
        ("sentry_reference", "Reference: ‹32› (event of release ‹w›@‹d›.‹n›.0)"),
        ("airflow_run_id", "run_id=scheduled__2026-03-0‹d›T04:00:00+00:00 state=success"),
        ("dbt_invocation", "Running with dbt=1.‹d›.3, invocation ‹g›"),
        ("spark_application", "application_17412‹d›0093‹n›_0‹n› (state: RUNNING)"),
        ("snowflake_query_id", "Query 01b‹d›f2c4-0‹d›04-aa1c-0000-‹12›‹d› finished in ‹n› ms"),
        ("postgres_lsn", "wal_lsn 2F/‹7›8, timeline ‹d›, lag ‹n› bytes"),
        ("mongo_id_query", "db.‹w›.find({ _id: ObjectId('‹12›‹12›') })"),
        ("jira_link", "https://‹w›.atlassian.net/browse/OPS-‹n›?focusedCommentId=‹n›‹n›"),
        ("linear_url", "https://linear.app/‹w›/issue/ENG-‹n›/fix-‹x›-export"),
        ("notion_page_url", "https://www.notion.so/‹w›/‹x›-plan-‹32›"),
        ("figma_file_url", "https://www.figma.com/board/‹12›Zq‹d›/‹w›-flow?node-id=‹n›-‹n›"),
        ("confluence_page_url", "https://wiki.‹w›.org/pages/viewpage.action?pageId=‹n›‹n›"),
        ("sheet_formula_lookup", '=IFERROR(INDEX(Data!$C$2:$C$‹n›, MATCH(A‹d›, Data!$A$2:$A$‹n›, 0)), "")'),
        ("sheet_named_range", "'Q‹d› Forecast'!B2:H‹n›"),
        ("invoice_line", "INV-2026-0‹n›  net 30  EUR 1.‹n›,40  open"),
        ("stock_keeping", "SKU ‹w›-XL-0‹n›, EAN on request, ‹n› in stock"),
        ("calendar_slot", "Tue 10 March 2026, 14:30-15:15 CET, room ‹w› (‹d›/12)"),
        ("calendar_recurrence", "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=‹n›"),
        ("weather_line", "2026-03-0‹d› 06:00  ‹d›.4 °C  1013.‹d› hPa  wind 24‹d›° ‹d› m/s"),
        ("tile_template", "https://tile.openstreetmap.org/{z}/{x}/{y}.png"),
        ("grid_point", "EPSG:3857 x=‹n›‹n›.12 y=5‹n›‹n›.87"),
        ("nmap_port", "443/tcp open  https   syn-ack ttl 6‹d›"),
        ("dig_answer", "‹w›.example.com.   300   IN   A   192.0.2.‹d›"),
        ("private_interface", "inet 10.‹n›.0.‹d›/24 brd 10.‹n›.0.255 scope global eth0".replace("10.‹n›", "10.4")),
        ("ping_loopback", "64 bytes from 127.0.0.1: icmp_seq=‹d› ttl=64 time=0.0‹n› ms"),
        ("ssh_host_key_print", "256 SHA256:‹b› root@‹w› (ED25519)".replace("‹b›", "‹40›a‹d›Q")),
        ("x509_serial", "Serial Number: 0‹d›:a‹d›:4e:b‹d›:7f:10:c‹d›:22, Signature Algorithm: ecdsa-with-SHA384"),
        ("openssl_modulus_note", "RSA public key, 2048 bit, exponent 65537"),
        ("csp_nonce_policy", "script-src 'self' 'strict-dynamic' https://cdn.‹w›.org"),
        ("env_reference_shell", 'curl -fsS -H "X-Api-Key: ${API_KEY:?missing}" https://api.‹w›.org/v1/status'),
        ("env_reference_bash", 'export PGPASSWORD="$(cat /run/secrets/‹w›_password)"'),
        ("env_reference_node", "const client = new ‹w›Client({ apiKey: process.env.‹x›_API_KEY })"),
        ("env_reference_kotlin", 'val token = System.getenv("‹w›_TOKEN") ?: error("token missing")'),
        ("env_reference_rust", 'let password = std::env::var("DB_PASSWORD").expect("DB_PASSWORD not set");'),
        ("env_reference_php", "'password' => env('DB_PASSWORD', ''),"),
        ("env_reference_elixir", 'secret_key_base: System.fetch_env!("SECRET_KEY_BASE")'),
        ("doppler_run", "doppler run --project ‹w› --config prd -- npm start"),
        ("op_run", "op run --env-file=.env.‹w› -- docker compose up"),
        ("chamber_exec", "chamber exec ‹w›/production -- ./bin/server"),
        ("sops_rule", "creation_rules:\n  - path_regex: secrets/.*\\.yaml$\n    encrypted_regex: ^(data|stringData)$"),
        ("gitlab_masked", '$ curl --header "PRIVATE-TOKEN: [MASKED]" https://gitlab.com/api/v4/projects/‹n›'),
        ("sealed_condition", "sealedsecret.bitnami.com/‹w› unsealed successfully"),
        ("secret_rotation_plan", "Rotate the database password of ‹w› every 90 days; owner: platform team."),
        ("password_field_code", "<TextInput secureTextEntry value={password} onChangeText={setPassword} />"),
        (
            "password_compare_code",
            "if (!(await argon2.verify(user.passwordHash, password))) throw new UnauthorizedException();",
        ),
        ("password_sql_code", "ALTER TABLE ‹w› ADD COLUMN password_hash VARCHAR(255) NOT NULL;"),
        ("token_loop_code", "for token in doc: print(token.text, token.pos_, token.dep_)"),
        ("token_refresh_code", "const { access_token, refresh_token } = await exchangeCode(code, verifier);"),
        ("key_sort_code", 'rows.sort(key=lambda row: row["‹w›"], reverse=True)'),
        ("key_iteration_code", "Object.keys(config).filter(key => key.startsWith('‹w›_'))"),
        ("error_token_expired", "401 Unauthorized: the access token has expired, sign in again"),
        ("error_password_short", "Password must be at least 12 characters and contain a number."),
        ("error_key_missing", "KeyError: '‹w›_id'"),
        ("error_secret_not_found", 'Error from server (NotFound): secrets "‹w›-credentials" not found'),
        ("error_certificate", "x509: certificate signed by unknown authority (issuer CN=‹w› CA)"),
        ("log_login_ok", "session opened for user ‹w›(uid=10‹n›) by (uid=0)"),
        ("log_mfa", "mfa challenge passed, method=push, device=‹w›"),
        ("llm_usage_line", "usage: prompt=‹n›‹d›, completion=‹n›, cached=‹n›, cost $0.0‹d›1"),
        ("card_brand_masked", "Visa •••• 42‹n› expires soon".replace("42‹n›", "4‹d›‹d›‹d›")),
        ("iban_masked", "IBAN ending in ****‹d›‹d›‹d›‹d› on file"),
        ("phone_masked", "code sent to ***-***-‹d›‹d›‹d›‹d›"),
        ("email_masked", "mail sent to j***@‹w›.org"),
        ("spanish_notice", "La contraseña debe cambiarse cada 90 días."),
        ("german_notice", "Passwort vergessen? Klicken Sie hier, um es zurückzusetzen."),
        ("french_notice", "Votre jeton a expiré, veuillez vous reconnecter."),
        ("danish_notice", "Adgangskoden må ikke deles med andre."),
        ("finnish_notice", "Unohditko salasanasi? Palauta se tästä."),
        ("colour_variables", "--accent: #‹7›; --radius: ‹d›px;".replace("#‹7›", "#1f‹d›e‹d›c")),
        ("tailwind_classes", "flex items-center gap-‹d› rounded-lg px-4 py-2 text-slate-‹d›00"),
        ("version_matrix", "node 22.‹d›.1, pnpm 9.‹d›.2, typescript 5.‹d›.3"),
        ("test_report", "Tests: ‹d› failed, ‹n› passed, ‹n› total; Time: ‹d›.‹n› s"),
        ("percent_encoded_query", "https://‹w›.org/search?q=blue%20‹x›%20%26%20more&page=‹d›"),
    )
}

_COUNT = lambda rng: str(rng.randint(1, 900))  # noqa: E731
_BOOL = _choice("true", "false")
_DATE = lambda rng: f"2026-0{rng.randint(1, 9)}-{rng.randint(10, 28)}"  # noqa: E731

PAIRS: dict[str, Callable[[Random], str]] = {
    **dict.fromkeys(
        (
            "token_limit_per_request",
            "tokens_per_day",
            "tokens_evaluated",
            "token_quota_used",
            "draft_tokens_accepted",
            "thinking_token_budget",
        ),
        _COUNT,
    ),
    **dict.fromkeys(
        (
            "password_retry_count",
            "password_age_days",
            "passwords_checked",
            "weak_password_count",
            "secret_sync_interval",
            "secrets_synced",
        ),
        _COUNT,
    ),
    **dict.fromkeys(
        ("key_rows", "missing_keys_total", "api_key_quota", "keys_scanned", "ssh_key_total", "key_ttl_minutes"), _COUNT
    ),
    **dict.fromkeys(
        (
            "session_pool_size",
            "active_session_total",
            "auth_timeout_ms",
            "credential_age_days",
            "pin_retries_allowed",
            "passed_assertions",
        ),
        _COUNT,
    ),
    **dict.fromkeys(
        (
            "emails_delivered",
            "phone_digits_required",
            "cards_in_deck",
            "ip_count",
            "account_age_months",
            "otp_resend_delay",
        ),
        _COUNT,
    ),
    **dict.fromkeys(
        (
            "password_login_allowed",
            "token_auth_enabled",
            "secret_scan_enabled",
            "require_api_key",
            "auth_bypass_detected",
            "mask_secrets",
        ),
        _BOOL,
    ),
    **dict.fromkeys(
        (
            "pin_protected",
            "email_confirmed",
            "phone_confirmed",
            "session_persistent",
            "credential_rotation_due",
            "cookie_http_only",
        ),
        _BOOL,
    ),
    **dict.fromkeys(
        (
            "password_expires_on",
            "token_issued_on",
            "secret_rotated_on",
            "api_key_valid_until",
            "key_created_on",
            "credentials_reviewed_on",
        ),
        _DATE,
    ),
    "token_use_case": _choice("batch import", "nightly sync", "read only"),
    "token_audience_type": _choice("service", "user"),
    "token_format": _choice("jwt", "opaque", "paseto"),
    "token_storage": _choice("memory", "keychain", "httpOnly cookie"),
    "token_encoding": _choice("utf-8", "base64url"),
    "password_input_label": _choice("Enter your password", "New password", "Repeat password"),
    "password_hash_function": _choice("argon2id", "bcrypt", "scrypt", "pbkdf2_sha256"),
    "password_source": _choice("vault", "environment", "prompt"),
    "password_status": _choice("expired", "must_change", "valid"),
    "secret_path": _text("kv/data/‹w›/‹x›"),
    "secret_manager": _choice("aws-secrets-manager", "google-secret-manager", "infisical"),
    "secret_key_ref_name": _text("‹w›-credentials"),
    "secret_owner": _choice("platform-team", "payments-team"),
    "secret_mount": _text("/run/secrets/‹w›"),
    "api_key_prefix_format": _choice("sk_live_...", "ghp_..."),
    "api_key_env_name": _choice("OPENAI_API_KEY", "STRIPE_SECRET_KEY", "BREVO_API_KEY"),
    "api_key_placement": _choice("header", "query", "cookie"),
    "key_ring": _text("projects/‹w›/locations/europe-west1/keyRings/‹x›"),
    "key_column_name": _text("‹w›_id"),
    "key_binding_mode": _choice("vim", "emacs", "default"),
    "natural_key_fields": _text("‹w›_id, ‹x›_code"),
    "key_insight": _text("Orders for ‹w› grew by ‹d› percent."),
    "keyword_match_type": _choice("phrase", "exact", "broad"),
    "primary_key_type": _choice("bigint", "uuid", "text"),
    "ssh_public_key_file": _text("~/.ssh/‹w›_ed25519.pub"),
    "private_key_file": _text("/etc/ssl/private/‹w›.key"),
    "credentials_path": _text("~/.config/‹w›/credentials.json"),
    "credential_kind": _choice("oauth2", "basic", "service_account"),
    "auth_backend": _choice("ldap", "oidc", "saml"),
    "auth_result": _choice("success", "failure", "challenge"),
    "auth_code_flow": _choice("pkce", "device"),
    "author_login": _text("‹w›-bot"),
    "session_label": _text("‹w› planning, round ‹d›"),
    "session_engine": _choice("redis", "database", "cookie"),
    "cookie_category": _choice("necessary", "statistics", "marketing"),
    "certificate_status": _choice("ISSUED", "PENDING_VALIDATION", "EXPIRED"),
    "certificate_issuer": _choice("Google Trust Services WE1", "Amazon RSA 2048 M02"),
    "webhook_event_type": _choice("invoice.paid", "push", "order.created"),
    "signing_algorithm": _choice("RS256", "ES256", "EdDSA"),
    "signature_status": _choice("verified", "unsigned", "good"),
    "checksum_type": _choice("sha256", "crc32c", "md5"),
    "source_sha": lambda rng: hexadecimal(rng, 40),
    "artifact_sha256": lambda rng: hexadecimal(rng, 64),
    "build_fingerprint": lambda rng: hexadecimal(rng, 32),
    "workflow_run_uuid": uuid4,
    "operation_id": uuid4,
    "parent_span": lambda rng: hexadecimal(rng, 16),
    "base_image_digest": lambda rng: f"sha256:{hexadecimal(rng, 64)}",
    "passenger_class": _choice("economy", "business"),
    "pass_type": _choice("day", "weekend", "season"),
    "pin_color": _choice("red", "green", "blue"),
    "email_category": _choice("newsletter", "receipt", "alert"),
    "phone_type_label": _choice("mobile", "landline", "fax"),
    "card_category": _choice("debit", "credit", "prepaid"),
    "account_plan": _choice("starter", "team", "enterprise"),
    "passport_type": _choice("ordinary", "diplomatic"),
    "dob_format": _choice("YYYY-MM-DD", "DD.MM.YYYY"),
    "iban_country": _choice("NO", "SK", "MT"),
    "license_type_id": _choice("MIT", "Apache-2.0", "MPL-2.0"),
    "mac_build": _choice("24D70", "23H311"),
    "encryption_status": _choice("enabled", "at-rest", "none"),
    "wallet_provider": _choice("apple", "google", "metamask"),
}
