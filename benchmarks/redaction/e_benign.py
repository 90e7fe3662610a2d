"""Profile E, harmless payloads: whole results of servers and tools of every working day that must come out unchanged."""

# ruff: noqa: E501, PLR2004  # results read as their tools print them

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from benchmarks.redaction.e_carriers import fill
from benchmarks.redaction.randomness import BASE36, NOUNS, hexadecimal, pick, sentence, uuid4

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Make = Callable[[Random], Any]


def _said(text: str) -> dict[str, Any]:
    return {"content": [{"type": "text", "text": text}], "isError": False}


def _lines(rng: Random, template: str, count: int) -> str:
    return "\n".join(fill(rng, template, "", "") for _ in range(count))


def _filled(template: str) -> Make:
    return lambda rng: _said(fill(rng, template, "", ""))


def _repeated(head: str, template: str, low: int, high: int) -> Make:
    return lambda rng: _said(head + _lines(rng, template, rng.randint(low, high)))


def _when(rng: Random) -> str:
    return f"2026-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}T{rng.randint(8, 19):02}:{rng.randint(10, 59)}:00Z"


def issue_search(rng: Random) -> dict[str, Any]:
    """The answer of an issue tracker to a search."""
    issues = [
        {
            "id": str(rng.randint(10_000, 99_999)),
            "key": f"OPS-{rng.randint(10, 4000)}",
            "fields": {
                "summary": rng.choice(
                    (
                        "Password reset mail is not sent",
                        "Token refresh fails after sleep",
                        "Export hangs at 90%",
                        "Wrong VAT on credit notes",
                    )
                ),
                "status": {"name": rng.choice(("Open", "In Progress", "Done"))},
                "priority": {"name": rng.choice(("High", "Medium"))},
                "labels": [rng.choice(NOUNS), "backend"],
                "updated": _when(rng),
                "timespent": rng.randint(600, 90_000),
            },
        }
        for _ in range(rng.randint(2, 6))
    ]
    return {"startAt": 0, "maxResults": 50, "total": len(issues), "issues": issues}


def repository_search(rng: Random) -> dict[str, Any]:
    """Hits of a code search."""
    hits = [
        {
            "path": f"src/{rng.choice(NOUNS)}/{rng.choice(('auth', 'session', 'token_store', 'password_form'))}.ts",
            "sha": hexadecimal(rng, 40),
            "score": round(rng.random() * 20, 4),
            "fragment": "const { password } = form.values; await signIn(password);",
        }
        for _ in range(rng.randint(2, 5))
    ]
    return {"total_count": len(hits), "incomplete_results": False, "items": hits}


def customer_orders(rng: Random) -> dict[str, Any]:
    """Order lines without any person."""
    return {
        "orders": [
            {
                "order_id": rng.randint(100_000, 999_999),
                "sku": f"{rng.choice(NOUNS)[:3].upper()}-{rng.randint(1000, 9999)}-{rng.choice('SML')}",
                "quantity": rng.randint(1, 12),
                "unit_price": round(rng.uniform(3, 240), 2),
                "currency": "EUR",
                "status": rng.choice(("paid", "shipped", "returned")),
                "warehouse": rng.choice(NOUNS),
                "shipped_at": _when(rng),
            }
            for _ in range(rng.randint(3, 9))
        ],
        "next_page": None,
    }


def finance_table(rng: Random) -> dict[str, Any]:
    """A profit-and-loss sheet."""
    rows = [
        [month, round(rng.uniform(8e4, 4e5), 2), round(rng.uniform(4e4, 2e5), 2), f"{rng.uniform(-8, 22):.1f}%"]
        for month in ("Jan", "Feb", "Mar", "Apr", "May", "Jun")
    ]
    return {
        "spreadsheet": "P&L 2026",
        "range": "Summary!A1:D7",
        "values": [["Month", "Revenue", "Cost of sales", "Growth"], *rows],
    }


def ledger_csv(rng: Random) -> dict[str, Any]:
    """Postings of a general ledger."""
    rows = [
        f"2026-{rng.randint(1, 12):02}-{rng.randint(1, 28):02},{rng.randint(400000, 899999)},{rng.choice(NOUNS)} {rng.choice(('rent', 'licences', 'travel', 'freight'))},{rng.uniform(10, 9000):.2f},EUR"
        for _ in range(rng.randint(4, 12))
    ]
    return _said("posting_date,gl_account,text,amount,currency\n" + "\n".join(rows))


def monitoring_series(rng: Random) -> dict[str, Any]:
    """A time series of a monitoring server."""
    start = rng.randint(1_767_000_000, 1_790_000_000)
    values = [[start + 60 * step, f"{rng.uniform(0, 400):.3f}"] for step in range(rng.randint(5, 20))]
    metric = {
        "__name__": "auth_token_refresh_total",
        "job": rng.choice(NOUNS),
        "instance": f"10.2.{rng.randint(0, 255)}.{rng.randint(1, 254)}:9100",
    }
    return {"status": "success", "data": {"resultType": "matrix", "result": [{"metric": metric, "values": values}]}}


def kubernetes_events(rng: Random) -> dict[str, Any]:
    """What the cluster says about its pods."""
    rows = [
        f"{rng.randint(1, 59)}m   {rng.choice(('Normal', 'Warning'))}   {rng.choice(('Pulled', 'BackOff', 'FailedMount', 'Scheduled'))}   pod/{rng.choice(NOUNS)}-{hexadecimal(rng, 9)}-{pick(rng, BASE36, 5)}   {rng.choice(('Successfully pulled image', 'MountVolume.SetUp failed for volume db-credentials: secret not found', 'Back-off restarting failed container'))}"
        for _ in range(rng.randint(3, 10))
    ]
    return _said("LAST SEEN   TYPE   REASON   OBJECT   MESSAGE\n" + "\n".join(rows))


def object_listing(rng: Random) -> dict[str, Any]:
    """Objects of a bucket."""
    return {
        "Name": f"{rng.choice(NOUNS)}-exports",
        "Contents": [
            {
                "Key": f"daily/2026-{rng.randint(1, 12):02}/{rng.choice(NOUNS)}.parquet",
                "LastModified": _when(rng),
                "ETag": f'"{hexadecimal(rng, 32)}"',
                "Size": rng.randint(900, 90_000_000),
                "StorageClass": "STANDARD",
            }
            for _ in range(rng.randint(2, 7))
        ],
    }


def stack_status(rng: Random) -> dict[str, Any]:
    """Resources of a stack in the cloud."""
    return {
        "StackResources": [
            {
                "LogicalResourceId": f"{rng.choice(NOUNS).title()}{rng.choice(('Secret', 'Role', 'Queue', 'UserPool'))}",
                "ResourceType": rng.choice(("AWS::SecretsManager::Secret", "AWS::IAM::Role", "AWS::SQS::Queue")),
                "ResourceStatus": "CREATE_COMPLETE",
                "Timestamp": _when(rng),
                "DriftStatus": "NOT_CHECKED",
            }
            for _ in range(rng.randint(2, 6))
        ]
    }


def page_accessibility(rng: Random) -> dict[str, Any]:
    """A browser's view of an empty sign-in form."""
    return _said(
        f'- Page URL: https://portal.{rng.choice(NOUNS)}.internal/login\n- Page Title: Sign in\n- heading "Sign in" [level=1] [ref=e2]\n'
        '- textbox "Email" [ref=e4]\n- textbox "Password" [ref=e5]\n- checkbox "Remember me" [ref=e6]\n- link "Forgot your password?" [ref=e7]\n- button "Log in" [ref=e8]'
    )


def database_columns(rng: Random) -> list[dict[str, Any]]:
    """Columns of a table of users."""
    names = ("id", "email", "password_hash", "reset_token", "phone", "date_of_birth", "api_key_id", "created_at")
    return [
        {
            "table": f"{rng.choice(NOUNS)}_users",
            "column": name,
            "type": rng.choice(("text", "uuid", "timestamp")),
            "nullable": rng.random() < 0.5,
            "ordinal": number,
        }
        for number, name in enumerate(names, start=1)
    ]


def query_counts(rng: Random) -> dict[str, Any]:
    """Grouped counts of a database."""
    return {
        "rowCount": 4,
        "rows": [
            {"country": code, "customers": rng.randint(10, 90_000), "avg_basket": round(rng.uniform(9, 180), 2)}
            for code in ("DE", "FR", "US", "BR")
        ],
    }


def llm_completion(rng: Random) -> dict[str, Any]:
    """What a model's provider counted."""
    used = rng.randint(100, 9000)
    return {
        "id": f"resp_{hexadecimal(rng, 24)}",
        "model": "gpt-5-mini",
        "usage": {
            "input_tokens": used,
            "output_tokens": rng.randint(5, 900),
            "total_tokens": used * 2,
            "cached_tokens": 0,
        },
        "output_text": sentence(rng),
        "stop_reason": "end_turn",
    }


def tool_listing(rng: Random) -> dict[str, Any]:
    """Tools of a server with fields for secrets."""
    return {
        "tools": [
            {
                "name": "rotate_secret",
                "description": "Rotates a secret in the vault and returns its new version number.",
                "inputSchema": {
                    "type": "object",
                    "properties": {"secret_name": {"type": "string"}, "dry_run": {"type": "boolean", "default": True}},
                    "required": ["secret_name"],
                },
            },
            {
                "name": "create_user",
                "description": "Creates a user. The password is sent by mail.",
                "inputSchema": {
                    "type": "object",
                    "properties": {
                        "email": {"type": "string", "format": "email"},
                        "password": {"type": "string", "minLength": rng.choice((8, 12))},
                    },
                },
            },
        ]
    }


def room_calendar(rng: Random) -> list[dict[str, Any]]:
    """Meetings without guests."""
    return [
        {
            "title": rng.choice(("Stand-up", "Budget review", "Password policy workshop", "Sprint planning")),
            "start": _when(rng),
            "minutes": rng.choice((15, 30, 60)),
            "room": f"{rng.choice(NOUNS).title()} 3.{rng.randint(10, 40)}",
            "recurrence": "FREQ=WEEKLY;BYDAY=MO",
        }
        for _ in range(rng.randint(2, 6))
    ]


def lint_report(rng: Random) -> list[dict[str, Any]]:
    """Findings of a scanner that quotes nothing."""
    return [
        {
            "ruleId": rng.choice(("generic-api-key", "no-unused-vars", "S105")),
            "file": f"src/{rng.choice(NOUNS)}.py",
            "line": rng.randint(2, 400),
            "message": "Possible hard-coded password, value withheld",
            "severity": "high",
            "fingerprint": hexadecimal(rng, 64),
        }
        for _ in range(rng.randint(1, 5))
    ]


def deployments(rng: Random) -> dict[str, Any]:
    """Deployments of a hosting service."""
    return {
        "deployments": [
            {
                "uid": f"dpl_{uuid4(rng)}",
                "name": rng.choice(NOUNS),
                "state": rng.choice(("READY", "ERROR", "BUILDING")),
                "target": "production",
                "meta": {"githubCommitSha": hexadecimal(rng, 40), "githubCommitMessage": "Move API key to env"},
                "buildingAt": rng.randint(1_767_000_000_000, 1_790_000_000_000),
            }
            for _ in range(rng.randint(1, 4))
        ]
    }


def campaign_report(rng: Random) -> dict[str, Any]:
    """Numbers of a mailing."""
    sent = rng.randint(900, 80_000)
    return {
        "campaign": f"{rng.choice(NOUNS).title()} newsletter",
        "emails_sent": sent,
        "opens": sent // 3,
        "clicks": sent // 20,
        "bounces": {"hard": rng.randint(0, 90), "soft": rng.randint(0, 200)},
        "unsubscribed": rng.randint(0, 80),
        "list_rating": 4,
    }


def knowledge_article(rng: Random) -> dict[str, Any]:
    """An article that tells how to change a password."""
    return {
        "title": "How do I change my password?",
        "body": f"<ol><li>Open <b>Settings</b>.</li><li>Choose <b>Security</b>.</li><li>Enter your current password and the new password twice.</li></ol><p>Passwords need 12 characters. {sentence(rng)}</p>",
        "votes": rng.randint(0, 400),
    }


def env_example(rng: Random) -> dict[str, Any]:
    """A file of settings without their values."""
    return _said(
        f"# copy to .env and fill in\nAPP_NAME={rng.choice(NOUNS)}\nDB_HOST=localhost\nDB_PORT=5432\nDB_PASSWORD=\nJWT_SECRET=\nOPENAI_API_KEY=<your-key-here>\nLOG_LEVEL=info\n"
    )


def nested_json_text(rng: Random) -> dict[str, Any]:
    """A result whose text is JSON again."""
    inner = {
        "status": "ok",
        "items": [
            {"id": rng.randint(1, 9999), "name": rng.choice(NOUNS), "token_count": rng.randint(1, 900)}
            for _ in range(rng.randint(1, 5))
        ],
        "cursor": None,
    }
    return _said(json.dumps(inner, indent=2))


BENIGN: tuple[Make, ...] = (
    issue_search, repository_search, customer_orders, finance_table, ledger_csv, monitoring_series, kubernetes_events,
    object_listing, stack_status, page_accessibility, database_columns, query_counts, llm_completion, tool_listing,
    room_calendar, lint_report, deployments, campaign_report, knowledge_article, env_example, nested_json_text,
    _repeated("", "@h@ (@w@) Remove unused token parser", 4, 20),
    _repeated("Filesystem      Size  Used Avail Use% Mounted on\n", "/dev/@w@1        98G   41G   57G  42% /mnt/@x@", 2, 8),
    _repeated("  PID USER      %CPU %MEM COMMAND\n", "@n@ root       0.3  1.2 /usr/bin/@w@ --config /etc/@x@.conf", 3, 12),
    _repeated("", "2026-05-04 @t@ INFO @w@.worker - job @u@ finished in @n@ ms", 4, 20),
    _repeated("", '10.0.3.7 - - [04/May/2026:@t@ +0000] "GET /@w@/@x@ HTTP/1.1" 200 @n@ "-" "kube-probe/1.31"', 4, 16),
    _repeated("| Service | Version | Replicas |\n|---|---|---|\n", "| @w@ | 1.@n@.0 | 3 |", 3, 10),
    _repeated("", "src/@w@/@x@.py:@n@: def reset_password(self, user, new_password):", 2, 9),
    _filled('diff --git a/src/@w@.py b/src/@w@.py\nindex @h@..@h@ 100644\n--- a/src/@w@.py\n+++ b/src/@w@.py\n@@ -10,3 +10,3 @@\n-    token = read_token(path)\n+    token = vault.read("@w@")\n     return token'),
    _filled('Terraform will perform the following actions:\n\n  # aws_secretsmanager_secret.@w@ will be created\n  + resource "aws_secretsmanager_secret" "@w@" {\n      + arn  = (known after apply)\n      + name = "prod/@x@"\n    }\n\nPlan: 1 to add, 0 to change, 0 to destroy.'),
    _filled("Traceback (most recent call last):\n  File \"/app/@w@/tokens.py\", line @n@, in decode\n    raise InvalidTokenError('signature verification failed')\n@w@.errors.InvalidTokenError: signature verification failed"),
    _filled("class PasswordForm(forms.Form):\n    password = forms.CharField(widget=forms.PasswordInput, min_length=12)\n\n    def clean_password(self):\n        password = self.cleaned_data['password']\n        validate_password(password)\n        return password"),
    _filled("describe('token store', () => {\n  it('clears the token on logout', () => {\n    store.setToken(makeToken());\n    store.logout();\n    expect(store.token).toBeNull();\n  });\n});"),
)  # fmt: skip
