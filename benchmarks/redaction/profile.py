"""What a generator draws from: kinds, texts, carriers, look-alikes and harmless payloads. Profile A is the first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from benchmarks.redaction import benign, carriers, negatives, personal_kinds, secret_kinds, secret_texts

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from benchmarks.redaction.carriers import Carrier
    from benchmarks.redaction.personal_kinds import PersonalKind
    from benchmarks.redaction.secret_kinds import SecretKind
    from benchmarks.redaction.secret_texts import Planted


@dataclass(frozen=True, slots=True)
class Profile:
    """One complete set of material; two profiles share no kind, no carrier and no look-alike."""

    name: str
    shaped: tuple[SecretKind, ...]
    named: tuple[SecretKind, ...]
    texts: dict[str, Callable[[Random], Planted]]
    personal: tuple[PersonalKind, ...]
    named_carriers: tuple[Carrier, ...]
    bare_carriers: tuple[Carrier, ...]
    spoken: tuple[Carrier, ...]
    labelled: tuple[Carrier, ...]
    values: dict[str, Callable[[Random], str]]
    pairs: dict[str, Callable[[Random], str]]
    benign: tuple[Callable[[Random], Any], ...]


PROFILE_A = Profile(
    name="a",
    shaped=secret_kinds.SHAPED,
    named=secret_kinds.NAMED,
    texts=secret_texts.TEXTS,
    personal=personal_kinds.PERSONAL,
    named_carriers=carriers.NAMED_CARRIERS,
    bare_carriers=carriers.BARE_CARRIERS,
    spoken=carriers.SPOKEN_PASSWORD,
    labelled=carriers.LABELLED,
    values=negatives.VALUES,
    pairs=negatives.PAIRS,
    benign=benign.BENIGN,
)
