"""What `otel-mcp doctor` says of redaction: is the rule file there and well, and is all that it needs?"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from otel_mcp.access import read_access_rules
from otel_mcp.audit.paths import default_key_path
from otel_mcp.cli._common import counted
from otel_mcp.cli._row import Row
from otel_mcp.config import Config, default_service
from otel_mcp.errors import ConfigError
from otel_mcp.rules import complaint_of, load_plugin, pseudonym_key, read_rules, source_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from otel_mcp.redaction.policyfile import RuleFile

__all__ = ["rules_rows"]

_LOST = "a program keeps nothing of arguments and results until this is mended"


def rules_rows(environ: Mapping[str, str], program: str | None, *, here: bool) -> list[Row]:
    """Rows on the rule file of the settings; `here` tells that the program runs in this environment."""
    try:
        config = Config.from_environment(environ)
    except ConfigError:
        return []  # the settings' own row says it
    return [*_redaction_rows(config, environ, program, here=here), *_access_rows(config)]


def _access_rows(config: Config) -> list[Row]:
    try:
        rules = read_access_rules(config)
    except ConfigError as exc:
        return [Row("access", "bad", f"{exc}; tools are classified by their own hints alone", "mend it")]
    return [Row("access", "ok", f"{counted(len(rules.rows), 'row')} of {config.access_rules}")] if rules.rows else []


def _redaction_rows(config: Config, environ: Mapping[str, str], program: str | None, *, here: bool) -> list[Row]:
    try:
        file = read_rules(config)
    except ConfigError as exc:
        cure = "mend it; `otel-mcp redact test FILE` runs its examples"
        return [Row("redaction", "bad", f"{exc}; {_LOST}", cure)]
    if file is None:
        return [Row("redaction", "ok", "by the rules of the package")]
    source = source_of(config)
    held = f"{counted(len(file.rows), 'rule')} and {counted(file.settings, 'setting')} of {config.redaction_rules}"
    wrong = [*_plugins(file, source, here=here), *_key(file, config, default_service(environ, program or ""), source)]
    return [Row("redaction", "ok", f"by the rules of the package, {held}"), *wrong]


def _plugins(file: RuleFile, source: str, *, here: bool) -> list[Row]:
    if file.plugins and not here:
        text = f"plug-ins {', '.join(file.plugins)}: whether they are installed there cannot be seen from here"
        return [Row("redaction", "note", text, "run the doctor of that environment")]
    problems = (complaint_of(partial(load_plugin, name, source)) for name in file.plugins)
    return [row for problem in problems for row in _bad(problem)]


def _key(file: RuleFile, config: Config, service: str, source: str) -> list[Row]:
    if file.policy.wants_key and not service:
        text = "pseudonyms are made with the key of the service, and which one depends on the program"
        return [Row("redaction", "note", text, "otel-mcp doctor -- COMMAND looks at the one of COMMAND")]
    if config.audit != "off" and _is_made_at_the_start(config, service):
        return []
    return _bad(complaint_of(partial(pseudonym_key, file, config, service=service, source=source)))


def _is_made_at_the_start(config: Config, service: str) -> bool:
    """Whether the key is missing and the trail will make it; whether it can is the trail's own row."""
    scheme, _, path = (config.audit_key or f"file:{default_key_path(service)}").partition(":")
    return scheme == "file" and bool(path) and not Path(path).expanduser().exists()


def _bad(problem: str | None) -> list[Row]:
    """The row of a sentence that ends with its cure in brackets, if there is a sentence."""
    if problem is None:
        return []
    text, bracket, cure = problem.removesuffix(")").rpartition(" (")
    if not (bracket and problem.endswith(")")):
        text, cure = problem, "mend the file, or the key"
    return [Row("redaction", "bad", f"{text}; {_LOST}", cure)]
