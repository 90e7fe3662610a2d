"""Finders that users bring along: `(text) -> (start, end, kind), …`, asked about content that is about to leave.

They may be slow (a model that recognises names takes milliseconds for each text), so they are not asked while an
operation runs, and there is a budget: texts beyond it leave as `[REDACTED:oversize]`, not unread.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.marks import KINDS, Span, is_marker, know_kinds, mark, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TypeAlias

    from otel_mcp.redaction.policy import View

    Plugin: TypeAlias = Callable[[str], Iterable[tuple[int, int, str]]]

__all__ = ["LONGEST_TEXT", "SECONDS", "Plugin", "look_with"]

LONGEST_TEXT: Final = 1 << 16
"""Characters of one text that a plug-in is asked about."""

SECONDS: Final = 2.0
"""What all texts of one value may take together; looked at between two texts, since nobody can stop a function."""

_KIND: Final = Expression(r"[a-z0-9-]{1,40}")
_MOST_KINDS: Final = 1000
_FATE: Final = "the text that it was given leaves as [REDACTED:error]"


def look_with(
    plugins: Sequence[Plugin], view: View | None, failed: Callable[[], None], complain: Callable[[str], None]
) -> Callable[[str], tuple[Any, list[str]]]:
    """A function from a text to what may leave of it, and the kinds of what may not; its budget begins now.

    `failed` counts a text that leaves as a marker; `complain` is told why, if a plug-in is to blame.
    """
    end = time.monotonic() + SECONDS

    def look(text: str) -> tuple[Any, list[str]]:
        if not text.strip() or is_marker(text):
            return text, []
        if len(text) > LONGEST_TEXT or time.monotonic() > end:
            failed()
            return mark("oversize"), ["oversize"]
        try:
            spans = [span for plugin in plugins for span in _asked(plugin, text, view)]
        except _Failed as exc:
            failed()
            complain(str(exc))
            return mark("error"), ["error"]
        clean = replace(text, spans)
        return (clean or None) if spans else text, list(dict.fromkeys(span.kind for span in spans))

    return look


class _Failed(Exception):
    """A plug-in raised, or said something that cannot be; the text names it and the kind of error."""


def _asked(plugin: Plugin, text: str, view: View | None) -> list[Span]:
    try:
        return [_span(found, text, view) for found in plugin(text)]
    except Exception as exc:
        # The error's own text may quote what the plug-in was given.
        raise _Failed(f"the plug-in {_name_of(plugin)!r} fails ({type(exc).__name__}); {_FATE}") from None


def _name_of(plugin: Plugin) -> str:
    return str(getattr(plugin, "name", None) or getattr(plugin, "__qualname__", type(plugin).__name__))


def _span(found: Any, text: str, view: View | None) -> Span:
    """A finding as a span of the text.

    Raises:
        ValueError: the plug-in says something that cannot be.
    """
    start, end, label = found
    if not (type(start) is int and type(end) is int and 0 <= start < end <= len(text)):
        raise ValueError("a finding lies outside of the text")
    kind = str(label).lower().replace("_", "-").replace(" ", "-")
    if not _KIND.fullmatch(kind) or (kind not in KINDS and len(KINDS) > _MOST_KINDS):
        raise ValueError("a kind of finding must be 1 to 40 of a-z, 0-9 and hyphen")
    know_kinds([kind])
    return Span(start, end, kind, None if view is None else view.shown(kind, text[start:end], "", None))
