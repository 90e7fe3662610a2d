"""Further harmless payloads, of other servers than the first profile's: every one must come out unchanged."""

# ruff: noqa: E501  # texts stand as they are sent

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from benchmarks.redaction.benign import _text as text
from benchmarks.redaction.benign import _time as moment
from benchmarks.redaction.randomness import (
    ALNUM,
    DIGITS,
    NOUNS,
    URLSAFE,
    b64,
    hexadecimal,
    pick,
    sentence,
    uuid4,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

JSON = Any


def docker_ps(rng: Random) -> JSON:
    head = "CONTAINER ID   IMAGE                COMMAND                  CREATED        STATUS       PORTS                    NAMES"
    rows = [
        f'{hexadecimal(rng, 12)}   {name}:1.{rng.randint(0, 20)}   "docker-entrypoint.s…"   {rng.randint(2, 20)} hours ago   Up 2 hours   0.0.0.0:{rng.randint(2000, 9000)}->80/tcp   {name}-1'
        for name in words(rng, 8)
    ]
    return text("\n".join([head, *rows]))


def kubectl_pods(rng: Random) -> JSON:
    rows = [
        f"prod   {name}-{hexadecimal(rng, 10)}-{pick(rng, 'bcdfghjklm', 5)}   1/1   Running   0   {rng.randint(2, 90)}d   10.42.{rng.randint(0, 9)}.{rng.randint(2, 250)}"
        for name in ("vault-agent", "token-service", "secrets-operator", *words(rng, 6))
    ]
    return text("\n".join(["NAMESPACE   NAME   READY   STATUS   RESTARTS   AGE   IP", *rows]))


def pytest_run(rng: Random) -> JSON:
    tests = (
        "test_login_rejects_a_wrong_password",
        "test_token_expires",
        "test_api_key_is_hashed",
        "test_secret_is_masked",
    )
    rows = [f"tests/test_auth.py::{name} PASSED [{rng.randint(1, 99):>3}%]" for name in tests]
    return text("\n".join(["===== test session starts =====", *rows, f"===== 4 passed in {rng.random():.2f}s ====="]))


def java_code(rng: Random) -> JSON:
    return text(
        '@RestController\npublic class LoginController {\n  private final TokenService tokens;\n\n  @Value("${app.api-key}")\n'
        '  private String apiKey;\n\n  @PostMapping("/login")\n  public Token login(@RequestParam String user, @RequestParam String password) {\n'
        "    var session = tokens.open(user, password);\n    return new Token(session.getToken(), Duration.ofMinutes("
        f"{rng.randint(5, 60)}));\n  }}\n}}\n"
    )


def csharp_code(rng: Random) -> JSON:
    return text(
        "builder.Services.AddAuthentication().AddJwtBearer(o =>\n{\n    o.TokenValidationParameters = new TokenValidationParameters\n    {\n"
        '        ValidateIssuer = true,\n        IssuerSigningKey = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(config["Jwt:Key"])),\n'
        f"        ClockSkew = TimeSpan.FromSeconds({rng.randint(1, 90)}),\n    }};\n}});\n"
    )


def rust_code(rng: Random) -> JSON:
    return text(
        "impl Client {\n    pub fn new(token: impl Into<String>, password: Option<&str>) -> Self {\n        let token = token.into();\n"
        '        let key = std::env::var("API_KEY").unwrap_or_default();\n        let secret: Secret<String> = Secret::new(key);\n'
        f"        Self {{ token, secret, password: password.map(str::to_owned), retries: {rng.randint(1, 9)} }}\n    }}\n}}\n"
    )


def react_form(rng: Random) -> JSON:
    return text(
        '<Form.Item label="Password" name="password" rules={[{ required: true, message: "Please enter your password" }]}>\n'
        f'  <Input.Password autoComplete="new-password" maxLength={{{rng.randint(20, 90)}}} />\n</Form.Item>\n'
        '<Form.Item label="API key" name="apiKey"><Input placeholder="Paste your API key" /></Form.Item>'
    )


def translations(rng: Random) -> JSON:
    labels = {
        "login": {"password": "Passwort", "forgot_password": "Passwort vergessen?", "token": "Zugangscode", "email": "E-Mail-Adresse"},
        "errors": {"invalid_password": "Das Passwort ist falsch.", "token_expired": "Die Sitzung ist abgelaufen.", "n": str(rng.randint(1, 9))},
    }  # fmt: skip
    return {"structuredContent": {"locale": "de", "messages": labels}}


def helm_values(rng: Random) -> JSON:
    return text(
        "auth:\n  enabled: true\n  existingSecret: db-credentials\n  secretKeys:\n    adminPasswordKey: postgres-password\n    userPasswordKey: password\n"
        f'  password: ""\n  usePasswordFiles: true\nreplicaCount: {rng.randint(1, 9)}\nserviceAccount:\n  automountServiceAccountToken: false\n'
    )


def workflow(rng: Random) -> JSON:
    return text(
        f"name: release\non: push\npermissions:\n  id-token: write\njobs:\n  publish:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@{hexadecimal(rng, 40)}\n"
        "      - run: npm publish\n        env:\n          NODE_AUTH_TOKEN: ${{ secrets.NPM_TOKEN }}\n      - uses: docker/login-action@v3\n        with:\n"
        "          username: ${{ github.actor }}\n          password: ${{ secrets.GITHUB_TOKEN }}\n"
    )


def readme(rng: Random) -> JSON:
    return text(
        f"# {rng.choice(NOUNS)}\n\n## Configuration\n\n| Variable | Default | Description |\n|---|---|---|\n| `API_KEY` | - | Your API key (required) |\n"
        "| `DB_PASSWORD` | - | Password of the database |\n| `TOKEN_TTL` | `3600` | Seconds until a token expires |\n\n```sh\nexport API_KEY=<your-api-key>\n"
        'docker run -e DB_PASSWORD="$DB_PASSWORD" app\n```\n'
    )


def pull_requests(rng: Random) -> JSON:
    rows = [
        {
            "id": rng.randint(10**8, 10**9), "node_id": f"PR_kwDO{pick(rng, URLSAFE, 18)}", "number": rng.randint(1, 9000),
            "title": rng.choice(("Rotate signing keys", "Hide password in logs", "Token bucket limiter")), "head": {"sha": hexadecimal(rng, 40)},
            "html_url": f"https://github.com/{rng.choice(NOUNS)}/{rng.choice(NOUNS)}/pull/{rng.randint(1, 900)}", "created_at": moment(rng), "locked": False,
        }
        for _ in range(5)
    ]  # fmt: skip
    return {"structuredContent": {"items": rows, "total_count": len(rows), "incomplete_results": False}}


def shop_orders(rng: Random) -> JSON:
    rows = [
        {
            "id": f"ord_{pick(rng, ALNUM, 14)}", "customer": f"cus_{pick(rng, ALNUM, 14)}", "payment_intent": f"pi_3{pick(rng, ALNUM, 23)}",
            "ean": f"40{pick(rng, DIGITS, 11)}", "total": f"{rng.randint(1, 900)}.{pick(rng, DIGITS, 2)}", "card_brand": "visa", "placed": moment(rng),
        }
        for _ in range(8)
    ]  # fmt: skip
    return {"structuredContent": {"orders": rows, "has_more": True}}


def usage_report(rng: Random) -> JSON:
    usage = {"input_tokens": rng.randint(1, 9000), "output_tokens": rng.randint(1, 9000), "cache_read_input_tokens": 0}
    return {"structuredContent": {"id": f"msg_01{pick(rng, ALNUM, 22)}", "usage": usage, "stop_reason": "max_tokens"}}


def file_tree(rng: Random) -> JSON:
    return text(
        f"src\n├── auth\n│   ├── password.ts\n│   ├── token.service.ts\n│   └── secrets.d.ts\n├── {rng.choice(NOUNS)}\n│   └── key-value-store.ts\n└── index.{hexadecimal(rng, 8)}.js\n\n3 directories, 5 files"
    )


def changelog(rng: Random) -> JSON:
    return text(
        f"## 2.{rng.randint(0, 40)}.0 (2026-03-1{rng.randint(0, 9)})\n\n### Features\n\n* **auth:** allow a password of 128 characters ([{hexadecimal(rng, 7)}](https://github.com/a/b/commit/{hexadecimal(rng, 40)}))\n"
        "* **cli:** `--token-file` reads the token from a file\n\n### Bug Fixes\n\n* secret: the key is no longer logged\n"
    )


def terraform_plan(rng: Random) -> JSON:
    return text(
        f'  # aws_db_instance.{rng.choice(NOUNS)} will be created\n  + resource "aws_db_instance" "main" {{\n      + password = (sensitive value)\n'
        '      + username = "app"\n      + kms_key_id = (known after apply)\n    }\n\nPlan: 1 to add, 0 to change, 0 to destroy.'
    )


def notebook(rng: Random) -> JSON:
    outputs = [{"output_type": "display_data", "data": {"image/png": "iVBORw0KGgoAAAANSUhEUgAA" + b64(rng, 400)}}]
    cell = {
        "cell_type": "code",
        "id": hexadecimal(rng, 8),
        "source": ["tokens = tokenizer(text)\n", "len(tokens)"],
        "outputs": outputs,
    }
    return text(json.dumps({"cells": [cell], "nbformat": 4, "metadata": {"kernelspec": {"name": "python3"}}}))


def wiki_page(rng: Random) -> JSON:
    return text(
        f"{sentence(rng)} A password manager stores secrets behind one master password. In cryptography, a key is a parameter; a token is"
        f" an object that stands for an identity. {sentence(rng)} Basic authentication sends a user name and a password with every request."
    )


def vector_hits(rng: Random) -> JSON:
    hits = [{"id": uuid4(rng), "score": rng.random(), "metadata": {"chunk": n, "source": f"{rng.choice(NOUNS)}.pdf", "page": rng.randint(1, 90)}} for n in range(6)]  # fmt: skip
    return {"structuredContent": {"matches": hits, "namespace": "", "usage": {"readUnits": 6}}}


BENIGN: tuple[Callable[[Random], JSON], ...] = (
    docker_ps, kubectl_pods, pytest_run, java_code, csharp_code, rust_code, react_form, translations, helm_values, workflow,
    readme, pull_requests, shop_orders, usage_report, file_tree, changelog, terraform_plan, notebook, wiki_page, vector_hits,
)  # fmt: skip
