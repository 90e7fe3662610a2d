"""Why a place of a value is sensitive: its schema declares it, its key says so, or a sister names it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from otel_mcp.redaction.carriers.telling import is_random, is_telling
from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.keys import holds_count, is_sensitive_key, personal_key, word_set, words_of
from otel_mcp.redaction.lists import is_telling_cell
from otel_mcp.redaction.paths import Joint
from otel_mcp.redaction.personal.names import is_label, kind_under_name
from otel_mcp.redaction.tokens import private_members

if TYPE_CHECKING:
    from otel_mcp.redaction.marks import JSON
    from otel_mcp.redaction.paths import PathState
    from otel_mcp.redaction.policy import View
    from otel_mcp.redaction.schema import State

__all__ = [
    "ALONE",
    "NEVER_HARMLESS",
    "Sisters",
    "child_kind",
    "field_name",
    "is_described",
    "key_text",
    "kind_under_schema",
    "labels_of",
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
_SCHEMES = frozenset({"apiKey", "http", "oauth2", "openIdConnect", "mutualTLS", "basic"})
_SCHEME_WORDS = word_set(
    "type name in scheme bearerFormat flows flow tokenUrl authorizationUrl refreshUrl openIdConnectUrl scopes"
    " description"
)
_LARGEST_NUMBER_OF = 999
_LONGEST_WORD = 24
_COMMON_WORDS = word_set("the a an of to in and is . , ? ! ( ) : ; [CLS] <s> ▁the Ġthe")
_SHORT_THINGS = {
    "pin": Expression(r"[A-Z]{1,4}\d{1,2}"),
    "pins": Expression(r"[A-Z]{1,4}\d{1,2}"),
    "pass": Expression(r"(?i:pass|fail|ok|passed|failed|\d{1,3})"),
}
_EXAMPLES = frozenset({"const", "default", "example", "examples"})
_VALUES = frozenset(
    {"value", "Value", "VALUE", "ParameterValue", "OptionValue", "val", "Val", "v", "V", "current_value"}
    | {"currentValue", "string_value", "stringValue", "new_value", "newValue", "old_value", "oldValue", "plain_value"}
    | {"values", "defaultValue", "default_value", "DefaultValue", "plaintext", "secret_value", "secretValue"}
)
# Under these there is more often something else than the value of what is named beside them.
_PERHAPS_VALUES = word_set(
    "data content contents text default answer input response body to string payload new old current result output"
)
# What somebody was asked for is in these: `{"field": {"title": …}, "answer": {"text": …}}`, and in some that hold
# anything else where nobody asked.
_ANSWERS = word_set("answer answers answer_text answerText response reply")
_QUESTIONS = word_set("question field label")
_PERHAPS_ANSWERS = word_set("text content input data")
_LONGEST_ANSWER = 100
_MOST_WORDS = 4
# Where the secret is kept, in the notations of shells, editors, pipelines and templates.
_REFERENCE = Expression(
    r"\s?(?:\$\{(?:env:|input:|secrets\.|vars\.|var\.)?[A-Za-z_][\w.-]{0,80}\}"
    r"|\{\{[\w. |-]{1,80}\}\}|\$\{\{[\w. ]{1,80}\}\})\s?"
)
_HELD = word_set("value text content plain_text raw display_value displayValue v stringValue string_value VarCharValue")
_TYPED = frozenset({"text"})
_FIELD_WORDS = word_set("textbox textfield field input box text area form entry edit")
_NAMES = (
    *("name", "key", "Name", "Key", "NAME", "KEY", "header", "label", "field", "title", "ParameterKey", "OptionName"),
    *("k", "K", "env", "variable", "var", "property", "attr", "attribute", "setting", "option", "param", "parameter"),
    *("selector", "locator", "envVar", "env_var", "variable_name", "variableName", "field_name", "fieldName", "column"),
    *("header_name", "headerName", "setting_name", "var_name", "attribute_name", "attributeName", "placeholder"),
)
_TITLES = ("title", "label", "name", "text", "question", "displayName", "display_name")
# Enough beside a text or a value that is telling, no reason to take each for a secret.
_PERHAPS_NAMES = ("id", "Id", "ID", "question", "prompt", "type", "kind", "aria_label", "ariaLabel", "path")
_PERHAPS = _PERHAPS_VALUES | _VALUES
_SECRET_CONTENT = frozenset({"data", "stringData"})
_VAULT_CONTENT = frozenset({"value"})


class Sisters(NamedTuple):
    """What the other members of an object say: keys that are sensitive for it, and labels of its value."""

    keys: frozenset[str] = frozenset()
    labels: tuple[str, ...] = ()
    values: frozenset[str] = frozenset()
    """The keys whose values the labels speak of."""


ALONE = Sisters()
NEVER_HARMLESS = _VALUES | _ANSWERS | _QUESTIONS
"""Keys whose values, or the values of whose sisters, may be what a label says that means nothing by itself."""


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
        if key in named.values and (key in _VALUES or _is_answer(value)):
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
    if type(value) is str and value in _COMMON_WORDS and key.lower().endswith("token"):
        return False  # of a text that was taken apart
    if not _is_filled(value) or _is_fragment(value) or _is_scheme(value):
        return False
    return not (_is_count(value) if holds_count(key) else _is_number_of(key, value))


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
    if node.get("kind") == "Secret":
        keys |= _SECRET_CONTENT  # of Kubernetes
    if "contentType" in node and isinstance(attributes := node.get("attributes"), dict) and "enabled" in attributes:
        keys |= _VAULT_CONTENT  # of Azure Key Vault
    labels = _labels_in(node)
    values = _VALUES.intersection(node)
    if values:
        secret = node.get("Type") == "SecureString" or any(_announces(_last_part(name), view) for name in labels)
        if secret:
            keys |= {key for key in values if not _is_type(node[key])}
    elif isinstance(element := node.get("element"), str) and "text" in node:
        # A tool that types into a form: Playwright MCP, `browser_type`.
        label = field_name(element)
        return Sisters(keys | _TYPED if _announces(label, view) else keys, (label,), _TYPED)
    if keys.isdisjoint(values) and not _PERHAPS.isdisjoint(node):
        keys |= _perhaps_named(node, labels, view)
    values |= _ANSWERS.intersection(node)
    if not _QUESTIONS.isdisjoint(node):
        values |= _PERHAPS_ANSWERS.intersection(node)
    if not keys and not (values and labels):
        return ALONE
    return Sisters(keys, labels, values if labels else frozenset())


def _labels_in(node: dict[JSON, JSON]) -> tuple[str, ...]:
    """What the members of an object call its value; forms describe their fields: `{"field": {"title": …}}`."""
    labels: list[str] = []
    for name in (*map(node.get, _NAMES), node.get("question")):
        if isinstance(name, str):
            labels.append(name)
        elif isinstance(name, dict):
            labels += [title for title in map(name.get, _TITLES) if isinstance(title, str)][:1]
    return tuple(labels)


def _is_answer(value: JSON) -> bool:
    """Whether this is as short as a datum: under a title there may be a text that only speaks of such data."""
    if not isinstance(value, str):
        return True
    return len(value) <= _LONGEST_ANSWER and sum(word.strip(".,").isalpha() for word in value.split()) <= _MOST_WORDS


def _perhaps_named(node: dict[JSON, JSON], labels: tuple[str, ...], view: View | None) -> frozenset[str]:
    """Telling texts beside a name: `{"id": "db_password", "content": "…"}`."""
    names = [*labels, *(name for name in map(node.get, _PERHAPS_NAMES) if isinstance(name, str))]
    name = next((name for name in names if _announces(_last_part(name), view)), None)
    if name is None:
        return frozenset()
    texts = ((key, node[key]) for key in _PERHAPS.intersection(node))
    return frozenset(
        key for key, text in texts if isinstance(text, str) and " " not in text.strip() and is_telling_cell(text, name)
    )


def _is_type(value: JSON) -> bool:
    return isinstance(value, str) and value in _TYPES  # of a parameter that is described


def labels_of(key: str, named: Sisters) -> tuple[str, ...]:
    """What the object or list under a key is called, if somebody's datum may be in it.

    `{"Date of birth": {"rich_text": [{"plain_text": …}]}}`, `{"field": {"title": "Date of birth"}, "answer": {…}}`
    """
    if is_label(key):
        return (key,)
    return named.labels if key in named.values and any(map(is_label, named.labels)) else ()


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
    """Whether these are numbers, or the tokens of a text: words that the text had."""
    if isinstance(value, dict):
        return all(map(_is_count, value.values()))
    if isinstance(value, list):
        return all(_is_count(item) for item in value) or _are_words(value)
    return isinstance(value, (int, float))


def _are_words(items: list[JSON]) -> bool:
    words = [item for item in items if isinstance(item, str) and len(item) <= _LONGEST_WORD and not is_telling(item)]
    return len(words) == len(items) and any(word.lower() in _COMMON_WORDS for word in words)


def _is_number_of(key: str, value: JSON) -> bool:
    """Pins of a chip and passes of a test have names like secrets, and small numbers or verdicts."""
    kind = _SHORT_THINGS.get(words_of(key)[-1] if words_of(key) else "")
    if kind is None:
        return False
    if isinstance(value, list):
        return all(_is_number_of(key, item) for item in value)
    if isinstance(value, int):
        return abs(value) <= _LARGEST_NUMBER_OF
    return isinstance(value, str) and kind.fullmatch(value) is not None


def _is_scheme(value: JSON) -> bool:
    """Whether this tells how somebody proves who they are, as OpenAPI does (4.8.27, Security Scheme Object)."""
    if not isinstance(value, dict) or value.get("type") not in _SCHEMES:
        return False
    return all(isinstance(word, str) and (word in _SCHEME_WORDS or word.startswith("x-")) for word in value)
