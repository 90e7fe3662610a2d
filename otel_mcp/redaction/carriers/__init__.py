"""Secrets that are known by what stands around them: names, headers, URLs, command lines, files, sentences."""

from __future__ import annotations

from otel_mcp.redaction.carriers import (
    administration,
    browsers,
    commands,
    files,
    headers,
    loose,
    manifests,
    names,
    products,
    prose,
    protocols,
    tools,
    urls,
)
from otel_mcp.redaction.carriers.urls import uri_secrets

__all__ = ["RULES", "uri_secrets"]

RULES = (
    *(*headers.RULES, *urls.RULES, *files.RULES, *commands.RULES),
    *(
        *names.RULES,
        *prose.RULES,
        *protocols.RULES,
        *tools.RULES,
        *loose.RULES,
        *manifests.RULES,
        *browsers.RULES,
        *products.RULES,
        *administration.RULES,
    ),
)
"""The rules of all carriers, those with the more telling names first; none of them has to know another."""
