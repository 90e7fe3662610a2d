"""What a redactor did to one payload: which planted values are gone, which look-alikes remain, what was changed for it.

A value is removed only if no run of max(8, half its length) of its characters survives in any string or key. A value
of several lines is removed only if that holds for each of its lines of 16 characters or more as well. A look-alike is
kept only verbatim. A change is a stretch of a string (or a key, or a scalar) that the output no longer has; it is right
if it touches a planted value.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

JSON = Any
_SHORTEST_RUN = 8
_SHORTEST_LINE = 16


class Raw(str):
    """Output that is JSON text and no longer parses, or never was meant to."""

    __slots__ = ()


@dataclass(slots=True)
class Verdict:
    """The outcome of one case."""

    removed: list[tuple[dict[str, str], bool]] = field(default_factory=list)
    kept: list[tuple[dict[str, str], bool]] = field(default_factory=list)
    right: int = 0
    wrong: list[str] = field(default_factory=list)
    harmless: int = 0
    harmless_lost: int = 0


def strings(value: JSON) -> Iterator[str]:
    """Every string, key and scalar of a value, as text."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield str(key)
            yield from strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from strings(item)
    elif value is not None:
        yield str(value)


def survives(value: str, text: str) -> bool:
    """Whether a run of max(8, half) characters of `value`, or all of a shorter one, is in `text`."""
    size = min(len(value), max(_SHORTEST_RUN, -(-len(value) // 2)))
    return any(value[start : start + size] in text for start in range(len(value) - size + 1))


def forms(planted: dict[str, str]) -> list[str]:
    """The texts that must be gone: the value, the form in which it stood in the payload, and their longer lines."""
    whole = [planted["value"], planted.get("encoded", planted["value"])]
    lines = [line for text in whole if "\n" in text for line in text.split("\n") if len(line) >= _SHORTEST_LINE]
    return list(dict.fromkeys([*whole, *lines]))


def is_removed(planted: dict[str, str], text: str) -> bool:
    return not any(survives(form, text) for form in forms(planted))


def _escapes(value: str, given: str, *, anyway: bool) -> list[str]:
    """The value as JSON strings hold it, once and twice escaped, where the payload has it so (or became JSON text)."""
    once = json.dumps(value, ensure_ascii=False)[1:-1]
    twice = json.dumps(once, ensure_ascii=False)[1:-1]
    return [form for form in dict.fromkeys((once, twice)) if form != value and (anyway or form in given)]


def judge(case: dict[str, JSON], output: JSON, marker: re.Pattern[str]) -> Verdict:
    verdict = Verdict()
    escaped = isinstance(output, Raw)
    given, text = "\0".join(strings(case["payload"])), "\0".join(strings(output))
    for planted in case["planted"]:
        wanted = [*forms(planted), *_escapes(planted["value"], given, anyway=escaped)]
        verdict.removed.append((planted, not any(survives(form, text) for form in wanted)))
    for negative in case["negatives"]:
        shown = [negative["value"], *_escapes(negative["value"], given, anyway=escaped)]
        verdict.kept.append((negative, any(form in text for form in shown)))
    before = json.dumps(case["payload"], ensure_ascii=False) if escaped else case["payload"]
    _count_changes(verdict, case["planted"], before, output, marker)
    return verdict


def _count_changes(
    verdict: Verdict, planted: list[dict[str, str]], before: JSON, after: JSON, marker: re.Pattern[str]
) -> None:
    wanted = [form for row in planted for form in (*forms(row), json.dumps(row["value"])[1:-1])]
    total = sum(map(len, strings(before)))
    verdict.harmless = total - sum(len(row.get("encoded", row["value"])) for row in planted)
    for text, start, end in changes(before, after, marker):
        covered = _covered(text, wanted)
        overlap = sum(max(0, min(end, stop) - max(start, begin)) for begin, stop in covered)
        verdict.harmless_lost += end - start - overlap
        # What was inserted only, or lies within a planted value, counts where it stands.
        if overlap or any(begin <= start <= stop for begin, stop in covered):
            verdict.right += 1
        else:
            verdict.wrong.append(text[max(0, start - 30) : start] + "⟦" + text[start:end][:80] + "⟧")


def _covered(text: str, wanted: list[str]) -> list[tuple[int, int]]:
    """Where the wanted texts stand, merged."""
    spans = []
    for form in wanted:
        at = text.find(form)
        while form and at >= 0:
            spans.append((at, at + len(form)))
            at = text.find(form, at + len(form))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def changes(before: JSON, after: JSON, marker: re.Pattern[str]) -> Iterator[tuple[str, int, int]]:
    """Each stretch of a text of `before` that `after` does not have: the text, start, end."""
    if isinstance(before, dict) and isinstance(after, dict) and len(before) == len(after):
        for (key, item), (new_key, new_item) in zip(before.items(), after.items(), strict=True):
            yield from changes(str(key), str(new_key), marker)
            yield from changes(item, new_item, marker)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for item, new_item in zip(before, after, strict=True):
            yield from changes(item, new_item, marker)
    elif isinstance(before, str) and isinstance(after, str):
        yield from ((before, start, end) for start, end in _stretches(before, after, marker))
    elif before != after:
        whole = before if isinstance(before, str) else json.dumps(before, ensure_ascii=False, default=str)
        yield whole, 0, len(whole)


def _stretches(before: str, after: str, marker: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    if before == after:
        return
    pieces = marker.split(after)
    at = _common(before, pieces[0]) if not before.startswith(pieces[0]) else len(pieces[0])
    for number, piece in enumerate(pieces[1:], start=1):
        last = number == len(pieces) - 1
        if not piece and not last:
            continue
        found = len(before) - len(piece) if last and before.endswith(piece) else before.find(piece, at)
        if found < at:
            yield at, len(before)
            return
        yield at, found
        at = found + len(piece)
    if len(pieces) == 1:
        # No marker: the text was cut or normalised.
        tail = _common(before[at:][::-1], after[at:][::-1])
        yield at, len(before) - tail


def _common(one: str, other: str) -> int:
    size = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        size += 1
    return size
