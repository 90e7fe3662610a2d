"""Why a place of a value is sensitive: its schema declares it, its key says so, or a sister names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from otel_mcp.redaction.keys import holds_count, is_sensitive_key, word_set

if TYPE_CHECKING:
    from otel_mcp.redaction.marks import JSON
    from otel_mcp.redaction.schema import State

__all__ = ["child_kind", "is_described", "key_text", "kind_under_schema", "named_keys"]

_TYPES = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})
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
_VALUES = frozenset({"value", "Value"})
_NAMES = ("name", "key", "Name", "Key", "header")
_NONE: frozenset[str] = frozenset()


def kind_under_schema(state: State | None, value: JSON) -> str | None:
    """`declared`, if the schema marks the place and there is something to hide."""
    return "declared" if state is not None and state.sensitive and value is not None and _is_filled(value) else None


def child_kind(key: str, value: JSON, state: State | None, named: frozenset[str]) -> str | None:
    """Why the value under a key of an object is sensitive: `declared`, `key`, or nothing."""
    if state is not None and (kind := kind_under_schema(state, value)):
        return kind
    # The key is asked first: nearly all are harmless, and the answer is cached.
    if not (is_sensitive_key(key) or key in named) or value is None or value is True or value is False:
        return None
    if not _is_filled(value) or _is_fragment(value) or (holds_count(key) and _is_count(value)):
        return None
    return "key"


def is_described(key: str, value: JSON) -> bool:
    """Whether the value is the schema of a secret, as in a result of tools/list, instead of a secret."""
    return isinstance(value, dict) and is_sensitive_key(key) and _is_fragment(value)


def named_keys(node: dict[JSON, JSON], *, fragment: bool) -> frozenset[str]:
    """The keys of this object that are sensitive for a reason outside themselves.

    `{"name": "Authorization", "value": …}` is a pair; the examples in a schema of a secret are secrets.
    """
    named = _EXAMPLES if fragment else _NONE
    if "value" in node or "Value" in node:
        names = (node.get(name) for name in _NAMES)
        if any(isinstance(name, str) and is_sensitive_key(name) for name in names):
            named |= _VALUES
    return named


def _is_fragment(value: JSON) -> bool:
    if not isinstance(value, dict) or not value:
        return False
    kind = value.get("type")
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
