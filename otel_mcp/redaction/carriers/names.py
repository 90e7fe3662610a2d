"""`name = value` in any notation: the name around a hint such as `pass`, and what stands behind it.

Each notation is one function that is asked with a `Name`; the first that knows the notation answers, with an empty
place if there is no value.
"""

# ruff: noqa: RUF001  # signs that people write

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING

from otel_mcp.redaction.carriers.hints import GATE, NEEDLES
from otel_mcp.redaction.carriers.markup import markup_value
from otel_mcp.redaction.carriers.name import Name, name_at
from otel_mcp.redaction.carriers.prose import SPOKEN, may_tell, prose_value
from otel_mcp.redaction.carriers.quotes import quoted_at
from otel_mcp.redaction.carriers.references import operand_at
from otel_mcp.redaction.carriers.telling import is_passphrase, is_pin, is_telling, is_value, tells_words
from otel_mcp.redaction.carriers.values import block_at, reads_as_prose, value_at, whole
from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.keys import FOREIGN, is_sensitive_key, word_set
from otel_mcp.redaction.rule import Rule

if TYPE_CHECKING:
    from otel_mcp.redaction.rule import Place

__all__ = ["RULES"]

_OPERATOR = Expression(
    r"(?P<close>\\{0,7}[\"'`]|&quot;|&#3[49];|[”’»])?"
    r"(?:\\{0,3}[\"']?\])?\*{0,2}[ \t]{0,48}(?:(?<=[ \t])\([^()\n\"'=]{1,30}\)[ \t]?)?"
    r"(?P<op>:=|=>|-+>|→|===?|!==?|\?=|\|\|=|(?<=[\w \"'\]`)])=|:::?(?=[ \t]{0,4}[\"'])|:(?!:|//)|：|＝|<-)\*{0,2}"
    r"(?P<gap>[ \t]{0,24})"
)
_NOTHING = (0, 0)
_FIRST_CHARACTERS = 48
_COMPARISONS = ("==", "===", "!=", "!==")
_COLONS = (":", "::", ":::", "：", "->", "→")
_BINDINGS = ("=", ":=", "=>", "<-")
_PHRASES = word_set("phrase passphrase mnemonic words seed")
_PHRASE = Expression(r"[\"'“]?((?:[a-z]{3,10}[ ,]{1,3}){3,47}[a-z]{3,10})")
_ARN = Expression(r"arn:[\w:-]{1,100}:\Z")
_PROPERTY = Expression(r"[ \t]{0,2}\{[ \w;]{1,40}\}[ \t]{0,2}=[ \t]{0,2}(?=[@$]?\")")
_BLOCK = Expression(r"\"[ \t]{0,2}\{")
_DEFAULT = Expression(r"\bdefault\s{0,20}=\s{0,4}")
_NEAR = 300
# `terraform output -json`
_OUTPUT = Expression(
    r"\{(?:\s|\\n){0,12}"
    r"(?:\\{0,3}\"\w{1,20}\\{0,3}\":[ ]?(?:true|false|\\{0,3}\"\w{1,20}\\{0,3}\"),(?:\s|\\n){0,12}){1,3}"
    r"\\{0,3}\"value\\{0,3}\":[ ]?"
)
_DUMPED = Expression(r"(?:\s|\\n){1,12}string\(\d{1,6}\) (?=\\{0,3}\")")  # of PHP
_DEFAULTED = Expression(r"[ =][A-Z<>]{2,20}[ \t][^\n\[]{0,120}\[default: ([^\]\n\s]{1,200})\]")  # of click
# The help of a command line: the name of an argument or none, and apart from it what it is for.
_HELP = Expression(
    r"(?:[ \t]{1,2}(?:<[\w .|-]{1,40}>|\[[\w .|-]{1,40}\]|[A-Z_]{1,24}|(?P<kind>[a-z_]{1,24})))?"
    r"(?:[ \t]{2}|\t)[ \t]{0,60}[A-Z][A-Za-z]{0,20}[,']?[ ][A-Za-z]{1,20}\b(?![=@/])"
)
_LISTED_OPTION = Expression(r"(?:\A|[\r\n])[ \t]{0,40}(?:-\w,?[ \t]{1,3})?-{1,2}\Z")
_LIST = Expression(r"\[\s{0,8}(?:(?:\"[^\"\n\\]{1,200}\"|'[^'\n\\]{1,200}')\s{0,4},?\s{0,12}){1,40}\]")
_BYTES = Expression(
    r"\[\s{0,8}((?:(?:0x[0-9A-Fa-f]{1,2}|\d{1,3})\s{0,4},\s{0,8}){7,63}(?:0x[0-9A-Fa-f]{1,2}|\d{1,3}))\s{0,8}\]"
)
_LISTED = Expression(r"[\"']([^\"'\n\\]{1,200})[\"']")
_ITEMS = Expression(r"(?:(?:\r?\n)?[ \t]{0,40}- [\"']?[^\s\"':=(]{1,512}[\"']?[ \t]{0,3}(?=\r?\n|\Z)){1,64}")
_ITEM = Expression(r"- [\"']?([^\s\"':=(]{1,512})")
_LEXED = ("token", "Token", "TOKEN", "tok")
_LONGEST_LEXED = 15
_SHORTEST_TOKEN = 6
_OWN = ("self.", "this.")
_DECLARED = Expression(r"\b(?:const|let|var|val|final|auto|static|mut|def)[ ]\Z")
_TYPED = Expression(
    r"[ \t]{0,2}(?:\??:)?[ \t]{0,2}(?:const )?[&*]?(?:'static )?(?:str|string|String|text|Text|Optional|SecretStr|char"
    r"|bytes|&str|Final|CharSequence|any|var|std::string|\[\]byte|\[\]|String\?)[\w.\[\]<>|?* ]{0,30}[ \t]{0,2}:?="
    r"(?!=)[ \t]{0,4}(?=[^\s=])"
)
_NEXT_LINE = Expression(r"[ \t]{0,8}(?:\r?\n|\\n)(?:(?:[ \t]|\\t){1,40}(?:- )?|- )(?=[^\s{\[#-])")
_LINE_START = Expression(r"(?:\A|\n|\\n)[ \t]{0,40}(?:- )?[\"']?\Z")
_ITEM_END = Expression(r"[^\s\"':=(]{1,512}={0,2}(?=[ \t]{0,3}(?:\r?\n|\\n|\Z))")
_COMPARED = Expression(r"([\"'])([^\"'\n]{4,128})\1\s?[!=]==?\s?\Z")
_COMMA = Expression(r"\\{0,7}[\"'`]\s{0,4},\s{0,8}(?:value\s?=\s?|new \w{1,20}\()?(?=\\{0,7}[\"'`])")
_PAIR = Expression(r"[A-Z][A-Z0-9_]{1,60}=")  # of an environment
_FILE = Expression(r"\.[a-z]{1,4}\Z")
_TOLD = Expression(
    r"(?:set|put|add|append|define|header|insert|with|env|property|param|field|var|secret)\w{0,24}\(\W{0,6}\Z",
    re.IGNORECASE,
)
_BLOCKS = ('resource "', 'data "')  # of Terraform: two labels follow
_BLANKS = " \t"
_QUOTES = "\"'`"
_PLAIN_QUOTES = "\"'"
# A sign, or a word with one or with a digit in it; a plain word is a value only where a verb or a dash says so.
_AFTER_BLANK = Expression(
    r"[ \t]{1,24}(?:(?:named|called|value|of|number|no\.?|for \S{1,30})[ \t]{1,2})?"
    r"(?:[^\w\s,.;)}\]]|\w\S{0,80}?[\d_+=/@#$%^&*!~:])"
)
_CALL = Expression(r"\(\s{0,8}(?=[rbuf@$]{0,2}\\{0,7}[\"'`])")
_SEVERAL = frozenset({"credentials", "credential", "auth"})
_NEXT_ARGUMENT = Expression(r"\\{0,3}[\"'`]\s{0,4},")
_ASKING = word_set("get find fetch has is load read parse decode delete remove lookup need require label text title")
_BLANK = Expression(r"\\{0,3}[\"']?(?:[ \t]{1,8}|\\?[\"'],[ \t]{0,4}[\"'])(?=[^\s])")
_BLANK_STARTS = (" ", "\t", "\\", '"', "'")
_DIRECTIVES = word_set("env arg set setx setenv fastcgi_param proxy_set_header add_header config put login user http")
_SCHEME = Expression(
    r"(?:bearer|basic|token|digest|apikey|api-key|hawk|negotiate|ntlm|mac|dpop|ssws|sharedkey|sharedkeylite|oauth|aws"
    r"|aws4-hmac-sha256|googlelogin|splunk|signature|key|zoho-oauthtoken|bot|user|psk|genie-?key|hmac[\w-]{0,12}"
    r"|sharedaccesssignature|x-[\w-]{1,20}|[A-Z][\w-]{1,20})"
    r"[ \t]{1,4}(?:auth=|token=|id=)?(?=[^\s,;:])",
    re.IGNORECASE,
)
_WORD_REST = Expression(r"\w{1,30}")
_PARAMETERS = Expression(
    r"[\w-]{1,40}=(?!=)(?:\\{0,3}\"[^\"\\\n]{0,600}\\{0,3}\"|[^\s,\"'\\]{0,600})(?:[ \t]?,[ \t]{0,4}[\w-]{1,40}="
    r"(?:\\{0,3}\"[^\"\\\n]{0,600}\\{0,3}\"|[^\s,\"'\\]{0,600})){0,16}"
)
_PLAIN_CREDENTIAL = Expression(r"[^\s\"'`\\,)\]}<]{1,200}")
_COOKIES = Expression(
    r"[\w.!#$%&*+^|~-]{1,80}=[^\s;\"'\\]{0,4096}(?:;[ \t]{0,3}[\w.!#$%&*+^|~-]{1,80}(?:=[^\s;\"'\\]{0,4096})?){0,100}"
)
_CLEARED = Expression(r"[\w.!#$%&*+^|~-]{1,80}=(?:;|[\s\\\"']|\Z)")
_COOKIE_VALUE = Expression(r"[\w.!#$%&*+^|~-]{1,80}=(\"?[^;\s\"'\\]{1,4096})")


def _find(text: str, at: int) -> Place | None:
    name = name_at(text, at, _follows)
    return None if name is None else _value(name)


def _follows(text: str, start: int, end: int) -> bool:
    """Whether something stands behind a name that one of the notations may know."""
    if text[end : end + 1] not in _BLANKS:
        return True
    return (
        _AFTER_BLANK.match(text, end) is not None
        or text[start] == "-"
        or _may_have_directive(text, start)
        or may_tell(text, end)
        or text[start:end].lower() in SPOKEN
    )


def _value(name: Name) -> Place | None:
    text, end = name.text, name.end
    if text.startswith('"', end) and text.endswith(_BLOCKS, 0, name.start):
        return None
    sign = text[end : end + 1]
    if sign in _BLANKS and sign:
        sign = " " + text[end : end + 24].lstrip(_BLANKS)[:1]
    elif sign in _PLAIN_QUOTES and sign:
        sign = '"' + text[end + 1 : end + 2]
    for notation in _BY_SIGN.get(sign, _NOTATIONS):
        place = notation(name)
        if place is not None:
            return whole(name.text, place) if place[1] > place[0] else None
    return None


def _assignment(name: Name) -> Place | None:
    operator = _OPERATOR.match(name.text, name.end)
    if operator is None:
        return _typed(name)
    text, start, sign = name.text, operator.end(), operator["op"]
    if name.is_header:
        place = _header(name, start, code=sign == "=" and bool(operator["gap"]))
        if place is not None:
            return place
    if sign == ":" and (place := _after_colon(name, operator)) is not None:
        return place
    if sign in _COMPARISONS:
        place = quoted_at(text, start, name.word)
        return None if place is not None and _is_lexed(name, text[slice(*place)]) else place
    if start >= len(text) or text[start] in "\r\n" or text.startswith("\\n", start):
        return _next_line(name, start)
    return _of_several_words(name, start) or _plain(name, operator) or _NOTHING


def _after_colon(name: Name, operator: re.Match[str]) -> Place | None:
    typed = None
    if "=" in name.text[operator.end() : operator.end() + _FIRST_CHARACTERS]:
        typed = _TYPED.match(name.text, operator.start("op"))
    if typed is not None:
        return _typed_value(name, typed.end())
    if name.text[name.start - 2 : name.start] == "${":
        return _default(name, operator.end())
    if not operator["gap"] and _ARN.search(name.text, max(0, name.start - 120), name.start):
        return _NOTHING
    verdict = name.word == "PASS" and operator["gap"]  # of a test
    return _NOTHING if verdict else None


def _default(name: Name, start: int) -> Place:
    # `${NAME:-default}` of a shell: the default is a value, a message after a question mark is none.
    if name.text[start : start + 1] not in ("-", "="):
        return _NOTHING
    return value_at(name.text, start + 1, name.word) or _NOTHING


def _of_several_words(name: Name, start: int) -> Place | None:
    text = name.text
    if text[start] == "{":
        output = _OUTPUT.match(text, start) if "value" in text[start : start + _NEAR] else None
        return None if output is None else value_at(text, output.end(), name.word) or _NOTHING
    if text[start] == "[":
        return _list(name, start)
    if text[start] in "|>":
        block = block_at(text, start)
        return block if block is not None and is_value(text[slice(*block)], name.word) else None
    phrase = _PHRASE.match(text, start) if name.words[-1] in _PHRASES else None
    if phrase is None or reads_as_prose(text, phrase.start(1), name.word + "pass"):
        return None
    return phrase.span(1)


def _plain(name: Name, operator: re.Match[str]) -> Place | None:
    text, start, sign = name.text, operator.end(), operator["op"]
    if not _is_own(name, text[start : start + _FIRST_CHARACTERS].partition(" ")[0]):
        return None
    gap, close = bool(operator["gap"]), bool(operator["close"])
    code = gap and sign in _BINDINGS
    scheme = _SCHEME.match(text, start) if name.words[-1] == "authorization" else None
    place = value_at(
        text,
        start if scheme is None else scheme.end(),
        name.word,
        prose=gap and not close and sign in _COLONS,
        code=code or (close and sign == ":"),
        declared=code and _is_variable(name),
        beside=True,
    )
    if place is None or not _is_own(name, text[place[0] : place[1]]):
        return None
    return None if bool(operator["gap"]) and _is_lexed(name, text[place[0] : place[1]]) else place


def _is_lexed(name: Name, value: str) -> bool:
    # `token: identifier`, `token === "EOF"` in what reads a language
    return name.word in _LEXED and len(value) <= _LONGEST_LEXED and not is_telling(value, shortest=_SHORTEST_TOKEN)


def _is_variable(name: Name) -> bool:
    return name.word.startswith(_OWN) or _DECLARED.search(name.text, max(0, name.start - 12), name.start) is not None


def _is_own(name: Name, value: str) -> bool:
    # `token.map = …` is an attribute of a token, `"Bearer {token}"` a template.
    last = name.word.rpartition(".")[2]
    if "." in name.word and not is_sensitive_key(last):
        return is_telling(value, shortest=6)
    scheme = _SCHEME.match(value) if name.is_header else None
    return scheme is None or is_value(value[scheme.end() :], name.word)


def _typed(name: Name) -> Place | None:
    has = _PROPERTY.match(name.text, name.end)  # `{ get; set; }`
    if has is not None:
        return quoted_at(name.text, has.end(), name.word)
    typed = _TYPED.match(name.text, name.end)
    if typed is None or not (typed[0][:1].isspace() or ":" in typed[0]):
        return None
    return _typed_value(name, typed.end())


def _typed_value(name: Name, start: int) -> Place | None:
    return quoted_at(name.text, start, name.word) or operand_at(name.text, start, name.word)


def _next_line(name: Name, start: int) -> Place | None:
    text = name.text
    dumped = _DUMPED.match(text, start)
    if dumped is not None:
        return quoted_at(text, dumped.end(), name.word)
    below = _NEXT_LINE.match(text, start)
    if below is None or not _LINE_START.search(text, max(0, name.start - 64), name.start):
        return None
    begin = below.end()
    if text.startswith("- ", begin - 2):
        # Beside its name a list is one of its values only if the name is of several.
        indented = text[begin - 3] != "\n" and not text.startswith("\\n", begin - 4)
        return _items(name, begin - 2) if indented or name.word[-1] in "sS" else None
    if text[begin] in "\"'":
        return quoted_at(text, begin, name.word)
    line = _ITEM_END.match(text, begin)
    if line is None or reads_as_prose(text, begin, name.word) or not is_value(line[0], name.word):
        return None
    return line.span()


def _items(name: Name, start: int) -> Place | None:
    items = _ITEMS.match(name.text, start)
    return None if items is None else _listed(name, list(_ITEM.finditer(name.text, start, items.end())))


def _list(name: Name, start: int) -> Place | None:
    if (key := _BYTES.match(name.text, start)) is not None:
        return key.span(1)
    items = _LIST.match(name.text, start)
    return None if items is None else _listed(name, list(_LISTED.finditer(name.text, start, items.end())))


def _listed(name: Name, items: list[re.Match[str]]) -> Place | None:
    # All of them or none: a list of names of secrets is no list of secrets.
    for item in items:
        value = item[1]
        if not is_value(value, name.word) or is_sensitive_key(value):
            return None
        told = tells_words(name.word) or is_telling(value, shortest=6)
        if not (told or is_passphrase(value) or is_pin(value, name.word)):
            return None
    return items[0].start(1), items[-1].end(1)


def _variable(name: Name) -> Place | None:
    """The default of a variable of Terraform."""
    text, end = name.text, name.end
    if not text.endswith('variable "', max(0, name.start - 10), name.start) or not _BLOCK.match(text, end):
        return None
    default = _DEFAULT.search(text, end, end + _NEAR)
    if default is None or "}" in text[end : default.start()]:
        return _NOTHING
    return value_at(text, default.end(), name.word) or _NOTHING


def _header(name: Name, start: int, *, code: bool) -> Place | None:
    """The credentials of `Authorization`, with their parameters, and the pairs of `Cookie`."""
    text = name.text
    if name.words[-1] != "authorization":
        return _cookie(name, start)
    if text[start : start + 1] in ("", "'", '"') or text[start + 1 : start + 2] in ("'", '"'):
        return None
    scheme = _SCHEME.match(text, start)
    credentials = start if scheme is None else scheme.end()
    parameters = None if scheme is None else _PARAMETERS.match(text, credentials)
    if parameters is not None:
        return start, parameters.end()
    plain = _PLAIN_CREDENTIAL.match(text, credentials)
    if plain is None or not is_value(plain[0], name.word):
        return None
    if is_telling(plain[0], shortest=8) and not code:
        return start, plain.end()
    prose = reads_as_prose(text, start, name.word)
    return None if prose or value_at(text, start, name.word, code=True) is None else (start, plain.end())


def _cookie(name: Name, start: int) -> Place | None:
    text = name.text
    quote = text[start : start + 1]
    begin = start + 1 if quote in ("'", '"') else start
    if name.words[0] == "set":
        first = _COOKIE_VALUE.match(text, begin)
        if first is None and _CLEARED.match(text, begin):
            return _NOTHING
        return first.span(1) if first is not None else None
    pairs = _COOKIES.match(text, begin)
    return pairs.span() if pairs is not None and is_value(pairs[0], name.word) else None


def _tuple(name: Name) -> Place | None:
    comma = _COMMA.match(name.text, name.end)
    # In a list of files, what follows a file is another file.
    if comma is None or name.text[name.start - 1 : name.start] in ("/", "\\", "=") or _FILE.search(name.word):
        return None
    text, start = name.text, comma.end()
    place = quoted_at(text, start, name.word)
    if place is None:
        return None
    value = text[place[0] : place[1]]
    if name.is_header and name.words[-1] == "authorization":
        scheme = _SCHEME.match(value)
        return (place[0] + (scheme.end() if scheme else 0), place[1]) if is_telling(value.rpartition(" ")[2]) else None
    if (is_sensitive_key(value) and not any(map(str.isdigit, value))) or _PAIR.match(value):
        return None
    told = (
        name.dashes > 0
        or name.word[:2] in ("x-", "X-")
        or _TOLD.search(text, max(0, name.start - 48), name.start) is not None
    )
    return place if told or is_telling(value, shortest=6) or is_pin(value, name.word) else None


def _call(name: Name) -> Place | None:
    call = _CALL.match(name.text, name.end)
    if call is None:
        return None
    place = quoted_at(name.text, call.end(), name.word)
    if place is None:
        return None
    value = name.text[place[0] : place[1]]
    if name.words[-1] in _SEVERAL and _NEXT_ARGUMENT.match(name.text, place[1]):
        return None  # the first of them is a user or a realm
    told = name.words[0] in ("set", "with") or len(name.words) == 1 or name.text[name.start - 1 : name.start] == "."
    if name.words[0] in _ASKING or not told or (is_sensitive_key(value) and value.isidentifier()):
        return place if is_telling(value, shortest=6) else None
    return place


def _flag(name: Name) -> Place | None:
    """`--name value`, `-Name value`, `ENV NAME value`."""
    text = name.text
    if text[name.end : name.end + 1] not in _BLANK_STARTS:
        return None
    if not (name.dashes or (_may_have_directive(text, name.start) and _has_directive(name))):
        return None
    help_text = _in_help(name) if name.dashes else None
    if help_text is not None:
        return help_text
    blank = _BLANK.match(text, name.end)
    if blank is None or text[blank.end()] in "-|=:":
        return None
    place = value_at(text, blank.end(), name.word)
    if place is None or name.dashes > 0:
        return place
    return place if is_telling(text[place[0] : place[1]]) or _ends(text, place[1]) else None


def _in_help(name: Name) -> Place | None:
    default = _DEFAULTED.match(name.text, name.end)
    if default is not None:
        return default.span(1) if is_value(default[1], name.word) else _NOTHING
    described = _HELP.match(name.text, name.end)
    if described is None or (described["kind"] and is_value(described["kind"], name.word)):
        return None
    return _NOTHING if _LISTED_OPTION.search(name.text, max(0, name.start - 64), name.start) else None


def _may_have_directive(text: str, start: int) -> bool:
    before = text[max(0, start - 80) : start].rstrip("\"'$")
    return before[-1:] == ":" or not _DIRECTIVES.isdisjoint(before.lower().split()[-2:])


def _has_directive(name: Name) -> bool:
    before = name.text[max(0, name.start - 80) : name.start].rstrip("\"'$")
    words = before.split()
    if before[-1:] == ":":
        return "//" in words[-1]
    return any([word.lower() in _DIRECTIVES for word in words[-2:] if word[0] != "-"])  # noqa: C419  # a list is faster


def _ends(text: str, end: int) -> bool:
    return end >= len(text) or text[end] in "\n\r\"';" or text.startswith("\\n", end)


def _compared(name: Name) -> Place | None:
    if name.text[max(0, name.start - 2) : name.start].rstrip(" ")[-1:] != "=":
        return None
    before = _COMPARED.search(name.text, max(0, name.start - 140), name.start)
    if before is None or not is_value(before[2], name.word):
        return None
    return before.span(2)


_NOTATIONS = (markup_value, _assignment, _tuple, _call, _flag, _compared, prose_value)
_QUOTED_NOTATIONS = (_variable, markup_value, _assignment, _tuple, _flag, prose_value)
_BY_SIGN = {
    "=": (_assignment,),
    ":": (_assignment,),
    "(": (_call, _assignment),
    "|": (markup_value, _assignment),
    "<": (markup_value, _assignment),
    ">": (markup_value,),
    "&": (markup_value, _assignment),
    "]": (_assignment,),
    "[": (_assignment,),
    "?": (_assignment,),
    "!": (_assignment,),
    "\n": (markup_value, _compared),
    "\r": (markup_value, _compared),
    ")": (_compared,),
    ";": (_compared,),
    "": (_compared,),
    **dict.fromkeys(("\\", "`", "”", "’", "»"), _QUOTED_NOTATIONS),
    **dict.fromkeys(('":', '"=', '"]'), (_assignment,)),
    '",': (markup_value, _tuple, _flag),
    '">': (markup_value,),
    '"/': (markup_value,),
    **dict.fromkeys(('"', '")', '"}'), (markup_value,)),
    '" ': _QUOTED_NOTATIONS,
    **dict.fromkeys("*", (markup_value, _assignment, prose_value)),
    **dict.fromkeys([" " + sign for sign in string.ascii_letters], (markup_value, _typed, _flag, prose_value)),
    **dict.fromkeys([" " + sign for sign in string.digits + _QUOTES], (_flag, prose_value)),
    **dict.fromkeys([" :", " ?", " <", " ！", " →", " ：", " ＝"], (_assignment, _flag, prose_value)),
    " =": (_assignment,),
    " |": (markup_value, _assignment),
}
"""The notations that may follow a sign; behind any other all are asked."""


_JOINED = tuple(dict.fromkeys(word.replace(" ", sign) for word in FOREIGN for sign in " _-"))
_WORDS = tuple(dict.fromkeys(form for word in _JOINED for form in (word, word.capitalize(), word.upper())))
_FOREIGN = Expression("|".join(_WORDS))
_IDEOGRAPHS = "\u2e80"  # scripts without blanks begin here: a word ends where it ends


def _find_foreign(text: str, at: int) -> Place | None:
    match = _FOREIGN.match(text, at)
    if match is None:
        return None
    end = match.end()
    if match[0][0] < _IDEOGRAPHS:
        # In Hebrew and Arabic the article is a letter of the same word.
        if at and text[at - 1].isalpha() and not "\u0590" <= text[at - 1] <= "\u06ff":
            return None
        rest = _WORD_REST.match(text, end)
        end = end if rest is None else rest.end()
    return _value(Name(text, at, end, 0, match[0]))


RULES = (
    Rule("assignment", _find, needles=NEEDLES, gate=GATE, certain=False),
    Rule("assignment", _find_foreign, needles=tuple(dict.fromkeys(map(str.lower, _JOINED))), certain=False),
)
