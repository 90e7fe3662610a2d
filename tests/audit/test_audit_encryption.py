"""Bodies and names at rest: nothing of them is readable without the key, and all of it with the key."""

from __future__ import annotations

import contextlib
import os
import sqlite3

import pytest
from audit_scenes import ACTOR, codes, draft
from test_audit_erasure import OTHER, SECRET, raw_bytes

from otel_mcp.audit import AuditLog, verify
from otel_mcp.audit.encryption import Locked, Reader, dek_id, kek_id, rewrap
from otel_mcp.audit.keys import LogKeys, format_keys, load_keys, new_keys, parse_keys
from otel_mcp.audit.query import entries, find, operations
from otel_mcp.audit.store import segments_of
from otel_mcp.errors import AuditUnavailable, ConfigError, MalformedError

MODES = ["segment", "subject"]


@pytest.fixture(params=MODES)
def mode(request):
    return request.param


@pytest.fixture
def trail(directory, mode):
    """An encrypted log of two files in which two people did things, and one thing was done by nobody."""
    log = AuditLog.open(directory, service="weather", encrypt=mode)
    for number in range(8):
        log.append(draft(number, actor=OTHER if number % 2 else ACTOR, body={"result": f"{SECRET} {number}"}))
        if number == 4:
            log.rotate()
    log.append(draft(actor=None, body={"result": SECRET}))
    log.close()
    return directory


@pytest.fixture
def keys(home):
    return load_keys(None, service="weather", create=False)


@contextlib.contextmanager
def database(trail, number=0):
    path = list(segments_of(trail).values())[number]
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def test_no_byte_of_body_or_name_is_readable(trail):
    left = raw_bytes(trail)
    for text in (ACTOR, OTHER, SECRET):
        assert text.encode() not in left
    report = verify(trail)
    assert (report.exit_code, codes(report)) == (0, set())


def test_with_the_keys_everything_is_read_and_without_them_it_is_said(trail, keys):
    opened = list(entries(trail, event="mcp.tool.call", keys=keys))
    assert [entry.body["result"] for entry in opened] == [*(f"{SECRET} {number}" for number in range(8)), SECRET]
    assert {entry.actor_name for entry in opened} == {ACTOR, OTHER, None}
    assert not any(entry.locked for entry in opened)
    closed = list(entries(trail, event="mcp.tool.call"))
    assert {(entry.body, entry.actor_name, entry.locked) for entry in closed} == {(None, None, True)}
    stranger = new_keys()
    assert all(entry.locked for entry in entries(trail, event="mcp.tool.call", keys=stranger))


def test_a_user_is_found_by_tag(trail, keys):
    assert len(list(entries(trail, actor=ACTOR, keys=keys))) == 4
    assert [row.actor for row in operations(trail, actor=OTHER, keys=keys)] == [OTHER] * 4
    assert not list(entries(trail, actor=ACTOR))
    assert find(trail, "1", keys=keys).actor_name == ACTOR


def test_each_file_has_keys_of_its_own(trail, mode):
    names = []
    for number in (0, 1):
        with database(trail, number) as connection:
            names.append({name for (name,) in connection.execute("SELECT id FROM dek")})
    assert not names[0] & names[1]
    # One for the file (records of nobody, such as starts) and, if asked for, one for each of two people.
    assert [len(each) for each in names] == ([3, 3] if mode == "subject" else [1, 1])


def test_an_erased_persons_key_is_gone_with_them(trail, keys, mode):
    log = AuditLog.open(trail, service="weather", encrypt=mode)
    log.erase(ACTOR, reason="asked for")
    log.close()
    assert not list(entries(trail, actor=ACTOR, keys=keys))
    assert len(list(entries(trail, actor=OTHER, keys=keys))) == 4
    with database(trail) as connection:
        scopes = {scope for (scope,) in connection.execute("SELECT scope FROM dek")}
        subjects = {subject for (subject,) in connection.execute("SELECT id FROM subject")}
    assert scopes - {"segment"} == (subjects if mode == "subject" else set())
    report = verify(trail)
    assert (report.exit_code, codes(report)) == (0, set())


def test_a_log_may_change_its_mode(trail, keys):
    for other in ("off", "subject", "segment"):
        log = AuditLog.open(trail, service="weather", encrypt=other)
        log.append(draft(actor="grace@example.org", body={"result": other}))
        log.close()
    assert verify(trail).exit_code == 0
    found = [entry.body["result"] for entry in entries(trail, actor="grace@example.org", keys=keys)]
    assert found == ["off", "subject", "segment"]


def test_a_body_in_another_entrys_place_is_not_read(trail, keys):
    with database(trail) as connection:
        (one,), (other,) = connection.execute("SELECT data FROM body WHERE idx IN (1, 3)").fetchall()
        connection.execute("UPDATE body SET data = ? WHERE idx = 1", (other,))
    with pytest.raises(AuditUnavailable, match="does not fit its key or its place"):
        find(trail, "1", keys=keys)
    assert "A10" in codes(verify(trail))
    assert one != other


def test_a_name_in_another_subjects_place_is_not_read(trail, keys):
    with database(trail) as connection:
        (one, name), (other, _) = connection.execute("SELECT id, name FROM subject").fetchall()
        connection.execute("UPDATE subject SET name = ? WHERE id = ?", (name, other))
    with pytest.raises(AuditUnavailable, match="does not fit its key or its place"):
        list(entries(trail, event="mcp.tool.call", keys=keys))
    assert one != other


def test_keys_are_wrapped_anew_and_the_log_stays_as_it_is(trail, keys):
    before = {entry.head_text for entry in entries(trail)}
    new = os.urandom(32)
    with database(trail) as connection:
        origin = dict(connection.execute("SELECT k, v FROM meta"))["origin"]
        count = rewrap(connection, origin, keys.encryption_keys, new)
        assert count == connection.execute("SELECT count(*) FROM dek").fetchone()[0]
        assert rewrap(connection, origin, [], new) == 0
        with pytest.raises(Locked):
            rewrap(connection, origin, [], os.urandom(32))
    both = LogKeys(keys.signing_key, keys.index_key, "", created=False, encryption_keys=(new, *keys.encryption_keys))
    assert not any(entry.locked for entry in entries(trail, keys=both))
    assert find(trail, "1", keys=keys).locked
    assert {entry.head_text for entry in entries(trail)} == before
    assert verify(trail).exit_code == 0


def test_a_head_names_the_key_of_its_body(trail, keys, mode):
    (entry,) = [entry for entry in entries(trail, keys=keys) if (entry.body or {}).get("result") == f"{SECRET} 1"]
    with database(trail) as connection:
        origin = dict(connection.execute("SELECT k, v FROM meta"))["origin"]
        reader = Reader(connection, origin, {kek_id(key): key for key in keys.encryption_keys})
        key = reader.key(entry.head["actor"] if mode == "subject" else "segment")
        blob = connection.execute("SELECT data FROM body WHERE idx = ?", (entry.index,)).fetchone()[0]
        assert dek_id(key) == entry.head["dek"]
        with pytest.raises(Locked):
            reader.body(blob, {**entry.head, "dek": "00" * 16})
        with pytest.raises(MalformedError):
            reader.body(blob, {**entry.head, "id": "another"})


def test_a_plain_body_under_a_head_that_names_a_key_is_found(trail):
    from otel_mcp.audit.entry import format_body

    with database(trail) as connection:
        connection.execute("UPDATE body SET data = ? WHERE idx = 1", (format_body({"result": "other"}),))
    assert {"A10"} <= codes(verify(trail))


def test_a_key_file_without_an_encryption_key_is_said(directory, tmp_path):
    keys = new_keys()
    path = tmp_path / "old.pem"
    old = LogKeys(keys.signing_key, keys.index_key, "", created=False)
    path.write_text(format_keys(old), encoding="ascii")
    path.chmod(0o600)
    with pytest.raises(ConfigError, match="no key to encrypt with"):
        AuditLog.open(directory, service="weather", key=f"file:{path}", encrypt="segment")
    with pytest.raises(ConfigError, match="OTEL_MCP_AUDIT_ENCRYPT=yes: expected one of off, segment, subject"):
        AuditLog.open(directory, service="weather", encrypt="yes")


def test_a_key_file_holds_as_many_encryption_keys_as_there_are():
    keys = new_keys()
    several = LogKeys(keys.signing_key, keys.index_key, "x", created=False, encryption_keys=(b"1" * 32, b"2" * 32))
    assert parse_keys(format_keys(several), "x").encryption_keys == (b"1" * 32, b"2" * 32)
    broken = format_keys(several).replace("MTEx", "")
    with pytest.raises(ConfigError, match="ENCRYPTION KEY"):
        parse_keys(broken, "x")
