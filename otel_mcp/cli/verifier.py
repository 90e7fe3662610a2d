"""`otel-mcp verifier`: the standalone verifier, for somebody who shall trust neither this package nor its authors."""

from __future__ import annotations

import hashlib
from importlib import resources
from pathlib import Path

import click

from otel_mcp.cli._common import echo_json
from otel_mcp.errors import ConfigError

__all__ = ["command"]

_NAME = "verify_audit.py"


@click.command("verifier")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=Path(_NAME),
    show_default=True,
    help="Where to write it; - for standard output.",
)
@click.option("--force", is_flag=True, help="Overwrite another file.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(output: Path, force: bool, as_json: bool) -> None:
    r"""Write a verifier of trails in one file, which needs Python 3.10 and the package cryptography, and not this one.

    It is short enough to be read beside docs/formats.md, from which it was written. Its SHA-256 is printed: compare it
    with that of the same file in the release.

    \b
    Examples:
      otel-mcp verifier
      otel-mcp verifier --output - | sha256sum
      python verify_audit.py ./copy --vkey 'host/otel-mcp/git/1a2b3c4d+5e6f7a8b+AQ…'
    """
    data = resources.files("otel_mcp.standalone").joinpath(_NAME).read_bytes()
    if str(output) == "-":
        click.echo(data, nl=False)
        return
    try:
        if output.exists() and not force and output.read_bytes() != data:
            raise ConfigError(f"{output}: exists and holds something else (name another with --output, or --force)")
        output.write_bytes(data)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise ConfigError(f"{output}: cannot be written: {reason} (--output)") from None
    digest = hashlib.sha256(data).hexdigest()
    if as_json:
        echo_json({"output": str(output), "sha256": digest})
    else:
        click.echo(f"{digest}  {output}")
