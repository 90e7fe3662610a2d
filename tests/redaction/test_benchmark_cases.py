"""The generator of the redaction benchmark is sound: what it says it planted is there, once, and in the right form."""

from __future__ import annotations

import base64
import importlib
import json
import re
import sys
import zlib
from itertools import combinations
from pathlib import Path
from random import Random

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module", autouse=True)
def repository_on_path():
    sys.path.insert(0, str(ROOT))
    yield
    sys.path.remove(str(ROOT))


def module(name):
    return importlib.import_module(f"benchmarks.redaction.{name}")


@pytest.fixture(scope="module", params=["a", "b", "c", "d"])
def profile(request):
    return request.param


@pytest.fixture(scope="module")
def cases(profile):
    return module("cases").generate(800, 41, profile=profile, optional=True)


def text_of(case):
    return "\0".join(module("judge").strings(case["payload"]))


def test_a_seed_gives_the_same_cases_and_another_seed_gives_others(profile):
    generate = module("cases").generate
    assert generate(40, 5, profile=profile) == generate(40, 5, profile=profile)
    assert generate(40, 5, profile=profile) != generate(40, 6, profile=profile)


def test_a_case_survives_a_line_of_json(cases):
    assert [json.loads(json.dumps(case)) for case in cases] == cases


def test_every_planted_value_stands_in_its_payload_once(cases):
    for case in cases:
        for planted in case["planted"]:
            assert text_of(case).count(planted.get("encoded", planted["value"])) == 1, planted


def test_every_look_alike_stands_in_its_payload(cases):
    for case in cases:
        for negative in case["negatives"]:
            assert negative["value"] in text_of(case), negative


def test_no_run_of_a_planted_value_stands_in_a_look_alike(cases):
    judge = module("judge")
    for case in cases:
        for negative in case["negatives"]:
            assert all(judge.is_removed(planted, negative["value"]) for planted in case["planted"]), case["id"]


def test_nothing_counts_as_removed_from_an_untouched_payload_and_all_from_an_empty_one(cases):
    judge = module("judge")
    for case in cases:
        untouched = judge.judge(case, case["payload"], re.compile("⟦⟧"))
        assert not any(removed for _, removed in untouched.removed)
        assert all(kept for _, kept in untouched.kept)
        assert untouched.right == len(untouched.wrong) == untouched.harmless_lost == 0
        assert all(removed for _, removed in judge.judge(case, None, re.compile("⟦⟧")).removed)


def test_a_perfect_redactor_gets_a_perfect_score(cases):
    peers, quality = module("peers"), module("quality")
    rows = {json.dumps(case["payload"]): case["planted"] for case in cases}

    def clean(value, planted):
        if isinstance(value, str):
            for row in planted:
                value = value.replace(row.get("encoded", row["value"]), "[X]")
            return value
        if isinstance(value, dict):
            return {key: clean(item, planted) for key, item in value.items()}
        if isinstance(value, list):
            return [clean(item, planted) for item in value]
        return "[X]" if any(str(value) == row["value"] for row in planted) else value

    def redact(payload):
        return clean(payload, rows[json.dumps(payload)])

    score = quality.evaluate(peers.Candidate("perfect", redact, re.compile(r"\[X\]"), ""), cases)
    assert (score.missed, score.harmed, score.precision, score.kept) == ([], [], 100, 100)


def test_a_half_masked_value_is_not_removed():
    judge = module("judge")
    planted = {"value": "kestrelRidge42"}
    assert not judge.is_removed(planted, "kestrelR******")
    assert judge.is_removed(planted, "kestrel*******")


def test_one_surviving_line_of_a_key_is_enough_to_fail():
    judge = module("judge")
    lines = ["".join(f"{number}{char}" for char in "abcdefghijklmnop") for number in range(9)]
    assert not judge.is_removed({"value": "\n".join(lines)}, lines[4])


def test_a_change_beside_a_planted_value_is_wrong_and_one_across_it_is_right():
    judge = module("judge")
    case = {
        "payload": {"a": "one kestrelRidge42 two"},
        "planted": [{"cls": "secret", "value": "kestrelRidge42"}],
        "negatives": [],
    }
    marker = re.compile(r"\[X\]")
    across = judge.judge(case, {"a": "one [X]"}, marker)
    beside = judge.judge(case, {"a": "[X] kestrelRidge42 two"}, marker)
    assert (across.right, across.wrong, across.harmless_lost) == (1, [], 4)
    assert (beside.right, len(beside.wrong)) == (0, 1)


def test_every_kind_and_carrier_and_look_alike_is_used(profile):
    material, evasions = module("cases").PROFILES[profile], module("evasions")
    cases = module("cases").generate(2000, 7, profile=profile)
    planted = [row for case in cases for row in case["planted"]]
    assert {row["kind"] for row in planted} >= {
        *(kind.name for kind in (*material.shaped, *material.named, *material.personal)),
        *material.texts,
    }
    assert {row["ctx"] for row in planted} >= {
        *(carrier.name for carrier in (*material.named_carriers, *material.bare_carriers, *material.labelled)),
        *evasions.EVASIONS,
    }
    assert {row["kind"] for case in cases for row in case["negatives"]} >= {
        *material.values,
        *(f"kv:{name}" for name in material.pairs),
    }


def test_two_profiles_share_no_kind_and_no_carrier_and_no_look_alike():
    def names(profile):
        kinds = (*profile.shaped, *profile.named, *profile.personal)
        carriers = (*profile.named_carriers, *profile.bare_carriers, *profile.spoken, *profile.labelled)
        tables = (*profile.texts, *profile.values, *profile.pairs)
        return {*(kind.name for kind in kinds), *(f"in {carrier.name}" for carrier in carriers), *tables}

    for first, second in combinations(module("cases").PROFILES.values(), 2):
        # C and D were written at the same time, by two who did not know of each other.
        if (first.name, second.name) != ("c", "d"):
            assert not names(first) & names(second)


@pytest.mark.parametrize(
    "part", ["shaped", "named", "personal", "named_carriers", "bare_carriers", "spoken", "labelled"]
)
def test_no_name_stands_for_two_things(profile, part):
    names = [entry.name for entry in getattr(module("cases").PROFILES[profile], part)]
    assert len(names) == len(set(names))


def test_payloads_are_between_a_hundred_bytes_and_a_few_dozen_kilobytes(cases):
    sizes = sorted(len(json.dumps(case["payload"])) for case in cases)
    assert sizes[0] > 60
    assert sizes[-1] < 40_000


@pytest.mark.parametrize("name", ["github_server", "github_oauth", "github_user", "github_refresh"])
def test_a_github_token_ends_in_the_checksum_of_its_body(name):
    kind = next(kind for kind in module("secret_kinds").SHAPED if kind.name == name)
    body = kind.make(Random(3)).split("_", 1)[1]
    assert body[-6:] == module("randomness").base62(zlib.crc32(body[:-6].encode()), 6)


def test_cards_pass_luhn_and_ibans_pass_mod_97(profile):
    randomness, rng = module("randomness"), Random(4)
    for kind in module("cases").PROFILES[profile].personal:
        value = kind.make(rng)
        if kind.name.startswith("card_"):
            assert randomness.luhn_valid(re.sub(r"\D", "", value.partition("=")[0])), kind.name
        if kind.name.startswith("iban_"):
            assert randomness.iban_valid(value), kind.name


# Published examples: Wikipedia, the issuers' own pages.
@pytest.mark.parametrize(
    ("function", "body", "check"),
    [
        ("luhn_digit", "7992739871", "3"),
        ("verhoeff_digit", "236", "3"),
        ("mod_11_10", "8609574271", "9"),
        ("mod_11_10", "6943515153", "0"),
    ],
)
def test_a_check_digit_is_that_of_the_published_example(function, body, check):
    assert getattr(module("randomness"), function)(body) == check


class Scripted:
    """Stands in for `Random` and draws what it was given."""

    def __init__(self, *draws):
        self.draws = list(draws)

    def choice(self, _):
        return self.draws.pop(0)

    def choices(self, _, k):
        assert len(self.draws[0]) == k
        return list(self.draws.pop(0))

    def randint(self, _, __):
        return self.draws.pop(0)


# Published examples: Wikipedia, the issuers' own pages.
@pytest.mark.parametrize(
    ("function", "draws", "number"),
    [
        ("hong_kong_id", ("A", "123456"), "A123456(3)"),
        ("russia_snils", ("1", "12233445"), "112-233-445 95"),
        ("uruguay_ci", (1234567,), "1.234.567-2"),
        ("germany_social", (1949, 6, 7, "C", 15, 10), "15070649C103"),
        ("mexico_clabe", ("032", "18000011835971"), "032180000118359719"),
    ],
)
def test_a_number_of_the_second_profile_is_completed_as_in_the_published_example(function, draws, number):
    assert getattr(module("b_personal"), function)(Scripted(*draws)) == number


@pytest.mark.parametrize(("field", "digit"), [("L898902C3", 6), ("740812", 2), ("120415", 9)])
def test_the_check_digits_of_a_passport_are_those_of_the_specimen(field, digit):
    assert module("b_personal").weighted_letters(field) == digit


def test_a_wallet_key_is_encoded_as_in_the_published_example():
    payload = bytes.fromhex("800c28fca386c7a227600b2fe50b7cae11ec86d3bf1fbe471be89827e19d72aa1d")
    assert module("randomness").base58check(payload) == "5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ"


def test_a_hidden_value_comes_back_when_it_is_decoded():
    evasions, rng = module("evasions"), Random(5)
    text, _ = evasions.base64_json(rng, "token", "kestrelRidge42")
    assert json.loads(base64.b64decode(text))["token"] == "kestrelRidge42"
    text, _ = evasions.unicode_escapes(rng, "token", "kestrelRidge42")
    assert json.loads(text)["token"] == "kestrelRidge42"


def test_harmless_payloads_are_json_and_do_not_depend_on_anything_but_the_seed(profile):
    benign, makers = module("benign").benign, module("cases").PROFILES[profile].benign
    assert benign(2, 9, makers) == benign(2, 9, makers)
    assert json.loads(json.dumps(benign(1, 9, makers))) == [list(row) for row in benign(1, 9, makers)]


def test_hostile_inputs_are_as_long_as_asked():
    for name, make in module("hostile").HOSTILE.items():
        assert 400 <= sum(map(len, module("judge").strings(make(4000)))) <= 8000, name
