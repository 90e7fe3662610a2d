"""Older audit records come into the trail: `otel-mcp import`."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing

import pytest
from cli.command import run
from cryptography.fernet import Fernet

from otel_mcp.audit import AuditLog, EntryDraft, verify
from otel_mcp.audit.older import claimed_us
from otel_mcp.audit.query import entries
from otel_mcp.audit.store import segments_of
from otel_mcp.errors import MalformedError

SCHEMA = (
    "CREATE TABLE audit_log (id INTEGER PRIMARY KEY AUTOINCREMENT, timestamp TEXT NOT NULL, event_type TEXT NOT NULL, "
    "user_id TEXT, resource TEXT, action TEXT, success BOOLEAN, details TEXT, ip_address TEXT)"
)
NAMES = ("timestamp", "event_type", "user_id", "resource", "action", "success", "details", "ip_address")
FIRST = ("2025-03-01T09:00:00.5+01:00", "tool_call", "ann@example.org", "get_weather", "execute", 1)


def database(path, rows):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(SCHEMA)
        connection.executemany(f"INSERT INTO audit_log ({', '.join(NAMES)}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        connection.commit()
    return path


def lines(path, *documents):
    path.write_text("".join(json.dumps(document) + "\n" for document in documents), encoding="utf-8")
    return path


def records(trail):
    return list(entries(trail, event="audit.import.record"))


@pytest.fixture
def old(tmp_path):
    return database(
        tmp_path / "old.db",
        [
            (*FIRST, json.dumps({"city": "Köln", "password": "marigold-77", "days": 2}), "192.0.2.7"),
            ("2025-03-02 10:00:00", "tool_call", "bob", "get_weather", "execute", 0, "asked for marigold", None),
            ("some day", "login", None, None, "login", None, None, "192.0.2.8"),
        ],
    )


def test_a_table_comes_in_redacted_and_marked_with_its_source(trail, old):
    before = old.read_bytes()
    done = run("import", old)
    assert done.stdout.startswith("imported 3 records from 2025-03-01T08:00:00.500000Z to 2025-03-02T10:00:00.000000Z")
    assert old.read_bytes() == before
    assert [path.name for path in old.parent.glob("old.db*")] == ["old.db"]
    [mark] = entries(trail, event="audit.import")
    assert mark.head["sha256"] == hashlib.sha256(before).hexdigest()
    assert (mark.head["rows"], mark.head["bad"]) == (3, 0)
    assert (mark.head["first_ts"], mark.head["last_ts"])[1] == "2025-03-02T10:00:00.000000Z"
    assert mark.body["source"] == "old.db"
    first, second, third = records(trail)
    assert first.head["import"] == mark.head["id"]
    assert [entry.head["row"] for entry in (first, second, third)] == [1, 2, 3]
    assert first.head["claimed_ts"] == "2025-03-01T08:00:00.500000Z"
    assert first.head["ts"] > mark.head["last_ts"]
    assert "claimed_ts" not in third.head
    assert first.actor_name == "ann@example.org"
    assert "ann@example.org" not in first.head_text
    assert first.body["imported"] == {
        "id": 1,
        "timestamp": FIRST[0],
        "event_type": "tool_call",
        "action": "execute",
        "success": 1,
        "details": {"city": "Köln", "password": "[REDACTED:key]", "days": 2},
    }
    assert (first.body["resource"], first.body["client_address"]) == ("get_weather", "192.0.2.7")
    assert second.body["imported"]["details"] == "asked for marigold"
    assert [entry.head["outcome"] for entry in (first, second, third)] == ["success", "failure", "unknown"]
    assert b"marigold-77" not in b"".join(path.read_bytes() for path in trail.iterdir() if path.is_file())
    assert verify(trail).exit_code == 0


def test_imported_rows_are_found_like_others(trail, old):
    run("import", old)
    row = json.loads(run("query", "--user", "ann@example.org", "--json").stdout)
    assert (row["event"], row["target"], row["outcome"]) == ("audit.import.record", "get_weather", "success")
    with closing(sqlite3.connect(segments_of(trail)[0])) as connection:
        query = "SELECT user_id, resource, success, ip_address FROM audit_log WHERE event_type = 'audit.import.record'"
        assert connection.execute(query).fetchone() == ("ann@example.org", "get_weather", 1, "192.0.2.7")
    assert run("erase", "--user", "ann@example.org", "--reason", "asked").stdout == "removed 1 body and 1 name\n"
    assert verify(trail).exit_code == 0


def test_the_same_bytes_come_in_once(trail, old):
    run("import", old)
    done = run("import", old, code=3)
    assert "imported before, as entry" in done.stderr
    assert len(records(trail)) == 3
    assert "the same bytes were imported before" in run("import", old, "--dry-run").stdout
    run("import", old, "--again")
    assert len(records(trail)) == 6


def test_an_import_that_was_cut_short_goes_on(trail, old, monkeypatch):
    from otel_mcp.audit import importing
    from otel_mcp.audit.older import old_records
    from otel_mcp.redaction import Redactor

    real = importing._draft

    def failing(record, *rest):
        if record.number == 3:
            raise MalformedError("no more")
        return real(record, *rest)

    log = AuditLog.open(trail, service="shop")
    with monkeypatch.context() as patched, old_records(old) as source:
        patched.setattr(importing, "_draft", failing)
        found = importing.survey(source)
        with pytest.raises(importing.AuditUnavailable, match="run the same command again"):
            importing.import_records(log, source, found, source="old.db", redactor=Redactor())
    log.close()
    done = json.loads(run("import", old, "--json").stdout)
    assert (done["imported"], done["resumed"]) == (1, True)
    assert sorted(entry.head["row"] for entry in records(trail)) == [1, 2, 3]
    assert len(list(entries(trail, event="audit.import"))) == 1


def test_a_dry_run_writes_nothing(trail, old):
    before = verify(trail).size
    shown = json.loads(run("import", old, "--dry-run", "--json").stdout)
    assert (shown["rows"], shown["bad"], shown["dry_run"]) == (3, 0, True)
    assert verify(trail).size == before


def test_encrypted_details_are_opened_with_any_of_the_keys(trail, tmp_path):
    keys = [Fernet.generate_key() for _ in range(3)]
    tokens = [
        Fernet(key).encrypt(json.dumps({"n": number, "pin": "8472-11"}).encode()).decode()
        for number, key in enumerate(keys)
    ]
    source = database(tmp_path / "old.db", [(*FIRST, token, None) for token in tokens])
    file = tmp_path / "keys"
    file.write_text("# the old one\n" + "\n".join(key.decode() for key in keys[:2]), encoding="ascii")
    done = run("import", source, "--fernet-key-file", file)
    assert "1 records have encrypted details" in done.stderr
    first, second, third = (entry.body for entry in records(trail))
    assert first["imported"]["details"] == {"n": 0, "pin": "[REDACTED:key]"}
    assert second["imported"]["details"]["n"] == 1
    assert third["imported"]["details"] == tokens[2]
    assert third["undecrypted"] is True
    assert "undecrypted" not in first


def test_lines_of_json_come_in_with_what_stands_beside_the_eight_names(trail, tmp_path):
    plain = dict(zip(NAMES, (*FIRST, {"n": 1}, "192.0.2.9"), strict=True)) | {"tenant": "t1"}
    done = run("import", lines(tmp_path / "old.jsonl", plain, {"timestamp": 1_740_000_000, "event_type": "login"}))
    assert "imported 2 records" in done.stdout
    first, second = records(trail)
    assert first.body["imported"]["tenant"] == "t1"
    assert second.head["claimed_ts"] == "2025-02-19T21:20:00.000000Z"


def test_what_query_prints_comes_in_elsewhere(trail, home, tmp_path):
    source = tmp_path / "rows.jsonl"
    source.write_text(run("query", "--json").stdout, encoding="utf-8")
    other = home / "state" / "otel-mcp" / "other"
    AuditLog.open(other, service="other").close()
    done = json.loads(run("import", source, "--dir", other, "--json").stdout)
    assert done["bad"] == 0
    found = [entry for entry in records(other) if entry.body["imported"]["event_type"] == "mcp.tool.call"]
    assert {entry.body["resource"] for entry in found} == {"tool-0", "tool-1", "tool-2"}
    assert {entry.head["outcome"] for entry in found} == {"success", "failure"}
    assert {entry.actor_name for entry in found} == {"ann"}


def test_a_bad_row_is_said_and_counted(trail, tmp_path):
    source = tmp_path / "old.jsonl"
    good = json.dumps({"timestamp": "2025-01-01", "event_type": "x"})
    bad = [b"{", b'{"event_type": "x"}', b"[1]", b'{"timestamp": 1, "timestamp": 2, "event_type": "x"}', b'"\xff"']
    source.write_bytes(b"\n".join([good.encode(), *bad, b'{"timestamp": NaN, "event_type": 1}', b"[" * 100_000]))
    assert "row 2: not JSON" in run("import", source, "--strict", code=3).stderr
    assert records(trail) == []
    done = run("import", source, code=2)
    assert done.stderr.count("left out") == 7
    assert "row 3: has no timestamp; left out" in done.stderr
    [mark] = entries(trail, event="audit.import")
    assert (mark.head["rows"], mark.head["bad"]) == (1, 7)


def test_text_that_is_not_utf8_spoils_its_row_alone(trail, tmp_path):
    source = database(tmp_path / "old.db", [(*FIRST, "x", None), (*FIRST, "y", None)])
    with closing(sqlite3.connect(source)) as connection:
        connection.execute("UPDATE audit_log SET details = CAST(x'ff41' AS TEXT) WHERE id = 1")
        connection.commit()
    assert "row 1: holds text that is not UTF-8" in run("import", source, code=2).stderr
    assert [entry.head["row"] for entry in records(trail)] == [2]


def test_nobody_else_writes_entries_of_an_import(trail):
    log = AuditLog.open(trail, service="shop")
    try:
        for event in ("audit.import", "audit.import.record"):
            with pytest.raises(MalformedError, match="reserved"):
                log.append(EntryDraft(event, "event", "IMPORT", "success"))
    finally:
        log.close()


def test_sources_that_cannot_be_used_are_one_sentence(trail, tmp_path):
    def sentence(name, content, words):
        path = tmp_path / name
        path.write_bytes(content)
        assert words in run("import", path, code=3).stderr
        return path

    sentence("empty", b"", "it is empty")
    sentence("blank", b"\n\n", "holds no record")
    sentence("prose", b"hello\n", "row 1: not JSON")
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE audit_log (timestamp, event_type)")
    assert "has no column user_id" in run("import", path, code=3).stderr
    with closing(sqlite3.connect(tmp_path / "none.db")) as connection:
        connection.execute("CREATE TABLE x (y)")
    assert "the database has no table audit_log" in run("import", tmp_path / "none.db", code=3).stderr
    sentence("broken.db", path.read_bytes()[:100] + b"\0" * 5000, "broken.db: ")
    keys = tmp_path / "keys"
    keys.write_text("marigold\n", encoding="ascii")
    done = run("import", path, "--fernet-key-file", keys, code=3)
    assert "keys line 1: no Fernet key" in done.stderr
    assert "marigold" not in done.stderr


def test_a_database_with_a_journal_is_not_read(trail, tmp_path):
    source = database(tmp_path / "old.db", [(*FIRST, "x", None)])
    with closing(sqlite3.connect(source)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("UPDATE audit_log SET details = 'y'")
        connection.commit()
        assert "old.db-wal holds changes" in run("import", source, code=3).stderr


@pytest.mark.parametrize(
    ("value", "time_us"),
    [
        ("2025-03-01T08:00:00Z", 1_740_816_000_000_000),
        ("2025-03-01 09:00:00,5 +0100", 1_740_816_000_500_000),
        ("2025-03-01T08:00", 1_740_816_000_000_000),
        ("2025-03-01T08:00:00.123456789+00:00", 1_740_816_000_123_456),
        (1_740_816_000, 1_740_816_000_000_000),
        ("1740816000.25", 1_740_816_000_250_000),
        (1_740_816_000_000, None),  # milliseconds are not guessed
        ("1969-12-31T23:59:59Z", None),
        ("2025-13-01T00:00:00Z", None),
        ("yesterday", None),
        (True, None),
        (None, None),
    ],
)
def test_a_time_is_read_or_left_alone(value, time_us):
    assert claimed_us(value) == time_us
