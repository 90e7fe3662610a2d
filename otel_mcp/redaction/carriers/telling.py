"""Whether characters may be a secret, or can be nothing else: words, placeholders and counts are none."""

# ruff: noqa: RUF001  # signs that people write

from __future__ import annotations

import re
import string
from functools import lru_cache
from typing import TYPE_CHECKING

from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.keys import holds_count, word_set, words_of
from otel_mcp.redaction.marks import marker_spans

if TYPE_CHECKING:
    from otel_mcp.redaction.rule import Place

__all__ = [
    "ANGLE",
    "FUNCTION_WORDS",
    "HEAD",
    "LABEL_WORDS",
    "is_passphrase",
    "is_pin",
    "is_placeholder",
    "is_random",
    "is_secret_cell",
    "is_telling",
    "is_value",
    "is_worded",
    "random_within",
    "tells_words",
]

HEAD = 200
"""So many characters of a value are judged."""

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
_SIGNS = Expression(
    r"\$[({]|\$\$|\$(?:[Ee]nv:)?[A-Za-z_](?:[\w.]|->){0,60}$|\{\{|%[sdrv]\b|%\(|%[A-Z_]{2,40}%|\*+$|[•●]+$|\*{3}|\.\.\.|…|<%|@@|#\{"
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
ANGLE = Expression(
    r"<[^\s<>/][^<>\n]{0,59}>|<[\w -]{1,60}>|&lt;[\w -]{1,60}&gt;"
    r"|\[[A-Za-z][A-Za-z_ ]{0,40}(?:-[A-Za-z_ ]{1,20}){0,2}\](?=$|[\s,.;\"'<])"
)
FUNCTION_WORDS = word_set(
    "a an and any are as at be been being but by can cannot could did do does don't each either enter every"
    " expired for expected from get got had handle has have how i if in incorrect invalid is isn't it its it's"
    " just may maybe missing more must my need needed needs never no not of on once only or our please required"
    " reset rotate same see set should so some such than that the their then there these they this to too unless"
    " until updated use used using valid validation was we were what when where whether which while will with"
    " without wrong would you your"
)
LABEL_WORDS = word_set(
    "password passwords passwort confirm confirmation new old current your enter repeat verify forgot reset"
    " change create choose set show hide token tokens secret secrets key keys api access the a an please field"
    " input label type required invalid incorrect must be is not username user name email login sign in up again"
    " re retype to my credentials credential pin code and or of for id client auth authentication authorization"
    " bearer cookie cookies passphrase missing hint strength policy manager"
)
_FEWEST_LETTERS = 3
_PLAIN_SIGNS = str.maketrans(dict.fromkeys("-_./:'’,()" + string.ascii_letters))
_SHORTEST = 2
_ELSEWHERE = word_set("see ask in stored same from use not kept managed rotated set via check refer")
_SHORTEST_IN_CELL = 6
_SHORTEST_TELLING = 4
_LONGEST_TOLD = 128
_LONGEST_WORD = 15
_WORD_LENGTHS = range(3, 13)
_MOST_WORDS = 24
_WORDY = ("pass", "pwd", "kennwort", "losungswort", "contra", "senha", "wachtwoord", "haslo", "heslo", "lozinka")
_LONGEST_COUNT = 3
_PINS = Expression(r"pin|cv[vc]|csc|otp|code|puk", re.IGNORECASE)
_OPENING = word_set("pin puk otp passcode")
_PIN_LENGTHS = range(4, 9)
_NUMBERS = Expression(r"\d+(?:\.\d+){1,20}$")
# What was taken for an opening quote closes a string: `"PASS " + password`.
_CODE_GOES_ON = Expression(r"\s{0,3}(?:[:,)\]};]|[+%.] )\s{0,3}(?:\w+[\s)(\[.]|\W|$)|[)\]},:;]+$")
_NOT_TELLING = Expression(
    r"[A-Z]{2,6}-?\d{1,6}$|v?\d+(?:\.\d+)+[\w.-]*$|\d{4}-\d\d-\d\d|\d+(?:[.,]\d+)?(?:st|nd|rd|th|ms|s|m|h|d|k|kb|mb|gb|px|em|x|%)?$"
    r"|https?:|[./~\\]|#?[0-9]+$|\w+\(|[A-Z][a-z]+[.:!?,]?$|[A-Za-z]:[\\/]",
)
# Pairs of letters that stand in no word of a language in Latin script, or in next to none.
_STRANGE_PAIRS = word_set(
    "bx cj cv cx dx fq fv fx gq gv gx hx jb jc jd jf jg jh jk jl jm jn jp jq jr js jt jv jw jx jy jz kq kx lx mx pq px"
    " qb qc qd qf qg qh qj qk ql qm qn qp qr qs qt qv qw qx qy qz sx tq vb vc vd vf vg vh vj vk vm vn vp vq vt vw vx wq"
    " wv wx xj xk xz zf zj zq zx zr zn zm zg zd zp zv bq bk cb cg cp fc fd fg fk fp hq kc kf kz pz xd xg xm xn xr xv xw"
    " wz wj wg vz zc xs xl xf bz bf gz gk gc mq mj mg mk mr mx rx hz yq yx yj yv uq uw uj iq iy iw oq oj aq"
)
_SHORTEST_SCRAMBLED = 12
_FEWEST_STRANGE = 3
_SHORTEST_RANDOM = 8
_SHORTEST_MIXED = 6
_JOINT = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")
_ENCLOSED = Expression(
    r"(?:\$\{\{?|#\{|\{\{?)[ ]?([^\s{}\"'|()]{8,128})[ ]?(?:\}|$)|<([^\s<>]{8,128})(?:>|$)"
    r"|\$([A-Za-z_][\w.]{7,127})$|(?:env|vault|file|ssm|sops):([^\s/#:]{8,128})$|[*•●]{3,64}([^\s*•●]{8,128})"
)
_BEHIND = Expression(
    r"(?:[$#]\{[^{}\n]{1,120}\}|\$?\{\{[^{}\n]{1,120}\}\}|\{[\w.]{0,40}\}|\$\([^()\n]{1,120}\)|<[^<>\n]{1,60}>"
    r"|%\(\w{1,40}\)s)([^\s\"'`,;<>{}$]{6,200})"
)


def is_value(value: str, name: str) -> bool:
    """Whether this may be a secret: neither a word of a language, nor a placeholder, nor a count, nor our own mark."""
    return _may_be_secret(value[:HEAD], name)


@lru_cache(maxsize=1024)
def _may_be_secret(value: str, name: str) -> bool:
    bare = value.strip()
    if len(bare) < _SHORTEST or bare.lower().rstrip(".:;,!?*") in _NO_VALUE or is_placeholder(bare):
        return False
    if (ANGLE.fullmatch(bare[:64]) and random_within(bare) is None) or not bare.strip("\"'`.,:;!?-_=*/()[]{}|<>\\ "):
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
        return shuffled and not is_placeholder(value)
    letters = any(map(str.isalpha, value))
    if not letters or (value.isidentifier() and not any(map(str.isdigit, value))):
        return False
    if not any(map(str.isdigit, value)) and not value.translate(_PLAIN_SIGNS):
        joined = value.replace("-", "")
        return len(joined) > _LONGEST_WORD and _is_mixed(joined)
    return not _NOT_TELLING.match(value) and not is_placeholder(value)


def is_passphrase(value: str, *, fewest: int = 4) -> bool:
    """Whether these are words at random, joined by hyphens: `linen-quiver-ferry-saddle`."""
    words = value.split("-")
    return (
        fewest <= len(words) <= _MOST_WORDS
        and all(word.isalpha() and word.islower() and len(word) in _WORD_LENGTHS for word in words)
        and FUNCTION_WORDS.isdisjoint(words)
        and LABEL_WORDS.isdisjoint(words)
    )


@lru_cache(maxsize=1024)
def is_secret_cell(value: str, name: str) -> bool:
    """Whether a text in a column of this name is a secret: a column of tokens may hold the words of a text."""
    if " " in value and value.partition(" ")[0].lower() in _ELSEWHERE:
        return False  # `see vault`
    return is_value(value, name) and (
        tells_words(name)
        or is_telling(value, shortest=_SHORTEST_IN_CELL)
        or is_passphrase(value)
        or is_pin(value, name)
    )


def is_pin(value: str, name: str) -> bool:
    """Whether these digits open something, as those of `door_pin` do; a `pin` without more may be one of a chip."""
    if not (value.isdigit() and len(value) in _PIN_LENGTHS):
        return False
    words = words_of(name)
    return len(words) > 1 and words[-1] in _OPENING


def tells_words(name: str) -> bool:
    """Whether a plain word may be the value under this name: of a password it may, of a token it may not."""
    return not name.isascii() or any(part in name.lower() for part in _WORDY)


def is_placeholder(value: str) -> bool:
    """Whether this stands for a value that is elsewhere; nothing random is written in it then."""
    pattern = _WORDS if value[:1].isalpha() else _SIGNS
    return pattern.match(value[:160]) is not None and random_within(value) is None


def random_within(value: str) -> Place | None:
    """Where in what looks like a reference something random stands instead of a name, or behind it."""
    within = _ENCLOSED.match(value)
    if within is not None and is_random(within[within.lastindex or 0]):
        return within.span(within.lastindex or 0)
    behind = _BEHIND.match(value)
    return behind.span(1) if behind is not None and is_random(behind[1]) else None


@lru_cache(maxsize=1024)
def is_random(value: str) -> bool:
    """Whether letters and digits are mixed as in no name, whatever joins its words: `db_pw_2` and `utf8` are names."""
    return is_telling(value, shortest=_SHORTEST_RANDOM) and not all(map(_may_be_name, _JOINT.split(value)))


def _may_be_name(part: str) -> bool:
    if len(part) < _SHORTEST_MIXED:
        return True
    words = words_of(part)
    letters = [word for word in words if word.isalpha()]
    if len(_DIGITS.split(part)) > 2:  # noqa: PLR2004  # one number at most
        return False
    if len(letters) < 2:  # noqa: PLR2004  # of one word nothing can be said but that
        return not is_telling(part) or not part.isalpha()
    return sum(map(len, letters)) >= _FEWEST_LETTERS * len(letters) - 1


def is_worded(path: str) -> bool:
    """Whether this is made of words, as names in code are; four letters and a digit at random are not."""
    words = words_of(path)
    letters = [word for word in words if word.isalpha()]
    numbers = len(words) - len(letters)
    return bool(letters) and numbers <= 1 and sum(map(len, letters)) >= _FEWEST_LETTERS * len(letters) - 1


def _is_mixed(value: str) -> bool:
    # Random letters change case within what would be a word.
    changes = sum(value[at].isupper() != value[at + 1].isupper() for at in range(len(value) - 1))
    return value.isalpha() and changes * 3 >= len(value)


def _is_scrambled(value: str) -> bool:
    # Sixteen letters at random, as providers make them for one application.
    if not (
        _SHORTEST_SCRAMBLED <= len(value) <= _LONGEST_TOLD and value.isascii() and (value.islower() or value.isupper())
    ):
        return False
    lower = value.lower()
    return sum(lower[at : at + 2] in _STRANGE_PAIRS for at in range(len(value) - 1)) >= _FEWEST_STRANGE
