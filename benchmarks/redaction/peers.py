"""Other people's redactors, installed in an environment of their own and driven the way that suits them best.

A tool that works on objects gets the object. One that works on text gets, for every string, a line `"key": "value"` if
the string is one line, or its lines: it then sees the key, as it would in a file, and line breaks as line breaks.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

JSON = Any
ROOT = Path(__file__).parent.parent.parent
VENV = ROOT / ".cache" / "redaction-peers"
# What our own engine uses when it is there; without them the comparison would be with its slow form.
OURS = ("google-re2", "pyahocorasick")
PACKAGES = ("redact-secret", "logfire", "sentry-sdk", "detect-secrets")
PRESIDIO = ("presidio-analyzer",)
_FILTERED = "[Filtered]"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One redactor under test; `marker` is what it puts in the place of a value."""

    name: str
    redact: Callable[[JSON], JSON]
    marker: re.Pattern[str]
    driven: str


def enter_environment(*, presidio: bool) -> None:
    """Run this program again with the interpreter of the peers' environment, made on first use."""
    python = VENV / "bin" / "python"
    if Path(sys.prefix) == VENV:
        return
    if not python.exists():
        _make_environment()
    _install([*OURS, *PACKAGES, *(PRESIDIO if presidio else ())])
    os.environ["PYTHONPATH"] = str(ROOT)
    module = sys.modules["__main__"].__spec__
    assert module is not None, "started as a module"
    os.execv(python, [str(python), "-m", module.name, *sys.argv[1:]])


def _make_environment() -> None:
    VENV.parent.mkdir(exist_ok=True)
    uv = shutil.which("uv")
    command = [uv, "venv", "--quiet", "--python", sys.executable] if uv else [sys.executable, "-m", "venv"]
    subprocess.run([*command, str(VENV)], check=True)


def _install(packages: list[str]) -> None:
    """One by one, so that a peer that cannot be installed does not take the others along; what failed is kept."""
    uv, python = shutil.which("uv"), str(VENV / "bin" / "python")
    record = VENV / "installed.json"
    known: dict[str, str] = json.loads(record.read_text()) if record.exists() else {}
    for package in packages:
        if known.get(package) == "ok":
            continue
        command = (
            [uv, "pip", "install", "--quiet", "--python", python] if uv else [python, "-m", "pip", "install", "-q"]
        )
        done = subprocess.run([*command, package], capture_output=True, text=True, check=False)
        known[package] = "ok" if done.returncode == 0 else (done.stderr.strip().splitlines() or ["failed"])[-1]
    record.write_text(json.dumps(known))


def ours() -> Candidate:
    from otel_mcp.redaction import Redactor

    redactor = Redactor()
    return Candidate(
        "otel-mcp",
        lambda value: redactor.scope().value(value).value,
        re.compile(r"\[REDACTED:[a-z0-9-]+\]"),
        "the object",
    )


def peers(*, presidio: bool) -> tuple[list[Candidate], dict[str, str]]:
    """Those that could be loaded, and why the others could not."""
    makers: dict[str, Callable[[], Candidate]] = {
        "key names, exact": lambda: _key_names("exact"),
        "key names, substring": lambda: _key_names("substring"),
        "sentry": _sentry,
        "logfire": _logfire,
        "detect-secrets, files": _detect_secrets_files,
        "detect-secrets, strings": _detect_secrets_strings,
        "redact-secret": _redact_secret,
    }
    if presidio:
        makers["presidio"] = _presidio
    loaded, failed = [], {}
    for name, make in makers.items():
        candidate, reason = _loaded(make)
        if candidate:
            loaded.append(candidate)
        else:
            failed[name] = reason
    return loaded, failed


def _loaded(make: Callable[[], Candidate]) -> tuple[Candidate | None, str]:
    try:
        return make(), ""
    except Exception as exc:
        return None, f"{type(exc).__name__}: {exc}"


_NAMES = ("password", "api_key", "token", "secret")


def _key_names(mode: str) -> Candidate:
    def sensitive(key: str) -> bool:
        low = key.lower()
        return low in _NAMES if mode == "exact" else any(name in low for name in _NAMES)

    def redact(value: JSON) -> JSON:
        if isinstance(value, dict):
            return {key: _FILTERED if sensitive(str(key)) else redact(item) for key, item in value.items()}
        return [redact(item) for item in value] if isinstance(value, list) else value

    return Candidate(f"key names, {mode}", redact, re.compile(r"\[Filtered\]"), "the object")


def copied(value: JSON) -> JSON:
    if isinstance(value, dict):
        return {key: copied(item) for key, item in value.items()}
    return [copied(item) for item in value] if isinstance(value, list) else value


def _sentry() -> Candidate:
    from sentry_sdk.scrubber import EventScrubber
    from sentry_sdk.utils import AnnotatedValue

    scrubber = EventScrubber(recursive=True)

    def plain(value: JSON) -> JSON:
        if isinstance(value, AnnotatedValue):
            return _FILTERED
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items()}
        return [plain(item) for item in value] if isinstance(value, list) else value

    def redact(value: JSON) -> JSON:
        # It changes in place, so what it gets is a copy.
        event = {"extra": {"mcp": copied(value)}}
        scrubber.scrub_event(event)
        return plain(event["extra"]["mcp"])

    return Candidate("sentry", redact, re.compile(r"\[Filtered\]"), "the object, as `extra`, recursive")


def _logfire() -> Candidate:
    from logfire._internal.scrubbing import Scrubber

    scrubber = Scrubber(None)
    marker = re.compile(r"\[Scrubbed due to (?:'[^']*'|\"[^\"]*\")\]")
    return Candidate("logfire", lambda value: scrubber.scrub_value(("attributes",), value)[0], marker, "the object")


def over_lines(redact: Callable[[str], str]) -> Callable[[JSON], JSON]:
    """Drive a tool for text over an object: the key and the value on a line, or the lines of a longer text."""

    def string(key: str, text: str) -> str:
        if not key or "\n" in text:
            return redact(text)
        head = f'"{key}": "'
        done = redact(f'{head}{text}"')
        return done[len(head) : -1] if done.startswith(head) and done.endswith('"') else done

    def walk(value: JSON, key: str) -> JSON:
        if isinstance(value, str):
            return string(key, value)
        if isinstance(value, dict):
            return {name: walk(item, str(name)) for name, item in value.items()}
        return [walk(item, key) for item in value] if isinstance(value, list) else value

    return lambda value: walk(value, "")


def _detect_secrets(name: str, driven: str, found: Callable[[str], list[str | None]]) -> Candidate:
    from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class
    from detect_secrets.settings import configure_settings_from_baseline, get_settings

    plugins = [{"name": plugin.__name__} for plugin in get_mapping_from_secret_type_to_class().values()]
    configure_settings_from_baseline({"plugins_used": plugins})
    get_settings().disable_filters("detect_secrets.filters.common.is_invalid_file")

    def redact(text: str) -> str:
        for secret in found(text):
            if secret:
                text = text.replace(secret, "[SECRET]")
        return text

    return Candidate(name, over_lines(redact), re.compile(r"\[SECRET\]"), driven)


def _detect_secrets_files() -> Candidate:
    from detect_secrets.core.scan import _process_line_based_plugins

    def found(text: str) -> list[str | None]:
        lines = list(enumerate(text.split("\n"), start=1))
        return [secret.secret_value for secret in _process_line_based_plugins(lines, "payload.json")]

    return _detect_secrets("detect-secrets, files", "lines, all plug-ins", found)


def _detect_secrets_strings() -> Candidate:
    from detect_secrets.core.scan import scan_line

    def found(text: str) -> list[str | None]:
        return [secret.secret_value for line in text.split("\n") for secret in scan_line(line)]

    return _detect_secrets("detect-secrets, strings", "lines, all plug-ins, its mode for single strings", found)


def _redact_secret() -> Candidate:
    import redact_secret

    def redact(text: str) -> str:
        return str(redact_secret.scan_and_redact(text).text)

    return Candidate("redact-secret", over_lines(redact), re.compile(r"<[A-Z_]+_\d+>"), "lines, defaults")


def _presidio() -> Candidate:
    import spacy
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import SpacyNlpEngine

    class Blank(SpacyNlpEngine):
        def __init__(self) -> None:
            super().__init__()
            self.nlp = {"en": spacy.blank("en")}

    engine = AnalyzerEngine(nlp_engine=Blank(), supported_languages=["en"])

    def redact(text: str) -> str:
        spans = sorted((found.start, found.end) for found in engine.analyze(text, language="en"))
        pieces, at = [], 0
        for start, end in spans:
            if start >= at:
                pieces += [text[at:start], "<PII>"]
            at = max(at, end)
        return "".join([*pieces, text[at:]])

    return Candidate("presidio", over_lines(redact), re.compile("<PII>"), "lines, blank spaCy model, all recognisers")
