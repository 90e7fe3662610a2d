"""Several processes, forks, crashes and program ends: every receipt that was given is in a log that verifies."""

from __future__ import annotations

import json
import signal
import subprocess

import pytest
from audit_scenes import codes, command, draft, environment, make_log, run_python

from otel_mcp.audit import AuditLog, verify
from otel_mcp.audit.query import entries

PRELUDE = """
import os, sys
from pathlib import Path
from audit_scenes import draft
from otel_mcp.audit import AuditLog, verify
directory = Path(sys.argv[1])
"""


def test_several_processes_write_one_log(directory):
    script = (
        PRELUDE
        + """
log = AuditLog.open(directory, service="weather")
for number in range(200):
    log.append(draft(number, actor=f"user {os.getpid()}"))
log.close()
"""
    )
    processes = [
        subprocess.Popen(command(script, directory), env=environment(), stderr=subprocess.PIPE) for _ in range(4)
    ]
    failures = [process.communicate(timeout=120)[1] for process in processes]
    assert failures == [b""] * 4
    report = verify(directory)
    assert (report.exit_code, report.problems, report.size, report.writers) == (0, (), 4 * 202, 4)


def test_a_child_after_a_fork_is_a_writer_of_its_own_and_the_parent_goes_on(directory):
    script = (
        PRELUDE
        + """
import warnings
warnings.simplefilter("ignore", DeprecationWarning)  # forking with threads is what is tried here
log = AuditLog.open(directory, service="weather")
for number in range(20):
    log.append(draft(number))
log.contains("x")
children = []
for _ in range(3):
    pending = [log.submit(draft(number)) for number in range(20)]
    child = os.fork()
    if child == 0:
        for number in range(20):
            log.append(draft(number))
        log.contains("x")
        log.close()
        sys.exit(0)
    children.append(child)
    for number in range(20):
        log.append(draft(number))
    [future.result(10) for future in pending]
assert all(os.waitpid(child, 0)[1] == 0 for child in children)
log.append(draft())
log.close()
"""
    )
    result = run_python(script, directory)
    assert (result.returncode, result.stderr) == (0, "")
    report = verify(directory)
    assert (report.exit_code, report.problems, report.writers) == (0, (), 4)
    assert report.size == (20 + 3 * 40 + 1 + 2) + 3 * 22


def test_a_child_that_never_writes_leaves_no_trace(directory):
    script = (
        PRELUDE
        + """
import warnings
warnings.simplefilter("ignore", DeprecationWarning)
log = AuditLog.open(directory, service="weather")
log.append(draft())
child = os.fork()
if child == 0:
    sys.exit(0)
assert os.waitpid(child, 0)[1] == 0
log.append(draft())
"""
    )
    result = run_python(script, directory)
    assert (result.returncode, result.stderr) == (0, "")
    report = verify(directory)
    assert (report.problems, report.size, report.writers) == ((), 4, 1)


def test_a_program_that_just_ends_leaves_a_stop_record(directory):
    script = (
        PRELUDE
        + """
log = AuditLog.open(directory, service="weather")
for number in range(100):
    log.submit(draft(number))
"""
    )
    result = run_python(script, directory)
    assert (result.returncode, result.stderr) == (0, "")
    report = verify(directory)
    assert (report.problems, report.size) == ((), 102)


ENDLESS = (
    PRELUDE
    + """
log = AuditLog.open(directory, service="weather")
number = 0
while True:
    futures = [log.submit(draft(number + i)) for i in range(8)]
    for future in futures:
        receipt = future.result(10)
        print(receipt.index, receipt.leaf.hex(), flush=True)
    number += 8
"""
)


@pytest.mark.parametrize("receipts", [1, 50, 333])
def test_a_killed_process_loses_no_receipt(directory, receipts):
    process = subprocess.Popen(command(ENDLESS, directory), env=environment(), stdout=subprocess.PIPE, text=True)
    given = [process.stdout.readline() for _ in range(receipts)]
    process.send_signal(signal.SIGKILL)
    given += process.stdout.readlines()
    process.stdout.close()
    process.wait()
    acknowledged = {int(line.split()[0]): line.split()[1] for line in given if line.count(" ") == 1 and len(line) > 64}
    report = verify(directory)
    assert (report.exit_code, codes(report)) == (0, {"W04"})
    stored = {entry.index: entry.leaf.hex() for entry in entries(directory)}
    assert len(acknowledged) >= receipts
    assert all(stored[index] == leaf for index, leaf in acknowledged.items())
    make_log(directory, 3)
    assert verify(directory).exit_code == 0


def test_a_running_writer_is_not_an_unclean_one(directory):
    process = subprocess.Popen(command(ENDLESS, directory), env=environment(), stdout=subprocess.PIPE, text=True)
    process.stdout.readline()
    for _ in range(3):
        report = verify(directory)
        assert (report.exit_code, report.problems) == (0, ())
    process.kill()
    process.stdout.close()
    process.wait()
    assert codes(verify(directory)) == {"W04"}


def test_a_stopped_process_that_holds_no_lock_does_not_stop_others(directory):
    log = AuditLog.open(directory, service="weather")
    make_log(directory, 5)
    log.append(draft())
    log.close()
    assert verify(directory).problems == ()


BLOCKED = """
import sys
for name in ("mcp", "fastmcp", "opentelemetry", "click", "rich", "wrapt"):
    sys.modules[name] = None
from otel_mcp.audit import verify
import otel_mcp.audit.query
import json
from pathlib import Path
report = verify(Path(sys.argv[1]))
print(json.dumps([report.exit_code, report.entries]))
"""


def test_verification_needs_neither_mcp_nor_opentelemetry(directory):
    make_log(directory, 3)
    result = run_python(BLOCKED, directory)
    assert result.stderr == ""
    assert json.loads(result.stdout) == [0, 5]


PURE = """
import sys
for name in ("sqlite3", "opentelemetry", "mcp", "socket", "time"):
    if name not in ("time",):
        sys.modules[name] = None
import otel_mcp.tlog
"""


def test_tlog_is_pure():
    result = run_python(PURE)
    assert (result.returncode, result.stderr) == (0, "")
