"""Harmless MCP payloads as servers really send them: every one must come out unchanged."""

# ruff: noqa: E501  # texts stand as they are sent

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING, Any

from benchmarks.redaction.randomness import (
    ALNUM,
    DIGITS,
    FIRST,
    NOUNS,
    b64,
    hexadecimal,
    pick,
    sentence,
    uuid4,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

JSON = Any


def _text(text: str) -> JSON:
    return {"content": [{"type": "text", "text": text}], "isError": False}


def _time(rng: Random) -> str:
    return f"2026-0{rng.randint(1, 9)}-{rng.randint(10, 28)}T{rng.randint(10, 23)}:{rng.randint(10, 59)}:03.{pick(rng, DIGITS, 3)}Z"


def file_listing(rng: Random) -> JSON:
    rows = [
        f"-rw-r--r-- 1 {rng.choice(FIRST)} staff {rng.randint(9, 900000):>7} Mar {rng.randint(1, 28):>2} 10:14 {name}"
        for name in ("tokens.css", "password_reset.html", "keys.py", "secrets.md", "auth.ts", *words(rng, 12))
    ]
    return _text("\n".join([f"total {rng.randint(9, 999)}", *rows]))


def git_log(rng: Random) -> JSON:
    subjects = ("Rotate token cache", "Fix password field focus", "Add key repeat", "Document api key header", "Bump")
    return _text(
        "\n\n".join(
            f"commit {hexadecimal(rng, 40)}\nDate:   Tue Mar {rng.randint(1, 28)} 10:14:02 2026 +0100\n\n"
            f"    {rng.choice(subjects)} (#{rng.randint(10, 9999)})"
            for _ in range(8)
        )
    )


def git_diff(rng: Random) -> JSON:
    return _text(
        f"diff --git a/src/auth.py b/src/auth.py\nindex {hexadecimal(rng, 7)}..{hexadecimal(rng, 7)} 100644\n"
        "--- a/src/auth.py\n+++ b/src/auth.py\n@@ -10,7 +10,8 @@ def login(user, password):\n"
        "-    token = make_token(user)\n+    token = make_token(user, ttl=3600)\n+    check_password(password)\n"
        "     return Session(token=token)\n"
    )


def weather(rng: Random) -> JSON:
    hours = [
        {
            "time": f"2026-04-02T{hour:02}:00",
            "temperature_2m": round(rng.uniform(-5, 30), 1),
            "wind": rng.randint(0, 60),
        }
        for hour in range(24)
    ]
    return {
        "structuredContent": {"latitude": 48.137154, "longitude": 11.576124, "timezone": "Europe/Berlin", "h": hours}
    }


def sql_rows(rng: Random) -> JSON:
    rows = [
        {
            "order_id": rng.randint(100000, 999999),
            "customer_key": rng.randint(1, 99999),
            "sku": f"{pick(rng, ALNUM, 4).upper()}-{rng.randint(100, 999)}",
            "amount": f"{rng.randint(1, 9999)}.{pick(rng, DIGITS, 2)}",
            "created_at": _time(rng),
            "status": rng.choice(("paid", "open", "void")),
        }
        for _ in range(20)
    ]
    return {"structuredContent": {"rows": rows, "rowCount": len(rows), "command": "SELECT"}}


def sql_schema(rng: Random) -> JSON:
    return _text(
        "CREATE TABLE accounts (\n  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),\n  email text NOT NULL UNIQUE,\n"
        "  password_hash text NOT NULL,\n  api_key_id bigint REFERENCES api_keys (id),\n  session_count int DEFAULT 0,\n"
        f"  secret_question text,\n  token_version int NOT NULL DEFAULT {rng.randint(1, 9)},\n"
        "  phone varchar(32),\n  created_at timestamptz DEFAULT now()\n);"
    )


def search_results(rng: Random) -> JSON:
    hits = [
        {
            "title": f"How to rotate {rng.choice(NOUNS)} API keys",
            "url": f"https://docs.{rng.choice(NOUNS)}.dev/guides/{rng.choice(NOUNS)}?ref=search&page={rng.randint(1, 9)}",
            "snippet": f"{sentence(rng)} Never commit a password, a token or an API key to a repository.",
            "score": rng.random(),
        }
        for _ in range(8)
    ]
    return {"structuredContent": {"query": "rotate api key", "results": hits}}


def python_code(rng: Random) -> JSON:
    return _text(
        '"""Sessions."""\n\nimport os\nfrom secrets import token_urlsafe\n\nTOKEN_TTL = 3600\nPASSWORD_MIN_LENGTH = 12\n'
        'API_KEY_HEADER = "X-Api-Key"\n\n\ndef login(user: str, password: str) -> Session:\n'
        '    api_key = os.environ["API_KEY"]\n    secret = settings.SECRET_KEY\n    token = token_urlsafe(32)\n'
        "    if not verify_password(password, user.password_hash):\n        raise InvalidPassword(user)\n"
        f"    return Session(user, token=token, expires_in=TOKEN_TTL * {rng.randint(1, 9)})\n"
    )


def typescript_code(rng: Random) -> JSON:
    return _text(
        "export interface Credentials {\n  username: string;\n  password: string;\n  token?: string;\n}\n\n"
        "export const useAuth = ({ apiKey, secret }: Props) => {\n  const token = localStorage.getItem('token');\n"
        "  const [password, setPassword] = useState('');\n  const key = `${prefix}:${id}`;\n"
        f"  return fetch(`/api/{rng.choice(NOUNS)}?key=${{key}}`, {{ headers: {{ Authorization: `Bearer ${{token}}` }} }});\n}};\n"
    )


def go_code(rng: Random) -> JSON:
    return _text(
        'package auth\n\ntype Config struct {\n\tPassword string `json:"password"`\n\tToken    string `json:"token"`\n}\n\n'
        'func (c *Config) Validate() error {\n\tif c.Password == "" {\n\t\treturn errors.New("password is required")\n'
        f'\t}}\n\tkey := cfg.Get("{rng.choice(NOUNS)}")\n\tsecret := os.Getenv("SECRET")\n\treturn check(key, secret)\n}}\n'
    )


def terraform(rng: Random) -> JSON:
    return _text(
        'variable "db_password" {\n  type      = string\n  sensitive = true\n}\n\nresource "aws_db_instance" "main" {\n'
        f'  identifier = "{rng.choice(NOUNS)}"\n  password   = var.db_password\n  kms_key_id = aws_kms_key.main.arn\n}}\n'
    )


def kubernetes(rng: Random) -> JSON:
    return _text(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  uid: " + uuid4(rng) + "\n"
        f'  resourceVersion: "{rng.randint(10**6, 10**8)}"\nspec:\n  template:\n    spec:\n      serviceAccountName: web\n'
        "      automountServiceAccountToken: false\n      containers:\n      - name: web\n"
        f"        image: registry.local/web@sha256:{hexadecimal(rng, 64)}\n        env:\n        - name: DB_PASSWORD\n"
        "          valueFrom:\n            secretKeyRef:\n              name: db-credentials\n              key: password\n"
    )


def lock_file(rng: Random) -> JSON:
    packages = {
        f"node_modules/{name}": {
            "version": f"{rng.randint(0, 9)}.{rng.randint(0, 40)}.{rng.randint(0, 9)}",
            "resolved": f"https://registry.npmjs.org/{name}/-/{name}-1.0.0.tgz",
            "integrity": "sha512-" + b64(rng, 64),
        }
        for name in words(rng, 10)
    }
    return _text(json.dumps({"lockfileVersion": 3, "packages": packages}, indent=2))


def tools_list(rng: Random) -> JSON:
    schema = {
        "type": "object",
        "properties": {
            "username": {"type": "string", "description": "Login name"},
            "password": {"type": "string", "format": "password", "description": "The user's password", "minLength": 8},
            "api_key": {"type": "string", "title": "Api Key", "writeOnly": True},
            "token": {"anyOf": [{"type": "string"}, {"type": "null"}], "default": None},
            "max_tokens": {"type": "integer", "default": 1024},
            "email": {"type": "string", "format": "email"},
        },
        "required": ["username", "password"],
        "additionalProperties": False,
        "$schema": "https://json-schema.org/draft/2020-12/schema",
    }
    tools = [
        {"name": f"{verb}_{rng.choice(NOUNS)}", "description": sentence(rng), "inputSchema": schema}
        for verb in ("get", "set")
    ]
    return {"tools": tools, "nextCursor": "page-2"}


def html_page(rng: Random) -> JSON:
    return _text(
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sign in</title>'
        f'<link rel="stylesheet" href="/static/app.{hexadecimal(rng, 8)}.css" integrity="sha384-{b64(rng, 48)}"></head><body>'
        '<form action="/login" method="post"><label for="password">Password</label>'
        '<input id="password" type="password" name="password" placeholder="Your password" required>'
        '<a href="/password/reset">Forgot your password?</a><button data-key="submit">Sign in</button></form></body></html>'
    )


def stack_trace(rng: Random) -> JSON:
    return _text(
        "Traceback (most recent call last):\n"
        f'  File "/usr/lib/python3.12/site-packages/requests/adapters.py", line {rng.randint(10, 900)}, in send\n'
        "    raise ConnectionError(e, request=request)\n"
        f"requests.exceptions.ConnectionError: HTTPConnectionPool(host='localhost', port={rng.randint(1024, 9999)}): Max"
        f" retries exceeded (Caused by <urllib3.connection.HTTPConnection object at 0x7f{hexadecimal(rng, 10)}>)"
    )


def java_trace(rng: Random) -> JSON:
    return _text(
        "org.springframework.security.authentication.BadCredentialsException: Bad credentials\n"
        f"\tat o.s.s.a.dao.DaoAuthenticationProvider.authenticate(DaoAuthenticationProvider.java:{rng.randint(10, 300)})\n"
        f"\tat dev.app.token.TokenFilter.doFilter(TokenFilter.java:{rng.randint(10, 300)})\n\t... {rng.randint(5, 80)} more\n"
    )


def metrics(rng: Random) -> JSON:
    lines = [
        f'http_requests_total{{method="post",code="200",handler="/auth/token"}} {rng.randint(1, 10**7)} 17{pick(rng, DIGITS, 11)}'
        for _ in range(10)
    ]
    return _text("# HELP http_requests_total Requests.\n# TYPE http_requests_total counter\n" + "\n".join(lines))


def trace_spans(rng: Random) -> JSON:
    spans = [
        {
            "traceId": hexadecimal(rng, 32), "spanId": hexadecimal(rng, 16), "name": f"GET /{rng.choice(NOUNS)}",
            "startTimeUnixNano": f"17{pick(rng, DIGITS, 17)}", "attributes": {"http.status_code": 200, "llm.token_count": 81},
        }
        for _ in range(8)
    ]  # fmt: skip
    return {"structuredContent": {"spans": spans}}


def calendar(rng: Random) -> JSON:
    events = [
        {
            "summary": f"Review {rng.choice(NOUNS)}",
            "start": {"dateTime": _time(rng)},
            "id": pick(rng, "abcdefghij0123456789", 26),
        }
        for _ in range(6)
    ]
    return {"structuredContent": {"events": events, "nextSyncCursor": None}}


def issue_thread(rng: Random) -> JSON:
    return _text(
        f"#{rng.randint(1, 9999)} Login fails when the password contains a colon\n\n{sentence(rng)} The token is refreshed"
        " twice and the second request returns 401 Unauthorized. Expected: the session key is kept.\n\n"
        "Steps:\n1. Set a password with `:`\n2. Call `login(user, password)`\n3. See `InvalidTokenError: token expired`\n"
    )


def embedding(rng: Random) -> JSON:
    return {"structuredContent": {"model": "small", "embedding": [rng.uniform(-1, 1) for _ in range(128)]}}


def image_block(rng: Random) -> JSON:
    return {"content": [{"type": "image", "data": "iVBORw0KGgoAAAANSUhEUgAA" + b64(rng, 900), "mimeType": "image/png"}]}


def csv_file(rng: Random) -> JSON:
    rows = [f"{rng.randint(1, 999)},{rng.choice(NOUNS)},{rng.uniform(0, 99):.4f},{_time(rng)}" for _ in range(20)]
    return _text("station_id,name,reading,taken_at\n" + "\n".join(rows))


def tokenizer_config(rng: Random) -> JSON:
    return _text(
        json.dumps(
            {
                "bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "pad_token": None, "mask_token": "[MASK]",
                "model_max_length": rng.choice((2048, 4096)), "tokenizer_class": "LlamaTokenizer",
                "added_tokens_decoder": {"0": {"content": "<unk>", "special": True}, "1": {"content": "<s>", "special": True}},
            },
            indent=1,
        )
    )  # fmt: skip


def nginx_log(rng: Random) -> JSON:
    lines = [
        f'10.0.{rng.randint(0, 9)}.{rng.randint(1, 254)} - - [02/Apr/2026:10:14:{rng.randint(10, 59)} +0000] "GET /static/keys-'
        f'{hexadecimal(rng, 8)}.js HTTP/1.1" 200 {rng.randint(100, 99999)} "-" "Mozilla/5.0 (X11; Linux x86_64; rv:128.0)"'
        for _ in range(10)
    ]
    return _text("\n".join(lines))


def openapi(rng: Random) -> JSON:
    return _text(
        json.dumps(
            {
                "openapi": "3.1.0", "info": {"title": rng.choice(NOUNS), "version": "1.4.2"},
                "components": {"securitySchemes": {"ApiKeyAuth": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
                "bearerAuth": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}}},
                "security": [{"ApiKeyAuth": []}, {"bearerAuth": []}],
            }
        )
    )  # fmt: skip


BENIGN: tuple[Callable[[Random], JSON], ...] = (
    file_listing, git_log, git_diff, weather, sql_rows, sql_schema, search_results, python_code, typescript_code, go_code,
    terraform, kubernetes, lock_file, tools_list, html_page, stack_trace, java_trace, metrics, trace_spans, calendar,
    issue_thread, embedding, image_block, csv_file, tokenizer_config, nginx_log, openapi,
)  # fmt: skip


def benign(count: int, seed: int, makers: Iterable[Callable[[Random], JSON]] = BENIGN) -> list[tuple[str, JSON]]:
    """`count` payloads of each kind, with its name."""
    rng = Random(seed)
    return [(make.__name__, make(rng)) for make in makers for _ in range(count)]
