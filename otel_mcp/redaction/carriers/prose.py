"""What people write: "the password for bob is X", "token X expired", "Kennwort lautet X"."""

# ruff: noqa: RUF001  # signs that people write

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from otel_mcp.redaction.carriers.quotes import quoted_at
from otel_mcp.redaction.carriers.telling import is_passphrase, is_pin, is_telling, is_value, tells_words
from otel_mcp.redaction.carriers.values import without_stop
from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.keys import word_set
from otel_mcp.redaction.rule import Rule

if TYPE_CHECKING:
    from otel_mcp.redaction.carriers.name import Name
    from otel_mcp.redaction.rule import Place

__all__ = ["RULES", "SPOKEN", "may_tell", "prose_value"]

_COPULA = (
    r"(?P<copula>(?:(?<=[ \t])(?:is|was|are|were|be|equals|remains|will be|should be|has been (?:set|changed|reset) to"
    r"|(?:is |was )?(?:now )?(?:set|changed|reset|updated|rotated) to|ist|war|lautet|sind|est|était|sont|es|era|foi"
    r"|é|è|je|er|jest|to jest|to|brzmi|será|sera|wird|wordt|היא|είναι|هي|هو"
    r"|это|был|была|равен|такой|är|olarak|là|adalah|ialah|ay|-{1,2}|–|—)|['’]s)(?=[ \t:=\"'`“«])"
    r"|は|が|是|为|為|은|는|이|가|:|=(?!=)|：)"
)
_SENTENCE = Expression(
    r"[\"'”’*`]{0,2}(?:[ \t]\([^()\n]{1,40}\))?(?P<between>(?:[ \t](?!is\b|was\b|are\b|to\b)[\w@'’/+.-]{0,39}[\w@'’/+-]"
    r"|[ \t][\w.+-]{1,40}@[\w.-]{1,40}|[ \t][\"'][^\s\"']{1,40}[\"']){0,5}?)"
    r"[ \t]{0,2}" + _COPULA + r"[ \t]{0,2}(?::|=)?[ \t]{0,3}"
    r"(?:(?:now|currently|still|simply|just|always|actually|probably|jetzt|maintenant|ahora|agora|ora|as follows)"
    r"[ \t:]{1,3})?"
)
_VALUE = Expression(r"[*`]{0,2}([^\s\"`“”«»\x00-\x1f\\]{1,200})")
_OPENS = Expression(r"[*]{0,2}[\"'`“„«「『‘]|[*]{0,2}&quot;")
_END = Expression(
    r"[.!,;)*]{0,3}(?:\s{0,3}\Z|\r?\n|\\n|[ ][-–—,][ ]|[ ](?:and|but|or|und|et|y|e|for|on|to|until|in|at|—|-|–|if)\b"
    r"|[.!;,][ ]|[。！，、])"
)
_SPACED = Expression(
    r"[\"'*`]{0,2}[ \t]{1,24}"
    r"(?:(?:named|called|value|of|number|no\.?|#|for (?!(?:user|account|role|login|the)\b)\S{1,30})[ \t]{1,2})?"
)
_PHRASES = word_set("phrase passphrase mnemonic words seed")
_WORDS = Expression(r"[a-z]{3,12}(?:[ ][a-z]{3,12}){3,23}(?=[.,;!)\n\"']|\Z)")
_WORDS_AT_END = Expression(r"[a-z]{4,12}(?:[ ][a-z]{4,12}){3,7}(?=[.]?(?:\s{0,3}\Z|\r?\n|\\n|\\?\"| \(| by the way))")
_BETWEEN_NOT = word_set(
    "length policy must should must manager reset field fields hash size count limit strength rule rules check"
    " required expiry expires expired age type usage types name format not never no isn't requirements attempt"
    " attempts prompt which that when if because while than minimum maximum min max entropy"
)
_GRAMMAR = word_set(
    "a an the not no never now still also only set unset required invalid incorrect wrong expired missing weak"
    " strong empty correct valid short long secret safe secure hidden protected encrypted hashed stored changed"
    " updated reset needed mandatory optional unknown disabled enabled compromised leaked visible revoked"
    " rejected accepted public private available unavailable blank stale old new same different fine ok okay"
    " good bad broken out gone lost ready being been too very so your my our their his her its this that these"
    " those here there in on at by for from with about case sensitive used unused sent shown displayed printed"
    " redacted masked removed deleted rotated generated stronger weaker longer shorter important wrong. none"
    " null true false auto random unique shared cached like what who how why where when sensitive obsolete"
    " deprecated malformed mine yours theirs ours nothing something password passwords token tokens easy hard"
    " insecure unsafe risky dangerous discouraged"
    " difficult simple complex guessable known given provided supplied entered typed erforderlich falsch"
    " ungültig abgelaufen leer korrekt nicht kein keine zu sehr requis invalide incorrect expiré incorrecta"
    " inválida incorrecto vacía obligatoria expirado errata scaduta sbagliata nieprawidłowe wymagane неверный"
    " неверен истек обязателен"
)
_ENDINGS = (
    "ed",
    "ing",
    "able",
    "ible",
    "ful",
    "less",
    "ly",
    "ive",
    "ous",
    "ent",
    "ant",
    "ary",
    "ory",
    "ty",
    "ness",
    "al",
    "tion",
)
_DIGITS_ONLY = word_set(
    "sifre sifreniz pin otp totp cvv cvv2 cvc cvc2 csc code passcode pass password passwort kennwort passwd puk"
    " tan contrasena senha"
)
_QUANTITIES = Expression(
    r"[ -]?(?:chars?|characters?|digits?|letters?|days?|hours?|minutes?|mins?|seconds?|secs?|times|bytes|bits|%|years?"
    r"|months?|weeks?|attempts?|tries|tokens?|or more|of|zeichen|caract|\.\d)",
    re.IGNORECASE,
)
_SETTING = Expression(r"\b(?:set|chang|reset|updat|rotat)\w{0,3}\b[^.\n]{0,30}\Z", re.IGNORECASE)
_SENTENCE_LENGTH = 120
_MOST_WORDS = 8
_VERBS = word_set(
    "is was are were be equals remains set changed reset updated rotated to ist war lautet sind est était sont"
    " adalah ialah ay es era foi é è je er jest brzmi это был была равен такой är olarak là será sera wird"
    " wordt היא είναι هي"
    " هو - -- – — = : Is IS"
)
_PASSIVES = word_set("será sera wird wordt היא είναι هي هو")  # a participle may follow: "wird gespeichert"
_SHORT_COPULAS = word_set("es er era e je to foi")
_FOREIGN_NAMES = word_set(
    "contrasena contrasenya senha haslo heslo passord adgangskode losenord wachtwoord passwort lozinka heslo"
)
SPOKEN = word_set(
    "parool parooli geslo gesla pasahitza pasahitz wagwoord cyfrinair pasfhocal fjalekalimi fjalekalim nenosiri"
    " lykilord parol pasvorto contrasinal contrasenya lozinka heslo haslo adgangskode adgangskoden losenord"
    " losenordet passordet wachtwoord salasana jelszo sifre"
)
"""Words for password of languages whose verbs the rules do not know: any telling word behind them is taken."""
_WORD_END = Expression(r"[^\s\x00:=]{0,40}")
_TOKEN = Expression(r"[ \t]{1,3}([^\s\x00]{1,160})")
_GROUPS = Expression(r"[a-z]{4}(?:-[a-z]{4}){3}\Z")  # a password for one application
_WORDS_ON = 7
_LONGEST_COMPOUND = 3  # words: more of them with a number among them are a passphrase
_SHORTEST_SPOKEN = 7
_PINS = word_set("pin otp code cvv cvc passcode puk tan")
_HYPHENATED = Expression(r"\d{3,4}-\d{3,4}\Z")  # `415-232`
_SHORTEST_SPACED = 8
_SHORTEST_PIN = 4
_LONG = 20
_QUOTES = "\"'*`"


def prose_value(name: Name) -> Place | None:
    """The value that a sentence tells."""
    text = name.text
    if name.word.lower() in ("pass", "bearer"):
        return None  # a verb, and what another rule knows better
    if text[name.end : name.end + 1] in ("", "(", "[", ".", "_"):
        return None
    if name.word.isascii() and len(name.words) > 1 and name.words[0] in ("get", "set", "is", "has", "new"):
        return None  # a function
    sentence = _SENTENCE.match(text, name.end) if not name.word.isascii() or may_tell(text, name.end) else None
    if (
        sentence is not None
        and (_foreign(sentence["copula"], sentence["between"], name) or sentence[0].rstrip().endswith(":"))
        and _BETWEEN_NOT.isdisjoint(sentence["between"].lower().split())
    ):
        place = _told(name, sentence.end())
        if place is not None and (sentence["copula"] not in _PASSIVES or is_telling(text[slice(*place)])):
            return place
    place = _beside(name)
    if place is None and (not name.word.isascii() or name.word.lower() in SPOKEN):
        return _in_any_language(name)
    return place


def _in_any_language(name: Name) -> Place | None:
    """The first word of the sentence that can only be a password."""
    text, at = name.text, name.end
    if not name.word.isascii() and (rest := _WORD_END.match(text, at)) is not None:
        at = rest.end()
    for _ in range(_WORDS_ON):
        token = _TOKEN.match(text, at)
        if token is None:
            return None
        at = token.end()
        word = token[1].strip("\"'`“”«»„*()[],;")
        start = token.start(1) + token[1].index(word)
        bare = without_stop(text, start, word)
        if (
            bare
            and (_GROUPS.match(bare) or (is_telling(bare, shortest=_SHORTEST_SPOKEN) and not _is_compound(bare)))
            and any(map(str.isalpha, bare))
            and is_value(bare, name.word)
        ):
            return start, start + len(bare)
        if token[1][-1] in ".!?":
            return None
    return None


def may_tell(text: str, end: int) -> bool:
    """Whether a verb or a colon stands among the next words: most sentences about passwords tell none."""
    window = text[end : end + _SENTENCE_LENGTH]
    if ":" in window or "'s " in window or "’s " in window:
        return True
    return not _VERBS.isdisjoint(window.split(None, _MOST_WORDS)[:_MOST_WORDS])


def _foreign(copula: str, between: str, name: Name) -> bool:
    # "senha e …", "Hasło to …"; in an English sentence the same word means something else.
    if copula == "=":
        return not between
    if copula == "to" and _SETTING.search(name.text, max(0, name.start - 40), name.start):
        return True
    return copula not in _SHORT_COPULAS or not name.word.isascii() or name.words[-1] in _FOREIGN_NAMES


def _told(name: Name, start: int) -> Place | None:
    text = name.text
    opens = _OPENS.match(text, start)
    if opens is not None:
        return quoted_at(text, start + (opens[0].count("*")), name.word)
    value = _VALUE.match(text, start)
    if value is None:
        return None
    bare = without_stop(text, value.start(1), value[1])
    if not bare or bare.lower() in _GRAMMAR or not is_value(bare, name.word):
        return None
    place = value.start(1), value.start(1) + len(bare)
    if bare.isdigit() or _HYPHENATED.match(bare):
        pin = len(bare) >= _SHORTEST_PIN and not _DIGITS_ONLY.isdisjoint(name.words)
        return place if pin and not _QUANTITIES.match(text, place[1]) else None
    if is_telling(bare):
        return None if _is_compound(bare) else place
    return _plainly_told(name, bare, place)


def _plainly_told(name: Name, bare: str, place: Place) -> Place | None:
    if not tells_words(name.word):
        return place if is_passphrase(bare) else None
    if name.words[-1] in _PHRASES:
        words = _WORDS.match(name.text, place[0])
        if words is not None and not any(map(_is_grammar, words[0].split())):
            return words.span()
    if is_passphrase(bare, fewest=3):
        return place
    words = _WORDS_AT_END.match(name.text, place[0])
    if words is not None and _GRAMMAR.isdisjoint(words[0].split()):
        return words.span()
    return place if bare.isalpha() and not _is_grammar(bare) and _END.match(name.text, place[1]) else None


_KEY = Expression(
    r"(?:the|your|my|our|new|this|following|old|master)[ ]key(?:[ ]for[ ][\w.-]{1,40})?(?:[ ](?:is|was))?(?:[ ]now)?"
    r"[ ]?[:=]?[ ]?[\"'`]?([A-Za-z0-9_+/=.~-]{16,256})",
    re.IGNORECASE,
)
_DIGEST = Expression(r"[0-9a-fA-F-]{16,128}\Z")


def _key(text: str, at: int) -> Place | None:
    """A key that only a pronoun and its own randomness tell from the key of a table."""
    match = _KEY.match(text, at)
    if match is None or (at and text[at - 1].isalnum()) or _DIGEST.match(match[1]) or not is_telling(match[1]):
        return None
    return match.span(1) if sum(map(str.isdigit, match[1])) > 1 else None


def _is_compound(word: str) -> bool:
    # "256-bit", "3-letter", "JSON-encoded", "2nd"
    parts = word.replace("/", "-").split("-")
    return 1 < len(parts) <= _LONGEST_COMPOUND and all(
        part.isdigit() or (part.isalpha() and part in (part.lower(), part.upper())) for part in parts
    )


def _is_grammar(word: str) -> bool:
    lower = word.lower()
    return lower in _GRAMMAR or len(lower) < _SHORTEST_PIN or (len(lower) > _SHORTEST_PIN and lower.endswith(_ENDINGS))


def _beside(name: Name) -> Place | None:
    text = name.text
    blank = _SPACED.match(text, name.end)
    if blank is None:
        return None
    if text[name.end] in _QUOTES and text[name.start - 1 : name.start] not in ("", *_QUOTES):
        return None  # the end of a quotation: `placeholder="Your password" required`
    start = blank.end()
    opens = _OPENS.match(text, start)
    if opens is not None:
        return _quoted_beside(name, start + opens[0].count("*"))
    value = _VALUE.match(text, start)
    if value is None:
        return None
    # In markup the sentence ends with its element.
    start, bare = value.start(1), value[1].partition("</")[0].rstrip(".,;!?:)*'")
    return (start, start + len(bare)) if bare and _tells_itself(name, start, bare) else None


def _tells_itself(name: Name, start: int, bare: str) -> bool:
    if bare[0] == "(" and ")" not in bare:
        return False  # of a call in a shell
    if bare.isalpha() and len(bare) < _LONG:
        return False
    if bare.isdigit():
        pin = len(bare) >= _SHORTEST_PIN and not _PINS.isdisjoint(name.words)
        return pin and not _QUANTITIES.match(name.text, start + len(bare))
    if len(bare) < _LONG and ("=" in bare or _is_compound(bare)):
        return False
    return is_telling(bare, shortest=_SHORTEST_SPACED) and is_value(bare, name.word)


def _quoted_beside(name: Name, start: int) -> Place | None:
    place = quoted_at(name.text, start, name.word)
    if place is None:
        return None
    value = name.text[place[0] : place[1]]
    passes = "pass" in name.word.lower() and value.isalnum() and not _is_grammar(value)
    told = passes or is_telling(value, shortest=6) or is_passphrase(value) or is_pin(value, name.word)
    return place if told else None


RULES = (
    Rule(
        "assignment",
        _key,
        needles=(
            "the key",
            "your key",
            "my key",
            "our key",
            "new key",
            "this key",
            "following key",
            "old key",
            "master key",
        ),
        gate=(
            r"(?i:(?:the|your|my|our|new|this|following|old|master) key)(?i: for [\w.\-]+)?(?i: (?:is|was))?(?i: now)?"
            r" ?[:=]? ?[\"'`]?[A-Za-z_+/=.~\-]*[0-9]"
        ),
        certain=False,
    ),
)
