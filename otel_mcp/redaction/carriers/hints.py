"""Where a text is worth a look for a name with its value: the hints in names, and what may stand around a name.

One of the hints is in every name that the key classifier calls sensitive. The gate asks for a name with a hint (it
tells `passport` from `pass` and `keyboard` from `api_key`) and for a notation right beside it, because a text without
any of them costs nothing more. It says yes wherever `names` finds something, and now and then where it does not.
"""

# ruff: noqa: RUF001  # signs that people write

from __future__ import annotations

from typing import Final

from otel_mcp.redaction.keys import KEY_QUALIFIERS, word_set

__all__ = ["GATE", "NEEDLES"]

_JOINT: Final = r"[ ._\-]*"
_REST: Final = r"[\w.\-]*"


def _joined(first: str, second: str) -> str:
    return rf"(?:{first}){_JOINT}(?:{second})"


_ANYWHERE: Final = word_set(
    "pwd pword pswd secret token cred cookie mnemonic kennwort losungswort contra senha haslo heslo zaporka lozinka"
    " parool geslo pasahitz wagwoord cyfrinair pasfhocal fjalekalim nenosiri lykilord slaptazodis pasvorto remotepass"
    " authtok tlspskvalue nwkskey appskey appkey devkey privkey"
    " salasana losenord adgangskode jelszo sifre jeton geheimnis wachtwoord bindpw rootpw adminpw userpw dbpw mypw"
    " private_exponent phpsessid jsessionid aspsessionid sessionid motdepasse xsrf masterauth"
    " palabra laravel logowania loginas bearer"
)
_WORDS: Final = word_set("cvv cvc csc otp pin ssn jwt psk kek dek hmac puk psw pw sas")
_PARTS: Final = {
    "netrc": "netrc",
    "dockerc": "dockerc(?:fg|onfigjson)",
    "pass": rf"pass{_JOINT}(?:w|phrase|code|key|o|e)",
    "auth": "auth(?:oriz|oris|code|key|info)",
    "key": _joined("|".join((*sorted(KEY_QUALIFIERS), "[a-z]*api", "[a-z]*api|spend|view|local|record")), "keys?")
    + rf"|key{_JOINT}(?:material|pem)",
    "code": _joined(
        "auth|auth[a-z]*ion|access|activation|backup|verification|device|recovery|security|sms|user", "codes?"
    )
    + "|"
    + _joined("login|unlock|pairing|scratch|puk|setup|disarm|door|emergency", "codes?"),
    "phrase": _joined("recovery|seed|secret|wpa|pass|unlock", "phrase"),
    "answer": _joined("security", "answer"),
    "social": _joined("social", "security"),
    "card": _joined("card", "number") + "|" + _joined("credit", "card"),
    "conn": _joined("conn|connection", "str"),
    "signature": r"x-[\w.\-]*signature|" + _joined("access|amz|hub|webhook|hmac", "signature"),
    "seed": _joined("hd|master|otp|totp|wallet", "seed") + "|" + _joined("seed", "words"),
    "assertion": _joined("client", "assertion"),
    "verifier": _joined("code", "verifier"),
    "pem": _joined("private|key", "pem"),
    "clave": _joined("clave|palabra", "clave|secreta|privada|acceso|precompartida"),
    "chave": _joined("chave", "secreta|privada|acesso"),
    "chiave": _joined("chiave", "segreta|privata") + "|" + _joined("parola", "chiave"),
    "parola": _joined("parola", "chiave|ordine|db"),
    "community": r"community[ ._\-]*string|(?:snmp|rw|ro)[ ._\-]*community",
    "pepper": _joined("devise|password|hash|auth|secret", "pepper"),
    "privkey": "privkey",
    "klucz": _joined("klucz", "prywatny") + "|" + _joined("tajny", "klucz"),
    "palavra": _joined("palavra", "passe"),
    "sleutel": _joined("geheime", "sleutel"),
    "nyckel": _joined("hemlig", "nyckel"),
    "hash": _joined("api", "hash"),
    "words": _joined("backup", "words"),
    "combination": _joined("safe", "combination"),
    "tok": _joined("api|auth|access", "tok"),
    "cle_": "cle_(?:secrete|privee)",
    "connect.sid": "connect.sid",
    "connect_sid": "connect_sid",
    "connectsid": "connectsid",
}
_ALL: Final = (*sorted(_ANYWHERE), *sorted(_WORDS), *_PARTS)
NEEDLES: Final = tuple(hint for hint in _ALL if not any(other in hint and other != hint for other in _ALL))
"""Of two hints that are always found together, one is enough."""


def _one_of(words: frozenset[str]) -> str:
    return "|".join(sorted(words))


_BOUND: Final = r"[A-Z0-9_.\-]"
_OWN: Final = _one_of(_WORDS)
_CAPITAL: Final = "|".join(f"{word.capitalize()}|{word.upper()}" for word in sorted(_WORDS))
_PART: Final = "|".join((_one_of(_ANYWHERE), *_PARTS.values()))
# Words of their own, in any of the ways in which names join words: `pass` is none in `passed`, `pin` none in `spin`.
_NAME: Final = (
    rf"(?:(?i:{_PART}){_REST}"
    rf"|(?:(?i:pass|auth)|(?:^|[^A-Za-z])(?i:{_OWN}|[th]otp|cv[vc]2)|[a-z0-9](?:{_CAPITAL}))(?i:s?)(?:{_BOUND}{_REST})?)"
)

_QUOTE = r"(?:\\*[\"'`]|&quot;|&#3[49];|[”’»])"
_OPENS = r"(?:\\*[\"'`“„«「『‘]|&(?:quot|#3[49]|apos);)"
_END = r"(?:$|[\x00\r\n\"';]|\\n)"
# The first sign of a value: a structure speaks for itself.
_VALUE = (
    r"(?:[A-Za-z_.]+(?:[^A-Za-z_.(]|$)|[^\sA-Za-z_.{\[(,)\]};&|]|[{\[(][^\s'\"{\[\\\]})]|Some\(\s|\{(?:\s|\\n)*\\*\"(?:sensitive|type|value)|=\{|\[\s*\\*[\"']"
    r"|\{\{|\((?:\s|\\n)*\\*[\"']|[\w.:\->$!]+\((?:\s*[^()\n]*(?:[,=|]\s*)?\\*[\"']|[^()\s\"']+\))"
    r"|&[#\w]|(?:\\n|\r?\n)(?:[ \t]|\\t|- )|\|[+\-0-9]*[ \t]*(?:#|\r?\n|\\n))"
)
_OPERATOR = r"(?::=|=>|-+>|→|[=!]==?|\?=|\|\|=|=|:|：|＝|<-)"
_ASSIGNED = (
    rf"(?i: (?:key|token|secret|code|password|phrase|string|number|pin|answer|hash)s?)?{_QUOTE}?(?:\\*[\"']?\])?"
    rf"(?:\[\d*\])?\**[ \t]*(?:\([^()\n\"'=]+\)[ \t]?)?{_OPERATOR}\**[ \t]*(?:=\{{)?{_VALUE}"
)
_TYPED = (
    r"[ \t?:][\w.\[\]<>|?*&': \t]*:?=[ \t]*"
    r"(?:[bBrRf@]?\\*[\"'`]|[\w.:$>\-]+(?:\(|\[|[ \t]*(?:\|\||\?\?|or[ \t]))[^\n]*\\*[\"'])"
)
_PROPERTY = r"[ \t]*\{[ \w;]+\}[ \t]*="
_TUPLE = r"\\*[\"'`]\s*,\s*(?:value\s?=\s?|new \w+\()?\\*[\"'`]"
_CALL = r"\(\s*[rbuf@$]*\\*[\"'`]"
_ELEMENT = r"(?:[ \t]+[\w:.\-]+=[^<>\n]*)?(?:>|&gt;)\s*(?:<!\[CDATA\[|<[Vv]alue>)?[^<>\s&]"
_NEIGHBOUR = r"(?:</|&lt;/)[\w:]+(?:>|&gt;)(?:\s|\\[nt])*(?:(?:<|&lt;)[\w:]+(?:>|&gt;)\s*)+[^<>\s&]"
_CELL = r"\**[\"`]?[ \t]*[|│┃][ \t]*[\"`]?[^|│┃\s\"`][^|│┃\n\x00]*(?:[|│┃\n\x00]|$)"

_SIGN = r"[^\sA-Za-z\-_./:'’,()]"
_TELLING = rf"(?:{_OPENS}|[A-Za-z\-_./:'’,()]*{_SIGN}|[A-Za-z]*[a-z][A-Z]|[a-z]+-[a-z]+-[a-z]|[A-Za-z\-]{{12}})"
_BESIDE = (
    r"[\"'*`]*[ \t]+(?:(?:named|called|value|of|number|no\.?|#|for \S+)[ \t]+)?\**"
    rf"(?:{_OPENS}[^\s]|[^\s\"`]*(?:{_SIGN}[^\s][^\s][^\s]|[^\s][^\s][^\s]{_SIGN})|[A-Za-z\-]{{12}})"
)
_VERB = (
    r"[ \t](?:is|was|are|were|be|equals|remains|should be|to|ist|war|lautet|sind|est|était|sont|es|era|foi|é|è|je|er"
    r"|jest|brzmi|será|sera|wird|wordt|היא|είναι|هي|هو|это|был|была|равен|такой|är|olarak|là|adalah|ialah|ay|--?|–|—)"
)
_ADVERB = (
    r"(?:(?:now|currently|still|simply|just|always|actually|probably|jetzt|maintenant|ahora|agora|ora|as follows)"
    r"[ \t:]+)?"
)
_SENTENCE = (
    r"[\"'”’*`]*(?:[ \t]\([^()\n]*\))?(?:[ \t][^\s,;:=]*){0,5}"
    rf"(?:{_VERB}[ \t:=]|['’]s[ \t]|[:：=]|[はが是为為은는이가])[ \t:=]*{_ADVERB}[*`]*"
)
_AFTER: Final = "|".join(
    (
        *(_ASSIGNED, _TYPED, _PROPERTY, _TUPLE, _CALL, _ELEMENT, _NEIGHBOUR, _CELL, _BESIDE),
        f"{_SENTENCE}{_TELLING}",
    )
)
# Sentences tell plain words too, as passwords.
_PASSES = (
    rf"(?i:(?:pass(?:w|phrase|code|key|o)|pwd|kennwort|losungswort|contra|senha|wachtwoord|haslo|heslo|lozinka){_REST}"
    rf"|de[ _.\-]passe|[\w.\-]pass(?:[0-9_.\-]{_REST})?){_SENTENCE}[A-Za-z]"
)

_NAMED = r"(?i:name|key|header|field|variable|id|parameter|property|type|k|label|env)\\*[\"']?\s*(?:=>?|:)\s*\\*[\"']?"
_DIRECTIVE = (
    r"(?:(?i:env|arg|set|setx|setenv|fastcgi_param|proxy_set_header|add_header|config|put|login|user|http)[ \t]+"
    r"(?:[^\s]+[ \t]+)?[\"'$]*|//[^\s]*:)"
)
_DECLARED = r"variable[ \t]+\""
_COMPARED = r"[\"'][^\"'\n]+[\"']\s?[!=]==?\s?"
_DASHED = r"(?:^|[\s\"'`\[(,=|;n\\])-"
_COARSE: Final = "|".join(NEEDLES)
_BEFORE: Final = (
    rf"(?:(?:{_NAMED}|{_COMPARED}|{_DECLARED}){_REST}(?i:{_COARSE})"
    rf"|{_DASHED}{_REST}(?i:{_COARSE}){_REST}[\\\"',]*[ \t]+[\"']?[^\s|=:\-]"
    rf"|{_DIRECTIVE}{_REST}(?i:{_COARSE}){_REST}[\"']*[ \t]+(?:[^\s|=:\-][^\s\"';]*{_END}|[^\s]*[^\sA-Za-z]))"
)
# Words of languages whose verbs are not in the tables: whatever stands behind them is looked at.
_RARE: Final = "parool|geslo|pasahitz|wagwoord|cyfrinair|pasfhocal|fjalekalim|nenosiri|lykilord|pasvorto"
_FOREIGN: Final = (
    "contrasinal|contrasenya|lozinka|heslo|haslo|adgangskode|losenord|passordet|wachtwoord|salasana|jelszo|sifre"
)
GATE: Final = (
    rf"{_NAME}(?:{_AFTER})|{_PASSES}|{_BEFORE}|(?i:{_RARE})|(?i:{_FOREIGN})(?:[ \t]+[^\s]+){{0,6}}[ \t]+[^\s]*{_SIGN}"
)
