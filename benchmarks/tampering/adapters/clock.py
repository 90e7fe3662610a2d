"""Runs an adapter whose clock can be set back: all that it imports is imported after this, and asks that clock."""

from __future__ import annotations

import runpy
import sys

from drive import turn_back_the_clock

turn_back_the_clock()
del sys.argv[0]
runpy.run_path(sys.argv[0], run_name="__main__")
