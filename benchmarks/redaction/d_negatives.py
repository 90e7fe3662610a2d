"""Harmless look-alikes of profile d: what developers' machines hold that only resembles secrets and personal data."""

# ruff: noqa: E501, PLR2004, RUF001  # tables, read by their rows; letters of many scripts

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

from benchmarks.redaction.d_secrets import bech32
from benchmarks.redaction.randomness import (
    ALNUM,
    BASE32,
    BASE36,
    DIGITS,
    NOUNS,
    UPPER,
    UPPER36,
    b64,
    b64url,
    hexadecimal,
    pick,
    sentence,
    uuid4,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Make = Callable[[Random], str]


def _t(template: str) -> Make:
    """§w, §x words; §n a number; §i an octet; §d a digit; §8 eight, §f forty, §s sixty-four hexadecimal digits; §u a UUID; §b base 64 of 32 bytes."""

    marks: dict[str, Callable[[Random], str]] = {
        "§w": lambda rng: rng.choice(NOUNS),
        "§x": lambda rng: rng.choice(NOUNS),
        "§u": uuid4,
        "§n": lambda rng: str(rng.randint(2, 999)),
        "§i": lambda rng: str(rng.randint(2, 254)),
        "§8": lambda rng: hexadecimal(rng, 8),
        "§f": lambda rng: hexadecimal(rng, 40),
        "§s": lambda rng: hexadecimal(rng, 64),
        "§b": lambda rng: b64(rng, 32),
        "§d": lambda rng: rng.choice(DIGITS),
    }

    def make(rng: Random) -> str:
        return re.sub("§.", lambda found: marks[found.group()](rng), template)

    return make


def _any(*templates: str) -> Make:
    makes = [_t(template) for template in templates]
    return lambda rng: rng.choice(makes)(rng)


def _intel_hex(rng: Random) -> str:
    data = bytes([16]) + rng.randbytes(2) + b"\0" + rng.randbytes(16)
    return f":{data.hex().upper()}{-sum(data) % 256:02X}"


def _ec_public(rng: Random) -> str:
    body = base64.b64encode(
        bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d03010703420004") + rng.randbytes(64)
    ).decode()
    return f"-----BEGIN PUBLIC KEY-----\n{body[:64]}\n{body[64:]}\n-----END PUBLIC KEY-----"


def _lei(rng: Random) -> str:
    body = f"{pick(rng, DIGITS, 4)}00{pick(rng, UPPER36, 12)}"
    number = int("".join(str(int(char, 36)) for char in body + "00"))
    return f"LEI {body}{98 - number % 97:02}"


def _issn(rng: Random) -> str:
    body = pick(rng, DIGITS, 7)
    check = -sum(int(char) * weight for char, weight in zip(body, range(8, 1, -1), strict=True)) % 11
    return f"ISSN {body[:4]}-{body[4:]}{'X' if check == 10 else check}"


def _cas(rng: Random) -> str:
    body = rng.choice("123456789") + pick(rng, DIGITS, 5)
    return f"CAS {body[:4]}-{body[4:]}-{sum(int(char) * place for place, char in enumerate(reversed(body), 1)) % 10}"


def _go_game(rng: Random) -> str:
    letters = "abcdefghijklmnopqrs"
    moves = "".join(f";{'BW'[number % 2]}[{pick(rng, letters, 2)}]" for number in range(14))
    return f"(;GM[1]FF[4]SZ[19]KM[6.5]{moves})"


def _tokens(rng: Random) -> str:
    return str([f"Ġ{rng.choice(NOUNS)}" for _ in range(6)])


def _binary(rng: Random) -> str:
    return " ".join(pick(rng, "01", 8) for _ in range(8))


def _opcode(rng: Random) -> str:
    return f"{rng.randint(4096, 65535):08x}: {hexadecimal(rng, 2)} {hexadecimal(rng, 2)} {hexadecimal(rng, 2)}\tmov\trax, QWORD PTR [rbp-0x{rng.randint(8, 90):x}]"


VALUES: dict[str, Make] = {
    "gradle_coordinate": _any("com.android.tools.build:gradle:8.5.§d", "io.ktor:ktor-client-core:2.3.1§d", "org.jetbrains.kotlin:kotlin-stdlib:2.0.§d§d"),
    "npm_range": _t('"react-native": "^0.7§d.§d", "expo": "~51.0.§d§d"'),
    "brew_bottle": _t('sha256 cellar: :any, arm64_sonoma: "§s"'),
    "conda_spec": _t("numpy=1.26.§d=py311h§8_0"),
    "pub_lock": _t('  §w_§x:\n    dependency: transitive\n    description:\n      sha256: "§s"\n    version: "1.§n.0"'),
    "podfile_lock": _t("SPEC CHECKSUMS:\n  Alamofire: §f\n  SnapKit: §f"),
    "mix_lock": _t('"plug": {:hex, :plug, "1.16.§d", "§s", [:mix], [], "hexpm", "§s"},'),
    "composer_lock": _t('"content-hash": "§8§8§8§8"'),
    "opam_checksum": _t('checksum: "sha512=§s§s"'),
    "go_pseudo_version": _t("v0.0.0-2025031§d1§d0405-§8§d§d§d§d"),
    "swift_revision": _t('"revision" : "§f",\n      "version" : "5.9.§d"'),
    "unity_meta": _t("fileFormatVersion: 2\nguid: §8§8§8§8"),
    "unity_reference": _t("m_Script: {fileID: 11500000, guid: §8§8§8§8, type: 3}"),
    "godot_uid": lambda rng: f'[ext_resource type="Texture2D" uid="uid://{pick(rng, BASE36, 13)}" path="res://art/{rng.choice(NOUNS)}.png" id="1"]',
    "xcode_object": lambda rng: f"{pick(rng, '0123456789ABCDEF', 24)} /* {rng.choice(NOUNS).title()}.swift in Sources */",
    "android_resource": _t("0x7f0a0§d§d§d"),
    "crash_frame": _t("3   UIKitCore   0x00000001§8 -[UIView layoutSublayersOfLayer:] + §n"),
    "dsym_uuid": lambda rng: f"UUID: {uuid4(rng).upper()} (arm64) App.dSYM",
    "elf_build_id": _t("ELF 64-bit LSB pie executable, x86-64, BuildID[sha1]=§f, stripped"),
    "partition_table": _t("nvs,      data, nvs,     0x9000,  0x6000,\nphy_init, data, phy,     0xf000,  0x1000,\n§w,  app,  ota_0,   0x10000, 1M,"),
    "can_frame": lambda rng: f"can0  {rng.randint(256, 2047):X}   [8]  " + " ".join(hexadecimal(rng, 2).upper() for _ in range(8)),
    "intel_hex": _intel_hex,
    "ble_uuid": lambda rng: f"0000{rng.choice(('180f', '180a', '2a19', '1812', 'fe59'))}-0000-1000-8000-00805f9b34fb",
    "usb_id": _t("usb 1-1: New USB device found, idVendor=10c4, idProduct=ea60, bcdDevice= 1.0§d"),
    "multicast": _any("224.0.0.251:5353", "ff02::fb", "239.255.255.250"),
    "netmask": _any("255.255.255.0", "0.0.0.0/0", "255.255.252.0", "::/0"),
    "block_hash": _t('"blockHash": "0x§s", "blockNumber": "0x1§d§d§d§d§d"'),
    "nostr_public": lambda rng: bech32("npub", rng.randbytes(32)),
    "notebook_cell_id": _t('"cell_type": "code", "execution_count": §n, "id": "§8"'),
    "kernel_id": _t("Kernel started: §u, name: python3"),
    "model_file": _any("qwen2.5-7b-instruct-q4_k_m.gguf", "bge-small-en-v1.5-§n.safetensors", "whisper-large-v3-turbo-§n.bin"),
    "ollama_blob": _t("pulling sha256:§s... 100% ▕████████████████▏ 4.7 GB"),
    "bpe_tokens": _tokens,
    "chat_template": _t("<|im_start|>user\nWhere is the §w?<|im_end|>\n<|im_start|>assistant"),
    "message_id": lambda rng: f'"id": "{rng.choice(("msg_01", "toolu_01"))}{pick(rng, ALNUM, 22)}", "role": "assistant"',
    "completion_id": lambda rng: f'"id": "chatcmpl-{pick(rng, ALNUM, 29)}", "object": "chat.completion"',
    "lfs_pointer": _t("version https://git-lfs.github.com/spec/v1\noid sha256:§s\nsize §n4821"),
    "gerrit_change": _t("Change-Id: I§f"),
    "hg_changeset": _t("changeset:   §n:§8a1b2\nbranch:      §w"),
    "git_blame": _t("^§8 (build-bot 2025-03-1§d 10:2§d:11 +0000 §n) return §w"),
    "ec_public": _ec_public,
    "wireguard_public": _t("[Peer]\nPublicKey = §b\nAllowedIPs = 10.8.0.§d/32"),
    "dnssec_ds": _t("§w.dev. 3600 IN DS 2§d§d§d§d 13 2 §s"),
    "sshfp": _t("§w.dev. IN SSHFP 4 2 §s"),
    "tls_pin": _t('pin-sha256="§b"; max-age=5184000'),
    "jose_header": _t('{"alg":"ES256","typ":"JWT","kid":"§w-2026"}'),
    "vapid_public": lambda rng: f"VAPID public key: B{b64url(rng, 65)[1:]}",
    "measurement_id": lambda rng: f"gtag('config', 'G-{pick(rng, UPPER36, 10)}');",
    "tag_manager": lambda rng: f"GTM-{pick(rng, UPPER36, 7)}",
    "admob_unit": _t("ca-app-pub-3940256099942544/§d§d§d§d§d§d§d§d§d§d"),
    "spotify_uri": lambda rng: f"spotify:track:{pick(rng, ALNUM, 22)}",
    "imdb": _t("tt0§d§d§d§d§d§d"),
    "isrc": _t("ISRC NL-A03-2§d-0§d§d§d§d"),
    "issn": _issn,
    "asin": lambda rng: f"ASIN B0{pick(rng, UPPER36, 8)}",
    "openlibrary": _t("/works/OL§d§d§d§d§dW"),
    "osm_way": _t("https://www.openstreetmap.org/way/2§d§d§d§d§d§d§d"),
    "geohash": lambda rng: f"geohash {pick(rng, '0123456789bcdefghjkmnpqrstuvwxyz', 9)}",
    "tle": _t("1 25544U 98067A   260§d§d.51782528  .00016717  00000-0  10270-3 0  90§d§d"),
    "metar": _t("METAR HKJK 1§d1200Z 05010KT 9999 FEW022 2§d/14 Q1020 NOSIG"),
    "lei": _lei,
    "cas": _cas,
    "inchi_key": lambda rng: f"{pick(rng, UPPER, 14)}-UHFFFAOYSA-N",
    "accession": _any("NM_000546.§d", "ENSG00000141§d§d§d", "rs74§d§d§d", "GCF_0000014§d§d.40"),
    "go_record": _go_game,
    "sudoku": lambda rng: "\n".join(pick(rng, "123456789__", 9) for _ in range(9)),
    "cube_scramble": lambda rng: " ".join(rng.choice(("R", "U", "F2", "L'", "B", "D2", "R'", "U2")) for _ in range(18)),
    "morse": lambda rng: " ".join(pick(rng, ".-", rng.randint(1, 4)) for _ in range(14)),
    "binary_octets": _binary,
    "disassembly": _opcode,
    "keymap": _t("[_BASE] = LAYOUT(KC_ESC, KC_Q, KC_W, KC_E, MO(§d), KC_BSPC)"),
    "hotkey_text": _t("Press Ctrl+Shift+P, then pick the §w command; the key K toggles the §x."),
    "rrule": _t("RRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=§n"),
    "ls_line": _t("-rw-r--r--  1 root  wheel  §n4 Feb 1§d 09:14 id_ed25519.pub"),
    "keychain_reference": _t("keychain://login/§w-deploy"),
    "pass_reference": _t("password_cmd = pass show mail/§w"),
    "keychain_lookup": _t("DB_PASSWORD=$(security find-generic-password -s §w-db -w)"),
    "gcloud_command": _t('TOKEN="$(gcloud auth print-access-token)"'),
    "vscode_input": _t('"env": { "API_KEY": "${input:§w-key}" }'),
    "local_env": _t('"GITHUB_TOKEN": "${localEnv:GITHUB_TOKEN}"'),
    "ha_secret": _t("wifi:\n  ssid: !secret wifi_ssid\n  password: !secret wifi_password"),
    "symfony_env": _t("api_key: '%env(resolve:§w_API_KEY)%'"),
    "deno_env": _t('const key = Deno.env.get("§w_API_KEY");'),
    "ruby_env": _t('token = ENV.fetch("§w_TOKEN")'),
    "rust_env": _t('let secret = std::env::var("§w_SECRET")?;'),
    "java_env": _t('String password = System.getenv("§w_PASSWORD");'),
    "getpass_code": _t("password = getpass.getpass('Password for §w: ')"),
    "build_config": _t("val apiKey = BuildConfig.§w_API_KEY"),
    "secure_storage": _t("final token = await storage.read(key: 'access_token');"),
    "dart_define_read": _t("const apiKey = String.fromEnvironment('API_KEY');"),
    "plist_variable": _t("<key>GMSApiKey</key>\n<string>$(GOOGLE_MAPS_KEY)</string>"),
    "gradle_property": _t('storePassword = keystoreProperties["storePassword"] as String'),
    "fastlane_env": _t('password: ENV["MATCH_PASSWORD"]'),
    "json_syntax_error": _t("SyntaxError: Unexpected token '<', \"<!DOCTYPE \"... is not valid JSON at line §n"),
    "lexer_output": _t("Token(type=IDENT, value='§w', line=§n)"),
    "erc20_code": _t("IERC20 public immutable token; // the §w token"),
    "game_text": _t("You found a secret passage! The golden key opens the §w door on level §n."),
    "music_text": _t("The song is in the key of C minor and passes to G major after bar §n."),
    "crypto_lesson": _t("A private key signs, a public key verifies; the §w never sees either."),
    "man_page": _t("-p, --password  prompt for the password on the terminal instead of reading the §w file"),
    "gitignore": _t(".env\n*.pem\nsecrets.yaml\n§w/credentials.json"),
    "secret_file_names": _t("config/secrets.yml.example, id_rsa.pub, §w/token.go"),
    "source_line": _t("[[ -f ~/.secrets ]] && source ~/.secrets"),
    "missing_variables": _t("Error: missing required environment variables: API_KEY, CLIENT_SECRET, §w_TOKEN"),
    "test_names": _t("tests/test_auth.py::test_password_reset_token_expires PASSED [ §d§d%]"),
    "css_password": _t(".password-input:focus { border: §dpx solid; }"),
    "i18n_key": _t("auth.password.reset.title"),
    "graphql_type": _t("type Token {\n  value: String!\n  expiresAt: DateTime!\n}"),
    "proto_field": _t("message Login {\n  string user = 1;\n  string password = §d;\n}"),
    "prisma_field": _t("model User {\n  id           Int    @id\n  passwordHash String\n  §w String?\n}"),
    "android_permission": _t('<uses-permission android:name="android.permission.USE_CREDENTIALS" />'),
    "kotlin_class": _t("data class Credentials(val user: String, val password: String, val §w: Int = §n)"),
    "go_interface": _t("type TokenSource interface {\n\tToken() (*Token, error)\n}"),
    "swift_secure_field": _t('SecureField("Password", text: $password)'),
    "flutter_field": _t("TextField(obscureText: true, decoration: InputDecoration(labelText: 'Password'))"),
    "vue_form": _t('<input v-model="form.password" type="password" autocomplete="new-password">'),
    "pg_roles": _t("SELECT rolname, rolvaliduntil FROM pg_roles WHERE rolpassword IS NOT NULL LIMIT §n"),
    "korean_sentence": _t("비밀번호는 8자 이상이어야 하며 §w 은 사용할 수 없습니다."),
    "japanese_sentence": _t("パスワードを忘れた場合は、こちらから再設定してください。"),
    "chinese_sentence": _t("请输入密码，密码长度不少于八位。"),
    "hindi_sentence": _t("अपना पासवर्ड किसी को न बताएं।"),
    "italian_sentence": _t("La password deve contenere almeno otto caratteri e un numero."),
    "swedish_sentence": _t("Lösenordet får inte innehålla ditt namn."),
    "polish_sentence": _t("Hasło wygasa po 90 dniach, a token po godzinie."),
    "arabic_sentence": _t("يجب أن تحتوي كلمة المرور على ثمانية أحرف على الأقل."),
    "swahili_sentence": _t("Usimwambie mtu yeyote nenosiri lako."),
    "onboarding_text": _t("Ask the admin for the password; it is never sent by mail. The §w team rotates it monthly."),
    "mcp_initialize": _t('{"jsonrpc":"2.0","id":§n,"method":"initialize","params":{"protocolVersion":"2025-06-18"}}'),
    "progress_token": _t('"_meta": {"progressToken": §n}'),
    "usage_line": _t("usage: prompt=§n tokens, completion=§n tokens, total=1§n tokens"),
    "ssh_config": _t("Host §w\n  HostName 10.0.0.§i\n  IdentityFile ~/.ssh/id_ed25519\n  IdentitiesOnly yes"),
    "keytool_listing": _t("upload, Jan 1§d, 2026, PrivateKeyEntry,\nCertificate fingerprint (SHA-256): 5C:1D:09:AF:33:7B:E2:90:4F:11:6A:C8:DD:02:9E:71:5C:1D:09:AF:33:7B:E2:90:4F:11:6A:C8:DD:02:9E:7§d"),
    "apple_team_path": _t("~/Library/MobileDevice/Provisioning Profiles/§u.mobileprovision"),
    "docker_digest": _t("FROM python:3.12-slim@sha256:§s"),
    "torrent_free": _t("debian-12.§d.0-amd64-netinst.iso  §s"),
    "zip_crc": _t("  §n4  Defl:N  §n  51% 2026-01-1§d 08:00 §8  src/§w.c"),
    "base32_alphabet_note": _t("Crockford's alphabet is 0123456789ABCDEFGHJKMNPQRSTVWXYZ, without I, L, O, U."),
    "train_number": _t("SGR train §n departs 08:00, platform §d, coach 4, seat §n"),
    "exchange_rate": _t("1 USD = 129.§d§d KES = 1§d§d§d.50 NGN = 149.§d§d JPY"),
    "jira_filter": _t('project = §w AND text ~ "password" ORDER BY created DESC'),
    "story": lambda rng: f"{sentence(rng)} Nobody knew the secret of the {rng.choice(NOUNS)}, nor the key to it.",
    "serial_monitor": _t("I (§n) wifi:state: auth -> assoc (0x0)\nI (§n) wifi:security: WPA2-PSK, phy: bgn, rssi: -5§d"),
    "totp_settings": _t("TOTP: SHA1, six digits, every 30 seconds; drift of §d steps allowed"),
    "base32_digest": lambda rng: f"urn:sha1:{pick(rng, BASE32, 32)}",
}  # fmt: skip


def _count(first: int = 1, last: int = 9000) -> Make:
    return lambda rng: str(rng.randint(first, last))


def _one(*values: str) -> Make:
    return lambda rng: rng.choice(values)


PAIRS: dict[str, Make] = {
    "tokens_remaining": _count(100, 99_999), "token_budget": _count(1000, 64_000), "max_completion_tokens": _count(256, 8192),
    "max_new_tokens": _count(16, 4096), "num_tokens_predicted": _count(), "bos_token": _one("[BOS]", "<|begin_of_text|>"),
    "sep_token": _one("[SEP]"), "cls_token": _one("[CLS]"), "mask_token": _one("[MASK]"), "token_symbol": _one("USDC", "DAI", "WETH"),
    "token_decimals": _one("18", "6", "8"), "token_standard": _one("ERC-20", "ERC-721", "SPL"), "token_supply": _count(1_000_000, 90_000_000),
    "tokens_minted": _count(), "tokensPerMinuteLimit": _count(10_000, 90_000), "token_color_customizations": _one("bold", "italic"),
    "semantic_token_type": _one("variable", "parameter", "macro"), "token_refresh_margin": _one("30s", "5m"), "unexpected_token_line": _count(),
    "password_manager": _one("KeePassXC", "Bitwarden", "1Password"), "password_hint_enabled": _one("true", "false"),
    "passwordStrengthMeter": _one("visible", "hidden"), "password_algorithm": _one("argon2id", "scrypt", "bcrypt"),
    "password_store_dir": _one("~/.password-store", "/srv/pass"), "passwordless_login": _one("enabled", "disabled"),
    "last_password_change": _one("2026-01-12", "2025-11-30"), "password_rules_url": _one("https://docs.amber.dev/rules"),
    "password_history_size": _one("5", "12"), "password_input_type": _one("text", "numeric"), "password_autofill": _one("on", "off"),
    "secret_level_name": _one("Toad Hollow", "Crystal Maze"), "secret_ending_unlocked": _one("true", "false"), "secret_rooms_found": _count(1, 40),
    "secret_backend": _one("vault", "aws-ssm", "keyring"), "client_secret_expires_at": _one("0", "1790000000"), "secrets_detected": _count(0, 9),
    "secret_scanning": _one("enabled", "disabled"), "secret_rotation_days": _one("30", "90"), "secret_key_length": _one("256", "512"),
    "key_signature": _one("C minor", "D major", "F sharp"), "keymap": _one("dvorak", "us-intl", "colemak"), "keybinding": _one("ctrl+k ctrl+s", "cmd+shift+p"),
    "key_code": _one("KeyK", "Escape", "ArrowLeft"), "keycap_profile": _one("OEM", "SA", "Cherry"), "key_frame_interval": _one("2", "48"),
    "keyword_density": _one("0.031", "0.018"), "primary_key_column": _one("id", "order_id"), "hash_key_attribute": _one("tenantId", "orderId"),
    "range_key_attribute": _one("createdAt", "sequence"), "shortcut_key": _one("F5", "Alt+T"), "activation_key_required": _one("true", "false"),
    "api_key_env": _one("GROQ_KEY_NAME", "MISTRAL_ENV"), "apiKeyHelper": _one("~/bin/fetch.sh", "/opt/helper.sh"),
    "keychain_item": _one("login.keychain-db", "System.keychain"), "key_vault_name": _one("kv-amber-dev", "kv-maple-prod"),
    "keyring_backend": _one("secretservice", "kwallet", "file"), "private_key_path": _one("~/.ssh/id_ed25519", "/etc/ssl/private/amber.key"),
    "ssh_key_type": _one("ed25519", "ecdsa"), "public_key_algorithm": _one("ED25519", "RSA-4096"), "key_exchange": _one("curve25519", "ffdhe3072"),
    "session_storage": _one("redis", "memory", "disk"), "session_timezone": _one("Africa/Nairobi", "Asia/Tokyo"), "training_session_minutes": _count(10, 90),
    "auth_mode": _one("oauth2", "none", "mtls"), "auth_flow": _one("device", "pkce"), "author_count": _count(1, 60), "authenticator_attachment": _one("platform", "cross-platform"),
    "auth_failures_total": _count(0, 60), "gpio_pin_number": _one("13", "27", "4"), "gpio_pin": _one("GPIO21", "D4", "PA5"), "pin_mode": _one("OUTPUT", "INPUT_PULLUP"),
    "pin_map": _one("SDA=21 SCL=22", "TX=1 RX=3"), "pinned_version": _one("3.12.4", "20.11.1"), "spinner": _one("dots", "line"),
    "passed": _count(1, 400), "passes": _one("2", "3"), "render_pass": _one("shadow", "opaque", "bloom"), "bandpass_hz": _one("300-3400", "20-200"),
    "boarding_pass_type": _one("mobile", "paper"), "passage_count": _count(), "low_pass_cutoff": _one("440.5", "120.0"), "multipass_enabled": _one("true", "false"),
    "cookie_banner": _one("shown", "dismissed"), "cookie_recipe": _one("oatmeal raisin", "gingerbread"), "cookie_jar_path": _one("/tmp/jar.txt", "~/.cache/jar.txt"),
    "salt_length": _one("16", "32"), "saltwater_ppm": _one("35.2", "34.8"), "random_seed": _one("42", "1337", "2024"), "world_seed_type": _one("flat", "amplified"),
    "seed_data_file": _one("db/seeds.rb", "fixtures/seed.sql"), "noise_seed_steps": _count(1, 50), "credential_provider": _one("osxkeychain", "manager-core"),
    "fetch_credentials": _one("include", "omit", "same-origin"), "mnemonic_instruction": _one("MOVZX", "LDRB", "JNZ"), "wallet_type": _one("hardware", "multisig"),
    "wallet_count": _count(1, 9), "signature_version": _one("v4", "s3v4"), "signature_help": _one("auto", "manual"), "bearer_format": _one("JWT", "opaque"),
    "access_point_channel": _one("6", "11", "36"), "access_key_rotation": _one("quarterly", "never"), "accessibility_label": _one("Close dialog", "Open menu"),
    "phone_model": _one("Pixel 8", "Galaxy A54", "Redmi Note 12"), "phone_orientation": _one("portrait", "landscape"), "email_provider": _one("ses", "smtp", "sendmail"),
    "email_client": _one("Thunderbird", "mutt"), "email_queue_length": _count(), "ip_address_family": _one("inet", "inet6"), "ip_forwarding": _one("true", "false"),
    "mac_os_version": _one("15.2", "14.7.1"), "macro_recorder": _one("on", "off"), "card_title": _one("Weather this week", "Open tasks"), "card_count": _count(),
    "card_shuffle": _one("fisher-yates", "riffle"), "iban_length": _one("24", "27"), "birthday_reminders": _one("on", "off"), "birth_rate_per_thousand": _one("17.4", "32.9"),
    "ssn_format": _one("masked", "hidden"), "account_type": _one("savings", "business"), "account_tier": _one("free", "team"), "passport_office_hours": _one("08:00-16:00", "09:00-15:30"),
    "address_bus_width": _one("20", "32"), "address_space": _one("48-bit", "flat"), "otp_digits": _one("6", "8"), "totp_period": _one("30", "60"),
    "webhook_count": _count(0, 20), "nonce_size": _one("12", "24"), "hmac_algorithm": _one("SHA-256", "SHA-512"), "cipher_suite": _one("TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256"),
    "encryption_mode": _one("AES-256-GCM", "XTS"), "license_name": _one("Apache-2.0", "MIT", "MPL-2.0"), "licence_plate_format": _one("ABC 123D", "AA-000-AA"),
    "private_browsing": _one("true", "false"), "private_channel_count": _count(0, 90), "hash_rounds": _one("10", "12"), "hashtag": _one("#buildinpublic", "#gamedev"),
    "recovery_mode": _one("fastboot", "dfu"), "recovery_point_objective": _one("15m", "1h"), "puzzle_solution": _one("left, left, up", "red then blue"),
}  # fmt: skip
