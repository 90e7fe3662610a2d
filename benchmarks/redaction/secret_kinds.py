"""Secrets of documented formats: those known by their own look, and those that only their name gives away.

Each entry makes a fresh value; `names` are the variables or fields that such a value usually stands in.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.redaction.randomness import (
    ALNUM,
    BASE32,
    BASE36,
    DIGITS,
    LOWER,
    UPPER,
    UPPER36,
    URLSAFE,
    WORD,
    b64,
    b64url,
    base58check,
    hexadecimal,
    pick,
    uuid4,
    with_crc,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Make = Callable[[Random], str]


@dataclass(frozen=True, slots=True)
class SecretKind:
    """How one kind of secret is made and what it is called where it is stored."""

    name: str
    make: Make
    names: tuple[str, ...]


def _encoded(value: object) -> str:
    return base64.b64encode(json.dumps(value, separators=(",", ":")).encode()).decode()


def _encoded_url(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value, separators=(",", ":")).encode()).decode().rstrip("=")


def _jwe(rng: Random) -> str:
    header = _encoded_url({"alg": "RSA-OAEP-256", "enc": "A256GCM"})
    return ".".join([header, b64url(rng, 256), b64url(rng, 12), b64url(rng, 90), b64url(rng, 16)])


def _mapbox(rng: Random) -> str:
    return f"sk.{_encoded_url({'u': pick(rng, LOWER, 8), 'a': 'cl' + pick(rng, BASE36, 23)})}.{b64url(rng, 16)}"


def _sentry_org(rng: Random) -> str:
    claims = {"iat": rng.randint(1_690_000_000, 1_760_000_000), "url": "https://sentry.io", "org": pick(rng, LOWER, 7)}
    return f"sntrys_{_encoded(claims)}_{b64(rng, 32).rstrip('=')}"


def _onepassword(rng: Random) -> str:
    account = {"signInAddress": "my.1password.com", "email": pick(rng, LOWER, 6), "srpX": hexadecimal(rng, 64)}
    return f"ops_{_encoded_url({**account, 'secretKey': 'A3-' + pick(rng, UPPER36, 31)})}"


def _intercom(rng: Random) -> str:
    return base64.b64encode(f"tok:{uuid4(rng)[:24]}_{hexadecimal(rng, 12)}_1:0".encode()).decode()


def _aws_session(rng: Random) -> str:
    return "IQoJb3JpZ2luX2VjE" + b64(rng, 300).replace("=", "A")


def _wif(rng: Random) -> str:
    return base58check(b"\x80" + rng.randbytes(32) + b"\x01")


def _extended_key(rng: Random) -> str:
    return base58check(bytes.fromhex("0488ade4") + rng.randbytes(9) + rng.randbytes(32) + b"\0" + rng.randbytes(32))


def _twitter_bearer(rng: Random) -> str:
    return "A" * 21 + pick(rng, ALNUM, 25) + "%2B" + pick(rng, ALNUM, 55) + "%3D" + pick(rng, ALNUM, 12)


def _azure_marked(signature: str, before: int, after: int) -> Make:
    """Azure's identifiable keys: random Base64 with a fixed signature and a checksum near the end."""
    return lambda rng: pick(rng, ALNUM, before) + signature + pick(rng, ALNUM, after)


def _dotenv_vault(rng: Random) -> str:
    return f"dotenv://:key_{hexadecimal(rng, 64)}@dotenv.org/vault/.env.vault?environment=production"


def _prefixed(prefix: str, alphabet: str, count: int, suffix: str = "") -> Make:
    return lambda rng: prefix + pick(rng, alphabet, count) + suffix


# Known by their own look, wherever they stand.
SHAPED = (
    SecretKind("github_server", lambda r: with_crc("ghs_", pick(r, ALNUM, 30)), ("GH_TOKEN", "installationToken")),
    SecretKind("github_oauth", lambda r: with_crc("gho_", pick(r, ALNUM, 30)), ("oauth_token", "hub_auth")),
    SecretKind("github_user", lambda r: with_crc("ghu_", pick(r, ALNUM, 30)), ("userToken", "GITHUB_USER_TOKEN")),
    SecretKind("github_refresh", lambda r: with_crc("ghr_", pick(r, ALNUM, 70)), ("refreshToken", "gh_refresh")),
    SecretKind("gitlab_runner", _prefixed("glrt-", URLSAFE, 20), ("RUNNER_TOKEN", "runner_token")),
    SecretKind("gitlab_deploy", _prefixed("gldt-", URLSAFE, 20), ("CI_DEPLOY_PASSWORD", "deploy_token")),
    SecretKind("gitlab_feed", _prefixed("glft-", URLSAFE, 20), ("feed_token", "GITLAB_FEED_TOKEN")),
    SecretKind("gitlab_job", lambda r: f"glcbt-{hexadecimal(r, 2)}_{pick(r, URLSAFE, 20)}", ("CI_JOB_TOKEN", "job")),
    SecretKind("gitlab_agent", _prefixed("glagent-", URLSAFE, 50), ("AGENT_TOKEN", "kas_token")),
    SecretKind("slack_app", lambda r: f"xapp-1-A{pick(r, UPPER36, 10)}-{pick(r, DIGITS, 13)}-{hexadecimal(r, 64)}",
               ("SLACK_APP_TOKEN", "appLevelToken")),
    SecretKind("slack_user", lambda r: f"xoxp-{pick(r, DIGITS, 12)}-{pick(r, DIGITS, 12)}-{pick(r, DIGITS, 13)}-"
               f"{hexadecimal(r, 32)}", ("SLACK_USER_TOKEN", "user_token")),
    SecretKind("slack_rotating", lambda r: f"xoxe.xoxb-1-{b64(r, 120).rstrip('=').replace('/', 'a').replace('+', 'b')}",
               ("SLACK_ACCESS", "rotated")),
    SecretKind("openai_service", lambda r: f"sk-svcacct-{pick(r, URLSAFE, 74)}T3BlbkFJ{pick(r, URLSAFE, 74)}",
               ("OPENAI_API_KEY", "openaiKey")),
    SecretKind("openrouter", lambda r: f"sk-or-v1-{hexadecimal(r, 64)}", ("OPENROUTER_API_KEY", "router_key")),
    SecretKind("anthropic_admin", lambda r: f"sk-ant-admin01-{pick(r, URLSAFE, 93)}AA", ("ANTHROPIC_ADMIN_KEY",)),
    SecretKind("perplexity", _prefixed("pplx-", ALNUM, 48), ("PPLX_API_KEY", "pplx")),
    SecretKind("groq", _prefixed("gsk_", ALNUM, 52), ("GROQ_API_KEY", "groqKey")),
    SecretKind("xai", _prefixed("xai-", ALNUM, 80), ("XAI_API_KEY", "grok_key")),
    SecretKind("replicate", _prefixed("r8_", ALNUM, 37), ("REPLICATE_API_TOKEN", "replicate")),
    SecretKind("langsmith", lambda r: f"lsv2_pt_{hexadecimal(r, 32)}_{hexadecimal(r, 10)}", ("LANGSMITH_API_KEY",)),
    SecretKind("tavily", lambda r: f"tvly-dev-{pick(r, ALNUM, 32)}", ("TAVILY_API_KEY", "search_key")),
    SecretKind("pinecone", lambda r: f"pcsk_{pick(r, ALNUM, 6)}_{pick(r, ALNUM, 63)}", ("PINECONE_API_KEY",)),
    SecretKind("stripe_restricted", _prefixed("rk_live_", ALNUM, 99), ("STRIPE_RESTRICTED_KEY", "stripe")),
    SecretKind("stripe_webhook", _prefixed("whsec_", ALNUM, 32), ("STRIPE_WEBHOOK_SECRET", "endpointSecret")),
    SecretKind("square_oauth", _prefixed("sq0csp-", URLSAFE, 43), ("SQUARE_SECRET", "square")),
    SecretKind("braintree", lambda r: f"access_token$production${pick(r, BASE36, 16)}${hexadecimal(r, 32)}",
               ("BRAINTREE_ACCESS_TOKEN", "braintree")),
    SecretKind("shopify_partner", lambda r: f"shppa_{hexadecimal(r, 32)}", ("SHOPIFY_PASSWORD", "private_app")),
    SecretKind("google_oauth_secret", _prefixed("GOCSPX-", URLSAFE, 28), ("GOOGLE_CLIENT_SECRET", "clientSecret")),
    SecretKind("google_access", lambda r: f"ya29.a0{pick(r, URLSAFE, 180)}", ("google_token", "gcloud")),
    SecretKind("firebase_messaging", lambda r: f"AAAA{pick(r, URLSAFE, 7)}:APA91b{pick(r, URLSAFE, 134)}",
               ("FCM_SERVER_KEY", "fcm")),
    SecretKind("aws_temporary_id", _prefixed("ASIA", BASE32, 16), ("AWS_ACCESS_KEY_ID", "AccessKeyId")),
    SecretKind("aws_bedrock", lambda r: "ABSK" + base64.b64encode(
        f"BedrockAPIKey-{pick(r, BASE36, 4)}-at-{pick(r, DIGITS, 12)}:{b64(r, 30)}".encode()).decode(),
        ("AWS_BEARER_TOKEN_BEDROCK",)),
    SecretKind("azure_search", _azure_marked("AzSe", 42, 6), ("AZURE_SEARCH_KEY", "searchKey")),
    SecretKind("azure_registry", _azure_marked("+ACR", 42, 6), ("ACR_PASSWORD", "registry_pw")),
    SecretKind("azure_devops", lambda r: pick(r, ALNUM, 76) + "AZDO" + pick(r, ALNUM, 4), ("AZURE_DEVOPS_PAT",)),
    SecretKind("digitalocean_refresh", lambda r: f"dor_v1_{hexadecimal(r, 64)}", ("DO_REFRESH", "refresh")),
    SecretKind("heroku", lambda r: f"HRKU-AA{pick(r, URLSAFE, 58)}", ("HEROKU_API_KEY", "heroku")),
    SecretKind("flyio", lambda r: f"FlyV1 fm2_{b64(r, 150).rstrip('=')}", ("FLY_API_TOKEN", "fly")),
    SecretKind("netlify", _prefixed("nfp_", ALNUM, 36), ("NETLIFY_AUTH_TOKEN", "netlify")),
    SecretKind("vercel_blob", lambda r: f"vercel_blob_rw_{pick(r, ALNUM, 16)}_{pick(r, ALNUM, 30)}",
               ("BLOB_READ_WRITE_TOKEN",)),
    SecretKind("cloudflare_origin", lambda r: f"v1.0-{hexadecimal(r, 24)}-{hexadecimal(r, 146)}", ("ORIGIN_CA_KEY",)),
    SecretKind("supabase", lambda r: f"sbp_{hexadecimal(r, 40)}", ("SUPABASE_ACCESS_TOKEN", "supabase")),
    SecretKind("planetscale", _prefixed("pscale_tkn_", URLSAFE, 43), ("PSCALE_TOKEN", "planetscale")),
    SecretKind("doppler", lambda r: f"dp.st.prd.{pick(r, ALNUM, 43)}", ("DOPPLER_TOKEN", "doppler")),
    SecretKind("pulumi", lambda r: f"pul-{hexadecimal(r, 40)}", ("PULUMI_ACCESS_TOKEN", "pulumi")),
    SecretKind("linear", _prefixed("lin_api_", ALNUM, 40), ("LINEAR_API_KEY", "linear")),
    SecretKind("notion", lambda r: f"ntn_{pick(r, DIGITS, 11)}{pick(r, ALNUM, 35)}", ("NOTION_TOKEN", "notion")),
    SecretKind("figma", _prefixed("figd_", URLSAFE, 40), ("FIGMA_TOKEN", "figma")),
    SecretKind("airtable", lambda r: f"pat{pick(r, ALNUM, 14)}.{hexadecimal(r, 64)}", ("AIRTABLE_API_KEY", "base")),
    SecretKind("atlassian", lambda r: f"ATATT3xFfGF0{pick(r, URLSAFE, 171)}={hexadecimal(r, 8).upper()}",
               ("JIRA_API_TOKEN", "confluence")),
    SecretKind("bitbucket", lambda r: f"ATBB{pick(r, ALNUM, 24)}{hexadecimal(r, 8).upper()}", ("BB_APP_PASSWORD",)),
    SecretKind("postman", lambda r: f"PMAK-{hexadecimal(r, 24)}-{hexadecimal(r, 34)}", ("POSTMAN_API_KEY", "pm")),
    SecretKind("sentry_org", _sentry_org, ("SENTRY_AUTH_TOKEN", "sentry")),
    SecretKind("sentry_user", lambda r: f"sntryu_{hexadecimal(r, 64)}", ("SENTRY_TOKEN", "sentry_user")),
    SecretKind("newrelic", _prefixed("NRAK-", UPPER36, 27), ("NEW_RELIC_API_KEY", "nr")),
    SecretKind("grafana_service", lambda r: f"glsa_{pick(r, ALNUM, 32)}_{hexadecimal(r, 8)}", ("GRAFANA_TOKEN", "gf")),
    SecretKind("grafana_cloud", lambda r: "glc_" + _encoded({"o": pick(r, DIGITS, 6), "n": "stack", "k": b64(r, 18),
               "m": {"r": "eu"}}), ("GRAFANA_CLOUD_TOKEN",)),
    SecretKind("dynatrace", lambda r: f"dt0c01.{pick(r, BASE32, 24)}.{pick(r, BASE32, 64)}", ("DT_API_TOKEN", "dt")),
    SecretKind("rubygems", lambda r: f"rubygems_{hexadecimal(r, 48)}", ("GEM_HOST_API_KEY", "gem")),
    SecretKind("docker_hub", _prefixed("dckr_pat_", URLSAFE, 27), ("DOCKERHUB_TOKEN", "hub")),
    SecretKind("clojars", lambda r: f"CLOJARS_{hexadecimal(r, 60)}", ("CLOJARS_PASSWORD", "clojars")),
    SecretKind("nuget", _prefixed("oy2", BASE36, 43), ("NUGET_API_KEY", "nugetKey")),
    SecretKind("brevo", lambda r: f"xkeysib-{hexadecimal(r, 64)}-{pick(r, ALNUM, 16)}", ("BREVO_API_KEY", "brevo")),
    SecretKind("mailchimp", lambda r: f"{hexadecimal(r, 32)}-us{r.randint(1, 21)}", ("MAILCHIMP_API_KEY", "mc_key")),
    SecretKind("hubspot", lambda r: f"pat-na1-{uuid4(r)}", ("HUBSPOT_TOKEN", "hubspot")),
    SecretKind("intercom", _intercom, ("INTERCOM_ACCESS_TOKEN", "intercomToken")),
    SecretKind("dropbox", lambda r: f"sl.u.{pick(r, URLSAFE, 136)}", ("DROPBOX_TOKEN", "dropbox")),
    SecretKind("facebook", lambda r: f"EAAG{pick(r, ALNUM, 170)}", ("FB_PAGE_TOKEN", "page_access_token")),
    SecretKind("twitter_bearer", _twitter_bearer, ("TWITTER_BEARER_TOKEN", "bearerToken")),
    SecretKind("mapbox", _mapbox, ("MAPBOX_SECRET_TOKEN", "mapbox")),
    SecretKind("contentful", _prefixed("CFPAT-", URLSAFE, 43), ("CONTENTFUL_TOKEN", "cma")),
    SecretKind("typeform", _prefixed("tfp_", URLSAFE, 59), ("TYPEFORM_TOKEN", "typeform")),
    SecretKind("shippo", lambda r: f"shippo_live_{hexadecimal(r, 40)}", ("SHIPPO_TOKEN", "shippo")),
    SecretKind("easypost", _prefixed("EZAK", ALNUM, 54), ("EASYPOST_API_KEY", "easypost")),
    SecretKind("duffel", _prefixed("duffel_live_", URLSAFE, 43), ("DUFFEL_TOKEN", "duffel")),
    SecretKind("flutterwave", lambda r: f"FLWSECK-{hexadecimal(r, 32)}-X", ("FLW_SECRET_KEY", "flw")),
    SecretKind("onepassword", _onepassword, ("OP_SERVICE_ACCOUNT_TOKEN",)),
    SecretKind("vault_batch", lambda r: f"hvb.AAAAAQ{pick(r, URLSAFE, 140)}", ("VAULT_TOKEN", "batch")),
    SecretKind("sonar", lambda r: f"squ_{hexadecimal(r, 40)}", ("SONAR_TOKEN", "sonar")),
    SecretKind("jfrog", _prefixed("AKCp", ALNUM, 69), ("ARTIFACTORY_API_KEY", "jfrog")),
    SecretKind("circleci", lambda r: f"CCIPAT_{pick(r, ALNUM, 22)}_{hexadecimal(r, 40)}", ("CIRCLE_TOKEN", "circle")),
    SecretKind("buildkite", lambda r: f"bkua_{hexadecimal(r, 40)}", ("BUILDKITE_TOKEN", "bk")),
    SecretKind("tailscale", lambda r: f"tskey-auth-k{pick(r, ALNUM, 11)}CNTRL-{pick(r, ALNUM, 32)}", ("TS_AUTHKEY",)),
    SecretKind("bitcoin_wif", _wif, ("wallet_key", "WIF")),
    SecretKind("extended_private_key", _extended_key, ("xprv", "hdkey")),
    SecretKind("jwe", _jwe, ("id_token", "assertion")),
    SecretKind("paseto", lambda r: f"v4.local.{b64url(r, 110)}", ("session_token", "paseto")),
    SecretKind("dotenv_vault", _dotenv_vault, ("DOTENV_KEY",)),
    SecretKind("riot", lambda r: f"RGAPI-{uuid4(r)}", ("RIOT_API_KEY", "riot")),
    SecretKind("alibaba_id", _prefixed("LTAI5t", ALNUM, 18), ("ALIBABA_ACCESS_KEY_ID", "accessKeyId")),
    SecretKind("yandex", _prefixed("AQVN", URLSAFE, 36), ("YANDEX_API_KEY", "yc_key")),
)  # fmt: skip


def _memorable(rng: Random) -> str:
    stem = rng.choice(("Sommer", "Falcon", "Wolverine", "Blueberry", "Krakow", "Dragonfly", "Espresso", "Tornado"))
    return stem + pick(rng, DIGITS, rng.choice((2, 4))) + rng.choice(("!", "#", "?", "", "$"))


def _random_password(rng: Random) -> str:
    # The first and the last character are plain, so that quoting in a carrier never makes the value's end doubtful.
    inner = pick(rng, ALNUM + "!*+-.^_~", rng.randint(8, 22))
    return rng.choice(UPPER) + inner + rng.choice(DIGITS) + rng.choice(LOWER)


def _passphrase(rng: Random) -> str:
    from benchmarks.redaction.randomness import words

    return "-".join(words(rng, 4))


_PASSWORD_NAMES = ("password", "PGPASSWORD", "dbPassword", "smtp_pass", "admin-password", "passwd", "ROOT_PASSWORD",
                   "bindPassword", "spring.datasource.password", "userPwd")  # fmt: skip

# Known only by the name that stands before them.
NAMED = (
    SecretKind("password_memorable", _memorable, _PASSWORD_NAMES),
    SecretKind("password_random", _random_password, _PASSWORD_NAMES),
    SecretKind("passphrase", _passphrase, ("passphrase", "keyPassphrase", "SSH_KEY_PASSPHRASE", "vault_password")),
    SecretKind("hex_secret", lambda r: hexadecimal(r, 64), ("SECRET_KEY", "jwtSecret", "session_secret", "HMAC_SECRET",
               "encryption_key", "privateKey")),
    SecretKind("base64_secret", lambda r: b64(r, 32), ("signing_key", "MASTER_KEY", "cookieSecret", "webhook_secret",
               "shared-secret", "encryptionKey")),
    SecretKind("uuid_token", uuid4, ("SNYK_TOKEN", "consul_token", "postmarkServerToken", "api_token",
               "X-Consul-Token")),
    SecretKind("hex_key", lambda r: hexadecimal(r, 32), ("ALGOLIA_ADMIN_KEY", "apiKey", "openweather_api_key",
               "API-KEY", "newsApiKey", "pusher_secret")),
    SecretKind("alibaba_secret", lambda r: pick(r, ALNUM, 30), ("ALIBABA_ACCESS_KEY_SECRET", "accessKeySecret")),
    SecretKind("ibm_key", lambda r: pick(r, URLSAFE, 44), ("IBMCLOUD_API_KEY", "iam_apikey")),
    SecretKind("linode", lambda r: hexadecimal(r, 64), ("LINODE_TOKEN", "linodeToken")),
    SecretKind("hetzner", lambda r: pick(r, ALNUM, 64), ("HCLOUD_TOKEN", "hcloud_token")),
    SecretKind("spotify_secret", lambda r: hexadecimal(r, 32), ("SPOTIFY_CLIENT_SECRET", "client_secret")),
    SecretKind("influx", lambda r: b64(r, 64), ("INFLUX_TOKEN", "influxToken")),
    SecretKind("pagerduty", lambda r: pick(r, URLSAFE, 20), ("PAGERDUTY_API_KEY", "pd_token")),
    SecretKind("okta", lambda r: "00" + pick(r, URLSAFE, 40), ("OKTA_API_TOKEN", "oktaToken")),
    SecretKind("totp_seed", lambda r: pick(r, BASE32, 32), ("totp_secret", "otpSecret", "mfaSecret", "TOTP_SECRET")),
    SecretKind("aws_session", _aws_session, ("AWS_SESSION_TOKEN", "SessionToken", "aws_session_token")),
    SecretKind("csrf", lambda r: pick(r, URLSAFE, 43), ("csrf_token", "X-CSRF-Token", "authenticity_token")),
    SecretKind("opaque_token", lambda r: pick(r, WORD, 40), ("accessToken", "auth_token", "ID_TOKEN", "bot_token",
               "deviceToken", "bearer_token", "authToken")),
    SecretKind("foreign_name", _random_password, ("contraseña", "senha", "mot_de_passe", "kennwort", "Passwort",
               "hasło", "wachtwoord")),
)  # fmt: skip
