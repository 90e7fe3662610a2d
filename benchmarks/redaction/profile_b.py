"""The second profile: other vendors, other countries, other carriers and other look-alikes than the first."""

from __future__ import annotations

from benchmarks.redaction import b_benign, b_carriers, b_negatives, b_personal, b_secrets, b_texts
from benchmarks.redaction.profile import Profile

PROFILE_B = Profile(
    name="b",
    shaped=b_secrets.SHAPED,
    named=b_secrets.NAMED,
    texts=b_texts.TEXTS,
    personal=b_personal.PERSONAL,
    named_carriers=b_carriers.NAMED_CARRIERS,
    bare_carriers=b_carriers.BARE_CARRIERS,
    spoken=b_carriers.SPOKEN_PASSWORD,
    labelled=b_carriers.LABELLED,
    values=b_negatives.VALUES,
    pairs=b_negatives.PAIRS,
    benign=b_benign.BENIGN,
)
