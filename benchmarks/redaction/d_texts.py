"""Secrets in their own surroundings, profile d: key containers, wallets, histories and what tools print."""

# ruff: noqa: E501  # tables of text, read by their rows

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

from benchmarks.redaction.d_lines import LINES, fill_in, opaque, plain
from benchmarks.redaction.d_secrets import NAMED, home_assistant, password_world
from benchmarks.redaction.randomness import FIRST, NOUNS, b64, hexadecimal, pick, uuid4

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from benchmarks.redaction.secret_texts import Planted

_PHRASES = next(kind for kind in NAMED if kind.name == "wallet_phrase")


def _wrapped(text: str, width: int = 64) -> str:
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


def openvpn_static(rng: Random) -> Planted:
    body = _wrapped(hexadecimal(rng, 512), 32)
    block = f"-----BEGIN OpenVPN Static key V1-----\n{body}\n-----END OpenVPN Static key V1-----"
    return f"#\n# 2048 bit OpenVPN static key\n#\n{block}\n", body


def cosign_key(rng: Random) -> Planted:
    inner = {
        "kdf": {"name": "scrypt", "params": {"N": 65536, "r": 8, "p": 1}, "salt": b64(rng, 32)},
        "cipher": {"name": "nacl/secretbox", "nonce": b64(rng, 24)},
        "ciphertext": b64(rng, 138),
    }
    body = _wrapped(base64.b64encode(json.dumps(inner, separators=(",", ":")).encode()).decode())
    block = f"-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\n{body}\n-----END ENCRYPTED SIGSTORE PRIVATE KEY-----"
    return f"$ cat cosign.key\n{block}", body


def tendermint_armor(rng: Random) -> Planted:
    body = _wrapped(b64(rng, 100))
    block = f"-----BEGIN TENDERMINT PRIVATE KEY-----\nkdf: bcrypt\nsalt: {hexadecimal(rng, 32).upper()}\ntype: secp256k1\n\n{body}\n=aZ{pick(rng, 'abcdef', 2)}\n-----END TENDERMINT PRIVATE KEY-----"
    return f"{rng.choice(NOUNS)}d keys export {rng.choice(FIRST)}\n{block}", body


def tendermint_validator(rng: Random) -> Planted:
    value = b64(rng, 64)
    key = {"address": hexadecimal(rng, 40).upper(), "priv_key": {"type": "tendermint/PrivKeyEd25519", "value": value}}
    return json.dumps(key, indent=2), value


def minisign_secret(rng: Random) -> Planted:
    value = "RWRTY0Iy" + b64(rng, 150)
    return f"untrusted comment: minisign encrypted secret key\n{value}\n", value


def signify_secret(rng: Random) -> Planted:
    value = "RWRCSwAA" + b64(rng, 96)
    return f"untrusted comment: signify secret key\n{value}\n", value


def tor_control(rng: Random) -> Planted:
    value = b64(rng, 64)
    return f"ADD_ONION ED25519-V3:{value} Port=80,127.0.0.1:8080\n250 OK", value


def dnssec_private(rng: Random) -> Planted:
    value = b64(rng, 32)
    return f"Private-key-format: v1.3\nAlgorithm: 15 (ED25519)\nPrivateKey: {value}\nCreated: 20260115093000\n", value


def keystore_base64(rng: Random) -> Planted:
    value = "/u3+7QAAAAIAAAAB" + b64(rng, 510)
    return f"- name: Decode keystore\n  env:\n    RELEASE_KEYSTORE: {value}\n  run: echo done", value


def solana_id_json(rng: Random) -> Planted:
    value = ",".join(str(rng.randint(0, 255)) for _ in range(64))
    return f"$ cat ~/.config/solana/id.json\n[{value}]", value


def zigbee_key(rng: Random) -> Planted:
    value = ", ".join(str(rng.randint(0, 255)) for _ in range(16))
    return f"advanced:\n  channel: 15\n  pan_id: {rng.randint(1000, 60000)}\n  network_key: [{value}]\n", value


def near_credentials(rng: Random) -> Planted:
    value = "ed25519:" + pick(rng, "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz", 88)
    return json.dumps({"account_id": f"{rng.choice(NOUNS)}.testnet", "private_key": value}), value


def truffle_mnemonic(rng: Random) -> Planted:
    value = _PHRASES.make(rng)
    return f"provider: () => new HDWalletProvider('{value}', 'http://127.0.0.1:8545')", value


def electrum_restore(rng: Random) -> Planted:
    value = _PHRASES.make(rng)
    return (
        f'$ electrum restore "{value}"\n{{"path": "/home/{rng.choice(FIRST)}/.electrum/wallets/default_wallet"}}',
        value,
    )


def wallet_backup_note(rng: Random) -> Planted:
    value = _PHRASES.make(rng)
    return (
        f"Wallet created on the {rng.choice(NOUNS)} laptop.\nWrite these words down and keep them offline:\n{value}\nAnyone with them can spend the funds.",
        value,
    )


def cast_wallet(rng: Random) -> Planted:
    value = "0x" + hexadecimal(rng, 64)
    return f"Successfully created new keypair.\nAddress:     0x{hexadecimal(rng, 40)}\nPrivate key: {value}", value


def mcp_env(rng: Random) -> Planted:
    value = opaque(40)(rng)
    server = {"command": "uvx", "args": [f"mcp-server-{rng.choice(NOUNS)}"], "env": {"TODOIST_API_TOKEN": value}}
    return json.dumps({"mcpServers": {rng.choice(NOUNS): server}}, indent=2), value


def mcp_header(rng: Random) -> Planted:
    value = opaque(48)(rng)
    arguments = [
        "-y",
        "mcp-remote",
        f"https://mcp.{rng.choice(NOUNS)}.dev/sse",
        "--header",
        f"Authorization: Bearer {value}",
    ]
    return json.dumps({"mcpServers": {rng.choice(NOUNS): {"command": "npx", "args": arguments}}}, indent=2), value


def mcp_flag(rng: Random) -> Planted:
    value = plain(rng)
    arguments = ["mysql-mcp", "--host", "localhost", "--user", rng.choice(FIRST), "--password", value]
    return json.dumps({"command": "npx", "args": arguments}), value


def claude_cli(rng: Random) -> Planted:
    value = opaque(36)(rng)
    return fill_in(rng, "claude mcp add §w -e §w_API_KEY=§v -- npx -y §w-mcp", value), value


def goose_config(rng: Random) -> Planted:
    value = opaque(40)(rng)
    return fill_in(
        rng,
        "extensions:\n  §w:\n    type: stdio\n    cmd: npx\n    envs:\n      NOTES_API_KEY: §v\n    enabled: true",
        value,
    ), value


def ipynb_output(rng: Random) -> Planted:
    value = plain(rng)
    cell = {
        "cell_type": "code",
        "source": [
            "conn = psycopg2.connect(\n",
            f"    host='localhost', user='{rng.choice(FIRST)}', password='{value}')",
        ],
        "outputs": [],
    }
    return json.dumps({"cells": [cell], "nbformat": 4}), value


def home_assistant_curl(rng: Random) -> Planted:
    value = home_assistant(rng)
    return f'curl -H "Authorization: Bearer {value}" http://homeassistant.local:8123/api/states', value


def esptool_nvs(rng: Random) -> Planted:
    value = password_world(rng)
    return (
        f"key,type,encoding,value\nwifi,namespace,,\nssid,data,string,{rng.choice(NOUNS)}\npassword,data,string,{value}\n",
        value,
    )


def svn_auth(rng: Random) -> Planted:
    value = plain(rng)
    return (
        f"K 8\npasstype\nV 6\nsimple\nK 8\npassword\nV {len(value)}\n{value}\nK 8\nusername\nV 4\n{rng.choice(FIRST)}\nEND",
        value,
    )


def npm_login_trace(rng: Random) -> Planted:
    value = password_world(rng)
    body = json.dumps({"name": rng.choice(FIRST), "password": value, "type": "user"})
    return f"npm http fetch PUT http://localhost:4873/-/user/org.couchdb.user:{rng.choice(FIRST)}\nbody: {body}", value


def op_item(rng: Random) -> Planted:
    value = plain(rng)
    return (
        f"ID:          {pick(rng, 'abcdefghijklmnopqrstuvwxyz234567', 26)}\nTitle:       {rng.choice(NOUNS)}\nVault:       Private\nFields:\n  username:    {rng.choice(FIRST)}\n  password:    {value}",
        value,
    )


def wifi_form(rng: Random) -> Planted:
    value = password_world(rng)
    return (
        f'<form action="/wifi" method="post">\n<input name="ssid" value="{rng.choice(NOUNS)}">\n<input type="password" name="key" value="{value}">\n</form>',
        value,
    )


def macos_defaults_export(rng: Random) -> Planted:
    value = plain(rng)
    return (
        f'<plist version="1.0"><dict>\n\t<key>Host</key>\n\t<string>{rng.choice(NOUNS)}.local</string>\n\t<key>VNCPassword</key>\n\t<string>{value}</string>\n</dict></plist>',
        value,
    )


def lora_session(rng: Random) -> Planted:
    value = ", ".join(f"0x{hexadecimal(rng, 2).upper()}" for _ in range(16))
    return (
        f"static const u1_t PROGMEM APPKEY[16] = {{ {value} }};\nvoid os_getDevKey(u1_t* buf) {{ memcpy_P(buf, APPKEY, 16); }}",
        value,
    )


def google_backup_codes(rng: Random) -> Planted:
    value = "\n".join(f"{pick(rng, '123456789', 4)} {pick(rng, '0123456789', 4)}" for _ in range(5))
    return (
        f"SAVE YOUR BACKUP CODES\nKeep these backup codes somewhere safe but accessible.\n\n{value}\n\nYou can only use each backup code once.",
        value,
    )


def docker_compose_argument(rng: Random) -> Planted:
    value = plain(rng)
    return (
        f"services:\n  cache:\n    image: redis:7\n    command: redis-server --requirepass {value} --appendonly yes\n",
        value,
    )


def vault_unseal(rng: Random) -> Planted:
    value = b64(rng, 33)
    return f"Unseal Key 1: {value}\n\nVault initialized with 1 key share and a key threshold of 1.", value


def minecraft_log(rng: Random) -> Planted:
    value = hexadecimal(rng, 200)
    return (
        f"[10:14:03] [main/INFO]: Launching with --username {rng.choice(FIRST)} --version 1.21.4 --accessToken {value} --userType msa",
        value,
    )


def lnd_macaroon(rng: Random) -> Planted:
    value = "0201036c6e64" + hexadecimal(rng, 280)
    return f"curl --insecure -H 'Grpc-Metadata-macaroon: {value}' https://localhost:8080/v1/getinfo", value


def android_gradle_properties(rng: Random) -> Planted:
    value = plain(rng)
    return (
        f"org.gradle.jvmargs=-Xmx4g\nMYAPP_UPLOAD_STORE_FILE={rng.choice(NOUNS)}.keystore\nMYAPP_UPLOAD_STORE_PASSWORD={value}\n",
        value,
    )


def develocity(rng: Random) -> Planted:
    value = pick(rng, "abcdefghijklmnopqrstuvwxyz234567", 52)
    return f"# ~/.gradle/develocity/keys.properties\nge.{rng.choice(NOUNS)}.dev={value}", value


def cookie_jar(rng: Random) -> Planted:
    value = opaque(64)(rng)
    site = rng.choice(NOUNS)
    return f"# Netscape HTTP Cookie File\n.{site}.dev\tTRUE\t/\tTRUE\t1830000000\tsession_token\t{value}", value


def playwright_state(rng: Random) -> Planted:
    value = opaque(52)(rng)
    cookie = {
        "name": "auth_session",
        "value": value,
        "domain": f"{rng.choice(NOUNS)}.dev",
        "path": "/",
        "httpOnly": True,
        "secure": True,
        "sameSite": "Lax",
    }
    return json.dumps({"cookies": [cookie], "origins": []}), value


def local_storage(rng: Random) -> Planted:
    value = opaque(44)(rng)
    return f"> localStorage.getItem('access_token')\n< '{value}'", value


def unity_auth_token(rng: Random) -> Planted:
    value = uuid4(rng)
    return f"[Licensing] Activating.\nUnity: -username {rng.choice(FIRST)} -authToken {value} -batchmode", value


_OWN = (
    openvpn_static, cosign_key, tendermint_armor, tendermint_validator, minisign_secret, signify_secret, tor_control,
    dnssec_private, keystore_base64, solana_id_json, zigbee_key, near_credentials, truffle_mnemonic, electrum_restore,
    wallet_backup_note, cast_wallet, mcp_env, mcp_header, mcp_flag, claude_cli, goose_config, ipynb_output,
    home_assistant_curl, esptool_nvs, svn_auth, npm_login_trace, op_item, wifi_form, macos_defaults_export,
    lora_session, google_backup_codes, docker_compose_argument, vault_unseal, minecraft_log, lnd_macaroon,
    android_gradle_properties, develocity, cookie_jar, playwright_state, local_storage, unity_auth_token,
)  # fmt: skip

TEXTS: dict[str, Callable[[Random], Planted]] = {**LINES, **{make.__name__: make for make in _OWN}}
