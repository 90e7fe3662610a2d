"""Transparency log primitives: RFC 6962 trees, C2SP signed notes, checkpoints and proofs. No I/O, no clock."""

from __future__ import annotations

from otel_mcp.tlog.checkpoint import Checkpoint, open_checkpoint, sign_checkpoint
from otel_mcp.tlog.cosignature import Cosignature, CosignatureVerifier, open_cosignatures
from otel_mcp.tlog.note import (
    Note,
    Signature,
    Signer,
    SigningKey,
    Verifier,
    format_note,
    open_note,
    parse_note,
    sign_note,
    split_notes,
)
from otel_mcp.tlog.policy import TrustPolicy
from otel_mcp.tlog.proof import Proof, open_proof
from otel_mcp.tlog.tree import (
    Frontier,
    check_consistency,
    check_inclusion,
    leaf_hash,
    node_hash,
    prove_consistency,
    prove_inclusion,
    root_hash,
)

__all__ = [
    "Checkpoint",
    "Cosignature",
    "CosignatureVerifier",
    "Frontier",
    "Note",
    "Proof",
    "Signature",
    "Signer",
    "SigningKey",
    "TrustPolicy",
    "Verifier",
    "check_consistency",
    "check_inclusion",
    "format_note",
    "leaf_hash",
    "node_hash",
    "open_checkpoint",
    "open_cosignatures",
    "open_note",
    "open_proof",
    "parse_note",
    "prove_consistency",
    "prove_inclusion",
    "root_hash",
    "sign_checkpoint",
    "sign_note",
    "split_notes",
]
