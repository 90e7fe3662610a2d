"""The third profile: what servers of companies pass on, vendors and people of Europe and the Americas."""

from __future__ import annotations

from benchmarks.redaction import c_benign, c_carriers, c_negatives, c_personal, c_secrets, c_texts
from benchmarks.redaction.profile import Profile

PROFILE_C = Profile(
    name="c",
    shaped=c_secrets.SHAPED,
    named=c_secrets.NAMED,
    texts=c_texts.TEXTS,
    personal=c_personal.PERSONAL,
    named_carriers=c_carriers.NAMED_CARRIERS,
    bare_carriers=c_carriers.BARE_CARRIERS,
    spoken=c_carriers.SPOKEN_PASSWORD,
    labelled=c_carriers.LABELLED,
    values=c_negatives.VALUES,
    pairs=c_negatives.PAIRS,
    benign=c_benign.BENIGN,
)
