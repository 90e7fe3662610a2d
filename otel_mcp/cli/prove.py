"""`otel-mcp prove`: evidence for one entry, which others can check without this log and without this package."""

from __future__ import annotations

import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from otel_mcp.audit._signers import is_signed_by, signers_of
from otel_mcp.audit.evidence import (
    Checked,
    Evidence,
    check_evidence,
    collect_evidence,
    read_evidence,
    write_evidence,
)
from otel_mcp.audit.keys import load_pins, pins_path
from otel_mcp.cli._common import OK, TAMPERED, echo_json, log_options, no_more_output, resolve_log
from otel_mcp.cli._readings import record_reading
from otel_mcp.cli.keys import names_of
from otel_mcp.errors import ConfigError, MalformedError, NothingToVerify, VerificationError
from otel_mcp.tlog import Verifier

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["command", "openssl_lines"]

# What stands before a raw Ed25519 public key in its SubjectPublicKeyInfo (RFC 8410, section 4), as printf takes it.
_KEY_PREFIX = r"\060\052\060\005\006\003\053\145\160\003\041\000"


@click.command("prove")
@click.argument("entry", required=False)
@log_options
@click.option(
    "--output",
    default=".",
    show_default="the current folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to write the files.",
)
@click.option("--with-body", is_flag=True, help="Also the body: arguments and results, redacted, and who it was.")
@click.option(
    "--check",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Check the evidence in this folder instead; no log is needed.",
)
@click.option("--vkey", "vkeys", multiple=True, help="The verifier key to trust, as `otel-mcp keys show` prints it.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    entry: str | None,
    directory: Path | None,
    service: str | None,
    output: Path,
    with_body: bool,
    folder: Path | None,
    vkeys: tuple[str, ...],
    as_json: bool,
) -> None:
    r"""Write evidence for one entry, by its number or record id, or check such evidence.

    \b
    entry-N.json         the head, byte for byte as it was signed
    entry-N.body         with --with-body, if one is kept
    entry-N.tlog-proof   its place in the tree and the signed checkpoint

    \b
    Exit status:
      0 written, or verified
      1 the check failed
      3 nothing to prove or to check, or could not

    \b
    Examples:
      otel-mcp prove 12 --output evidence
      otel-mcp prove 019ab5c2-7d1e-7cc3-9a55-2f6f1c3b7a10 --with-body
      otel-mcp prove --check evidence --vkey 'host/otel-mcp/git/1a2b3c4d+5e6f7a8b+AQ…'
    """
    if (entry is None) == (folder is None):
        raise click.UsageError("expected the number or record id of an entry, or --check FOLDER")
    given = [Verifier.parse(vkey) for vkey in vkeys]
    if folder is not None:
        _check(folder, given, as_json=as_json)
    else:
        assert entry is not None, "an entry or a folder, and it is no folder"
        log = resolve_log(directory, service)
        record_reading(log, None, "prove", {"entry": entry, "bodies": with_body})
        _prove(log, entry, output, given, with_body=with_body, as_json=as_json)


def _prove(log: Path, entry: str, output: Path, given: list[Verifier], *, with_body: bool, as_json: bool) -> None:
    evidence = collect_evidence(log, entry, with_body=with_body)
    origin, vkey = names_of(log)
    # A first look for whoever hands the evidence out. The log's own word for its key is no more than that, so that a
    # pinned key goes before it.
    trusted = given or [Verifier.parse(load_pins().get(origin, vkey))]
    signers = signers_of(log)
    # Each key of the log handed over to the next: whoever trusts one of them trusts what the others signed.
    keys = list(dict.fromkeys([*trusted, *(key for one in trusted for key in signers.counted(one))]))
    verdict = _verdict(evidence, [key for key in keys if key not in signers.revoked])
    if verdict.checked is None and signers.only_revoked(evidence.note):
        says = f"only a revoked key signed the checkpoint over entry {evidence.index}: evidence would prove nothing"
        raise NothingToVerify(f"{says} (`otel-mcp verify` checks the log as a whole)")
    if verdict.checked is None:
        click.echo(
            f"otel-mcp: entry {evidence.index} cannot be proven: {verdict.problem} (run `otel-mcp verify`)", err=True
        )
        sys.exit(TAMPERED)
    key = next(key for key in keys if is_signed_by(evidence.note, [key]))
    paths = write_evidence(evidence, output)
    if as_json:
        echo_json({**_document(verdict), "files": list(map(str, paths)), "vkey": str(key)}, indent=2)
        return
    for path in paths:
        click.echo(f"wrote {path}")
    if with_body and evidence.body is None:
        click.echo(f"no body: entry {evidence.index} has none, or it was erased")
    earlier = ", an earlier one of this log," if key in signers.keys[:-1] else ""
    click.echo(
        f"\nThe reviewer needs the key {key}{earlier}\nby another way than this folder. To check, with otel-mcp:\n"
    )
    click.echo(f"  otel-mcp prove --check {shlex.quote(str(output))} --vkey {shlex.quote(str(key))}")
    click.echo("\nwith a shell and openssl 3, in the folder:\n")
    for line in openssl_lines(evidence.index, key) + _body_lines(evidence):
        click.echo(f"  {line}")
    click.echo(
        "\nor in Go: note.Open and tlog.CheckRecord of golang.org/x/mod/sumdb (docs/formats.md has the program)."
    )


def _check(folder: Path, given: list[Verifier], *, as_json: bool) -> None:
    evidence = read_evidence(folder)
    verdicts = [_verdict(one, given or _pinned(one)) for one in evidence]
    try:
        if as_json:
            echo_json([_document(verdict) for verdict in verdicts], indent=2)
        else:
            for verdict in verdicts:
                click.echo("\n".join(_lines(verdict)))
    except BrokenPipeError:
        no_more_output()  # the verdict stands, read or not
    sys.exit(OK if all(verdict.checked for verdict in verdicts) else TAMPERED)


@dataclass(frozen=True, slots=True)
class _Verdict:
    index: int
    checked: Checked | None
    problem: str | None = None


def _verdict(evidence: Evidence, trusted: Sequence[Verifier]) -> _Verdict:
    try:
        return _Verdict(evidence.index, check_evidence(evidence, trusted))
    except (MalformedError, VerificationError) as error:
        return _Verdict(evidence.index, None, str(error))


def _pinned(evidence: Evidence) -> list[Verifier]:
    """The key that this user has pinned for the log of the evidence.

    Raises:
        ConfigError: there is none.
    """
    pins = load_pins()
    try:
        origin = evidence.origin
    except MalformedError:  # no key would make it a proof; the check says what is wrong with it
        return []
    if origin not in pins:
        raise ConfigError(
            f"no key is pinned for the log {origin} in {pins_path()} (ask its operator for it, and give it with --vkey)"
        )
    return [Verifier.parse(pins[origin])]


def _document(verdict: _Verdict) -> dict[str, Any]:
    checked = verdict.checked
    if checked is None:
        return {"index": verdict.index, "verified": False, "problem": verdict.problem}
    return {
        "index": checked.index,
        "verified": True,
        "origin": checked.checkpoint.origin,
        "size": checked.checkpoint.size,
        "root": checked.checkpoint.root.hex(),
        "head": checked.head,
        "body": checked.has_body,
    }


def _lines(verdict: _Verdict) -> list[str]:
    checked = verdict.checked
    if checked is None:
        return [click.style("FAILED", fg="red", bold=True) + f"  entry {verdict.index}: {verdict.problem}"]
    head = checked.head
    facts = (head.get("ts"), head.get("event"), head.get("tool"), head.get("phase"), head.get("outcome"))
    return [
        click.style("verified", fg="green", bold=True) + f"  entry {checked.index}{' and its body' * checked.has_body}",
        f"  log    {checked.checkpoint.origin}, at size {checked.checkpoint.size}",
        f"  entry  {' '.join(str(fact) for fact in facts if fact is not None)}",
    ]


def openssl_lines(index: int, verifier: Verifier) -> list[str]:
    """A check in the POSIX shell with openssl: the signature, and the way from the head to the root that it covers."""
    proof, head = f"entry-{index}.tlog-proof", f"entry-{index}.json"
    return [
        f"vkey={shlex.quote(str(verifier))}",
        f"{{ printf '{_KEY_PREFIX}'; printf %s \"${{vkey#*+*+}}\" | base64 -d | tail -c 32; }} > key.der",
        f"sed '1,/^$/d' {proof} | sed '/^$/,$d' > text",
        # Not the dash itself: these lines are also printed where only ASCII can be.
        f'sed -n "s|^[^ ]* ${{vkey%%+*}} ||p" {proof} | head -n 1 | base64 -d | tail -c 64 > signature',
        "openssl pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in text -sigfile signature &&",
        # From here on what is read is signed: the shell would run commands that hide in a number.
        f"n={index} last=$(($(sed -n 2p text) - 1)) && [ $n -le $last ] &&",
        f"{{ printf '\\000'; cat {head}; }} | openssl dgst -sha256 -binary > node &&",
        f"for hash in $(sed '1,/^index /d; /^$/,$d' {proof}); do",
        "  [ $last != 0 ] || { last=-1; break; }",
        '  printf %s "$hash" | base64 -d > sibling',
        # No command's words in a variable: zsh would not split them.
        "  if [ $((n % 2)) = 1 ] || [ $n = $last ]; then cat sibling node; else cat node sibling; fi > pair",
        "  { printf '\\001'; cat pair; } | openssl dgst -sha256 -binary > node",
        "  while [ $((n % 2)) = 0 ] && [ $n = $last ] && [ $n != 0 ]; do n=$((n / 2)) last=$((last / 2)); done",
        "  n=$((n / 2)) last=$((last / 2))",
        'done && [ $last = 0 ] && [ "$(base64 < node)" = "$(sed -n 3p text)" ] && echo proven || echo NOT PROVEN',
    ]


def _body_lines(evidence: Evidence) -> list[str]:
    """A check that the body is the one that the proven head names."""
    if evidence.body is None:
        return []
    head, body = f"entry-{evidence.index}.json", f"entry-{evidence.index}.body"
    return [
        f"hash=$({{ printf '\\002'; cat {body}; }} | openssl dgst -sha256 -binary | base64)",
        f'grep -qF "\\"body\\":\\"s1:$hash\\"" {head} && echo body proven || echo BODY NOT PROVEN',
    ]
