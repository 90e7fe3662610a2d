"""What the rules for personal data find in a text, with either gate."""

from otel_mcp.redaction import personal, tables
from otel_mcp.redaction.gate import PlainGate
from otel_mcp.redaction.scan import Scanner

RULES = (*personal.RULES, *tables.RULES)
SCANNER = Scanner(RULES)
PLAIN = Scanner(RULES, PlainGate(SCANNER.rules))

# Where a value that speaks for itself may stand.
FRAMES = (
    "%s",
    "User %s registered.",
    '{"note": ["%s", 1]}',
    "call('%s')",
    "value=%s",
    "<td>%s</td>",
    "see (%s), please",
    "first\n%s\nlast",
    "\\n%s\\n",
    "[info] using %s for request 4335",
    "https://shop.example/find?q=%s&page=2",
)
# How a word announces a value.
ANNOUNCEMENTS = (
    "%s: %s",
    "%s %s",
    "%s=%s",
    '{"%s": "%s", "n": 3}',
    "My %s is %s.",
    "%s number: %s",
    "- %s: %s\n- more: 1",
    "| %s | %s |",
)


def found(text, scanner=SCANNER):
    hits = scanner.hits(text)
    return [(hit.rule.id, text[hit.start : hit.end]) for hit in hits]


def kinds(text):
    assert sorted(set(found(text))) == sorted(set(found(text, PLAIN)))
    return {kind for kind, _ in found(text)}


def is_gone(value, text):
    """Whether nothing of the value is left when the findings are taken out."""
    for _, piece in found(text):
        text = text.replace(piece, "")
    return value not in text and (len(value) < 8 or value[: len(value) // 2 + 4] not in text)
