"""Profile F, harmless payloads: whole results of MCP servers and tools that must come out unchanged."""

# ruff: noqa: E501  # texts of tools

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from benchmarks.redaction.randomness import NOUNS, hexadecimal, sentence, uuid4

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random


def _result(text: str) -> dict[str, Any]:
    return {"content": [{"type": "text", "text": text}], "isError": False}


def _rows(rng: Random, count: int, make: Callable[[Random, int], str]) -> str:
    return "\n".join(make(rng, number) for number in range(1, count + 1))


def _noun(rng: Random) -> str:
    return str(rng.choice(NOUNS))


def git_show_stat(rng: Random) -> Any:
    files = _rows(rng, 5, lambda r, _: f" src/{_noun(r)}/{_noun(r)}.ts | {r.randint(2, 90)} +++---")
    return _result(
        f"commit {hexadecimal(rng, 40)}\nDate:   Tue Mar 10 09:14:22 2026 +0100\n\n    refactor: split the {_noun(rng)} token parser\n\n{files}\n 5 files changed, {rng.randint(9, 99)} insertions(+)"
    )


def release_list(rng: Random) -> Any:
    return [
        {
            "tag_name": f"v{rng.randint(1, 9)}.{number}.0",
            "target_commitish": hexadecimal(rng, 40),
            "draft": False,
            "prerelease": number == 1,
            "body": sentence(rng),
            "assets": [
                {
                    "name": f"{_noun(rng)}-linux-amd64.tar.gz",
                    "size": rng.randint(10_000, 9_000_000),
                    "digest": f"sha256:{hexadecimal(rng, 64)}",
                }
            ],
        }
        for number in range(4)
    ]


def sprint_report(rng: Random) -> Any:
    return {
        "sprint": f"{_noun(rng)} {rng.randint(10, 60)}",
        "state": "closed",
        "committed": 41,
        "completed": rng.randint(20, 41),
        "issues": [
            {
                "key": f"OPS-{rng.randint(100, 9999)}",
                "summary": sentence(rng),
                "points": rng.choice((1, 2, 3, 5, 8)),
                "status": "Done",
            }
            for _ in range(6)
        ],
    }


def issue_template(rng: Random) -> Any:
    return _result(
        f"## Expected\n{sentence(rng)}\n\n## Actual\nThe password field loses focus after typing and the Submit key does nothing.\n\n## Steps\n1. Open /settings/security\n2. Click *Change password*\n3. Press Tab\n\nVersion: {rng.randint(1, 9)}.{rng.randint(0, 20)}.1, browser: Firefox 148"
    )


def table_schema(rng: Random) -> Any:
    return {
        "table": _noun(rng),
        "columns": [
            {"name": "id", "type": "uuid", "nullable": False},
            {"name": "password_hash", "type": "varchar(255)", "nullable": True},
            {"name": "api_key_id", "type": "bigint", "nullable": True},
            {"name": "email", "type": "citext", "nullable": False},
            {"name": "token_expires_at", "type": "timestamptz", "nullable": True},
        ],
        "primary_key": ["id"],
        "row_estimate": rng.randint(100, 90_000),
    }


def slow_queries(rng: Random) -> Any:
    return _result(
        _rows(
            rng,
            4,
            lambda r, n: (
                f"{n}. {r.randint(100, 4000)} ms  calls={r.randint(2, 900)}  SELECT {_noun(r)}_id, count(*) FROM {_noun(r)} WHERE created_at > now() - interval '7 days' GROUP BY 1"
            ),
        )
    )


def mongo_aggregate(rng: Random) -> Any:
    return [
        {
            "_id": {"$oid": hexadecimal(rng, 24)},
            "total": rng.randint(1, 900),
            "region": _noun(rng),
            "average": round(rng.random() * 90, 4),
        }
        for _ in range(5)
    ]


def redis_info(rng: Random) -> Any:
    return _result(
        f"# Server\r\nredis_version:7.4.{rng.randint(0, 9)}\r\nrun_id:{hexadecimal(rng, 40)}\r\ntcp_port:6379\r\n# Clients\r\nconnected_clients:{rng.randint(1, 90)}\r\n# Keyspace\r\ndb0:keys={rng.randint(10, 9000)},expires={rng.randint(0, 90)},avg_ttl=0\r\n"
    )


def chat_channel(rng: Random) -> Any:
    return {
        "channel": f"#{_noun(rng)}-deploys",
        "messages": [
            {"user": f"{_noun(rng)}-bot", "text": sentence(rng)},
            {"user": "release-bot", "text": "Who rotates the staging token this week? Please do not post it here."},
            {"user": "ci", "text": f"Build {rng.randint(100, 999)} passed in {rng.randint(2, 9)} min"},
        ],
    }


def mail_threads(rng: Random) -> Any:
    return {
        "threads": [
            {
                "subject": f"Re: {sentence(rng)}",
                "snippet": "Your password expires in 14 days. Change it in the portal.",
                "unread": True,
                "labels": ["INBOX", "IT"],
            },
            {"subject": "Agenda for Thursday", "snippet": sentence(rng), "unread": False, "labels": ["INBOX"]},
        ]
    }


def pipeline_stages(rng: Random) -> Any:
    return {
        "pipeline": "Sales",
        "stages": [
            {"label": label, "probability": share, "deals": rng.randint(0, 40), "amount": rng.randint(1000, 90_000)}
            for label, share in (("Qualified", 0.2), ("Proposal", 0.5), ("Contract", 0.8), ("Won", 1.0))
        ],
    }


def page_accessibility_tree(rng: Random) -> Any:
    return _result(
        '- heading "Sign in" [level=1]\n- textbox "Username"\n- textbox "Password"\n- checkbox "Keep me signed in"\n- button "Continue" [ref=e'
        + str(rng.randint(10, 99))
        + ']\n- link "Forgot your password?"'
    )


def console_messages(rng: Random) -> Any:
    return _result(
        f'[WARNING] Input elements should have autocomplete attributes (suggested: "current-password") @ /login:{rng.randint(10, 90)}\n[ERROR] Failed to load resource: the server responded with a status of 401 () @ /api/session\n[LOG] hydrated in {rng.randint(10, 90)} ms'
    )


def ci_job_log(rng: Random) -> Any:
    return _result(
        f"Run actions/cache@v4\nCache restored from key: Linux-pnpm-{hexadecimal(rng, 64)}\n> vitest run\n ✓ src/{_noun(rng)}.test.ts ({rng.randint(2, 30)} tests) {rng.randint(10, 900)}ms\n ✓ src/password-strength.test.ts (9 tests) 12ms\n Test Files  2 passed (2)\n   Duration  {rng.randint(1, 9)}.{rng.randint(10, 99)}s\nPost job cleanup."
    )


def bucket_policy(rng: Random) -> Any:
    return {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "TlsOnly",
                "Effect": "Deny",
                "Principal": "*",
                "Action": "s3:*",
                "Resource": f"arn:aws:s3:::{_noun(rng)}-{_noun(rng)}/*",
                "Condition": {"Bool": {"aws:SecureTransport": "false"}},
            }
        ],
    }


def pulumi_preview(rng: Random) -> Any:
    return _result(
        f"Previewing update (prod)\n     Type                       Name              Plan\n +   aws:s3:Bucket              {_noun(rng)}-assets   create\n ~   aws:secretsmanager:Secret  {_noun(rng)}-db       update [diff: ~description]\nResources:\n    + 1 to create\n    ~ 1 to update\n    {rng.randint(10, 90)} unchanged"
    )


def compose_file(rng: Random) -> Any:
    return _result(
        f"services:\n  api:\n    image: ghcr.io/{_noun(rng)}/api@sha256:{hexadecimal(rng, 64)}\n    environment:\n      DATABASE_URL: ${{DATABASE_URL}}\n      API_KEY_FILE: /run/secrets/api_key\n    secrets: [api_key]\nsecrets:\n  api_key:\n    external: true\n"
    )


def loki_streams(rng: Random) -> Any:
    return {
        "status": "success",
        "data": {
            "resultType": "streams",
            "result": [
                {
                    "stream": {"app": _noun(rng), "level": "info"},
                    "values": [
                        [
                            str(rng.randint(17 * 10**17, 18 * 10**17)),
                            f'level=info msg="cache refreshed" key={_noun(rng)}:v{rng.randint(1, 9)} took={rng.randint(1, 90)}ms',
                        ]
                        for _ in range(4)
                    ],
                }
            ],
        },
    }


def python_exception(rng: Random) -> Any:
    return f'Traceback (most recent call last):\n  File "/srv/{_noun(rng)}/main.py", line {rng.randint(10, 300)}, in <module>\n    settings = Settings()\n  File "/srv/lib/settings.py", line {rng.randint(10, 90)}, in __init__\n    raise RuntimeError("API_TOKEN is not set")\nRuntimeError: API_TOKEN is not set'


def weather_forecast(rng: Random) -> Any:
    return {
        "latitude": round(rng.uniform(35, 65), 4),
        "longitude": round(rng.uniform(-9, 30), 4),
        "timezone": "Europe/Madrid",
        "daily": {
            "time": ["2026-03-10", "2026-03-11", "2026-03-12"],
            "temperature_2m_max": [round(rng.uniform(4, 25), 1) for _ in range(3)],
            "precipitation_sum": [round(rng.uniform(0, 9), 1) for _ in range(3)],
        },
    }


def package_search(rng: Random) -> Any:
    return {
        "total": rng.randint(3, 900),
        "objects": [
            {
                "package": {
                    "name": f"{_noun(rng)}-token-utils",
                    "version": f"{rng.randint(0, 9)}.{rng.randint(0, 20)}.1",
                    "description": sentence(rng),
                    "keywords": ["jwt", "password", "auth"],
                },
                "score": {"final": round(rng.random(), 6)},
            }
            for _ in range(3)
        ],
    }


def meeting_notes(rng: Random) -> Any:
    return _result(
        f"# Sync {_noun(rng)}\n\n- {sentence(rng)}\n- Decision: move secrets to the vault by Q{rng.randint(1, 4)}\n- Open: who owns the API key rotation?\n- [ ] write the password policy page\n- [x] {sentence(rng)}\n"
    )


def calendar_events(rng: Random) -> Any:
    return {
        "items": [
            {
                "id": hexadecimal(rng, 26),
                "summary": f"{_noun(rng)} review",
                "start": {"dateTime": f"2026-03-{rng.randint(10, 28)}T09:00:00+01:00"},
                "end": {"dateTime": "2026-03-28T10:00:00+01:00"},
                "location": f"Room {rng.randint(1, 40)}",
                "etag": f'"{rng.randint(10**15, 10**16)}"',
            }
            for _ in range(3)
        ]
    }


def budget_sheet(rng: Random) -> Any:
    return {
        "range": "Budget!A1:D4",
        "majorDimension": "ROWS",
        "values": [
            ["Team", "Q1", "Q2", "Total"],
            *[[_noun(rng), str(rng.randint(100, 9000)), str(rng.randint(100, 9000)), "=B2+C2"] for _ in range(3)],
        ],
    }


def payment_plans(rng: Random) -> Any:
    return {
        "object": "list",
        "data": [
            {
                "plan": _noun(rng),
                "currency": "eur",
                "unit_amount": rng.randint(100, 9900),
                "interval": "month",
                "trial_period_days": 14,
                "active": True,
            }
            for _ in range(3)
        ],
        "has_more": False,
    }


def lab_reference_ranges(rng: Random) -> Any:
    return {
        "panel": "basic metabolic",
        "ranges": [
            {"analyte": "sodium", "low": 135, "high": 145, "unit": "mmol/L"},
            {"analyte": "potassium", "low": 3.5, "high": 5.1, "unit": "mmol/L"},
            {"analyte": "glucose", "low": 70, "high": 99, "unit": "mg/dL"},
        ],
        "revision": rng.randint(2, 30),
    }


def leave_statistics(rng: Random) -> Any:
    return _result(
        "department | headcount | leave days used | sick days\n"
        + _rows(rng, 4, lambda r, _: f"{_noun(r)} | {r.randint(4, 90)} | {r.randint(10, 900)} | {r.randint(0, 90)}")
    )


def notebook_frame(rng: Random) -> Any:
    return {
        "cell_type": "code",
        "execution_count": rng.randint(1, 90),
        "source": ["df.groupby('region')['amount'].describe()"],
        "outputs": [
            {
                "output_type": "execute_result",
                "data": {
                    "text/plain": [
                        "count    " + str(rng.randint(100, 999)),
                        f"mean     {rng.random() * 90:.6f}",
                        f"std      {rng.random() * 9:.6f}",
                    ]
                },
            }
        ],
    }


def hosting_status(rng: Random) -> Any:
    return {
        "site": f"{_noun(rng)}-docs",
        "php_version": "8.3",
        "ssl": {"enabled": True, "issuer": "R11", "days_left": rng.randint(5, 89)},
        "disk": {"used_mb": rng.randint(10, 9000), "quota_mb": 10_000},
        "backups": [{"id": uuid4(rng), "size_mb": rng.randint(10, 900), "created": "2026-03-09T02:00:00Z"}],
    }


def developer_config(rng: Random) -> Any:
    text = {
        "editor": {"tabSize": 4, "renderWhitespace": "boundary"},
        "mcp": {
            "servers": {
                _noun(rng): {
                    "command": "npx",
                    "args": ["-y", f"{_noun(rng)}-mcp-server"],
                    "env": {"API_KEY": "${env:API_KEY}"},
                }
            }
        },
    }
    return _result(json.dumps(text, indent=2))


def shell_history_plain(rng: Random) -> Any:
    return _result(
        f"cd ~/src/{_noun(rng)}\ngit switch -c fix/{_noun(rng)}\nmake test\nssh-keygen -lf ~/.ssh/id_ed25519.pub\nvault token lookup -format=json | jq .data.ttl\nkubectl get secret -n {_noun(rng)}\ngit push -u origin HEAD"
    )


def api_error_catalogue(rng: Random) -> Any:
    return {
        "errors": [
            {"code": "invalid_api_key", "http": 401, "message": "The API key is missing or malformed."},
            {"code": "token_expired", "http": 401, "message": "The access token has expired."},
            {"code": "weak_password", "http": 422, "message": "The password is too short."},
            {"code": "rate_limited", "http": 429, "retry_after": rng.randint(1, 60)},
        ]
    }


BENIGN: tuple[Callable[[Random], Any], ...] = (
    git_show_stat,
    release_list,
    sprint_report,
    issue_template,
    table_schema,
    slow_queries,
    mongo_aggregate,
    redis_info,
    chat_channel,
    mail_threads,
    pipeline_stages,
    page_accessibility_tree,
    console_messages,
    ci_job_log,
    bucket_policy,
    pulumi_preview,
    compose_file,
    loki_streams,
    python_exception,
    weather_forecast,
    package_search,
    meeting_notes,
    calendar_events,
    budget_sheet,
    payment_plans,
    lab_reference_ranges,
    leave_statistics,
    notebook_frame,
    hosting_status,
    developer_config,
    shell_history_plain,
    api_error_catalogue,
)
