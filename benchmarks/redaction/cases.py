"""Generates MCP payloads with secrets, personal data and look-alikes planted in them, one JSON object a line.

Everything follows from the seed. A line has `id`, `shape`, `payload`, `planted` (`cls`, `kind`, `ctx`, `value`, and
`encoded` where the value stands in the payload in another form) and `negatives` (`kind`, `value`).

    python -m benchmarks.redaction.cases --count 500 --seed 7 > cases.jsonl
"""

# ruff: noqa: PLR2004  # the numbers are shares of the cases

from __future__ import annotations

import argparse
import base64
import json
import math
import sys
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from benchmarks.redaction.carriers import camel, kebab, pascal, snake, upper
from benchmarks.redaction.evasions import EVASIONS, OPTIONAL_EVASIONS
from benchmarks.redaction.profile import PROFILE_A, Profile
from benchmarks.redaction.profile_b import PROFILE_B
from benchmarks.redaction.profile_c import PROFILE_C
from benchmarks.redaction.profile_d import PROFILE_D
from benchmarks.redaction.profile_e import PROFILE_E
from benchmarks.redaction.profile_f import PROFILE_F
from benchmarks.redaction.randomness import FIRST, NOUNS, hexadecimal, sentence, uuid4
from benchmarks.redaction.secret_texts import shadow_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from benchmarks.redaction.carriers import Carrier
    from benchmarks.redaction.personal_kinds import PersonalKind
    from benchmarks.redaction.secret_kinds import SecretKind
    from benchmarks.redaction.secret_texts import Planted

T = TypeVar("T")
JSON = Any

SHAPES = ("args", "result", "resource", "prompt", "log", "exception", "text")
NEUTRAL = ("item", "data", "input", "field", "ref", "content", "payload", "extra", "line", "cell")
_MARKS_OF_A_PASSWORD = ("password", "passphrase")
PROFILES = {profile.name: profile for profile in (PROFILE_A, PROFILE_B, PROFILE_C, PROFILE_D, PROFILE_E, PROFILE_F)}


@dataclass(slots=True)
class Draft:
    """One payload while it is put together: texts, and pairs of name and value."""

    rng: Random
    texts: list[str] = field(default_factory=list)
    pairs: list[tuple[str, JSON]] = field(default_factory=list)
    planted: list[dict[str, str]] = field(default_factory=list)
    negatives: list[dict[str, str]] = field(default_factory=list)

    def plant(self, cls: str, kind: str, ctx: str, value: str, encoded: str | None = None) -> None:
        row = {"cls": cls, "kind": kind, "ctx": ctx, "value": value}
        if encoded is not None and encoded != value:
            row["encoded"] = encoded
        self.planted.append(row)


class Deck(Generic[T]):
    """Draws every card once before any comes twice, so that a few hundred payloads see every kind."""

    def __init__(self, rng: Random, cards: Sequence[T]) -> None:
        self._rng, self._cards, self._left = rng, tuple(cards), list[T]()

    def draw(self) -> T:
        if not self._left:
            self._left = list(self._cards)
            self._rng.shuffle(self._left)
        return self._left.pop()


class Generator:
    """An endless row of cases."""

    def __init__(self, seed: int, profile: Profile, *, evasions: bool = True, optional: bool = False) -> None:
        self.rng = Random(seed)
        self.profile = profile
        self.decks: dict[str, Deck[Any]] = {
            "shape": Deck(self.rng, SHAPES),
            "shaped": Deck(self.rng, profile.shaped),
            "named": Deck(self.rng, profile.named),
            "texts": Deck(self.rng, list(profile.texts.items())),
            "personal": Deck(self.rng, profile.personal),
            "personal_bare": Deck(self.rng, [kind for kind in profile.personal if kind.bare]),
            "carrier": Deck(self.rng, profile.named_carriers),
            "bare": Deck(self.rng, profile.bare_carriers),
            "spoken": Deck(self.rng, profile.spoken),
            "labelled": Deck(self.rng, profile.labelled),
            "evasion": Deck(self.rng, list(EVASIONS.items())),
            "optional": Deck(self.rng, list(OPTIONAL_EVASIONS.items())),
            "value": Deck(self.rng, list(profile.values.items())),
            "pair": Deck(self.rng, list(profile.pairs.items())),
        }
        steps: list[tuple[Callable[[Draft], None], int]] = [
            (self.shaped_bare, 4),
            (self.shaped_named, 4),
            (self.named, 6),
            (self.with_text, 8),
            (self.spoken, 1),
            (self.personal_bare, 4),
            (self.personal_labelled, 5),
        ]
        steps += [(self.evasion, 3)] if evasions else []
        steps += [(self.optional, 1)] if optional else []
        self.steps = Deck(self.rng, [step for step, weight in steps for _ in range(weight)])

    def cases(self, count: int) -> Iterator[dict[str, JSON]]:
        for number in range(count):
            yield self.case(number)

    def case(self, number: int) -> dict[str, JSON]:
        draft = Draft(self.rng)
        for _ in range(self.rng.choice((0, 1, 1, 1, 2, 2, 3))):
            self.steps.draw()(draft)
        for _ in range(self.rng.choice((0, 1, 1, 2, 3, 4))):
            self.rng.choice((self.harmless_value, self.harmless_pair))(draft)
        shape = self.decks["shape"].draw()
        size = int(math.exp(self.rng.uniform(math.log(100), math.log(20_000))))
        fill(draft, size)
        return {
            "id": number,
            "shape": shape,
            "payload": SHAPERS[shape](draft),
            "planted": draft.planted,
            "negatives": draft.negatives,
        }

    def shaped_bare(self, draft: Draft) -> None:
        kind: SecretKind = self.decks["shaped"].draw()
        self.bare(draft, "secret", kind.name, kind.make(self.rng))

    def shaped_named(self, draft: Draft) -> None:
        kind: SecretKind = self.decks["shaped"].draw()
        self.put_named(draft, "secret", kind.name, self.rng.choice(kind.names), kind.make(self.rng))

    def named(self, draft: Draft) -> None:
        kind: SecretKind = self.decks["named"].draw()
        self.put_named(draft, "secret", kind.name, self.rng.choice(kind.names), kind.make(self.rng))

    def spoken(self, draft: Draft) -> None:
        kind = self.rng.choice([kind for kind in self.profile.named if kind.name.startswith(_MARKS_OF_A_PASSWORD)])
        carrier: Carrier = self.decks["spoken"].draw()
        value = kind.make(self.rng)
        draft.texts.append(carrier.render(self.rng, "", value))
        draft.plant("secret", kind.name, carrier.name, value)

    def with_text(self, draft: Draft) -> None:
        name, make = self.decks["texts"].draw()
        self.put_text(draft, name, make(self.rng))

    def put_text(self, draft: Draft, kind: str, planted: Planted) -> None:
        text, value = planted
        wrapping = self.rng.choice(("plain", "plain", "fenced", "json_string", "inside_text", "pair"))
        encoded = value
        if wrapping == "fenced":
            draft.texts.append(f"{sentence(self.rng)}\n\n```\n{text}\n```\n")
        elif wrapping == "json_string":
            encoded = json.dumps(value)[1:-1]
            draft.texts.append(json.dumps({"status": "ok", "output": text}))
        elif wrapping == "inside_text":
            draft.texts.append(f"{sentence(self.rng)}\n{text}\n{sentence(self.rng)}")
        elif wrapping == "pair":
            draft.pairs.append((self.rng.choice(NEUTRAL), text))
        else:
            draft.texts.append(text)
        draft.plant("secret", kind, f"own_{wrapping}", value, encoded)

    def bare(self, draft: Draft, cls: str, kind: str, value: str) -> None:
        where = self.rng.choice(("carrier", "carrier", "carrier", "pair", "list"))
        if where == "pair":
            draft.pairs.append((self.rng.choice(NEUTRAL), value))
        elif where == "list":
            draft.pairs.append((self.rng.choice(NEUTRAL), [self.rng.choice(NOUNS), value, self.rng.randint(1, 99)]))
        else:
            carrier = self._able("bare", value)
            draft.texts.append(carrier.render(self.rng, "", value))
            where = carrier.name
        draft.plant(cls, kind, where, value)

    def put_named(self, draft: Draft, cls: str, kind: str, name: str, value: str) -> None:
        if self.rng.random() < 0.25:
            ctx = self.put_pair(draft, name, value)
            draft.plant(cls, kind, ctx, value)
            return
        carrier = self._able("carrier", value)
        text = carrier.render(self.rng, name, value)
        draft.texts.append(text)
        draft.plant(cls, kind, carrier.name, value, None if value in text else _written(text, value))

    def put_pair(self, draft: Draft, name: str, value: JSON) -> str:
        ctx = self.rng.choice(("json_pair", "json_nested", "json_records", "json_entry"))
        key = self.rng.choice((str, camel, snake, kebab, upper, pascal))(name) if name.isascii() else name
        if ctx == "json_pair":
            draft.pairs.append((key, value))
        elif ctx == "json_nested":
            draft.pairs.append((self.rng.choice(NOUNS), {"spec": {"size": 3, key: value}}))
        elif ctx == "json_records":
            draft.pairs.append((self.rng.choice(NOUNS), [{"id": 1, "name": self.rng.choice(FIRST), key: value}]))
        else:
            draft.pairs.append(("settings", [{"name": "region", "value": "eu"}, {"name": key, "value": value}]))
        return ctx

    def personal_bare(self, draft: Draft) -> None:
        kind: PersonalKind = self.decks["personal_bare"].draw()
        self.bare(draft, "pii", kind.name, kind.make(self.rng))

    def personal_labelled(self, draft: Draft) -> None:
        kind: PersonalKind = self.decks["personal"].draw()
        label, value = self.rng.choice(kind.labels), kind.make(self.rng)
        if self.rng.random() < 0.3:
            # A number of up to fifteen digits survives every JSON parser, so programs do store it as one.
            number = value.isdigit() and len(value) <= 15 and value[0] != "0" and self.rng.random() < 0.3
            ctx = self.put_pair(draft, label, int(value) if number else value)
            draft.plant("pii", kind.name, f"{ctx}_number" if number else ctx, value)
            return
        carrier = self._able("labelled", value)
        draft.texts.append(carrier.render(self.rng, label, value))
        draft.plant("pii", kind.name, carrier.name, value)

    def evasion(self, draft: Draft) -> None:
        self._hide(draft, "evasion", *self.decks["evasion"].draw())

    def optional(self, draft: Draft) -> None:
        if self.rng.random() < 0.5:
            text, value = shadow_hash(self.rng)
            draft.texts.append(text)
            draft.plant("optional", "crypt_hash", "shadow", value)
        else:
            self._hide(draft, "optional", *self.decks["optional"].draw())

    def _hide(self, draft: Draft, cls: str, name: str, hide: Callable[[Random, str, str], tuple[str, str]]) -> None:
        form = self.rng.choice(("shaped", "shaped", "named", "personal_bare"))
        kind = self.decks[form].draw()
        value = kind.make(self.rng)
        while not value.isascii() or '"' in value:  # JSON would write it in another form before it is encoded
            kind = self.decks[form].draw()
            value = kind.make(self.rng)
        key = self.rng.choice(NEUTRAL) if form != "named" else snake(self.rng.choice(kind.names))
        text, hidden = hide(self.rng, key, value)
        if self.rng.random() < 0.5:
            draft.pairs.append((self.rng.choice(NEUTRAL), text))
        else:
            draft.texts.append(text)
        draft.plant(cls, kind.name, name, value, hidden)

    def harmless_value(self, draft: Draft) -> None:
        kind, make = self.decks["value"].draw()
        value = make(self.rng)
        form = self.rng.choice(("text", "pair", "list", "sentence"))
        if form == "pair":
            draft.pairs.append((self.rng.choice(NEUTRAL), value))
        elif form == "list":
            draft.pairs.append((self.rng.choice(NEUTRAL), [self.rng.choice(NOUNS), value]))
        elif form == "sentence" and "\n" not in value:
            draft.texts.append(f"{sentence(self.rng)} {value}")
        else:
            draft.texts.append(value)
        draft.negatives.append({"kind": kind, "value": value})

    def harmless_pair(self, draft: Draft) -> None:
        name, make = self.decks["pair"].draw()
        value = make(self.rng)
        form = self.rng.choice(("pair", "pair", "yaml", "json_text", "python"))
        if form == "yaml":
            draft.texts.append(f"{self.rng.choice(NOUNS)}:\n  {name}: {value}\n  size: 3\n")
        elif form == "json_text":
            draft.texts.append(json.dumps({"id": 3, name: value}, ensure_ascii=False))
        elif form == "python":
            draft.texts.append(f"{{'id': 3, '{name}': '{value}'}}")
        else:
            self.put_pair(draft, name, value)
        draft.negatives.append({"kind": f"kv:{name}", "value": value})

    def _able(self, deck: str, value: str) -> Carrier:
        carrier: Carrier = self.decks[deck].draw()
        while set(carrier.forbidden) & set(value):
            carrier = self.decks[deck].draw()
        return carrier


def _written(text: str, value: str) -> str:
    """The form in which a carrier wrote the value: JSON's escapes, percent-encoding or base 64."""
    from urllib.parse import quote

    escaped = json.dumps(value)[1:-1]
    twice = json.dumps(escaped)[1:-1]
    for form in (escaped, twice, quote(value, safe=""), base64.b64encode(value.encode()).decode()):
        if form in text:
            return form
    raise AssertionError(f"the carrier lost the value: {text!r}")


def record(rng: Random) -> dict[str, JSON]:
    return {
        "id": rng.randint(1000, 99_999),
        "uid": uuid4(rng),
        "name": f"{rng.choice(NOUNS)} {rng.choice(NOUNS)}",
        "updated": f"2026-0{rng.randint(1, 9)}-{rng.randint(10, 28)}T{rng.randint(10, 23)}:15:0{rng.randint(0, 9)}Z",
        "score": round(rng.random(), 9),
        "open": rng.random() < 0.5,
        "link": f"https://{rng.choice(NOUNS)}.dev/{rng.choice(NOUNS)}?page={rng.randint(1, 30)}",
        "digest": hexadecimal(rng, 40),
    }


def fill(draft: Draft, size: int) -> None:
    """Surround what was planted with prose and records up to about `size` characters, in random order."""
    rng = draft.rng
    used = sum(map(len, draft.texts)) + sum(len(json.dumps(value)) for _, value in draft.pairs)
    while used < size:
        if rng.random() < 0.5:
            text = " ".join(sentence(rng) for _ in range(rng.randint(1, 8)))
            draft.texts.append(text)
            used += len(text)
        else:
            records = [record(rng) for _ in range(rng.randint(1, 5))]
            draft.pairs.append((rng.choice(NOUNS), records))
            used += len(json.dumps(records))
    rng.shuffle(draft.texts)
    rng.shuffle(draft.pairs)


def _object(pairs: list[tuple[str, JSON]]) -> dict[str, JSON]:
    built: dict[str, JSON] = {}
    for name, value in pairs:
        # The first of a name keeps it; a later one stands in an object of its own.
        if name in built:
            built[f"part{len(built)}"] = {name: value}
        else:
            built[name] = value
    return built


def _args(draft: Draft) -> JSON:
    names = ("body", "script", "note", "message", "source", "query", "text")
    texts = [(f"{draft.rng.choice(names)}{number}", text) for number, text in enumerate(draft.texts)]
    pairs = [*draft.pairs, *texts]
    draft.rng.shuffle(pairs)
    return _object(pairs)


def _result(draft: Draft) -> JSON:
    content = [{"type": "text", "text": text} for text in draft.texts]
    return {"content": content, "structuredContent": _object(draft.pairs), "isError": draft.rng.random() < 0.1}


def _resource(draft: Draft) -> JSON:
    contents = [
        {"uri": f"file:///srv/{draft.rng.choice(NOUNS)}/{number}.txt", "mimeType": "text/plain", "text": text}
        for number, text in enumerate([*draft.texts, *_as_texts(draft.pairs)])
    ]
    return {"contents": contents}


def _prompt(draft: Draft) -> JSON:
    messages = [
        {"role": draft.rng.choice(("user", "assistant")), "content": {"type": "text", "text": text}}
        for text in [*draft.texts, *_as_texts(draft.pairs)]
    ]
    return {"description": sentence(draft.rng), "messages": messages}


def _log(draft: Draft) -> JSON:
    data = {"event": draft.rng.choice(NOUNS), **_object(draft.pairs), "lines": draft.texts}
    return {"level": "warning", "logger": f"app.{draft.rng.choice(NOUNS)}", "data": data}


def _exception(draft: Draft) -> JSON:
    head = f"ToolError: {draft.rng.choice(NOUNS)} failed while reading {draft.rng.choice(NOUNS)}"
    return "\n\n".join([head, *draft.texts, *_as_texts(draft.pairs)])


def _text(draft: Draft) -> JSON:
    return "\n\n".join([*draft.texts, *_as_texts(draft.pairs)]) or sentence(draft.rng)


def _as_texts(pairs: list[tuple[str, JSON]]) -> list[str]:
    # Escapes of JSON would change values that hold quotes or line breaks: such a value stays a text of its own.
    return [
        value
        if isinstance(value, str) and json.dumps(value, ensure_ascii=False)[1:-1] != value
        else _dumped(name, value)
        for name, value in pairs
    ]


def _dumped(name: str, value: JSON) -> str:
    text = json.dumps({name: value}, ensure_ascii=False)
    return text if "\\" not in text else "\n".join(_strings(value))


def _strings(value: JSON) -> list[str]:
    if isinstance(value, str):
        return [value]
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for item in items for text in _strings(item)]


SHAPERS: dict[str, Callable[[Draft], JSON]] = {
    "args": _args,
    "result": _result,
    "resource": _resource,
    "prompt": _prompt,
    "log": _log,
    "exception": _exception,
    "text": _text,
}


def generate(
    count: int, seed: int, *, profile: str = "a", evasions: bool = True, optional: bool = False
) -> list[dict[str, JSON]]:
    return list(Generator(seed, PROFILES[profile], evasions=evasions, optional=optional).cases(count))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--profile", choices=sorted(PROFILES), default="a", help="which set of kinds and carriers")
    parser.add_argument("--optional", action="store_true", help="also what nobody must find, reported separately")
    arguments = parser.parse_args()
    for case in generate(arguments.count, arguments.seed, profile=arguments.profile, optional=arguments.optional):
        sys.stdout.write(json.dumps(case, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
