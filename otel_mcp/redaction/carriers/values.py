"""Where the value behind a telling name begins and ends, and whether it is a value at all.

Everything that can be refused is refused from the first characters, and what is read on is removed: a text made of
openings is read once. For that a bare value is judged by its head, and `whole` adds the rest of what was accepted.
"""

# ruff: noqa: RUF001  # signs that people write

from __future__ import annotations

import re
import string
from functools import lru_cache
from typing import TYPE_CHECKING

from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.keys import FOREIGN, holds_count, is_sensitive_key, word_set, words_of
from otel_mcp.redaction.marks import marker_spans

if TYPE_CHECKING:
    from otel_mcp.redaction.rule import Place

__all__ = [
    "HEAD",
    "block_at",
    "is_passphrase",
    "is_sentence",
    "is_telling",
    "is_value",
    "quoted_at",
    "reads_as_prose",
    "tells_words",
    "value_at",
    "whole",
    "without_stop",
]

HEAD = 200

_CLOSING = {"“": "”", "”": "”", "„": "“”", "«": "»", "»": "«", "‘": "’", "「": "」", "『": "』", "‹": "›"}
_OPENING = Expression(
    r"(?:[rbufRBUF@$]{1,2}(?=['\"]))?(?:(\\{0,7})(\"{3}|'{3}|[\"'`])|(&quot;|&#3[49];|&apos;|\\u002[27])|"
    rf"([{''.join(_CLOSING)}]))"
)
_QUOTED = {quote: Expression(rf"[^{quote}\\\n]*(?:\\.[^{quote}\\\n]*)*", re.DOTALL) for quote in "\"'`"}
_LONGEST_LINES = 4096
_LONGEST_ASYMMETRIC = 512

# Closing signs, `&` and quotes belong to the value only if it goes on behind them.
_CHARACTER = (
    r"(?:[^\s\"'`,;&<)\]}\\\x00-\x1f]"
    r"|\\(?![nrt\"'u])"
    r"|[,)\]}](?=[^\s,;&)\]}\"'`.<\\:])"
    r"|&(?![\w.\[\]%-]{1,40}=|&|quot;|amp;|lt;|gt;|#|\s|\Z|[\"'`])"
    r"|<(?!/|!|[A-Za-z]{1,10}[\s/>])"
    r"|[\"'](?=[A-Za-z0-9!@#$^*_])(?![A-Za-z]{1,9}[ =:(]))"
)
_BARE = Expression(_CHARACTER + "{1,200}")
_REST = Expression(_CHARACTER + "+")
_INNER = Expression(r"[^;\"'\n\r\\]{1,128}(?=;)")
_TAG = Expression(r"(?:!{1,2}[\w/:.-]{1,40}|&[\w-]{1,40})[ \t]{1,4}")
_TAG_STARTS = ("!", "&")
_REFERENCES = ("!secret", "!env", "!env_var", "!Ref", "!Sub", "!GetAtt", "!ImportValue", "!reference", "!include")
_BLOCK = Expression(r"[|>][+-]?\d?[+-]?[ \t]{0,4}(?:#[^\n]{0,80})?(?:\r?\n|\\n)([ \t]{1,40})(?=\S)")

_NO_VALUE = word_set(
    "none null nil true false undefined yes no on off str string int integer float bool boolean bytes any"
    " object array list dict optional required secretstr token tokens password passwords passwd pass secret"
    " secrets text number mystr self this key apikey nan void unknown never required? char varchar var let const"
    " static readonly public private protected final function async await new return typeof lambda yield not and"
    " or if else in is redacted filtered hidden masked sensitive scrubbed omitted removed placeholder example"
    " read write read-write n/a na tbd todo changeme change_me change-me replaceme replace_me replace-me"
    " chr prompt omit bearer basic digest"
    " apikey"
    " oauth oauth2 jwt ... … env file vault auto default empty - -- = == enabled disabled via instead twice again"
    " sha1 sha256 sha384 sha512 md5 hs256 rs256 es256"
)
_TYPES = Expression(
    r"(?:Optional|Union|Annotated|Literal|Dict|List|Sequence|Mapping|Callable|Option|Vec|Array|Map|Promise|Result|Secret"
    r"|SecretStr|Nullable|Field|Column|Box|Arc|Rc|list|dict|tuple|set|type|str|string|bytes|String|int|bool|boolean"
    r"|number|unknown|any|Str|Text|varchar|VARCHAR|NVARCHAR|TEXT|CHAR|z|Joi|yup|t|models|sa|serializers|forms|graphene"
    r"|pydantic|SecureString|CharSequence|byte|char)\s?[\[(<|?;,)=.:]"
)
_SIGNS = Expression(
    r"\$[({]|\$\$|\$[A-Za-z_][\w.]{0,60}$|\{\{|%[sdrv]\b|%\(|%[A-Z_]{2,40}%|\*+$|[•●]+$|\*{3}|\.\.\.|…|<%|@@|#\{"
    r"|\{\d{0,2}[}!:]|\{[A-Za-z_][\w.]{0,40}[}!:]"
    r"|%env\(|\((?:sensitive|hidden|redacted|masked|known after|secret|not shown|unchanged)\b"
    r"|!(?:secret|env|Ref|Sub|GetAtt|include)\b"
    r"|\[(?:REDACTED|FILTERED|HIDDEN|MASKED|SCRUBBED|redacted|hidden|filtered)\b"
    r"|:[a-z_]{1,40}$|@[a-z_]{1,40}$|\$\d{1,3}$|_{3,}$|-{3,}|={2,}|\|\||&&|!important|!vault|@Microsoft\.|\{\$"
)
_WORDS = Expression(
    r"[xX]{4,}$|SHA-?\d{1,3}$|BuildConfig\.|HTTP/[\d.]{1,3}$|(?:os\.environ|os\.getenv|process\.env|import\.meta|System\.getenv|ENV\[|getenv|getpass|self\."
    r"|this\.|args\.|random_(?:password|string|id|uuid|bytes)\.|module\.|each\.value|vault[ :]|op://|arn:aws|projects/|secret://|secretref:|data\.\w+\.|var\.|local\.|secrets\."
    r"|ref\+|awskms:|azurekv:|gcpkms:|ssm:|sops:|file:|env:)"
    r"|SHA256:[A-Za-z0-9+/]{43}=?$|MD5(?::[0-9a-f]{2}){16}$|[A-Z]{2,20}(?:_[A-Z]{2,20}){1,6}$|(?i:your[-_ ])"
    r"|(?i:[a-z_-]{2,40}[-_ ](?:goes[-_ ])?here\W{0,3}$)"
    r"|(?i:(?:my|the|insert|enter|replace|add|put|paste|use|some|an?|example|sample|dummy|fake|placeholder)"
    r"(?:[-_ ]\w{1,16}){0,4}[-_ ](?:key|token|secret|password|passwd|pass|pwd|credentials?|value|id|string|code"
    r"|passphrase)"
    r"(?:[-_ ]value)?\W{0,3}$)"
)
_ANGLE = Expression(
    r"<[^\s<>/][^<>\n]{0,59}>|<[\w -]{1,60}>|&lt;[\w -]{1,60}&gt;"
    r"|\[[A-Za-z][A-Za-z_ ]{0,40}(?:-[A-Za-z_ ]{1,20}){0,2}\](?=$|[\s,.;\"'<])"
)
_MINIFIED = Expression(r"[A-Za-z_$]{1,2}[)}\]]{1,3}[(),;.]")
# What stands on a form, in the files of translations: `password=Mot de passe`.
_LABEL = Expression(
    r"(?:[^\W\d_][^\W\d_]{0,13}[ ]){0,3}(?:[Mm]ots? de passe|[Cc]ontraseñas?|[Cc]ontrasenya|[Pp]alabra clave|[Ss]enhas?"
    r"|[Pp]assw(?:ö|o)rte?n?|[Kk]ennwort|[Ww]achtwoord|[Pp]arola d'ordine|[Hh]asło|[Hh]eslo|[Ll]ösenord"
    r"|[Cc]ode d['’]accès|пароль)(?:[ ][^\W\d_]{1,20}){0,5}[ ]?[.?!:…]{0,3}(?:\r?\n|\\n|\Z)"
)
_FOREIGN_LABEL = Expression(
    r"(?:" + "|".join(FOREIGN) + r")|passw[oö]rt|kennwort|(?:zugangs|sicherheits)code|wachtwoord|mots? de passe"
    r"|parola d'ordine|palabra clave|adgangskode|salasana|heslo\b|senha\b|passord"
)
_GOES_ON = Expression(r" (?:\(|(?![A-Z])[^\W\d_]{1,20}\b)")
_PROSE = Expression(r"([A-Za-z][a-z']{0,20})[,]? (?=[A-Za-z(\"'\d])")
_SPOKEN = Expression(r"(?:[A-Za-z][a-z']{0,20},?[ ]){2,5}[a-z']{1,20}")
_FUNCTION_WORDS = word_set(
    "a an and any are as at be been being but by can cannot could did do does don't each either enter every"
    " expired for expected from get got had handle has have how i if in incorrect invalid is isn't it its it's"
    " just may maybe missing more must my need needed needs never no not of on once only or our please required"
    " reset rotate same see set should so some such than that the their then there these they this to too unless"
    " until updated use used using valid validation was we were what when where whether which while will with"
    " without wrong would you your"
)
_STRONG = ("pass", "pwd", "secret", "cred", "key")
_LABEL_WORDS = word_set(
    "password passwords passwort confirm confirmation new old current your enter repeat verify forgot reset"
    " change create choose set show hide token tokens secret secrets key keys api access the a an please field"
    " input label type required invalid incorrect must be is not username user name email login sign in up again"
    " re retype to my credentials credential pin code and or of for id client auth authentication authorization"
    " bearer cookie cookies passphrase missing hint strength policy manager"
)
# `String::from("…")`, `SecretStr("…")`, `{"…"}` in JSX: the quotes are the value, not an argument of something else.
_WRAPPED = Expression(
    r"(?:(?:[\w]{1,20}(?:\.|::)){0,3}(?:from|of|new|valueOf|String|SecretStr|Secret|Some|Just|bytes|str|NSString|secret"
    r"|string|strdup|Protected|SecretString|b64decode|atob|unhexlify|char)\(\s{0,16}|(?<==)\{)(?=[bBrR@]?[\"'])"
)
_TAG_OF_FIELD = Expression(r"\w{1,20}:\\{0,3}\"")  # `json:"password"` behind a field of a struct in Go
_MAY_OPEN = frozenset("rbufRBUF@$\\\"'`&" + "".join(_CLOSING))
_MAY_WRAP = frozenset(string.ascii_letters + "_{")
_VARIABLE = Expression(r"[A-Za-z_$][A-Za-z_$.]{0,80}(?:[\s;,)]|\Z)")
_PATH = Expression(r"&?!?[*]?[A-Za-z_$][\w$]{0,60}(?:(?:\.|::|->|\?\.)[A-Za-z_$][\w$]{0,60}){0,6}")
_AFTER_CODE = Expression(r"\s{0,2}(?:[,);|\]}?]|\\n|\n|\Z|and\b|or\b|if\b|is\b|==|!=|\+|//|#)")
_CODE_HEADS = word_set(
    "os config settings self this args opts options params param request req event context ctx var local data"
    " secrets vars inputs steps user credentials creds module each kwargs form props state body conf cfg app env"
    " environ process client session account auth res response result payload input values query headers cookies"
    " store db item obj row fields field spec schema types model models"
)
_LABEL_NOUNS = word_set("password passwords token tokens secret key keys credentials passwort")
_EXPRESSION = Expression(r"[ ]{1,2}(?:[+|]|if\b|or\b|and\b)")
_TYPE_GOES_ON = Expression(r"[ ]\||[ ]=[ ]|\)[ ]?->|\),? \w{1,20}:|, \w{1,20}: ")
_DIRECTORIES = ("pwd", "oldpwd")
_CLOSERS = ",);|]}?"
_PLAIN_NAMES = word_set(
    "user username value val v t s p pw pwd pass passwd password token secret key cred creds cookie"
)
_FEWEST_LETTERS = 3
_PLAIN_SIGNS = str.maketrans(dict.fromkeys("-_./:'’,()" + string.ascii_letters))
_SHORTEST = 2
_SHORTEST_TELLING = 4
_LONGEST_TOLD = 128
_LONGEST_WORD = 15
_WORD_LENGTHS = range(3, 13)
_MOST_WORDS = 24
_LONGEST_SENTENCE = 512
_FEWEST_OF_SENTENCE = 3
_LONGEST_PLAIN = 8  # `oauth2`, `sha256`
_WORDY = ("pass", "pwd", "kennwort", "losungswort", "contra", "senha", "wachtwoord", "haslo", "heslo", "lozinka")
_LONGEST_COUNT = 3
_PINS = Expression(r"pin|cv[vc]|csc|otp|code|puk", re.IGNORECASE)
_NUMBERS = Expression(r"\d+(?:\.\d+){1,20}$")
# What was taken for an opening quote closes a string: `"PASS " + password`.
_CODE_GOES_ON = Expression(r"\s{0,3}(?:[:,)\]};]|[+%.] )\s{0,3}(?:\w+[\s)(\[.]|\W|$)|[)\]},:;]+$")
_NOT_TELLING = Expression(
    r"[A-Z]{2,6}-?\d{1,6}$|v?\d+(?:\.\d+)+[\w.-]*$|\d{4}-\d\d-\d\d|\d+(?:[.,]\d+)?(?:st|nd|rd|th|ms|s|m|h|d|k|kb|mb|gb|px|em|x|%)?$"
    r"|https?:|[./~\\]|#?[0-9]+$|\w+\(|[A-Z][a-z]+[.:!?,]?$|[A-Za-z]:[\\/]",
)


def value_at(
    text: str, start: int, name: str, *, prose: bool = False, code: bool = False, declared: bool = False
) -> Place | None:
    """The value that begins at `start`: quoted, bare, or a block below; None if nothing there is a value.

    `prose`: it follows a colon and a blank, and may be a sentence. `code`: it follows an equals sign between blanks;
    `declared`: of a variable, so names that follow are names of other variables.
    """
    if text[start : start + 1] in _TAG_STARTS and (tag := _TAG.match(text, start)) is not None:
        if tag[0].strip() in _REFERENCES:
            return None
        start = tag.end()
    first = text[start : start + 1]
    if first in _MAY_OPEN:
        opening = _OPENING.match(text, start)
        if opening is not None:
            return quoted_at(text, start, name, opening)
    if first in _MAY_WRAP:
        wrapped = _WRAPPED.match(text, start)
        if wrapped is not None:
            return quoted_at(text, wrapped.end(), name)
    place = None if declared and _VARIABLE.match(text, start) else _bare_at(text, start, name, code=code)
    if place is None or (prose and reads_as_prose(text, place[0], name)):
        return None
    if prose and text[slice(*place)].lower() in _FUNCTION_WORDS:
        return None
    return place if is_value(text[place[0] : place[1]], name) else None


def quoted_at(text: str, start: int, name: str, opening: re.Match[str] | None = None) -> Place | None:
    """The inside of the quotes that open at `start`."""
    opening = opening or _OPENING.match(text, start)
    if opening is None:
        return None
    begin = opening.end()
    head = text[begin : begin + 64]
    if _is_placeholder(_cut(head, opening)) or head.startswith("[REDACTED:"):
        return None
    end = _quoted_end(text, opening)
    value = text[begin:end]
    if not is_value(value, name) or _is_label(value) or (opening[2] == "`" and _TAG_OF_FIELD.match(value)):
        return None
    return begin, end


def _is_placeholder(value: str) -> bool:
    pattern = _WORDS if value[:1].isalpha() else _SIGNS
    return pattern.match(value[:160]) is not None


def _cut(head: str, opening: re.Match[str]) -> str:
    closing = (opening[1] or "") + (opening[2] or "") or opening[3] or _CLOSING[opening[4]]
    return head.partition(closing)[0]


def _quoted_end(text: str, opening: re.Match[str]) -> int:
    begin = opening.end()
    if opening[2] is None or len(opening[2]) > 1 or opening[1]:
        closings = _CLOSING[opening[4]] if opening[4] else [opening[3] or (opening[1] or "") + opening[2]]
        # Signs that open and close alike bound each other; of the others only one may stand in the text.
        last = begin + _LONGEST_ASYMMETRIC if opening[4] else len(text)
        found = [end for closing in closings if (end := text.find(closing, begin, last)) >= 0]
        if found:
            return min(found)
        return len(text) if opening[1] or opening[3] else _line_end(text, begin, last)
    closing = _QUOTED[opening[2]].match(text, begin)
    end = begin if closing is None else closing.end()
    if text[end : end + 1] == "\n" and text[begin:end].strip():
        return _end_of_lines(text, begin, end, opening[2])
    return end


def _line_end(text: str, begin: int, last: int) -> int:
    end = text.find("\n", begin, last)
    return min(last, len(text)) if end < 0 else end


def _end_of_lines(text: str, begin: int, end: int, quote: str) -> int:
    # A value in `.env` may go over lines; then its quote closes at the end of one of them.
    last = text.find(quote, begin, begin + _LONGEST_LINES)
    if last >= 0 and text[last + 1 : last + 2] in ("", "\n", "\r", ",", ";", ")"):
        return last
    return end


@lru_cache(maxsize=1024)
def _is_label(value: str) -> bool:
    # "Enter your password" stands on a form; a passphrase is made of other words.
    if len(value) > 160 or any(character in "0123456789@#$%^&*+=_~|\\" for character in value):  # noqa: PLR2004
        return False
    if _FOREIGN_LABEL.search(value.lower()):
        return True
    words = [word.strip(".,:;!?()*'\"…").lower() for word in value.split()]
    if all(not word or word in _LABEL_WORDS for word in words):
        return True
    spoken = value[:1].isupper() or value[-1:] in ".!?:" or any(word in _LABEL_NOUNS for word in words)
    return spoken and len(words) > 2 and len([word for word in words if word in _FUNCTION_WORDS]) * 5 >= len(words)  # noqa: PLR2004


def _bare_at(text: str, start: int, name: str, *, code: bool) -> Place | None:
    head = text[start : start + 64]
    if _is_hopeless(head, code) or _is_reference(text, start, head, name, code=code):
        return None
    if head[0] == "/" and name.lower() in _DIRECTORIES:
        return None
    if head[0] == "[" and "]" in head:
        start += 1  # `starting with token=[…]`
    inner = _INNER.match(text, start) if text[max(0, start - 200) : start].rfind(";") >= 0 else None
    if inner is not None and _in_connection_string(text, start):
        return start, inner.end()
    value = _BARE.match(text, start)
    return None if value is None else (start, value.end())


@lru_cache(maxsize=1024)
def _is_hopeless(head: str, code: bool) -> bool:
    return (
        not head
        or _is_structure(head, code=code)
        or _ANGLE.match(head) is not None
        or _TYPES.match(head) is not None
        or _MINIFIED.match(head) is not None
        or _LABEL.match(head) is not None
        or head.startswith(("[REDACTED:", "(ConvertTo-", "(Get-", "(Read-Host"))
        or _is_placeholder(_first_word(head))
    )


def _is_structure(head: str, *, code: bool) -> bool:
    # The names inside a structure speak for themselves.
    if head[0] in "{[(":
        return code or head[1:2] in ("", " ", "\n", "'", '"', "{", "[", "\\", "\r", "]", "}", ")")
    return head[0] in ",)]};&|"


def _first_word(head: str) -> str:
    return re.split(r"[\s\"'`,;&)<]", head, maxsplit=1)[0]


def _in_connection_string(text: str, start: int) -> bool:
    # `Server=db;Password=two words;…`: the pair before ends right where this name begins.
    before = text[max(0, start - 64) : start]
    name = before.rpartition(";")[2]
    return ";" in before and "\n" not in name and name.count("=") == 1 and name.rstrip().endswith("=")


def _is_reference(text: str, start: int, head: str, name: str, *, code: bool) -> bool:
    path = _PATH.match(head)
    if path is None:
        return False
    words, end = path[0], start + path.end()
    following = head[path.end() : path.end() + 1]
    if text[end : end + 2] in ("!(", "?("):
        return True  # of Elixir, Ruby and Rust
    if following in ("(", "[") and (_is_worded(words) or "." in words or (following == "(" and words.isalpha())):
        return True
    if _TYPE_GOES_ON.match(text, end):
        return True
    if not _AFTER_CODE.match(text, end) or any(map(str.isdigit, words)):
        return False
    closed = following in _CLOSERS and following != ""
    return (closed or code) and ((code and _EXPRESSION.match(text, end) is not None) or _names(words, name, code=code))


def _names(words: str, name: str, *, code: bool) -> bool:
    # Whether this is a name in code: the same name again, a path, or the name of another secret.
    own = name.lower().rpartition(".")[2].strip("_$")
    if own.endswith(words.lower().strip("_$")) or words in _PLAIN_NAMES:
        return True
    parts = [part for part in re.split(r"\.|::|->|\?\.", words) if part]
    if len(parts) > 1:
        return parts[0].lstrip("&!*") in _CODE_HEADS or (code and all(map(_is_worded, parts)))
    compound = "_" in words.strip("_") or words[1:] != words[1:].lower()
    return compound and (is_sensitive_key(words) or not _LABEL_WORDS.isdisjoint(words_of(words)))


def _is_worded(path: str) -> bool:
    # Names in code are made of words; four letters and a digit at random are not.
    words = words_of(path)
    letters = [word for word in words if word.isalpha()]
    numbers = len(words) - len(letters)
    return bool(letters) and numbers <= 1 and sum(map(len, letters)) >= _FEWEST_LETTERS * len(letters) - 1


def reads_as_prose(text: str, start: int, name: str) -> bool:
    """Whether a sentence begins: "must be long" and "rename it" do, "marigold" does not."""
    prose = _PROSE.match(text, start)
    if prose is None:
        return False
    if prose[1].lower() in _FUNCTION_WORDS or not any(part in name.lower() for part in _STRONG):
        return True
    words = _SPOKEN.match(text, start)
    return words is not None and not _FUNCTION_WORDS.isdisjoint(words[0].lower().replace(",", "").split())


def is_sentence(value: str) -> bool:
    """Whether a whole cell describes a value, "Must be at least 8 characters", and does not tell one on the way."""
    words = [word.strip(".,:;!?()'\"`").lower() for word in value[:_LONGEST_SENTENCE].split()]
    if len(words) < _FEWEST_OF_SENTENCE or _FUNCTION_WORDS.isdisjoint(words):
        return False
    # "8-character" and "base64-encoded" are words.
    return not any(is_telling(word, shortest=_LONGEST_PLAIN) for word in words if "-" not in word)


def is_value(value: str, name: str) -> bool:
    """Whether this may be a secret: neither a word of a language, nor a placeholder, nor a count, nor our own mark."""
    return _may_be_secret(value[:HEAD], name)


@lru_cache(maxsize=1024)
def _may_be_secret(value: str, name: str) -> bool:
    bare = value.strip()
    if len(bare) < _SHORTEST or bare.lower().rstrip(".:;,!?*") in _NO_VALUE or _is_placeholder(bare):
        return False
    if _ANGLE.fullmatch(bare[:64]) or not bare.strip("\"'`.,:;!?-_=*/()[]{}|<>\\ "):
        return False
    if bare.isdigit() and (holds_count(name) or (len(bare) <= _LONGEST_COUNT and not _PINS.search(name))):
        return False
    if _NUMBERS.match(bare) or _CODE_GOES_ON.match(value):
        return False
    return not any(span.start == 0 and span.end >= len(bare) - 1 for span in marker_spans(bare[:160]))


def is_telling(value: str, *, shortest: int = _SHORTEST_TELLING) -> bool:
    """Whether the characters alone say that this is no word of a sentence and no name in code."""
    value = value[:_LONGEST_TOLD].strip("\"'`.,:;!?()[]{}<>")
    if len(value) < shortest:
        return False
    if value.isalpha():
        shuffled = (len(value) > _LONGEST_WORD and _is_mixed(value)) or _is_scrambled(value)
        return shuffled and not _is_placeholder(value)
    letters = any(map(str.isalpha, value))
    if not letters or (value.isidentifier() and not any(map(str.isdigit, value))):
        return False
    if not any(map(str.isdigit, value)) and not value.translate(_PLAIN_SIGNS):
        joined = value.replace("-", "")
        return len(joined) > _LONGEST_WORD and _is_mixed(joined)
    return not _NOT_TELLING.match(value) and not _is_placeholder(value)


def without_stop(text: str, start: int, value: str) -> str:
    """The value of a sentence without what belongs to the sentence: a sign that no new one follows is its own."""
    bare = value.rstrip(".,;!?:)*'")
    behind = start + len(value)
    goes_on = text[behind : behind + 1] == " " and _GOES_ON.match(text, behind) is not None
    return value.rstrip(".,;?:)*'") if goes_on and len(bare) < len(value) else bare


def is_passphrase(value: str, *, fewest: int = 4) -> bool:
    """Whether these are words at random, joined by hyphens: `linen-quiver-ferry-saddle`."""
    words = value.split("-")
    return (
        fewest <= len(words) <= _MOST_WORDS
        and all(word.isalpha() and word.islower() and len(word) in _WORD_LENGTHS for word in words)
        and _FUNCTION_WORDS.isdisjoint(words)
        and _LABEL_WORDS.isdisjoint(words)
    )


@lru_cache(maxsize=1024)
def tells_words(name: str) -> bool:
    """Whether a plain word may be the value under this name: of a password it may, of a token it may not."""
    return not name.isascii() or any(part in name.lower() for part in _WORDY)


def _is_mixed(value: str) -> bool:
    # Random letters change case within what would be a word.
    changes = sum(value[at].isupper() != value[at + 1].isupper() for at in range(len(value) - 1))
    return value.isalpha() and changes * 3 >= len(value)


# Pairs of letters that stand in no word of a language in Latin script, or in next to none.
_STRANGE_PAIRS = word_set(
    "bx cj cv cx dx fq fv fx gq gv gx hx jb jc jd jf jg jh jk jl jm jn jp jq jr js jt jv jw jx jy jz kq kx lx mx pq px"
    " qb qc qd qf qg qh qj qk ql qm qn qp qr qs qt qv qw qx qy qz sx tq vb vc vd vf vg vh vj vk vm vn vp vq vt vw vx wq"
    " wv wx xj xk xz zf zj zq zx zr zn zm zg zd zp zv bq bk cb cg cp fc fd fg fk fp hq kc kf kz pz xd xg xm xn xr xv xw"
    " wz wj wg vz zc xs xl xf bz bf gz gk gc mq mj mg mk mr mx rx hz yq yx yj yv uq uw uj iq iy iw oq oj aq"
)
_SHORTEST_SCRAMBLED = 12
_FEWEST_STRANGE = 3


def _is_scrambled(value: str) -> bool:
    # Sixteen letters at random, as providers make them for one application.
    if not (
        _SHORTEST_SCRAMBLED <= len(value) <= _LONGEST_TOLD and value.isascii() and (value.islower() or value.isupper())
    ):
        return False
    lower = value.lower()
    return sum(lower[at : at + 2] in _STRANGE_PAIRS for at in range(len(value) - 1)) >= _FEWEST_STRANGE


def whole(text: str, place: Place) -> Place:
    """The place of a bare value with what was not looked at."""
    start, end = place
    if end - start < HEAD:
        return place
    rest = _REST.match(text, end)
    return place if rest is None else (start, rest.end())


def block_at(text: str, start: int) -> Place | None:
    """The lines of a YAML block scalar, `|` or `>`, that begins at `start`."""
    block = _BLOCK.match(text, start)
    if block is None:
        return None
    newline = "\\n" if text[block.start(1) - 1] == "n" and text[block.start(1) - 2] == "\\" else "\n"
    begin, indent = block.end(), newline + block[1]
    end = begin
    while True:
        line = text.find(newline, end)
        if line < 0:
            return begin, len(text)
        if not text.startswith(indent, line):
            return begin, line
        end = line + 1
