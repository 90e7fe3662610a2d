"""Somebody who has none of our code can check a checkpoint: with openssl."""

from __future__ import annotations

import base64
import shutil
import subprocess

import pytest
from audit_scenes import make_log
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from otel_mcp.audit import verify


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_openssl_verifies_a_checkpoint(directory, tmp_path):
    log = make_log(directory, 3)
    text, _, signature = verify(directory).checkpoint.rpartition("\n\n")
    raw_key = base64.b64decode(log.vkey.split("+", 2)[2])[1:]
    public = Ed25519PublicKey.from_public_bytes(raw_key)
    pem = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "pub.pem").write_bytes(pem)
    (tmp_path / "text").write_text(text + "\n", encoding="utf-8")
    (tmp_path / "sig").write_bytes(base64.b64decode(signature.split(" ")[2])[4:])
    command = "openssl pkeyutl -verify -pubin -inkey pub.pem -rawin -in text -sigfile sig"
    result = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Verified Successfully" in result.stdout
