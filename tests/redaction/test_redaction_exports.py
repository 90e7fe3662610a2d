import os
import re
import subprocess
import sys

from otel_mcp import redaction
from otel_mcp.redaction.marks import KINDS, is_marker, mark
from otel_mcp.redaction.ruleset import builtin_scanner


def test_the_public_names_are_these():
    assert redaction.__all__ == [
        "JSON",
        "MARK",
        "Finding",
        "Redacted",
        "Redactor",
        "Scope",
        "is_sensitive_key",
        "sensitive_environment",
    ]
    assert all(hasattr(redaction, name) for name in redaction.__all__)


def test_every_rule_has_a_marker_that_is_recognised_later():
    assert {rule.id for rule in builtin_scanner().rules[:-2]} <= KINDS
    assert all(re.fullmatch("[a-z0-9-]{1,40}", kind) for kind in KINDS)
    assert all(is_marker(mark(kind)) for kind in KINDS)
    assert not is_marker(mark("hunter2"))


def test_a_clean_value_waits_for_no_library_that_only_a_finding_needs():
    program = (
        "import sys, otel_mcp.redaction as r\n"
        "r.Redactor().scope().value({'state': 'done', 'count': 12})\n"
        "bad = {'hashlib', 'html', 'ipaddress', 're2', 'tomllib', 'urllib.parse'} & set(sys.modules)\n"
        "assert not bad, bad\n"
    )
    bare = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    subprocess.run([sys.executable, "-c", program], check=True, env=bare)


def test_the_layer_is_pure():
    program = (
        "import sys, otel_mcp.redaction as r\n"
        "bad = {'opentelemetry', 'sqlite3', 'mcp', 'socket', 'pydantic'} & set(sys.modules)\n"
        "assert not bad, bad\n"
    )
    # Without the variables of a coverage run, whose start in the process imports half of the library.
    bare = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    subprocess.run([sys.executable, "-c", program], check=True, env=bare)
