"""Keys and pins: made once, kept private, and every mistake gets one sentence with its cure."""

from __future__ import annotations

import base64
import stat
import subprocess
import threading

import pytest
from audit_scenes import command, environment

from otel_mcp.audit.keys import (
    add_pin,
    default_key_path,
    format_keys,
    load_keys,
    load_pins,
    new_keys,
    parse_keys,
    pins_path,
)
from otel_mcp.errors import ConfigError
from otel_mcp.tlog import Signer


def test_a_key_file_parses_back_to_itself():
    keys = new_keys()
    again = parse_keys(format_keys(keys), "test")
    assert again.signing_key.public_key == keys.signing_key.public_key
    assert again.index_key == keys.index_key


def test_the_key_is_made_once_and_for_this_user_only(home):
    first = load_keys(None, service="weather", create=True)
    again = load_keys(None, service="weather", create=True)
    path = default_key_path("weather")
    assert path == home / "config" / "otel-mcp" / "keys" / "weather.pem"
    assert (first.created, again.created) == (True, False)
    assert first.signing_key.public_key == again.signing_key.public_key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [file.name for file in path.parent.iterdir()] == ["weather.pem"]


def test_openssl_reads_the_signing_key(home):
    keys = load_keys(None, service="weather", create=True)
    openssl = ["openssl", "pkey", "-in", keys.source, "-pubout", "-outform", "DER"]
    try:
        public = subprocess.run(openssl, capture_output=True, check=True).stdout
    except FileNotFoundError:
        pytest.skip("openssl is not installed")
    assert public.endswith(keys.signing_key.public_key)


def test_first_starts_at_the_same_time_end_with_one_key(home):
    script = "from otel_mcp.audit.keys import load_keys\nimport sys\nsys.stdin.read(1)\n"
    script += "print(load_keys(None, service='weather', create=True).signing_key.public_key.hex())"
    starts = [
        subprocess.Popen(command(script), stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(), text=True)
        for _ in range(4)
    ]
    threads = [threading.Thread(target=start.stdin.close) for start in starts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    keys = {start.stdout.read() for start in starts}
    for start in starts:
        start.stdout.close()
        assert start.wait() == 0
    assert len(keys) == 1


def test_a_key_that_others_can_read_is_refused_with_the_cure(home):
    path = default_key_path("weather")
    load_keys(None, service="weather", create=True)
    path.chmod(0o640)
    with pytest.raises(ConfigError, match=f"^key file {path}: .*chmod 600 {path}"):
        load_keys(None, service="weather", create=False)


def test_a_missing_key_is_not_made_unasked(home):
    with pytest.raises(ConfigError, match=r"^OTEL_MCP_AUDIT_KEY=file:/nonexistent/key.pem: no such file$"):
        load_keys("file:/nonexistent/key.pem", service="weather", create=False)


def test_a_message_names_what_gave_the_key(home):
    with pytest.raises(ConfigError, match=r"^--key: expected file:PATH, env:NAME or exec:COMMAND$"):
        load_keys("canary", service="weather", create=True, setting="--key")


def test_a_key_comes_from_a_named_file(tmp_path):
    keys = load_keys(f"file:{tmp_path}/volume/key.pem", service="weather", create=True)
    assert keys.source == f"{tmp_path}/volume/key.pem"


def test_a_key_comes_from_the_environment(monkeypatch):
    keys = new_keys()
    monkeypatch.setenv("PEM", format_keys(keys))
    monkeypatch.setenv("PEM64", base64.b64encode(format_keys(keys).encode()).decode())
    seed = keys.signing_key._private.private_bytes_raw()
    monkeypatch.setenv("RAW64", base64.b64encode(seed + keys.index_key).decode())
    for name in ("PEM", "PEM64", "RAW64"):
        loaded = load_keys(f"env:{name}", service="weather", create=False)
        assert loaded.signing_key.public_key == keys.signing_key.public_key
        assert loaded.index_key == keys.index_key
        assert name in loaded.source


@pytest.mark.parametrize(
    ("spec", "sentence"),
    [
        ("exec:", "expected file:PATH, env:NAME or exec:COMMAND"),
        ("env:UNSET_VARIABLE", "is not set"),
        ("env:BAD", "expected a key file's text"),
        ("/etc/key.pem", "expected file:PATH, env:NAME or exec:COMMAND"),
        ("file:", "expected file:PATH, env:NAME or exec:COMMAND"),
        ("file:/proc/version/key", "cannot use the key file"),
        ("file:/dev/null", "not a regular file"),
    ],
)
def test_a_wrong_setting_gets_one_sentence(monkeypatch, spec, sentence):
    monkeypatch.setenv("BAD", "canary-value-1")
    with pytest.raises(ConfigError, match=sentence) as error:
        load_keys(spec, service="weather", create=True)
    assert "OTEL_MCP_AUDIT_KEY" in str(error.value)
    assert "canary-value-1" not in str(error.value)


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (lambda text: "", "holds no PKCS#8 private key"),
        (lambda text: text.split("-----BEGIN OTEL")[0], "no valid block"),
        (lambda text: text.replace("PRIVATE", "PUBLIC"), "holds no PKCS#8 private key"),
    ],
)
def test_a_damaged_key_file_gets_one_sentence(damage, sentence):
    with pytest.raises(ConfigError, match=sentence):
        parse_keys(damage(format_keys(new_keys())), "key.pem")


def test_the_repr_of_keys_holds_no_key():
    keys = new_keys("here")
    assert repr(keys) == "LogKeys(source='here', created=True)"


def test_pins_are_kept_one_a_line(home):
    assert load_pins() == {}
    vkeys = [str(Signer(name, new_keys().signing_key).verifier) for name in ("host/one", "host/two")]
    for vkey in [*vkeys, vkeys[0]]:
        add_pin(vkey)
    assert load_pins() == dict(zip(["host/one", "host/two"], vkeys, strict=True))
    assert pins_path().read_text() == "".join(f"{vkey}\n" for vkey in vkeys)


def test_a_damaged_pin_is_not_passed_over(home):
    pins_path().parent.mkdir(parents=True)
    pins_path().write_text("# comment\n\nhost/one+00000000+AAAA\n")
    with pytest.raises(ConfigError, match="known_logs line 3"):
        load_pins()


def test_a_service_name_cannot_leave_the_folder(home):
    folder = default_key_path("x").parent
    for service in ("../../etc/passwd", "a/b", "", ".", "..", "a" * 300, "naïve service"):
        assert default_key_path(service).parent == folder
        assert default_key_path(service).name not in {".pem", "..pem"}
    assert default_key_path("a/b") != default_key_path("a-b")
