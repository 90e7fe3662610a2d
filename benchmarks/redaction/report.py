"""Markdown of the reports, and the page that holds them."""

from __future__ import annotations

import os
import platform
import re
import time
from pathlib import Path

PAGE = Path(__file__).parent.parent.parent / "docs" / "redaction-benchmarks.md"


def percent(value: float | None, digits: int = 1) -> str:
    return "n/a" if value is None else f"{value:.{digits}f}"


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def machine() -> str:
    return f"Python {platform.python_version()}, {os.cpu_count()} cores, {time.strftime('%Y-%m-%d')}."


def write_section(name: str, text: str) -> None:
    """Replace what stands between the page's two marks of this name."""
    page = PAGE.read_text(encoding="utf-8")
    pattern = re.compile(f"(<!-- {name}:[^\n]*-->\n).*?(<!-- /{name} -->)", re.DOTALL)
    assert pattern.search(page), f"{PAGE} has no section {name}"
    PAGE.write_text(pattern.sub(lambda found: f"{found[1]}\n{text}\n{machine()}\n\n{found[2]}", page), encoding="utf-8")
