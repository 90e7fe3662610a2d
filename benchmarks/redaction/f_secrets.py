"""Profile F, secrets: tokens known by their shape, and secrets known only by the name under which they stand."""

# ruff: noqa: E501  # tables of formats

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

from benchmarks.redaction.randomness import (
    ALNUM,
    BASE32,
    BASE36,
    BASE58,
    DIGITS,
    FIRST,
    LOWER,
    NOUNS,
    UPPER,
    UPPER36,
    b64,
    b64url,
    base58check,
    hexadecimal,
    pick,
    uuid4,
    words,
)
from benchmarks.redaction.secret_kinds import SecretKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Make = Callable[[Random], str]

_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_BECH32_STEPS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, step in enumerate(_BECH32_STEPS):
            check ^= step if top >> place & 1 else 0
    return check


def _bech32(prefix: str, data: list[int]) -> str:
    head = [ord(char) >> 5 for char in prefix] + [0] + [ord(char) & 31 for char in prefix]
    check = _polymod([*head, *data, 0, 0, 0, 0, 0, 0]) ^ 1
    tail = [check >> 5 * (5 - place) & 31 for place in range(6)]
    return f"{prefix}1{''.join(_BECH32[value] for value in [*data, *tail])}"


def _tail(prefix: str, alphabet: str, count: int) -> Make:
    return lambda rng: prefix + pick(rng, alphabet, count)


def _hex(prefix: str, count: int) -> Make:
    return lambda rng: prefix + hexadecimal(rng, count)


def _segment(value: dict[str, object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value, separators=(",", ":")).encode()).decode().rstrip("=")


def _jwt(algorithm: str, size: int, issuer: str, use: str) -> Make:
    def make(rng: Random) -> str:
        now = rng.randint(1_690_000_000, 1_770_000_000)
        head: dict[str, object] = {"kid": b64url(rng, 15), "alg": algorithm, "typ": "JWT"}
        body: dict[str, object] = {
            "sub": uuid4(rng),
            "iss": f"{issuer}{pick(rng, ALNUM, 9)}",
            "token_use": use,
            "exp": now + 3600,
            "iat": now,
            "jti": uuid4(rng),
        }
        return f"{_segment(head)}.{_segment(body)}.{b64url(rng, size)}"

    return make


def _testpypi(rng: Random) -> str:
    head = b"\x02\x01\rtest.pypi.org\x02$" + uuid4(rng).encode() + b"\x00\x02*[3,"
    return "pypi-" + base64.urlsafe_b64encode(head + rng.randbytes(70)).decode().rstrip("=")


def _authress(rng: Random) -> str:
    return f"sc_{pick(rng, BASE36, 22)}.{pick(rng, BASE36, 4)}.acc-{pick(rng, BASE36, 14)}.{b64url(rng, 48)}"


def _evernote(rng: Random) -> str:
    stamps = [f"{rng.randint(0x150_0000_0000, 0x199_0000_0000):x}" for _ in range(2)]
    return f"S=s{rng.randint(1, 700)}:U={hexadecimal(rng, 6)}:E={stamps[0]}:C={stamps[1]}:P=1cd:A=en-devtoken:V=2:H={hexadecimal(rng, 32)}"


def _tiktok(rng: Random) -> str:
    return f"act.{pick(rng, ALNUM, 64)}!{rng.randint(4000, 6500)}.{rng.choice(('va', 'u1', 'e1', 's1'))}"


def _phase(rng: Random) -> str:
    return "pss_service:v1:" + ":".join(hexadecimal(rng, 64) for _ in range(4))


def _harvest(rng: Random) -> str:
    return f"{rng.randint(1_000_000, 4_900_000)}.pt.{pick(rng, ALNUM + '-_', 86)}"


def _snowflake(rng: Random) -> str:
    return f"ver:{rng.randint(1, 3)}-hint:{rng.randint(10**9, 10**14)}-ETMsDgAAA{b64(rng, 150)}"


def _dns_key(rng: Random) -> str:
    return f"dnkey-{pick(rng, UPPER + '234567', 26)}-{pick(rng, UPPER + '234567', 52)}"


def _secret_token(rng: Random) -> str:
    return f"secret-token:{b64url(rng, 32)}"


# fmt: off
SHAPED = (
    SecretKind("huggingface_org", _tail("api_org_", ALNUM[:52], 34), ("hf_org_token", "huggingface_api_token", "HUGGINGFACEHUB_API_TOKEN")),
    SecretKind("doppler_service", lambda rng: f"dp.st.{rng.choice(('dev', 'stg', 'prd'))}.{pick(rng, ALNUM, 43)}", ("doppler_token", "DOPPLER_TOKEN", "doppler_service_token")),
    SecretKind("testpypi", _testpypi, ("test_pypi_token", "TWINE_PASSWORD", "testpypi_api_token")),
    SecretKind("aws_session_sts", lambda rng: "IQoJb3JpZ2luX2VjE" + b64(rng, rng.randint(240, 420)), ("aws_session_token", "SessionToken", "aws_security_token")),
    SecretKind("authress", _authress, ("authress_access_key", "service_client_key")),
    SecretKind("defined_networking", _dns_key, ("dn_api_key", "defined_net_token")),
    SecretKind("intra42", lambda rng: f"s-s4t2{rng.choice(('ud', 'af'))}-{hexadecimal(rng, 64)}", ("ft_api_secret", "intra_client_secret", "FORTY_TWO_SECRET")),
    SecretKind("settlemint", lambda rng: f"sm_{rng.choice(('pat', 'aat', 'sat'))}_{pick(rng, ALNUM, 16)}", ("settlemint_access_token", "SETTLEMINT_ACCESS_TOKEN")),
    SecretKind("nightfall", _tail("NF-", ALNUM, 32), ("nightfall_api_key", "NIGHTFALL_API_KEY")),
    SecretKind("phabricator", lambda rng: f"{rng.choice(('api', 'cli'))}-{pick(rng, BASE36, 28)}", ("conduit_token", "api.token", "phabricator_api_token")),
    SecretKind("canvas_lms", lambda rng: f"{rng.randint(1000, 19999)}~{pick(rng, ALNUM, 64)}", ("canvas_api_token", "CANVAS_ACCESS_TOKEN", "canvas_token")),
    SecretKind("evernote", _evernote, ("evernote_developer_token", "evernote_auth_token")),
    SecretKind("harvest", _harvest, ("harvest_access_token", "HARVEST_TOKEN", "harvest_api_token")),
    SecretKind("outline", _tail("ol_api_", ALNUM, 38), ("outline_api_key", "OUTLINE_API_TOKEN")),
    SecretKind("vikunja", _hex("tk_", 40), ("vikunja_api_token", "VIKUNJA_TOKEN")),
    SecretKind("truenas", lambda rng: f"{rng.randint(1, 9)}-{pick(rng, ALNUM, 64)}", ("truenas_api_key", "TRUENAS_API_KEY", "nas_api_key")),
    SecretKind("porkbun", _hex("sk1_", 64), ("porkbun_secret_api_key", "secretapikey", "PORKBUN_SECRET_API_KEY")),
    SecretKind("brex", _tail("bxt_", ALNUM, 36), ("brex_user_token", "BREX_API_TOKEN")),
    SecretKind("revolut_business", lambda rng: f"oa_{rng.choice(('prod', 'sand'))}_{b64url(rng, 32)}", ("revolut_access_token", "revolut_bearer", "REVOLUT_TOKEN")),
    SecretKind("wompi", lambda rng: f"prv_{rng.choice(('prod', 'test'))}_{pick(rng, ALNUM, 32)}", ("wompi_private_key", "llave_privada", "WOMPI_PRV_KEY")),
    SecretKind("khalti", _hex("live_secret_key_", 32), ("khalti_secret_key", "KHALTI_SECRET")),
    SecretKind("nets_easy", _hex("live-secret-key-", 32), ("nets_secret_key", "easy_checkout_secret", "NEXI_SECRET_KEY")),
    SecretKind("paymob", _hex("egy_sk_live_", 64), ("paymob_secret_key", "PAYMOB_SECRET")),
    SecretKind("paymongo", _tail("sk_live_", ALNUM, 24), ("paymongo_secret_key", "PAYMONGO_SECRET_KEY")),
    SecretKind("clearbit", _hex("sk_", 32), ("clearbit_key", "CLEARBIT_API_KEY")),
    SecretKind("medusa", _hex("sk_", 64), ("medusa_secret_api_key", "MEDUSA_ADMIN_API_KEY")),
    SecretKind("ecwid", _tail("secret_", ALNUM, 32), ("ecwid_access_token", "ecwid_secret_token")),
    SecretKind("uploadthing", _hex("sk_live_", 64), ("UPLOADTHING_SECRET", "uploadthing_secret")),
    SecretKind("liveblocks", lambda rng: f"sk_{rng.choice(('prod', 'dev'))}_{b64url(rng, 48)}", ("LIVEBLOCKS_SECRET_KEY", "liveblocks_secret_key")),
    SecretKind("radar", lambda rng: f"prj_{rng.choice(('live', 'test'))}_sk_{hexadecimal(rng, 40)}", ("radar_secret_key", "RADAR_SECRET_KEY")),
    SecretKind("feishu_tenant", _tail("t-g104", ALNUM, 36), ("tenant_access_token", "lark_tenant_token", "FEISHU_TENANT_TOKEN")),
    SecretKind("tiktok", _tiktok, ("tiktok_access_token", "TIKTOK_ACCESS_TOKEN")),
    SecretKind("rfc8959_uri", _secret_token, ("workspace_token", "census_api_token", "webhook_token")),
    SecretKind("phase", _phase, ("PHASE_SERVICE_TOKEN", "phase_service_token")),
    SecretKind("boundary", lambda rng: f"at_{pick(rng, ALNUM, 10)}_s1{pick(rng, BASE58, 72)}", ("boundary_token", "BOUNDARY_TOKEN")),
    SecretKind("veracode", _hex("vera01es-", 128), ("veracode_api_key_secret", "VERACODE_API_KEY_SECRET")),
    SecretKind("blockfrost", lambda rng: f"{rng.choice(('mainnet', 'preprod', 'preview'))}{pick(rng, ALNUM, 32)}", ("blockfrost_project_id_key", "BLOCKFROST_API_KEY", "blockfrost_api_key")),
    SecretKind("tatum", lambda rng: f"t-{hexadecimal(rng, 24)}-{hexadecimal(rng, 24)}", ("tatum_api_key", "TATUM_API_KEY")),
    SecretKind("siliconflow", _tail("sk-", LOWER, 48), ("siliconflow_api_key", "SILICONFLOW_API_KEY")),
    SecretKind("nomic", lambda rng: f"nk-{b64url(rng, 32)}", ("nomic_api_key", "NOMIC_API_KEY")),
    SecretKind("turbopuffer", _tail("tpuf_", ALNUM, 32), ("TURBOPUFFER_API_KEY", "turbopuffer_api_key")),
    SecretKind("vectara", lambda rng: f"{rng.choice(('zut', 'zqt', 'zwt'))}_{pick(rng, ALNUM + '-_', 38)}", ("vectara_api_key", "VECTARA_API_KEY")),
    SecretKind("kong_konnect", lambda rng: f"{rng.choice(('kpat', 'spat'))}_{pick(rng, ALNUM, 50)}", ("konnect_token", "DECK_KONNECT_TOKEN", "KONNECT_TOKEN")),
    SecretKind("coralogix", lambda rng: f"{rng.choice(('cxtp', 'cxup'))}_{pick(rng, ALNUM, 30)}", ("coralogix_api_key", "CORALOGIX_API_KEY")),
    SecretKind("jumpcloud", _tail("jca_", ALNUM, 36), ("jumpcloud_api_key", "JUMPCLOUD_API_KEY")),
    SecretKind("growthbook", lambda rng: f"secret_{rng.choice(('admin', 'readonly'))}_{pick(rng, ALNUM, 42)}", ("growthbook_secret_key", "GROWTHBOOK_API_KEY")),
    SecretKind("keap", _hex("KeapAK-", 64), ("keap_api_key", "KEAP_SERVICE_ACCOUNT_KEY")),
    SecretKind("appveyor", _tail("v2.", BASE36, 20), ("appveyor_api_token", "APPVEYOR_TOKEN")),
    SecretKind("snowflake_session", _snowflake, ("snowflake_session_token", "snowflake_oauth_token", "masterToken")),
    SecretKind("sumsub", lambda rng: f"{rng.choice(('prd', 'sbx'))}:{pick(rng, ALNUM, 24)}.{pick(rng, ALNUM, 32)}", ("sumsub_app_token", "SUMSUB_APP_TOKEN")),
    SecretKind("transifex", _hex("1/", 40), ("transifex_api_token", "TX_TOKEN")),
    SecretKind("weblate", lambda rng: f"{rng.choice(('wlu', 'wlp'))}_{pick(rng, ALNUM, 36)}", ("weblate_api_key", "WLC_KEY", "weblate_token")),
    SecretKind("dub", _tail("dub_", ALNUM, 24), ("DUB_API_KEY", "dub_workspace_key")),
    SecretKind("unkey", _tail("unkey_", BASE58, 22), ("UNKEY_ROOT_KEY", "unkey_root_key")),
    SecretKind("logfire", lambda rng: f"pylf_v1_{rng.choice(('us', 'eu'))}_{pick(rng, ALNUM, 43)}", ("LOGFIRE_TOKEN", "logfire_write_token")),
    SecretKind("scrapfly", _hex("scp-live-", 32), ("SCRAPFLY_KEY", "scrapfly_api_key")),
    SecretKind("scrapegraph", lambda rng: f"sgai-{uuid4(rng)}", ("SGAI_API_KEY", "scrapegraph_api_key")),
    SecretKind("tigris", _tail("tsec_", ALNUM, 64), ("tigris_secret_access_key", "AWS_SECRET_ACCESS_KEY")),
    SecretKind("anthropic_refresh", lambda rng: f"sk-ant-ort01-{pick(rng, ALNUM + '-_', 86)}-{pick(rng, ALNUM, 6)}AA", ("refreshToken", "claude_refresh_token")),
    SecretKind("anthropic_session", lambda rng: f"sk-ant-sid01-{pick(rng, ALNUM + '-_', 86)}-{pick(rng, ALNUM, 6)}AA", ("sessionKey", "claude_session_key")),
    SecretKind("hedera_der", _hex("302e020100300506032b657004220420", 64), ("operator_private_key", "HEDERA_PRIVATE_KEY", "OPERATOR_KEY")),
    SecretKind("mina_key", lambda rng: base58check(b"\x5a\x01" + rng.randbytes(32)), ("mina_private_key", "fee_payer_private_key")),
    SecretKind("dash_wif", lambda rng: base58check(b"\xcc" + rng.randbytes(32) + b"\x01"), ("masternode_private_key", "dash_privkey", "owner_privkey")),
    SecretKind("zcash_extended", lambda rng: _bech32("secret-extended-key-main", [rng.randrange(32) for _ in range(271)]), ("zcash_spending_key", "z_exported_key", "spending_key_secret")),
    SecretKind("jwt_ps256_cognito", _jwt("PS256", 256, "https://login.region.cloud/", "access"), ("access_token", "id_token", "bearer_token")),
    SecretKind("jwt_es384_partner", _jwt("ES384", 96, "https://partner.gateway/", "assertion"), ("assertion_token", "client_assertion_jwt")),
    SecretKind("jwt_hs384_session", _jwt("HS384", 48, "portal-", "session"), ("session_jwt", "login_token")),
    SecretKind("jwt_rs512_refresh", _jwt("RS512", 256, "https://sso.intern/", "refresh"), ("refresh_token", "offline_token")),
)
# fmt: on


def _capital(rng: Random) -> str:
    return str(rng.choice(NOUNS)).capitalize()


def _two_words(rng: Random) -> str:
    return f"{_capital(rng)}{rng.choice('-_.+')}{_capital(rng)}{rng.randint(10, 99)}{rng.choice('!?#*')}"


def _environment_password(rng: Random) -> str:
    return f"{_capital(rng)}@{rng.choice(('Prod', 'Dev', 'Test', 'Stage', 'Live'))}{rng.randint(2017, 2026)}{rng.choice('!$%=')}"


def _symbols(rng: Random) -> str:
    return (
        pick(rng, ALNUM, 5)
        + rng.choice("!#%*+=?@^")
        + pick(rng, ALNUM, 6)
        + rng.choice("!#%*+=?@^")
        + pick(rng, ALNUM, 3)
    )


def _blocks(rng: Random) -> str:
    return "-".join(pick(rng, ALNUM, 6) for _ in range(3))


def _pet(rng: Random) -> str:
    return f"{rng.choice(FIRST)}{rng.choice(NOUNS)}{rng.randint(1958, 2011)}"


def _replaced(rng: Random) -> str:
    word = "".join(rng.sample(NOUNS, 2))
    return word.replace("a", "@").replace("e", "3").replace("o", "0").capitalize() + str(rng.randint(1, 99))


def _phrase(rng: Random) -> str:
    return " ".join(words(rng, 5))


def _dotted(rng: Random) -> str:
    return ".".join(words(rng, 4)) + str(rng.randint(10, 99))


def _digits(count: int) -> Make:
    return lambda rng: pick(rng, DIGITS, count)


def _alnum(count: int, alphabet: str = ALNUM) -> Make:
    return lambda rng: pick(rng, alphabet, count)


def _plain_hex(count: int) -> Make:
    return lambda rng: hexadecimal(rng, count)


# fmt: off
NAMED = (
    SecretKind("password_two_words", _two_words, ("database_password", "svc_account_pass", "ldap_bind_pw", "RedisPassword", "db_root_passwd", "guacamole_password")),
    SecretKind("password_environment", _environment_password, ("admin_pwd", "oracle_sys_password", "sap_user_password", "FTP_PASSWORT", "default_admin_password", "portal_login_password")),
    SecretKind("password_mixed_symbols", _symbols, ("smtp_auth_password", "keystore_passwd", "truststore_password", "pg_superuser_password", "imap_app_password", "proxy_pass", "backup_encryption_password")),
    SecretKind("password_blocks", _blocks, ("webdav_password", "remote_support_password", "share_link_password", "meeting_password", "nas_admin_password")),
    SecretKind("password_pet_year", _pet, ("user_password", "old_password", "new_password", "confirm_password", "current_password", "parent_account_password")),
    SecretKind("password_replaced_letters", _replaced, ("mysql_root_password", "wifi_password", "router_admin_password", "rdp_password", "vnc_password", "bios_password")),
    SecretKind("password_spoken_elsewhere", _two_words, ("salasana", "jelszó", "lozinka", "slaptažodis", "parool", "kata_sandi", "mật_khẩu", "пароль_бд", "κωδικός_πρόσβασης", "heslo_uzivatele", "haslo_bazy", "contraseña_servidor", "senha_do_banco", "mot_de_passe_bdd")),
    SecretKind("passphrase_five_words", _phrase, ("ssh_key_passphrase", "gpg_passphrase", "restic_passphrase", "vault_passphrase", "borg_passphrase", "pass_phrase")),
    SecretKind("passphrase_dotted", _dotted, ("BORG_PASSPHRASE", "duplicity_passphrase", "zfs_passphrase", "signing_key_passphrase", "luks_passphrase")),
    SecretKind("door_code", _digits(6), ("alarm_pin", "door_pin", "voicemail_pin", "safe_pin", "debit_card_pin", "kiosk_admin_pin", "pin_code_secret")),
    SecretKind("rescue_code", lambda rng: "-".join(pick(rng, BASE36, 5) for _ in range(2)), ("mfa_backup_code", "2fa_recovery_code", "account_recovery_code", "emergency_access_code")),
    SecretKind("authenticator_seed", _alnum(32, BASE32), ("totp_secret", "mfa_secret", "otp_seed", "authenticator_secret_key", "two_factor_secret")),
    SecretKind("algorand_words", lambda rng: " ".join(words(rng, 25)), ("algorand_mnemonic", "account_mnemonic", "deployer_mnemonic", "wallet_recovery_phrase")),
    SecretKind("erlang_cookie", _alnum(20, UPPER), ("erlang_cookie", "RABBITMQ_ERLANG_COOKIE", "RELEASE_COOKIE")),
    SecretKind("bootstrap_token", lambda rng: f"{pick(rng, BASE36, 6)}.{pick(rng, BASE36, 16)}", ("kubeadm_token", "bootstrap_token", "cluster_join_token")),
    SecretKind("app_secret_hex", _plain_hex(64), ("AUTHENTIK_SECRET_KEY", "OUTLINE_UTILS_SECRET", "medusa_cookie_secret", "payload_cms_secret", "directus_secret", "session_secret_key", "macaroon_secret_key", "registration_shared_secret")),
    SecretKind("app_secret_base64", lambda rng: b64(rng, 32), ("NEXTAUTH_SECRET", "BETTER_AUTH_SECRET", "AUTH_SECRET", "n8n_encryption_key", "data_protection_key", "turn_static_auth_secret", "column_encryption_key", "hmac_secret_key")),
    SecretKind("framework_secret", _plain_hex(32), ("symfony_app_secret", "craft_security_key", "cookie_validation_key", "csrf_secret", "devise_pepper", "sidekiq_web_session_secret", "encryption_key_v2")),
    SecretKind("redmine", _plain_hex(40), ("redmine_api_key", "openproject_api_key", "netbox_token", "lokalise_api_token", "paperless_api_token", "linkding_token", "rtd_api_token")),
    SecretKind("zotero", _alnum(24), ("zotero_api_key", "chatwoot_api_access_token", "removebg_api_key", "portkey_api_key")),
    SecretKind("getresponse", _alnum(32, BASE36), ("getresponse_api_key", "balena_api_key", "zerotier_central_token", "deepinfra_api_key", "tinypng_api_key")),
    SecretKind("messagebird", _alnum(25), ("messagebird_access_key", "bird_api_key", "clicksend_api_secret")),
    SecretKind("codefresh", lambda rng: f"{hexadecimal(rng, 24)}.{hexadecimal(rng, 32)}", ("codefresh_api_key", "CODEFRESH_TOKEN")),
    SecretKind("baseten", lambda rng: f"{pick(rng, ALNUM, 8)}.{pick(rng, ALNUM, 32)}", ("baseten_api_key", "BASETEN_API_KEY")),
    SecretKind("netatmo", lambda rng: f"{hexadecimal(rng, 24)}|{hexadecimal(rng, 32)}", ("netatmo_access_token", "netatmo_refresh_token")),
    SecretKind("tenable", _plain_hex(64), ("tenable_secret_key", "semgrep_app_token", "zabbix_api_token", "otx_api_key", "discourse_api_key", "qase_api_token", "vast_api_key")),
    SecretKind("shortcut", uuid4, ("shortcut_api_token", "coda_api_token", "loggly_customer_token", "wise_api_token", "helius_api_key", "sauce_access_key", "urlscan_api_key", "browserless_token", "smartthings_token", "raindrop_test_token")),
    SecretKind("immich", lambda rng: b64url(rng, 32), ("immich_api_key", "miniflux_api_key", "patreon_creators_access_token", "unsplash_access_secret", "meilisearch_master_key")),
    SecretKind("jellyfin", _plain_hex(32), ("jellyfin_api_key", "matomo_token_auth", "librenms_api_token", "moodle_ws_token", "toggl_api_token", "chatwork_api_token", "recurly_private_api_key", "poeditor_api_token", "scraperapi_key")),
    SecretKind("joplin", _plain_hex(128), ("joplin_web_clipper_token", "joplin_token")),
    SecretKind("clockify", lambda rng: b64(rng, 36), ("clockify_api_key", "CLOCKIFY_API_KEY", "gong_access_key_secret")),
    SecretKind("abuseipdb", _plain_hex(80), ("abuseipdb_api_key", "ABUSEIPDB_KEY")),
    SecretKind("cpanel", _alnum(32, UPPER36), ("cpanel_api_token", "whm_api_token", "monnify_secret_key")),
    SecretKind("desec", _alnum(28), ("desec_token", "DEDYN_TOKEN")),
    SecretKind("hostinger", _alnum(48), ("hostinger_api_token", "HOSTINGER_API_TOKEN", "headscale_preauth_key")),
    SecretKind("namecheap", _plain_hex(32), ("namecheap_api_key", "newsapi_api_key", "fred_api_key", "hibp_api_key", "crunchbase_user_key")),
    SecretKind("pexels", _alnum(56), ("pexels_api_key", "PEXELS_API_KEY")),
    SecretKind("greenhouse", lambda rng: f"{hexadecimal(rng, 32)}-{rng.randint(1, 9)}", ("greenhouse_harvest_api_key", "GREENHOUSE_API_KEY")),
    SecretKind("object_store_secret", _alnum(40, ALNUM), ("wasabi_secret_key", "minio_root_password", "qiniu_secret_key", "s3_secret_access_key", "ceph_rgw_secret_key")),
    SecretKind("r2_secret", _plain_hex(64), ("r2_secret_access_key", "R2_SECRET_ACCESS_KEY")),
    SecretKind("strava", _plain_hex(40), ("strava_client_secret", "strava_refresh_token", "dribbble_client_secret", "hunter_api_key", "seatable_api_token")),
    SecretKind("mixpanel", _alnum(32), ("mixpanel_service_account_secret", "nocodb_xc_token", "baserow_database_token", "customerio_app_api_key", "zilliz_api_key")),
    SecretKind("docusign", uuid4, ("docusign_client_secret", "veriff_shared_secret_key", "square_space_api_key", "duckdns_token", "ghost_webhook_secret_key")),
    SecretKind("community_string", lambda rng: f"{rng.choice(NOUNS)}{pick(rng, ALNUM, 6)}", ("snmp_community_string", "snmp_rw_community", "radius_shared_secret", "tacacs_shared_secret", "l2tp_preshared_key")),
    SecretKind("wide_names", lambda rng: pick(rng, ALNUM, 36), ("serviceAccountSecretAccessKey", "erpIntegrationApiKey", "legacy_soap_api_secret", "partner_feed_access_token", "apiKeyForPayrollExport", "hr_sync_bearer_token", "internal_signing_secret", "OAUTH2_PROXY_CLIENT_SECRET", "crmSyncClientSecret", "kafka_sasl_jaas_secret")),
)
# fmt: on
