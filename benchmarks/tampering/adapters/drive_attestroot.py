"""attestroot: an index of JSON lines, each with the hash of the one before it, and the payloads beside it."""

from __future__ import annotations

import json
import os
from typing import ClassVar

from attestroot import canon, ledger, paths
from drive import Adapter, arguments, main, read_lines, tool, write_lines

SESSION = "session"


class Attestroot(Adapter):
    package = "attestroot"
    about = (
        "its capture ledger: `ledger.append_event`, whose answer says whether it recorded (the hook that calls it ends "
        "with 0 in any case); verified by `ledger.verify_chain`, as `attestroot status` does. Bundles that are sealed "
        "from it and countersigned are apart from the log and were not used."
    )
    layout: ClassVar[dict[str, object]] = {
        "files": [f"ledger/{SESSION}/events.jsonl"],
        "file": f"ledger/{SESSION}/events.jsonl",
        "number": "seq",
        "first": 0,
    }

    def __init__(self, folder):
        super().__init__(folder)
        os.environ["ATTESTROOT_HOME"] = str(self.log)

    def append(self, number):
        index = {"source": "mcp", "kind": "tool_call", "tool_name": tool(number)}
        payload = json.dumps({"tool": tool(number), "arguments": arguments(number)}).encode()
        if ledger.append_event(SESSION, index, payload) is None:
            raise RuntimeError("not recorded")

    def verify(self, *, given):
        found = ledger.verify_chain(SESSION)
        return found.ok, repr(found)

    def refit(self, key):
        path = paths.events_path(SESSION)
        entries, previous = read_lines(path), None
        for entry in entries:
            entry["prev"] = previous
            previous = canon.sha256_hex(canon.canonical_bytes(entry))
        write_lines(path, entries, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    def edit_beside(self, number):
        path = paths.raw_dir(SESSION) / f"{number:06d}.json"
        path.write_bytes(path.read_bytes().replace(arguments(number)["place"].encode(), b"elsewhere"))


main(Attestroot)
