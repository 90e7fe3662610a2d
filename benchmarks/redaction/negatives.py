"""What looks sensitive and is not: values, snippets and key/value pairs that must come out as they went in."""

# ruff: noqa: E501, RUF001  # one look-alike a line

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

from benchmarks.redaction.randomness import (
    ALNUM,
    BASE32,
    BASE36,
    DIGITS,
    FIRST,
    NOUNS,
    UPPER,
    UPPER36,
    URLSAFE,
    b64,
    b64url,
    hexadecimal,
    luhn_valid,
    pick,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Make = Callable[[Random], str]


def _word(rng: Random) -> str:
    return rng.choice(NOUNS)


def _uuid7(rng: Random) -> str:
    text = f"019{hexadecimal(rng, 9)}7{hexadecimal(rng, 3)}{rng.choice('89ab')}{hexadecimal(rng, 15)}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _isbn13(rng: Random) -> str:
    body = "978" + pick(rng, DIGITS, 9)
    check = -sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(body)) % 10
    return f"978-{body[3]}-{body[4:7]}-{body[7:]}-{check}"


def _not_a_card(rng: Random) -> str:
    while luhn_valid(number := f"{rng.choice('789')}{pick(rng, DIGITS, 15)}"):
        pass
    return number


def _lines(text: str) -> str:
    return "\n".join(text[start : start + 64] for start in range(0, len(text), 64))


def _block(label: str, size: int) -> Make:
    return lambda rng: f"-----BEGIN {label}-----\n{_lines('MII' + b64(rng, size)[3:])}\n-----END {label}-----"


def _jwks(rng: Random) -> str:
    return json.dumps({"keys": [{"kty": "RSA", "kid": _word(rng), "use": "sig", "n": b64url(rng, 256), "e": "AQAB"}]})


def _cursor(rng: Random) -> str:
    return base64.b64encode(json.dumps({"offset": rng.randint(10, 5000), "order": "asc"}).encode()).decode()


def _hexdump(rng: Random) -> str:
    pairs = " ".join(hexadecimal(rng, 2) for _ in range(16))
    return f"00000{hexadecimal(rng, 2)}0  {pairs}  |................|"


def _vlq(rng: Random) -> str:
    return ";".join(",".join(pick(rng, "ACEGSWUQ", 4) for _ in range(4)) for _ in range(6))


VALUES: dict[str, Make] = {
    "uuid7": _uuid7,
    "object_id": lambda r: "66" + hexadecimal(r, 22),
    "snowflake": lambda r: "1" + pick(r, DIGITS, 18),
    "short_sha": lambda r: "commit " + hexadecimal(r, 7),
    "ksuid": lambda r: "2" + pick(r, ALNUM, 26),
    "index_line": lambda r: f"index {hexadecimal(r, 7)}..{hexadecimal(r, 7)} 100644",
    "integrity": lambda r: "sha512-" + b64(r, 64),
    "go_sum": lambda r: f"github.com/{_word(r)}/{_word(r)} v1.{r.randint(0, 40)}.0 h1:{b64(r, 32)}",
    "pip_hash": lambda r: f"--hash=sha256:{hexadecimal(r, 64)}",
    "cargo_checksum": lambda r: f'checksum = "{hexadecimal(r, 64)}"',
    "etag_weak": lambda r: f'W/"{hexadecimal(r, 6)}-{pick(r, ALNUM, 27)}"',
    "traceparent": lambda r: f"00-{hexadecimal(r, 32)}-{hexadecimal(r, 16)}-01",
    "pod_name": lambda r: f"{_word(r)}-{pick(r, BASE36, 10)}-{pick(r, BASE36, 5)}",
    "ssh_public": lambda r: f"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{b64(r, 32)[:43]} {_word(r)}",
    "ssh_fingerprint": lambda r: "SHA256:" + b64(r, 32).rstrip("="),
    "certificate": _block("CERTIFICATE", 500),
    "signing_request": _block("CERTIFICATE REQUEST", 300),
    "pgp_public": _block("PGP PUBLIC KEY BLOCK", 300),
    "jwks_public": _jwks,
    "documentation_ipv4": lambda r: f"{r.choice(('192.0.2', '198.51.100', '203.0.113'))}.{r.randint(1, 254)}",
    "documentation_ipv6": lambda r: f"2001:db8::{hexadecimal(r, 4)}",
    "loopback_port": lambda r: f"127.0.0.1:{r.randint(1024, 65000)}",
    "link_local": lambda r: f"169.254.{r.randint(1, 254)}.{r.randint(1, 254)}",
    "private_network": lambda r: f"172.{r.randint(16, 31)}.0.0/{r.randint(12, 24)}",
    "unique_local": lambda r: f"fd{hexadecimal(r, 2)}:{hexadecimal(r, 4)}::1",
    "null_mac": lambda r: "00:00:00:00:00:00",
    "broadcast_mac": lambda r: "ff:ff:ff:ff:ff:ff",
    "ssh_remote": lambda r: f"git@github.com:{_word(r)}/{_word(r)}.git",
    "retina_file": lambda r: f"{_word(r)}@2x.png",
    "npm_scope": lambda r: f"@{_word(r)}/{_word(r)}@{r.randint(1, 9)}.{r.randint(0, 30)}.{r.randint(0, 9)}",
    "decorator": lambda r: f"@{_word(r)}.get('/{_word(r)}')",
    "isbn": _isbn13,
    "digits16": _not_a_card,
    "tracking": lambda r: f"TRK{pick(r, DIGITS, 9)}{pick(r, UPPER, 2)}",
    "invoice": lambda r: f"INV-2026-{pick(r, DIGITS, 6)}",
    "epoch_ns": lambda r: f"17{pick(r, DIGITS, 17)}",
    "epoch_s": lambda r: f"17{pick(r, DIGITS, 8)}",
    "duration": lambda r: f"PT{r.randint(1, 20)}H{r.randint(1, 59)}M",
    "date": lambda r: f"2026-{r.randint(1, 12):02}-{r.randint(1, 28):02}",
    "date_european": lambda r: f"{r.randint(1, 28):02}.{r.randint(1, 12):02}.2026",
    "cron": lambda r: f"*/{r.randint(2, 30)} 0-{r.randint(3, 9)} * * 1",
    "floats": lambda r: ", ".join(f"{r.uniform(-1, 1):.12f}" for _ in range(6)),
    "geojson": lambda r: f"[[{r.uniform(-180, 180):.7f}, {r.uniform(-90, 90):.7f}], [{r.uniform(-180, 180):.7f}, 4.5]]",
    "font_base64": lambda r: "data:font/woff2;base64,d09GMgABAAAAA" + b64(r, 300),
    "svg_base64": lambda r: "data:image/svg+xml;base64," + base64.b64encode(
        f'<svg xmlns="http://www.w3.org/2000/svg"><path d="M{r.randint(1, 99)} 2z"/></svg>'.encode()).decode(),
    "hexdump": _hexdump,
    "hex_constant": lambda r: "0x" + hexadecimal(r, 8).upper(),
    "doi": lambda r: f"doi:10.{r.randint(1000, 9999)}/{_word(r)}.{r.randint(1000, 9999)}",
    "s3_path": lambda r: f"s3://{_word(r)}-{_word(r)}/year=2026/part-{pick(r, DIGITS, 5)}.snappy.parquet",
    "arn": lambda r: f"arn:aws:iam::aws:policy/{_word(r).title()}{_word(r).title()}Access",
    "secret_arn": lambda r: f"arn:aws:secretsmanager:eu-west-1:aws:secret:prod/{_word(r)}-{pick(r, ALNUM, 6)}",
    "gcp_secret_path": lambda r: f"projects/{_word(r)}/secrets/db-password/versions/{r.randint(1, 9)}",
    "sql_placeholder": lambda r: f"SELECT id, password_hash FROM {_word(r)} WHERE password = ? AND token = %s",
    "format_string": lambda r: f"user=%s password=%s host={_word(r)}",
    "f_string": lambda r: "url = f'https://{host}/?token={token}&key={key}'",
    "actions_secret": lambda r: "API_KEY: ${{ secrets.API_KEY }}",
    "node_env": lambda r: "const apiKey = process.env.API_KEY;",
    "python_env": lambda r: 'password = os.environ["DB_PASSWORD"]',
    "helm_value": lambda r: "password: {{ .Values.db.password | quote }}",
    "op_reference": lambda r: f"op://{_word(r)}/{_word(r)}/password",
    "vault_reference": lambda r: f"vault:secret/data/{_word(r)}#password",
    "masked_stars": lambda r: "password: ********",
    "masked_word": lambda r: "api_key: [REDACTED]",
    "type_annotation": lambda r: "def login(user: str, password: str, token: str | None = None) -> Session: ...",
    "type_script_field": lambda r: "interface Login { password: string; apiKey?: string; token: Token }",
    "function_call": lambda r: "password = get_password(user)",
    "attribute_access": lambda r: "token = self.config.token",
    "log_expired": lambda r: "ERROR token expired, refresh required",
    "log_invalid": lambda r: "authentication failed: invalid password for user",
    "ui_label": lambda r: "Password must contain at least 8 characters.",
    "help_text": lambda r: "  --password-stdin   take the password from standard input",
    "html_password_field": lambda r: '<input type="password" name="password" autocomplete="current-password">',
    "css_rule": lambda r: ".token.keyword { color: #07a; } .secret-panel { display: none }",
    "idiom": lambda r: "The secret of a good sauce is the basic stock; the bearer of the tray knows the key.",
    "swift_code": lambda r: "BIC " + pick(r, UPPER, 4) + "DEFF" + "XXX",
    "money": lambda r: f"{r.randint(1, 9)},{pick(r, DIGITS, 3)},{pick(r, DIGITS, 3)}.{pick(r, DIGITS, 2)} EUR",
    "build_number": lambda r: f"version 10.0.{r.randint(17000, 22999)}.{r.randint(300, 4000)}",
    "windows_path": lambda r: f"C:\\Users\\Public\\{_word(r)}\\{_word(r)}.dll",
    "chunk_file": lambda r: f"main.{hexadecimal(r, 20)}.chunk.js",
    "source_map": _vlq,
    "css_class": lambda r: f"css-{pick(r, BASE36, 7)}-{_word(r)}",
    "dna": lambda r: pick(r, "ACGT", 60),
    "chess": lambda r: "rnbqkbnr/pppppppp/8/8/4P3/8/PPPP1PPP/RNBQKBNR b KQkq e3 0 1",
    "smiles": lambda r: "CC(C)Cc1ccc(cc1)[C@@H](C)C(=O)O",
    "placeholder_upper": lambda r: "token=YOUR_ACCESS_TOKEN_HERE",
    "placeholder_dots": lambda r: "export API_KEY=...",
    "placeholder_dollar": lambda r: "curl -H 'Authorization: Bearer $ACCESS_TOKEN' https://api.local/v1",
    "camel_identifiers": lambda r: "getAccessTokenFromRefreshTokenProviderFactoryBean",
    "long_constant": lambda r: "MAX_NUMBER_OF_PASSWORD_ATTEMPTS_BEFORE_ACCOUNT_LOCKOUT",
    "url_encoded_text": lambda r: "q=caf%C3%A9+au+lait%21&lang=fr",
    "github_url": lambda r: f"https://github.com/{_word(r)}/{_word(r)}/blob/{hexadecimal(r, 40)}/src/main.py#L{r.randint(1, 99)}",
    "youtube_url": lambda r: f"https://www.youtube.com/watch?v={pick(r, URLSAFE, 11)}&t=42s",
    "docs_url": lambda r: f"https://docs.{_word(r)}.dev/auth/tokens?section=api-key#password-reset",
    "emoji_text": lambda r: "Deploy klar 🚀 – größer, schöner, ñandú; 完了しました。",
    "ansi": lambda r: "\x1b[32mPASS\x1b[0m tests/test_token.py::test_password_is_masked",
    "latex": lambda r: r"\frac{\partial u}{\partial t} = \alpha \nabla^2 u",
    "regex": lambda r: r"^(?=.*[A-Z])(?=.*\d)[A-Za-z\d@$!%*?&]{8,}$",
}  # fmt: skip


def _number(low: int, high: int) -> Make:
    return lambda rng: str(rng.randint(low, high))


def _any(*values: str) -> Make:
    return lambda rng: rng.choice(values)


# Keys that contain a telling word, and the harmless values that they hold.
PAIRS: dict[str, Make] = {
    "token_limit": _number(1000, 200000),
    "total_tokens": _number(100, 90000),
    "prompt_tokens": _number(100, 90000),
    "completionTokens": _number(100, 90000),
    "tokens_per_second": _number(10, 400),
    "progressToken": _number(1, 99999),
    "stop_token_id": _number(1, 50000),
    "eos_token": _any("</s>", "<|endoftext|>"),
    "pad_token": _any("[PAD]", "<pad>"),
    "unk_token": _any("<unk>", "[UNK]"),
    "tokenizer_class": _any("LlamaTokenizerFast", "BertTokenizer"),
    "token_expires_in": _number(60, 86400),
    "token_endpoint": lambda r: f"https://auth.{_word(r)}.dev/oauth/token",
    "token_endpoint_auth_method": _any("client_secret_basic", "private_key_jwt"),
    "nextCursor": _cursor,
    "partition_key": lambda r: f"tenant#{r.randint(1, 999)}",
    "cache_key": lambda r: f"{_word(r)}:{r.randint(1, 99)}:summary",
    "object_key": lambda r: f"reports/2026/{_word(r)}.csv",
    "public_key": lambda r: f"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{b64(r, 32)[:43]}",
    "hotkey": _any("Ctrl+Shift+P", "Cmd+K"),
    "keyframes": _any("fade-in 200ms", "slide 1s"),
    "monkey": _any("capuchin", "macaque"),
    "turkey": _any("ankara", "izmir"),
    "answer_key": _any("B, C, A, D", "A, A, B, D"),
    "translation_key": lambda r: f"home.{_word(r)}.title",
    "key_size": _any("2048", "4096"),
    "key_type": _any("RSA", "EC"),
    "passage": lambda r: f"the {_word(r)} of {_word(r)}",
    "compass": _any("north-east", "south"),
    "bypass_cache": _any("true", "false"),
    "pass_rate": lambda r: f"0.{pick(r, DIGITS, 3)}1",
    "passengers": _number(1, 400),
    "password_changed_at": lambda r: f"2026-0{r.randint(1, 9)}-1{r.randint(0, 9)}T08:30:00Z",
    "password_min_length": _number(8, 20),
    "passwordResetUrl": lambda r: f"https://{_word(r)}.dev/account/reset-password",
    "forgot_password_label": _any("Passwort vergessen?", "Forgot your password?"),
    "secret_name": lambda r: f"prod/{_word(r)}/db",
    "is_secret": _any("false", "true"),
    "secret_santa": _any("december", "party at noon"),
    "secretKeyRef": lambda r: f"{_word(r)}-credentials",
    "auth_type": _any("oauth2", "basic", "none"),
    "auth_provider": _any("github", "okta"),
    "authenticated": _any("true", "false"),
    "authors": lambda r: f"{r.choice(FIRST)} and {r.choice(FIRST)}",
    "oauth_scopes": _any("read:user repo", "openid profile"),
    "credential_type": _any("service principal", "managed identity"),
    "cookie_consent": _any("accepted", "rejected"),
    "session_timeout": _number(300, 7200),
    "session_title": _any("Keynote: the road ahead", "Opening remarks"),
    "pin_count": _number(2, 64),
    "pinned": _any("true", "false"),
    "spin_rate": _number(1200, 3000),
    "email_verified": _any("true", "false"),
    "email_template": _any("welcome_v2", "invoice_reminder"),
    "email_subject": _any("Your invoice for March", "Welcome aboard"),
    "phone_type": _any("mobile", "landline"),
    "card_brand": _any("visa", "mastercard"),
    "cardinality": _number(2, 9000),
    "ip_version": _any("4", "6"),
    "iban_supported": _any("true", "false"),
    "signature_algorithm": _any("RS256", "ES384"),
    "salt_type": _any("kosher", "sea"),
    "hash_algorithm": _any("SHA-256", "bcrypt"),
    "access_level": _any("read-only", "maintainer"),
    "api_version": _any("2026-01-15", "v1beta1"),
    "api_key_required": _any("true", "false"),
    "private_repo": _any("true", "false"),
    "keywords": lambda r: f"{_word(r)}, {_word(r)}, {_word(r)}",
    "csrf_enabled": _any("true", "false"),
    "license_key_format": _any("XXXX-XXXX-XXXX", "four groups of five"),
    "otp_length": _any("6", "8"),
    "base32_alphabet": lambda r: BASE32,
    "sku": lambda r: f"{pick(r, UPPER36, 4)}-{pick(r, UPPER36, 6)}",
}  # fmt: skip
