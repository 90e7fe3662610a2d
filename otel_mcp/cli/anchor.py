"""`otel-mcp anchor`: show the newest checkpoint to somebody who will remember it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from otel_mcp.audit._post import shown_url
from otel_mcp.audit.anchors import (
    COSIGNATURE,
    RFC3161,
    Stored,
    append_to_file,
    cosign,
    load_roots,
    newest_checkpoint,
    timestamp,
)
from otel_mcp.cli._common import COULD_NOT, OK, echo_json, log_options, no_more_output, resolve_log
from otel_mcp.errors import ConfigError, OtelMcpError
from otel_mcp.tlog import CosignatureVerifier

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cryptography.x509 import Certificate

    from otel_mcp.audit.anchors import Newest

__all__ = ["command"]

_FILE = "file"


@dataclass(frozen=True, slots=True)
class _Target:
    kind: str
    place: str
    make: Callable[[Newest], Stored]


@click.command("anchor")
@log_options
@click.option(
    "--file", "files", multiple=True, type=click.Path(dir_okay=False, path_type=Path), help="Append to this file."
)
@click.option("--tsa", "authorities", multiple=True, metavar="URL", help="Ask this time-stamp authority (RFC 3161).")
@click.option(
    "--tsa-roots",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="PEM file of the root certificates that the answer must lead to.",
)
@click.option("--witness", "witnesses", multiple=True, metavar="URL", help="Ask this witness (C2SP tlog-witness).")
@click.option("--witness-vkey", "vkeys", multiple=True, metavar="VKEY", help="Its key; one for each --witness.")
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 300),
    default=10.0,
    show_default=True,
    metavar="SECONDS",
    help="How long an answer may take.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def command(
    directory: Path | None,
    service: str | None,
    files: tuple[Path, ...],
    authorities: tuple[str, ...],
    tsa_roots: Path | None,
    witnesses: tuple[str, ...],
    vkeys: tuple[str, ...],
    timeout: float,
    as_json: bool,
) -> None:
    r"""Show the newest signed checkpoint to somebody outside, so that nobody can take it back.

    All that are named are tried. Time stamps and cosignatures are kept in the folder `anchors` of the log.

    \b
    Exit status:
      0 anchored everywhere
      3 not everywhere; stderr says why

    \b
    Examples:
      otel-mcp anchor --file /mnt/worm/git.notes
      otel-mcp anchor --tsa https://tsa.example/tsr --tsa-roots tsa.pem
      otel-mcp anchor --witness https://witness.example --witness-vkey 'witness.example/x1+0f1e2d3c+BA…'
    """
    targets = [_Target(_FILE, str(path), partial(append_to_file, path=path)) for path in files]
    targets += _authorities(authorities, tsa_roots, timeout)
    targets += _witnesses(witnesses, vkeys, timeout)
    if not targets:
        raise ConfigError("anchor where? (name --file PATH, --tsa URL, or --witness URL with --witness-vkey VKEY)")
    newest = newest_checkpoint(resolve_log(directory, service))
    results = [(target, _anchor(target, newest)) for target in targets]
    try:
        for target, stored in results:
            if stored:
                _say(target, newest, stored, as_json=as_json)
    except BrokenPipeError:
        no_more_output()  # anchored is anchored, read or not
    sys.exit(OK if all(stored for _, stored in results) else COULD_NOT)


def _anchor(target: _Target, newest: Newest) -> Stored | None:
    try:
        return target.make(newest)
    except OtelMcpError as error:
        click.echo(f"otel-mcp: not anchored: {error}", err=True)
        return None


def _authorities(urls: Sequence[str], pem: Path | None, seconds: float) -> list[_Target]:
    if pem and not urls:
        raise ConfigError("--tsa-roots belongs to --tsa URL")
    roots: list[Certificate] = load_roots(pem.read_bytes(), f"--tsa-roots {pem}") if pem else []
    return [_Target(RFC3161, shown_url(url), partial(timestamp, url=url, roots=roots, seconds=seconds)) for url in urls]


def _witnesses(urls: Sequence[str], vkeys: Sequence[str], seconds: float) -> list[_Target]:
    if len(urls) != len(vkeys):
        raise ConfigError(f"{len(urls)} --witness and {len(vkeys)} --witness-vkey (give one key for each, in order)")
    keys = [CosignatureVerifier.parse(vkey) for vkey in vkeys]
    return [
        _Target(COSIGNATURE, shown_url(url), partial(cosign, url=url, witness=key, seconds=seconds))
        for url, key in zip(urls, keys, strict=True)
    ]


def _say(target: _Target, newest: Newest, stored: Stored, *, as_json: bool) -> None:
    time = stored.time.isoformat().replace("+00:00", "Z") if stored.time else None
    size = newest.checkpoint.size
    if as_json:
        echo_json(
            {
                "kind": target.kind,
                "to": target.place,
                "origin": newest.checkpoint.origin,
                "size": size,
                "time": time,
                "checked": stored.checked,
                "already": stored.already,
                "path": str(stored.path),
            }
        )
        return
    words = [f"{target.kind}  {size} entries  {target.place}", *([time] if time else [])]
    notes = ["was there already"] if stored.already else []
    notes += [] if stored.checked else ["nobody checked whose it is: pass --tsa-roots"]
    click.echo("  ".join(words) + (f"  ({'; '.join(notes)})" if notes else ""))
