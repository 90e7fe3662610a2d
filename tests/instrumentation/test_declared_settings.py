"""What a configuration file makes of the settings, sentence by sentence; programs with one are in `integration`."""

from __future__ import annotations

import json
import os
from dataclasses import fields

import pytest

from otel_mcp.config import Config
from otel_mcp.declarative import EXPORTER_KEYS, declared_settings

REFUSED = "not a configuration that the SDK accepts:"
CANARY = "plum-harbour-eleven"


@pytest.fixture
def told(tmp_path, monkeypatch):
    """A function: the settings that come of a section, of a whole file, or of a text, beside some variables."""
    path = tmp_path / "otel.yaml"
    monkeypatch.setenv("OTEL_CONFIG_FILE", str(path))

    def settings(section=None, environ=None, **file):
        for name, value in (environ or {}).items():
            monkeypatch.setenv(name, value)
        if section is not None:
            file |= {"instrumentation/development": {"python": {"otel_mcp": section}}}
        path.write_text(file.get("text") or json.dumps({"file_format": "1.0", **file}), encoding="utf-8")
        return declared_settings(os.environ)

    settings.source = f"OTEL_CONFIG_FILE={path}"
    return settings


def logs(exporter):
    return {"processors": [{"batch": {"exporter": {"otel_mcp_audit": exporter}}}]}


def test_every_field_is_a_key_and_the_exporters_keys_are_among_them(told):
    names = {field.name for field in fields(Config)}
    assert set(EXPORTER_KEYS) <= names | {"service"}
    values = {field.name: field.metadata["choices"][-1] for field in fields(Config) if field.metadata["choices"]}
    others = {"audit_dir": "/t", "audit_write_ahead": "drop_*", "audit_key": "env:KEY", "audit_rotate": "1d"}
    others |= {
        "audit_retain": "90d",
        "name_actor": "shop:who",
        "redact_all": True,
        "redaction_rules": "r.toml",
        "access_rules": "a.toml",
    }
    declared = told({**values, **others})
    assert declared.problem is None
    assert declared.keys == names
    config = Config.from_environment(declared.environ)
    assert (config.audit_dir, config.redact_all, config.capture) == ("/t", True, "SPAN_AND_EVENT")


def test_without_a_file_the_settings_are_the_environment(monkeypatch):
    monkeypatch.delenv("OTEL_CONFIG_FILE", raising=False)
    declared = declared_settings(os.environ)
    assert declared.environ is os.environ
    assert (declared.source, declared.problem, declared.warnings) == ("", None, ())


MISSPELT = [
    ("audit_durabilty", "did you mean audit_durability?"),
    ("durability", "did you mean audit_durability?"),
    ("audit-durability", "did you mean audit_durability?"),
    ("OTEL_MCP_AUDIT_DURABILITY", "did you mean audit_durability?"),
    ("enable", "did you mean enabled?"),
    ("verbose", "known: audit, audit_dir, "),
]


@pytest.mark.parametrize(("key", "cure"), MISSPELT)
def test_a_misspelt_key_has_no_effect_and_is_a_problem_under_a_strict_setting(told, key, cure):
    declared = told({key: "async"})
    assert declared.problem is None
    [sentence] = declared.warnings
    assert sentence.startswith(f"{told.source}: otel_mcp.{key}: no setting has this keyword ({cure}")
    assert sentence.endswith("; it has no effect")
    for strict in ({"audit": "required"}, {"audit_on_failure": "closed"}):
        assert f"otel_mcp.{key}: no setting" in str(told({key: "async", **strict}).problem)
    assert "no setting" in str(told({key: "async"}, {"OTEL_MCP_AUDIT": "required"}).problem)


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"audit": "maybe"}, "audit=maybe: expected one of on, off, required"),
        ({"audit_durability": "soon"}, "audit_durability=soon: expected one of async, commit, write-ahead"),
        ({"audit_rotate": "daily"}, "audit_rotate=daily: expected a size and an age such as 256MiB,1d, or off"),
        ({"audit_retain": 90}, "audit_retain: expected a text, got a value of type int"),
        ({"audit_dir": ["a"]}, "audit_dir: expected a text, got a value of type list"),
        ({"redaction_rules": {"a": 1}}, "redaction_rules: expected a text, got a value of type dict"),
        ({"name_actor": "shop"}, "name_actor=shop: expected MODULE:FUNCTION"),
        ({"redact_all": "always"}, "redact_all=always: expected true or false"),
        ({"redact_all": 1}, "redact_all: expected true or false, got a value of type int"),
        ({"spans": True}, "spans: expected a text, got a value of type bool"),
        ({"enabled": "yes"}, "enabled: expected true or false"),
        ({"alert_rules": "rules.toml"}, "alert_rules: not available in this version (remove it)"),
        ({"audit": CANARY}, "audit=…: expected one of on, off, required"),
    ],
)
def test_a_wrong_value_or_type_is_a_problem_in_the_words_of_the_file(told, settings, sentence):
    assert str(told(settings).problem) == f"{told.source}: otel_mcp.{sentence}"


@pytest.mark.parametrize("section", [{"audti": "required"}, {"on_failure": "Closed"}, {"audit": "requierd"}], ids=str)
def test_a_strict_setting_that_is_misspelt_itself_counts_as_strict(told, section):
    declared = told(section)
    assert declared.strict
    assert declared.problem is not None


def test_what_is_pasted_in_the_place_of_a_key_is_not_shown(told):
    declared = told({"q7f3k1m9z2x8": "x", f"{CANARY} and more": "y"})
    assert len(declared.warnings) == 2
    assert all("otel_mcp.…: no setting has this keyword" in sentence for sentence in declared.warnings)
    assert not any(CANARY in sentence or "q7f3" in sentence for sentence in declared.warnings)


def test_a_wrong_capture_turns_content_off_and_nothing_else(told):
    declared = told({"capture": "SPANS"}, {"OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT": "SPAN_ONLY"})
    assert declared.problem is None
    assert Config.from_environment(declared.environ).capture == "NO_CONTENT"
    assert "otel_mcp.capture: expected one of NO_CONTENT, " in declared.warnings[0]


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ({"instrumentation/development": {"python": {"otel_mpc": {}}}}, "no instrumentation has this name"),
        ({"instrumentation/development": {"python": {"mcp": {}}}}, "no instrumentation has this name"),
        ({"otel_mcp": {}}, "otel_mcp: nothing reads settings there"),
        ({"instrumentation": {"python": {"otel_mcp": {}}}}, "instrumentation: nothing reads settings there"),
    ],
)
def test_a_section_that_nobody_reads_is_named_and_counts_where_it_is_strict(told, file, sentence):
    declared = told(**file)
    assert declared.problem is None
    assert sentence in declared.warnings[0]
    assert sentence in str(told(**json.loads(json.dumps(file).replace("{}", '{"audit": "required"}'))).problem)


@pytest.mark.parametrize("python", [{"threading": {}}, {"logging": {"audit": "required"}}, {}], ids=str)
def test_the_sections_of_others_are_left_alone(told, python):
    declared = told(**{"instrumentation/development": {"python": python}, "vendor": {"a": 1}})
    assert (declared.problem, declared.warnings, declared.keys) == (None, (), frozenset())


def test_on_and_off_are_words_though_yaml_makes_booleans_of_them(told):
    declared = told(
        text="""
file_format: "1.0"
instrumentation/development:
  python:
    otel_mcp: {audit: on, audit_encrypt: off, audit_rotate: off, audit_retain: off, redact_all: yes, spans: off,
               audit_key: "${NOT_SET_ANYWHERE}", audit_durability: }
"""
    )
    assert declared.problem is None
    config = Config.from_environment(declared.environ)
    assert (config.audit, config.audit_encrypt, config.spans, config.redact_all) == ("on", "off", "off", True)
    assert (config.rotation.max_bytes, config.audit_key, config.durability) == (None, None, "commit")


@pytest.mark.parametrize(
    ("environ", "section", "name", "counts"),
    [
        ({"OTEL_MCP_AUDIT": "required"}, {"audit": "off"}, "audit", "required"),
        ({"OTEL_MCP_AUDIT": "on"}, {"audit": False}, "audit", "on"),
        ({"OTEL_MCP_AUDIT": "off"}, {"audit": "on"}, "audit", "on"),
        ({"OTEL_MCP_AUDIT_DURABILITY": "commit"}, {"audit_durability": "async"}, "audit_durability", "commit"),
        ({"OTEL_MCP_AUDIT_DURABILITY": "async"}, {"audit_durability": "commit"}, "audit_durability", "commit"),
        ({"OTEL_MCP_AUDIT": "required"}, {"audit_on_failure": "open"}, "on_failure", "closed"),
        ({"OTEL_MCP_AUDIT_ON_FAILURE": "exit"}, {"audit_on_failure": "open"}, "on_failure", "exit"),
        ({"OTEL_MCP_AUDIT_ON_FAILURE": "exit"}, {"audit_on_failure": "closed"}, "on_failure", "closed"),
        ({"OTEL_MCP_AUDIT_ENCRYPT": "subject"}, {"audit_encrypt": "segment"}, "audit_encrypt", "subject"),
        ({"OTEL_MCP_AUDIT_CONTENT": "digest"}, {"audit_content": "redacted"}, "audit_content", "digest"),
        ({"OTEL_MCP_REDACT_ALL": "true"}, {"redact_all": False}, "redact_all", True),
        (
            {"OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT": "NO_CONTENT"},
            {"capture": "SPAN_ONLY"},
            "capture",
            "NO_CONTENT",
        ),
        ({"OTEL_MCP_AUDIT_RETAIN": "90d"}, {"audit_retain": "6years"}, "audit_retain", "6years"),
        ({"OTEL_MCP_AUDIT_DIR": "/a"}, {"audit_dir": "/b"}, "audit_dir", "/b"),
    ],
)
def test_of_two_settings_the_stricter_counts_or_else_the_files_and_it_is_said(told, environ, section, name, counts):
    declared = told(section, environ)
    assert declared.problem is None
    assert getattr(Config.from_environment(declared.environ), name) == counts
    [sentence] = declared.warnings
    assert "counts" in sentence


def test_what_agrees_is_not_worth_a_word_and_what_the_file_leaves_out_is_the_environments(told):
    declared = told({"audit": "on"}, {"OTEL_MCP_AUDIT": "ON", "OTEL_MCP_AUDIT_DURABILITY": "async"})
    assert declared.warnings == ()
    assert Config.from_environment(declared.environ).durability == "async"


def test_calls_that_are_to_wait_are_those_of_both(told):
    declared = told({"audit_write_ahead": "drop_*"}, {"OTEL_MCP_AUDIT_WRITE_AHEAD": "destructive"})
    assert Config.from_environment(declared.environ).audit_write_ahead == "destructive,drop_*"


def test_settings_that_contradict_each_other_across_file_and_environment_are_a_problem(told):
    declared = told({"audit_durability": "commit"}, {"OTEL_MCP_AUDIT_ON_FAILURE": "closed"})
    assert "with the environment: OTEL_MCP_AUDIT_DURABILITY=commit: a log that fails closed" in str(declared.problem)


@pytest.mark.parametrize(
    ("resource", "service"),
    [
        ({"attributes": [{"name": "service.name", "value": "cellar"}]}, "cellar"),
        ({"attributes_list": "a=b,service.name=attic"}, "attic"),
        (
            {
                "attributes": [{"name": "service.name", "value": "cellar"}],
                "attributes_list": "service.name=attic",
            },
            "cellar",
        ),
        ({"attributes": [{"name": "a", "value": 1}]}, "from-the-environment"),
    ],
)
def test_the_service_is_that_of_the_files_resource(told, resource, service):
    declared = told({}, {"OTEL_SERVICE_NAME": "from-the-environment"}, resource=resource)
    assert declared.environ["OTEL_SERVICE_NAME"] == service


@pytest.mark.parametrize("exporter", [{"audit_dri": "x"}, {"audit_encrypt": "yes"}, {"audit": "on"}], ids=str)
def test_what_is_wrong_with_the_exporter_is_a_problem_under_a_strict_setting_only(told, exporter):
    assert told({}, logger_provider=logs(exporter)).problem is None
    problem = str(told({"audit": "required"}, logger_provider=logs(exporter)).problem)
    assert problem.startswith(f"{told.source}: otel_mcp_audit.{next(iter(exporter))}")


def test_substitution_is_the_sdks_and_follows_the_environment(told, monkeypatch):
    assert told({"audit_dir": "/a/${PART:-none}"}).environ["OTEL_MCP_AUDIT_DIR"] == "/a/none"
    monkeypatch.setenv("PART", "one")
    assert declared_settings(os.environ).environ["OTEL_MCP_AUDIT_DIR"] == "/a/one"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("file_format: [", "not YAML (line 1)"),
        ("\n", "not a configuration that the SDK accepts"),
        ("{}", "…: at the top: lacks file_format"),
        ('file_format: "9.0"', "not a configuration that the SDK accepts"),
        (
            'file_format: "1.0"\nlogger_provider: {}',
            "…: logger_provider: lacks processors",
        ),
        (
            f'file_format: "1.0"\nresource: {{atributes: [], "{CANARY} 1": 2}}',
            "…: resource: atributes is no key of it (did you mean attributes?); … is no key of it",
        ),
        (
            'file_format: "1.0"\ninstrumentation/development: {python: {otel_mcp: }}',
            "…: instrumentation/development.python.otel_mcp: not what the schema allows",
        ),
    ],
)
def test_a_file_that_the_sdk_will_not_take_is_told_by_place_and_without_its_values(told, caplog, text, sentence):
    declared = told(text=text)
    assert declared.unusable
    assert str(declared.problem) == f"{told.source}: {sentence.replace('…:', REFUSED, 1)}"
    assert not caplog.records


def test_a_path_that_leads_to_no_such_file_is_told(tmp_path, monkeypatch):
    for name, words in (("nowhere.yaml", "no such file or directory"), ("", "not a file")):
        declared = declared_settings({"OTEL_CONFIG_FILE": str(tmp_path / name)})
        assert str(declared.problem) == f"OTEL_CONFIG_FILE={tmp_path / name}: {words}"
    (tmp_path / "otel.toml").touch()
    declared = declared_settings({"OTEL_CONFIG_FILE": str(tmp_path / "otel.toml")})
    assert str(declared.problem).endswith("expected a name that ends with .yaml, .yml, .json")
