"""Whole harmless payloads of profile C: what servers for hosting, chat, CRM, clouds and monitoring answer."""

# ruff: noqa: E501  # the templates read as they are printed

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.redaction.c_words import filled
from benchmarks.redaction.randomness import (
    ALNUM,
    BASE36,
    DIGITS,
    NOUNS,
    UPPER36,
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


def _text(template: str) -> Callable[[Random], Any]:
    def make(rng: Random) -> Any:
        return {"content": [{"type": "text", "text": filled(rng, template)}], "isError": False}

    return make


def check_runs(rng: Random) -> Any:
    return {
        "total_count": 2,
        "check_runs": [
            {
                "id": rng.randint(10**10, 10**11),
                "head_sha": hexadecimal(rng, 40),
                "node_id": f"CR_kwDO{pick(rng, ALNUM, 16)}",
                "name": name,
                "status": "completed",
                "conclusion": "success",
                "output": {"title": None, "annotations_count": rng.randint(0, 9)},
            }
            for name in ("build", "lint")
        ],
    }


def merge_requests(rng: Random) -> Any:
    return [
        {
            "iid": rng.randint(1, 900),
            "title": f"{rng.choice(NOUNS)}: handle empty token list",
            "state": "opened",
            "sha": hexadecimal(rng, 40),
            "merge_status": "can_be_merged",
            "source_branch": f"feat/{rng.choice(NOUNS)}",
            "detailed_merge_status": "ci_still_running",
            "user_notes_count": rng.randint(0, 30),
        }
        for _ in range(3)
    ]


def slack_channels(rng: Random) -> Any:
    return {
        "ok": True,
        "channels": [
            {
                "id": f"C0{pick(rng, UPPER36, 9)}",
                "name": f"team-{name}",
                "num_members": rng.randint(2, 90),
                "topic": {"value": sentence(rng)},
            }
            for name in words(rng, 4)
        ],
    }


def deals(rng: Random) -> Any:
    return {
        "results": [
            {
                "id": str(rng.randint(10**9, 10**10)),
                "properties": {
                    "dealname": f"{rng.choice(NOUNS)} renewal",
                    "amount": str(rng.randint(900, 90_000)),
                    "dealstage": "contractsent",
                    "pipeline": "default",
                    "closedate": "2026-06-30",
                },
                "archived": False,
            }
            for _ in range(3)
        ]
    }


def salesforce_report(rng: Random) -> Any:
    return {
        "totalSize": 2,
        "done": True,
        "records": [
            {
                "attributes": {"type": "Opportunity"},
                "Id": f"006{pick(rng, ALNUM, 12)}QAZ",
                "StageName": "Prospecting",
                "Amount": rng.randint(1000, 9000),
            }
            for _ in range(2)
        ],
    }


def explain_plan(rng: Random) -> Any:
    table = rng.choice(NOUNS)
    return {
        "content": [
            {
                "type": "text",
                "text": f"Nested Loop  (cost=0.{rng.randint(10, 99)}..{rng.randint(100, 9000)}.{rng.randint(10, 99)} rows={rng.randint(2, 900)} width=48)\n  ->  Index Scan using {table}_pkey on {table}  (cost=0.42..8.44 rows=1 width=40)\n        Index Cond: (id = $1)\n  ->  Seq Scan on {table}_tokens t  (cost=0.00..1.{rng.randint(10, 99)} rows=3 width=8)\nPlanning Time: 0.{rng.randint(100, 900)} ms",
            }
        ]
    }


def column_statistics(rng: Random) -> Any:
    return {
        "table": f"{rng.choice(NOUNS)}_users",
        "columns": [
            {"name": name, "type": kind, "null_fraction": round(rng.random(), 4), "distinct": rng.randint(1, 10**6)}
            for name, kind in (
                ("email", "text"),
                ("password_hash", "text"),
                ("phone", "varchar(32)"),
                ("api_key_id", "uuid"),
                ("ssn_last_update", "date"),
            )
        ],
    }


def deployment(rng: Random) -> Any:
    name = rng.choice(NOUNS)
    return {
        "kind": "Deployment",
        "apiVersion": "apps/v1",
        "metadata": {
            "name": name,
            "uid": uuid4(rng),
            "resourceVersion": str(rng.randint(10**6, 10**8)),
            "annotations": {"deployment.kubernetes.io/revision": "7"},
        },
        "spec": {
            "replicas": 3,
            "template": {
                "spec": {
                    "serviceAccountName": name,
                    "imagePullSecrets": [{"name": "regcred"}],
                    "containers": [
                        {
                            "name": name,
                            "image": f"registry.internal/{name}@sha256:{hexadecimal(rng, 64)}",
                            "env": [
                                {
                                    "name": "DB_PASSWORD",
                                    "valueFrom": {"secretKeyRef": {"name": f"{name}-db", "key": "password"}},
                                }
                            ],
                        }
                    ],
                }
            },
        },
    }


def pod_events(rng: Random) -> Any:
    return {
        "items": [
            {
                "type": "Warning",
                "reason": reason,
                "count": rng.randint(1, 90),
                "message": message,
                "involvedObject": {
                    "kind": "Pod",
                    "name": f"{rng.choice(NOUNS)}-{pick(rng, 'bcdfghjklmnpqrstvwxz2456789', 10)}-{pick(rng, 'bcdfghjklmnpqrstvwxz2456789', 5)}",
                    "uid": uuid4(rng),
                },
            }
            for reason, message in (
                ("FailedMount", 'MountVolume.SetUp failed for volume "tls" : secret "web-tls" not found'),
                ("BackOff", "Back-off restarting failed container"),
            )
        ]
    }


def ec2_instances(rng: Random) -> Any:
    return {
        "Reservations": [
            {
                "Instances": [
                    {
                        "InstanceId": f"i-0{hexadecimal(rng, 16)}",
                        "ImageId": f"ami-0{hexadecimal(rng, 16)}",
                        "InstanceType": "t4g.small",
                        "KeyName": f"{rng.choice(NOUNS)}-ops",
                        "PrivateIpAddress": f"10.0.{rng.randint(0, 9)}.{rng.randint(4, 250)}",
                        "State": {"Code": 16, "Name": "running"},
                        "SubnetId": f"subnet-0{hexadecimal(rng, 16)}",
                    }
                ]
            }
        ]
    }


def secret_list(rng: Random) -> Any:
    return {
        "SecretList": [
            {
                "Name": f"prod/{name}/db",
                "RotationEnabled": True,
                "RotationRules": {"AutomaticallyAfterDays": 30},
                "LastChangedDate": f"2026-02-{rng.randint(10, 27)}",
                "SecretVersionsToStages": {uuid4(rng): ["AWSCURRENT"]},
            }
            for name in words(rng, 3)
        ]
    }


def vault_mounts(rng: Random) -> Any:
    return {
        "secret/": {
            "type": "kv",
            "accessor": f"kv_{hexadecimal(rng, 8)}",
            "options": {"version": "2"},
            "description": "key/value secret storage",
        },
        "sys/": {
            "type": "system",
            "accessor": f"system_{hexadecimal(rng, 8)}",
            "seal_wrap": False,
            "config": {"default_lease_ttl": 0, "passthrough_request_headers": ["Accept"]},
        },
    }


def stripe_products(rng: Random) -> Any:
    return {
        "object": "list",
        "has_more": False,
        "data": [
            {
                "id": f"prod_{pick(rng, ALNUM, 14)}",
                "name": f"{rng.choice(NOUNS)} plan",
                "default_price": f"price_1{pick(rng, ALNUM, 23)}",
                "created": 1_770_000_000 + rng.randint(0, 10**6),
                "livemode": True,
                "tax_code": "txcd_10103001",
            }
            for _ in range(3)
        ],
    }


def payouts(rng: Random) -> Any:
    return {
        "balance": {
            "available": [{"amount": rng.randint(10_000, 900_000), "currency": "eur"}],
            "pending": [{"amount": 0, "currency": "eur"}],
        },
        "payouts": [
            {"id": f"po_1{pick(rng, ALNUM, 23)}", "status": "paid", "arrival_date": 1_770_076_800, "method": "standard"}
        ],
    }


def mailbox(rng: Random) -> Any:
    return {
        "messages": [
            {
                "id": hexadecimal(rng, 16),
                "threadId": hexadecimal(rng, 16),
                "labelIds": ["INBOX", "UNREAD"],
                "snippet": sentence(rng),
                "sizeEstimate": rng.randint(900, 90_000),
            }
            for _ in range(3)
        ],
        "resultSizeEstimate": 3,
    }


def free_busy(rng: Random) -> Any:
    return {
        "kind": "calendar#freeBusy",
        "timeMin": "2026-03-11T00:00:00Z",
        "calendars": {
            "primary": {
                "busy": [
                    {"start": f"2026-03-11T{hour:02}:00:00Z", "end": f"2026-03-11T{hour:02}:45:00Z"}
                    for hour in sorted(rng.sample(range(8, 18), 3))
                ]
            }
        },
    }


def monitors(rng: Random) -> Any:
    return [
        {
            "id": rng.randint(10**7, 10**9),
            "name": f"{rng.choice(NOUNS)} p95 latency",
            "type": "query alert",
            "query": f"avg(last_5m):p95:trace.http.request{{service:{rng.choice(NOUNS)}}} > {rng.randint(1, 9)}",
            "overall_state": "OK",
            "options": {"renotify_interval": 60, "include_tags": True},
        }
        for _ in range(2)
    ]


def prometheus_answer(rng: Random) -> Any:
    return {
        "status": "success",
        "data": {
            "resultType": "vector",
            "result": [
                {
                    "metric": {
                        "__name__": "token_refresh_total",
                        "job": rng.choice(NOUNS),
                        "instance": f"10.1.{rng.randint(1, 9)}.{rng.randint(2, 250)}:9100",
                    },
                    "value": [1_770_000_000.123, str(rng.randint(1, 9999))],
                }
                for _ in range(4)
            ],
        },
    }


def sentry_issue(rng: Random) -> Any:
    return {
        "id": str(rng.randint(10**9, 10**10)),
        "shortId": f"WEB-{pick(rng, UPPER36, 3)}",
        "title": "TypeError: cannot read properties of undefined (reading 'token')",
        "culprit": "src/session/refresh.ts in refreshToken",
        "count": str(rng.randint(1, 900)),
        "userCount": rng.randint(1, 90),
        "metadata": {"type": "TypeError", "filename": "src/session/refresh.ts"},
    }


def browser_snapshot(rng: Random) -> Any:
    return filled(
        rng,
        '### Page state\n- Page URL: https://§w.dev/login\n- Page Snapshot:\n```yaml\n- heading "Sign in" [level=1] [ref=e§m]\n- textbox "Email" [ref=e12]\n- textbox "Password" [ref=e13]\n- checkbox "Remember me" [ref=e14]\n- button "Sign in" [ref=e15]\n- link "Forgot password?" [ref=e16]\n```',
    )


def vector_store(rng: Random) -> Any:
    return {
        "matches": [
            {
                "id": f"doc-{rng.randint(1, 900)}#{rng.randint(0, 20)}",
                "score": round(rng.random(), 6),
                "values": [round(rng.uniform(-1, 1), 7) for _ in range(16)],
                "metadata": {"source": "handbook.md", "tokens": rng.randint(20, 500)},
            }
            for _ in range(2)
        ]
    }


def design_nodes(rng: Random) -> Any:
    return {
        "nodes": {
            f"{rng.randint(1, 99)}:{rng.randint(1, 9999)}": {
                "document": {
                    "type": "TEXT",
                    "characters": "Password",
                    "style": {"fontFamily": "Inter", "fontSize": 14},
                    "fills": [{"color": {"r": 0.12, "g": 0.12, "b": 0.14, "a": 1}}],
                },
                "imageRef": hexadecimal(rng, 40),
            }
        }
    }


def pipeline_jobs(rng: Random) -> Any:
    return {
        "pipeline": {
            "id": uuid4(rng),
            "number": rng.randint(100, 9999),
            "vcs": {"revision": hexadecimal(rng, 40), "branch": "main"},
        },
        "jobs": [
            {
                "name": name,
                "status": "success",
                "contexts": ["npm-publish-secrets"],
                "duration_ms": rng.randint(900, 90_000),
            }
            for name in ("build", "scan-secrets", "publish")
        ],
    }


def image_scan(rng: Random) -> Any:
    return {
        "ArtifactName": f"{rng.choice(NOUNS)}:1.4.2",
        "Metadata": {
            "ImageID": f"sha256:{hexadecimal(rng, 64)}",
            "DiffIDs": [f"sha256:{hexadecimal(rng, 64)}" for _ in range(3)],
        },
        "Results": [
            {"Class": "secret", "Secrets": []},
            {
                "Class": "os-pkgs",
                "Vulnerabilities": [
                    {"VulnerabilityID": "CVE-2025-26465", "PkgName": "openssh-client", "Severity": "MEDIUM"}
                ],
            },
        ],
    }


def cargo_lock(rng: Random) -> Any:
    return "\n\n".join(
        f'[[package]]\nname = "{name}"\nversion = "0.{rng.randint(1, 9)}.{rng.randint(0, 30)}"\nsource = "registry+https://github.com/rust-lang/crates.io-index"\nchecksum = "{hexadecimal(rng, 64)}"'
        for name in ("secrecy", "password-hash", "tokio")
    )


def yarn_lock(rng: Random) -> Any:
    return "\n\n".join(
        f'"{name}@npm:^2.1.0":\n  version: 2.1.{rng.randint(0, 9)}\n  resolution: "{name}@npm:2.1.0"\n  checksum: 10c0/{hexadecimal(rng, 128)}\n  languageName: node'
        for name in ("jsonwebtoken", "js-tokens", "keyv")
    )


def elastic_mapping(rng: Random) -> Any:
    return {
        f"{rng.choice(NOUNS)}-2026.03": {
            "mappings": {
                "properties": {
                    "token": {"type": "keyword", "ignore_above": 256},
                    "password_changed": {"type": "date"},
                    "client.ip": {"type": "ip"},
                    "user.email": {"type": "keyword"},
                }
            },
            "settings": {"index": {"uuid": pick(rng, ALNUM, 22), "number_of_shards": "1"}},
        }
    }


def spreadsheet(rng: Random) -> Any:
    return {
        "spreadsheetId": f"1{pick(rng, ALNUM + '-_', 43)}",
        "valueRanges": [
            {
                "range": "Costs!A1:C4",
                "majorDimension": "ROWS",
                "values": [
                    ["item", "quantity", "price"],
                    *(
                        [name, str(rng.randint(1, 40)), f"{rng.randint(1, 900)}.{pick(rng, DIGITS, 2)}"]
                        for name in words(rng, 3)
                    ),
                ],
            }
        ],
    }


def png_block(rng: Random) -> Any:
    return {"content": [{"type": "image", "mimeType": "image/png", "data": "iVBORw0KGgoAAAANSUhEUgAA" + b64(rng, 600)}]}


def board_items(rng: Random) -> Any:
    return {
        "data": {
            "boards": [
                {
                    "id": pick(rng, "123456789", 10),
                    "items_page": {
                        "cursor": None,
                        "items": [
                            {
                                "id": pick(rng, "123456789", 10),
                                "name": f"{rng.choice(NOUNS)} key visual",
                                "group": {"id": f"group_{pick(rng, BASE36, 8)}"},
                            }
                            for _ in range(3)
                        ],
                    },
                }
            ]
        }
    }


def _pairs(rng: Random) -> Any:
    return {
        "limits": {"max_tokens": rng.randint(256, 8192), "context_window": 200_000},
        "usage": {
            "input_tokens": rng.randint(1, 9000),
            "output_tokens": rng.randint(1, 900),
            "cache_read_input_tokens": 0,
        },
        "stop_reason": "end_turn",
    }


BENIGN: tuple[Callable[[Random], Any], ...] = (
    check_runs,
    merge_requests,
    slack_channels,
    deals,
    salesforce_report,
    explain_plan,
    column_statistics,
    deployment,
    pod_events,
    ec2_instances,
    secret_list,
    vault_mounts,
    stripe_products,
    payouts,
    mailbox,
    free_busy,
    monitors,
    prometheus_answer,
    sentry_issue,
    browser_snapshot,
    vector_store,
    design_nodes,
    pipeline_jobs,
    image_scan,
    cargo_lock,
    yarn_lock,
    elastic_mapping,
    spreadsheet,
    png_block,
    board_items,
    _pairs,
    _text("commit §H\nAuthor: §p §l\nDate:   §d §t +0100\n\n    auth: do not log the token\n\n src/§w/session.ts | §m +++++-----\n 1 file changed"),
    _text("Switch#show interfaces status\n\nPort      Name      Status       Vlan  Duplex  Speed Type\nGi1/0/§m   §w      connected    §m    a-full a-1000 10/100/1000BaseTX\nGi1/0/2   §x      notconnect   1       auto   auto 10/100/1000BaseTX"),
    _text("BGP router identifier 10.0.0.§m, local AS number 65§m\nNeighbor        V    AS MsgRcvd MsgSent   TblVer  InQ OutQ Up/Down  State/PfxRcd\n10.0.1.§m       4 65§m    §n§m   §n§m        0    0    0 3d04h        §n"),
    _text("NAME            READY   SECRETS   AGE\n§w-sa        True    1         §md\n§x-sa        True    0         3d\n\nNAME          TYPE                DATA   AGE\n§w-tls     kubernetes.io/tls   2      §md"),
    _text("$ gcloud compute instances list\nNAME   ZONE            MACHINE_TYPE  PREEMPTIBLE  INTERNAL_IP  STATUS\n§w    europe-west1-b  e2-small                   §i   RUNNING"),
    _text('Terraform will perform the following actions:\n\n  # random_password.§w will be created\n  + resource "random_password" "§w" {\n      + bcrypt_hash = (sensitive value)\n      + length      = §m\n      + result      = (sensitive value)\n    }\n\nPlan: 1 to add, 0 to change, 0 to destroy.'),
    _text("gitleaks: §n commits scanned.\nscanned ~§m.4 MB in §m0ms\nno leaks found"),
    _text("# Rotate the database password\n\n1. Create a new version of the secret `prod/§w/db`.\n2. Restart §x; it reads the password from the environment.\n3. Disable the old version after §m minutes.\n\nNever paste the password into a ticket."),
    _text("class TokenBucket:\n    def __init__(self, rate: float, burst: int) -> None:\n        self.rate, self.tokens = rate, burst\n\n    def take(self, count: int = §m) -> bool:\n        if self.tokens < count:\n            return False\n        self.tokens -= count\n        return True"),
)  # fmt: skip
