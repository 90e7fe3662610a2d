"""Tables for a person fit 80 columns, one line a row."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import termios

import pytest
from cli.command import COMMAND

from otel_mcp.cli._table import fitted

TITLES = ("entry", "time", "side", "event", "target", "actor", "ms", "outcome")
DAY = ("3", "2026-11-24 10:00:00.123", "server", "mcp.tool.call", "add", "-", "1.5", "success")


def test_what_all_rows_share_is_said_once():
    said, titles, rows = fitted(TITLES, [DAY, DAY], 120)
    assert said == "2026-11-24, side server"
    assert titles == ("entry", "time", "event", "target", "ms", "outcome")
    assert rows[0][1] == "10:00:00.123"


def test_what_differs_is_kept_and_times_are_shorter_in_a_narrow_place():
    other = ("2", "2026-11-23 10:00:00.123", "client", "mcp.tool.call", "add", "ann", "1.5", "success")
    said, titles, rows = fitted(TITLES, [DAY, other], 80)
    assert (said, titles) == ("actor ann", tuple(title for title in TITLES if title != "actor"))
    assert rows[1][1] == "11-23 10:00"
    assert fitted(TITLES, [DAY, other], 120)[2][1][1] == "2026-11-23 10:00:00.123"


@pytest.mark.parametrize("options", [[], ["--entries"]])
def test_a_row_is_one_line_of_80_columns(trail, options):
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 80, 0, 0))
    environ = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    pid = os.posix_spawn(
        COMMAND,
        [str(COMMAND), "query", *options],
        environ,
        file_actions=[(os.POSIX_SPAWN_DUP2, follower, 1), (os.POSIX_SPAWN_CLOSE, leader)],
    )
    os.close(follower)
    shown = b""
    while chunk := _read(leader):
        shown += chunk
    os.close(leader)
    assert os.waitpid(pid, 0)[1] == 0
    lines = shown.decode().splitlines()
    assert len(lines) == 2 + (12 if options else 7)
    assert all("mcp.tool.call" in line or "audit.writer" in line for line in lines[2:])


def _read(descriptor):
    try:
        return os.read(descriptor, 65536)
    except OSError:  # Linux says so when the last writer has closed
        return b""
