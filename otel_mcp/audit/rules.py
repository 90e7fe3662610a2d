"""The rule file that the settings name: read it, give it the log's key, and have the redactor go by it."""

from __future__ import annotations

import hashlib
from importlib import metadata
from typing import TYPE_CHECKING, Any, Final

from otel_mcp.errors import ConfigError, RuleError
from otel_mcp.redaction.canary import leak_of

if TYPE_CHECKING:
    from pathlib import Path

    from otel_mcp.config import Config
    from otel_mcp.redaction import Redactor
    from otel_mcp.redaction.modes import PseudonymKey
    from otel_mcp.redaction.policyfile import RuleFile

__all__ = ["adopt_rules", "read_rules"]

_SETTING: Final = "OTEL_MCP_REDACTION_RULES"
_GROUP: Final = "otel_mcp.redactors"
_KEY_ID: Final = b"otel-mcp/pseudonym-key-id/v1\0"


def read_rules(config: Config) -> RuleFile | None:
    """The rule file of the settings, checked, or None without one.

    Raises:
        RuleError: it is missing or wrong; the sentence names file, row and reason.
    """
    path = config.redaction_rules
    if path is None:
        return None
    from otel_mcp.redaction.policyfile import load_file  # noqa: PLC0415  # most programs have no file
    from otel_mcp.redaction.rulefile import run_examples  # noqa: PLC0415

    source = f"{_SETTING}={path}"
    file = load_file(_text(path.expanduser(), source), source=source)
    for problem in run_examples(file.rows):
        raise RuleError(f"{source}: {problem}")
    return file


def adopt_rules(redactor: Redactor, file: RuleFile | None, config: Config, *, service: str) -> None:
    """Have the redactor go by the file, and see with secrets that are none that it does.

    Raises:
        ConfigError: a plug-in or the key for pseudonyms is missing, or something comes out.
    """
    if file is None:
        leak = leak_of(redactor)
    else:
        from otel_mcp.redaction.ruleset import scanner_with  # noqa: PLC0415

        scanner = scanner_with([row.rule for row in file.rows], without=file.without)
        policy = file.policy.with_key(_key(config, service)) if file.policy.wants_key else file.policy
        redactor.adopt(scanner, policy, [_plugin(name) for name in file.plugins])
        leak = leak_of(redactor, file.rows, without=file.without)
    if leak is not None:
        raise ConfigError(f"redaction does not work: {leak}")


def _text(path: Path, source: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as exc:
        raise RuleError(f"{source}: {exc.strerror.lower() if exc.strerror else 'cannot be read'}") from None
    except UnicodeDecodeError:
        raise RuleError(f"{source}: not UTF-8") from None


def _key(config: Config, service: str) -> PseudonymKey:
    """The index key of the log, which never leaves this machine; its pseudonyms have a domain of their own.

    No key is made here: where the trail is on, it has made one; where it is off, one that is made anew with each
    container would give each value a new pseudonym.
    """
    from otel_mcp.audit.keys import load_keys  # noqa: PLC0415  # it loads the cryptography
    from otel_mcp.redaction.modes import PseudonymKey  # noqa: PLC0415

    try:
        key = load_keys(config.audit_key, service=service, create=False).index_key
    except ConfigError as exc:
        raise ConfigError(f"{_SETTING}: mode hmac needs a key: {exc} (make one with `otel-mcp keys init`)") from None
    return PseudonymKey("k" + hashlib.sha256(_KEY_ID + key).hexdigest()[:8], key)


def _plugin(name: str) -> Any:
    found = list(metadata.entry_points(group=_GROUP, name=name))
    if not found:
        raise RuleError(f"{_SETTING}: plugins: no installed distribution offers {name!r} in {_GROUP}")
    try:
        plugin = found[0].load()
    except Exception as exc:
        raise RuleError(f"{_SETTING}: plugins: {name!r} cannot be loaded ({type(exc).__name__})") from None
    if not callable(plugin):
        raise RuleError(f"{_SETTING}: plugins: {name!r} is not a function")
    return plugin
