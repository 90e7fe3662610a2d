"""Time stamps of RFC 3161 over a checkpoint: asked for by HTTP, checked under roots that the caller gives.

The extra `timestamp` brings the package that reads and checks them, `rfc3161-client`.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.x509.oid import NameOID

from otel_mcp.audit._post import post, shown_url
from otel_mcp.errors import AnchorRefused, ConfigError, MalformedError, VerificationError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from types import ModuleType

    from rfc3161_client import TimeStampResponse

__all__ = ["Timestamp", "check_timestamp", "claimed_time", "load_roots", "request_timestamp"]

_SHA256 = x509.ObjectIdentifier("2.16.840.1.101.3.4.2.1")
_OK = 200
_GRANTED = 0
_WHY = re.compile(r'(?:Verify error: |reason: ")([^"]+)"')


@dataclass(frozen=True, slots=True)
class Timestamp:
    """When an authority saw something, and the authority's name in its certificate."""

    time: datetime
    who: str


def load_roots(pem: bytes, named: str) -> list[x509.Certificate]:
    """The certificates of a PEM file; `named` is its name in messages.

    Raises:
        ConfigError: it holds none.
    """
    try:
        roots = x509.load_pem_x509_certificates(pem)
    except ValueError:
        roots = []
    if not roots:
        raise ConfigError(f"{named}: holds no certificate (expected PEM, `-----BEGIN CERTIFICATE-----`)")
    return roots


def request_timestamp(url: str, note: bytes, *, seconds: float) -> bytes:
    """The reply of the authority at `url` to SHA-256 of `note`, in DER (RFC 3161, sections 2.4 and 3.4).

    It is a time stamp of `note` for this request; whose it is, only `check_timestamp` finds.

    Raises:
        AnchorRefused: there is no answer, or it is no such time stamp.
        ConfigError: the extra `timestamp` is not installed, or `url` is no address.
    """
    client = _client()
    builder = client.TimestampRequestBuilder().data(note).hash_algorithm(client.HashAlgorithm.SHA256)
    request = builder.nonce(nonce=True).cert_request(cert_request=True).build()
    reply = post(url, request.as_bytes(), "application/timestamp-query", seconds=seconds)
    place = shown_url(url)
    if reply.status != _OK:
        raise AnchorRefused(f"{place}: answered {reply.status} {reply.words} (is it a time-stamp authority's address?)")
    try:
        response = _decode(reply.body)
        _check_imprint(response, note)
    except (MalformedError, VerificationError) as error:
        raise AnchorRefused(f"{place}: answered with no time stamp of this checkpoint: {error}") from None
    if response.tst_info.nonce != request.nonce:
        raise AnchorRefused(f"{place}: answered another request than this one (does a proxy keep old answers?)")
    return reply.body


def claimed_time(reply: bytes, note: bytes) -> datetime:
    """The time in a time stamp of `note`, whoever made it.

    Raises:
        MalformedError: `reply` is no time stamp.
        VerificationError: it is of something else.
        ConfigError: the extra `timestamp` is not installed.
    """
    response = _decode(reply)
    _check_imprint(response, note)
    return response.tst_info.gen_time


def check_timestamp(reply: bytes, note: bytes, roots: Sequence[x509.Certificate]) -> Timestamp:
    """When the authority saw `note`, if its certificate leads to one of `roots` and was valid then.

    Raises:
        MalformedError: `reply` is no time stamp.
        VerificationError: it is of something else, or by nobody under `roots`.
        ConfigError: the extra `timestamp` is not installed.
    """
    assert roots, "trust comes from the caller"
    client = _client()
    response = _decode(reply)
    _check_imprint(response, note)
    try:
        client.VerifierBuilder(roots=list(roots)).build().verify(response, hashlib.sha256(note).digest())
        return Timestamp(response.tst_info.gen_time, _signer(response))
    except (client.VerificationError, ValueError) as error:
        raise VerificationError("A07", f"the time stamp does not verify under the given roots: {_why(error)}") from None


def _client() -> ModuleType:
    try:
        import rfc3161_client  # noqa: PLC0415  # the extra `timestamp`
    except ImportError:
        raise ConfigError("time stamps need the extra: pip install 'otel-mcp-audit[timestamp]'") from None
    return rfc3161_client


def _decode(reply: bytes) -> TimeStampResponse:
    try:
        response: TimeStampResponse = _client().decode_timestamp_response(reply)
        if response.status != _GRANTED:
            words = ", ".join(response.status_string) or "no reason given"
            raise VerificationError("A07", f"refused with status {response.status}: {words[:120]!r}")
        _ = response.tst_info
    except ValueError:
        raise MalformedError("not a time-stamp reply of RFC 3161 in DER") from None
    if response.as_bytes() != reply:
        raise MalformedError("time-stamp reply: not in canonical form")
    return response


def _check_imprint(response: TimeStampResponse, note: bytes) -> None:
    imprint = response.tst_info.message_imprint
    if imprint.hash_algorithm != _SHA256 or imprint.message != hashlib.sha256(note).digest():
        raise VerificationError("A07", "the time stamp is not of this checkpoint")


def _signer(response: TimeStampResponse) -> str:
    """The name in the certificate that signed, which was checked before."""
    [signer] = response.signed_data.signer_infos
    for der in response.signed_data.certificates:
        certificate = x509.load_der_x509_certificate(der)
        if (certificate.issuer, certificate.serial_number) == (signer.issuer, signer.serial_number):
            names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
            return str(names[0].value) if names else certificate.subject.rfc4514_string()
    raise ValueError("no certificate of the signer")


def _why(error: Exception) -> str:
    found = _WHY.findall(str(error))
    return found[-1] if found else str(error).partition("\n")[0][:160].rstrip(".")
