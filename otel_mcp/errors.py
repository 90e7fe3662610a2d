"""The error tree of otel_mcp.

```text
OtelMcpError
├── ConfigError             a setting is wrong; the sentence names it and the cure
│   └── RuleError           a file of redaction rules cannot be used
├── MalformedError          bytes that do not parse as the format they claim to be
├── AuditError
│   ├── AuditUnavailable    the log cannot be opened or written now
│   ├── AnchorRefused       a witness, an authority or a file did not take a checkpoint
│   ├── AuditClosed         an append after the log was closed
│   └── KeyMismatch         this process holds another key than the log was made with
├── VerificationError       a check found tampering, or could not be made
└── NothingToVerify         there is no log, or it holds no entry
```
Messages are lower case, have no full stop and never hold a secret.
"""

from __future__ import annotations

__all__ = [
    "AnchorRefused",
    "AuditClosed",
    "AuditError",
    "AuditUnavailable",
    "ConfigError",
    "KeyMismatch",
    "MalformedError",
    "NothingToVerify",
    "OtelMcpError",
    "RuleError",
    "VerificationError",
]


class OtelMcpError(Exception):
    """Base of every error that otel_mcp raises on purpose."""


class ConfigError(OtelMcpError):
    """A setting has a value that cannot be used."""


class RuleError(ConfigError):
    """A file of rules cannot be used; the sentence names file, rule and reason."""


class MalformedError(OtelMcpError):
    """Bytes that claim a format and do not follow it."""


class AuditError(OtelMcpError):
    """The audit log could not do what was asked."""


class AuditUnavailable(AuditError):
    """The log cannot be opened or written: folder, database, disk or key."""


class AnchorRefused(AuditError):
    """A checkpoint could not be anchored: nobody answered, the answer is no anchor, or the log was found changed."""


class AuditClosed(AuditError):
    """An append was tried after the log was closed."""


class KeyMismatch(AuditError):
    """The key at hand is not the key that the log was created with."""


class VerificationError(OtelMcpError):
    """A check of the log failed.

    `code` is one of the documented message codes (`A01` … `A14`).
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class NothingToVerify(OtelMcpError):
    """There was nothing that a check could have been made on."""
