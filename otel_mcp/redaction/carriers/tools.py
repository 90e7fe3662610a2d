"""Secrets at their place in what particular tools print and store: routers, vaults, databases, runners of jobs."""

# ruff: noqa: E501  # one expression a line

from __future__ import annotations

from typing import TYPE_CHECKING

from otel_mcp.redaction.carriers.protocols import LINE, anything, is_named, is_password, rule, tells_itself
from otel_mcp.redaction.carriers.telling import is_telling, is_value
from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.rule import Rule

if TYPE_CHECKING:
    import re

    from otel_mcp.redaction.rule import Place

__all__ = ["RULES"]

_UUID = r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
_WORD = r"[^\s\"'\\]{4,200}"
_Q = r"\\{0,3}[\"']"
# What prints a secret and nothing else: the next line is the secret.
_REVEALING = (
    *("secrets versions access", "pass show ", "op read ", "--reveal", "kv get -field", "find-generic-password"),
    *("lpass show", "--query secretstring", "bw get password", "base64 -d", "base64 --decode", "keyring get "),
    *("secret-tool lookup", "gopass show", "get-secret-value", "chezmoi secret", "print-access-token", "auth token"),
)


def _is_revealed(match: re.Match[str]) -> bool:
    return tells_itself(match) and not match["secret"].startswith(("{", "[", "Error", "error", "/", "-----"))


def _is_no_path(match: re.Match[str]) -> bool:
    return tells_itself(match) and "/" not in match["secret"]


def _is_secure(match: re.Match[str]) -> bool:
    return is_password(match) if "securestring" in match[0].lower() else is_named(match)


_LINE_OF_TWO = Expression(rf"\"([^\"\s\\]{{6,200}})\"(?=[ \t]{{0,4}}(?:{LINE}|\Z))")
_FIRST_OF_TWO = Expression(r"(?:\A|\n|\\n)\"[\w.-]{1,64}\Z")
_WORD_BEFORE = Expression(r"(?<![^\s])[\"'`]?([^\s\"'`\\]{6,100})[\"'`]?\Z")
_BEFORE = 120
_SAID_AFTER = tuple(
    f" as {whose} {what}"
    for whose in ("the", "your", "a", "my", "our", "its")
    for what in ("password", "passphrase", "passcode", "new password", "temporary password", "initial password")
)


def _second_of_line(text: str, at: int) -> Place | None:
    """`"app" "password"`, alone on a line: the list of users of PgBouncer."""
    second = _LINE_OF_TWO.match(text, at + 2)
    if second is None or _FIRST_OF_TWO.search(text[max(0, at - 70) : at]) is None:
        return None
    return second.span(1) if is_value(second[1], "password") and is_telling(second[1], shortest=6) else None


def _said_before(text: str, at: int) -> Place | None:
    """`enter … as the password`: the secret comes first."""
    begin = max(0, at - _BEFORE)
    word = _WORD_BEFORE.search(text[begin:at])
    if word is None or not is_telling(word[1], shortest=6) or not is_value(word[1], "password"):
        return None
    return begin + word.start(1), begin + word.end(1)


_ANNOUNCED = Expression(r"(?i)(?:key|token|secret|pass(?:word|phrase|code)|credential|pin|\bpat)\w{0,16}[^.\n]{0,80}\Z")
_NEW_ONE = Expression(r"(?i)new (?:one|value) is(?: now)?:? [\"'`]?([^\s\"'`\\,;]{4,512})")


def _new_one(text: str, at: int) -> Place | None:
    """`we have rotated the key; the new one is …`."""
    value = _NEW_ONE.match(text, at)
    if value is None or _ANNOUNCED.search(text[max(0, at - _BEFORE) : at]) is None:
        return None
    secret = value[1].rstrip(".!?)")
    return (value.start(1), value.start(1) + len(secret)) if is_telling(secret, shortest=6) else None


def _is_no_address(match: re.Match[str]) -> bool:
    return is_password(match) and "://" not in match["secret"]


def _is_handed_over(match: re.Match[str]) -> bool:
    # Not `admin / user2` of a list of roles: a sign, and letters with a digit or in both cases.
    secret = match["secret"].rstrip(".,;)")
    signs = any(not sign.isalnum() for sign in secret[1:]) or (
        any(map(str.isupper, secret)) and any(map(str.islower, secret))
    )
    return tells_itself(match) and signs and "/" not in secret and any(map(str.isdigit, secret))


RULES = (
    rule(
        "seed-phrase",
        rf"(?i)(?:hdwalletprovider|frommnemonic|words down|these words|seed words|recovery words|wallet restore|restore)[^\n\\]{{0,80}}?(?:[\"'( :]|{LINE}){{1,4}}"
        r"(?-i:(?P<secret>(?:[a-z]{3,8} ){11,23}[a-z]{3,8}))(?![a-z ])",
        *(
            "hdwalletprovider(",
            "frommnemonic(",
            "words down",
            "these words",
            "seed words",
            "recovery words",
            "restore ",
        ),
        is_right=anything,
    ),
    rule(
        "stream-key",
        r"(?i)rtmps?://[^\s/\"']{1,100}/[\w-]{1,40}/(?P<secret>[A-Za-z0-9_-]{16,128})",
        *("rtmp://", "rtmps://"),
        is_right=anything,
    ),
    rule(
        "assignment",
        r"(?i)\"username\\{0,3}\"\s?:\s?\\{0,3}\"[^\"\n\\]{1,80}\\{0,3}\",\s{0,8}\\{0,3}\"key\\{0,3}\"\s?:\s?\\{0,3}\"(?P<secret>[0-9a-f]{32,64})",
        '"username"',
        '"username\\"',
        is_right=anything,
    ),
    rule("url-credentials", r"/t/(?P<secret>[A-Za-z0-9-]{20,80})/", "/t/", is_right=tells_itself),
    rule(
        "private-key",
        r"ADD_ONION (?:ED25519-V3|RSA1024):(?P<secret>[A-Za-z0-9+/=]{40,1400})",
        "add_onion ",
        is_right=anything,
    ),
    rule("private-key", r"-\d:(?P<secret>[A-Za-z0-9+/]{86}==)", "-1:", "-2:", is_right=anything),
    rule(
        "assignment",
        rf"(?i)getitem\({_Q}(?P<name>[\w.-]{{1,64}}){_Q}\);?{LINE}<?[ ]?{_Q}(?P<secret>[^\"'\\\n]{{1,512}})",
        "getitem(",
        is_right=is_named,
    ),
    rule(
        "assignment",
        r"(?i)type=\\{0,3}\"password\\{0,3}\"[^<>\n]{0,120}? value=\\{0,3}\"(?P<secret>[^\"\\\n]{1,200})",
        *('type="password"', 'type=\\"password\\"'),
    ),
    rule(
        "assignment",
        r"(?i)\n[ \t]{0,8}pass(?:word)? \"?(?P<secret>[^\s\"\\]{4,200})\"?[ \t]{0,4}(?=\n|\Z)",
        *("\npass ", "\npassword "),
        is_right=_is_no_path,
    ),
    rule(
        "assignment",
        rf"(?i)bundle_\w{{1,100}}: {_Q}?[\w.-]{{1,60}}:(?P<secret>[^\s\"'\\]{{4,200}})",
        "bundle_",
        is_right=tells_itself,
    ),
    Rule("assignment", _new_one, needles=("new one is", "new value is"), certain=False),
    rule("command-output", rf"::add-mask::(?P<secret>{_WORD})", "::add-mask::"),
    rule(
        "command-output",
        rf"(?i)(?:{'|'.join(word.strip() for word in _REVEALING)})[^\n\\]{{0,200}}{LINE}[\"']?(?P<secret>[^\s\"'\\]{{6,512}})"
        rf"(?=[\"']?[ \t]{{0,4}}(?:{LINE}|\Z|[\"']))",
        *_REVEALING,
        is_right=_is_revealed,
    ),
    rule(
        "network-key",
        rf"(?i)crypto isakmp key (?:[06] )?(?P<secret>{_WORD}) (?:address|hostname)",
        "crypto isakmp key ",
    ),
    rule(
        "network-key",
        rf"(?i)(?:tacacs|radius)[^\n\\]{{0,120}}(?:{LINE}[^\n\\]{{0,120}}){{0,4}}?[ \t](?:server-)?key (?:[0-9] )?\"?(?P<secret>{_WORD})",
        *("tacacs", "radius"),
        gate=r"(?i:tacacs|radius)(?:[^\n]*\n)?(?:[^\n]*\n)?(?:[^\n]*\n)?(?:[^\n]*\n)?[^\n]*[ \t](?:server-)?(?i:key) [^\s]",
        is_right=tells_itself,
    ),
    rule("network-key", rf"(?i)wpa-psk (?:ascii|hex) (?:[0-9] )?(?P<secret>{_WORD})", "wpa-psk "),
    rule(
        "network-key",
        rf"(?i)pre-shared-key (?:ascii-text |local |remote |hexadecimal )?(?:[0-9] )?{_Q}?(?P<secret>{_WORD})",
        "pre-shared-key ",
    ),
    rule(
        "network-key",
        rf"(?i)(?:secret|passwd|password|key|passphrase) ENC (?P<secret>{_WORD})",
        *(f"{word} enc " for word in ("secret", "passwd", "password", "key", "passphrase")),
        is_right=anything,
    ),
    rule(
        "network-key",
        rf"(?i) auth (?:md5|sha[\d-]{{0,5}}) (?P<secret>{_WORD})",
        " auth md5 ",
        " auth sha",
        is_right=tells_itself,
    ),
    rule(
        "network-key",
        rf"(?i) priv (?:des|3des|aes(?:[ -]?\d{{3}})?) (?P<secret>{_WORD})",
        " priv des ",
        " priv 3des ",
        " priv aes",
        is_right=tells_itself,
    ),
    rule("network-key", rf"(?i)snmp-server community (?P<secret>{_WORD})", "snmp-server community "),
    rule(
        "network-key",
        rf"(?i)[ ]?(?:irreversible-)?(?:cipher|simple) (?!TLS|SSL|AES|ECDHE|DHE|CHACHA|RSA|DES|GCM)(?P<secret>{_WORD})",
        "irreversible-cipher ",
        " cipher ",
        " simple ",
        is_right=tells_itself,
    ),
    rule(
        "network-key",
        rf"(?i)set (?:passwd|password|psksecret|secret|auth-pwd|priv-pwd) (?!ENC )\"?(?P<secret>{_WORD})",
        "set passwd ",
        "set password ",
        "set psksecret ",
        "set secret ",
        "set auth-pwd ",
        "set priv-pwd ",
        is_right=tells_itself,
    ),
    rule(
        "wifi",
        rf"(?i)option (?:key|password|psk|sae_password)[ \t]{{1,8}}{_Q}?(?P<secret>{_WORD})",
        "option key",
        "option password",
        "option psk",
        "option sae_password",
        is_right=tells_itself,
    ),
    rule("wifi", rf"(?i)wireless\.[\w@\[\].-]{{1,40}}\.key={_Q}?(?P<secret>{_WORD})", "wireless."),
    rule(
        "wifi", rf"(?i)wifi\.begin\(\s{{0,4}}[^,\n]{{1,80}},\s{{0,4}}{_Q}(?P<secret>[^\"\n\\]{{4,100}})", "wifi.begin("
    ),
    rule("device-key", rf"(?i)blynk\.begin\(\s{{0,4}}{_Q}(?P<secret>[A-Za-z0-9_-]{{20,64}})", "blynk.begin("),
    rule(
        "device-key",
        rf"encryption:\s{{1,8}}(?:\\n)?\s{{0,8}}key: {_Q}?(?P<secret>[A-Za-z0-9+/]{{40,48}}={{0,2}})",
        "encryption:",
        is_right=anything,
    ),
    rule(
        "command-line",
        rf"(?i)(?:plainauth|basic_auth|basicauth|credentials\.basic|passwordauthentication|networkcredential|setbasicauth|usernamepasswordcredentials)\(\s{{0,8}}(?:{_Q}{_Q},\s{{0,8}})?"
        rf"(?:{_Q}[^\"'\n]{{1,100}}{_Q}|[\w.]{{1,40}}),\s{{0,8}}(?:Some\()?{_Q}(?P<secret>[^\"'\n\\]{{1,200}})",
        *(
            "plainauth(",
            "basic_auth(",
            "basicauth(",
            "credentials.basic(",
            "passwordauthentication(",
            "networkcredential(",
        ),
        *("usernamepasswordcredentials(",),
    ),
    rule(
        "command-line",
        rf"(?i)(?:btoa|b64encode|base64\.encode|encodebase64)\(\s{{0,4}}b?{_Q}?[\"'`][\w.@+-]{{1,60}}:(?P<secret>[^\"'`\n\\]{{4,200}})",
        "btoa(",
        "b64encode(",
        "base64.encode(",
        is_right=tells_itself,
    ),
    rule(
        "command-line",
        rf"(?i)curlopt_(?:proxy)?userpwd,?\s?(?:=>)?\s?{_Q}[\w.@+-]{{1,60}}:(?P<secret>[^\"'\n\\]{{1,200}})",
        "curlopt_userpwd",
        "curlopt_proxyuserpwd",
    ),
    rule(
        "command-line",
        rf"Credentials\((?:\s{{0,8}}{_Q}[^\"'\n]{{1,100}}{_Q},){{3}}\s{{0,8}}{_Q}(?P<secret>[^\"'\n\\]{{1,200}})",
        "credentials(",
    ),
    rule(
        "sql-password",
        rf"(?i)attach (?:database )?{_Q}[^\"'\n]{{1,200}}{_Q} as \w{{1,40}} key {_Q}(?P<secret>[^\"'\n\\]{{1,200}})",
        "attach ",
    ),
    rule("login", r"password\nV \d{1,4}\n(?P<secret>[^\n]{1,200})", "password\nv "),
    rule(
        "private-key",
        rf"accounts: ?\[\s{{0,12}}{_Q}(?P<secret>(?:0x)?[0-9a-fA-F]{{64}}){_Q}",
        "accounts:",
        is_right=anything,
    ),
    rule("private-key", r"descriptor:x25519:(?P<secret>[A-Z2-7]{52})", "descriptor:x25519:", is_right=anything),
    rule(
        "one-time-code",
        r"(?i)(?:验证码|驗證碼|校验码|인증번호|認証コード|確認コード|doğrulama kodu\w{0,3}|onay kodu\w{0,3}|код подтверждения|mã xác nhận|mã otp|code de vérification|código de verificación|código de verificação|bestätigungscode|kode verifikasi|kode otp)[^\d\n]{0,24}(?P<secret>\d{4,8})(?!\d)",
        *(
            "验证码",
            "驗證碼",
            "校验码",
            "인증번호",
            "認証コード",
            "確認コード",
            "doğrulama kodu",
            "onay kodu",
            "код подтверждения",
            "mã xác nhận",
        ),
        *("mã otp", "code de vérification", "código de verifica", "bestätigungscode", "kode verifikasi", "kode otp"),
        is_right=anything,
    ),
    rule(
        "vault-token",
        rf"(?i)secret[ _-]?id{_Q}?[ \t]{{0,24}}[:=]?[ \t]{{0,24}}{_Q}?(?P<secret>{_UUID})",
        *("secretid", "secret_id", "secret-id", "secret id"),
        is_right=anything,
    ),
    rule(
        "command-output",
        rf"(?i)password[^\n\\]{{0,120}}{LINE}New value: (?P<secret>{_WORD})",
        "password",
        gate=r"\bNew value: ",
    ),
    rule(
        "sql-password", rf"(?i)pragma (?:re)?key ?= ?{_Q}(?P<secret>[^\"'\\\n]{{4,200}})", "pragma key", "pragma rekey"
    ),
    rule(
        "sql-password",
        rf"(?i)set \w{{0,20}}val(?:ue)? ?= ?N?{_Q}(?P<secret>[^\"'\\\n]{{1,1024}}){_Q} where \w{{1,30}} ?= ?N?{_Q}(?P<name>[\w./-]{{1,80}}){_Q}",
        *("set value", "set val ", "set config_value", "set setting_value", "set option_value", "set meta_value"),
        is_right=is_named,
    ),
    rule(
        "sql-password",
        rf"(?i)\(N?{_Q}(?P<name>[\w./-]{{1,80}}){_Q}, ?N?{_Q}(?P<secret>[^\"'\\\n]{{1,1024}}){_Q}\)",
        *("('", '("', "(n'"),
        gate=r"(?i)\(N?\\*[\"'][\w./\-]*(?:pass|secret|token|key|cred|pwd|pin)[\w./\-]*\\*[\"'], ?N?\\*[\"'][^\"'\n]+[\"']\)",
        is_right=is_named,
    ),
    rule(
        "sql-password",
        rf"(?i)@(?P<name>\w{{1,64}}) (?:as )?n?(?:var)?char ?\([^)\n]{{1,8}}\) ?= ?N?{_Q}(?P<secret>[^\"'\\\n]{{1,1024}})",
        "@",
        gate=r"(?i)@\w+ (?:as )?n?(?:var)?char ?\(\w+\) ?= ?N?\\*[\"']",
        is_right=is_named,
    ),
    rule(
        "command-line",
        rf"(?i)(?:__construct|connect|pdo|getconnection|mysqli(?:_connect)?|ldap_bind|ftp_login|imap_open|ssh2_auth_password)\(\s{{0,8}}"
        rf"(?:{_Q}[^\"'\n]{{2,200}}{_Q}|\$\w{{1,30}}),\s{{0,8}}{_Q}[^\"'\n]{{1,100}}{_Q},\s{{0,8}}{_Q}(?P<secret>[^\"'\n\\]{{1,200}})",
        *(
            "connect(",
            "pdo(",
            "getconnection(",
            "__construct(",
            "mysqli(",
            "mysqli_connect(",
            "ldap_bind(",
            "ftp_login(",
            "imap_open(",
        ),
        is_right=_is_no_address,
        gate=r"(?i)(?:__construct|connect|pdo|getconnection|mysqli|mysqli_connect|ldap_bind|ftp_login|imap_open)\(\s*(?:\\*[\"'][^\"'\n]+[\"']|\$\w+),\s*\\*[\"'][^\"'\n]+[\"'],\s*\\*[\"']",
    ),
    rule(
        "assignment",
        r"<Key>(?P<name>[^<\n]{1,60})</Key>(?:\s|\\[nt]){0,12}<Value[^>\n]{0,60}>(?P<secret>[^<\n]{1,512})",
        "<key>",
        gate=r"<Key>[^<\n]+</Key>(?:\s|\\[nt])*<Value",
        is_right=is_named,
    ),
    rule(
        "assignment",
        rf"(?i)(?:parameter|option)(?:key|name){_Q}?\s?[:=]\s?{_Q}?(?P<name>[\w.-]{{1,80}}){_Q}?,\s?{_Q}?(?:parameter|option)?value{_Q}?\s?[:=]\s?{_Q}?(?P<secret>[^\s\"'\\,]{{1,512}})",
        *("parameterkey", "optionname"),
        is_right=is_named,
    ),
    rule(
        "assignment",
        rf"(?i)put-parameter [^\n]{{0,160}}?--name[ =]{_Q}?(?:/?[\w.-]{{1,60}}/){{0,8}}(?P<name>[\w.-]{{1,80}}){_Q}? [^\n]{{0,160}}?--value[ =]{_Q}?(?P<secret>[^\s\"'\\]{{1,512}})",
        "put-parameter ",
        is_right=_is_secure,
    ),
    rule(
        "assignment",
        r"(?i)\"securestring\\{0,3}\",\s{0,12}(?:\\n)?\s{0,12}\\{0,3}\"value\\{0,3}\":\s?\\{0,3}\"(?P<secret>[^\"\\\n]{1,1024})",
        *('"securestring"', '"securestring\\"'),
    ),
    rule(
        "assignment",
        rf"(?i)(?:buildconfigfield|resvalue)[ (]{{1,3}}{_Q}string{_Q},\s?{_Q}(?P<name>\w{{1,64}}){_Q},\s?{_Q}\\{{0,3}}\"?(?P<secret>[^\"'\\\n]{{1,512}})",
        *("buildconfigfield", "resvalue"),
        is_right=is_named,
    ),
    rule(
        "login",
        rf"\]:\d{{2,5}}[ \t]{{1,8}}[\w.@+-]{{1,80}}:(?P<secret>{_WORD})",
        "]:",
        gate=r"\]:[0-9]+[ \t]+[\w.@+\-]+:[^\s]",
    ),
    Rule("login", _second_of_line, needles=('" "',), gate=r"(?:^|\n)\"[\w.\-]+\" \"[^\"\s\\]+\"", certain=False),
    rule(
        "sim-code", r"(?i)puk ?[12]?(?:[ -]?code)?[^\w\n]{1,4}(?:is )?(?P<secret>\d{8})(?!\d)", "puk", is_right=anything
    ),
    rule(
        "private-key",
        rf"-----BEGIN OpenVPN Static key V1-----{LINE}(?P<secret>(?:[0-9a-f]{{32}}{LINE}?){{1,16}})",
        "-----begin openvpn static key",
        is_right=anything,
    ),
    rule(
        "totp-secret",
        rf"(?i)(?:setup|secret|manual|authenticator)[^\n\\]{{0,60}}key[^\n\\]{{0,80}}(?:{LINE}|[ \t]){{1,4}}[ \t]{{0,8}}(?P<secret>(?:[a-z2-7]{{4}}[ -]){{3,15}}[a-z2-7]{{2,4}})(?![\w-])",
        *("setup key", "secret key", "manual entry key", "manual key", "authenticator"),
        is_right=anything,
    ),
    rule(
        "webhook",
        rf"victorops\.com/integrations/[\w/.-]{{1,60}}?/alert/(?P<secret>{_UUID})",
        "victorops.com/",
        is_right=anything,
    ),
    rule("url-parameter", r"quiknode\.pro/(?P<secret>[0-9a-f]{32,64})", "quiknode.pro/", is_right=anything),
    rule(
        "recovery-codes",
        rf"(?i)(?:recovery|backup|rescue|emergency)(?: code| key| phrase)[^\n:\\]{{0,100}}: {_Q}?(?P<secret>{_WORD})",
        *("recovery code", "recovery key", "backup code", "backup key", "rescue code", "emergency code"),
        is_right=tells_itself,
    ),
    Rule("assignment", _said_before, needles=_SAID_AFTER, certain=False),
    # `@Value("${app.password:…}")`: what Spring takes where nothing is set
    rule(
        "assignment",
        r"\$\{(?P<name>[\w.-]{1,100}):(?P<secret>[^{}\"'\s\\$?+=-][^{}\"'\n\\$]{0,200})\}",
        "${",
        gate=r"\$\{[\w.\-]*(?i:pass|secret|token|key|cred|pwd|pin)[\w.\-]*:[^{}\"'\n$]+\}",
        is_right=is_named,
    ),
    rule(
        "command-line",
        rf"(?i)convertto-securestring (?:-(?:asplaintext|force|string|a|f) ){{1,3}}{_Q}(?P<secret>[^\"'\n\\]{{1,200}})",
        "convertto-securestring ",
    ),
    rule(
        "command-line",
        rf"(?i)(?:http-basic|gitlab-token|github-oauth|bearer|bitbucket-oauth)\.[\w.:-]{{1,100}} (?:[\w.@+-]{{1,60}} )?(?P<secret>{_WORD})",
        *("http-basic.", "gitlab-token.", "github-oauth.", "bitbucket-oauth."),
        is_right=tells_itself,
    ),
    rule(
        "command-line",
        rf"(?i)(?:echo|printf)(?: -\w{{1,3}}| {_Q}%s(?:\\n)?{_Q})? {_Q}?(?P<secret>[^\s\"'\\$|]{{6,4096}}){_Q}? ?\| ?(?:sudo )?[\w.-]{{1,20}} [^\n|]{{0,200}}?(?:--password-stdin|--with-token|--pass-stdin|--token-stdin|-p:stdin|passwd --stdin)",
        *("echo ", "printf "),
        gate=r"(?i:--password-stdin|--with-token|--pass-stdin|--token-stdin|passwd --stdin)",
    ),
    rule(
        "command-line",
        r"(?i)\$(?:pair|cred\w{0,12}|basic\w{0,8}|auth\w{0,12}|login\w{0,8})\s?=\s?\\{0,3}[\"'](?:[\w.@+\\-]{1,60}):(?P<secret>[^\"'\n\\]{4,200})",
        *("$pair", "$cred", "$basic", "$auth", "$login"),
        is_right=tells_itself,
    ),
    rule(
        "command-line",
        rf"Sequelize\(\s{{0,8}}{_Q}[^\"'\n]{{1,60}}{_Q},\s{{0,8}}{_Q}[^\"'\n]{{1,60}}{_Q},\s{{0,8}}{_Q}(?P<secret>[^\"'\n\\]{{1,200}})",
        "sequelize(",
    ),
    rule(
        "command-line",
        rf"(?i)auth\s?=\s?\(\s{{0,8}}[rfub]?{_Q}[^\"'\n]{{1,80}}{_Q},\s{{0,8}}{_Q}(?P<secret>[^\"'\n\\]{{1,200}})",
        *("auth=(", "auth = ("),
    ),
    rule(
        "command-line",
        r"a\d{1,3}=\\{0,3}\"-p(?P<secret>[^\s\"\\]{4,200})\\{0,3}\"",
        *(f"a{number}={quote}-p" for number in range(1, 7) for quote in ('"', '\\"')),
        is_right=tells_itself,
    ),
    rule(
        "command-line",
        rf"(?i)net1?(?:\.exe)?[ ]{{1,4}}user[ ]{{1,4}}[\w.$-]{{1,40}}[ ]{{1,4}}(?P<secret>{_WORD})(?: /|\s|$)",
        *("net user ", "net  user ", "net.exe user ", "net1 user ", "net1  user "),
        is_right=tells_itself,
    ),
    rule(
        "assignment",
        r"(?i)\{noop\}(?P<secret>[^\s\"'\\{}]{4,200})",
        "{noop}",
    ),
    # JMeter, and others that put a name and its value into two elements of one kind
    rule(
        "assignment",
        r"(?i)name\\{0,3}\">(?P<name>[^<\n]{1,60})</(?P<tag>\w{1,24})>(?:\s|\\[nt]){0,16}<(?P=tag) name=\\{0,3}\"[\w.]{0,40}value\\{0,3}\">(?P<secret>[^<\n]{1,400})",
        *('name">', 'name\\">'),
        gate=r"(?i:name\\*\">[^<\n]+</\w+>(?:\s|\\[nt])*<\w+ name=\\*\"[\w.]*value)",
        is_right=is_named,
    ),
    # `admin / …`, as people hand accounts over
    rule(
        "login",
        rf"(?i)(?<!/)(?:admin|root|administrator|sysadmin|superuser|operator|guest|sa|postgres|ubuntu|pi) / (?P<secret>{_WORD})",
        *(
            "admin / ",
            "root / ",
            "administrator / ",
            "superuser / ",
            "operator / ",
            "guest / ",
            "postgres / ",
            "ubuntu / ",
        ),
        is_right=_is_handed_over,
    ),
    rule(
        "login",
        r" / (?P<secret>[^\s\"'\\]{4,100}) \((?i:password|pass|pw)\)",
        " / ",
        gate=r" / [^\s\"']+ \((?i:password|pass|pw)\)",
    ),
    rule(
        "assignment",
        rf"(?i)pass(?:word|phrase|code) (?:for|to|of) (?:[\w.'-]{{1,24}} ){{0,6}}[\w.'-]{{1,24}}(?: \([^()\n]{{1,40}}\))?: (?P<secret>{_WORD})",
        *(f"{word} {link} " for word in ("password", "passphrase", "passcode") for link in ("for", "to", "of")),
        is_right=tells_itself,
    ),
    rule(
        "assignment",
        rf"(?i)(?:password|passphrase|passcode|token|secret|key|credential)s? (?:(?:is )?below[.:]?|(?:is|are|was):){LINE}{{1,2}}[ \t>]{{0,8}}(?P<secret>{_WORD})(?=[ \t]{{0,4}}(?:{LINE}|\Z))",
        *("password", "passphrase", "passcode", "token", "secret", "key", "credential"),
        gate=r"(?i:(?:password|passphrase|passcode|token|secret|key|credential|credentials)s?)(?: is)?(?i: below)?[.:]?(?:\r?\n|\\n)",
        is_right=tells_itself,
    ),
    rule(
        "assignment",
        r"(?i)(?:passwort|kennwort)s?[^\n\"„“]{0,40} (?:auf|zu|in) [\"„“'](?P<secret>[^\"“”'\n\\]{4,100})[\"“”'] (?:zurückgesetzt|gesetzt|geändert|gestellt)",
        *("passwort", "kennwort"),
        gate=r"[\"“”'] (?:zurückgesetzt|gesetzt|geändert|gestellt)",
    ),
    rule(
        "assignment",
        r"userPassword:: (?P<secret>[A-Za-z0-9+/]{8,512}={0,2})",
        "userpassword:: ",
        is_right=anything,
    ),
)
