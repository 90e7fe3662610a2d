"""The sixth profile: other vendors, other countries, other carriers and other look-alikes than the first five."""

from __future__ import annotations

from benchmarks.redaction import f_benign, f_carriers, f_negatives, f_personal, f_secrets, f_texts
from benchmarks.redaction.profile import Profile

PROFILE_F = Profile(
    name="f",
    shaped=f_secrets.SHAPED,
    named=f_secrets.NAMED,
    texts=f_texts.TEXTS,
    personal=f_personal.PERSONAL,
    named_carriers=f_carriers.NAMED_CARRIERS,
    bare_carriers=f_carriers.BARE_CARRIERS,
    spoken=f_carriers.SPOKEN_PASSWORD,
    labelled=f_carriers.LABELLED,
    values=f_negatives.VALUES,
    pairs=f_negatives.PAIRS,
    benign=f_benign.BENIGN,
)
