"""The redaction of one operation."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from otel_mcp.redaction.encodings import clean_text
from otel_mcp.redaction.harvest import Place, TooMuch, harvest
from otel_mcp.redaction.marks import JSON, Finding, Redacted, Span, mark, replace
from otel_mcp.redaction.schema import SchemaCache
from otel_mcp.redaction.shapes import CERTAIN, Rule, possible_rules, shape_spans
from otel_mcp.redaction.taint import Taint
from otel_mcp.redaction.walk import Leaf, Walk, cut_text, path_text, rename_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Redactor", "Scope"]

_MOST_FINDINGS = 256
_SEPARATOR = "\x1f\x1f"
_SHORTEST_CERTAIN = 8


class Redactor:
    """Rules and caches, made once per process. May be used by any thread."""

    def __init__(self, *, process_secrets: Iterable[str] = ()) -> None:
        self.failures = 0
        self.schemas = SchemaCache()
        self.taint = Taint()
        self._lock = threading.Lock()  # guards the counter
        for secret in process_secrets:
            self.taint.learn(secret)

    def scope(self) -> Scope:
        """The redaction of a new operation, which knows nothing yet but the secrets of the process."""
        return Scope(self)

    def failed(self) -> None:
        """Count a value that was replaced whole because its redaction failed."""
        with self._lock:
            self.failures += 1


class Scope:
    """What is found sensitive anywhere in an operation is removed from everything the operation emits.

    Nothing here raises, and nothing is shown that could not be read to its end.
    """

    def __init__(self, redactor: Redactor) -> None:
        self._redactor = redactor
        self._taint = Taint(redactor.taint)
        self._blind: str | None = None  # the kind of marker that stands for everything from here on

    @property
    def tainted(self) -> bool:
        """Whether this operation has shown a secret."""
        return self._taint.size > 0

    @property
    def taint_size(self) -> int:
        """How many secrets this operation has shown; -1 once something failed and all further output is a marker.

        While it stays the same, what was redacted before needs no `rescrub`.
        """
        return -1 if self._blind else self._taint.size

    def learn(self, value: JSON, *, schema: Mapping[str, JSON] | None = None) -> None:
        """Remember what is sensitive in a value that is not emitted itself."""
        try:
            self._harvest([Place(value, self._redactor.schemas.start(schema))])
        except Exception:
            self._fail()

    def value(self, value: JSON, *, schema: Mapping[str, JSON] | None = None) -> Redacted:
        """A JSON copy of the value without its secrets, which are remembered."""
        if self._blind:
            return _whole(self._blind)
        try:
            return self._copy(value, schema)
        except Exception:
            self._fail()
            return _whole("error")

    def text(self, text: str) -> str:
        """A free text (status message, exception text, name) without secrets."""
        if self._blind:
            return mark(self._blind)
        try:
            if not issubclass(type(text), str):
                return self._scrub_name(f"<{type(text).__name__}>")
            return self._scrub_name(clean_text(cut_text(str.__str__(text))))
        except Exception:
            self._redactor.failed()
            return mark("error")

    def rescrub(self, redacted: Redacted) -> Redacted:
        """The same value again, without what the operation has shown since."""
        if self._blind:
            return _whole(self._blind)
        try:
            walk = Walk(inspect=False, numbers=self._taint.active)
            walk.run(redacted.value, None)
            fresh = self._scanned(walk)
            return Redacted(fresh.value, (*redacted.findings, *fresh.findings)[:_MOST_FINDINGS])
        except Exception:
            self._redactor.failed()
            return _whole("error")

    def _copy(self, value: JSON, schema: Mapping[str, JSON] | None) -> Redacted:
        state = self._redactor.schemas.start(schema)
        walk = Walk(inspect=True, numbers=self._taint.active)
        walk.run(value, state)
        if walk.unread:
            self._harvest(walk.unread)
            # Numbers cost nothing until the first secret is known; now they must be compared as well.
            walk = Walk(inspect=True, numbers=True)
            walk.run(value, state)
        return _whole(self._blind) if self._blind else self._scanned(walk)

    def _harvest(self, places: list[Place]) -> None:
        try:
            harvest(places, self._taint)
        except TooMuch:
            self._blind = "oversize"

    def _fail(self) -> None:
        # Something of the operation is unread, so any later text may hold it.
        self._blind = "error"
        self._redactor.failed()

    def _scanned(self, walk: Walk) -> Redacted:
        # One gate for all texts and keys together: a clean value, the usual case, ends here.
        names = _SEPARATOR.join(walk.keys)
        joined = _SEPARATOR.join([leaf.text for leaf in walk.leaves])
        rules = possible_rules(joined)
        findings = walk.findings
        if rules or self._taint.touches(joined):
            shapes = [self._shapes(leaf.text, rules) for leaf in walk.leaves]
            # All is learned before anything is written: the first text may repeat what only the last one gives away.
            self._learn_shapes(walk.leaves, shapes)
            for leaf, spans in zip(walk.leaves, shapes, strict=True):
                findings += [(kind, leaf.path) for kind in self._scrub_leaf(leaf, spans)]
        value = walk.copy[0]
        if possible_rules(names) or self._taint.touches(names):
            value = rename_keys(value, self._scrub_name)
        return Redacted(value, self._reported(findings))

    def _reported(self, findings: list[tuple[str, JSON]]) -> tuple[Finding, ...]:
        return tuple(Finding(rule, path_text(path, self.text)) for rule, path in findings[:_MOST_FINDINGS])

    def _shapes(self, text: str, rules: list[Rule]) -> list[Span] | None:
        try:
            return shape_spans(text, rules)
        except Exception:
            self._redactor.failed()
            return None

    def _learn_shapes(self, leaves: list[Leaf], shapes: list[list[Span] | None]) -> None:
        for leaf, spans in zip(leaves, shapes, strict=True):
            for start, end, kind in spans or ():
                if kind in CERTAIN and end - start >= _SHORTEST_CERTAIN:
                    self._taint.learn(leaf.text[start:end])

    def _scrub_leaf(self, leaf: Leaf, shapes: list[Span] | None) -> list[str]:
        if shapes is None:
            leaf.holder[leaf.slot] = mark("error")
            return ["error"]
        spans = [*shapes, *self._taint.spans(leaf.text)]
        clean = replace(leaf.text, spans)
        if clean == leaf.text:
            return []
        is_number = not isinstance(leaf.holder[leaf.slot], str)
        leaf.holder[leaf.slot] = mark("taint") if is_number else clean
        return list(dict.fromkeys(span.kind for span in spans))

    def _scrub_name(self, text: str) -> str:
        return replace(text, [*shape_spans(text, possible_rules(text)), *self._taint.spans(text)])


def _whole(kind: str) -> Redacted:
    return Redacted(mark(kind), (Finding(kind, "$"),))
