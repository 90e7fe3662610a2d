"""More secrets with their surroundings: manifests, tool output, protocols, links, containers of keys, speech.

Each function returns the text and the part of it that must go.
"""

# ruff: noqa: E501, ISC004, SIM905  # texts stand as they are stored

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from benchmarks.redaction.b_lines import LINES, a_password, a_token, encoded
from benchmarks.redaction.randomness import (
    ALNUM,
    BASE36,
    DIGITS,
    FIRST,
    LAST,
    NOUNS,
    UPPER36,
    URLSAFE,
    b64,
    b64url,
    hexadecimal,
    pick,
    uuid4,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from benchmarks.redaction.secret_texts import Planted

    Make = Callable[[Random], Planted]


def _lines(text: str, width: int = 64) -> str:
    return "\n".join(text[start : start + width] for start in range(0, len(text), width))


def saml(rng: Random) -> Planted:
    assertion = (
        f'<samlp:Response ID="_{hexadecimal(rng, 32)}" Version="2.0"><saml:Assertion><saml:Subject><saml:NameID>'
        f"{rng.choice(NOUNS)}</saml:NameID></saml:Subject></saml:Assertion></samlp:Response>"
    )
    secret = quote(encoded(assertion), safe="")
    return f"POST /saml/acs HTTP/1.1\r\nContent-Length: 900\r\n\r\nSAMLResponse={secret}&RelayState=%2Fhome", secret


def aws_cli(rng: Random) -> Planted:
    secret = pick(rng, ALNUM + "/+", 40)
    credentials = {"SecretAccessKey": secret, "Expiration": "2026-05-05T10:00:00Z"}
    return json.dumps({"Credentials": credentials}, indent=4), secret


def az_cli(rng: Random) -> Planted:
    secret = f"{pick(rng, ALNUM, 3)}8Q~{pick(rng, URLSAFE, 34)}"
    return json.dumps(
        {"appId": uuid4(rng), "displayName": rng.choice(NOUNS), "password": secret, "tenant": uuid4(rng)}, indent=2
    ), secret


def gcloud_adc(rng: Random) -> Planted:
    secret = "1//0" + pick(rng, URLSAFE, 98)
    client = f"{pick(rng, DIGITS, 12)}-{pick(rng, BASE36, 32)}.apps.googleusercontent.com"
    return json.dumps({"client_id": client, "refresh_token": secret, "type": "authorized_user"}, indent=2), secret


def seed_words(rng: Random) -> Planted:
    known = (
        "badge bag balance balcony ball bamboo banana banner bar barely bargain barrel base basic basket battle beach bean"
        " beauty because become beef before begin behave behind believe below belt bench benefit best betray better"
    ).split()
    secret = " ".join(rng.sample(known, 24))
    return f"mnemonic: {secret}\nderivation: m/44'/60'/0'/0", secret


def backup_codes(rng: Random) -> Planted:
    codes = [f"{pick(rng, BASE36, 5)}-{pick(rng, BASE36, 5)}" for _ in range(8)]
    secret = "\n".join(codes)
    return f"Save your recovery codes somewhere safe:\n{secret}\n", secret


def openssh_key(rng: Random) -> Planted:
    body = _lines("b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAAB" + b64(rng, 300), 70)
    return f"-----BEGIN OPENSSH PRIVATE KEY-----\n{body}\n-----END OPENSSH PRIVATE KEY-----\n", body


def ssh2_key(rng: Random) -> Planted:
    body = _lines(b64(rng, 500), 70)
    head = f'Comment: "{rng.choice(NOUNS)}"\n'
    return f"---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\n{head}{body}\n---- END SSH2 ENCRYPTED PRIVATE KEY ----", body


def pem_one_line(rng: Random) -> Planted:
    body = "MIIEv" + b64(rng, 700)[5:]
    return f'TLS_KEY="-----BEGIN PRIVATE KEY-----\\n{body}\\n-----END PRIVATE KEY-----\\n"', body


def pem_indented(rng: Random) -> Planted:
    lines = _lines("MHc" + b64(rng, 118)[3:]).split("\n")
    body = "\n      ".join(lines)
    return (
        f"tls:\n  key: |\n      -----BEGIN EC PRIVATE KEY-----\n      {body}\n      -----END EC PRIVATE KEY-----\n  port: 443\n",
        body,
    )


def pkcs12(rng: Random) -> Planted:
    secret = "MIIKCQIBAzCCCc8GCSqGSIb3DQEHAaCCCcAEggm8" + b64(rng, 600)
    return json.dumps({"name": rng.choice(NOUNS), "pkcs12": secret, "format": "p12"}), secret


def jwk_rsa(rng: Random) -> Planted:
    secret = b64url(rng, 256)
    return json.dumps(
        {"kty": "RSA", "kid": rng.choice(NOUNS), "n": b64url(rng, 256), "e": "AQAB", "d": secret}, indent=1
    ), secret


def jwk_symmetric(rng: Random) -> Planted:
    secret = b64url(rng, 64)
    return json.dumps({"keys": [{"kty": "oct", "alg": "HS512", "k": secret, "kid": rng.choice(NOUNS)}]}), secret


def keystore_xml(rng: Random) -> Planted:
    secret = b64(rng, 128)
    return (
        f"<RSAKeyValue><Modulus>{b64(rng, 128)}</Modulus><Exponent>AQAB</Exponent><D>{secret}</D></RSAKeyValue>",
        secret,
    )


def kubernetes_string_data(rng: Random) -> Planted:
    secret = a_password(rng)
    return (
        f"apiVersion: v1\nkind: Secret\nmetadata:\n  name: {rng.choice(NOUNS)}\nstringData:\n  username: app\n  password: {secret}\n",
        secret,
    )


def kubernetes_data(rng: Random) -> Planted:
    # Everything under `data` of a Secret is one, whatever its key.
    secret = encoded(a_password(rng) + a_password(rng))
    return (
        f"apiVersion: v1\ndata:\n  {rng.choice(('api-key', 'client-secret', 'token'))}: {secret}\nkind: Secret\ntype: Opaque\n",
        secret,
    )


def smtp_auth_plain(rng: Random) -> Planted:
    secret = encoded(f"\0{rng.choice(NOUNS)}\0{a_password(rng)}")
    return f"S: 250-AUTH PLAIN LOGIN\nC: AUTH PLAIN {secret}\nS: 235 2.7.0 Authentication successful", secret


def smtp_auth_login(rng: Random) -> Planted:
    secret = encoded(a_password(rng) + a_password(rng))
    return (
        f"C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: {encoded(rng.choice(NOUNS))}\nS: 334 UGFzc3dvcmQ6\nC: {secret}\nS: 235 ok",
        secret,
    )


def email_code(rng: Random) -> Planted:
    secret = f"{pick(rng, DIGITS, 3)}-{pick(rng, DIGITS, 3)}"
    return (
        f"Subject: Sign in to {rng.choice(NOUNS)}\n\nYour verification code is {secret}. It expires in 10 minutes.",
        secret,
    )


def flask_cookie(rng: Random) -> Planted:
    secret = f"{base64.urlsafe_b64encode(json.dumps({'_user_id': str(rng.randint(1, 9000))}).encode()).decode().rstrip('=')}.{pick(rng, URLSAFE, 6)}.{b64url(rng, 20)}"
    return f"Set-Cookie: session={secret}; HttpOnly; Path=/", secret


def wordpress_cookie(rng: Random) -> Planted:
    secret = f"{rng.choice(FIRST)}%7C1790000000%7C{pick(rng, ALNUM, 43)}%7C{hexadecimal(rng, 64)}"
    return f"Cookie: wp-settings-1=a; wordpress_logged_in_{hexadecimal(rng, 32)}={secret}", secret


def laravel_cookie(rng: Random) -> Planted:
    secret = quote(
        encoded(json.dumps({"iv": b64(rng, 16), "value": b64(rng, 120), "mac": hexadecimal(rng, 64), "tag": ""})),
        safe="",
    )
    return f"Set-Cookie: laravel_session={secret}; expires=Fri, 05 Jun 2026 10:00:00 GMT; path=/; httponly", secret


def wordpress_salts(rng: Random) -> Planted:
    secret = pick(rng, ALNUM + "!@#$%^&*()-_[]{}<>~+=,.;:/?|", 64)
    return f"define( 'DB_HOST',  'localhost' );\ndefine( 'AUTH_KEY', '{secret}' );\n$table_prefix = 'wp_';", secret


def machine_key(rng: Random) -> Planted:
    secret = hexadecimal(rng, 128).upper()
    return f'<system.web>\n  <machineKey validationKey="{secret}" validation="HMACSHA256" />\n</system.web>', secret


def cloudflared(rng: Random) -> Planted:
    secret = encoded(json.dumps({"a": hexadecimal(rng, 32), "t": uuid4(rng), "s": b64(rng, 32)}, separators=(",", ":")))
    return f"cloudflared service install {secret}", secret


def cloudinary(rng: Random) -> Planted:
    secret = pick(rng, URLSAFE, 27)
    return f"CLOUDINARY_URL=cloudinary://{pick(rng, DIGITS, 15)}:{secret}@{rng.choice(NOUNS)}", secret


def sentry_legacy(rng: Random) -> Planted:
    secret = hexadecimal(rng, 32)
    return (
        f"SENTRY_DSN=https://{hexadecimal(rng, 32)}:{secret}@sentry.{rng.choice(NOUNS)}.dev/{rng.randint(2, 90)}",
        secret,
    )


def wireguard_psk(rng: Random) -> Planted:
    secret = b64(rng, 32)
    return f"[Peer]\nPublicKey = {b64(rng, 32)}\nPresharedKey = {secret}\nAllowedIPs = 10.9.0.0/24", secret


def aws_presigned(rng: Random) -> Planted:
    secret = hexadecimal(rng, 64)
    return (
        f"https://{rng.choice(NOUNS)}.r2.cloudflarestorage.com/{rng.choice(NOUNS)}/a.bin?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date="
        f"20260403T040506Z&X-Amz-Expires=600&X-Amz-SignedHeaders=host&X-Amz-Signature={secret}",
        secret,
    )


def sigv4(rng: Random) -> Planted:
    secret = hexadecimal(rng, 64)
    return (
        "authorization: AWS4-HMAC-SHA256 Credential=example/20260403/eu-west-1/s3/aws4_request, SignedHeaders=host;x-amz-date, "
        f"Signature={secret}",
        secret,
    )


def digest(rng: Random) -> Planted:
    secret = hexadecimal(rng, 32)
    return (
        f'Authorization: Digest username="{rng.choice(NOUNS)}", realm="{rng.choice(NOUNS)}", nonce="{pick(rng, BASE36, 12)}", '
        f'uri="/dir", response="{secret}"',
        secret,
    )


def kerberos(rng: Random) -> Planted:
    secret = "YIIG" + b64(rng, 400)
    return f"GET /reports HTTP/1.1\r\nHost: intra\r\nAuthorization: Negotiate {secret}\r\n\r\n", secret


def windows_registry(rng: Random) -> Planted:
    secret = a_password(rng)
    return (
        "Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon]\r\n"
        f'"AutoAdminLogon"="1"\r\n"DefaultUserName"="{rng.choice(NOUNS)}"\r\n"DefaultPassword"="{secret}"\r\n',
        secret,
    )


def unattend(rng: Random) -> Planted:
    secret = a_password(rng)
    return (
        f"<AutoLogon><Username>{rng.choice(NOUNS)}</Username><Password><Value>{secret}</Value><PlainText>true</PlainText></Password></AutoLogon>",
        secret,
    )


def terraform_state(rng: Random) -> Planted:
    secret = a_password(rng)
    attributes = {"id": f"db-{pick(rng, UPPER36, 12)}", "username": "root", "password": secret, "port": 5432}
    return json.dumps(
        {"version": 4, "resources": [{"type": "aws_db_instance", "instances": [{"attributes": attributes}]}]}
    ), secret


def terraform_output(rng: Random) -> Planted:
    secret = a_password(rng)
    return json.dumps({"db_password": {"sensitive": True, "type": "string", "value": secret}}, indent=2), secret


def postman(rng: Random) -> Planted:
    secret = a_token(rng)
    values = [
        {"key": "host", "value": "localhost", "enabled": True},
        {"key": "access_token", "value": secret, "type": "secret", "enabled": True},
    ]
    return json.dumps(
        {"id": uuid4(rng), "name": "staging", "values": values, "_postman_variable_scope": "environment"}
    ), secret


def har_cookies(rng: Random) -> Planted:
    secret = pick(rng, ALNUM, 40)
    return json.dumps(
        {"request": {"method": "GET", "cookies": [{"name": "session_id", "value": secret, "httpOnly": True}]}}
    ), secret


def json_patch(rng: Random) -> Planted:
    secret = a_password(rng)
    return json.dumps(
        [
            {"op": "replace", "path": "/spec/replicas", "value": 3},
            {"op": "replace", "path": "/auth/password", "value": secret},
        ]
    ), secret


def elastic_api_key(rng: Random) -> Planted:
    secret = encoded(f"{pick(rng, URLSAFE, 20)}:{pick(rng, URLSAFE, 22)}")
    return f'curl -H "Authorization: ApiKey {secret}" https://{rng.choice(NOUNS)}.local:9200/_cat/indices', secret


def salesforce_login(rng: Random) -> Planted:
    secret = pick(rng, ALNUM, 24)
    return f"sf = Salesforce(username='{rng.choice(NOUNS)}', password='x', security_token='{secret}')".replace(
        "password='x', ", ""
    ), secret


def license_beside_words(rng: Random) -> Planted:
    secret = "-".join(pick(rng, UPPER36, 5) for _ in range(5))
    return f"Thanks for your purchase, {rng.choice(FIRST)}! Your license key is {secret}. Keep it safe.", secret


def shell_history(rng: Random) -> Planted:
    secret = a_token(rng)
    return f"  501  cd /srv/{rng.choice(NOUNS)}\n  502  export VAULT_TOKEN={secret}\n  503  vault status\n", secret


def vault_table(rng: Random) -> Planted:
    secret = a_password(rng)
    return (
        f"====== Data ======\nKey         Value\n---         -----\nusername    {rng.choice(NOUNS)}\npassword    {secret}\n",
        secret,
    )


def vault_login(rng: Random) -> Planted:
    secret = "s." + pick(rng, ALNUM, 24)
    text = f"Key                  Value\n---                  -----\ntoken                {secret}\ntoken_duration       768h\n"
    return text, secret


def psql_expanded(rng: Random) -> Planted:
    secret = a_token(rng)
    return (
        f"-[ RECORD 1 ]-+---------\nid            | {rng.randint(1, 900)}\nrefresh_token | {secret}\nregion        | eu\n",
        secret,
    )


def mysql_vertical(rng: Random) -> Planted:
    secret = a_password(rng)
    return (
        f"*************************** 1. row ***************************\n      id: {rng.randint(1, 900)}\npassword: {secret}\n  active: 1\n",
        secret,
    )


def ascii_table(rng: Random) -> Planted:
    secret = a_token(rng)
    bar = f"+----+--------+{'-' * 42}+"
    return (
        f"{bar}\n| id | name   | {'api_key':<40} |\n{bar}\n|  {rng.randint(1, 9)} | {rng.choice(NOUNS)[:6]:<6} | {secret} |\n{bar}",
        secret,
    )


def two_lines_login(rng: Random) -> Planted:
    secret = a_password(rng)
    return (
        f"Here is the login for the portal\nuser: {rng.choice(FIRST)}.{rng.choice(LAST)}\npass: {secret}\nlet me know if it works",
        secret,
    )


def slash_login(rng: Random) -> Planted:
    secret = a_password(rng)
    return f"credentials for the {rng.choice(NOUNS)} box: admin / {secret} (change them after the demo)", secret


def wifi_mail(rng: Random) -> Planted:
    secret = "".join(word.title() for word in words(rng, 2)) + pick(rng, DIGITS, 3) + "!"
    return (
        f"Content-Type: text/plain\n\nGuest network: {rng.choice(NOUNS)}-guest\nWi-Fi password: {secret}\nRoom 4.12\n",
        secret,
    )


def wifi_qr(rng: Random) -> Planted:
    secret = a_password(rng)
    return f"WIFI:T:WPA;S:{rng.choice(NOUNS)}-guest;P:{secret};;", secret


def wpa_supplicant(rng: Random) -> Planted:
    secret = a_password(rng)
    return f'network={{\n    ssid="{rng.choice(NOUNS)}"\n    psk="{secret}"\n    key_mgmt=WPA-PSK\n}}', secret


def netsh(rng: Random) -> Planted:
    secret = a_password(rng)
    return (
        f"Security settings\n-----------------\n    Authentication         : WPA2-Personal\n    Security key           : Present\n"
        f"    Key Content            : {secret}\n",
        secret,
    )


def cisco(rng: Random) -> Planted:
    secret = a_password(rng)
    return f"hostname {rng.choice(NOUNS)}\nenable secret 0 {secret}\nip domain-name corp.lan\n", secret


TEXTS: dict[str, Make] = {
    "saml_response": saml, "aws_sts_json": aws_cli, "az_sp_json": az_cli, "gcloud_adc": gcloud_adc,
    "mnemonic_24": seed_words, "backup_codes": backup_codes, "pem_openssh": openssh_key, "ssh2_private": ssh2_key,
    "pem_env_one_line": pem_one_line, "pem_yaml_block": pem_indented, "pkcs12_base64": pkcs12, "jwk_rsa": jwk_rsa,
    "jwk_oct": jwk_symmetric, "rsa_xml": keystore_xml, "k8s_string_data": kubernetes_string_data, "k8s_data": kubernetes_data,
    "smtp_auth_plain": smtp_auth_plain, "smtp_auth_login": smtp_auth_login, "email_code": email_code,
    "cookie_flask": flask_cookie, "cookie_wordpress": wordpress_cookie, "cookie_laravel": laravel_cookie,
    "wordpress_salt": wordpress_salts, "machine_key": machine_key, "cloudflared": cloudflared, "cloudinary_url": cloudinary,
    "sentry_dsn_legacy": sentry_legacy, "wireguard_psk": wireguard_psk, "presigned_r2": aws_presigned, "sigv4_header": sigv4,
    "digest_response": digest, "negotiate": kerberos, "winlogon": windows_registry, "unattend": unattend,
    "tfstate": terraform_state, "tf_output": terraform_output, "postman_env": postman, "har_cookie": har_cookies,
    "json_patch": json_patch, "elastic_apikey": elastic_api_key, "salesforce_token": salesforce_login,
    "license_prose": license_beside_words, "shell_history": shell_history, "vault_kv_table": vault_table,
    "vault_login_table": vault_login, "psql_expanded": psql_expanded, "mysql_vertical": mysql_vertical,
    "ascii_table": ascii_table, "login_lines": two_lines_login, "login_slash": slash_login, "wifi_mail": wifi_mail,
    "wifi_qr": wifi_qr, "wpa_supplicant": wpa_supplicant, "netsh_wlan": netsh, "cisco_secret": cisco,
    **LINES,
}  # fmt: skip
