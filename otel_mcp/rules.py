"""The rule file that the settings name: read it, give it the log's key, and have the redactor go by it."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from otel_mcp.config import Config
from otel_mcp.errors import ConfigError, RuleError
from otel_mcp.redaction.canary import leak_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from otel_mcp.redaction import Redactor
    from otel_mcp.redaction.modes import PseudonymKey
    from otel_mcp.redaction.policyfile import RuleFile

__all__ = [
    "adopt_rules",
    "complaint_of",
    "load_plugin",
    "missing_of",
    "pseudonym_key",
    "read_rules",
    "rules_text",
    "source_of",
]

_GROUP: Final = "otel_mcp.redactors"
_KEY_ID: Final = b"otel-mcp/pseudonym-key-id/v1\0"


@dataclass(frozen=True, slots=True)
class _Plugin:
    """A plug-in under the name that the file gives it, which is what messages about it say."""

    name: str
    find: Callable[[str], Iterable[tuple[int, int, str]]]

    def __call__(self, text: str) -> Iterable[tuple[int, int, str]]:
        return self.find(text)


def source_of(config: Config, field: str = "redaction_rules") -> str:
    """How messages call the file of a setting: by the variable that names it, or by the keyword."""
    variable, path = Config.variable(field), getattr(config, field)
    given = os.environ.get(variable)
    return f"{variable if given and Path(given) == path else field}={path}"


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

    source = source_of(config)
    file = load_file(rules_text(path.expanduser(), source), source=source)
    for problem in run_examples(file.rows):
        raise RuleError(f"{source}: {problem}")
    return file


def adopt_rules(
    redactor: Redactor,
    file: RuleFile | None,
    config: Config,
    *,
    service: str,
    say: Callable[[str], None] = lambda _: None,
) -> None:
    """Have the redactor go by the file, and see with secrets that are none that it does.

    `say` is told, once each, which plug-in fails later on.

    Raises:
        ConfigError: a plug-in or the key for pseudonyms is missing, or something comes out.
    """
    if file is None:
        leak = leak_of(redactor)
    else:
        from otel_mcp.redaction.ruleset import scanner_with  # noqa: PLC0415

        source = source_of(config)
        scanner = scanner_with([row.rule for row in file.rows], without=file.without)
        key = pseudonym_key(file, config, service=service, source=source)
        plugins = [load_plugin(name, source) for name in file.plugins]
        redactor.adopt(scanner, file.policy.with_key(key), plugins, complain=_once(say))
        leak = leak_of(redactor, file.rows, without=file.without)
    if leak is not None:
        raise ConfigError(f"redaction does not work: {leak}")


def rules_text(path: Path, source: str) -> str:
    """The text of a rule file; `source` begins every complaint.

    Raises:
        RuleError: it cannot be read.
    """
    try:
        # To open a pipe is to wait for whoever writes into it.
        if not stat.S_ISREG(path.stat().st_mode) and not path.is_dir():
            raise RuleError(f"{source}: not a regular file")
        return path.read_text(encoding="utf-8-sig")
    except OSError as exc:
        raise RuleError(f"{source}: {exc.strerror.lower() if exc.strerror else 'cannot be read'}") from None
    except ValueError:
        raise RuleError(f"{source}: not UTF-8") from None


def pseudonym_key(file: RuleFile, config: Config, *, service: str, source: str) -> PseudonymKey | None:
    """The index key of the log, which never leaves this machine; its pseudonyms have a domain of their own.

    None where the file asks for no pseudonyms. No key is made here: where the trail is on, it has made one; where it is
    off, one that is made anew with each container would give each value a new pseudonym.

    Raises:
        ConfigError: there is none, or it cannot be used; the sentence names the row that asks for it and the cure.
    """
    row = file.policy.key_wanted_by
    if row is None:
        return None
    from otel_mcp.audit.keys import load_keys  # noqa: PLC0415  # it loads the cryptography
    from otel_mcp.redaction.modes import PseudonymKey  # noqa: PLC0415

    try:
        key = load_keys(config.audit_key, service=service, create=False).index_key
    except ConfigError as exc:
        cure = _cure(str(exc), config, service)
        raise ConfigError(f"{source}: {row}: mode hmac needs a key: {exc}{cure}") from None
    return PseudonymKey("k" + hashlib.sha256(_KEY_ID + key).hexdigest()[:8], key)


def _cure(reason: str, config: Config, service: str) -> str:
    """What to do about a key that is not there; nothing where the reason says it."""
    spec = config.audit_key
    if reason.endswith("no such file"):
        where = f"--service {service}" if spec is None else f"--key {spec}"
        return f" (make one with `otel-mcp keys init {where}`)"
    if reason.endswith("is not set"):
        return " (set it to the text of a key file)"
    return ""


def load_plugin(name: str, source: str) -> Any:
    """The function that a distribution offers under a name; `source` begins every complaint.

    Raises:
        RuleError: there is none, or it cannot be loaded.
    """
    found = list(metadata.entry_points(group=_GROUP, name=name))
    if not found:
        cure = "install the one that does, into the environment of the program"
        raise RuleError(f"{source}: plugins: no installed distribution offers {name!r} in {_GROUP} ({cure})")
    try:
        plugin = found[0].load()
    except Exception as exc:
        raise RuleError(f"{source}: plugins: {name!r} cannot be loaded ({type(exc).__name__})") from None
    if not callable(plugin):
        raise RuleError(f"{source}: plugins: {name!r} is not a function")
    return _Plugin(name, plugin)


def missing_of(file: RuleFile, config: Config, *, service: str, source: str) -> list[str]:
    """What the file needs and is not to be had here: a sentence for the key and for each plug-in."""
    key = partial(pseudonym_key, file, config, service=service, source=source)
    plugins = (partial(load_plugin, name, source) for name in file.plugins)
    return [sentence for check in (key, *plugins) if (sentence := complaint_of(check)) is not None]


def complaint_of(check: Callable[[], object]) -> str | None:
    """The sentence with which a check fails; None if it does not."""
    try:
        check()
    except ConfigError as exc:
        return str(exc)
    return None


def _once(say: Callable[[str], None]) -> Callable[[str], None]:
    said: set[str] = set()

    def complain(sentence: str) -> None:
        if sentence not in said:
            said.add(sentence)
            say(sentence)

    return complain
