"""A secret is found in every notation in which a reader, or a server, would find it."""

import base64
import html
import json
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otel_mcp.redaction import Redactor
from otel_mcp.redaction.decoding import BASE64_SIGN, base64_texts, decode

CANARY = "Marigold-41x-harvest"


def percent_all(text):
    return "".join(f"%{byte:02X}" for byte in text.encode())


def escaped(text):
    return "".join(f"\\u{ord(character):04x}" for character in text)


def full_width(text):
    return "".join(chr(ord(character) + 0xFEE0) if "!" <= character <= "~" else character for character in text)


NOTATIONS = {
    "percent": percent_all,
    "percent twice": lambda text: quote(percent_all(text), safe=""),
    "unicode escapes": escaped,
    "hex escapes": lambda text: "".join(f"\\x{ord(character):02x}" for character in text),
    "character references": lambda text: "".join(f"&#{ord(character)};" for character in text),
    "hexadecimal references": lambda text: "".join(f"&#x{ord(character):x};" for character in text),
    "full width": full_width,
    "zero width": "\u200b".join,
    "soft hyphens": "\u00ad".join,
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64 for URLs": lambda text: base64.urlsafe_b64encode(text.encode()).decode().rstrip("="),
    "MIME base64": lambda text: base64.encodebytes((text + " " + "filler " * 20).encode()).decode(),
    "base64 of base64": lambda text: base64.b64encode(base64.b64encode(text.encode())).decode(),
    "JSON in JSON": lambda text: json.dumps({"log": json.dumps({"line": text})}),
}


@pytest.mark.parametrize("notation", NOTATIONS)
@pytest.mark.parametrize("carrier", ["password={}", '{{"password": "{}"}}', "postgres://ann:{}@db.internal/x"])
def test_a_secret_in_another_notation_is_found(notation, carrier):
    written = NOTATIONS[notation](carrier.format(CANARY))
    for text in (written, f"harmless before {written} harmless after"):
        clean = Redactor().scope().text(text)
        assert CANARY not in clean
        assert written not in clean
        assert "[REDACTED:" in clean
        if text != written and notation != "MIME base64":
            assert clean.startswith("harmless before ")
            assert clean.endswith(" harmless after")


@pytest.mark.parametrize("notation", ["percent", "unicode escapes", "character references", "full width"])
def test_only_the_secret_goes_and_its_neighbours_keep_their_notation(notation):
    write = NOTATIONS[notation]
    before, after = write("name=nora&password="), write("&city=") + "Chur"
    clean = Redactor().scope().text(before + write(CANARY) + after)
    assert clean == f"{before}[REDACTED:assignment]{after}"


@pytest.mark.parametrize(
    "text",
    [
        "100% of 50%25 is 50%20",
        "C:\\users\\xavier\\u",
        "Tom &amp; Jerry &#169; 2026 &#xFFFFFF; &nosuch; a&b;c",
        "\\ud83d\\ude00 and a lone \\ud83d",
        "naïve café, 東京、パリ。",
        "日本語のテキスト，標点：「引用」",  # noqa: RUF001  # full-width on purpose
        "a%ff%fe%fdb",
        base64.b64encode(bytes(range(256))).decode(),
        base64.b64encode(b"an ordinary sentence about the weather in the hills").decode(),
        "ThisIsAVeryLongCamelCaseIdentifierOfSomeClass",
    ],
)
def test_other_notations_of_harmless_things_stay_as_they_are(text):
    assert Redactor().scope().text(text) == text


@given(st.text())
def test_what_is_decoded_knows_where_it_was_read(text):
    written = quote(text, safe="", errors="replace")
    decoded = decode(written)
    if decoded is None:
        assert "%" not in written
    else:
        assert len(decoded.places) == len(decoded.text) + 1
        assert list(decoded.places) == sorted(decoded.places)
        assert decoded.source(0, len(decoded.text)) == (0, len(written))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_percent_encoded_text_is_read_as_it_was(text):
    decoded = decode(percent_all(text))
    assert (decoded.text if decoded else "") == text


@given(st.text(st.characters(categories=["L", "N", "P"]), min_size=24))
def test_printable_text_in_base64_is_read(text):
    encoded = base64.b64encode(text.encode()).decode()
    assert [plain for _, plain in base64_texts(f"a {encoded} b")] == ([text] if BASE64_SIGN.search(encoded) else [])


@given(st.text())
def test_no_text_is_too_strange_to_be_read(text):
    for written in (text, html.escape(text), quote(text, errors="replace")):
        decoded = decode(written)
        assert decoded is None or len(decoded.places) == len(decoded.text) + 1
        assert all(written[start:end] for (start, end), _ in base64_texts(written))


@pytest.mark.parametrize(
    "said",
    [
        'do shell script "date" user name "ann" password "§" with administrator privileges',
        'esphome:\n  name: porch\nwifi:\n  password: "§"\n',
        "USER ann\r\nPASS §\r\n",
        "hostname porch\nrcon_password §\nexec banned.cfg",
    ],
)
def test_a_string_of_json_within_a_text_is_read_as_it_was_said(said):
    for text in (
        json.dumps({"output": said.replace("§", CANARY)}),
        f"It printed {json.dumps({'output': said})}, twice.",
    ):
        assert CANARY not in Redactor().scope().text(text.replace("§", CANARY))


def test_a_string_with_more_signs_than_can_be_read_is_read_as_it_stands():
    many = json.dumps({"output": '"' * 4000})
    assert Redactor().scope().text(many) == many
