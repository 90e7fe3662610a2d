"""Why a place of a value is sensitive: its schema declares it, its key says so, or a sister names it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from otel_mcp.redaction.carriers.telling import is_random
from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.keys import holds_count, is_sensitive_key, personal_key, word_set
from otel_mcp.redaction.paths import Joint
from otel_mcp.redaction.personal.names import kind_under_name
from otel_mcp.redaction.tokens import private_members

if TYPE_CHECKING:
    from otel_mcp.redaction.marks import JSON
    from otel_mcp.redaction.paths import PathState
    from otel_mcp.redaction.policy import View
    from otel_mcp.redaction.schema import State

__all__ = [
    "ALONE",
    "Sisters",
    "child_kind",
    "field_name",
    "is_described",
    "key_text",
    "kind_under_schema",
    "named_keys",
    "paths_of",
    "under_labels",
]

_TYPES = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})
_INDEX_TYPES = frozenset({"keyword", "text", "long", "double", "float", "date", "ip", "binary", "nested", "flattened"})
_INDEX_WORDS = word_set("type ignore_above fields analyzer index doc_values norms properties format null_value store")
_FRAGMENT_SIGNS = ("$ref", "allOf", "anyOf", "oneOf", "properties")
_FRAGMENT_WORDS = word_set(
    "$anchor $comment $defs $id $ref $schema additionalItems additionalProperties allOf anyOf const contains"
    " contentEncoding contentMediaType contentSchema default definitions dependentRequired dependentSchemas deprecated"
    " description else enum enumNames example examples exclusiveMaximum exclusiveMinimum format if items maxItems"
    " maxLength maxProperties maximum minItems minLength minProperties minimum multipleOf not nullable oneOf pattern"
    " patternProperties prefixItems properties propertyNames readOnly required then title type unevaluatedItems"
    " unevaluatedProperties uniqueItems writeOnly"
)
_EXAMPLES = frozenset({"const", "default", "example", "examples"})
_VALUES = frozenset({"value", "Value", "ParameterValue", "OptionValue"})
# Where the secret is kept, in the notations of shells, editors, pipelines and templates.
_REFERENCE = Expression(
    r"\s?(?:\$\{(?:env:|input:|secrets\.|vars\.|var\.)?[A-Za-z_][\w.-]{0,80}\}"
    r"|\{\{[\w. |-]{1,80}\}\}|\$\{\{[\w. ]{1,80}\}\})\s?"
)
_HELD = frozenset({"value", "text", "content", "plain_text", "raw", "display_value", "displayValue"})
_TYPED = frozenset({"text"})
_FIELD_WORDS = word_set("textbox textfield field input box text area form entry edit")
_NAMES = ("name", "key", "Name", "Key", "header", "label", "field", "title", "ParameterKey", "OptionName")


class Sisters(NamedTuple):
    """What the other members of an object say: keys that are sensitive for it, and labels of its value."""

    keys: frozenset[str] = frozenset()
    labels: tuple[str, ...] = ()
    values: frozenset[str] = frozenset()
    """The keys whose values the labels speak of."""


ALONE = Sisters()


def kind_under_schema(state: State | Joint | None, value: JSON) -> str | None:
    """`declared`, if the schema marks the place and there is something to hide."""
    return "declared" if state is not None and state.sensitive and value is not None and _is_filled(value) else None


def paths_of(state: State | Joint | None) -> PathState | None:
    """What the users' paths say of a place."""
    return state.paths if type(state) is Joint else None


def child_kind(key: str, value: JSON, state: State | Joint | None, named: Sisters, view: View | None) -> str | None:
    """Why the value under a key of an object is sensitive: `declared`, `key`, a kind of personal datum, or nothing."""
    if state is not None:
        if kind := kind_under_schema(state, value):
            return kind
        if state.cleared:
            return None
    kind = _kind(key, value, named) if view is None else _kind_in_view(key, value, named, view)
    if kind is None or view is None:
        return kind
    return None if view.passes(kind, key, paths_of(state), value) else kind


def _kind(key: str, value: JSON, named: Sisters) -> str | None:
    # The key is asked first: nearly all are harmless, and the answer is cached.
    if not (is_sensitive_key(key) or key in named.keys):
        if key in named.values:
            kinds = (kind_under_name(label, value) for label in named.labels)
            return next((kind for kind in kinds if kind is not None), None)
        return kind_under_name(key, value)
    return "key" if _may_be_secret(key, value) else None


def _kind_in_view(key: str, value: JSON, named: Sisters, view: View) -> str | None:
    row = view.name(key)
    if row is None or (row.allowed and key in named.keys):
        kind = _kind(key, value, named)
    elif row.allowed:
        return None
    else:
        kind = (row.kind or personal_key(key) or "key") if _may_be_secret(key, value) else None
    return None if kind is None or view.is_off(kind) else kind


def _may_be_secret(key: str, value: JSON) -> bool:
    """Whether there is something to hide: neither a flag nor nothing, nor a schema, nor a count."""
    if value is None or value is True or value is False:
        return False
    if type(value) is str and _REFERENCE.fullmatch(value) is not None and not any(map(is_random, value.split())):
        return False
    return _is_filled(value) and not _is_fragment(value) and not (holds_count(key) and _is_count(value))


def is_described(key: str, value: JSON, view: View | None) -> bool:
    """Whether the value is the schema of a secret, as in a result of tools/list, instead of a secret."""
    return isinstance(value, dict) and _announces(key, view) and _is_fragment(value)


def _announces(key: str, view: View | None) -> bool:
    row = None if view is None else view.name(key)
    return is_sensitive_key(key) if row is None else not row.allowed


def named_keys(node: dict[JSON, JSON], view: View | None, *, fragment: bool) -> Sisters:
    """What the members of this object say of each other.

    `{"name": "Authorization", "value": …}` is a pair; the examples in a schema of a secret are secrets.
    """
    keys = _EXAMPLES if fragment else ALONE.keys
    if "kty" in node:
        keys |= private_members(name for name in node if isinstance(name, str))
    if _VALUES.isdisjoint(node):
        element = node.get("element")
        if isinstance(element, str) and "text" in node:
            # A tool that types into a form: Playwright MCP, `browser_type`.
            label = field_name(element)
            return Sisters(keys | _TYPED if _announces(label, view) else keys, (label,), _TYPED)
        return Sisters(keys) if keys else ALONE
    labels = tuple(name for name in map(node.get, _NAMES) if isinstance(name, str))
    secret = node.get("Type") == "SecureString" or any(_announces(_last_part(name), view) for name in labels)
    return Sisters(keys | _VALUES if secret else keys, labels, _VALUES if labels else frozenset())


def under_labels(named: Sisters, labels: tuple[str, ...]) -> Sisters:
    """The same within an object that has one of these labels, and values under keys that mean nothing else."""
    return named._replace(labels=named.labels + labels, values=named.values | _HELD)


def field_name(description: str) -> str:
    """What a field of a form is for, without the words that say that it is one."""
    words = description.split()
    while len(words) > 1 and words[-1].lower() in _FIELD_WORDS:
        words.pop()
    return " ".join(words)


def _last_part(name: str) -> str:
    # `/prod/orders/db_password` of a parameter store
    return name.rpartition("/")[2] if name.startswith("/") else name


def _is_fragment(value: JSON) -> bool:
    if not isinstance(value, dict) or not value:
        return False
    kind = value.get("type")
    if isinstance(kind, str) and kind in _INDEX_TYPES and _INDEX_WORDS.issuperset(value):
        return True  # of an index of Elasticsearch
    typed = kind in _TYPES if isinstance(kind, str) else isinstance(kind, list) and bool(kind)
    if not typed and not any(sign in value for sign in _FRAGMENT_SIGNS):
        return False
    return all(isinstance(word, str) and (word in _FRAGMENT_WORDS or word.startswith("x-")) for word in value)


def key_text(key: JSON) -> str:
    """A key as JSON would write it; of an unknown object only its type."""
    if isinstance(key, str):
        return str.__str__(key)
    if key is None or isinstance(key, bool):
        return {None: "null", True: "true", False: "false"}[key]
    if type(key) in (int, float):
        return str(key)
    return f"<{type(key).__name__}>"


def _is_filled(value: JSON) -> bool:
    return not isinstance(value, (str, dict, list, tuple)) or len(value) > 0


def _is_count(value: JSON) -> bool:
    if isinstance(value, dict):
        return all(map(_is_count, value.values()))
    return isinstance(value, (int, float))
