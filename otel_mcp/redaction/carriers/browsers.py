"""Secrets that are typed into forms: scripts that drive a browser, and what a browser's page looks like to a model."""

# ruff: noqa: E501  # one expression a line

from __future__ import annotations

from typing import TYPE_CHECKING

from otel_mcp.redaction.carriers.protocols import is_password, rule
from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.keys import is_sensitive_key
from otel_mcp.redaction.sensitivity import field_name

if TYPE_CHECKING:
    import re

__all__ = ["RULES"]

_NAME = r"(?:pass(?:word|wort|wd|phrase|code)?|passwort|pwd|secret|token|pin|otp|kennwort|contrase(?:ñ|n)a|senha|mot de passe|apikey|api[ _-]?key)"
_NEEDLES = ("pass", "pwd", "secret", "token", "pin", "otp", "kennwort", "contrase", "senha", "mot de passe", "api")
_Q = r"\\{0,3}[\"'`]"
_VERB = r"(?:type|fill|send_?keys|set_?value|set_?text|type_?text|press_?sequentially|input_?text|val|input|enter|clear_and_type)"
_CLOSES = r"(?:[\"'`\]\s})/\\]|,\s?\{[^{}\n]{0,60}\})"
_VERB_BEFORE = Expression(
    r"(?i)(?:fill|type|fill_?in|enter|set_?value|set_?text|input|send_?keys|write|populate|input[ _]password|input[ _]text)"
    r"[^\n]{0,60}\Z"
)
_NEAR = 80


def _is_typed(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - _NEAR) : match.start()]
    return _VERB_BEFORE.search(before) is not None and is_password(match)


def _is_for_secrets(match: re.Match[str]) -> bool:
    return is_sensitive_key(field_name(match["name"])) and is_password(match)


RULES = (
    # `page.getByLabel('Password').fill('…')`, `find_element(By.ID, "password").send_keys("…")`
    rule(
        "assignment",
        rf"(?i){_NAME}[\w :-]{{0,24}}{_CLOSES}{{1,10}}(?:\.\w{{1,20}}\(\)){{0,2}}\.{_VERB}\(\s{{0,4}}{_Q}(?P<secret>[^\"'`\n\\]{{1,200}})",
        *_NEEDLES,
        gate=rf"(?i:{_NAME})[^\n]*\.(?i:{_VERB})\(\s*\\*[\"'`]",
    ),
    # `page.fill('#password', '…')`, `fill_in 'Password', with: '…'`, `Input Password    id:password    …`
    rule(
        "assignment",
        rf"(?i){_NAME}[\w :-]{{0,24}}{_CLOSES}{{0,6}},\s{{0,4}}(?:with:\s?|with=|value[:=]\s?)?{_Q}(?P<secret>[^\"'`\n\\]{{1,200}}){_Q}(?!\s?:)",
        *_NEEDLES,
        gate=rf"(?i:fill|type|enter|value|text|input|keys|write|populate)[^\n]*(?i:{_NAME})[^\n]*,\s*(?i:with: ?|with=|value[:=] ?)?\\*[\"'`]",
        is_right=_is_typed,
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
