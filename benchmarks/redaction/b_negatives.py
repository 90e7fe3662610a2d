"""Further look-alikes: identifiers, texts about secrets, files of data, and keys that merely sound like secrets."""

# ruff: noqa: E501, PLR2004  # one look-alike a line

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

from benchmarks.redaction.negatives import _any as any_of
from benchmarks.redaction.negatives import _number as number
from benchmarks.redaction.randomness import (
    ALNUM,
    BASE36,
    DIGITS,
    LOWER,
    NOUNS,
    UPPER,
    UPPER36,
    URLSAFE,
    b64,
    hexadecimal,
    luhn_digit,
    pick,
    uuid4,
    weighted,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Make = Callable[[Random], str]

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def _word(rng: Random) -> str:
    return rng.choice(NOUNS)


def _ean(rng: Random) -> str:
    body = "40" + pick(rng, DIGITS, 10)
    return f"EAN {body}{-weighted(body, (1, 3) * 6) % 10}"


def _isbn10(rng: Random) -> str:
    body = "3" + pick(rng, DIGITS, 8)
    check = -weighted(body, range(10, 1, -1)) % 11
    return f"ISBN {body[0]}-{body[1:5]}-{body[5:]}-{'X' if check == 10 else check}"


def _isin(rng: Random) -> str:
    body = rng.choice(("US", "DE", "FR")) + pick(rng, UPPER36, 9)
    return "ISIN " + body + luhn_digit("".join(str(int(char, 36)) for char in body))


def _vcs_listing(rng: Random) -> str:
    return "\n".join(
        f"100644 blob {hexadecimal(rng, 40)}    src/{name}.py" for name in ("password", "token", _word(rng))
    )


def _compose_layers(rng: Random) -> str:
    return (
        "\n".join(f"{hexadecimal(rng, 12)}: Pull complete" for _ in range(3))
        + f"\nDigest: sha256:{hexadecimal(rng, 64)}"
    )


def _matrix(rng: Random) -> str:
    return "\n".join(" ".join(f"{rng.uniform(-9, 9):8.4f}" for _ in range(5)) for _ in range(4))


def _png(rng: Random) -> str:
    return "data:image/jpeg;base64,/9j/4AAQSkZJRgABAQAAAQABAAD/" + b64(rng, 240)


def _lorem(rng: Random) -> str:
    text = f"Lorem ipsum dolor sit amet {_word(rng)} consectetur"
    return text + " Vestibulumsollicitudinmaecenaspellentesquehabitantmorbi tristique."


VALUES: dict[str, Make] = {
    # identifiers
    "ean": _ean, "isbn10": _isbn10, "isin": _isin, "git_tree": _vcs_listing, "docker_pull": _compose_layers, "matrix": _matrix,
    "jpeg_base64": _png, "lorem": _lorem,
    "vin_like": lambda r: f"part WVWZZZ{pick(r, DIGITS, 3)}-{pick(r, UPPER, 2)}",
    "arxiv": lambda r: f"arXiv:2{r.randint(101, 612)}.{pick(r, DIGITS, 5)}v{r.randint(1, 4)}",
    "flight": lambda r: f"Flight {r.choice(('LH', 'AF', 'BA'))}{r.randint(100, 9999)} gate B{r.randint(1, 60)}",
    "dms": lambda r: f"{r.randint(1, 89)}°{r.randint(10, 59)}'{r.randint(10, 59)}.{r.randint(1, 9)}\"N {r.randint(1, 179)}°{r.randint(10, 59)}'{r.randint(10, 59)}\"E",
    "cidr_ten": lambda r: f"10.{r.randint(0, 250)}.0.0/16 via 10.{r.randint(0, 250)}.0.1 dev eth0",
    "cidr_192": lambda r: f"192.168.{r.randint(0, 250)}.0/24",
    "ulid": lambda r: "01J" + pick(r, CROCKFORD, 23), "cuid": lambda r: "c" + pick(r, BASE36, 24), "nanoid": lambda r: f"item_{pick(r, ALNUM, 12)}",
    "xid": lambda r: "c" + pick(r, "0123456789abcdefghijklmnopqrstuv", 19), "typeid": lambda r: f"user_01h{pick(r, BASE36, 23)}",
    "stripe_customer": lambda r: f"cus_{pick(r, ALNUM, 14)}", "stripe_intent": lambda r: f"pi_3{pick(r, ALNUM, 23)}",
    "stripe_event": lambda r: f"evt_1{pick(r, ALNUM, 23)}", "stripe_price": lambda r: f"price_1{pick(r, ALNUM, 23)}", "stripe_public": lambda r: f"in_1{pick(r, ALNUM, 23)}",
    "youtube": lambda r: f"https://youtu.be/{pick(r, URLSAFE, 11)}", "figma_node": lambda r: f"https://www.figma.com/design/{pick(r, ALNUM, 22)}/Login?node-id={r.randint(1, 900)}-{r.randint(1, 900)}",
    "slack_ids": lambda r: f"channel C0{pick(r, UPPER36, 9)} user U0{pick(r, UPPER36, 9)} ts 17{pick(r, DIGITS, 8)}.{pick(r, DIGITS, 6)}",
    "jira_keys": lambda r: f"PROJ-{r.randint(1, 9999)}, KEY-{r.randint(1, 9999)}, TOKEN-{r.randint(1, 99)}",
    "aws_ids": lambda r: f"i-0{hexadecimal(r, 16)} in vpc-0{hexadecimal(r, 16)} sg-0{hexadecimal(r, 16)}",
    "ami": lambda r: f"ami-0{hexadecimal(r, 16)}", "gcp_resource": lambda r: f"projects/{_word(r)}-{_word(r)}/locations/europe-west1/keyRings/main/cryptoKeys/{_word(r)}",
    "azure_resource": lambda r: f"/subscriptions/{uuid4(r)}/resourceGroups/{_word(r)}/providers/Microsoft.KeyVault/vaults/{_word(r)}",
    "k8s_replica": lambda r: f"pod/{_word(r)}-{hexadecimal(r, 9)}-{pick(r, 'bcdfghjklmnpqrstvwxz2456789', 5)} 1/1 Running 0 3d",
    "b3_header": lambda r: f"b3: {hexadecimal(r, 32)}-{hexadecimal(r, 16)}-1", "xray": lambda r: f"X-Amzn-Trace-Id: Root=1-{hexadecimal(r, 8)}-{hexadecimal(r, 24)}",
    "request_id": lambda r: f"x-amz-request-id: {pick(r, UPPER36, 16)}", "cf_ray": lambda r: f"cf-ray: {hexadecimal(r, 16)}-FRA", "etag_strong": lambda r: f'ETag: "{hexadecimal(r, 32)}"',
    "content_md5": lambda r: f"Content-MD5: {b64(r, 16)}", "repr_digest": lambda r: f"Repr-Digest: sha-256=:{b64(r, 32)}:", "sri": lambda r: f'integrity="sha256-{b64(r, 32)}"',
    "npm_shasum": lambda r: f"npm notice shasum: {hexadecimal(r, 40)}", "nix_hash": lambda r: f'sha256 = "sha256-{b64(r, 32)}";', "nix_store": lambda r: f"/nix/store/{pick(r, '0123456789abcdfghijklmnpqrsvwxyz', 32)}-{_word(r)}-1.2",
    "sums": lambda r: f"{hexadecimal(r, 64)}  {_word(r)}-2.1.tar.gz", "apk_build": lambda r: f"build {r.randint(100, 999)}.{pick(r, DIGITS, 8)}.{r.randint(1, 9)}-{hexadecimal(r, 8)}",
    "ipfs": lambda r: f"ipfs://bafybei{pick(r, LOWER + '234567', 52)}", "bitcoin_txid": lambda r: f"txid {hexadecimal(r, 64)}", "ethereum_address": lambda r: f"contract 0x{hexadecimal(r, 40)}",
    "certificate_fingerprint": lambda r: "Fingerprint=" + ":".join(hexadecimal(r, 2).upper() for _ in range(20)), "mac_like_serial": lambda r: "Serial Number: " + ":".join(hexadecimal(r, 2) for _ in range(16)),
    "sha_list": lambda r: " ".join(hexadecimal(r, 7) for _ in range(6)), "uuid_braces": lambda r: "{" + uuid4(r).upper() + "}", "guid_com": lambda r: f"CLSID\\{{{uuid4(r)}}}\\InprocServer32",
    "order_phone_like": lambda r: f"order 555-{pick(r, DIGITS, 3)}-{pick(r, DIGITS, 2)}A", "part_number": lambda r: f"P/N {pick(r, UPPER, 2)}{pick(r, DIGITS, 5)}-{pick(r, DIGITS, 3)}", "container": lambda r: f"container MSKU{pick(r, DIGITS, 7)}",
    "timestamps": lambda r: f"{r.randint(10, 28)}/Mar/2026 1{r.randint(0, 9)}:{r.randint(10, 59)}:{r.randint(10, 59)}.{pick(r, DIGITS, 6)}", "http_date": lambda r: f"Last-Modified: Wed, {r.randint(10, 28)} Mar 2026 10:1{r.randint(0, 9)}:07 GMT",
    "week_date": lambda r: f"2026-W{r.randint(10, 52)}-{r.randint(1, 7)}", "timezone": lambda r: f"America/Argentina/Buenos_Aires (UTC-03:00), row {r.randint(1, 99)}", "compact_time": lambda r: f"backup-202604{r.randint(10, 28)}T{pick(r, '012345', 6)}Z.tar.zst",
    # data and code
    "chess_fen": lambda r: f"r1bqkb1r/pppp1ppp/2n2n2/4p3/2B1P3/5N2/PPPP1PPP/RNBQK2R w KQkq - {r.randint(1, 9)} {r.randint(4, 40)}", "chess_moves": lambda r: f"1. e4 e5 2. Nf3 Nc6 3. Bb5 a6 {r.randint(4, 9)}. O-O",
    "protein": lambda r: "MKV" + pick(r, "ACDEFGHIKLMNPQRSTVWY", 70), "fasta": lambda r: f">seq{r.randint(1, 99)} {_word(r)}\n{pick(r, 'ACGT', 70)}", "hex_colours": lambda r: ", ".join(f"#{hexadecimal(r, 6)}" for _ in range(5)),
    "css_minified": lambda r: f".key{{color:#{hexadecimal(r, 6)}}}.token{{margin:0 auto}}.pass-{r.randint(1, 9)}{{display:none}}", "js_minified": lambda r: f"!function(e,t){{var n=e.key,r=t.token;n&&r||(n=t(e,{r.randint(100, 999)})),e.password=r}}(window,o);",
    "source_map_tail": lambda r: f"//# sourceMappingURL=app.{hexadecimal(r, 8)}.js.map", "inline_map": lambda r: "//# sourceMappingURL=data:application/json;base64," + base64.b64encode(json.dumps({"version": 3, "sources": [f"{_word(r)}.ts"], "mappings": "AAAA,SAASA"}).encode()).decode(),
    "wasm": lambda r: "AGFzbQEAAAAB" + b64(r, 90), "gzip_svg_path": lambda r: "M" + " ".join(f"{r.randint(1, 99)}.{r.randint(1, 99)} {r.randint(1, 99)}l{r.randint(1, 9)}-{r.randint(1, 9)}" for _ in range(8)) + "z",
    "sql_ddl": lambda r: f"ALTER TABLE {_word(r)} ADD COLUMN password_hash varchar(255) NOT NULL;", "sql_named": lambda r: f"UPDATE {_word(r)} SET password = :password WHERE token = $1", "sql_index": lambda r: f"CREATE UNIQUE INDEX {_word(r)}_token_key ON sessions (token);",
    "java_getter": lambda r: "public String getPassword() { return this.password; }", "python_kwargs": lambda r: f"client = Client(api_key=api_key, secret=secret, token=token, region='{_word(r)}')", "csharp_property": lambda r: "public string Password { get; init; } = string.Empty;",
    "rust_struct": lambda r: "pub struct Login { pub password: SecretString, pub token: Option<String> }", "go_tags": lambda r: 'Password string `json:"password,omitempty" validate:"required"`', "php_check": lambda r: "if (password_verify($password, $row['password'])) { $token = $this->tokens->create($user); }",
    "ruby_permit": lambda r: "params.require(:user).permit(:email, :password, :password_confirmation)", "swift_field": lambda r: 'SecureField("Password", text: $password)', "bash_read": lambda r: 'read -rs -p "Password: " PASSWORD', "bash_check": lambda r: ': "${API_TOKEN:?must be set}"',
    "bash_command": lambda r: "export TOKEN=$(vault read -field=token secret/ci)", "make_var": lambda r: "TOKEN ?= $(shell cat .token)", "gitlab_var": lambda r: "docker login -u $CI_REGISTRY_USER -p $CI_REGISTRY_PASSWORD $CI_REGISTRY", "jenkins_cred": lambda r: f"password(credentialsId: '{_word(r)}-creds', variable: 'PASSWORD')",
    "ansible_lookup": lambda r: "db_password: \"{{ lookup('env', 'DB_PASSWORD') }}\"", "tf_reference": lambda r: f'password = data.vault_generic_secret.{_word(r)}.data["password"]', "cfn_reference": lambda r: "MasterUserPassword: !Sub '{{resolve:secretsmanager:${DbSecret}:SecretString:password}}'", "azure_reference": lambda r: f"ApiKey=@Microsoft.KeyVault(SecretUri=https://{_word(r)}.vault.azure.net/secrets/api-key/)",
    "spring_placeholder": lambda r: "spring.datasource.password=${DB_PASSWORD}", "windows_var": lambda r: "set TOKEN=%CI_TOKEN%", "jinja": lambda r: "token: {{ token | default('') }}", "angle_url": lambda r: "postgres://<user>:<password>@<host>:5432/<db>", "star_url": lambda r: "redis://default:*****@cache:6379/0",
    "dummy_url": lambda r: "mysql://user:${PASSWORD}@localhost/db", "xxx": lambda r: "api_key=xxxxxxxxxxxxxxxx", "your_here": lambda r: 'api_key: "your-api-key-here"', "none_value": lambda r: "token=None, password=None, secret=null",
    # prose and user interfaces
    "commit_feat": lambda r: f"feat(auth): rotate refresh token on {_word(r)} login", "commit_fix": lambda r: f"fix: password field loses focus when {_word(r)} reloads", "commit_docs": lambda r: "docs: explain secret scanning and key rotation", "commit_chore": lambda r: f"chore(deps): bump token-utils from 1.{r.randint(1, 9)}.0 to 2.0.0",
    "cli_help": lambda r: "  --token TEXT          API token [env var: APP_TOKEN]\n  --password TEXT       Password, read from stdin if omitted", "cli_help_default": lambda r: "  -k, --key-file PATH   private key (default: ~/.ssh/id_ed25519)", "argparse": lambda r: "error: the following arguments are required: --password, --token",
    "config_schema": lambda r: '"password": {"type": "string", "minLength": 12, "description": "Database password"}', "yaml_schema": lambda r: "password:\n  type: string\n  required: true\n  secret: true", "labels": lambda r: '"password_label": "Password", "token_hint": "Paste your token"', "labels_de": lambda r: '"password": "Passwort", "confirmPassword": "Passwort bestätigen"',
    "labels_ja": lambda r: '"password": "パスワード", "email": "メールアドレス"', "labels_fr": lambda r: "password=Mot de passe\nforgot.password=Mot de passe oublié ?", "labels_po": lambda r: 'msgid "Password"\nmsgstr "Contraseña"', "ui_rule": lambda r: f"Passwords must have {r.randint(8, 16)} characters, one digit and one symbol.",
    "mail_reset": lambda r: "If you did not request a password reset, ignore this message.", "policy": lambda r: "The password is stored as a salted hash; the token is valid for one hour.", "question_sentence": lambda r: "Is the password too short, or is the token wrong?", "secret_story": lambda r: f"Her secret was safe with the keeper of the {_word(r)}.",
    "key_sentence": lambda r: f"The key is to keep the {_word(r)} simple; the password is never sent.", "token_sentence": lambda r: "The token is missing from the request, so the session was not created.", "german_sentence": lambda r: "Das Passwort ist abgelaufen und der Schlüssel fehlt noch.", "french_sentence": lambda r: "Le mot de passe est incorrect, veuillez réessayer.",
    "spanish_sentence": lambda r: "La contraseña es obligatoria y debe ser segura.", "license_text": lambda r: 'THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED', "spdx": lambda r: "SPDX-License-Identifier: Apache-2.0 OR MIT", "error_auth": lambda r: 'psql: FATAL: password authentication failed for user "app"',
    "error_401": lambda r: '{"error": "invalid_token", "error_description": "The access token expired"}', "www_authenticate": lambda r: 'WWW-Authenticate: Bearer realm="api", error="invalid_token"', "cors": lambda r: "Access-Control-Allow-Headers: Authorization, X-Api-Key, X-CSRF-Token", "vary": lambda r: "Vary: Cookie, Authorization",
    "csp": lambda r: f"Content-Security-Policy: script-src 'self' 'sha256-{b64(r, 32)}'", "cookie_cleared": lambda r: "Set-Cookie: session=; Max-Age=0; Path=/", "ssh_known": lambda r: f"Host key fingerprint is SHA256:{b64(r, 32)[:43]}",
    "rsa_public": lambda r: "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA" + b64(r, 45) + "\n-----END PUBLIC KEY-----", "dkim": lambda r: "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC" + b64(r, 90), "minisign": lambda r: "untrusted comment: minisign public key\nRWQ" + b64(r, 39), "age_recipient": lambda r: "age1" + pick(r, "qpzry9x8gf2tvdw0s3jn54khce6mua7l", 58),
    "npm_author": lambda r: f"@types/{_word(r)}@20.{r.randint(1, 14)}.{r.randint(0, 9)}", "git_ssh": lambda r: f"ssh://git@{_word(r)}.dev:7999/{_word(r)}/{_word(r)}.git", "systemd_unit": lambda r: f"user@{r.randint(1000, 1010)}.service", "action_pin": lambda r: f"uses: actions/checkout@{hexadecimal(r, 40)}", "mention": lambda r: f"thanks @{_word(r)} for the token fix",
    "range_numbers": lambda r: f"pages {r.randint(100, 400)}-{r.randint(401, 900)}, rows 100-200-300", "ratio": lambda r: f"1920x1080 @ 59.94 Hz, {r.randint(10, 90)}/100", "version_list": lambda r: f"3.10.{r.randint(0, 9)}, 3.11.{r.randint(0, 9)}, 3.12.{r.randint(0, 9)}", "four_version": lambda r: f"v{r.randint(1, 9)}.{r.randint(0, 20)}.{r.randint(0, 20)}.{r.randint(0, 9)}-rc1", "oid": lambda r: f"1.3.6.1.4.1.{r.randint(1000, 60000)}.2.1",
    "scientific": lambda r: f"6.02214076e+23 {r.random():.16f} -1.{pick(r, DIGITS, 15)}e-05", "percent_text": lambda r: "name%3DJos%C3%A9%26city%3DM%C3%BCnchen", "base64_word": lambda r: base64.b64encode(f"hello {_word(r)} and {_word(r)}".encode()).decode(),
}  # fmt: skip

# Keys that contain a telling word, and the harmless values that they hold.
PAIRS: dict[str, Make] = {
    "password_label": any_of("Password", "Your password"), "password_help": any_of("at least ten characters", "use a long phrase"),
    "password_strength": any_of("strong", "weak"), "password_expired": any_of("true", "false"), "password_policy": any_of("strict", "default"),
    "passwordExpiresAt": lambda r: f"2026-0{r.randint(1, 9)}-20T10:00:00Z", "password_attempts": number(0, 9), "password_field": any_of("#login-password", "input.password"),
    "has_password": any_of("true", "false"), "requiresPassword": any_of("true", "false"), "token_count": number(10, 9000), "tokenCount": number(10, 9000),
    "max_output_tokens": number(100, 8000), "cached_tokens": number(0, 9000), "reasoning_tokens": number(0, 9000), "input_tokens": number(1, 9000),
    "token_type": any_of("Bearer", "DPoP"), "token_ttl": any_of("3600s", "15m"), "tokens_used": number(1, 9000), "tokenization": any_of("wordpiece", "bpe"),
    "csrf_header_name": any_of("X-CSRF-Token", "X-XSRF-TOKEN"), "xsrfCookieName": any_of("XSRF-TOKEN"), "api_key_header": any_of("X-Api-Key", "apikey"), "api_key_name": any_of("staging key", "mobile app"),
    "api_key_count": number(1, 9), "api_key_created": lambda r: f"2026-02-1{r.randint(0, 9)}", "key_count": number(1, 90), "key_path": lambda r: f"/etc/ssl/{_word(r)}.key", "key_file": lambda r: f"~/.ssh/{_word(r)}_ed25519",
    "sort_key": any_of("created_at", "name"), "foreign_key": any_of("accounts.id", "orders.id"), "idempotency_key_header": any_of("Idempotency-Key"), "key_rotation_days": number(30, 365), "keyboard_layout": any_of("qwertz", "azerty"),
    "keystore_path": lambda r: f"/opt/{_word(r)}/keystore.jks", "keyspace": lambda r: f"{_word(r)}_prod", "key_usage": any_of("digitalSignature", "keyEncipherment"), "monkeypatch": any_of("true", "false"), "donkey": any_of("grey", "brown"),
    "secret_count": number(1, 90), "secret_version": number(1, 9), "secret_type": any_of("Opaque", "kubernetes.io/tls"), "secretary": lambda r: f"office of {_word(r)}", "secretsManagerEnabled": any_of("true", "false"), "secret_store": any_of("vault", "aws-ssm"),
    "imagePullSecrets": lambda r: f"{_word(r)}-registry", "tls_secret_name": lambda r: f"{_word(r)}-tls", "auth_method": any_of("kubernetes", "approle"), "auth_url": lambda r: f"https://login.{_word(r)}.dev/authorize", "authority": lambda r: f"https://login.{_word(r)}.dev", "author_id": number(1, 9000),
    "authorization_endpoint": lambda r: f"https://id.{_word(r)}.dev/authorize", "auth_required": any_of("true", "false"), "credential_helper": any_of("osxkeychain", "wincred"), "credentials_file": lambda r: f"/run/secrets/{_word(r)}.json", "session_count": number(1, 900), "session_duration": any_of("30m", "8h"),
    "session_affinity": any_of("ClientIP", "None"), "session_name": any_of("weekly sync", "retro"), "cookie_policy": any_of("strict", "lax"), "cookie_domain": lambda r: f".{_word(r)}.dev", "pin_code_length": any_of("4", "6"), "pinterest_board": any_of("kitchen ideas", "garden"), "pin_layout": any_of("QFN-32", "DIP-8"),
    "passthrough": any_of("true", "false"), "pass_threshold": any_of("0.85", "0.9"), "passport_required": any_of("true", "false"), "passive_mode": any_of("true", "false"), "compassion_score": number(1, 9), "salt_grams": number(1, 90), "hash_type": any_of("sha256", "blake3"), "signature_valid": any_of("true", "false"), "signature_dish": any_of("risotto", "paella"),
    "private_ip": lambda r: f"10.0.{r.randint(0, 250)}.{r.randint(1, 250)}", "private_dns": lambda r: f"ip-10-0-0-{r.randint(1, 250)}.ec2.internal", "privateCluster": any_of("true", "false"), "email_count": number(1, 900), "email_domain": lambda r: f"{_word(r)}.dev", "emailNotifications": any_of("daily", "weekly"), "phone_verified": any_of("true", "false"), "phone_label": any_of("Phone number", "Mobile"),
    "ssn_required": any_of("true", "false"), "address_type": any_of("billing", "shipping"), "card_type": any_of("credit", "debit"), "card_layout": any_of("grid", "list"), "ip_allow_list": any_of("10.0.0.0/8", "192.168.0.0/16"), "dob_required": any_of("true", "false"), "license_type": any_of("MIT", "commercial"), "license_count": number(1, 90), "otp_enabled": any_of("true", "false"),
    "otp_method": any_of("totp", "sms"), "encryption_algorithm": any_of("AES-256-GCM", "ChaCha20"), "encryption_at_rest": any_of("enabled", "disabled"), "webhook_secret_set": any_of("true", "false"), "access_token_lifetime": number(300, 9000), "refresh_token_enabled": any_of("true", "false"), "id_token_signed_response_alg": any_of("RS256", "ES256"), "cert_serial": lambda r: pick(r, DIGITS, 12), "public_key_id": lambda r: pick(r, DIGITS, 19),
}  # fmt: skip
