"""Secrets of profile d: developers' machines, AI vendors, wallets, home automation, and vendors of Asia and Africa."""

# ruff: noqa: E501, RUF001, SIM905  # tables, read by their rows; letters of many scripts

from __future__ import annotations

import base64
import json
import zlib
from typing import TYPE_CHECKING

from benchmarks.redaction.randomness import (
    ALNUM,
    BASE32,
    BASE36,
    BASE58,
    BASE62,
    DIGITS,
    FIRST,
    LETTERS,
    LOWER,
    NOUNS,
    UPPER,
    UPPER36,
    URLSAFE,
    WORD,
    b64,
    b64url,
    base58check,
    base62,
    hexadecimal,
    pick,
    uuid4,
)
from benchmarks.redaction.secret_kinds import SecretKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_RIPPLE = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATORS):
            check ^= generator if top >> bit & 1 else 0
    return check


def bech32(prefix: str, payload: bytes) -> str:
    """BIP 173's text form: prefix, payload in groups of five bits, six check characters."""
    bits = "".join(f"{byte:08b}" for byte in payload)
    data = [int(bits[at : at + 5].ljust(5, "0"), 2) for at in range(0, len(bits), 5)]
    head = [ord(char) >> 5 for char in prefix] + [0] + [ord(char) & 31 for char in prefix]
    check = _polymod([*head, *data, 0, 0, 0, 0, 0, 0]) ^ 1
    return f"{prefix}1" + "".join(_BECH32[value] for value in [*data, *(check >> 5 * (5 - at) & 31 for at in range(6))])


def _base58(payload: bytes) -> str:
    number, text = int.from_bytes(payload, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        text = BASE58[rest] + text
    return text


def _p(prefix: str, alphabet: str, count: int, suffix: str = "") -> Callable[[Random], str]:
    return lambda rng: prefix + pick(rng, alphabet, count) + suffix


def _o(alphabet: str, count: int) -> Callable[[Random], str]:
    """An opaque text that begins and ends with a letter or a digit."""
    return lambda rng: rng.choice(ALNUM) + pick(rng, alphabet, count - 2) + rng.choice(ALNUM)


def _hex(prefix: str, count: int, suffix: str = "") -> Callable[[Random], str]:
    return lambda rng: prefix + hexadecimal(rng, count) + suffix


def _json64(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value, separators=(",", ":")).encode()).decode().rstrip("=")


def home_assistant(rng: Random) -> str:
    issued = rng.randint(1_690_000_000, 1_780_000_000)
    claims = {"iss": hexadecimal(rng, 32), "iat": issued, "exp": issued + 315_360_000}
    return f"{_json64({'alg': 'HS256', 'typ': 'JWT'})}.{_json64(claims)}.{b64url(rng, 32)}"


def _tinybird(rng: Random) -> str:
    return f"p.{_json64({'u': uuid4(rng), 'id': uuid4(rng), 'host': 'eu_shared'})}.{b64url(rng, 32)}"


def _neptune(rng: Random) -> str:
    site = "https://app.neptune.ai"
    text = json.dumps({"api_address": site, "api_url": site, "api_key": uuid4(rng)})
    return base64.b64encode(text.encode()).decode()


def _synapse(rng: Random) -> str:
    local = base64.b64encode(rng.choice(FIRST).encode()).decode().rstrip("=")
    text = f"syt_{local}_{pick(rng, LETTERS, 20)}"
    check = base62(zlib.crc32(text.encode()), 6).translate(str.maketrans(BASE62, DIGITS + LOWER + UPPER))
    return f"{text}_{check}"


def _ripple(rng: Random) -> str:
    return base58check(b"\x21" + rng.randbytes(16)).translate(str.maketrans(BASE58, _RIPPLE))


def _bip38(rng: Random) -> str:
    return base58check(b"\x01\x42" + rng.choice((b"\xc0", b"\xe0")) + rng.randbytes(36))


def _rapidapi(rng: Random) -> str:
    return f"{hexadecimal(rng, 10)}msh{hexadecimal(rng, 15)}p1{hexadecimal(rng, 5)}jsn{hexadecimal(rng, 12)}"


def _onepassword_key(rng: Random) -> str:
    return "A3-" + "-".join(pick(rng, "23456789ABCDEFGHJKLMNPQRSTVWXYZ", size) for size in (6, 6, 5, 5, 5, 5))


def _lambda(rng: Random) -> str:
    return f"secret_{rng.choice(NOUNS)}_{hexadecimal(rng, 32)}.{pick(rng, ALNUM, 32)}"


def _chutes(rng: Random) -> str:
    return f"cpk_{hexadecimal(rng, 32)}.{hexadecimal(rng, 32)}.{pick(rng, ALNUM, 32)}"


def _convex(rng: Random) -> str:
    return f"prod:{rng.choice(NOUNS)}-{rng.choice(NOUNS)}-{rng.randint(100, 999)}|{b64(rng, 60)}"


def _pubnub(rng: Random) -> str:
    return "sec-c-" + base64.b64encode(uuid4(rng).encode()).decode()


def _helicone(rng: Random) -> str:
    return "sk-helicone-" + "-".join(pick(rng, BASE36, 7) for _ in range(4))


def _kind(name: str, make: Callable[[Random], str], *names: str) -> SecretKind:
    return SecretKind(name, make, names)


SHAPED = (
    _kind("voyage", _p("pa-", URLSAFE, 43), "VOYAGE_API_KEY", "voyageApiKey", "embedding api key"),
    _kind("stability", _p("sk-", ALNUM, 48), "STABILITY_API_KEY", "stabilityKey", "dreamstudio key"),
    _kind("dashscope", _hex("sk-", 32), "DASHSCOPE_API_KEY", "qwen_api_key", "bailian key"),
    _kind("firecrawl", _hex("fc-", 32), "FIRECRAWL_API_KEY", "firecrawlApiKey", "crawler key"),
    _kind("brave_search", _p("BSA", URLSAFE, 28), "BRAVE_API_KEY", "braveSearchApiKey", "X-Subscription-Token"),
    _kind("context7", lambda rng: f"ctx7sk-{uuid4(rng)}", "CONTEXT7_API_KEY", "context7ApiKey"),
    _kind("mem0", _p("m0-", ALNUM, 40), "MEM0_API_KEY", "mem0ApiKey", "memory api key"),
    _kind("helicone", _helicone, "HELICONE_API_KEY", "heliconeAuth", "helicone key"),
    _kind("supabase_secret", lambda rng: f"sb_secret_{pick(rng, URLSAFE, 22)}_{pick(rng, URLSAFE, 8)}", "SUPABASE_SECRET_KEY", "supabaseSecretKey", "service key"),
    _kind("clerk", lambda rng: f"sk_{rng.choice(('live', 'test'))}_{pick(rng, ALNUM, 42)}", "CLERK_SECRET_KEY", "clerkSecretKey"),
    _kind("stytch", lambda rng: f"secret-live-{b64url(rng, 26)}=", "STYTCH_SECRET", "stytchSecret", "stytch project secret"),
    _kind("cashfree", lambda rng: f"cfsk_ma_prod_{hexadecimal(rng, 32)}_{hexadecimal(rng, 8)}", "CASHFREE_SECRET_KEY", "cashfreeClientSecret", "XClientSecret"),
    _kind("toss_payments", lambda rng: f"{rng.choice(('live', 'test'))}_{rng.choice(('sk', 'gsk'))}_{pick(rng, ALNUM, 32)}", "TOSS_SECRET_KEY", "tossPaymentsSecretKey", "토스 시크릿 키"),
    _kind("payjp", _hex("sk_live_", 24), "PAYJP_SECRET_KEY", "payjpSecretKey", "payjp 秘密鍵"),
    _kind("chapa", _p("CHASECK-", ALNUM, 32), "CHAPA_SECRET_KEY", "chapaSecretKey", "CHAPA_AUTH_KEY"),
    _kind("africas_talking", _hex("atsk_", 72), "AT_API_KEY", "africasTalkingApiKey", "AFRICASTALKING_API_KEY"),
    _kind("volcengine", lambda rng: "AKLT" + base64.b64encode(hexadecimal(rng, 32).encode()).decode().rstrip("="), "VOLC_ACCESSKEY", "volcAccessKeyId", "ark access key"),
    _kind("jdcloud", _p("JDC_", "0123456789ABCDEF", 28), "JDCLOUD_ACCESS_KEY", "jdcloudAccessKey"),
    _kind("ncloud", _p("ncp_iam_BPKMKR", ALNUM, 28), "NCLOUD_SECRET_KEY", "ncpSecretKey", "네이버 클라우드 시크릿 키"),
    _kind("plane", _hex("plane_api_", 32), "PLANE_API_KEY", "planeApiToken"),
    _kind("cal_com", _hex("cal_live_", 32), "CALCOM_API_KEY", "calApiKey", "cal key"),
    _kind("n8n", _hex("n8n_api_", 80), "N8N_API_KEY", "n8nApiKey", "X-N8N-API-KEY"),
    _kind("home_assistant", home_assistant, "HASS_TOKEN", "homeAssistantToken", "long_lived_access_token", "SUPERVISOR_TOKEN"),
    _kind("ntfy", _p("tk_", BASE36, 29), "NTFY_TOKEN", "ntfyAccessToken", "push token"),
    _kind("uptime_kuma", _p("uk1_", URLSAFE, 40), "UPTIME_KUMA_API_KEY", "kumaApiKey"),
    _kind("bitwarden_machine", lambda rng: f"0.{uuid4(rng)}.{pick(rng, ALNUM, 30)}:{b64(rng, 16)}", "BWS_ACCESS_TOKEN", "bwsAccessToken", "machine account token"),
    _kind("onepassword_key", _onepassword_key, "OP_SECRET_KEY", "onePasswordSecretKey", "emergency kit secret key"),
    _kind("modrinth", _p("mrp_", ALNUM, 60), "MODRINTH_TOKEN", "modrinthToken", "mod upload token"),
    _kind("oculus", lambda rng: f"OC|{pick(rng, '123456789', 16)}|{hexadecimal(rng, 32)}", "OCULUS_APP_TOKEN", "metaQuestAppToken", "oculusAccessToken"),
    _kind("the_things_network", lambda rng: f"NNSXS.{pick(rng, BASE32, 39)}.{pick(rng, BASE32, 52)}", "TTN_API_KEY", "ttsApiKey", "things stack key"),
    _kind("edge_impulse", _hex("ei_", 64), "EI_API_KEY", "edgeImpulseApiKey", "EDGE_IMPULSE_API_KEY"),
    _kind("arcgis", lambda rng: f"AAPK{hexadecimal(rng, 32)}{pick(rng, URLSAFE, 64)}", "ARCGIS_API_KEY", "esriApiKey", "arcgis token"),
    _kind("deno_deploy", _p("ddp_", ALNUM, 36), "DENO_DEPLOY_TOKEN", "denoDeployToken", "deployctl token"),
    _kind("packagist", lambda rng: f"packagist_{rng.choice(('uut', 'ort', 'out', 'cut'))}_{hexadecimal(rng, 68)}", "PACKAGIST_TOKEN", "packagistToken", "composer token"),
    _kind("rapidapi", _rapidapi, "RAPIDAPI_KEY", "X-RapidAPI-Key", "rapidApiKey"),
    _kind("wakatime", lambda rng: f"waka_{uuid4(rng)}", "WAKATIME_API_KEY", "wakatimeApiKey", "wakatime key"),
    _kind("cursor", lambda rng: f"{rng.choice(('key', 'crsr'))}_{hexadecimal(rng, 64)}", "CURSOR_API_KEY", "cursorApiKey"),
    _kind("codesandbox", _p("csb_v1_", URLSAFE, 43), "CSB_API_KEY", "codesandboxToken", "CSB_ACCESS_TOKEN"),
    _kind("socket_security", _p("sktsec_", ALNUM, 43, "_api"), "SOCKET_SECURITY_API_KEY", "socketApiToken", "SOCKET_CLI_API_TOKEN"),
    _kind("chromatic", _hex("chpt_", 15), "CHROMATIC_PROJECT_TOKEN", "chromaticProjectToken"),
    _kind("percy", _hex("web_", 64), "PERCY_TOKEN", "percyToken", "visual test token"),
    _kind("depot", lambda rng: f"depot_{rng.choice(('user', 'org', 'project'))}_{hexadecimal(rng, 64)}", "DEPOT_TOKEN", "depotToken", "build token"),
    _kind("appwrite", _hex("standard_", 256), "APPWRITE_API_KEY", "appwriteKey", "X-Appwrite-Key"),
    _kind("builder_io", _hex("bpk-", 32), "BUILDER_PRIVATE_KEY", "builderPrivateKey"),
    _kind("tinybird", _tinybird, "TINYBIRD_TOKEN", "tinybirdToken", "TB_TOKEN"),
    _kind("clickhouse_cloud", _p("4b1d", ALNUM, 38), "CLICKHOUSE_CLOUD_API_SECRET", "clickhouseKeySecret", "CH_API_KEY_SECRET"),
    _kind("materialize", _hex("mzp_", 64), "MZ_PASSWORD", "materializeAppPassword", "mz app password"),
    _kind("kaggle_token", _hex("KGAT_", 32), "KAGGLE_API_TOKEN", "kaggleToken", "kaggle access token"),
    _kind("prefect", _p("pnu_", ALNUM, 36), "PREFECT_API_KEY", "prefectApiKey"),
    _kind("friendli", _p("flp_", ALNUM, 46), "FRIENDLI_TOKEN", "friendliToken"),
    _kind("upstage", _p("up_", ALNUM, 29), "UPSTAGE_API_KEY", "upstageApiKey", "solar api key"),
    _kind("cartesia", _p("sk_car_", ALNUM, 22), "CARTESIA_API_KEY", "cartesiaApiKey"),
    _kind("runway", _hex("key_", 128), "RUNWAYML_API_SECRET", "runwayApiSecret"),
    _kind("llama_cloud", _p("llx-", ALNUM, 48), "LLAMA_CLOUD_API_KEY", "llamaParseApiKey", "llamacloud key"),
    _kind("browserbase", _p("bb_live_", URLSAFE, 27), "BROWSERBASE_API_KEY", "browserbaseApiKey"),
    _kind("apify", _p("apify_api_", ALNUM, 36), "APIFY_TOKEN", "apifyApiToken", "apify token"),
    _kind("daytona", _hex("dtn_", 64), "DAYTONA_API_KEY", "daytonaApiKey", "sandbox api key"),
    _kind("humanloop", _hex("hl_sk_", 48), "HUMANLOOP_API_KEY", "humanloopApiKey"),
    _kind("promptlayer", _hex("pl_", 32), "PROMPTLAYER_API_KEY", "promptlayerApiKey"),
    _kind("vercel_gateway", _p("vck_", ALNUM, 56), "AI_GATEWAY_API_KEY", "aiGatewayApiKey", "gateway key"),
    _kind("chutes", _chutes, "CHUTES_API_KEY", "chutesApiToken"),
    _kind("letta", lambda rng: "sk-let-" + b64(rng, 66), "LETTA_API_KEY", "lettaApiKey"),
    _kind("lambda_labs", _lambda, "LAMBDA_API_KEY", "lambdaCloudApiKey", "gpu cloud key"),
    _kind("ripple_seed", _ripple, "XRPL_SEED", "xrpWalletSeed", "ripple secret", "faucet wallet seed"),
    _kind("near_key", lambda rng: "ed25519:" + _base58(b"\x7f" + rng.randbytes(63)), "NEAR_PRIVATE_KEY", "nearPrivateKey", "near account secret key"),
    _kind("aptos_key", _hex("ed25519-priv-0x", 64), "APTOS_PRIVATE_KEY", "aptosPrivateKey"),
    _kind("sui_key", lambda rng: bech32("suiprivkey", b"\0" + rng.randbytes(32)), "SUI_PRIVATE_KEY", "suiPrivateKey", "admin wallet private key"),
    _kind("cardano_key", lambda rng: bech32(rng.choice(("root_xsk", "acct_xsk", "addr_xsk", "stake_xsk")), rng.randbytes(96)), "CARDANO_SIGNING_KEY", "cardanoRootKey", "payment signing key"),
    _kind("bip38", _bip38, "BIP38_KEY", "encryptedPrivateKey", "paper wallet key"),
    _kind("litecoin_wif", lambda rng: base58check(b"\xb0" + rng.randbytes(32) + b"\x01"), "LTC_PRIVKEY", "litecoinPrivateKey", "ltc wif"),
    _kind("dogecoin_wif", lambda rng: base58check(b"\x9e" + rng.randbytes(32) + b"\x01"), "DOGE_PRIVKEY", "dogecoinPrivateKey", "doge wif"),
    _kind("matrix_token", _synapse, "MATRIX_ACCESS_TOKEN", "matrixAccessToken", "bot access token"),
    _kind("dingtalk_robot", _hex("SEC", 64), "DINGTALK_SECRET", "dingtalkRobotSecret", "钉钉机器人加签密钥"),
    _kind("neptune", _neptune, "NEPTUNE_API_TOKEN", "neptuneApiToken"),
    _kind("convex", _convex, "CONVEX_DEPLOY_KEY", "convexDeployKey"),
    _kind("sanity", _p("sk", ALNUM, 178), "SANITY_API_TOKEN", "sanityWriteToken", "SANITY_AUTH_TOKEN"),
    _kind("pubnub", _pubnub, "PUBNUB_SECRET_KEY", "pubnubSecretKey"),
    _kind("adapty", lambda rng: f"secret_live_{pick(rng, ALNUM, 8)}.{pick(rng, ALNUM, 32)}", "ADAPTY_SECRET_KEY", "adaptySecretKey", "paywall secret key"),
    _kind("imagekit", lambda rng: f"private_{pick(rng, ALNUM + '+/', 27)}=", "IMAGEKIT_PRIVATE_KEY", "imagekitPrivateKey"),
)  # fmt: skip

_SAFE_MARKS = "!%*+-=?@^_~."
_STARS = "sun moon rain snow wind dawn dusk tide mist frost thunder aurora eclipse breeze monsoon".split()
# The first words of BIP 39's English list and some from its middle.
_BIP39 = (
    "abandon ability absorb abstract accident acoustic across adapt address adult advance aerobic afford airport album"
    " alcohol alien alpha already amateur anchor ankle antenna apology arctic armor artefact aspect athlete attract"
    " autumn avocado badge balcony bamboo banner bargain basket beauty behave benefit bicycle biology blanket blossom"
    " cabbage cactus camera canyon caution ceiling cement century champion charge cinnamon citizen clarify clever"
    " dolphin dragon drastic drift easily eclipse elbow elegant embark endless envelope erupt fabric faculty famous"
    " galaxy garment gesture giraffe glimpse gospel habit hammer harvest hockey illegal inflict injury jacket jaguar"
    " ketchup kidney kitten lecture leopard liberty lobster mandate maximum mercy mimic mosquito naive neglect noodle"
    " obvious olympic orchard ostrich oxygen paddle patrol pelican pioneer quantum quarter rabbit raccoon ribbon"
    " salmon scatter session shield tackle tenant thunder tornado umbrella unveil vacuum venture walnut wealth yellow"
).split()


def password_world(rng: Random) -> str:
    """What people choose: a word of their own, a number and a mark or two within."""
    first, second = rng.choice(NOUNS), rng.choice(_STARS)
    mark, digits = rng.choice("!%*+-=?@^~"), rng.randint(10, 2099)
    return rng.choice(
        (
            f"{first.title()}{mark}{second}{digits}",
            f"{second}{digits}{mark}{first.upper()}9",
            f"{pick(rng, LETTERS, 3)}{mark}{first}{digits}{second[:3].title()}",
            f"{first[:4].title()}{digits}{mark}{second.title()}{pick(rng, LETTERS, 2)}",
        )
    )


def _marked(count: int) -> Callable[[Random], str]:
    def make(rng: Random) -> str:
        inner = [rng.choice(ALNUM + _SAFE_MARKS) for _ in range(count - 5)]
        return rng.choice(LETTERS) + rng.choice(DIGITS) + "".join(inner) + rng.choice("!%*?") + pick(rng, ALNUM, 2)

    return make


def _joined(rng: Random) -> str:
    gap = rng.choice("-._")
    return gap.join(
        [rng.choice(NOUNS), rng.choice(_STARS), rng.choice(_BIP39), str(rng.randint(12, 987)), rng.choice(NOUNS)]
    )


def _groups(alphabet: str, sizes: tuple[int, ...], gap: str = "-") -> Callable[[Random], str]:
    return lambda rng: gap.join(pick(rng, alphabet, size) for size in sizes)


def _unity(rng: Random) -> str:
    return f"{rng.choice(('SC', 'F4', 'SB'))}-" + "-".join(pick(rng, UPPER36, 4) for _ in range(5))


def _recovery(rng: Random) -> str:
    forms = ((BASE36, (5, 5)), ("0123456789abcdef", (4, 4, 4)), (UPPER36, (4, 4)), (DIGITS, (4, 4)))
    return _groups(*rng.choice(forms))(rng)


NAMED = (
    _kind("password_world", password_world, "nenosiri", "wagwoord", "kata_laluan", "parool", "slaptazodis", "slaptažodis", "geslo", "lozinka", "lykilorð", "pasahitza", "contrasenya", "парола", "құпиясөз", "პაროლი", "գաղտնաբառ", "পাসওয়ার্ড", "கடவுச்சொல்", "পাসওয়ার্ড_ডাটাবেস", "رمز_عبور", "סיסמה", "รหัสผ่าน", "нууц_үг", "heslo_databaze", "nenosiri_la_seva"),
    _kind("password_abbreviated", _marked(14), "svc_pwd", "dbpw", "rootpw", "usrPass", "adminPasswd", "smtp_passwd", "ldap_bindpw", "mysqlPwd", "pg_pass", "sudo_pass", "sa_pwd", "ftpPasswd", "RDP_PASS", "vncpasswd", "db_pswd"),
    _kind("password_device", password_world, "camera password", "nvr_password", "router_admin_password", "onvif_pass", "tapo_password", "nasAdminPassword", "printer web password", "ota_password", "bmc_password", "fallback_hotspot_password", "zigbee2mqttPassword"),
    _kind("password_mobile", _marked(16), "KEYSTORE_PASSWORD", "storePassword", "keyAliasPassword", "MATCH_PASSWORD", "androidKeystorePass", "p12Password", "CSC_KEY_PASSWORD", "certificate_password", "APPLE_CERT_PASSWORD"),
    _kind("passphrase_backup", _joined, "RESTIC_PASSWORD", "BORG_PASSPHRASE", "backupPassphrase", "luks passphrase", "veracrypt_passphrase", "duplicity_passphrase", "SSH key passphrase", "gpgPassphrase", "vault_encryption_passphrase", "zfs_passphrase"),
    _kind("passphrase_exchange", password_world, "OKX_PASSPHRASE", "okx_api_passphrase", "kucoinPassphrase", "OK-ACCESS-PASSPHRASE", "bitgetPassphrase", "walletPassphrase"),
    _kind("secret_sentence", lambda rng: " ".join([rng.choice(NOUNS), rng.choice(_STARS), str(rng.randint(12, 99)), rng.choice(_BIP39), rng.choice(NOUNS)]), "master passphrase", "diskPassphrase", "unlock_phrase", "secret phrase", "vault_master_password"),
    _kind("device_pin", lambda rng: pick(rng, "123456789", 1) + pick(rng, DIGITS, rng.choice((5, 7))), "unlock_pin", "adminPin", "parental_control_pin", "safe_combination", "alarm_disarm_code", "sim puk code", "frontDoorCode", "bluetooth_pairing_pin", "piv_pin", "yubikeyPin", "lock_screen_pin"),
    _kind("recovery_code", _recovery, "recovery_code", "backup_code", "2fa_backup_code", "mfaRecoveryCode", "emergency_scratch_code", "account recovery key", "steamGuardRecoveryCode"),
    _kind("wallet_phrase", lambda rng: " ".join(rng.sample(_BIP39, rng.choice((12, 12, 24)))), "seed_phrase", "walletMnemonic", "MNEMONIC", "secret recovery phrase", "backupWords", "HD_WALLET_MNEMONIC", "助记词", "니모닉"),
    _kind("apple_app_password", _groups(LOWER, (4, 4, 4, 4)), "APPLE_APP_SPECIFIC_PASSWORD", "appSpecificPassword", "FASTLANE_APPLE_APPLICATION_SPECIFIC_PASSWORD", "notarytool_password"),
    _kind("google_app_password", _groups(LOWER, (4, 4, 4, 4), " "), "GMAIL_APP_PASSWORD", "gmailAppPassword", "google app password"),
    _kind("bluesky_app_password", _groups("234567" + LOWER, (4, 4, 4, 4)), "BLUESKY_APP_PASSWORD", "bskyAppPassword", "ATP_PASSWORD"),
    _kind("upstash", lambda rng: "A" + b64(rng, 45)[1:], "UPSTASH_REDIS_REST_TOKEN", "upstashToken", "KV_REST_API_TOKEN"),
    _kind("plex", _o(URLSAFE, 20), "PLEX_TOKEN", "X-Plex-Token", "plexAuthToken"),
    _kind("hue", _o(ALNUM + "-", 40), "hue_application_key", "hueAppKey", "HUE_API_KEY"),
    _kind("esphome", lambda rng: b64(rng, 32), "api_encryption_key", "noise_psk", "ESPHOME_ENCRYPTION_KEY", "thread_network_key"),
    _kind("lorawan", _p("", "0123456789ABCDEF", 32), "lorawan_app_key", "NWKSKEY", "appSKey", "lora_network_session_key"),
    _kind("thingspeak", _p("", UPPER36, 16), "THINGSPEAK_WRITE_API_KEY", "thingspeakApiKey", "writeApiKey"),
    _kind("blynk", _o(URLSAFE, 32), "BLYNK_AUTH_TOKEN", "blynkAuth", "blynk auth token"),
    _kind("pushover", _p("a", BASE36, 29), "PUSHOVER_API_TOKEN", "pushoverAppToken"),
    _kind("gotify", _p("A", ALNUM + "._-", 14), "GOTIFY_TOKEN", "gotifyAppToken", "gotify app token"),
    _kind("fal", lambda rng: f"{uuid4(rng)}:{hexadecimal(rng, 32)}", "FAL_KEY", "falApiKey", "FAL_AI_API_KEY"),
    _kind("zhipu", lambda rng: f"{hexadecimal(rng, 32)}.{pick(rng, ALNUM, 16)}", "ZHIPUAI_API_KEY", "glmApiKey", "智谱密钥"),
    _kind("deepl", lambda rng: f"{uuid4(rng)}:fx", "DEEPL_AUTH_KEY", "deeplApiKey"),
    _kind("modal", _p("as-", ALNUM, 22), "MODAL_TOKEN_SECRET", "modalTokenSecret"),
    _kind("curseforge", lambda rng: "$2a$10$" + pick(rng, ALNUM + "./", 53), "CURSEFORGE_API_KEY", "curseforgeApiKey"),
    _kind("telegram_app", _hex("", 32), "TELEGRAM_API_HASH", "tgApiHash", "api_hash_telegram"),
    _kind("wechat", _hex("", 32), "WECHAT_APP_SECRET", "wxAppSecret", "小程序密钥", "mp_app_secret"),
    _kind("line_channel", lambda rng: b64(rng, 111) + b64(rng, 17), "LINE_CHANNEL_ACCESS_TOKEN", "lineChannelAccessToken"),
    _kind("naver", _o(WORD, 10), "NAVER_CLIENT_SECRET", "naverClientSecret", "네이버 클라이언트 시크릿"),
    _kind("razorpay", _p("", ALNUM, 24), "RAZORPAY_KEY_SECRET", "razorpaySecret"),
    _kind("algolia_admin", _hex("", 32), "ALGOLIA_ADMIN_KEY", "algoliaAdminApiKey", "ALGOLIA_WRITE_API_KEY"),
    _kind("etherscan", _p("", UPPER36, 34), "ETHERSCAN_API_KEY", "polygonscanApiKey", "bscscan api key"),
    _kind("monero", _hex("", 64), "private_spend_key", "moneroSpendSecretKey", "wallet private key hex"),
    _kind("cypress", uuid4, "CYPRESS_RECORD_KEY", "cypressRecordKey", "postmark_server_token"),
    _kind("browserstack", _p("", ALNUM, 20), "BROWSERSTACK_ACCESS_KEY", "browserstackAccessKey", "lambdatest_access_key"),
    _kind("todoist", _hex("", 40), "TODOIST_API_TOKEN", "todoistApiToken", "particle_access_token", "GITEA_TOKEN"),
    _kind("strapi", _hex("", 256), "STRAPI_API_TOKEN", "strapiToken", "TRANSFER_TOKEN"),
    _kind("jupyter", _hex("", 48), "JUPYTER_TOKEN", "jupyterServerToken", "notebook access token"),
    _kind("filevault", _groups(UPPER36, (4, 4, 4, 4, 4, 4)), "filevault_recovery_key", "FileVaultRecoveryKey", "disk recovery key"),
    _kind("homekit", lambda rng: f"{pick(rng, DIGITS, 3)}-{pick(rng, DIGITS, 2)}-{pick(rng, DIGITS, 3)}", "homekit_setup_code", "homekitPairingCode", "accessory pairing pin"),
    _kind("expo", _o(URLSAFE, 40), "EXPO_TOKEN", "expoAccessToken", "EAS_ACCESS_TOKEN", "BITRISE_TOKEN"),
    _kind("unity_serial", _unity, "UNITY_SERIAL", "unitySerialKey", "unity pro licence key"),
    _kind("servarr", _hex("", 32), "SONARR_API_KEY", "radarrApiKey", "JELLYFIN_API_KEY", "kaggle_key", "OPENWEATHER_API_KEY"),
    _kind("syncthing", _p("", ALNUM, 32), "syncthing_api_key", "guiApiKey", "STGUIAPIKEY", "balenaApiKey"),
    _kind("tuya", _marked(16), "tuya_local_key", "localtuyaDeviceSecret", "TUYA_LOCAL_KEY"),
    _kind("mastodon", _o(URLSAFE, 43), "MASTODON_ACCESS_TOKEN", "mastodonAccessToken", "misskey_token", "ROCKETCHAT_AUTH_TOKEN"),
    _kind("playfab", _p("", UPPER36, 50), "PLAYFAB_SECRET_KEY", "playfabDeveloperSecretKey", "titleSecretKey"),
)  # fmt: skip
