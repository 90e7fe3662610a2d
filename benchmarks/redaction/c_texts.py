"""Texts of profile C that carry a secret in their own surroundings: what devices, consoles, tools and people write."""

# ruff: noqa: E501  # the templates read as they are printed

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from benchmarks.redaction.c_lines import LINES
from benchmarks.redaction.c_words import any_password, filled, human_password, machine_password, url_password
from benchmarks.redaction.randomness import ALNUM, BASE32, DIGITS, HEX, LOWER, URLSAFE, b64, b64url, hexadecimal, pick

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from benchmarks.redaction.secret_texts import Planted

    Make = Callable[[Random], Planted]

_CISCO_XLAT = "dsfd;kfoA,.iyewrkldJKDHSUBsgvca69834ncxv9873254k;fg87"
_JUNIPER = "QzF3n6/9CAtpu0O1BREIhcSyrleKvMW8LXxN7Vb2jGDHimkqPfT5ZU4aw-dYsgoJ"
_DIALECTS = {"dsn_mariadb": "mariadb", "dsn_cockroach": "cockroachdb", "dsn_trino": "trino", "dsn_couchbase": "couchbases", "dsn_influx": "influxdb", "dsn_firebird": "firebird"}  # fmt: skip


def _template(make: Callable[[Random], str], template: str) -> Make:
    def text(rng: Random) -> Planted:
        value = make(rng)
        return filled(rng, template, value), value

    return text


def _wrapped(text: str, width: int) -> str:
    return "\n".join(text[start : start + width] for start in range(0, len(text), width))


def _cisco_type7(rng: Random) -> str:
    salt = rng.randint(0, 15)
    clear = url_password(rng)
    coded = "".join(f"{ord(char) ^ ord(_CISCO_XLAT[(salt + place) % 53]):02X}" for place, char in enumerate(clear))
    return f"{salt:02}{coded}"


def _dsn(scheme: str) -> Make:
    def text(rng: Random) -> Planted:
        value = url_password(rng)
        return filled(rng, f"{scheme}://§w:§v@db.§x.internal:{rng.randint(1024, 9999)}/§y", value), value

    return text


def pem_rsa(rng: Random) -> Planted:
    body = _wrapped("MIIEpAIBAAKCAQEA" + pick(rng, ALNUM + "+/", 1576), 64)
    text = f"-----BEGIN RSA PRIVATE KEY-----\n{body}\n-----END RSA PRIVATE KEY-----"
    return text, text


def pem_ec_in_json(rng: Random) -> Planted:
    body = f"MHcCAQEEI{pick(rng, ALNUM + '+/', 39)}\\noAoGCCqGSM49AwEHoUQDQgAE{pick(rng, ALNUM + '+/', 40)}"
    key = f"-----BEGIN EC PRIVATE KEY-----\\n{body}\\n-----END EC PRIVATE KEY-----\\n"
    return f'{{"name": "organizations/{filled(rng, "§w")}/apiKeys/1", "privateKey": "{key}"}}', key


def openvpn_static(rng: Random) -> Planted:
    key = _wrapped(hexadecimal(rng, 512), 32)
    return (
        f"<tls-auth>\n-----BEGIN OpenVPN Static key V1-----\n{key}\n-----END OpenVPN Static key V1-----\n</tls-auth>\nkey-direction 1",
        key,
    )


def keepass_xml(rng: Random) -> Planted:
    value = machine_password(rng, 20, "!#*-_.")
    entry = f'<String>\n  <Key>Password</Key>\n  <Value ProtectInMemory="True">{value}</Value>\n</String>'
    return filled(
        rng, f"<Entry>\n<String>\n  <Key>Title</Key>\n  <Value>§w</Value>\n</String>\n{entry}\n</Entry>"
    ), value


def chrome_csv(rng: Random) -> Planted:
    value = human_password(rng, "!#*-_.")
    return filled(rng, "name,url,username,password,note\n§w.io,https://§w.io/login,§p.§l,§v,", value), value


def bitwarden_export(rng: Random) -> Planted:
    value = human_password(rng, "!#*-_.")
    item = {
        "type": 1,
        "name": filled(rng, "§w"),
        "login": {"username": filled(rng, "§p"), "password": value, "totp": None},
    }
    return json.dumps({"encrypted": False, "items": [item]}, indent=2), value


def otpauth_hotp(rng: Random) -> Planted:
    value = pick(rng, BASE32, 32)
    return filled(rng, "otpauth://hotp/§w:§p?secret=§v&issuer=§w&counter=§n", value), value


def otp_migration(rng: Random) -> Planted:
    value = quote(b64(rng, 60), safe="")
    return f"otpauth-migration://offline?data={value}", value


def basic_base64_log(rng: Random) -> Planted:
    value = base64.b64encode(f"svc-{filled(rng, '§w')}:{any_password(rng)}".encode()).decode()
    return filled(
        rng,
        "> POST /wsman HTTP/1.1\n> Host: §w.corp.internal:5986\n> Authorization: Basic §v\n> User-Agent: pywinrm",
        value,
    ), value


def ldap_ldif(rng: Random) -> Planted:
    value = base64.b64encode(any_password(rng).encode()).decode()
    return filled(
        rng,
        "dn: uid=§p,ou=people,dc=§w,dc=internal\nchangetype: modify\nreplace: userPassword\nuserPassword:: §v",
        value,
    ), value


def smtp_xoauth(rng: Random) -> Planted:
    value = f"ya29.a0{pick(rng, URLSAFE, 160)}"
    return filled(rng, "imaplib debug: AUTHENTICATE XOAUTH2 user=§w^Aauth=Bearer §v^A^A", value), value


def xoxd_cookie(rng: Random) -> Planted:
    value = "xoxd-" + quote(b64(rng, 90), safe="")
    return f"Cookie: d={value}; lc=1770000000", value


def axios_error(rng: Random) -> Planted:
    value = b64url(rng, 40)
    return filled(
        rng,
        "AxiosError: Request failed with status code 502\n  config: {\n    url: 'https://api.§w.io/v1/§x',\n    headers: AxiosHeaders {\n      Accept: 'application/json',\n      Authorization: 'Bearer §v',\n      'User-Agent': 'axios/1.7.2'\n    }\n  }",
        value,
    ), value


def odoo_rpc(rng: Random) -> Planted:
    value = human_password(rng, "!#*-_.")
    call = {"service": "common", "method": "authenticate", "args": [filled(rng, "§w"), "admin", value, {}]}
    return json.dumps({"jsonrpc": "2.0", "method": "call", "params": call, "id": 4}), value


def xmlrpc_login(rng: Random) -> Planted:
    value = human_password(rng, "!#*-_.")
    return filled(
        rng,
        "<methodCall><methodName>confluence1.login</methodName><params><param><value><string>§p</string></value></param><param><value><string>§v</string></value></param></params></methodCall>",
        value,
    ), value


def wsse(rng: Random) -> Planted:
    value = machine_password(rng, 18, "!#*-_.")
    return filled(
        rng,
        '<wsse:UsernameToken wsu:Id="UsernameToken-§n">\n  <wsse:Username>§w</wsse:Username>\n  <wsse:Password Type="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText">§v</wsse:Password>\n</wsse:UsernameToken>',
        value,
    ), value


def jupyter_url(rng: Random) -> Planted:
    value = hexadecimal(rng, 48)
    return filled(
        rng,
        "[I 2026-03-11 09:14:02.113 ServerApp] Jupyter Server 2.14.1 is running at:\n[I 2026-03-11 09:14:02.113 ServerApp] http://localhost:8888/lab?token=§v",
        value,
    ), value


def grafana_datasource(rng: Random) -> Planted:
    value = machine_password(rng, 22, "-_.!")
    return filled(
        rng,
        "apiVersion: 1\ndatasources:\n  - name: §w\n    type: postgres\n    url: pg.§w.internal:5432\n    user: grafana_ro\n    secureJsonData:\n      password: '§v'",
        value,
    ), value


def terraform_userdata(rng: Random) -> Planted:
    value = machine_password(rng, 20, "-_.!")
    return filled(
        rng,
        "#cloud-config\nchpasswd:\n  expire: false\n  users:\n    - {name: §w, password: '§v', type: text}\npackages: [htop, jq]",
        value,
    ), value


def steam_guard(rng: Random) -> Planted:
    value = b64(rng, 20)
    return json.dumps(
        {"account_name": filled(rng, "§w"), "shared_secret": value, "device_id": "android:" + filled(rng, "§u")}
    ), value


def keyless_curl(rng: Random) -> Planted:
    value = hexadecimal(rng, 40)
    return filled(
        rng, "curl -sS -H 'PRIVATE-TOKEN: §v' 'https://git.§w.internal/api/v4/projects/§n/jobs?scope=failed'", value
    ), value


TEXTS: dict[str, Make] = {
    **{name: _template(make, template) for name, (make, template) in LINES.items()},
    **{name: _dsn(scheme) for name, scheme in _DIALECTS.items()},
    "cisco_type7": _template(
        _cisco_type7, "username §p privilege 15 password 7 §v\nline vty 0 4\n login local\n transport input ssh"
    ),
    "cisco_wlan_psk": _template(
        _cisco_type7, "dot11 ssid §w\n   vlan §m\n   authentication key-management wpa version 2\n   wpa-psk ascii 7 §v"
    ),
    "juniper_secret": _template(
        lambda rng: "$9$" + pick(rng, _JUNIPER, rng.randint(22, 38)),
        'set system radius-server §i secret "§v"\nset system radius-server §i timeout 5',
    ),
    "fortinet_enc": _template(
        lambda rng: b64(rng, 96),
        'config vpn ipsec phase1-interface\n    edit "§w"\n        set interface "wan1"\n        set psksecret ENC §v\n    next\nend',
    ),
    "totp_printed": _template(
        lambda rng: " ".join(pick(rng, LOWER + "234567", 4) for _ in range(8)),
        "Can't scan the QR code? Enter this setup key in your authenticator app instead:\n\n    §v\n\nAccount: §w (time based)",
    ),
    "sim_card": _template(
        lambda rng: pick(rng, "123456789", 1) + pick(rng, DIGITS, 7), "SIM §w activated.\nPUK1: §v\nNetwork: §x mobile"
    ),
    "lnd_macaroon": _template(
        lambda rng: f"0201036c6e6402f801030a10{pick(rng, HEX, 180)}",
        'curl -k --header "Grpc-Metadata-macaroon: §v" https://localhost:8080/v1/getinfo',
    ),
    "cmdkey": _template(
        lambda rng: pick(rng, HEX, 40), "cmdkey /generic:TERMSRV/§w.corp.internal /user:CORP\\§p /pass:§v"
    ),
    "pem_rsa": pem_rsa,
    "pem_ec_in_json": pem_ec_in_json,
    "openvpn_static": openvpn_static,
    "keepass_xml": keepass_xml,
    "chrome_csv": chrome_csv,
    "bitwarden_export": bitwarden_export,
    "otpauth_hotp": otpauth_hotp,
    "otp_migration": otp_migration,
    "basic_base64_log": basic_base64_log,
    "ldap_ldif": ldap_ldif,
    "smtp_xoauth": smtp_xoauth,
    "xoxd_cookie": xoxd_cookie,
    "axios_error": axios_error,
    "odoo_rpc": odoo_rpc,
    "xmlrpc_login": xmlrpc_login,
    "wsse": wsse,
    "jupyter_url": jupyter_url,
    "grafana_datasource": grafana_datasource,
    "terraform_userdata": terraform_userdata,
    "steam_guard": steam_guard,
    "private_token_curl": keyless_curl,
}
