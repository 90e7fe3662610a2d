"""What a server's listings tell too little, or too much: parameters that look sensitive and are not declared so.

The listings come from a stranger. Nothing of a value is ever shown, and a name is shown redacted.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from otel_mcp.redaction.checks import is_placeholder
from otel_mcp.redaction.keys import holds_count, is_sensitive_key, personal_key, word_set
from otel_mcp.redaction.parameters import Parameter, Parameters
from otel_mcp.redaction.scope import Redactor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from otel_mcp.redaction.marks import JSON

__all__ = ["LintFinding", "count_parameters", "exposed_parameters", "findings_of", "other_findings_of", "shown_name"]

Where: TypeAlias = Literal["input", "output", "tool", "prompt", "template"]

_HEADER: Final = "x-mcp-header"
_LONGEST_NAME: Final = 64
_FLAGS: Final = frozenset({"boolean", "null"})
_NUMBERS: Final = frozenset({"integer", "number", "null"})
_PYTHON_TYPES: Final = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "array": "list"}
_VARIABLE: Final = re.compile(r"[{,]\s*[+#./;?&]?([^{},*:]+)")

# `the password for the account`, not `the password policy` (asked of the key table), not `name of the secret`,
# not `never put a password here`.
_CREDENTIAL: Final = re.compile(
    r"\b(?:(?P<veto>(?:name|names|path|paths|id|ids|file|number|count|type|kind|list|length|location|uri|url|no|not"
    r"|never|without|avoid|don't)\s(?:(?:of|to|for|with|any|put|include|containing|a|an|the|your|this)\s){0,3})?"
    r"(?P<noun>passwords?|passphrases?|credentials?|secrets?|api[ _-]?keys?|secret[ _-]keys?|private[ _-]keys?"
    r"|(?:access|bearer|auth|api|refresh|session)[ _-]tokens?|authorization header|connection strings?))\b"
    r"(?:\s(?P<next>[a-z]+))?",
    re.IGNORECASE,
)
_LINKS: Final = word_set("at in on only per to use used uses users")
_LONGEST_READ: Final = 20_000


@dataclass(frozen=True, slots=True)
class LintFinding:
    """One thing to mend: of which tool (or prompt, or resource template), where, why, and the cure in two notations."""

    tool: str
    where: Where
    path: str
    rule: str
    why: str
    python: str
    json_schema: str


def findings_of(tools: list[dict[str, JSON]]) -> list[LintFinding]:
    """Everything to mend in the tools of a `tools/list`."""
    redactor = Redactor()
    return [finding for tool in tools for finding in _Tool(tool, redactor).findings()]


def other_findings_of(prompts: list[dict[str, JSON]], templates: list[dict[str, JSON]]) -> list[LintFinding]:
    """What prompts and resource templates ask for and have no way to declare."""
    redactor = Redactor()
    found: list[LintFinding] = []
    for prompt in prompts:
        arguments = prompt.get("arguments")
        names = [argument.get("name") for argument in arguments or () if isinstance(argument, dict)]
        cure = "let the server read it from its environment: the arguments of a prompt cannot be declared"
        found += _by_name(redactor, prompt, "prompt", names, cure)
    for template in templates:
        names = _VARIABLE.findall(str(template.get("uriTemplate", "")))
        cure = "leave it out of the URI: a URI is logged by everybody who handles it"
        found += _by_name(redactor, template, "template", names, cure)
    return found


def count_parameters(tools: list[dict[str, JSON]]) -> int:
    """How many named parameters the input schemas have."""
    walks = (Parameters(tool.get("inputSchema")).walk() for tool in tools)
    return sum(bool(parameter.name) for walk in walks for parameter, _ in walk)


def exposed_parameters(schema: JSON) -> list[str]:
    """The paths of parameters that are sensitive and that HTTP clients repeat in a header.

    MCP 2026-07-28, server/tools, `x-mcp-header`: sensitive parameters should not have it.
    """
    if not _mentions_header(schema):
        return []
    return [parameter.path for parameter, _ in Parameters(schema, shown_name).walk() if _is_exposed(parameter)]


def shown_name(name: str, redactor: Redactor | None = None) -> str:
    """A name that a stranger chose, as it may be printed."""
    printable = "".join(sign if sign.isprintable() else " " for sign in name[: 4 * _LONGEST_NAME])
    safe = (redactor or Redactor()).scope().text(printable)
    return safe if len(safe) <= _LONGEST_NAME else safe[: _LONGEST_NAME - 1] + "…"


class _Tool:
    """The findings in one tool."""

    def __init__(self, tool: dict[str, JSON], redactor: Redactor) -> None:
        self._tool = tool
        self._redactor = redactor
        self._shown = partial(shown_name, redactor=redactor)
        self._name = self._shown(str(tool.get("name", "")))

    def findings(self) -> Iterator[LintFinding]:
        annotations = self._tool.get("annotations")
        texts = {"description": self._tool.get("description"), "title": self._tool.get("title")}
        if isinstance(annotations, dict):
            texts["annotations.title"] = annotations.get("title")
        for word, text in texts.items():
            yield from self._secrets_in(text, "tool", word)
        yield from self._of_schema(self._tool.get("inputSchema"), "input")
        yield from self._of_schema(self._tool.get("outputSchema"), "output")

    def _of_schema(self, schema: JSON, where: Where) -> Iterator[LintFinding]:
        parameters = Parameters(schema, self._shown)
        try:
            for parameter, why in parameters.walk(partial(_why_undeclared, parameters)):
                if why is not None:
                    yield self._finding(parameter, where, "undeclared", why)
                elif not parameter.judged:
                    yield from self._mentions(parameter, where)
                yield from self._of_nodes(parameter, where)
            complete = parameters.complete
        except RecursionError:
            complete = False
        if not complete:
            why = "the schema is too large or too deep to be read to its end: what else it holds is unknown"
            yield LintFinding(self._name, where, "$", "unread", why, "split the tool", "describe fewer places")

    def _of_nodes(self, parameter: Parameter, where: Where) -> Iterator[LintFinding]:
        if where == "input" and _is_exposed(parameter):
            why = "it is sensitive and has x-mcp-header: whoever carries the HTTP request reads it"
            yield self._removal(parameter, where, "header", why, _HEADER)
        for node in parameter.nodes:
            for word in ("description", "title", "$comment"):
                yield from self._secrets_in(node.get(word), where, parameter.path)
            for word in ("default", "const", "enum", "example", "examples"):
                if word in node and (kinds := self._kinds_in(node[word], word, parameter)):
                    why = f"its {word} holds what must not be published ({', '.join(kinds)})"
                    yield self._removal(parameter, where, "value", why, word)

    def _kinds_in(self, value: JSON, word: str, parameter: Parameter) -> list[str]:
        value = _without_placeholders(value)
        kinds = {finding.rule for finding in self._redactor.scope().value(value).findings} - {"taint"}
        # A default is in use wherever nobody sets another one; an example may be invented.
        is_secret = parameter.declared or (_sounds_secret(parameter) and not parameter.cleared)
        if not kinds and word in ("default", "const") and is_secret and isinstance(value, str) and value:
            kinds.add("value of a secret")
        return sorted(kinds)

    def _mentions(self, parameter: Parameter, where: Where) -> Iterator[LintFinding]:
        if where != "input" or not parameter.name or not _is_free_text(parameter):
            return
        texts = [node.get("description") for node in parameter.nodes]
        if any(isinstance(text, str) and _speaks_of_credentials(text) for text in texts):
            why = "its description speaks of credentials, and the schema does not say whether it is one"
            yield self._finding(parameter, where, "mention", why)

    def _secrets_in(self, text: JSON, where: Where, path: str) -> Iterator[LintFinding]:
        if isinstance(text, str) and (kinds := _secret_kinds(self._redactor, text)):
            why = f"its text holds what looks like a secret ({', '.join(kinds)})"
            cure = "take it out of the text, and revoke it"
            yield LintFinding(self._name, where, path, "text", why, cure, cure)

    def _finding(self, parameter: Parameter, where: Where, rule: str, why: str) -> LintFinding:
        name = self._shown(parameter.name)
        python, json_schema = _declaration(parameter, name, secret=where == "input" and _sounds_secret(parameter))
        if rule == "mention":
            python, json_schema = f"{python}  # or Safe()", f"{json_schema}  (or false)"
        return LintFinding(self._name, where, parameter.path, rule, why, python, json_schema)

    def _removal(self, parameter: Parameter, where: Where, rule: str, why: str, word: str) -> LintFinding:
        name = self._shown(parameter.name)
        python, _ = _declaration(parameter, name, secret=False)
        if not parameter.declared and not _sounds_secret(parameter):
            python = _typed(name, _python_type(parameter))
        return LintFinding(
            self._name, where, parameter.path, rule, why, f"{python}  # without {word}", f'remove "{word}"'
        )


def _by_name(
    redactor: Redactor, item: dict[str, JSON], where: Where, names: Iterable[JSON], cure: str
) -> Iterator[LintFinding]:
    item_name = shown_name(str(item.get("name", "")), redactor)
    for name in names:
        if isinstance(name, str) and (kind := _kind_of(name)):
            why = f"its name announces {kind}, which {'an argument' if where == 'prompt' else 'a URI'} should not hold"
            yield LintFinding(item_name, where, shown_name(name, redactor), "undeclared", why, cure, cure)
    if kinds := _secret_kinds(redactor, str(item.get("description") or "")):
        why = f"its text holds what looks like a secret ({', '.join(kinds)})"
        cure = "take it out of the text, and revoke it"
        yield LintFinding(item_name, where, "description", "text", why, cure, cure)


def _why_undeclared(parameters: Parameters, parameter: Parameter) -> str | None:
    if parameter.declared or parameter.cleared or parameter.closed or not parameter.name:
        return None
    if _sounds_secret(parameter):
        kind = "a secret"
    elif personal := _personal(parameter):
        kind = f"personal data ({personal})"
    else:
        return None
    if parameters.declares_below(parameter):
        return None
    return f"its name announces {kind}, and the schema does not declare it"


def _sounds_secret(parameter: Parameter) -> bool:
    if not is_sensitive_key(parameter.name) or (parameter.types and parameter.types <= _FLAGS):
        return False
    return not (holds_count(parameter.name) and parameter.types and parameter.types <= _NUMBERS)


def _personal(parameter: Parameter) -> str | None:
    # As the redactor does: a structure under such a name is looked into instead.
    return personal_key(parameter.name) if not parameter.types or parameter.types & {"string", "integer"} else None


def _kind_of(name: str) -> str | None:
    if is_sensitive_key(name):
        return "a secret"
    return f"personal data ({personal})" if (personal := personal_key(name)) else None


def _is_exposed(parameter: Parameter) -> bool:
    if not any(_HEADER in node for node in parameter.nodes):
        return False
    undeclared = not parameter.cleared and (_sounds_secret(parameter) or _personal(parameter) is not None)
    return parameter.declared or (undeclared and not parameter.closed)


def _is_free_text(parameter: Parameter) -> bool:
    if parameter.declared or parameter.cleared or parameter.closed or "string" not in parameter.types:
        return False
    return not any("format" in node or "pattern" in node for node in parameter.nodes)


def _speaks_of_credentials(text: str) -> bool:
    for found in _CREDENTIAL.finditer(text[:_LONGEST_READ]):
        noun = re.sub(r"[ -]", "_", found["noun"])
        behind = found["next"] or ""
        whole = noun if behind.lower() in _LINKS else f"{noun}_{behind}"
        if not found["veto"] and (is_sensitive_key(whole) or noun.lower() == "authorization_header"):
            return True
    return False


def _secret_kinds(redactor: Redactor, text: str) -> list[str]:
    # Personal data stay out: who writes an address for questions into a description means it to be read.
    scanner = redactor.scanner
    try:
        hits = scanner.hits(text)
    except Exception:
        return ["not readable"]
    # Beside a word such as `password`, prose has words: `never put a password here`. A value has digits nearly always.
    telling = (hit for hit in hits if hit.rule.certain or any(map(str.isdigit, hit.plain)))
    return sorted({hit.rule.id for hit in telling if not hit.rule.personal})


def _without_placeholders(value: JSON) -> JSON:
    if isinstance(value, str):
        return "" if is_placeholder(value) else value
    if isinstance(value, list):
        return [_without_placeholders(item) for item in value]
    if isinstance(value, dict):
        return {key: _without_placeholders(item) for key, item in value.items()}
    return value


def _declaration(parameter: Parameter, name: str, *, secret: bool) -> tuple[str, str]:
    """The parameter as it should be, as a line of Python and of JSON Schema."""
    types = sorted(parameter.types, key=lambda kind: (kind == "null", kind))
    mark: dict[str, JSON] = {"x-sensitive": True}
    if secret and types[:1] == ["string"] and parameter.types <= {"string", "null"}:
        mark = {"format": "password", "writeOnly": True}
    typed: dict[str, JSON] = {"type": types[0] if len(types) == 1 else types} if types else {}
    line = json.dumps({name: typed | mark}, ensure_ascii=False)[1:-1]
    return _typed(name, f"Annotated[{_python_type(parameter)}, Sensitive()]"), line


def _typed(name: str, annotation: str) -> str:
    return f"{name}: {annotation}" if name.isidentifier() else annotation


def _python_type(parameter: Parameter) -> str:
    types = [kind for kind in sorted(parameter.types) if kind != "null"]
    names = " | ".join(_PYTHON_TYPES.get(kind, "dict") for kind in types) or "Any"
    return f"{names} | None" if "null" in parameter.types else names


def _mentions_header(schema: JSON) -> bool:
    """Whether the word is anywhere in the schema; nearly always it is not, and this is quicker than a walk."""
    waiting = [schema]
    seen: set[int] = set()
    while waiting:
        node = waiting.pop()
        if isinstance(node, (dict, list)) and id(node) not in seen:
            seen.add(id(node))
            if isinstance(node, dict) and _HEADER in node:
                return True
            waiting.extend(node.values() if isinstance(node, dict) else node)
    return False
