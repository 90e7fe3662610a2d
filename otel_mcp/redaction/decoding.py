r"""Reads what a text says in another notation, and knows where in the text it says it.

Percent-encoding (RFC 3986, section 2.1), `\u` and `\x` escapes, strings of JSON within texts, character references
(HTML), full-width and other compatibility forms (NFKC, Unicode Standard Annex 15), characters that show nothing, and
base64 (RFC 4648).
"""

from __future__ import annotations

import base64
import binascii
import unicodedata
from array import array
from typing import TYPE_CHECKING, Final, NamedTuple

from otel_mcp.redaction.expression import Expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from otel_mcp.redaction.rule import Place

__all__ = ["BASE64_SIGN", "Decoded", "base64_texts", "decode", "has_escapes"]

BASE64_SIGN: Final = Expression(r"[G-Zg-z+/][A-Za-z0-9+/]{22}")
"""Wherever `base64_texts` finds something, this matches; in digests, which are hexadecimal, it does not."""

_RUN: Final = Expression(r"[A-Za-z0-9+/_-]{24,}(?:(?:\\[rn]|[\r\n])+[A-Za-z0-9+/_-]{4,})*={0,2}")
_LONG_LINE: Final = Expression(r"(?:(?<!\\)|(?<=\\[nr]))[A-Za-z0-9+/_-]{24,}={0,2}")
_LINE_END: Final = Expression(r"\\[rn]|[\r\n]")
_HEAD: Final = 32  # characters, of which the first decode to text or the rest is not looked at
_MOST_RUNS: Final = 1000
_ESCAPE: Final = Expression(
    r"(?:%[0-9A-Fa-f]{2})+|(?:\\{1,4}u[0-9A-Fa-f]{4})+|(?:\\x[0-9A-Fa-f]{2})+"
    r"|(?:&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|amp|apos|gt|lt|quot);)+"
)
# The strings of a text that is JSON, or holds some.
_IN_STRING: Final = Expression(rf"{_ESCAPE.pattern}|((?:\\[\"\\/nrt])+)")
_MOST_IN_STRINGS: Final = 3000  # more of them, one by one, take longer than the text is worth
_SIGNS_IN_STRING: Final = str.maketrans("nrt", "\n\r\t")
_UNIT: Final = Expression(r"\\{1,4}u(....)|\\x(..)|&[^;]+;")
_ENTITY: Final = Expression("&(?:amp|apos|gt|lt|quot);")
_INVISIBLE: Final = Expression(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e007f]"
)


class Decoded(NamedTuple):
    """A text as it reads, and for each of its characters, and its end, the place in the text it was read from."""

    text: str
    places: array[int]

    def source(self, start: int, end: int) -> Place:
        """Where in the text that was read a stretch of this one stands."""
        return self.places[start], self.places[end]


class _Folding(dict[int, "str | int"]):
    """What each character counts as; filled when first asked, because a text uses few of all there are."""

    def __missing__(self, code: int) -> str | int:
        character = chr(code)
        folded: str | int = code
        if _INVISIBLE.match(character):
            folded = ""
        elif character.isdecimal():
            folded = str(unicodedata.decimal(character))  # digits of other scripts
        elif not 0xD800 <= code <= 0xDFFF:  # noqa: PLR2004  # a lone surrogate counts as itself
            plain = unicodedata.normalize("NFKC", character)
            # Only what becomes ASCII: no token is written in other letters, and a text stays what it is.
            folded = plain if plain != character and plain.isascii() else code
        if len(self) < 1 << 16:
            self[code] = folded
        return folded


_FOLDING: Final = _Folding((code, code) for code in range(128))


def has_escapes(text: str) -> bool:
    """Whether `decode` might find an escape in the text."""
    # Two characters are looked for only where one of them is: that search is many times faster.
    return (
        "%" in text
        or ("\\" in text and ("\\u" in text or "\\x" in text or _holds_strings(text)))
        or ("&" in text and ";" in text and ("&#" in text or _ENTITY.search(text) is not None))
    )


def _holds_strings(text: str) -> bool:
    """Whether there may be JSON in the text with a string of more than one line, or with a quote in it."""
    return '\\"' in text or ("\\n" in text and '": "' in text)


def decode(text: str) -> Decoded | None:
    """The text with one layer of notation taken off; None if there was none."""
    folded = None if text.isascii() else _folded(text)
    plain = text if folded is None else folded.text
    if not has_escapes(plain):
        return folded
    unescaped = _unescaped(plain)
    if unescaped is None or folded is None:
        return unescaped or folded
    return Decoded(unescaped.text, array("l", map(folded.places.__getitem__, unescaped.places)))


def _folded(text: str) -> Decoded | None:
    plain = text.translate(_FOLDING)
    if plain == text:
        return None
    places = array("l")
    for place, character in enumerate(text):
        folded = _FOLDING[ord(character)]
        places.extend([place] * (1 if isinstance(folded, int) else len(folded)))
    places.append(len(text))
    return Decoded(plain, places)


def _unescaped(text: str) -> Decoded | None:
    pieces: list[str] = []
    places = array("l")
    position = 0
    in_strings = _holds_strings(text) and text.count("\\") <= _MOST_IN_STRINGS
    for run in (_IN_STRING if in_strings else _ESCAPE).finditer(text):
        if run.lastindex:
            characters = list(zip(run[0][1::2].translate(_SIGNS_IN_STRING), range(*run.span(), 2), strict=True))
        else:
            characters = list(_characters(run[0], run.start()))
        if not characters:
            continue
        pieces.append(text[position : run.start()])
        places.extend(range(position, run.start()))
        pieces += [character for character, _ in characters]
        places.extend(place for _, place in characters)
        position = run.end()
    if not position:
        return None
    pieces.append(text[position:])
    places.extend(range(position, len(text) + 1))
    return Decoded("".join(pieces), places)


def _characters(run: str, start: int) -> Iterator[tuple[str, int]]:
    """The characters that a run of escapes stands for, each with its place."""
    if run.startswith("%"):
        yield from _bytes(bytes.fromhex(run.replace("%", "")), start)
        return
    units = list(_UNIT.finditer(run))
    if run.startswith("&"):
        from html import unescape  # noqa: PLC0415  # it has a table of two thousand names, which most texts never ask

        for unit in units:
            # A number beyond all characters, or one that is no character, is read as U+FFFD (HTML, section 13.2.5.80).
            yield unescape(unit[0]) or "\ufffd", start + unit.start()
        return
    yield from _code_units([(int(unit[1] or unit[2], 16), start + unit.start()) for unit in units])


def _bytes(raw: bytes, start: int) -> Iterator[tuple[str, int]]:
    """What a run of percent-encoded bytes says; those that are no UTF-8 become one character each."""
    if raw.isascii():
        yield from zip(raw.decode(), range(start, start + 3 * len(raw), 3), strict=True)
        return
    at = 0
    while at < len(raw):
        size = next((size for size in (1, 2, 3, 4) if _is_character(raw[at : at + size])), 0)
        yield raw[at : at + size].decode() if size else chr(raw[at]), start + 3 * at
        at += size or 1


def _code_units(units: list[tuple[int, int]]) -> Iterator[tuple[str, int]]:
    """UTF-16 code units as characters; half a pair is no character."""
    high: tuple[int, int] | None = None
    for code, place in units:
        if high is not None and 0xDC00 <= code <= 0xDFFF:  # noqa: PLR2004
            yield chr(0x10000 + ((high[0] - 0xD800) << 10) + (code - 0xDC00)), high[1]
            high = None
            continue
        if high is not None:
            yield "\ufffd", high[1]
        high = (code, place) if 0xD800 <= code <= 0xDBFF else None  # noqa: PLR2004
        if high is None:
            yield ("\ufffd" if 0xDC00 <= code <= 0xDFFF else chr(code)), place  # noqa: PLR2004
    if high is not None:
        yield "\ufffd", high[1]


def _is_character(raw: bytes) -> bool:
    try:
        return len(raw.decode()) == 1
    except UnicodeDecodeError:
        return False


def base64_texts(text: str) -> Iterator[tuple[Place, str]]:
    """The stretches that are base64 of a text, and that text."""
    for count, run in enumerate(_RUN.finditer(text)):
        if count >= _MOST_RUNS:
            raise OverflowError("more runs of base64 than can be read")
        if not BASE64_SIGN.search(run[0]):
            continue
        plain = _base64_text(run[0])
        if plain is not None:
            yield run.span(), plain
            continue
        # What looks like one text in several lines may be several.
        for line in _LONG_LINE.finditer(run[0]) if _LINE_END.search(run[0]) else ():
            plain = _base64_text(line[0])
            if plain is not None:
                yield (run.start() + line.start(), run.start() + line.end()), plain


def _base64_text(run: str) -> str | None:
    if _text_of(run[:_HEAD].rstrip("=\\"), whole=False) is None:
        return None
    return _text_of(_LINE_END.sub("", run).rstrip("="), whole=True)


def _text_of(run: str, *, whole: bool) -> str | None:
    run = run.translate(_FROM_URL)
    if not whole or len(run) % 4 == 1:
        run = run[: len(run) // 4 * 4]
    try:
        raw = base64.b64decode(run + "=" * (-len(run) % 4), validate=True)
        plain = raw.decode("utf-8", "strict" if whole else "ignore")
    except (binascii.Error, ValueError):
        return None
    printable = plain.replace("\n", "").replace("\r", "").replace("\t", "")
    # A character cut in two at the end of the head is not missed; other bytes that are no text are.
    lost = len(raw) - len(plain.encode())
    return plain if printable.isprintable() and lost <= 3 else None  # noqa: PLR2004


_FROM_URL: Final = str.maketrans("-_", "+/")
