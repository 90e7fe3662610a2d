"""Rule files: TOML in, rules out.

```toml
[[rule]]                                # a token that its own shape gives away
id = "acme-token"                       # names the finding and the marker; a-z, 0-9, hyphens; rows may share one
class = "secret"                        # secret (the default) | pii | custom
keywords = ["acme_"]                    # literals, in any case; one of them is in every match
regex = 'acme_[A-Za-z0-9]{32}'          # what RE2 and Python read alike; a group named "secret" is the part that goes
validator = "entropy>=3.2"              # optional, one or a list: see `checks.make_check`
near = ["acme"]                         # optional: one of these words within 40 characters
before = 0                              # optional: how far the match begins before the keyword; [8, 10] for a range
gate = 'acme_[0-9A-Za-z]'               # optional, where a keyword is a common one: RE2, matches wherever the rule does
short = "there is no longer one"        # optional: why a keyword has two characters only
mode = "mask"                           # mask (the default) | drop | hmac | last4
match = ["acme_0123456789abcdef0123456789abcdef"]     # at least one
no_match = ["acme_test"]                # at least one

[[beside]]                              # a value that only the word before it gives away
id = "bolt-key"
words = ["bolt", "bolt_pay"]            # `_` stands for any of `_`, `-`, a blank and nothing
value = '[0-9a-f]{40}'                  # the whole value
alone = false                           # true: no credential word (key, token, secret ...) is needed in the name
digit = true                            # false: the value need not hold a digit
match = ["BOLT_KEY=9b1c0e0d3f0a4b5c6d7e8f90a1b2c3d4e5f60718"]
no_match = ["bolt_commit=9b1c0e0d3f0a4b5c6d7e8f90a1b2c3d4e5f60718"]
```
Neither the character before a match nor the one behind it may be a letter or digit if the match itself begins or ends
with one: a token is not looked for inside longer words. An expression that begins with a keyword is tried at the
keyword only; any other is searched for from 256 characters before to 700 behind it, which costs more. What looks like a
placeholder (`xxxxxx`, `your-token-here`) stays.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from otel_mcp.errors import RuleError
from otel_mcp.redaction.checks import make_check
from otel_mcp.redaction.expressions import check_expression, compiled
from otel_mcp.redaction.finders import BesideFinder, TokenFinder, word_forms
from otel_mcp.redaction.places import places_of
from otel_mcp.redaction.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from otel_mcp.redaction.checks import Check

__all__ = [
    "Problem",
    "RuleRow",
    "builtin_rules",
    "load_document",
    "load_rows",
    "load_rules",
    "rows_of",
    "run_examples",
]

_ID: Final = r"[a-z0-9-]{1,40}"
_SHORTEST_KEYWORD: Final = 3
_CLASSES: Final = ("secret", "pii", "custom")
_MODES: Final = ("mask", "drop", "hmac", "last4")
_COMMON: Final[dict[str, type]] = {
    "id": str, "class": str, "mode": str, "enabled": bool, "match": list, "no_match": list
}  # fmt: skip
_FIELDS: Final[dict[str, dict[str, type | tuple[type, ...]]]] = {
    "rule": {
        **_COMMON, "keywords": list, "regex": str, "validator": (str, list), "near": list, "before": (int, list),
        "gate": str, "short": str,
    },
    "beside": {**_COMMON, "words": list, "value": str, "validator": (str, list), "alone": bool, "digit": bool},
}  # fmt: skip
_NEEDED: Final = {"rule": ("keywords", "regex"), "beside": ("words", "value")}


class RuleRow(NamedTuple):
    """One row of a rule file."""

    rule: Rule
    kind: str
    """The row's `class`: secret, pii or custom."""
    mode: str
    match: tuple[str, ...]
    no_match: tuple[str, ...]


class Problem(NamedTuple):
    """An example that does not behave as its row says. Examples are counted from 1, and never quoted."""

    rule: str
    example: str
    reason: str = ""
    """Of a `match` that is not found, why not."""

    def __str__(self) -> str:
        if self.example.startswith("no_match"):
            return f"{self.rule}: {self.example} is found"
        return f"{self.rule}: {self.example} is not found ({self.reason})"


def load_rules(text: str, *, source: str) -> tuple[Rule, ...]:
    """The rules of a file's text.

    Raises:
        RuleError: the text is no rule file; `source` names it in the sentence.
    """
    return tuple(row.rule for row in load_rows(text, source=source))


def load_rows(text: str, *, source: str) -> tuple[RuleRow, ...]:
    """The rows of a file's text, with the examples.

    Raises:
        RuleError: as for `load_rules`.
    """
    document = load_document(text, source=source)
    unknown = sorted(set(document) - set(_FIELDS))
    if unknown:
        raise RuleError(f"{source}: unknown table {unknown[0]!r} (known: {', '.join(_FIELDS)})")
    return rows_of(document, source=source)


def load_document(text: str, *, source: str) -> dict[str, Any]:
    """The tables of a file's text.

    Raises:
        RuleError: it is not TOML.
    """
    # Imported here: the rules of the package are read without it, and most programs have no others.
    toml: Any = importlib.import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    try:
        # TOML allows no byte order mark, and Windows' editors write one.
        document: dict[str, Any] = toml.loads(text.removeprefix("\ufeff"))
    except ValueError as exc:
        raise RuleError(f"{source}: not TOML: {exc}") from None
    return document


def rows_of(document: Mapping[str, Any], *, source: str) -> tuple[RuleRow, ...]:
    """The rows of the tables `rule` and `beside`.

    Raises:
        RuleError: as for `load_rules`.
    """
    rows = []
    for table, number, row in _numbered(document):
        name = row.get("id") if isinstance(row, dict) else None
        try:
            _check_row(table, row)
            rows.append(_checked_row(table, row))
        except ValueError as exc:
            label = name if isinstance(name, str) and name else f"{table} {number}"
            raise RuleError(f"{source}: {label}: {exc}") from None
    return tuple(rows)


@lru_cache(maxsize=1)
def builtin_rules() -> tuple[Rule, ...]:
    """The rules that come with the package; their rows are checked by the tests, not at every start."""
    return tuple(_rule(table, row) for table, row in read_plainly(builtin_text()))


def read_plainly(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of a file that has a statement a line, as the package's own has, without their examples.

    A parser of all TOML takes ten times as long, and every start of a program would wait for it. Strings between double
    quotes and arrays of them are written in TOML as in JSON. A test compares what either reads.
    """
    for block in text.split("\n[[")[1:]:
        # The examples are at the end of each row, and are most of the text.
        table, *lines = block.partition("\nmatch = ")[0].split("\n")
        row = {}
        for line in lines:
            name, _, value = line.partition(" = ")
            row[name] = value[1:-1] if value[0] == "'" else _read_json(value)
        yield table[:-2], row


def _read_json(value: str) -> Any:
    if "\\" not in value:
        if value[0] == '"':
            return value[1:-1]
        if value.startswith('["'):
            return value[2:-2].split('", "')
    return json.loads(value)


def builtin_text() -> str:
    """The text of the rule file that comes with the package."""
    # The loader's own function, not importlib.resources: that one imports more than all rules cost.
    assert __spec__ is not None and __spec__.loader is not None, "a module of a package has a loader"  # noqa: PT018
    assert __file__ is not None, "the package is not a namespace"
    data: bytes = __spec__.loader.get_data(__file__.replace("rulefile.py", "rules.toml"))  # type: ignore[attr-defined]
    return data.decode()


def run_examples(rows: Iterable[RuleRow]) -> list[Problem]:
    """Every example that is not found although it should be, or is although it should not."""
    problems = []
    for row in rows:
        for name, examples, wanted in (("match", row.match, True), ("no_match", row.no_match, False)):
            for number, example in enumerate(examples, 1):
                if _finds(row.rule, example) is not wanted:
                    problems.append(
                        Problem(row.rule.id, f"{name} {number}", _reason(row.rule, example) if wanted else "")
                    )
    return problems


def _finds(rule: Rule, text: str) -> bool:
    if (gate := rule.gate_text) is not None and re.search(gate, text, re.ASCII) is None:
        return False
    return any(rule.find(text, at) is not None for at in places_of(rule, text))


def _reason(rule: Rule, text: str) -> str:
    if not places_of(rule, text):
        return f"none of its {'keywords' if isinstance(rule.find, TokenFinder) else 'words'} stands in it"
    if (gate := rule.gate_text) is not None and re.search(gate, text, re.ASCII) is None:
        return "its gate does not match"
    assert isinstance(rule.find, (TokenFinder, BesideFinder)), "a row of a file has no other finder"
    return rule.find.why_not(text)


def _numbered(document: Mapping[str, Any]) -> Iterator[tuple[str, int, Any]]:
    for table in _FIELDS:
        rows = document.get(table, [])
        for number, row in enumerate(rows if isinstance(rows, list) else [rows], 1):
            yield table, number, row


def _check_row(table: str, row: Any) -> None:
    if not isinstance(row, dict):
        raise ValueError(f"must be a table, written [[{table}]]")  # noqa: TRY004  # one kind of error for one bad row
    fields = _FIELDS[table]
    if unknown := sorted(set(row) - set(fields)):
        raise ValueError(f"unknown field {unknown[0]!r} (known: {', '.join(sorted(fields))})")
    if missing := [name for name in ("id", *_NEEDED[table], "match", "no_match") if not row.get(name)]:
        raise ValueError(f"{missing[0]!r} is missing or empty")
    for name, value in row.items():
        if not isinstance(value, fields[name]) or (isinstance(value, list) and name != "before" and not _texts(value)):
            raise ValueError(f"{name!r} has the wrong type")
    if not compiled(_ID).fullmatch(row["id"]):
        raise ValueError("the id must be 1 to 40 of a-z, 0-9 and hyphen")


def _texts(value: list[Any]) -> bool:
    return all(isinstance(item, str) and item for item in value)


def _checked_row(table: str, row: Mapping[str, Any]) -> RuleRow:
    kind, mode = row.get("class", "secret"), row.get("mode", "mask")
    if kind not in _CLASSES:
        raise ValueError(f"class {kind!r} must be one of {', '.join(_CLASSES)}")
    if mode not in _MODES:
        raise ValueError(f"mode {mode!r} must be one of {', '.join(_MODES)}")
    literals = row["keywords"] if table == "rule" else row["words"]
    for literal in literals:
        if not literal.isascii() or not literal.isprintable():
            raise ValueError(f"{literal!r} must be printable ASCII")
        if len(literal) < (_SHORTEST_KEYWORD - 1 if row.get("short") else _SHORTEST_KEYWORD):
            raise ValueError(f"{literal!r} is too short: it must have {_SHORTEST_KEYWORD} characters at least")
    for name in ("regex", "value", "gate"):
        if name in row:
            try:
                check_expression(row[name])
                _check_groups(row[name])
            except ValueError as exc:
                raise ValueError(f"{name}: {exc}") from None
    if "before" in row:
        _before(row["before"])
    return RuleRow(_rule(table, row), kind, mode, tuple(row["match"]), tuple(row["no_match"]))


def _check_groups(expression: str) -> None:
    other = [name for name in re.compile(expression).groupindex if name != "secret"]
    if other:
        raise ValueError(f"a group named {other[0]!r} means nothing (the part that goes is named secret)")


def _rule(table: str, row: Mapping[str, Any]) -> Rule:
    kind = row.get("class", "secret")
    if table == "rule":
        needles = tuple(dict.fromkeys(map(str.lower, row["keywords"])))
        find: TokenFinder | BesideFinder = TokenFinder(
            row["regex"],
            needles,
            before=_before(row["before"]) if "before" in row else None,
            checks=_checks(row),
            near=tuple(map(str.lower, row.get("near", ()))),
        )
    else:
        needles = tuple(dict.fromkeys(form for word in row["words"] for form in word_forms(word.lower())))
        find = BesideFinder(
            needles,
            row["value"],
            alone=row.get("alone", False),
            checks=_checks(row),
            digit=row.get("digit", True),
        )
    return Rule(row["id"], find, needles=needles, gate=row.get("gate"), personal=kind == "pii")


def _checks(row: Mapping[str, Any]) -> list[Check]:
    names = row.get("validator", ())
    return [make_check(name) for name in ([names] if isinstance(names, str) else names)]


def _before(value: Any) -> tuple[int, int]:
    fewest, most = value if isinstance(value, list) and len(value) == 2 else (value, value)  # noqa: PLR2004  # a range
    if not (isinstance(fewest, int) and isinstance(most, int) and 0 <= fewest <= most <= 256):  # noqa: PLR2004
        raise ValueError("'before' must be a number from 0 to 256, or two of them in ascending order")
    return fewest, most
