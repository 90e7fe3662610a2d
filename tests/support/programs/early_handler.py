"""`mcpserver.py` in a program that handles SIGTERM itself, since before it imported the SDK."""

import os
import runpy
import signal
import sys
from pathlib import Path
from typing import Any


def mine(*_: Any) -> None:
    sys.stderr.write("the program's own handler ran\n")
    sys.stderr.flush()
    os._exit(7)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, mine)
    runpy.run_path(str(Path(__file__).with_name("mcpserver.py")), run_name="__main__")
