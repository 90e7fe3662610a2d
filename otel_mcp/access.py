"""What calls of tools do to data, by a file of the operator's: names of tools, and read, write, delete or export."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, Final

from otel_mcp.errors import RuleError
from otel_mcp.rules import rules_text, source_of

if TYPE_CHECKING:
    from otel_mcp.config import Config

__all__ = ["ACCESS", "AccessRules", "read_access_rules"]

ACCESS: Final = ("read", "write", "delete", "export")
_TABLE: Final = "access"


@dataclass(frozen=True, slots=True)
class AccessRules:
    """Rows of a pattern (`*` and `?` as in file names) and what a call of such a tool does."""

    rows: tuple[tuple[str, str], ...] = ()

    def __call__(self, tool: str) -> str | None:
        """What the first row that fits says; None where none does."""
        return next((access for pattern, access in self.rows if fnmatchcase(tool, pattern)), None)


def read_access_rules(config: Config) -> AccessRules:
    """The rules that `OTEL_MCP_ACCESS_RULES` names; none without one.

        [access]
        "list_*" = "read"
        "drop_table" = "delete"

    Raises:
        RuleError: the file is missing or wrong; the sentence names file, row and reason.
    """
    path = config.access_rules
    if path is None:
        return AccessRules()
    from otel_mcp.redaction.rulefile import load_document  # noqa: PLC0415  # most programs have no file

    source = source_of(config, "access_rules")
    document = load_document(rules_text(path.expanduser(), source), source=source)
    if unknown := sorted(document.keys() - {_TABLE}):
        raise RuleError(f"{source}: {unknown[0]!r}: expected one table, [{_TABLE}]")
    table = document.get(_TABLE)
    if not isinstance(table, dict) or not table:
        raise RuleError(f'{source}: expected a table [{_TABLE}] with rows such as "list_*" = "read"')
    return AccessRules(tuple((pattern, _checked(pattern, access, source)) for pattern, access in table.items()))


def _checked(pattern: str, access: Any, source: str) -> str:
    if access not in ACCESS:
        raise RuleError(f"{source}: {pattern!r}: expected one of {', '.join(ACCESS)}")
    return str(access)
