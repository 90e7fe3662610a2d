"""Our own log, as it is by default; the second argument says where it is verified."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from drive import Adapter, arguments, database, main, tool

ROOT = Path(__file__).parents[3]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "audit")]

from audit_scenes import FILE_NAME, draft, raw, rehash  # noqa: E402

from otel_mcp.audit import AuditLog, Policy, verify  # noqa: E402
from otel_mcp.audit.entry import body_hash, parse_head  # noqa: E402
from otel_mcp.audit.keys import load_keys, load_pins, new_keys  # noqa: E402
from otel_mcp.audit.seal import SEALS_NAME, Seal, sign_seal  # noqa: E402
from otel_mcp.audit.store import SEAL, segments_of  # noqa: E402
from otel_mcp.tlog import Frontier, Signer, parse_note  # noqa: E402

WHERE = sys.argv[2]
SERVICE = "weather"


class Ours(Adapter):
    about = {
        "here": "on the machine that wrote it, nothing given: `verify` knows the pinned key and the high-water mark, "
        "which are not in the log's folder.",
        "key": "elsewhere, with the key that was noted (`--vkey`) and nothing else: what signatures can promise.",
        "witness": "elsewhere, with that key and the newest checkpoint that was kept before the tampering.",
    }[WHERE]
    layout: ClassVar[dict[str, object]] = {
        "files": ["*"],
        "file": FILE_NAME,
        "table": "entry",
        "order": "idx",
        "number": "idx",
        "first": 0,
        "columns": ["tool", "ts", "outcome"],
    }

    def open(self):
        self.writer = AuditLog.open(self.log, service=SERVICE)

    def append(self, number):
        attributes = {"side": "server", "method": "tools/call", "tool": tool(number)}
        self.writer.append(draft(attributes=attributes, body={"arguments": arguments(number)}))

    def close(self):
        self.writer.close()

    def keep(self):
        (vkey,) = load_pins().values()
        (self.kept / "vkey").write_text(vkey)
        (self.kept / "checkpoint").write_text(verify(self.log).checkpoint)

    def verify(self, *, given):
        policy = None
        if WHERE != "here":
            os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_STATE_HOME"] = str(self.kept / "nothing")
            notes = [(self.kept / "checkpoint").read_text()] if WHERE == "witness" else []
            policy = Policy(trusted_keys=[(self.kept / "vkey").read_text()], witness_notes=notes)
        report = verify(self.log, policy)
        said = "; ".join(f"{problem.code} {problem.message}" for problem in report.problems)
        # Warnings leave the verdict as it is.
        return (None if said and report.exit_code == 0 else report.exit_code == 0), said

    def refit(self, key):
        """Leaves, frontier, bodies and checkpoints as the heads want them; signed where there is a key."""
        with raw(self.log) as connection:
            (origin,) = connection.execute("SELECT v FROM meta WHERE k = 'origin'").fetchone()
            signer = signer_of(origin, key)
            bodies = {body_hash(data): data for (data,) in connection.execute("SELECT data FROM body")}
            heads = connection.execute("SELECT idx, head FROM entry").fetchall()
            connection.execute("DELETE FROM body")
            for index, head in heads:
                if (data := bodies.get(parse_head(head).get("body"))) is not None:
                    connection.execute("INSERT INTO body VALUES (?, ?)", (index, data))
            connection.execute("DELETE FROM checkpoint WHERE size > ?", (len(heads),))
            rehash(connection, signer)
            if key == "other":
                connection.execute("UPDATE meta SET v = ? WHERE k = 'vkey'", (str(signer.verifier),))

    def seal(self):
        log = AuditLog.open(self.log, service=SERVICE)
        log.rotate()
        log.close()

    def refit_sealed(self):
        """All files as the heads want them, signed with today's key; the key that sealed the first is gone."""
        frontier, notes = Frontier(), []
        for path in segments_of(self.log).values():
            with database(path) as connection:
                connection.execute("UPDATE meta SET v = ? WHERE k = 'hashes'", (frontier.to_bytes().hex(),))
                (origin,) = connection.execute("SELECT v FROM meta WHERE k = 'origin'").fetchone()
                signer = signer_of(origin, "own")
                frontier = rehash(connection, signer, frontier)
                for (note,) in connection.execute("SELECT v FROM meta WHERE k = ?", (SEAL,)).fetchall():
                    sealed = replace(Seal.parse(parse_note(note).text), root=frontier.root())
                    notes.append(sign_seal(sealed, signer, new_keys().signing_key))
                    connection.execute("UPDATE meta SET v = ? WHERE k = ?", (notes[-1], SEAL))
        (self.log / SEALS_NAME).write_text("".join(notes), encoding="utf-8")

    def strip(self):
        with raw(self.log) as connection:
            rehash(connection)
            connection.execute("UPDATE checkpoint SET note = substr(note, 1, instr(note, '— ') - 1)")

    def edit_beside(self, number):
        with raw(self.log) as connection:
            (data,) = connection.execute("SELECT data FROM body WHERE idx = ?", (number + 1,)).fetchone()
            data = data.replace(arguments(number)["place"].encode(), b"elsewhere")
            connection.execute("UPDATE body SET data = ? WHERE idx = ?", (data, number + 1))

    def redact(self, number):
        log = AuditLog.open(self.log, service=SERVICE)
        log.redact(number + 1, reason="asked for")
        log.close()


def signer_of(origin, key):
    """Nobody, the log's own key, as a thief has it, or a new one."""
    if key == "none":
        return None
    keys = load_keys(None, service=SERVICE, create=False) if key == "own" else new_keys()
    return Signer(origin, keys.signing_key)


main(Ours)
