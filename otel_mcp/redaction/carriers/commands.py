"""Command lines whose options hold a password without saying so: `curl -u`, `mysql -p…`, `sshpass -p`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from otel_mcp.redaction.carriers.references import default_at
from otel_mcp.redaction.carriers.telling import is_random, is_telling, is_value
from otel_mcp.redaction.carriers.values import without_stop
from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.keys import word_set
from otel_mcp.redaction.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from otel_mcp.redaction.rule import Place

__all__ = ["RULES"]

_BEFORE = 400
_BEFORE_OPTION = 240
_CONTINUED = Expression(r"\\{1,2}(?:\r?\n|n(?=[ \t]))")
_BLANKS = str.maketrans(dict.fromkeys("/\\\"'`$(),=:[]{}", " "))
_QUOTABLE = r"(?:\\{0,3}\"([^\"\n\\]{1,256})|\\{0,3}'([^'\n\\]{1,256})|([^\s\"'\\`;|&)]{1,256}))"
_MARK = r"(?:\\{0,3}[\"'])?"
_LOGIN = rf"{_MARK}[^\s:\"'\\]{{0,128}}{_MARK}:{_MARK}(?:([^\"'\n\s\\]{{1,256}})()())"
_KEY_AS_USER = rf"{_MARK}([^\s:\"'\\]{{8,256}}):{_MARK}(?=\s|\Z)()()"


class _Option(NamedTuple):
    """An option of some programs: what follows it is the secret, in one of three groups (quoted twice, bare)."""

    programs: frozenset[str]
    pattern: Expression
    telling: bool = False


def _option(programs: str, expression: str, *, telling: bool = False) -> _Option:
    return _Option(word_set(programs), Expression(expression), telling)


_WEB = "curl wget http https httpie xh ab siege wrk hey jf jfrog lftp aria2c nexus sonar-scanner gradle k6 curlie"
_OPTIONS = {
    " -u": (
        _option(_WEB, r" -u[ =]{0,3}" + _LOGIN),
        _option(_WEB, r" -u[ =]{0,3}" + _KEY_AS_USER, telling=True),
        _option(
            "smbclient rpcclient smbmap smbget net mount.cifs pth-winexe winexe",
            r" -U[ =]?[\"']?[^\s%\"']{1,128}%([^\s\"']{1,256})()()",
        ),
        _option("lftp ncftp", r" -u ?[\"']?[^\s,\"']{1,128},([^\s\"']{1,256})()()"),
        _option("crackmapexec nxc evil-winrm impacket", r" -u[ =]" + _LOGIN),
    ),
    " --user": (
        _option(_WEB, r" --user[ =]{1,3}" + _LOGIN),
        _option(_WEB, r" --user[ =]{1,3}" + _KEY_AS_USER, telling=True),
    ),
    " --proxy-user": (_option(_WEB, r" --proxy-user[ =]" + _LOGIN),),
    " --auth": (_option(_WEB, r" --auth[ =]" + _LOGIN),),
    " --creds": (_option("nats curl oc", r" --creds[ =]" + _LOGIN),),
    " -a": (
        _option("redis-cli redis-benchmark keydb-cli valkey-cli", r" -a[ =]?" + _QUOTABLE),
        _option("http https httpie xh ab siege", r" -[aA][ =]" + _LOGIN),
        _option("snmpwalk snmpget snmpset", r" -A " + _QUOTABLE),
    ),
    " -x": (_option("snmpwalk snmpget snmpset snmpbulkwalk", r" -X " + _QUOTABLE),),
    " -c": (_option("snmpwalk snmpget snmpset snmpbulkwalk", r" -c " + _QUOTABLE),),
    " -w": (
        _option(
            "ldapsearch ldapmodify ldapadd ldapdelete ldapwhoami ldappasswd ldapcompare ldapmodrdn",
            r" -w[ =]?(?!-)" + _QUOTABLE,
        ),
    ),
    " -s": (_option("ldappasswd", r" -s " + _QUOTABLE), _option("psexec", r" -s " + _QUOTABLE)),
    " -n": (_option("ssh-keygen", r" -N ?" + _QUOTABLE),),
    " -k": (_option("openssl", r" -k " + _QUOTABLE),),
    " -p": (
        _option(
            "mysql mysqldump mysqladmin mysqlimport mysqlshow mysqlcheck mysqlsh mariadb mariadb-dump mycli 7z"
            " 7za 7zr unrar rar sshpass xtrabackup innobackupex",
            r" -p(?![\s-])" + _QUOTABLE,
        ),
        _option(
            "mongosh mongo mongodump mongorestore mongoexport mongoimport sshpass podman buildah skopeo nerdctl"
            " oras az cqlsh arangosh rabbitmqadmin evil-winrm crackmapexec nxc psexec xfreerdp cf ibmcloud"
            " hcloud influx vsql expect pscp plink ipcs winexe smbmap kadmin clickhouse nordvpn bitwarden doctl"
            " openvpn twine altool notarytool cypher-shell security radclient xcrun",
            r" -p[ =](?!-)" + _QUOTABLE,
        ),
        _option("login", r" -p[ =](?!-)" + _QUOTABLE),
        _option(
            "zip unzip zipcloak mosquitto_pub mosquitto_sub sqlcmd bcp isql tsql ipmitool plink vmrun fwupd",
            r" -P[ =]?(?!-)" + _QUOTABLE,
        ),
    ),
    " -pw": (_option("plink pscp psftp putty winscp", r" -pw[ =]" + _QUOTABLE),),
    " -r": (_option("plink", r" -r " + _QUOTABLE),),
}


def _words_before(text: str, at: int) -> set[str]:
    # Of this command, not of the one before it; it may go over lines.
    before = _CONTINUED.sub("  ", text[max(0, at - _BEFORE_OPTION) : at])
    start = max(before.rfind("|"), before.rfind(";"), before.rfind("\n"), before.rfind("&&"), before.rfind("\\n")) + 1
    return set(before[start:].lower().translate(_BLANKS).split())


def _of_program(text: str, at: int) -> Place | None:
    dashes = 2 if text.startswith("--", at + 1) else 1
    words: set[str] | None = None
    for option in _BY_LETTER[text[at + 1 + dashes].lower()]:
        match = option.pattern.match(text, at)
        if match is None:
            continue
        words = _words_before(text, at) if words is None else words
        if not option.programs.isdisjoint(words) and (not option.telling or is_telling(match[1])):
            return _filled(match)
    return None


def _by_letter() -> dict[str, tuple[_Option, ...]]:
    letters: dict[str, tuple[_Option, ...]] = {}
    for needle, options in _OPTIONS.items():
        letter = needle.strip(" -")[0]
        letters[letter] = (*letters.get(letter, ()), *options)
    return letters


_BY_LETTER = _by_letter()
_PROGRAMS = "|".join(
    sorted(
        {
            program.replace(".", r"\.")
            for options in _OPTIONS.values()
            for option in options
            for program in option.programs
        }
    )
)
_OPTION_GATE = (
    rf"\b(?i:{_PROGRAMS})\b(?:[^\n;|]|\\\r?\n)* (?:-[uaxwscnkpUAXWSCNKPR]w?|--user|--proxy-user|--auth|--creds)"
    r"[ =]*[^\s\-]"
)


def _filled(match: re.Match[str]) -> Place | None:
    group = next((number for number in (1, 2, 3) if match[number]), 0)
    if not group:
        return None
    written = default_at(match.string, match.start(group), "password")
    if written is not None:
        return written
    value = match[group]
    if not is_value(value, "password") or value[0] == "/" or (value[0] == "$" and not is_random(value[1:])):
        return None
    return match.span(group)


# Here the command itself is the needle, so one expression tells where the secret stands.
_COMMANDS = {
    "htpasswd ": r"htpasswd(?: -[A-Za-z]{1,8}(?: \d{1,2}(?= ))?){1,4} (?:(?!-)\S{1,200} )?(?!-)\S{1,100} " + _QUOTABLE,
    "net use ": r"net use (?:\S{1,3}: )?\S{1,200} (?:/user:\S{1,100} )?(?!/)" + _QUOTABLE,
    "net user ": r"net user (?!/)\S{1,100} (?!/)" + _QUOTABLE + r" /add",
    "vault login ": r"vault login (?:-[\w=-]{1,60} ){0,4}(?:token=)?(?![-\w]{1,20}=|-)" + _QUOTABLE,
    "configure set ": r"configure set (?:[\w.-]{1,60}\.)?(?:aws_)?(?:secret_access_key|session_token|access_key_id) "
    + _QUOTABLE,
    "wpa_passphrase ": r"wpa_passphrase (?:\"[^\"\n]{1,64}\"|'[^'\n]{1,64}'|\S{1,64}) " + _QUOTABLE,
    "add_user ": r"add_user \S{1,100} " + _QUOTABLE,
    "change_password ": r"change_password \S{1,100} " + _QUOTABLE,
    "alias set ": r"alias set \S{1,60} https?://\S{1,200} \S{1,128} " + _QUOTABLE,
    "sqlplus ": r"sqlplus (?:-\w{1,8} ){0,3}[\w$#]{1,64}/()()([^\s@\"']{1,128})(?=@|\s|\Z)",
    "secret set ": r"secret set (?:[\w-]{1,80}=|[\w-]{1,80} (?:-b|--body)[ =])" + _QUOTABLE,
    "secrets set ": r"secrets set (?:[\w-]{1,80}=|[\w-]{1,80} (?:--value|--data)[ =])" + _QUOTABLE,
    "config:set ": r"config:set (?:[\w-]{1,80}=)" + _QUOTABLE,
    "securestring ": r"securestring (?:-string )?\\{0,3}[\"']([^\"'\n\\]{1,256})()()",
    "securestring(": r"securestring\(\s{0,4}\\{0,3}[\"']([^\"'\n\\]{1,256})()()",
    "user-secrets set ": r"user-secrets set (?:\\{0,3}\"[^\"\n]{1,120}\\{0,3}\"|\S{1,120}) " + _QUOTABLE,
    "config http-basic.": r"config http-basic\.[\w.-]{1,60} \S{1,100} " + _QUOTABLE,
    "bundle config ": r"bundle config (?:set )?(?:--\w{1,12} ){0,2}[\w./:-]{1,120} [\w.-]{1,60}:()()([^\s\"']{4,200})",
    "unlock-keychain ": r"unlock-keychain -p " + _QUOTABLE,
    "-password -": r"-password -[^\n]{0,160}? -w " + _QUOTABLE,
    "+login ": r"\+login (?!anonymous)\S{1,80} " + _QUOTABLE,
    "radtest ": r"radtest \S{1,80} " + _QUOTABLE,
    "nuget push ": r"nuget push [^\n]{0,200}? (?:-k|--api-key|-ApiKey) " + _QUOTABLE,
    " -passwd /": r" -passwd /\S{1,80} (?:\S{1,100} (?=\S{1,100}(?:\s|\Z)))?" + _QUOTABLE,
    "hex.organization auth ": r"hex\.organization auth \S{1,80} --key " + _QUOTABLE,
    "signtool ": r"signtool [^\n]{0,200}? /p " + _QUOTABLE,
    "schtasks ": r"schtasks [^\n]{0,200}? /(?:rp|p) " + _QUOTABLE,
    " /p:": r" /p:" + _QUOTABLE,
    " pass:": r" pass:()()([^\s\"'\\]{1,256})",
    "assword:": r"assword:?[^\n]{0,40}(?:\n|;|\\n|\{)\s{0,12}send(?: --)? \\{0,3}[\"']([^\"'\n\\]{1,128})()()",
}
_GATES = {
    "assword:": r"(?i)assword:?[^\n]*(?:\n|;|\\n|\{)\s*send ",
    " pass:": r"(?i) pass:[^\s\"'\\]",
}
_SECRET_NAMES = ("config:set ", "secret set ", "secrets set ")

# `echo X | docker login --password-stdin`: the secret comes before the needle.
_ECHO = r"(?:echo|printf|print)(?: -\w{1,4})?(?: \\{0,3}[\"']%s(?:\\n)?\\{0,3}[\"'])? (?:\\{0,3}[\"'])?"
_PIPE = r"([^\s\"'|\\]{1,1024})(?:\\{0,3}[\"'])?\s{0,3}\|[^|\n]{0,160}\Z"
_PIPED = Expression(_ECHO + _PIPE)
_PIPED_LOGIN = Expression(_ECHO + r"[\w.-]{1,64}:" + _PIPE)


_PIPED_INTO = (
    *("--password-stdin", "sudo -s", "chpasswd", "--passphrase-fd", "--with-token", "kinit", "cryptsetup"),
    *("--stdin", "ecryptfs", "vncpasswd", "smbpasswd -s", "htpasswd -i", "| passwd"),
)


def _piped(text: str, at: int) -> Place | None:
    start = max(0, at - _BEFORE)
    echo = max(text.rfind("echo", start, at), text.rfind("print", start, at))
    if echo < 0:
        return None
    pattern = _PIPED_LOGIN if text.startswith("chpasswd", at) else _PIPED
    match = pattern.match(text, echo, at)
    if match is None or match[1].startswith("$") or not is_value(match[1], "password"):
        return None
    return match.span(1)


_LOGIN_WITH = Expression(
    r"(?:log(?:ged)?[ -]?in|sign(?:ed)?[ -]?in|authenticate[ds]?|connect(?:ed)?|login|log on|credentials|creds|account)"
    r"(?:[ ](?:to|at|on|for|in|into)(?:[ ](?:the|our|my|your))?[ ][\w./:-]{1,60}(?:[ ][\w-]{1,20}:)?)?"
    r"[ ]?(?:with|as|using|via|is|are|:|=|->)?[ ]{1,2}[\"'`(]?"
    r"([\w.@+-]{2,64})[ ]?[/:][ ]?([^\s\"'`),;<>]{4,128})",
    re.IGNORECASE,
)

_LOGINS = (
    *("log in", "login", "logged in", "log-in", "sign in", "signed in", "authenticate", "creds", "credentials"),
    "connect",
)


def _login_with(text: str, at: int) -> Place | None:
    match = _LOGIN_WITH.match(text, at)
    if match is None or (at and text[at - 1].isalnum()):
        return None
    user, password = match[1], without_stop(text, match.start(2), match[2])
    if user.lower() in ("http", "https", "and", "or", "ssh", "tcp", "id", "user", "port", "at") or user.isdigit():
        return None
    if "/" in password or not is_value(password, "password") or not is_telling(password, shortest=6):
        return None
    return match.start(2), match.start(2) + len(password)


def _command(expression: str, needle: str) -> Callable[[str, int], Place | None]:
    pattern = Expression(expression, re.IGNORECASE)

    def find(text: str, at: int) -> Place | None:
        match = pattern.match(text, at)
        if match is None:
            return None
        if needle in _SECRET_NAMES and not is_telling(next(filter(None, match.groups()), "")):
            return None
        return _filled(match)

    return find


# `BasicAuth("ann", "…")`: the second of two strings, where the call says that it logs in.
_CALL = Expression(
    r"(?:auth|credentials?|getconnection|connect|login|sign_?in|authenticate)(?:=|:\s?)?[(\[]\s{0,4}"
    r"(?:[\w.]{1,40},\s{0,4}|\\{0,3}[\"'][\w.:/-]{1,100}\\{0,3}[\"'],\s{0,4})?(\\{0,3}[\"'])[\w.@+-]{1,80}\1,\s{0,4}\1"
    r"([^\"'\n\\]{4,256})\1",
    re.IGNORECASE,
)
_CALLS = (
    *("auth(", "auth=(", "auth=[", "auth: [", "auth:[", "credential(", "credentials(", "getconnection(", "connect("),
    *("login(", "signin(", "sign_in(", "authenticate("),
)


def _call(text: str, at: int) -> Place | None:
    match = _CALL.match(text, at)
    if match is None or not is_telling(match[2], shortest=6) or not is_value(match[2], "password"):
        return None
    return match.span(2)


RULES = (
    Rule(
        "command-line",
        _call,
        needles=_CALLS,
        gate=(
            r"(?i:auth|credentials?|getconnection|connect|login|sign_?in|authenticate)(?:=|:\s?)?[(\[]\s*"
            r"(?:[\w.]+,\s*|\\*[\"'][^\"'\n]+[\"'],\s*)?\\*[\"'][^\"'\n]+[\"'],\s*\\*[\"']"
        ),
        certain=False,
    ),
    Rule("command-line", _of_program, needles=tuple(_OPTIONS), gate=_OPTION_GATE, certain=False),
    *(
        Rule("command-line", _command(expression, needle), (needle,), gate=_GATES.get(needle), certain=False)
        for needle, expression in _COMMANDS.items()
    ),
    Rule(
        "command-line",
        _piped,
        needles=_PIPED_INTO,
        certain=False,
    ),
    Rule(
        "login",
        _login_with,
        needles=_LOGINS,
        gate=(
            r"(?i)(?:log(?:ged)?[ \-]?in|sign(?:ed)?[ \-]?in|authenticate[ds]?|connect(?:ed)?|log on|credentials|creds"
            r"|account)(?: (?:to|at|on|for|in|into)(?: [\w./:\-]+){1,3})?"
            r" ?(?:with|as|using|via|is|are|:|=|->)? +[\"'`(]?"
            r"[\w.@+\-]+ ?[/:] ?[^\s\"'`),;<>]"
        ),
        certain=False,
    ),
)
