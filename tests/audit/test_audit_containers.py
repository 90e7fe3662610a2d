"""Servers in containers: the recipes of docs/trail.md, followed line by line by real servers in real shells.

A container is a process with its own host name, process ids and home; volumes are folders that outlive it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from audit_scenes import ROOT
from support.running import running

SERVER = f"{shlex.quote(sys.executable)} -m otel_mcp.cli._demo_server"
HELLO = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "caller", "version": "1"}}
ISOLATION = ("unshare", "--uts", "--pid", "--fork", "--kill-child", "--mount-proc")
ISOLATED = (
    shutil.which("unshare") is not None
    and not subprocess.run([*ISOLATION, "sh", "-c", "hostname container"], check=False, capture_output=True).returncode
)
REFUSAL = 78


def recipes():
    """The shell recipes of the page, by the heading that they stand under."""
    page = (ROOT / "docs" / "trail.md").read_text(encoding="utf-8")
    section = page.partition("\n## Containers\n")[2].partition("\n## ")[0]
    parts = re.split(r"^### (.*)$", section, flags=re.MULTILINE)
    return {
        title: re.findall(r"^```sh\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
        for title, text in zip(parts[1::2], parts[2::2], strict=True)
    }


BOTH, ONE, LOST = "Trail and key on volumes", "One of the two volumes is new", "The key is lost"
# The settings are those of the first recipe in every container; the later ones begin where it ends.
SETTINGS, START, VERIFY = recipes()[BOTH][0].splitlines()


class Host:
    """Where containers run: a folder for each volume, and one that stands for each container's own disk."""

    def __init__(self, folder):
        self.folder = folder
        self.volumes = {name: folder / name for name in ("audit", "secrets", "backup", "elsewhere")}
        for volume in self.volumes.values():
            volume.mkdir()
        self.trail = folder / "audit" / "git"
        self.key = folder / "secrets" / "git.pem"

    def replace(self, volume):
        """Put the volume away and a new one in its place."""
        shutil.move(self.volumes[volume], self.folder / f"old-{volume}")
        self.volumes[volume].mkdir()

    def placed(self, line):
        """A line of a recipe, with the folders of the volumes and the server of this test in it."""
        for name, place in self.volumes.items():
            line = re.sub(rf"(?<![\w.-])/{name}\b", str(place), line)
        return line.replace("mcp-server-git", SERVER)


class Container:
    """One container, made anew with an empty home."""

    def __init__(self, host, name, **settings):
        self.host, self.name = host, name
        home = host.folder / "containers" / name
        home.mkdir(parents=True)
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        self.environ = {"PATH": path, "HOME": str(home), "LANG": "C.UTF-8", **settings}
        self.environ |= {f"OTEL_{signal}_EXPORTER": "none" for signal in ("TRACES", "METRICS", "LOGS")}
        # What a recipe exports holds for its later lines, here as there.
        self.exported = [host.placed(SETTINGS)]

    def command(self, line):
        shell = "; ".join([*self.exported, f"exec {self.host.placed(line)}"])
        inside = f"hostname {self.name}; {shell}" if ISOLATED else shell
        return [*(ISOLATION if ISOLATED else ()), "sh", "-c", inside]

    def run(self, line, code=0):
        done = subprocess.run(
            self.command(line), env=self.environ, capture_output=True, text=True, check=False, timeout=90
        )
        assert done.returncode == code, (line, done.stdout, done.stderr)
        return done

    def serve(self, line=START, *, killed=False):
        """Start the server, and let it be called; gives how it ended, and its answer."""
        with running(self.command(line), self.environ) as program:
            answer = program.ask(1, "initialize", HELLO)
            if answer is not None:
                program.send({"jsonrpc": "2.0", "method": "notifications/initialized"})
                answer = program.ask(2, "tools/call", {"name": "add", "arguments": {"a": 20, "b": 3}})
            if killed:
                program.kill(9)
            return program.finish(), answer

    def follow(self, recipe):
        """Every line of a recipe; the server is called, and everything must succeed."""
        printed = []
        for line in recipe.splitlines():
            if line.startswith("export "):
                self.exported.append(self.host.placed(line))
            elif "mcp-server-git" in line:
                ended, answer = self.serve(line)
                assert (ended.status, answered(answer)) == (0, "23"), ended.stderr
            else:
                printed.append(self.run(line).stdout)
        return printed


def answered(answer):
    return answer["result"]["content"][0]["text"]


def contents(folder):
    """Every file below a folder that is not empty, and its hash; readers leave empty and shared-memory files."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.stat().st_size and not path.name.endswith("-shm")
    }


def starts(container):
    """The bodies of the start records, oldest first: which host and process wrote."""
    found = container.run("otel-mcp query --event audit.writer.start --json").stdout
    bodies = [json.loads(line)["body"] for line in found.splitlines()]
    return sorted((body["host"], body["pid"]) for body in bodies)


@pytest.fixture
def host(tmp_path):
    return Host(tmp_path)


@pytest.fixture
def first(host):
    """A container that served, with trail and key on volumes."""
    container = Container(host, "c-first")
    container.follow(recipes()[BOTH][0])
    return container


def test_every_recipe_is_followed_here():
    assert {title: len(found) for title, found in recipes().items()} == {BOTH: 1, ONE: 3, LOST: 1}


def test_the_same_trail_goes_on_in_the_next_container(host, first):
    before = json.loads(first.run("otel-mcp verify --json").stdout)
    second = Container(host, "c-second")
    [said] = second.follow(recipes()[BOTH][0])
    assert said.startswith("verified")
    after = json.loads(second.run("otel-mcp verify --json").stdout)
    assert (after["origin"], after["vkey"], after["writers"]) == (before["origin"], before["vkey"], 2)
    assert (after["problems"], after["size"]) == ([], 2 * before["size"])
    if ISOLATED:
        # Two hosts, and process numbers that begin anew in each.
        assert [name for name, _ in starts(second)] == ["c-first", "c-second"]
        assert before["origin"].startswith("c-first/")
    # What the first container knew stands still, and the trail has grown since: no rollback, no alarm.
    assert first.run(VERIFY).stdout.startswith("verified")
    assert list(host.volumes["secrets"].iterdir()) == [host.key]


def test_a_container_that_was_killed_is_no_alarm(host, first):
    second = Container(host, "c-second")
    second.serve(killed=True)
    third = Container(host, "c-third")
    assert third.follow(recipes()[BOTH][0])[0].startswith("verified")
    report = json.loads(third.run("otel-mcp verify --json").stdout)
    assert {problem["code"] for problem in report["problems"]} == {"W04"}


def test_two_containers_at_the_same_time_share_the_trail(host, first):
    one, other = Container(host, "c-one"), Container(host, "c-other")
    with running(one.command(START), one.environ) as here, running(other.command(START), other.environ) as there:
        for program in (here, there):
            assert program.ask(1, "initialize", HELLO) is not None
            program.send({"jsonrpc": "2.0", "method": "notifications/initialized"})
        for number in range(2, 6):
            for program in (here, there):
                answer = program.ask(number, "tools/call", {"name": "add", "arguments": {"a": 20, "b": 3}})
                assert answered(answer) == "23"
        report = json.loads(one.run("otel-mcp verify --json").stdout)
        assert (report["problems"], report["writers"]) == ([], 3)
        assert [program.finish().status for program in (here, there)] == [0, 0]
    assert json.loads(other.run("otel-mcp verify --json").stdout)["problems"] == []


def test_a_container_without_a_start_asks_for_the_key_and_takes_it(host, first):
    vkey = first.run("otel-mcp keys show").stdout.strip()
    other = Container(host, "c-reviewer")
    assert "W01" in other.run(VERIFY, code=2).stdout
    assert other.run(f"{VERIFY} --vkey {vkey}").stdout.startswith("verified")


def test_a_new_trail_begins_under_an_old_key(host, first):
    old = first.run("otel-mcp keys show").stdout.strip()
    host.replace("audit")
    second = Container(host, "c-second")
    assert second.serve()[0].status == 0
    shown, said = second.follow(recipes()[ONE][0])
    new = shown.strip()
    assert said.startswith("verified")
    assert (new.partition("+")[0] != old.partition("+")[0], new.rpartition("+")[2]) == (True, old.rpartition("+")[2])
    # The old one is what it was, for those who have its line.
    assert second.run(f"{VERIFY} --dir {host.folder}/old-audit/git --vkey {old}").stdout.startswith("verified")


def test_a_new_trail_where_another_is_remembered_is_accepted_with_a_reason(host):
    memory = {"XDG_CONFIG_HOME": str(host.volumes["secrets"])}
    Container(host, "c-first", **memory).follow(recipes()[BOTH][0])
    host.replace("audit")
    second = Container(host, "c-second", **memory)
    assert second.serve()[0].status == 0
    said = second.run(VERIFY, code=1).stdout
    assert "A05" in said
    assert "accept-restore" in said
    printed = second.follow(recipes()[ONE][1])
    assert printed[-1].startswith("verified")


def refused_in_one_sentence(container, host, missing):
    """Both ways to start; gives what was said."""
    before = {name: contents(volume) for name, volume in host.volumes.items()}
    ended, answer = container.serve()
    assert (ended.status, ended.stdout, answer) == (REFUSAL, b"", None)
    [sentence] = ended.stderr.splitlines()
    for part in (missing, str(host.trail), f"from {host.key}", "set OTEL_MCP_AUDIT_KEY; or set OTEL_MCP_AUDIT_DIR"):
        assert part in sentence
    assert sentence.endswith("refusing to start (OTEL_MCP_AUDIT=required)")
    # Where calls may run unaudited, they do, and it is said.
    ended, answer = container.serve(START.replace(" --required", ""))
    assert (ended.status, answered(answer)) == (0, "23")
    assert missing in ended.stderr
    assert "UNAUDITED" in ended.stderr
    assert {name: contents(volume) for name, volume in host.volumes.items()} == before
    assert not list(Path(container.environ["HOME"]).rglob("*.pem"))
    return sentence


def test_an_old_trail_is_not_written_with_a_new_key_and_goes_on_when_its_own_is_back(host, first):
    shutil.copy(host.key, host.volumes["backup"])
    host.replace("secrets")
    second = Container(host, "c-second")
    sentence = refused_in_one_sentence(second, host, f"OTEL_MCP_AUDIT_KEY=file:{host.key}: no such file")
    assert first.run("otel-mcp keys show").stdout.strip() in sentence
    second.follow(recipes()[ONE][2])
    report = json.loads(second.run("otel-mcp verify --json").stdout)
    assert (report["problems"], report["writers"]) == ([], 2)


def test_a_key_that_somebody_else_made_in_the_place_of_the_lost_one_is_refused(host, first):
    host.replace("secrets")
    second = Container(host, "c-second")
    second.run("otel-mcp keys init")
    refused_in_one_sentence(second, host, f"{host.key} holds another key")


def test_a_lost_key_ends_its_trail_and_the_next_one_begins(host, first):
    old = first.run("otel-mcp keys show").stdout.strip()
    host.replace("secrets")
    second = Container(host, "c-second", OLD_VKEY=old)
    refused_in_one_sentence(second, host, "no such file")
    size = json.loads(first.run("otel-mcp verify --json").stdout)["size"]
    said = second.follow(recipes()[LOST][0])
    assert said[0].startswith("verified")
    new = said[-2].strip()
    assert (said[-1].startswith("verified"), new.rpartition("+")[2] != old.rpartition("+")[2]) == (True, True)
    reviewer = Container(host, "c-reviewer")
    asked = f"otel-mcp verify --dir /audit/git --vkey {old} --witness /elsewhere/git.notes --json"
    report = json.loads(reviewer.run(asked).stdout)
    assert (report["problems"], report["size"], report["witnessed"]) == ([], size, size)
    found = second.run("otel-mcp query --dir /audit/git --json --event mcp.tool.call").stdout
    assert json.loads(found.splitlines()[0])["body"]["arguments"] == {"a": 20, "b": 3}
    # Whoever finds the old key and adds to the old trail is seen by that checkpoint's size, not by its own word.
    shutil.copy(host.folder / "old-secrets" / "git.pem", host.folder / "found.pem")
    thief = Container(host, "c-thief")
    thief.run(f"otel-mcp rotate --dir /audit/git --key file:{host.folder}/found.pem")
    report = json.loads(reviewer.run(asked).stdout)
    assert report["size"] > report["witnessed"] == size
    assert "W02" in {problem["code"] for problem in report["problems"]}
