"""Look-alikes of profile C: harmless values, and names that sound secret beside harmless values."""

# ruff: noqa: E501, PLR2004  # the templates read as they are printed

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from benchmarks.redaction.c_words import filled
from benchmarks.redaction.randomness import (
    ALNUM,
    BASE32,
    DIGITS,
    UPPER,
    UPPER36,
    URLSAFE,
    b64,
    b64url,
    hexadecimal,
    pick,
    uuid4,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Make = Callable[[Random], str]


def _one(*templates: str) -> Make:
    return lambda rng: filled(rng, rng.choice(templates))


def _of(prefix: str, alphabet: str, count: int, suffix: str = "") -> Make:
    return lambda rng: f"{prefix}{pick(rng, alphabet, count)}{suffix}"


def _node_id(rng: Random) -> str:
    return base64.b64encode(f"gid://shopify/Product/{rng.randint(10**12, 10**13)}".encode()).decode()


def _cas(rng: Random) -> str:
    digits = str(rng.randint(10_000, 999_999))
    check = sum(int(char) * place for place, char in enumerate(reversed(digits), 1)) % 10
    return f"CAS {digits[:-2]}-{digits[-2:]}-{check}"


def _lei(rng: Random) -> str:
    body = f"5299{pick(rng, UPPER36, 14)}"
    return f"LEI {body}{98 - int(''.join(str(int(char, 36)) for char in body) + '00') % 97:02}"


def _geohash(rng: Random) -> str:
    return f"geohash u{pick(rng, '0123456789bcdefghjkmnpqrstuvwxyz', 8)}"


def _inchi_key(rng: Random) -> str:
    return f"InChIKey={pick(rng, UPPER, 14)}-{pick(rng, UPPER, 8)}SA-N"


def _registers(rng: Random) -> str:
    return f"RAX: 0000{hexadecimal(rng, 12)} RBX: 0000{hexadecimal(rng, 12)} RIP: 0010:0xffffffff{hexadecimal(rng, 8)}"


def _nmea(rng: Random) -> str:
    return f"$GPGGA,{rng.randint(100000, 235959)}.00,4807.{rng.randint(100, 999)},N,01131.{rng.randint(100, 999)},E,1,08,0.9,545.4,M,46.9,M,,*{hexadecimal(rng, 2).upper()}"


def _wireguard_public(rng: Random) -> str:
    return filled(rng, f"[Peer]\nPublicKey = {b64(rng, 32)}\nAllowedIPs = 10.§m.0.0/24\nPersistentKeepalive = 25")


def _partition(rng: Random) -> str:
    return f"/dev/disk/by-partuuid/{uuid4(rng)} /boot vfat umask=0077 0 1"


def _tls_log(rng: Random) -> str:
    return f"TLS 1.3 handshake ok, cipher TLS_AES_256_GCM_SHA384, serial {hexadecimal(rng, 36)}"


def _spki_pin(rng: Random) -> str:
    return f'Public-Key-Pins-Report-Only: pin-sha256="{b64(rng, 32)}"; max-age=600'


def _ct_log(rng: Random) -> str:
    return f"certificate transparency log id {b64(rng, 32)}"


def _ed25519_public(rng: Random) -> str:
    return f"-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA{b64(rng, 32)[:43]}=\n-----END PUBLIC KEY-----"


def _openpgp_fingerprint(rng: Random) -> str:
    groups = [hexadecimal(rng, 4).upper() for _ in range(10)]
    return f"Key fingerprint = {' '.join(groups[:5])}  {' '.join(groups[5:])}"


def _build_id(rng: Random) -> str:
    return f"ELF 64-bit LSB pie executable, x86-64, BuildID[sha1]={hexadecimal(rng, 40)}, stripped"


def _slsa(rng: Random) -> str:
    return f'{{"predicateType": "https://slsa.dev/provenance/v1", "subject": [{{"digest": {{"sha256": "{hexadecimal(rng, 64)}"}}}}]}}'


def _issn(rng: Random) -> str:
    digits = pick(rng, DIGITS, 7)
    check = -sum(int(char) * (8 - place) for place, char in enumerate(digits)) % 11
    return f"{digits[:4]}-{digits[4:]}{'X' if check == 10 else check}"


def _gtin14(rng: Random) -> str:
    digits = "1" + pick(rng, DIGITS, 12)
    return digits + str(-sum(int(char) * (3 if place % 2 == 0 else 1) for place, char in enumerate(digits)) % 10)


VALUES: dict[str, Make] = {
    # Catalogues and science
    "issn": lambda rng: f"ISSN {_issn(rng)}",
    "gtin14": lambda rng: f"GTIN {_gtin14(rng)}",
    "lei": _lei,
    "cas": _cas,
    "inchi_key": _inchi_key,
    "rsid": _one("rs§n§n, chr7:§n§n, A>G"),
    "uniprot": _one("UniProt P0§m§m human kinase"),
    "pdb": _one("PDB entry 7§m, resolution 2.§m Å"),
    "icd10": _one("ICD-10 J§m.9, 12 cases in week §m"),
    "loinc": _one("LOINC 2§n-7 Potassium [Moles/volume]"),
    "imdb": _one("https://www.imdb.com/title/tt0§n§n/"),
    "wikidata": _one("https://www.wikidata.org/wiki/Q§n§m"),
    "openstreetmap": _one("https://www.openstreetmap.org/way/§n§n#map=17/48.1§m/11.5§m"),
    "geohash": _geohash,
    "plus_code": _of("plus code 9F4MGC", "23456789CFGHJMPQRVWX", 2, "+9Q Berlin"),
    "utm": _one("UTM zone 32U 69§m§m E 533§m§m N"),
    "metar": _one("METAR EDDM 11§m50Z 2§m08KT 9999 FEW040 12/05 Q1018 NOSIG"),
    "nmea": _nmea,
    "hs_code": _one("HS code 8471.30.§m, duty 0 %"),
    # Identifiers of services
    "cve": _one("CVE-2025-§n§m fixed in 3.§m.1", "GHSA-4x§m-j8vq-9c§m"),
    "cwe": _one("CWE-§n: improper input validation"),
    "go_pseudo_version": lambda rng: f"golang.org/x/net v0.0.0-20260311091402-{hexadecimal(rng, 12)}",
    "package_url": _one("pkg:npm/%40§w/§x@4.§m.0?arch=x64"),
    "maven_coordinates": _one("org.§w:§x-core:2.§m.1@jar"),
    "salesforce_record": lambda rng: f"Opportunity 006{pick(rng, ALNUM, 12)}AAG moved to stage Negotiation",
    "airtable_record": lambda rng: f"app{pick(rng, ALNUM, 14)}/tbl{pick(rng, ALNUM, 14)}/rec{pick(rng, ALNUM, 14)}",
    "drive_file": lambda rng: f"https://docs.google.com/document/d/1{pick(rng, URLSAFE, 42)}/edit#heading=h.{pick(rng, '0123456789abcdefghij', 12)}",
    "notion_page": lambda rng: f"https://www.notion.so/acme/Weekly-notes-{hexadecimal(rng, 32)}",
    "github_node": lambda rng: f"PR_kwDO{pick(rng, ALNUM, 10)}5{pick(rng, ALNUM, 7)}",
    "shopify_gid": _node_id,
    "stripe_objects": lambda rng: f"sub_1{pick(rng, ALNUM, 23)} in_1{pick(rng, ALNUM, 23)} paid",
    "twilio_message": lambda rng: f"message SM{hexadecimal(rng, 32)} delivered",
    "slack_ts": lambda rng: f"thread_ts 1770{pick(rng, DIGITS, 6)}.{pick(rng, DIGITS, 6)}",
    "linear_issue": _one("§w/ENG-§n-fix-§x-layout"),
    "spotify_uri": _of("spotify:track:", ALNUM, 22),
    "sentry_event": lambda rng: f"event_id={hexadecimal(rng, 32)} release=web@4.2.1",
    "ec2_volume": lambda rng: f"vol-0{hexadecimal(rng, 16)} attached to i-0{hexadecimal(rng, 16)} as /dev/sdf",
    "cloudfront_request": lambda rng: f"x-amz-cf-id: {pick(rng, URLSAFE, 54)}==",
    "azure_correlation": lambda rng: f"Correlation ID: {uuid4(rng)}, timestamp 2026-03-11 09:14:02Z",
    "s3_etag_multipart": lambda rng: f'ETag: "{hexadecimal(rng, 32)}-{rng.randint(2, 40)}"',
    "analytics_id": _of("G-", UPPER36, 10),
    "tag_manager": _of("GTM-", UPPER36, 7),
    "apple_team": lambda rng: f"Apple team {pick(rng, UPPER36, 10)}, platform ios",
    "oci_ocid": lambda rng: f"ocid1.instance.oc1.eu-frankfurt-1.{pick(rng, BASE32.lower(), 60)}",
    # Machines and networks
    "build_id": _build_id,
    "registers": _registers,
    "pci": _one("0000:§m:00.0 Ethernet controller [0200]: Intel I210 [8086:15§m]"),
    "partition": _partition,
    "netmask": _one("netmask 255.255.§m.0 broadcast 0.0.0.0"),
    "multicast": _one("joined 239.255.§m.250 and ff02::1:ff§m:1 on eth0"),
    "carrier_nat": _one("100.64.§m.§m via tun0 metric 50"),
    "bgp_community": _one("65§m:1§n 65§m:20 no-export local-pref 200"),
    "oui": _one("OUI 00:1B:63 Apple, 3C:22:FB Apple, §m vendors"),
    "well_known_sid": _one("S-1-5-18 NT AUTHORITY\\SYSTEM handle 0x§m"),
    "hresult": _one("HRESULT 0x800700§m, ORA-12§n, SQLSTATE 42P0§m"),
    "uname": _one("Linux §w 6.8.0-§m-generic #45-Ubuntu SMP x86_64 GNU/Linux"),
    "windows_build": _one("Microsoft Windows [Version 10.0.19045.§n§m]"),
    # Public halves and digests
    "wireguard_public": _wireguard_public,
    "ed25519_public": _ed25519_public,
    "openpgp_fingerprint": _openpgp_fingerprint,
    "spki_pin": _spki_pin,
    "ct_log": _ct_log,
    "tls_log": _tls_log,
    "slsa": _slsa,
    "vapid_public": lambda rng: f"vapid public key B{b64url(rng, 64)[:86]}",
    "tree_hash": lambda rng: f"blake3 {hexadecimal(rng, 64)}  data/part-0001.parquet",
    "crc": lambda rng: f"crc32c {hexadecimal(rng, 8)} adler32 {hexadecimal(rng, 8)} xxh64 {hexadecimal(rng, 16)}",
    # Numbers that look personal
    "order_number": _one("PO-2026-00§n, invoice INV/2026/§n, ticket #§n§m"),
    "duration_iso": _one("PT§mH§mM", "P§mDT4H", "R5/2026-03-11T09:00:00Z/P1D"),
    "rrule": _one("RRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=§m"),
    "score_line": _one("§m-§m-§m, 3:2, 21-19, attendance 4§n"),
    "postal_mix": _one("ZIP prefixes 101-119, sector §m-§m"),
    "measurements": _one("120x§m cm, 3.§m kg, 0.0§m mol/l, §n W"),
    # References to a secret
    "vscode_input": _one('"API_KEY": "${input:§w-api-key}"'),
    "home_assistant_secret": _one("password: !secret §w_wifi_password"),
    "run_secrets_file": _one("POSTGRES_PASSWORD_FILE=/run/secrets/§w_db_password"),
    "pass_command": _one('export DB_PASSWORD="$(pass show infra/§w)"', "export API_TOKEN=$(bw get password §w)"),
    "system_getenv": _one('String token = System.getenv("BUILD_API_TOKEN");', 'ENV.fetch("STRIPE_SECRET_KEY")', 'std::env::var("DB_PASSWORD")?', 'os.Getenv("SLACK_BOT_TOKEN")', 'Deno.env.get("API_KEY")'),
    "symfony_env": _one("password: '%env(§w_DB_PASSWORD)%'"),
    "ref_vault": _one("ref+vault://secret/§w#/password", "vault://kv/data/§w#password", "awssm://prod/§w/db"),
    "external_secret": _one("remoteRef:\n  key: prod/§w\n  property: password"),
    "random_password_ref": _one("password = random_password.§w.result"),
    "sensitive_shown": _one("db_password = <sensitive>", "password: (sensitive value)", "token: [Filtered]", "secret: ••••••••"),
    "keyring_ref": _one("password_command = keyring get §w imap", 'passwordeval "gpg -dq ~/.§w.gpg"'),
    # Code and text about secrets
    "sql_column": _one("password_hash VARCHAR(255) NOT NULL, token_expires_at TIMESTAMPTZ NULL"),
    "rust_verify": _one("fn verify_password(hash: &str, password: &str) -> bool {"),
    "java_matches": _one("assertThat(passwordEncoder.matches(rawPassword, storedPassword)).isTrue();"),
    "kotlin_param": _one("fun login(username: String, password: String): Result<Session>"),
    "python_getpass": _one('password = getpass.getpass("Password: ")'),
    "cobra_flag": _one('cmd.Flags().StringVar(&opts.Token, "token", "", "API token (or set §w_TOKEN)")'),
    "zod_schema": _one("password: z.string().min(12).max(128), token: z.string().optional()"),
    "rails_filter": _one("config.filter_parameters += [:password, :token, :secret, :api_key]"),
    "django_validators": _one('{"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"}'),
    "bucket_prose": _one("The token bucket refills at §m tokens per second with a burst of §n."),
    "tokenizer_prose": _one("The tokenizer splits the sentence into §m tokens; the secret of a good prompt is brevity."),
    "password_rules": _one("Your password must have at least §m characters, one digit and one symbol."),
    "reset_prose": _one("You will be asked for your password again in §m minutes."),
    "rotation_log": _one("INFO secret §w-db-credentials rotated, next rotation on §d"),
    "login_failed": _one("FATAL: password authentication failed for user app", "error: invalid API key provided (401)"),
    "kube_sync": _one("secret/§w-tls created; secret/§w-registry unchanged; token expired §m seconds ago"),
    "board_game": _one("Each player draws a secret role card and passes the key to the left."),
    "italian_ui": _one("Password dimenticata? Inserisci il tuo indirizzo e-mail."),
    "portuguese_ui": _one("Esqueceu a senha? Informe o seu e-mail para continuar."),
    "dutch_ui": _one("Wachtwoord vergeten? Kies een nieuw wachtwoord van minstens §m tekens."),
    "polish_ui": _one("Hasło musi mieć co najmniej §m znaków i jedną cyfrę."),
    "key_board": _one("Press Ctrl+K, then type the API key name and choose Copy."),
    "keyword_list": _one("keywords: token ring, secret ballot, key stage §m, passport office"),
    "git_trailer": _one("fix(auth): refresh token before it expires (#§n)"),
    "swagger_auth": _one("securitySchemes:\n  apiKey:\n    type: apiKey\n    name: X-API-Key\n    in: header"),
    "wire_type": _one("message LoginRequest { string username = 1; string password = 2; }"),
}  # fmt: skip


_FLAG = _one("true", "false")
_COUNT = _one("§n")
_DAY = _one("§d")

PAIRS: dict[str, Make] = {
    "prompt_token_count": _COUNT,
    "total_token_count": _COUNT,
    "max_completion_tokens": _COUNT,
    "maxTokens": _COUNT,
    "tokens_remaining": _COUNT,
    "token_budget": _COUNT,
    "token_price_usd": _one("0.0000§m"),
    "token_name": _one("ci-§w", "§w deploy"),
    "token_status": _one("active", "revoked"),
    "token_created_at": _DAY,
    "token_scopes": _one("repo, read:org", "read_api"),
    "token_symbol": _one("USDC", "WETH"),
    "tokenizer": _one("cl100k_base", "o200k_base"),
    "token_bucket_size": _COUNT,
    "design_token": _one("color.surface.raised", "space.200"),
    "password_last_changed": _DAY,
    "password_required": _FLAG,
    "password_complexity": _one("high", "medium"),
    "password_history_count": _COUNT,
    "password_manager": _one("Bitwarden", "1Password"),
    "passwordAuthentication": _one("no", "yes"),
    "password_hash_algorithm": _one("argon2id", "bcrypt"),
    "password_placeholder": _one("Enter your password"),
    "password_reset_enabled": _FLAG,
    "password_expiry_days": _COUNT,
    "passwordless": _FLAG,
    "secret_name_prefix": _one("prod/§w", "staging/§w"),
    "secret_rotation_enabled": _FLAG,
    "secret_scanning": _one("enabled", "disabled"),
    "secretProviderClass": _one("§w-azure-kv"),
    "secret_engine": _one("kv-v2", "transit"),
    "secret_arn_count": _COUNT,
    "secrets_mount_path": _one("/mnt/secrets-store"),
    "secret_ingredient": _one("smoked paprika", "lemon zest"),
    "key_vault_name": _one("kv-§w-prod"),
    "key_name": _one("§w-laptop", "deploy-§x"),
    "key_algorithm": _one("ed25519", "rsa-4096"),
    "key_length": _one("2048", "4096"),
    "primary_key": _one("id", "order_id"),
    "natural_key": _one("country, year"),
    "shard_key": _one("tenant_id"),
    "sort_key_column": _one("created_at"),
    "key_results": _one("ship the §w release"),
    "keyframe_interval": _COUNT,
    "keycode": _one("KeyA", "Enter"),
    "key_signature": _one("D minor", "F sharp major"),
    "public_key_algorithm": _one("id-ecPublicKey"),
    "api_key_location": _one("header", "query"),
    "api_key_status": _one("active", "disabled"),
    "api_key_last_used": _DAY,
    "auth_mechanism": _one("SCRAM-SHA-256", "GSSAPI"),
    "auth_failures": _COUNT,
    "authentication_database": _one("admin"),
    "author_association": _one("CONTRIBUTOR", "MEMBER"),
    "authorization_policy": _one("allow-§w-read"),
    "author_note": _one("second edition"),
    "credential_provider": _one("profile", "imds"),
    "credentials_required": _FLAG,
    "credit_limit_policy": _one("standard"),
    "session_timeout_minutes": _COUNT,
    "sessions_per_user": _one("1.§m"),
    "session_storage": _one("redis", "postgres"),
    "cookie_same_site": _one("Lax", "Strict"),
    "cookie_max_age": _COUNT,
    "pin_to_top": _FLAG,
    "pinned_version": _one("3.§m.1"),
    "pin_number_on_chip": _one("GPIO§m"),
    "pass_count": _COUNT,
    "passing_grade": _COUNT,
    "boarding_pass_required": _FLAG,
    "bypass_enabled": _FLAG,
    "ssn_masked": _one("***-**-****"),
    "card_network": _one("visa", "mastercard"),
    "card_title": _one("Weekly §w report"),
    "phone_country": _one("DE", "BR"),
    "phone_support_hours": _one("9 to 17 on weekdays"),
    "email_sent_count": _COUNT,
    "email_provider": _one("ses", "postmark"),
    "birth_rate": _one("9.§m"),
    "birthday_paradox_n": _one("23"),
    "ip_address_type": _one("ipv4", "dualstack"),
    "mac_os_version": _one("14.§m"),
    "tax_rate": _one("0.19", "0.21"),
    "account_type": _one("business", "trial"),
    "license_name": _one("Apache License 2.0", "MIT"),
    "signature_required": _FLAG,
    "signing_method": _one("RS256", "ES384"),
    "encryption_mode": _one("aes-256-gcm", "SSE-KMS"),
    "hash_rate": _one("§n TH/s"),
    "salted_butter_grams": _COUNT,
    "otp_validity_seconds": _COUNT,
    "mfa_methods": _one("totp, webauthn"),
    "recovery_point_objective": _one("15 minutes"),
    "backup_code_count": _COUNT,
    "webhook_secret_configured": _FLAG,
    "client_secret_expires_at": _one("0"),
    "access_token_ttl": _one("3600", "15m"),
    "refresh_token_rotation": _one("enabled", "disabled"),
    "bearer_methods_supported": _one("header"),
    "grant_types_supported": _one("authorization_code, refresh_token"),
    "vault_path": _one("secret/data/§w"),
    "certificate_expiry": _DAY,
}  # fmt: skip
