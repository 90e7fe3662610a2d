"""Secrets of vendors that the first profile does not have, by their documented formats."""

# ruff: noqa: E501  # one kind a line

from __future__ import annotations

import base64
import hashlib
import json
from typing import TYPE_CHECKING

from benchmarks.redaction.randomness import (
    ALNUM,
    BASE32,
    BASE36,
    BASE58,
    DIGITS,
    LETTERS,
    LOWER,
    NOUNS,
    UPPER,
    UPPER36,
    URLSAFE,
    b64,
    b64url,
    hexadecimal,
    pick,
    uuid4,
    with_crc,
    words,
)
from benchmarks.redaction.secret_kinds import SecretKind as Kind

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Make = Callable[[Random], str]

BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def _of(prefix: str, alphabet: str, count: int, suffix: str = "") -> Make:
    return lambda rng: prefix + pick(rng, alphabet, count) + suffix


def _hex(prefix: str, count: int, suffix: str = "") -> Make:
    return lambda rng: prefix + hexadecimal(rng, count) + suffix


def _uuid(prefix: str) -> Make:
    return lambda rng: prefix + uuid4(rng)


def _compact(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value, separators=(",", ":")).encode()).decode().rstrip("=")


def jwt(algorithm: str, signature: int, **claims: object) -> Make:
    def make(rng: Random) -> str:
        head = {"alg": algorithm, "typ": "JWT", "kid": pick(rng, URLSAFE, 12)}
        body = {"sub": uuid4(rng), "iat": rng.randint(1_700_000_000, 1_790_000_000), **claims}
        return f"{_compact(head)}.{_compact(body)}.{b64url(rng, signature)}"

    return make


def _discord_bot(rng: Random) -> str:
    user = base64.b64encode(("1" + pick(rng, DIGITS, 18)).encode()).decode().rstrip("=")
    return f"{user}.G{pick(rng, ALNUM, 5)}.{pick(rng, URLSAFE, 38)}"


def _stellar(rng: Random) -> str:
    """Strkey: a version byte, 32 bytes, CRC-16/XMODEM, in base 32."""
    data, crc = bytes([18 << 3]) + rng.randbytes(32), 0
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return base64.b32encode(data + crc.to_bytes(2, "little")).decode()


def _youtrack(rng: Random) -> str:
    user = base64.b64encode(rng.choice(NOUNS).encode()).decode()
    name = base64.b64encode(f"{rng.randint(40, 99)}-{rng.randint(0, 9)}".encode()).decode()
    return f"perm:{user}.{name}.{pick(rng, ALNUM, 30)}"


def _grafana_legacy(rng: Random) -> str:
    return base64.b64encode(
        json.dumps(
            {"k": pick(rng, ALNUM, 32), "n": rng.choice(NOUNS), "id": rng.randint(1, 9)}, separators=(",", ":")
        ).encode()
    ).decode()


def _roblox(rng: Random) -> str:
    warning = "_|WARNING:-DO-NOT-SHARE-THIS.--Sharing-this-will-allow-someone-to-log-in-as-you-and-to-steal-your-ROBUX-and-items.|_"
    return warning + hexadecimal(rng, 400).upper()


def _macaroon(rng: Random) -> str:
    packets = f"0024location api.{rng.choice(NOUNS)}.dev\n0028identifier {pick(rng, ALNUM, 20)}\n002fsignature "
    return base64.urlsafe_b64encode(packets.encode() + rng.randbytes(32) + b"\n").decode().rstrip("=")


def _phoenix(rng: Random) -> str:
    return f"SFMyNTY.{b64url(rng, 60)}.{b64url(rng, 32)}"


# Known by their own look, wherever they stand.
SHAPED = (
    # AI
    Kind("huggingface", _of("hf_", LETTERS, 34), ("HF_TOKEN", "hub_token")),
    Kind("fireworks", _of("fw_", ALNUM, 24), ("FIREWORKS_API_KEY", "fireworksKey")),
    Kind("together", _of("tgp_v1_", URLSAFE, 43), ("TOGETHER_API_KEY",)),
    Kind("nvidia_nim", _of("nvapi-", URLSAFE, 64), ("NVIDIA_API_KEY", "nimKey")),
    Kind("langfuse", _uuid("sk-lf-"), ("LANGFUSE_SECRET_KEY",)),
    Kind("cerebras", _of("csk-", BASE36, 48), ("CEREBRAS_API_KEY",)),
    Kind("jina", lambda r: f"jina_{hexadecimal(r, 32)}{pick(r, URLSAFE, 27)}x", ("JINA_API_KEY",)),
    Kind("openai_admin", lambda r: f"sk-admin-{pick(r, URLSAFE, 58)}T3BlbkFJ{pick(r, URLSAFE, 58)}", ("OPENAI_ADMIN_KEY",)),
    Kind("anthropic_oauth", _of("sk-ant-oat01-", URLSAFE, 93, "AA"), ("CLAUDE_CODE_OAUTH_TOKEN",)),
    Kind("deepseek", _hex("sk-", 32), ("DEEPSEEK_API_KEY",)),
    Kind("e2b", _hex("e2b_", 40), ("E2B_API_KEY",)),
    Kind("runpod", lambda r: f"rpa_{pick(r, UPPER36, 40)}{pick(r, BASE36, 6)}", ("RUNPOD_API_KEY",)),
    Kind("elevenlabs", _hex("sk_", 48), ("ELEVENLABS_API_KEY", "xi-api-key")),
    Kind("google_key", _of("AIzaSy", URLSAFE, 33), ("GEMINI_API_KEY", "mapsKey")),
    # code, CI, registries
    Kind("github_fine_grained", lambda r: f"github_pat_{pick(r, ALNUM, 22)}_{pick(r, ALNUM, 59)}", ("GITHUB_PAT",)),
    Kind("gitlab_routable", lambda r: f"glpat-{pick(r, URLSAFE, 27)}.01.{pick(r, BASE36, 9)}", ("GITLAB_TOKEN",)),
    Kind("gitlab_registration", _of("GR1348941", URLSAFE, 20), ("REGISTRATION_TOKEN",)),
    Kind("gitlab_scim", _of("glsoat-", URLSAFE, 20), ("SCIM_TOKEN",)),
    Kind("npm", lambda r: with_crc("npm_", pick(r, ALNUM, 30)), ("NPM_TOKEN",)),
    Kind("pypi", lambda r: "pypi-AgEIcHlwaS5vcmc" + pick(r, URLSAFE, 150), ("TWINE_PASSWORD", "UV_PUBLISH_TOKEN")),
    Kind("crates", _of("cio", ALNUM, 32), ("CARGO_REGISTRY_TOKEN",)),
    Kind("terraform_cloud", lambda r: f"{pick(r, ALNUM, 14)}.atlasv1.{pick(r, ALNUM, 67)}", ("TFE_TOKEN",)),
    Kind("sourcegraph", lambda r: f"sgp_{hexadecimal(r, 16)}_{hexadecimal(r, 40)}", ("SRC_ACCESS_TOKEN",)),
    Kind("youtrack", _youtrack, ("YOUTRACK_TOKEN", "hub")),
    Kind("octopus", _of("API-", UPPER36, 32), ("OCTOPUS_CLI_API_KEY",)),
    Kind("docker_org", _of("dckr_oat_", URLSAFE, 32), ("DOCKER_ORG_TOKEN",)),
    Kind("swarm_join", lambda r: f"SWMTKN-1-{pick(r, BASE36, 50)}-{pick(r, BASE36, 25)}", ("joinToken", "worker")),
    Kind("k3s_node", lambda r: f"K10{hexadecimal(r, 64)}::server:{hexadecimal(r, 32)}", ("K3S_TOKEN",)),
    Kind("openshift", _of("sha256~", URLSAFE, 43), ("OC_TOKEN", "openshift")),
    Kind("rancher", lambda r: f"token-{pick(r, BASE36, 5)}:{pick(r, BASE36, 54)}", ("RANCHER_BEARER",)),
    # feature flags, vaults, networks
    Kind("launchdarkly", _uuid("api-"), ("LAUNCHDARKLY_ACCESS_TOKEN", "ldToken")),
    Kind("unleash", _hex("default:production.", 56), ("UNLEASH_API_TOKEN",)),
    Kind("statsig", _of("secret-", ALNUM, 43), ("STATSIG_SERVER_SECRET",)),
    Kind("infisical", lambda r: f"st.{hexadecimal(r, 24)}.{hexadecimal(r, 32)}.{hexadecimal(r, 32)}", ("INFISICAL_TOKEN",)),
    Kind("vault_service", _of("hvs.CAESI", URLSAFE, 86), ("VAULT_TOKEN",)),
    Kind("netbird", _of("nbp_", ALNUM, 36), ("NB_TOKEN",)),
    Kind("tailscale_api", lambda r: f"tskey-api-k{pick(r, ALNUM, 11)}CNTRL-{pick(r, ALNUM, 32)}", ("TAILSCALE_API_KEY",)),
    # money
    Kind("mollie", _of("live_", ALNUM, 30), ("MOLLIE_API_KEY",)),
    Kind("paystack", _hex("sk_live_", 40), ("PAYSTACK_SECRET_KEY",)),
    Kind("xendit", _of("xnd_production_", ALNUM, 60), ("XENDIT_SECRET_KEY",)),
    Kind("midtrans", _of("Mid-server-", ALNUM, 24), ("MIDTRANS_SERVER_KEY",)),
    Kind("omise", _of("skey_5", BASE36, 18), ("OMISE_SECRET_KEY",)),
    Kind("paddle", lambda r: f"pdl_live_apikey_01{pick(r, BASE36, 24)}_{pick(r, ALNUM, 22)}_{pick(r, ALNUM, 3)}", ("PADDLE_API_KEY",)),
    Kind("polar", _of("polar_oat_", ALNUM, 43), ("POLAR_ACCESS_TOKEN",)),
    Kind("sumup", _of("sup_sk_", ALNUM, 32), ("SUMUP_API_KEY",)),
    Kind("mercadopago", lambda r: f"APP_USR-{pick(r, DIGITS, 16)}-{pick(r, DIGITS, 6)}-{hexadecimal(r, 32)}-{pick(r, DIGITS, 9)}", ("MP_ACCESS_TOKEN",)),
    Kind("square_access", _of("EAAA", URLSAFE, 60), ("SQUARE_ACCESS_TOKEN",)),
    Kind("shopify_shared", _hex("shpss_", 32), ("SHOPIFY_API_SECRET",)),
    # messages
    Kind("telegram_bot", lambda r: f"{r.randint(10**9, 9 * 10**9)}:AA{pick(r, URLSAFE, 33)}", ("TELEGRAM_BOT_TOKEN", "tgBot")),
    Kind("discord_bot", _discord_bot, ("DISCORD_TOKEN", "botToken")),
    Kind("mailgun_key", _hex("key-", 32), ("MAILGUN_API_KEY",)),
    Kind("mailgun_new", lambda r: f"{hexadecimal(r, 32)}-{hexadecimal(r, 8)}-{hexadecimal(r, 8)}", ("MAILGUN_SENDING_KEY",)),
    Kind("resend", lambda r: f"re_{pick(r, ALNUM, 8)}_{pick(r, ALNUM, 24)}", ("RESEND_API_KEY",)),
    Kind("mailersend", _hex("mlsn.", 64), ("MAILERSEND_API_KEY",)),
    Kind("brevo_smtp", lambda r: f"xsmtpsib-{hexadecimal(r, 64)}-{pick(r, ALNUM, 16)}", ("SMTP_KEY",)),
    Kind("klaviyo", _hex("pk_", 34), ("KLAVIYO_PRIVATE_KEY",)),
    Kind("onesignal", _of("os_v2_app_", BASE32.lower(), 103), ("ONESIGNAL_REST_API_KEY",)),
    Kind("telnyx", lambda r: f"KEY01{hexadecimal(r, 30).upper()}_{pick(r, ALNUM, 22)}", ("TELNYX_API_KEY",)),
    Kind("ably", lambda r: f"{pick(r, ALNUM, 6)}.{pick(r, ALNUM, 6)}:{pick(r, URLSAFE, 43)}", ("ABLY_API_KEY",)),
    Kind("vk", _of("vk1.a.", URLSAFE, 200), ("VK_TOKEN",)),
    # watching
    Kind("axiom", _uuid("xaat-"), ("AXIOM_TOKEN",)),
    Kind("honeycomb", _of("hcaik_01", BASE36, 56), ("HONEYCOMB_API_KEY",)),
    Kind("posthog", _of("phx_", ALNUM, 43), ("POSTHOG_PERSONAL_API_KEY",)),
    Kind("checkly", _hex("cu_", 32), ("CHECKLY_API_KEY",)),
    Kind("newrelic_license", _hex("eu01xx", 30, "NRAL"), ("NEW_RELIC_LICENSE_KEY",)),
    Kind("grafana_legacy", _grafana_legacy, ("GRAFANA_API_KEY",)),
    # clouds and databases
    Kind("databricks", _hex("dapi", 32), ("DATABRICKS_TOKEN",)),
    Kind("baidu_v3", lambda r: f"bce-v3/ALTAK-{pick(r, ALNUM, 21)}/{hexadecimal(r, 40)}", ("QIANFAN_API_KEY",)),
    Kind("tencent_id", _of("AKID", ALNUM, 32), ("TENCENTCLOUD_SECRET_ID", "secretId")),
    Kind("yandex_oauth", _of("y0_AgAAAA", URLSAFE, 50), ("YC_TOKEN",)),
    Kind("upcloud", _of("ucat_01", UPPER36, 24), ("UPCLOUD_TOKEN",)),
    Kind("render", _of("rnd_", ALNUM, 28), ("RENDER_API_KEY",)),
    Kind("neon", _of("napi_", BASE36, 64), ("NEON_API_KEY",)),
    Kind("fauna", _of("fnAF", URLSAFE, 36), ("FAUNA_SECRET",)),
    Kind("planetscale_password", _of("pscale_pw_", URLSAFE, 43), ("DATABASE_PASSWORD",)),
    Kind("atlas_service", _of("mdb_sa_sk_", URLSAFE, 40), ("MONGODB_ATLAS_CLIENT_SECRET",)),
    Kind("cockroach", lambda r: f"CCDB1_{pick(r, ALNUM, 22)}_{pick(r, ALNUM, 40)}", ("COCKROACH_API_KEY",)),
    Kind("akamai", lambda r: f"akab-{pick(r, BASE36, 16)}-{pick(r, BASE36, 16)}", ("access_token", "client_token")),
    Kind("backblaze", _of("K005", ALNUM + "+/", 27), ("B2_APPLICATION_KEY",)),
    Kind("aws_id", _of("AKIA", BASE32, 16), ("aws_access_key_id", "AccessKeyId")),
    # identity
    Kind("azure_client_secret", lambda r: f"{pick(r, ALNUM, 3)}8Q~{pick(r, URLSAFE + '.~', 34)}", ("AZURE_CLIENT_SECRET",)),
    Kind("google_refresh", _of("1//0g", URLSAFE, 98), ("refresh_token",)),
    Kind("instagram", _of("IGQWR", ALNUM, 160), ("INSTAGRAM_ACCESS_TOKEN",)),
    Kind("linkedin_secret", lambda r: f"WPL_AP1.{pick(r, ALNUM, 16)}.{pick(r, ALNUM, 6)}==", ("LINKEDIN_CLIENT_SECRET",)),
    Kind("amazon_client_secret", _hex("amzn1.oa2-cs.v1.", 64), ("LWA_CLIENT_SECRET",)),
    Kind("amazon_refresh", _of("Atzr|IwEBI", URLSAFE, 300), ("lwa_refresh",)),
    Kind("amazon_mws", _uuid("amzn.mws."), ("MWS_AUTH_TOKEN",)),
    Kind("salesforce_session", lambda r: f"00D{pick(r, ALNUM, 12)}!AQ{pick(r, ALNUM + '._', 90)}e", ("SF_SESSION", "sessionId")),
    Kind("zoho", lambda r: f"1000.{hexadecimal(r, 32)}.{hexadecimal(r, 32)}", ("ZOHO_REFRESH_TOKEN",)),
    Kind("asana", lambda r: f"2/{pick(r, DIGITS[1:], 16)}/{pick(r, DIGITS[1:], 16)}:{hexadecimal(r, 32)}", ("ASANA_ACCESS_TOKEN",)),
    Kind("clickup", lambda r: f"pk_{pick(r, DIGITS[1:], 8)}_{pick(r, UPPER36, 32)}", ("CLICKUP_API_TOKEN",)),
    Kind("notion_legacy", _of("secret_", ALNUM, 43), ("NOTION_API_KEY",)),
    Kind("roblox_cookie", _roblox, (".ROBLOSECURITY",)),
    Kind("adafruit", _of("aio_", ALNUM, 28), ("ADAFRUIT_IO_KEY",)),
    Kind("ubidots", _of("BBFF-", ALNUM, 30), ("UBIDOTS_TOKEN",)),
    Kind("aftership", _hex("asat_", 32), ("AFTERSHIP_API_KEY",)),
    # keys and tokens without a vendor
    Kind("age_identity", lambda r: f"AGE-SECRET-KEY-1{pick(r, BECH32.upper(), 58)}", ("SOPS_AGE_KEY",)),
    Kind("nostr", _of("nsec1", BECH32, 58), ("NOSTR_KEY",)),
    Kind("stellar_seed", _stellar, ("STELLAR_SECRET", "seed")),
    Kind("tezos", _of("edsk3", BASE58, 49), ("TEZOS_KEY",)),
    Kind("jwt_rs256", jwt("RS256", 256, iss="https://login.local/"), ("access_token", "JWT")),
    Kind("jwt_eddsa", jwt("EdDSA", 64, aud=["api"], scope="read write"), ("sessionJwt", "bearer")),
    Kind("macaroon", _macaroon, ("LND_MACAROON", "macaroon")),
    Kind("phoenix_session", _phoenix, ("_app_key", "session")),
)  # fmt: skip


def _symbols(rng: Random) -> str:
    inner = pick(rng, ALNUM + "!*+-.^_~@", rng.randint(9, 18))
    return rng.choice(LOWER) + inner + rng.choice(DIGITS) + rng.choice(UPPER)


def _pronounceable(rng: Random) -> str:
    syllables = "".join(rng.choice("bdfgklmnprstvz") + rng.choice("aeiou") for _ in range(4))
    return f"{syllables.title()}{rng.choice('-_.')}{rng.choice(NOUNS)}{rng.randint(10, 99)}"


def _leet(rng: Random) -> str:
    stem = rng.choice(NOUNS).translate(str.maketrans("aeiost", "@31057"))
    return f"{stem.title()}{rng.choice(NOUNS).title()}{rng.randint(100, 999)}!"


def _licence(rng: Random) -> str:
    return "-".join(pick(rng, UPPER36, 5) for _ in range(5))


def _recovery(rng: Random) -> str:
    return "-".join(pick(rng, DIGITS, 6) for _ in range(8))


def _wifi(rng: Random) -> str:
    return "".join(word.title() for word in words(rng, 2)) + pick(rng, DIGITS, 4)


_HUMAN = ("db_password", "mysql_root_password", "ftpPassword", "KEYSTORE_PASSWORD", "ldap_bind_password", "sudo_pass",
          "registryPassword", "truststore-password", "rabbitmq_default_pass", "ADMIN_PWD", "smtpPassword",
          "proxy_password", "old_password", "newPassword", "initial_root_password")  # fmt: skip

# Known only by the name that stands before them.
NAMED = (
    Kind("password_symbols", _symbols, _HUMAN),
    Kind("password_pronounceable", _pronounceable, _HUMAN),
    Kind("password_leet", _leet, _HUMAN),
    Kind("wifi_key", _wifi, ("wifi_password", "wpa_passphrase", "psk", "wlanKennwort")),
    Kind("licence_key", _licence, ("license_key", "licenseKey", "LICENSE_KEY", "product-key", "serialKey")),
    Kind("bitlocker_recovery", _recovery, ("recovery_key", "RecoveryPassword", "bitlockerRecoveryKey")),
    Kind("sql_server_sa", _symbols, ("MSSQL_SA_PASSWORD", "SA_PASSWORD")),
    Kind("rails_master", lambda r: hexadecimal(r, 32), ("RAILS_MASTER_KEY",)),
    Kind("rails_base", lambda r: hexadecimal(r, 128), ("secret_key_base", "SECRET_KEY_BASE")),
    Kind("laravel_key", lambda r: "base64:" + b64(r, 32), ("APP_KEY",)),
    Kind("fernet_key", lambda r: b64url(r, 32) + "=", ("FERNET_KEY", "AIRFLOW__CORE__FERNET_KEY")),
    Kind("twilio_auth", lambda r: hexadecimal(r, 32), ("TWILIO_AUTH_TOKEN", "twilioAuthToken")),
    Kind("datadog", lambda r: hexadecimal(r, 32), ("DD_API_KEY", "datadog_api_key")),
    Kind("datadog_app", lambda r: hexadecimal(r, 40), ("DD_APP_KEY", "datadogAppKey")),
    Kind("wandb", lambda r: hexadecimal(r, 40), ("WANDB_API_KEY",)),
    Kind("cohere", lambda r: pick(r, ALNUM, 40), ("COHERE_API_KEY", "CO_API_KEY")),
    Kind("mistral", lambda r: pick(r, ALNUM, 32), ("MISTRAL_API_KEY",)),
    Kind("cloudflare", lambda r: pick(r, URLSAFE, 40), ("CLOUDFLARE_API_TOKEN", "CF_API_TOKEN")),
    Kind("scaleway", uuid4, ("SCW_SECRET_KEY", "scwSecretKey")),
    Kind("tencent_key", lambda r: pick(r, ALNUM, 32), ("TENCENTCLOUD_SECRET_KEY", "secretKey")),
    Kind("aws_secret", lambda r: pick(r, ALNUM + "/+", 40), ("aws_secret_access_key", "SecretAccessKey", "AWS_SECRET_ACCESS_KEY")),
    Kind("ghost_admin", lambda r: f"{hexadecimal(r, 24)}:{hexadecimal(r, 64)}", ("GHOST_ADMIN_API_KEY",)),
    Kind("steam", lambda r: hexadecimal(r, 32).upper(), ("STEAM_API_KEY", "steamWebApiKey")),
    Kind("ethereum_key", lambda r: "0x" + hexadecimal(r, 64), ("PRIVATE_KEY", "deployerPrivateKey", "wallet_private_key")),
    Kind("solana_key", lambda r: pick(r, BASE58, 87), ("SOLANA_PRIVATE_KEY", "walletSecretKey")),
    Kind("kraken", lambda r: b64(r, 64), ("KRAKEN_API_SECRET", "apiSecret")),
    Kind("binance", lambda r: pick(r, ALNUM, 64), ("BINANCE_SECRET_KEY", "BINANCE_API_SECRET")),
    Kind("here_maps", lambda r: pick(r, URLSAFE, 43), ("HERE_API_KEY", "hereApiKey")),
    Kind("auth0", lambda r: pick(r, URLSAFE, 64), ("AUTH0_CLIENT_SECRET", "auth0ClientSecret")),
    Kind("keycloak", lambda r: pick(r, ALNUM, 32), ("KEYCLOAK_CLIENT_SECRET", "credentials.secret")),
    Kind("plaid", lambda r: hexadecimal(r, 30), ("PLAID_SECRET", "plaidSecret")),
    Kind("rollbar", lambda r: hexadecimal(r, 32), ("ROLLBAR_ACCESS_TOKEN", "post_server_item_token")),
    Kind("bamboohr", lambda r: hexadecimal(r, 40), ("BAMBOOHR_API_KEY",)),
    Kind("iot_device_key", lambda r: b64(r, 32), ("SharedAccessKey", "AccountKey", "device_secret", "symmetricKey")),
    Kind("mqtt_password", _symbols, ("mqtt_password", "MQTT_PASS")),
    Kind("kakao", lambda r: hexadecimal(r, 32), ("KAKAO_REST_API_KEY", "kakaoAdminKey")),
    Kind("django_secret", lambda r: "django-insecure-" + pick(r, BASE36 + "!@^&*(-_=+)", 50), ("DJANGO_SECRET_KEY",)),
    Kind("verification_code", lambda r: f"{pick(r, DIGITS, 3)}-{pick(r, DIGITS, 3)}", ("otp", "verification_code", "otpCode", "smsCode")),
    Kind("saml_session", lambda r: "_" + hexadecimal(r, 40), ("session_token", "sso_session_token")),
    Kind("device_code", lambda r: pick(r, URLSAFE, 44), ("device_code", "deviceCode")),
    Kind("code_verifier", lambda r: b64url(r, 48), ("code_verifier", "codeVerifier")),
    Kind("digest_secret", lambda r: hashlib.sha1(r.randbytes(9)).hexdigest(), ("app_secret", "appSecret", "webhookSigningSecret")),
    Kind("password_foreign_name", _symbols, ("adgangskode", "salasana", "heslo", "jelszó", "parola", "пароль", "비밀번호", "密码", "パスワード")),
)  # fmt: skip
