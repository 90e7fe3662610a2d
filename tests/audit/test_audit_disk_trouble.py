"""A disk that refuses: what was acknowledged is there, what was not is admitted, and the log goes on when it can."""

from __future__ import annotations

import errno
import shutil
import subprocess
from pathlib import Path

import pytest
from audit_scenes import codes, draft, run_python

from otel_mcp.audit import AuditLog, verify
from otel_mcp.audit._reserve import is_full
from otel_mcp.audit.query import entries
from otel_mcp.errors import AuditUnavailable


def test_a_disk_that_becomes_read_only_loses_only_what_was_not_acknowledged(small_disk):
    directory = small_disk / "log"
    log = AuditLog.open(directory, service="weather")
    receipts = [log.append(draft(number)) for number in range(3)]
    # By remounting the block device of a file system that is busy writing, as the kernel does after an error.
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=False, capture_output=True)
    remounted = subprocess.run(["touch", str(small_disk / "x")], check=False, capture_output=True).returncode != 0
    if not remounted:
        # A file that is open for writing keeps tmpfs from it: close what we have, as after an error.
        log._writer.committer.disconnect()
        log._writer.committer.close_files()
        subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(AuditUnavailable):
        log.append(draft())
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    receipts.append(log.append(draft()))
    log.close()
    report = verify(directory)
    assert (report.exit_code, codes(report)) == (0, {"W05"})
    stored = {entry.index: entry.leaf for entry in entries(directory)}
    assert all(stored[receipt.index] == receipt.leaf for receipt in receipts)


def test_a_full_disk_is_found_among_the_causes_also_where_they_run_in_a_ring():
    error = RuntimeError("a")
    error.__cause__ = ValueError("b")
    error.__cause__.__cause__ = error
    assert not is_full(error)
    error.__cause__.__cause__ = OSError(errno.ENOSPC, "no room")
    assert is_full(error)


FAILING = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
static int fails(void) { const char *flag = getenv("FAIL_FLAG"); return flag && access(flag, F_OK) == 0; }
int fsync(int fd) {
    if (fails()) { errno = EIO; return -1; }
    return ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(fd);
}
int fdatasync(int fd) {
    if (fails()) { errno = EIO; return -1; }
    return ((int (*)(int))dlsym(RTLD_NEXT, "fdatasync"))(fd);
}
"""

PROGRAM = """
import os, sys
from pathlib import Path
from audit_scenes import draft
from otel_mcp.audit import AuditLog
from otel_mcp.errors import AuditUnavailable
flag = Path(os.environ["FAIL_FLAG"])
log = AuditLog.open(Path(sys.argv[1]), service="weather")
receipts = [log.append(draft(number)) for number in range(3)]
flag.touch()
refused = 0
for number in range(3):
    try:
        log.append(draft(number))
    except AuditUnavailable:
        refused += 1
flag.unlink()
receipts.append(log.append(draft()))
log.close()
print(refused, *(receipt.record_id for receipt in receipts))
"""


def test_a_disk_that_fails_to_sync_acknowledges_nothing(directory, tmp_path, monkeypatch):
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        pytest.skip("no C compiler is installed, which makes the library that lets fsync fail")
    source, library = tmp_path / "failing.c", tmp_path / "failing.so"
    source.write_text(FAILING, encoding="ascii")
    subprocess.run([compiler, "-shared", "-fPIC", "-o", str(library), str(source), "-ldl"], check=True)
    monkeypatch.setenv("FAIL_FLAG", str(tmp_path / "flag"))
    monkeypatch.setenv("LD_PRELOAD", str(library))
    result = run_python(PROGRAM, directory)
    assert result.returncode == 0, result.stderr
    refused, *acknowledged = result.stdout.split()
    assert refused == "3"
    report = verify(directory)
    assert report.exit_code == 0
    assert codes(report) == {"W05"}
    assert {entry.head["id"] for entry in entries(directory)} >= set(acknowledged)


FAKED = """
import sys
from pathlib import Path
from audit_scenes import draft
from otel_mcp.audit import AuditLog
log = AuditLog.open(Path(sys.argv[1]), service="weather")
log.append(draft())
log.close()
"""


def test_a_process_whose_clock_is_days_behind_writes_a_log_that_verifies(directory, monkeypatch):
    library = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))), None)
    if library is None:
        pytest.skip("faketime is not installed")
    assert run_python(FAKED, directory).returncode == 0
    monkeypatch.setenv("LD_PRELOAD", str(library))
    monkeypatch.setenv("FAKETIME", "-3d")
    monkeypatch.setenv("FAKETIME_DONT_FAKE_MONOTONIC", "1")
    assert run_python(FAKED, directory).returncode == 0
    monkeypatch.delenv("LD_PRELOAD")
    report = verify(directory)
    assert report.exit_code == 0
    times = [entry.head["ts"] for entry in entries(directory)]
    assert times != sorted(times)
