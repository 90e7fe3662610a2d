"""Whatever is done to a log in whatever order, and whenever its process is killed: it verifies, and has what it said.

Bounded here; `make test-long` runs the full number (`OTEL_MCP_TEST_TIMES`).
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import time

import pytest
from audit_scenes import codes, command, draft, environment

from otel_mcp.audit import AuditLog, Policy, verify
from otel_mcp.audit.archive import archive
from otel_mcp.audit.entry import now_us
from otel_mcp.audit.keys import load_keys
from otel_mcp.audit.query import entries, find
from otel_mcp.audit.store import segments_of
from otel_mcp.errors import NothingToVerify, OtelMcpError

TIMES = int(os.environ.get("OTEL_MCP_TEST_TIMES", "1"))
PEOPLE = ("rosalind@example.org", "barbara@example.org", "grace@example.org")


class Life:
    """A log and what may happen to it, with a memory of what must be true."""

    def __init__(self, directory, seed):
        self.rng = random.Random(seed)
        self.directory = directory
        self.archived = directory.with_name("archive")
        self.mode = "off"
        self.acknowledged: dict[str, int] = {}
        self.gone: set[int] = set()
        self.log = self.open()

    def open(self):
        self.mode = self.rng.choice(["off", "segment", "subject", self.mode])
        return AuditLog.open(self.directory, service="weather", encrypt=self.mode)

    def append(self):
        for _ in range(self.rng.randrange(1, 6)):
            receipt = self.log.append(draft(actor=self.rng.choice([*PEOPLE, None])))
            self.acknowledged[receipt.record_id] = receipt.index

    def reopen(self):
        self.log.close()
        self.log = self.open()

    def rotate(self):
        self.log.rotate()

    def archive(self):
        archive(self.directory, self.archived)

    def prune(self):
        self.archive()
        if self.log.prune(now_us() - self.rng.choice([0, 10**12]), policy="90d"):
            first = min(segments_of(self.directory))
            self.acknowledged = {record: index for record, index in self.acknowledged.items() if index >= first}

    def redact(self):
        if self.acknowledged:
            index = self.rng.choice(list(self.acknowledged.values()))
            try:
                self.log.redact(index, reason="asked for", archives=self.archives())
            except NothingToVerify:
                assert find(self.directory, str(index)).body is None or self.mode != "off"

    def erase(self):
        with contextlib.suppress(NothingToVerify):
            self.log.erase(self.rng.choice(PEOPLE), reason="asked for", archives=self.archives())

    def change_key(self):
        self.log.change_key(reason="yearly")

    def change_encryption_key(self):
        self.log.change_encryption_key(reason="yearly", archives=self.archives())

    def archives(self):
        return [self.archived] if segments_of(self.archived) else []

    def step(self):
        weights = {
            self.append: 8,
            self.reopen: 2,
            self.rotate: 4,
            self.archive: 1,
            self.prune: 1,
            self.redact: 2,
            self.erase: 2,
            self.change_key: 1,
            self.change_encryption_key: 1,
        }
        (action,) = self.rng.choices(list(weights), list(weights.values()))
        action()
        return action.__name__

    def check(self, done):
        for policy in (Policy(), Policy(trusted_keys=[self.log.vkey], use_pins=False)):
            for fast in (False, True):
                report = verify(self.directory, policy, fast=fast)
                assert (report.exit_code, codes(report)) == (0, set()), (done, report.problems)
        if self.archives():
            report = verify(self.archived)
            assert (report.exit_code, codes(report) - {"W06"}) == (0, set()), (done, report.problems)
        keys = load_keys(None, service="weather", create=False)
        found = {entry.head["id"]: entry for entry in entries(self.directory, keys=keys)}
        assert found.keys() >= self.acknowledged.keys(), done
        assert not any(entry.locked for entry in found.values()), done


@pytest.mark.parametrize("seed", range(6 * TIMES))
def test_a_log_verifies_after_anything_that_is_done_to_it(directory, seed):
    life = Life(directory, seed)
    done = []
    for _ in range(14):
        done.append(life.step())
        life.check(done)
    life.log.close()
    life.check(done)


BUSY = """
import random, sys
from pathlib import Path
import otel_mcp.audit._committer as committer
from audit_scenes import draft
from otel_mcp.audit import AuditLog
from otel_mcp.rotation import Rotation
committer._LOOK_SECONDS = 0
rng = random.Random(sys.argv[2])
log = AuditLog.open(Path(sys.argv[1]), service="weather", rotation=Rotation(200_000, None))
while True:
    print(log.append(draft(rng.randrange(9), body={"result": "x" * rng.randrange(20_000)})).record_id, flush=True)
    if rng.random() < 0.05:
        log.rotate()
"""


@pytest.mark.parametrize("seed", range(6 * TIMES))
def test_killed_at_any_time_a_log_has_every_entry_that_was_acknowledged(directory, seed):
    rng = random.Random(seed)
    acknowledged = []
    processes = [
        subprocess.Popen(command(BUSY, directory, rng.random()), env=environment(), stdout=subprocess.PIPE, text=True)
        for _ in range(rng.choice([1, 2, 3, 8]))
    ]
    time.sleep(0.6 + rng.random())
    for process in processes:
        time.sleep(rng.random() / 10)
        process.send_signal(signal.SIGKILL)
    for process in processes:
        lines = process.communicate(timeout=60)[0].split("\n")
        acknowledged += lines[:-1]  # the last one may be cut
    if not segments_of(directory):
        assert not acknowledged
        return
    try:
        report = verify(directory)
    except NothingToVerify:
        assert not acknowledged
        return
    assert (report.exit_code, codes(report) - {"W04"}) == (0, set()), report.problems
    assert {entry.head["id"] for entry in entries(directory)} >= set(acknowledged)
    log = AuditLog.open(directory, service="weather")
    log.append(draft())
    log.close()
    assert verify(directory).exit_code == 0


@pytest.mark.parametrize("seed", range(TIMES))
def test_no_flipped_bit_in_any_file_changes_what_a_verified_log_says(directory, seed):
    log = AuditLog.open(directory, service="weather", encrypt="subject")
    for number in range(9):
        log.append(draft(number, actor=PEOPLE[number % 3]))
        if number % 3 == 2:
            log.rotate()
    log.erase(PEOPLE[0], reason="asked for")
    log.close()
    keys = load_keys(None, service="weather", create=False)

    def said():
        found = entries(directory, keys=keys)
        return [(entry.head_text, None if entry.locked else (entry.body, entry.actor_name)) for entry in found]

    before = said()
    backup = directory.with_name("backup")
    shutil.copytree(directory, backup)
    rng = random.Random(seed)
    files = [path for path in directory.iterdir() if path.suffix == ".db" or path.name == "seals"]
    for _ in range(150):
        path = rng.choice(files)
        data = bytearray(path.read_bytes())
        position = rng.randrange(len(data) * 8)
        data[position // 8] ^= 1 << position % 8
        path.write_bytes(data)
        try:
            if verify(directory).exit_code == 0:
                # What cannot be read is not read wrongly: wrapped keys are no part of what is signed.
                with contextlib.suppress(OtelMcpError):
                    for (head, content), (old_head, old_content) in zip(said(), before, strict=True):
                        assert (head, content or old_content) == (old_head, old_content), (position, path.name)
        except OtelMcpError:
            pass
        for name in directory.glob(f"{path.name}-*"):
            name.unlink()
        shutil.copyfile(backup / path.name, path)
