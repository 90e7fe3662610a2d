"""How well and how fast redaction works: a generator of payloads, the evaluation, the timing and the peers.

Written from vendors' documented formats and without sight of the rules that it judges.
"""
