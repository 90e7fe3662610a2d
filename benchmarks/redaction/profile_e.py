"""The fifth profile: what engineers and office workers meet every day, from vendors with many users."""

from __future__ import annotations

from benchmarks.redaction import e_benign, e_carriers, e_negatives, e_personal, e_secrets, e_texts
from benchmarks.redaction.profile import Profile

PROFILE_E = Profile(
    name="e",
    shaped=e_secrets.SHAPED,
    named=e_secrets.NAMED,
    texts=e_texts.TEXTS,
    personal=e_personal.PERSONAL,
    named_carriers=e_carriers.NAMED_CARRIERS,
    bare_carriers=e_carriers.BARE_CARRIERS,
    spoken=e_carriers.SPOKEN_PASSWORD,
    labelled=e_carriers.LABELLED,
    values=e_negatives.VALUES,
    pairs=e_negatives.PAIRS,
    benign=e_benign.BENIGN,
)
