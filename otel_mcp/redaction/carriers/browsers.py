"""Secrets that are typed into forms: scripts that drive a browser, and calls of tools that do."""

# ruff: noqa: E501  # one expression a line

from __future__ import annotations

from typing import TYPE_CHECKING

from otel_mcp.redaction.carriers.protocols import is_password, rule
from otel_mcp.redaction.carriers.telling import is_value
from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.keys import is_sensitive_key
from otel_mcp.redaction.rule import Rule
from otel_mcp.redaction.sensitivity import field_name

if TYPE_CHECKING:
    import re

    from otel_mcp.redaction.rule import Place

__all__ = ["RULES"]

_NAME = r"(?:pass(?:word|wort|wd|phrase|code)?|pwd|secret|token|pin|otp|kennwort|contrase(?:ñ|n)a|senha|mot de passe|api[ _-]?key)"
_Q = r"\\{0,3}[\"'`]"
_METHODS = (
    "fill",
    "type",
    "send_keys",
    "sendkeys",
    "set_value",
    "setvalue",
    "set_text",
    "settext",
    "type_text",
    "typetext",
)
_MORE_METHODS = ("press_sequentially", "presssequentially", "input_text", "val", "clear_and_type")
_FUNCTIONS = ("fill(", "type(", "fill_in", "typetext(", "setvalue(", "sendkeys(", "set_value(", "send_keys(", "write(")
# What stands between the name of a field and the method that is called on it.
_NAMED_BEFORE = Expression(
    rf"(?i){_NAME}[\w :-]{{0,24}}(?:[\"'`\]\s}})/\\]|,\s?\{{[^{{}}\n]{{0,60}}\}}){{1,10}}(?:\.\w{{1,20}}\(\)){{0,2}}\Z"
)
_TYPED = Expression(rf"\.\w{{1,24}}\(\s{{0,4}}{_Q}(?P<secret>[^\"'`\n\\]{{1,200}})")
_NEAR = 140


def _typed(text: str, at: int) -> Place | None:
    """`page.getByLabel('Password').fill('…')`, `find_element(By.ID, "password").send_keys("…")`."""
    typed = _TYPED.match(text, at)
    if typed is None or _NAMED_BEFORE.search(text[max(0, at - _NEAR) : at]) is None:
        return None
    return typed.span("secret") if is_value(typed["secret"], "password") else None


def _is_for_secrets(match: re.Match[str]) -> bool:
    return is_sensitive_key(field_name(match["name"])) and is_password(match)


RULES = (
    Rule(
        "assignment",
        _typed,
        needles=tuple(f".{method}(" for method in (*_METHODS, *_MORE_METHODS)),
        gate=rf"\.(?i:{'|'.join((*_METHODS, *_MORE_METHODS))})\(\s*\\*[\"'`]",
        certain=False,
    ),
    # `page.fill('#password', '…')`, `fill_in 'Password', with: '…'`
    rule(
        "assignment",
        rf"(?i)\w{{4,12}}[( ]\s{{0,4}}(?:by\.\w{{1,12}}\()?{_Q}[^\n,]{{0,60}}?{_NAME}[^\n,]{{0,24}},\s{{0,4}}(?:with:\s?|with=|value[:=]\s?)?{_Q}(?P<secret>[^\"'`\n\\]{{1,200}}){_Q}(?!\s?:)",
        *_FUNCTIONS,
        gate=rf"(?i:fill|type|typetext|setvalue|set_value|sendkeys|send_keys|write|fill_in)[( ][^\n,]*(?i:{_NAME})[^\n,]*,\s*",
    ),
    # `"element": "Password textbox", … "text": "…"`, within a text
    rule(
        "assignment",
        r"\"element\\{0,3}\"\s?:\s?\\{0,3}\"(?P<name>[^\"\\\n]{1,60})\\{0,3}\"[^{}\n]{0,120}?\"text\\{0,3}\"\s?:\s?\\{0,3}\"(?P<secret>[^\"\\\n]{1,200})",
        *('"element"', '"element\\"'),
        is_right=_is_for_secrets,
    ),
    rule(
        "assignment",
        r"(?i)input password[ \t]{2,12}[^\s]{1,80}[ \t]{2,12}(?P<secret>[^\s\"'\\]{1,200})",
        "input password",
    ),
)
