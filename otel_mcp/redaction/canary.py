"""Before anything is captured, secrets that are none go the way of all content: if one comes out, nothing may."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from otel_mcp.redaction.places import places_of
from otel_mcp.redaction.scope import Redactor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from otel_mcp.redaction.rule import Rule
    from otel_mcp.redaction.rulefile import RuleRow

__all__ = ["leak_of"]

_UNDER_A_NAME: Final = "larkspur-8-gentian"
_DECLARED: Final = "foxglove 5 tansy"
_SCHEMA: Final = {"properties": {"plain_word": {"type": "string", "writeOnly": True}}}
# Written in pieces, so that a scanner of source code takes none of them for a leak.
_BY_SHAPE: Final = {
    "github-token": "ghp_" + "Kq7vZ2mXw9Rb4TnYc6Hd8" + "Lp3Fs5Gj1Ua0Eo",
    "email": "canary.8f2c" + "@" + "larkspur-gentian.net",
    "card": "4111" + " 1111" * 3,
}


def leak_of(redactor: Redactor, rows: Iterable[RuleRow] = (), *, without: Iterable[str] = ()) -> str | None:
    """What is wrong: something comes out, or a rule fails; None if all is well.

    `rows` are the rules of the user, each with an example of what it finds; `without` are ids of the package's rules
    that are not in force. What the user allows is not allowed here.
    """
    policy = redactor.policy
    probe = Redactor(scanner=redactor.scanner, policy=None if policy is None else policy.without_allowances())
    gone = set(without)
    for name, value, text in _places(gone):
        scope = probe.scope()
        shown = json.dumps([scope.value(value, schema=_SCHEMA).value, scope.text(text)])
        if any(secret in shown for secret in (_UNDER_A_NAME, _DECLARED, *_BY_SHAPE.values())):
            return f"{name} comes out"
    for row in rows:
        example = row.match[0]
        scope = probe.scope()
        texts = scope.value([example]).value[0], scope.text(example)
        if any(secret in (text or "") for text in texts for secret in _secrets(row.rule, example)):
            return f"the first example of rule {row.rule.id} comes out"
    return "a rule fails" if probe.failures else None


def _places(gone: set[str]) -> Iterator[tuple[str, dict[str, str], str]]:
    yield "a value under the name of a password", {"password": _UNDER_A_NAME}, f"it was {_UNDER_A_NAME}"
    yield "a value that a schema declares", {"plain_word": _DECLARED}, f"it was {_DECLARED}"
    for kind, value in _BY_SHAPE.items():
        if kind not in gone:
            yield f"a value of the kind {kind}", {"text": f"see {value} here"}, value


def _secrets(rule: Rule, example: str) -> list[str]:
    spans = (rule.find(example, place) for place in places_of(rule, example))
    return [example[span[0] : span[1]] for span in spans if span is not None]
