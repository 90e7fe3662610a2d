"""The fourth profile: developers' machines and desktop clients; Asia, Africa, Oceania and the rest of Europe."""

from __future__ import annotations

from benchmarks.redaction import d_benign, d_carriers, d_negatives, d_personal, d_secrets, d_texts
from benchmarks.redaction.profile import Profile

PROFILE_D = Profile(
    name="d",
    shaped=d_secrets.SHAPED,
    named=d_secrets.NAMED,
    texts=d_texts.TEXTS,
    personal=d_personal.PERSONAL,
    named_carriers=d_carriers.NAMED_CARRIERS,
    bare_carriers=d_carriers.BARE_CARRIERS,
    spoken=d_carriers.SPOKEN_PASSWORD,
    labelled=d_carriers.LABELLED,
    values=d_negatives.VALUES,
    pairs=d_negatives.PAIRS,
    benign=d_benign.BENIGN,
)
