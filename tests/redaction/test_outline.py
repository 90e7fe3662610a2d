"""The outline of a text: every form of a national number has a shape, and every place of a pattern is found by it."""

import time
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otel_mcp.redaction.outline import PatternPlaces, outlines_of
from otel_mcp.redaction.personal.identity import form_outlines
from otel_mcp.redaction.personal.national import IDENTITIES, RULES
from otel_mcp.redaction.places import matches
from otel_mcp.redaction.ruleset import builtin_scanner

OUTLINES = sorted({outline for one in IDENTITIES for form in one.forms for outline in form_outlines(form)})
FRAMES = ("%s", "x %s y", "id:%s,", '"%s"', "1 %s", "a\\n%s")
PATTERNED = [
    PatternPlaces(number, rule)
    for number, rule in enumerate(builtin_scanner().rules)
    if rule.pattern is not None and not rule.needles
]
NATIONAL = PatternPlaces(0, RULES[0])


def fill(outline, chance):
    kinds = {"0": "0123456789", "a": "ABCDEFGHJK"}
    return "".join(chance.choice(kinds.get(sign, sign)) for sign in outline)


@pytest.mark.parametrize("outline", OUTLINES)
def test_the_shapes_know_every_form(outline):
    chance = Random(3)
    pattern = RULES[0].pattern
    for frame in FRAMES:
        number = fill(outline, chance)
        text = frame % number
        begin = frame.index("%s")
        digit = next(place for place in range(begin, len(text)) if text[place].isdigit())
        if pattern.match(text, digit):
            outlines = outlines_of(text)
            assert NATIONAL.may_be_in(text, outlines), text
            assert digit in NATIONAL.of(text, outlines), text


@given(st.text(alphabet="0123 -.\\nAbZ\x00é", max_size=80))
def test_a_place_is_one_at_which_the_pattern_matches(text):
    outlines = outlines_of(text)
    for one in PATTERNED:
        rule = builtin_scanner().rules[one.number]
        places = one.of(text, outlines) if one.may_be_in(text, outlines) else []
        assert places == sorted(set(places))
        assert all(rule.pattern.match(text, place) for place in places)
        if not rule.shapes and not rule.run:
            assert places == list(matches(rule.pattern, text, [(0, len(text))]))


def test_a_long_row_of_digits_is_walked_over_once():
    def taken(size):
        text = "0" * size
        outlines = outlines_of(text)
        start = time.process_time()
        for pattern in PATTERNED:
            pattern.of(text, outlines)
        return time.process_time() - start

    # At every digit back to the first one, it would be a hundred times as much.
    assert min(taken(40_000) for _ in range(3)) < 20 * min(taken(4_000) for _ in range(3)) + 0.05
