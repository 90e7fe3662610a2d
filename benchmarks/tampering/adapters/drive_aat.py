"""aat-mcp: records of a session, each with the hash of the one before it and an ECDSA signature."""

from __future__ import annotations

import json
from typing import ClassVar

from aat import core
from aat.mcp import MCPRecorder
from cryptography.hazmat.primitives import serialization
from drive import Adapter, arguments, main, read_lines, tool, write_lines


class Aat(Adapter):
    package = "aat-mcp"
    about = (
        "`MCPRecorder.tool_call`. Where records go is the caller's business: here to a file of JSON lines for each "
        "session, which is what a recorder is good for; a process begins one. Verified by `core.verify_chain(records)` "
        "for every file. By hand: the public key, as its second argument."
    )
    helped = True
    layout: ClassVar[dict[str, object]] = {"files": ["session-*.jsonl"], "file": "session-0.jsonl", "own": False}

    def open(self):
        path = self.home / "key.pem"
        if not path.exists():
            path.write_bytes(pem(core.gen_key()))
        self.recorder = MCPRecorder(
            agent_id="urn:agent:example", agent_version="1.0.0", private_key=private(path.read_bytes())
        )
        self.file = None
        self.first = [self.recorder.open_session()]

    def append(self, number):
        made = self.recorder.tool_call(tool(number), arguments(number))
        if self.file is None:
            self.file = (self.log / f"session-{number}.jsonl").open("a", encoding="utf-8")
        for entry in [*self.first, made]:
            self.file.write(json.dumps(entry) + "\n")
        self.file.flush()
        self.first = []

    def close(self):
        if self.file is not None:
            self.file.close()

    def keep(self):
        (self.kept / "key.pem").write_bytes(public((self.home / "key.pem").read_bytes()))

    def verify(self, *, given):
        keys = None
        if given:
            key = serialization.load_pem_public_key((self.kept / "key.pem").read_bytes())
            keys = {core.kid_for(key): key}
        for path in sorted(self.log.glob("session-*.jsonl")):
            passed, issues = core.verify_chain(read_lines(path), keys)
            if not passed:
                return False, "; ".join(issues)
        return True, "verified"

    def refit(self, key):
        signer = {
            "none": lambda: None,
            "own": lambda: private((self.home / "key.pem").read_bytes()),
            "other": core.gen_key,
        }[key]()
        self._chain(lambda entry: signer and core.sign_record(entry, signer, core.kid_for(signer.public_key())))

    def strip(self):
        def unsigned(entry):
            for name in ("signature", "sig_alg", "signer_kid"):
                del entry[name]

        self._chain(unsigned)

    def _chain(self, sign):
        path = self.log / "session-0.jsonl"
        entries, previous = read_lines(path), None
        for entry in entries:
            entry["prev_hash"] = previous and core.chain_hash(previous)
            entry["parent_record_id"] = previous and previous["record_id"]
            sign(entry)
            previous = entry
        write_lines(path, entries)


def pem(key):
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def private(data):
    return serialization.load_pem_private_key(data, None)


def public(data):
    encoding, form = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    return private(data).public_key().public_bytes(encoding, form)


main(Aat)
