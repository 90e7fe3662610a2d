"""Kinds of secrets of profile C: tokens with a documented shape, and secrets that only their name tells."""

# ruff: noqa: E501, PLR2004, SIM905  # the tables read as one line a kind

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import zlib
from typing import TYPE_CHECKING

from benchmarks.redaction.c_words import any_password, bech32, human_password, machine_password
from benchmarks.redaction.randomness import (
    ALNUM,
    BASE36,
    BASE58,
    DIGITS,
    FIRST,
    HEX,
    LETTERS,
    LOWER,
    NOUNS,
    UPPER,
    UPPER36,
    URLSAFE,
    b64,
    b64url,
    base62,
    hexadecimal,
    pick,
    uuid4,
    with_crc,
)
from benchmarks.redaction.secret_kinds import SecretKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Make = Callable[[Random], str]

B64 = ALNUM + "+/"
CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


def _tail(prefix: str, alphabet: str, count: int, suffix: str = "") -> Make:
    return lambda rng: f"{prefix}{pick(rng, alphabet, count)}{suffix}"


def _url(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value, separators=(",", ":")).encode()).decode().rstrip("=")


def _plain(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _azure(size: int, mark: str) -> Make:
    """Microsoft's identifiable keys: a fixed signature shortly before the end."""
    if size == 88:
        return lambda rng: f"{pick(rng, B64, 76)}{mark}{pick(rng, B64, 5)}{rng.choice('AQgw')}=="
    return lambda rng: f"{pick(rng, B64, 33)}{mark}{rng.choice('ABCDEFGHIJKLMNOP')}{pick(rng, B64, 5)}="


def _slack_bot(rng: Random) -> str:
    return f"xoxb-{rng.randint(10**11, 10**12)}-{rng.randint(10**12, 10**13)}-{pick(rng, ALNUM, 24)}"


def _slack_browser(rng: Random) -> str:
    numbers = "-".join(str(rng.randint(10**11, 10**13)) for _ in range(3))
    return f"xoxc-{numbers}-{hexadecimal(rng, 64)}"


def _jwt_hs256(rng: Random) -> str:
    head = _url({"alg": "HS256"})
    body = _url(
        {
            "tid": rng.randint(10**8, 10**9),
            "aai": 11,
            "uid": rng.randint(10**7, 10**8),
            "iad": "2026-03-11T09:12:44.000Z",
            "per": "me:write",
            "actid": rng.randint(10**6, 10**7),
            "rgn": "euc1",
        }
    )
    sign = hmac.new(rng.randbytes(32), f"{head}.{body}".encode(), hashlib.sha256).digest()
    return f"{head}.{body}.{base64.urlsafe_b64encode(sign).decode().rstrip('=')}"


def _jwt_es256(rng: Random) -> str:
    head = _url({"alg": "ES256", "kid": pick(rng, UPPER36, 10), "typ": "JWT"})
    body = _url(
        {
            "iss": uuid4(rng),
            "iat": 1_770_000_000 + rng.randint(0, 10**6),
            "exp": 1_790_000_000,
            "aud": "appstoreconnect-v1",
        }
    )
    return f"{head}.{body}.{b64url(rng, 64)}"


def _matrix(rng: Random) -> str:
    body = f"syt_{base64.b64encode(rng.choice(FIRST).encode()).decode().rstrip('=')}_{pick(rng, LETTERS, 20)}"
    return f"{body}_{base62(zlib.crc32(body.encode()), 6)}"


def _eks(rng: Random) -> str:
    url = (
        f"https://sts.eu-west-1.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256"
        f"&X-Amz-Credential=ASIA{pick(rng, UPPER36, 16)}%2F20260311%2Feu-west-1%2Fsts%2Faws4_request&X-Amz-Date=20260311T101010Z"
        f"&X-Amz-Expires=60&X-Amz-SignedHeaders=host%3Bx-k8s-aws-id&X-Amz-Signature={hexadecimal(rng, 64)}"
    )
    return f"k8s-aws-v1.{base64.urlsafe_b64encode(url.encode()).decode().rstrip('=')}"


def _elastic_service(rng: Random) -> str:
    raw = b"\0\1\0\1elastic/fleet-server/" + f"{rng.choice(NOUNS)}:{pick(rng, URLSAFE, 22)}".encode()
    return base64.b64encode(raw).decode()


def _tinybird(rng: Random) -> str:
    return f"p.{_url({'u': uuid4(rng), 'id': uuid4(rng), 'host': 'eu_shared'})}.{b64url(rng, 32)}"


def _teamcity(rng: Random) -> str:
    return f"eyJ0eXAiOiAiVENWMiJ9.{_plain(pick(rng, URLSAFE, 27))}.{_plain(uuid4(rng))}"


def _palo_alto(rng: Random) -> str:
    return _plain(f"-AQ=={b64(rng, 20)}{b64(rng, 48)}")


def _klarna(rng: Random) -> str:
    return f"klarna_live_api_{_plain(f'{pick(rng, ALNUM, 32)},{uuid4(rng)},1,{b64(rng, 32)}')}".rstrip("=")


def _snyk(rng: Random) -> str:
    body = {
        "e": 1_780_000_000 + rng.randint(0, 10**6),
        "h": "snyk.io",
        "j": b64url(rng, 16),
        "s": b64url(rng, 16),
        "tid": "AAAAAAAAAAAAAAAAAAAAAA",
    }
    return f"snyk_uat.{hexadecimal(rng, 8)}.{_url(body)}.{b64url(rng, 64)}"


def _adyen(rng: Random) -> str:
    return f"AQE{rng.choice('yhmx')}hmf{pick(rng, B64, 110)}-{b64(rng, 32)}-{pick(rng, ALNUM, 16)}"


def _harness(rng: Random) -> str:
    return f"pat.{pick(rng, URLSAFE, 22)}.{hexadecimal(rng, 24)}.{pick(rng, ALNUM, 20)}"


def _bitwarden(rng: Random) -> str:
    return f"0.{uuid4(rng)}.{pick(rng, ALNUM, 30)}:{b64(rng, 16)}"


def _convex(rng: Random) -> str:
    return f"prod:{rng.choice(NOUNS)}-{rng.choice(NOUNS)}-{rng.randint(100, 999)}|{_plain(json.dumps({'v2': b64url(rng, 40)}))}"


def _webex(rng: Random) -> str:
    return f"{pick(rng, ALNUM, 64)}_PF84_{uuid4(rng)}"


def _rapidapi(rng: Random) -> str:
    return f"{pick(rng, HEX, 10)}msh{pick(rng, HEX, 15)}p1{pick(rng, HEX, 5)}jsn{pick(rng, HEX, 12)}"


def _ebay(rng: Random) -> str:
    return f"PRD-{hexadecimal(rng, 12)}-" + "-".join(hexadecimal(rng, 4) for _ in range(4))


def _onepassword_key(rng: Random) -> str:
    letters = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"
    return "-".join(["A3", pick(rng, letters, 6), pick(rng, letters, 6), *(pick(rng, letters, 5) for _ in range(4))])


def _jfrog_reference(rng: Random) -> str:
    return _plain(f"reftkn:01:{1_800_000_000 + rng.randint(0, 10**7)}:{pick(rng, ALNUM, 27)}")


def _base58(rng: Random, size: int) -> str:
    number, text = int.from_bytes(rng.randbytes(size), "big"), ""
    while number:
        number, rest = divmod(number, 58)
        text = BASE58[rest] + text
    return text


def _helicone(rng: Random) -> str:
    return "sk-helicone-" + "-".join(pick(rng, BASE36, 7) for _ in range(4))


SHAPED: tuple[SecretKind, ...] = (
    SecretKind("slack_bot", _slack_bot, ("slack_bot_token", "SLACK_MCP_XOXB_TOKEN", "bot token")),
    SecretKind("slack_browser", _slack_browser, ("SLACK_MCP_XOXC_TOKEN", "slack web token")),
    SecretKind("github_classic", lambda rng: with_crc("ghp_", pick(rng, ALNUM, 30)), ("GITHUB_PERSONAL_ACCESS_TOKEN", "gh token", "github_pat")),
    SecretKind("gitlab_personal", _tail("glpat-", URLSAFE, 20), ("GITLAB_PERSONAL_ACCESS_TOKEN", "gitlab token")),
    SecretKind("gitlab_trigger", _tail("glptt-", HEX, 40), ("pipeline trigger token", "ci_trigger_token")),
    SecretKind("gitlab_oauth_app", _tail("gloas-", HEX, 64), ("gitlab app secret", "omniauth_app_secret")),
    SecretKind("openai_project", lambda rng: f"sk-proj-{pick(rng, URLSAFE, 74)}T3BlbkFJ{pick(rng, URLSAFE, 74)}", ("OPENAI_API_KEY", "openai key")),
    SecretKind("anthropic_api", _tail("sk-ant-api03-", URLSAFE, 93, "AA"), ("ANTHROPIC_API_KEY", "claude api key")),
    SecretKind("stripe_secret", lambda rng: f"sk_live_51{pick(rng, ALNUM, 97)}", ("STRIPE_SECRET_KEY", "stripe api key")),
    SecretKind("stripe_intent_secret", lambda rng: f"pi_3{pick(rng, ALNUM, 23)}_secret_{pick(rng, ALNUM, 25)}", ("client_secret", "payment intent client secret")),
    SecretKind("svix_webhook", lambda rng: f"whsec_{b64(rng, 24)}", ("webhook signing secret", "SVIX_SECRET")),
    SecretKind("sendgrid", lambda rng: f"SG.{pick(rng, URLSAFE, 22)}.{pick(rng, URLSAFE, 43)}", ("SENDGRID_API_KEY", "mail api key")),
    SecretKind("mandrill", _tail("md-", URLSAFE, 22), ("mandrill api key", "MANDRILL_KEY")),
    SecretKind("kit", _tail("kit_", HEX, 32), ("kit api key", "CONVERTKIT_API_KEY")),
    SecretKind("nylas", _tail("nyk_v0_", ALNUM, 64), ("NYLAS_API_KEY", "calendar api key")),
    SecretKind("cal_com", _tail("cal_live_", HEX, 32), ("CAL_API_KEY", "cal.com api key")),
    SecretKind("shopify_admin", _tail("shpat_", HEX, 32), ("SHOPIFY_ADMIN_TOKEN", "X-Shopify-Access-Token")),
    SecretKind("woocommerce", _tail("cs_", HEX, 40), ("woocommerce consumer secret", "WC_CONSUMER_SECRET")),
    SecretKind("digitalocean", _tail("dop_v1_", HEX, 64), ("DIGITALOCEAN_ACCESS_TOKEN", "do_token")),
    SecretKind("circleci_project", lambda rng: f"CCIPRJ_{pick(rng, BASE58, 22)}_{hexadecimal(rng, 40)}", ("circleci project token", "CIRCLE_TOKEN")),
    SecretKind("teamcity", _teamcity, ("TEAMCITY_TOKEN", "teamcity access token")),
    SecretKind("harness", _harness, ("HARNESS_API_KEY", "harness pat")),
    SecretKind("percy", _tail("web_", HEX, 64), ("PERCY_TOKEN", "percy project token")),
    SecretKind("infracost", _tail("ico-", ALNUM, 32), ("INFRACOST_API_KEY", "infracost key")),
    SecretKind("socket", _tail("sktsec_", URLSAFE, 43, "_api"), ("SOCKET_SECURITY_API_KEY", "socket api token")),
    SecretKind("snyk", _snyk, ("SNYK_TOKEN", "snyk auth token")),
    SecretKind("packagist", _tail("packagist_ort_", HEX, 68), ("PACKAGIST_TOKEN", "private packagist token")),
    SecretKind("deno_deploy", _tail("ddp_", ALNUM, 36), ("DENO_DEPLOY_TOKEN", "deno token")),
    SecretKind("gitpod", lambda rng: f"gitpod_pat_{pick(rng, URLSAFE, 43)}.{pick(rng, ALNUM, 40)}", ("GITPOD_TOKEN", "gitpod access token")),
    SecretKind("prefect", _tail("pnu_", ALNUM, 36), ("PREFECT_API_KEY", "prefect key")),
    SecretKind("dbt_cloud", _tail("dbtu_", URLSAFE, 49, "A"), ("DBT_TOKEN", "dbt cloud api key")),
    SecretKind("retool", _tail("retool_01", CROCKFORD, 24), ("RETOOL_API_TOKEN", "retool token")),
    SecretKind("databricks_oauth", _tail("dose", HEX, 32), ("DATABRICKS_CLIENT_SECRET", "databricks oauth secret")),
    SecretKind("xata", _tail("xau_", ALNUM, 38), ("XATA_API_KEY", "xata key")),
    SecretKind("tinybird", _tinybird, ("TB_TOKEN", "tinybird admin token")),
    SecretKind("astra_db", lambda rng: f"AstraCS:{pick(rng, LETTERS, 24)}:{hexadecimal(rng, 64)}", ("ASTRA_DB_APPLICATION_TOKEN", "astra token")),
    SecretKind("aiven", _tail("AVNS_", URLSAFE, 18, "x"), ("avnadmin password", "AIVEN_PASSWORD")),
    SecretKind("clickhouse_cloud", _tail("4b1d", ALNUM, 38), ("CLICKHOUSE_CLOUD_SECRET", "clickhouse key secret")),
    SecretKind("supabase_secret", lambda rng: f"sb_secret_{pick(rng, URLSAFE, 22)}_{pick(rng, ALNUM, 8)}", ("SUPABASE_SECRET_KEY", "service key")),
    SecretKind("convex", _convex, ("CONVEX_DEPLOY_KEY", "convex deploy key")),
    SecretKind("elastic_service", _elastic_service, ("fleet server service token", "ELASTICSEARCH_SERVICEACCOUNTTOKEN")),
    SecretKind("elastic_cloud", lambda rng: f"essu_{_plain(f'{pick(rng, URLSAFE, 20)}:{pick(rng, URLSAFE, 22)}')}".rstrip("="), ("EC_API_KEY", "elastic cloud key")),
    SecretKind("newrelic_insert", _tail("NRII-", URLSAFE, 31, "k"), ("NEW_RELIC_INSERT_KEY", "insights insert key")),
    SecretKind("dynatrace_oauth", lambda rng: f"dt0s02.{pick(rng, UPPER36, 8)}.{pick(rng, UPPER36, 64)}", ("DT_CLIENT_SECRET", "dynatrace oauth client secret")),
    SecretKind("rootly", _tail("rootly_", HEX, 64), ("ROOTLY_API_TOKEN", "rootly key")),
    SecretKind("uptimerobot", lambda rng: f"u{rng.randint(10**5, 10**7)}-{hexadecimal(rng, 24)}", ("UPTIMEROBOT_API_KEY", "uptime robot main api key")),
    SecretKind("eks_token", _eks, ("eks token", "kube token")),
    SecretKind("portainer", lambda rng: f"ptr_{b64(rng, 32)}", ("PORTAINER_API_KEY", "X-API-Key")),
    SecretKind("aws_appsync", _tail("da2-", BASE36, 26), ("APPSYNC_API_KEY", "graphql api key")),
    SecretKind("azure_storage", _azure(88, "+ASt"), ("AZURE_STORAGE_KEY", "storage account key")),
    SecretKind("azure_cosmos_key", _azure(88, "ACDb"), ("cosmos primary key", "COSMOS_DB_KEY")),
    SecretKind("azure_event_hub", _azure(44, "+AEh"), ("event hub key", "SharedAccessKey")),
    SecretKind("azure_iot_hub", _azure(44, "AIoT"), ("iothubowner key", "IOT_HUB_KEY")),
    SecretKind("azure_redis", _azure(44, "AzCa"), ("redis access key", "AZURE_REDIS_KEY")),
    SecretKind("microsoft_refresh", lambda rng: f"1.A{pick(rng, URLSAFE, 54)}.AgABAwEAAAA{pick(rng, URLSAFE, 320)}", ("refresh_token", "graph refresh token")),
    SecretKind("google_express", _tail("AQ.Ab8RN6", URLSAFE, 43, "A"), ("VERTEX_API_KEY", "google api key")),
    SecretKind("tailscale_client", lambda rng: f"tskey-client-k{pick(rng, BASE58, 10)}CNTRL-{pick(rng, BASE58, 32)}", ("TS_OAUTH_SECRET", "tailscale client secret")),
    SecretKind("bitwarden_machine", _bitwarden, ("BWS_ACCESS_TOKEN", "bitwarden access token")),
    SecretKind("onepassword_secret_key", _onepassword_key, ("1password secret key", "OP_SECRET_KEY")),
    SecretKind("jfrog_reference", _jfrog_reference, ("ARTIFACTORY_TOKEN", "jfrog reference token")),
    SecretKind("ory", lambda rng: f"ory_at_{pick(rng, URLSAFE, 43)}.{pick(rng, URLSAFE, 43)}", ("ory access token", "HYDRA_ACCESS_TOKEN")),
    SecretKind("pangea", _tail("pts_", LOWER + "234567", 32), ("PANGEA_TOKEN", "pangea service token")),
    SecretKind("zuplo", lambda rng: f"zpka_{hexadecimal(rng, 32)}_{hexadecimal(rng, 8)}", ("gateway api key", "ACCUWEATHER_API_KEY")),
    SecretKind("rapidapi", _rapidapi, ("X-RapidAPI-Key", "RAPIDAPI_KEY")),
    SecretKind("inngest", _tail("signkey-prod-", HEX, 64), ("INNGEST_SIGNING_KEY", "inngest signing key")),
    SecretKind("trigger_dev", _tail("tr_prod_", ALNUM, 24), ("TRIGGER_SECRET_KEY", "trigger.dev secret key")),
    SecretKind("palo_alto", _palo_alto, ("PANOS_API_KEY", "firewall api key")),
    SecretKind("miro", _tail("eyJtaXJvLm9yaWdpbiI6ImV1MDEifQ_", URLSAFE, 26, "k"), ("MIRO_ACCESS_TOKEN", "miro oauth token")),
    SecretKind("monday_jwt", _jwt_hs256, ("MONDAY_API_TOKEN", "monday token")),
    SecretKind("jwt_es256", _jwt_es256, ("app store connect token", "ASC_JWT")),
    SecretKind("matrix_access", _matrix, ("MATRIX_ACCESS_TOKEN", "synapse access token")),
    SecretKind("webex", _webex, ("WEBEX_ACCESS_TOKEN", "webex bot token")),
    SecretKind("twitter_access", lambda rng: f"{rng.randint(10**17, 2 * 10**18)}-{pick(rng, ALNUM, 30)}", ("TWITTER_ACCESS_TOKEN", "x access token")),
    SecretKind("bitbucket_access", lambda rng: f"ATCTT3xFfGN0{pick(rng, URLSAFE, 171)}={pick(rng, '0123456789ABCDEF', 8)}", ("BITBUCKET_ACCESS_TOKEN", "repository access token")),
    SecretKind("close_crm", lambda rng: f"api_{pick(rng, ALNUM, 22)}.{pick(rng, ALNUM, 22)}", ("CLOSE_API_KEY", "close crm key")),
    SecretKind("salesforce_refresh", _tail("5Aep861", ALNUM + "._", 79, "Q"), ("salesforce refresh token", "sf_refresh_token")),
    SecretKind("segment", _tail("sgp_", ALNUM, 64), ("SEGMENT_PUBLIC_API_TOKEN", "segment workspace token")),
    SecretKind("readme_com", _tail("rdme_", BASE36, 70), ("README_API_KEY", "readme key")),
    SecretKind("frameio", _tail("fio-u-", URLSAFE, 63, "w"), ("FRAMEIO_TOKEN", "frame.io developer token")),
    SecretKind("adyen", _adyen, ("ADYEN_API_KEY", "adyen checkout api key")),
    SecretKind("checkout_com", _tail("sk_", LOWER + "234567", 27), ("CKO_SECRET_KEY", "checkout secret key")),
    SecretKind("gocardless", _tail("live_", URLSAFE, 39, "N"), ("GOCARDLESS_ACCESS_TOKEN", "gocardless token")),
    SecretKind("plaid_access", lambda rng: f"access-production-{uuid4(rng)}", ("plaid access token", "PLAID_ACCESS_TOKEN")),
    SecretKind("paypal_access", _tail("A21AA", URLSAFE, 91, "g"), ("paypal access token", "access_token")),
    SecretKind("klarna", _klarna, ("KLARNA_API_PASSWORD", "klarna api key")),
    SecretKind("mercury", lambda rng: f"secret-token:mercury_production_wma_{_base58(rng, 32)}_yrucrem", ("MERCURY_API_TOKEN", "bank api token")),
    SecretKind("ramp", _tail("ramp_sec_", ALNUM, 48), ("RAMP_CLIENT_SECRET", "ramp secret")),
    SecretKind("ebay_cert", _ebay, ("ebay cert id secret", "EBAY_CLIENT_SECRET")),
    SecretKind("pubnub", lambda rng: f"sec-c-{_plain(uuid4(rng))}", ("PUBNUB_SECRET_KEY", "pubnub secret key")),
    SecretKind("samsara", _tail("samsara_api_", ALNUM, 30), ("SAMSARA_API_TOKEN", "samsara token")),
    SecretKind("maxmind", lambda rng: f"{pick(rng, ALNUM, 6)}_{pick(rng, ALNUM, 29)}_mmk", ("MAXMIND_LICENSE_KEY", "geoip license key")),
    SecretKind("arcgis", lambda rng: f"AAPK{hexadecimal(rng, 32)}{pick(rng, URLSAFE, 64)}", ("ARCGIS_API_KEY", "esri api key")),
    SecretKind("foursquare", lambda rng: f"fsq3{b64(rng, 32)}", ("FSQ_API_KEY", "foursquare key")),
    SecretKind("hcaptcha", _tail("ES_", HEX, 32), ("HCAPTCHA_SECRET", "captcha secret")),
    SecretKind("apify", _tail("apify_api_", ALNUM, 36), ("APIFY_TOKEN", "apify api token")),
    SecretKind("firecrawl", _tail("fc-", HEX, 32), ("FIRECRAWL_API_KEY", "firecrawl key")),
    SecretKind("browserbase", _tail("bb_live_", URLSAFE, 26, "z"), ("BROWSERBASE_API_KEY", "browserbase key")),
    SecretKind("llama_cloud", _tail("llx-", ALNUM, 48), ("LLAMA_CLOUD_API_KEY", "llamacloud key")),
    SecretKind("helicone", _helicone, ("HELICONE_API_KEY", "helicone key")),
    SecretKind("sui", lambda rng: bech32("suiprivkey", b"\0" + rng.randbytes(32)), ("SUI_PRIVATE_KEY", "wallet private key")),
    SecretKind("near", lambda rng: f"ed25519:{_base58(rng, 64)}", ("NEAR_PRIVATE_KEY", "near secret key")),
    SecretKind("bitgo", _tail("v2x", HEX, 64), ("BITGO_ACCESS_TOKEN", "bitgo token")),
    SecretKind("modrinth", _tail("mrp_", ALNUM, 60), ("MODRINTH_TOKEN", "modrinth pat")),
)  # fmt: skip

BIP39 = (
    "abandon ability absent absorb abstract acoustic adapt advance afraid album alcohol almost amused animal arctic artist"
    " athlete autumn awkward balcony bamboo banner basket benefit bicycle bitter blanket blossom bonus brave brisk bubble"
    " buffalo cabbage cactus canal castle cereal cherry chunk circle clarify cluster coconut coral cotton cradle cricket"
    " crouch cushion damage dawn defense denial desert dignity dolphin donkey dragon dwarf eager ecology elbow elegant"
    " emerge enact engine envelope erosion excuse exotic fabric famous fatigue festival flavor fossil frozen garlic gesture"
).split()


def _jira_pat(rng: Random) -> str:
    return base64.b64encode(f"{rng.randint(10**11, 10**12)}:".encode() + rng.randbytes(20)).decode()


def _groups(alphabet: str, size: int, count: int, gap: str) -> Make:
    return lambda rng: gap.join(pick(rng, alphabet, size) for _ in range(count))


def _punctuated(rng: Random) -> str:
    """Oracle's auth tokens: twenty characters, brackets and colons among them."""
    return machine_password(rng, 20, "()[]{};:.,~")


def _dashed_phrase(rng: Random) -> str:
    return rng.choice("-.:").join(
        rng.choice(NOUNS).title() if rng.random() < 0.3 else rng.choice(NOUNS) for _ in range(5)
    ) + str(rng.randint(3, 97))


NAMED: tuple[SecretKind, ...] = (
    SecretKind("password_app_specific", _groups(LOWER, 4, 4, "-"), ("apple app specific password", "icloud_app_password", "appSpecificPassword", "AC_PASSWORD", "notary password")),
    SecretKind("password_nextcloud_app", _groups(ALNUM, 5, 5, "-"), ("nextcloud app password", "webdav_password", "CALDAV_PASSWORD", "carddav pass")),
    SecretKind("password_human", human_password, ("db_pwd", "rootpw", "smtp_pass", "ldap bind password", "bindpw", "adminPassword", "KEYSTORE_PASS", "userPasswd", "fallback password", "pass_word")),
    SecretKind("password_service", lambda rng: machine_password(rng, rng.randint(14, 26)), ("ELASTIC_PASSWORD", "GF_SECURITY_ADMIN_PASSWORD", "POSTGRES_PASSWORD", "RABBITMQ_DEFAULT_PASS", "vcenter_password", "mysql root password", "SMTPPassword", "LDAPBindPW", "jmxremote password")),
    SecretKind("password_northern", any_password, ("adgangskode", "passord", "lösenord", "salasana", "lykilorð", "wachtwoord", "parool", "slaptažodis")),
    SecretKind("password_southern", any_password, ("contraseña", "contrasenya", "senha", "palavra-passe", "mot de passe", "parola di accesso", "heslo", "jelszó", "hasło", "lozinka", "geslo")),
    SecretKind("passphrase_dashed", _dashed_phrase, ("gpg passphrase", "BORG_PASSPHRASE", "luksPassphrase", "ssh_key_passphrase", "PULUMI_CONFIG_PASSPHRASE", "Schlüssel-Passphrase")),
    SecretKind("passphrase_snmp", lambda rng: machine_password(rng, 16, "-_!"), ("snmpv3 auth passphrase", "snmp_priv_passphrase", "privPassphrase")),
    SecretKind("wordpress_application", _groups(ALNUM, 4, 6, " "), ("wordpress application password", "WP_APP_PASSWORD", "wp_app_pass")),
    SecretKind("pin", lambda rng: str(rng.randint(10**7, 10**8 - 1)), ("sim puk", "puk code", "door pin", "alarm_pin", "homekit setup pin", "code PIN", "signature PIN")),
    SecretKind("recovery_code", lambda rng: f"{pick(rng, HEX, 5)}-{pick(rng, HEX, 5)}", ("2fa recovery code", "mfa backup code", "emergency_scratch_code", "mfaRecoveryCode")),
    SecretKind("wallet_words", lambda rng: " ".join(rng.choice(BIP39) for _ in range(12)), ("wallet recovery phrase", "secret recovery phrase", "mnemonic", "BIP39_MNEMONIC", "seedWords")),
    SecretKind("jenkins", _tail("11", HEX, 32), ("jenkins api token", "JENKINS_API_TOKEN", "jenkinsToken")),
    SecretKind("jira_server", _jira_pat, ("JIRA_PERSONAL_TOKEN", "CONFLUENCE_PERSONAL_TOKEN", "jira pat")),
    SecretKind("mattermost", _tail("", BASE36, 26), ("mattermost access token", "MATTERMOST_TOKEN", "mm_bot_token")),
    SecretKind("meraki", _tail("", HEX, 40), ("MERAKI_DASHBOARD_API_KEY", "X-Cisco-Meraki-API-Key")),
    SecretKind("duo", _tail("", ALNUM, 40), ("duo secret key", "DUO_SKEY", "duo_admin_skey")),
    SecretKind("fastly", _tail("", URLSAFE, 31, "k"), ("FASTLY_API_TOKEN", "Fastly-Key", "fastly api key")),
    SecretKind("zendesk", _tail("", ALNUM, 40), ("ZENDESK_API_TOKEN", "zendesk token", "zd_api_token")),
    SecretKind("freshdesk", _tail("", ALNUM, 20), ("FRESHDESK_API_KEY", "freshdesk api key")),
    SecretKind("google_hmac", lambda rng: b64(rng, 30), ("gcs hmac secret", "GS_SECRET_ACCESS_KEY", "hmacSecret")),
    SecretKind("oci_auth", _punctuated, ("oci auth token", "OCIR_AUTH_TOKEN", "oci_registry_password")),
    SecretKind("exoscale", lambda rng: b64url(rng, 32), ("EXOSCALE_API_SECRET", "exoscale secret key")),
    SecretKind("vultr", _tail("", UPPER36, 36), ("VULTR_API_KEY", "vultr api key")),
    SecretKind("ovh", _tail("", ALNUM, 32), ("OVH_APPLICATION_SECRET", "ovh consumer key", "ovhConsumerKey")),
    SecretKind("vault_unseal", lambda rng: b64(rng, 33), ("vault unseal key", "UNSEAL_KEY_1", "recoveryKeyShare", "unseal_key_b64")),
    SecretKind("consul_acl", uuid4, ("CONSUL_HTTP_TOKEN", "NOMAD_TOKEN", "X-Consul-Token", "approle secret id", "VAULT_SECRET_ID")),
    SecretKind("consul_gossip", lambda rng: b64(rng, 32), ("gossip encryption key", "consul encrypt key", "serf_encrypt_key")),
    SecretKind("sanity", lambda rng: f"sk{pick(rng, ALNUM, 178)}", ("SANITY_API_WRITE_TOKEN", "sanity token")),
    SecretKind("strapi", _tail("", HEX, 256), ("STRAPI_API_TOKEN", "strapi token")),
    SecretKind("travis", lambda rng: b64url(rng, 16), ("TRAVIS_API_TOKEN", "travis token")),
    SecretKind("ike_psk", lambda rng: machine_password(rng, 28, "-_.!"), ("ike preshared key", "vpn_psk", "ipsecPSK", "pre-shared-key", "tunnel1_preshared_key", "clave precompartida")),
    SecretKind("radius", lambda rng: human_password(rng, "-_!."), ("radius shared secret", "TACACS_KEY", "radsec_shared_secret", "nas secret")),
    SecretKind("routing_key_chain", lambda rng: human_password(rng, "-_!."), ("bgp neighbor password", "ospf md5 password", "keychain key-string", "vrrp_auth_pass")),
    SecretKind("smartsheet", _tail("", ALNUM, 37), ("SMARTSHEET_ACCESS_TOKEN", "smartsheet api token")),
    SecretKind("pushover", _tail("a", BASE36, 29), ("PUSHOVER_APP_TOKEN", "pushover api token")),
    SecretKind("plex", _tail("", ALNUM, 20), ("X-Plex-Token", "PLEX_TOKEN")),
    SecretKind("vonage", _tail("", ALNUM, 16), ("VONAGE_API_SECRET", "nexmo api secret")),
    SecretKind("webhook_signing", lambda rng: b64url(rng, 36), ("github webhook secret", "WEBHOOK_HMAC_SECRET", "hook_shared_secret", "signingSecretV1")),
    SecretKind("session_signing", lambda rng: b64(rng, 32), ("OAUTH2_PROXY_COOKIE_SECRET", "cookie secret", "AUTH_SECRET", "SESSION_SECRET_KEY", "nextauth secret")),
    SecretKind("jwt_signing", lambda rng: b64(rng, 48), ("jwt signing secret", "JWT_SECRET", "JWTSigningKey", "PGRST_JWT_SECRET", "hs512_secret")),
    SecretKind("data_encryption", lambda rng: b64(rng, 32), ("N8N_ENCRYPTION_KEY", "database encryption key", "masterEncryptionKey", "ENCRYPTION_KEY_BASE64", "clé de chiffrement")),
    SecretKind("forgejo", _tail("", HEX, 40), ("FORGEJO_TOKEN", "gitea access token", "CODEBERG_TOKEN", "forgejo runner secret")),
    SecretKind("coder", lambda rng: f"{pick(rng, ALNUM, 10)}-{pick(rng, ALNUM, 22)}", ("CODER_SESSION_TOKEN", "coder token")),
    SecretKind("deepgram", _tail("", HEX, 40), ("DEEPGRAM_API_KEY", "speech api key")),
    SecretKind("salesforce_security", _tail("", ALNUM, 24), ("salesforce security token", "SF_SECURITY_TOKEN", "sfSecurityToken")),
    SecretKind("paypal_client", lambda rng: f"E{pick(rng, URLSAFE, 78)}k", ("PAYPAL_CLIENT_SECRET", "paypal secret", "paypalAppSecret")),
    SecretKind("key_foreign", lambda rng: b64url(rng, 24), ("clé secrète", "clave secreta", "chave secreta da api", "chiave segreta", "geheime sleutel", "geheimer Schlüssel", "hemlig nyckel", "tajný klíč", "tajny klucz", "jeton secret", "token de acceso", "Zugriffstoken", "toegangstoken")),
    SecretKind("acronym_names", lambda rng: pick(rng, ALNUM, 32), ("HTTPAPIKey", "S3SecretKey", "OAuthClientSecret", "XAuthToken", "SSOClientSecret", "APISecretKey", "RESTAPIToken", "B2BApiSecret")),
    SecretKind("abbreviated_names", lambda rng: pick(rng, UPPER + DIGITS, 28), ("api_tok", "acct_pwd", "svc_passwd", "enc_pwd", "cli_secret", "auth_tok", "priv_passwd", "usr_pw")),
)  # fmt: skip
