"""custos-mcp: JSON lines, each with the hash of the one before it and an Ed25519 signature."""

from __future__ import annotations

import base64
import hashlib
import shutil
from typing import ClassVar

from custos import canonical, cli, ids, keys, record
from custos.ledger import Ledger, hash_of_value
from drive import Adapter, arguments, command, main, read_lines, tool, write_lines


class Custos(Adapter):
    package = "custos-mcp"
    about = (
        "`custos keygen`, then `Ledger.append`; verified by `custos verify --ledger`, which takes the public key "
        "beside the ledger. By hand: that key (`--pub`). Its documentation asks for one process a ledger."
    )
    helped = True
    layout: ClassVar[dict[str, object]] = {
        "files": ["ledger.jsonl"],
        "file": "ledger.jsonl",
        "number": "seq",
        "first": 0,
    }

    def __init__(self, folder):
        super().__init__(folder)
        self.path = self.log / "ledger.jsonl"

    def open(self):
        if not (self.log / "ledger.key").exists():
            keys.generate_keypair().save(self.log)
        self.ledger = Ledger(self.path, keys.load_keypair(self.log))

    def append(self, number):
        made = record.DecisionRecord(
            v=1,
            seq=0,
            ts=ids.iso_now_ms(),
            trace_id=ids.new_trace_id(),
            span_id=ids.new_span_id(),
            actor=record.Actor("rosalind"),
            server=record.Server("weather"),
            tool=tool(number),
            args_hash=hash_of_value(arguments(number)),
            result_hash=hash_of_value({"celsius": 21}),
            decision=record.Decision.ALLOW,
            policy=record.PolicyResult("custos", "all", "all", "allowed"),
            latency_ms=12,
            prev_hash="",
        )
        self.ledger.append(made)

    def keep(self):
        shutil.copy(self.log / "ledger.pub", self.kept / "ledger.pub")

    def verify(self, *, given):
        more = ["--pub", self.kept / "ledger.pub"] if given else []
        return command(cli.main, ["verify", "--ledger", self.path, *more])

    def refit(self, key):
        if key == "other":
            keys.generate_keypair().save(self.log)
        pair = keys.load_keypair(self.log)
        self._chain(lambda entry, digest: entry["sig"] if key == "none" else signature(pair, digest))

    def strip(self):
        self._chain(lambda entry, digest: "")

    def _chain(self, sign):
        entries, previous = read_lines(self.path), record.GENESIS_PREV_HASH
        for entry in entries:
            entry["prev_hash"] = previous
            body = {name: value for name, value in entry.items() if name not in ("record_hash", "sig")}
            digest = hashlib.sha256(canonical.dumps(body))
            entry["record_hash"] = previous = "sha256:" + digest.hexdigest()
            entry["sig"] = sign(entry, digest.digest())
        write_lines(self.path, entries, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def signature(pair, digest):
    return "ed25519:" + base64.b64encode(pair.sign(digest)).decode()


main(Custos)
