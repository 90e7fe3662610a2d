"""A verifier of audit logs in one file that needs nothing of this package, for reviewers: see `verify_audit.py`."""

from __future__ import annotations

__all__: list[str] = []
