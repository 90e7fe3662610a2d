"""Profile E, secrets: what engineers and office workers store for services with many users, and the names they give it."""

# ruff: noqa: E501  # tables read across; the numbers are lengths that the formats have

from __future__ import annotations

import base64
import json
import zlib
from typing import TYPE_CHECKING

from benchmarks.redaction.randomness import (
    ALNUM,
    BASE36,
    BASE62,
    DIGITS,
    FIRST,
    HEX,
    LAST,
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
)
from benchmarks.redaction.secret_kinds import SecretKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Make = Callable[[Random], str]

B64 = ALNUM + "+/"
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def _after(prefix: str, alphabet: str, count: int, tail: str = "") -> Make:
    return lambda rng: prefix + pick(rng, alphabet, count) + tail


def _of(alphabet: str, count: int) -> Make:
    return lambda rng: pick(rng, alphabet, count)


def _encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _part(value: object) -> str:
    raw = json.dumps(value, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def jwt(rng: Random, header: dict[str, object], claims: dict[str, object], size: int) -> str:
    return f"{_part(header)}.{_part(claims)}.{b64url(rng, size)}"


def _now(rng: Random) -> int:
    return rng.randint(1_767_000_000, 1_795_000_000)


def jwt_hs256(rng: Random) -> str:
    now = _now(rng)
    return jwt(
        rng, {"alg": "HS256", "typ": "JWT"}, {"sub": str(rng.randint(1000, 99999)), "iat": now, "exp": now + 3600}, 32
    )


def jwt_hs512(rng: Random) -> str:
    now = _now(rng)
    claims = {"sub": f"{rng.choice(FIRST)}.{rng.choice(LAST)}", "auth": "ROLE_ADMIN", "exp": now + 86_400}
    return jwt(rng, {"alg": "HS512"}, claims, 64)


def jwt_kubernetes(rng: Random) -> str:
    space, account, now = rng.choice(NOUNS), rng.choice(NOUNS), _now(rng)
    claims = {
        "aud": ["https://kubernetes.default.svc.cluster.local"], "exp": now + 3600, "iat": now,
        "iss": "https://kubernetes.default.svc.cluster.local", "jti": uuid4(rng),
        "kubernetes.io": {"namespace": space, "serviceaccount": {"name": account, "uid": uuid4(rng)}},
        "nbf": now, "sub": f"system:serviceaccount:{space}:{account}",
    }  # fmt: skip
    return jwt(rng, {"alg": "RS256", "kid": b64url(rng, 32)}, claims, 256)


def jwt_graph(rng: Random) -> str:
    now, tenant = _now(rng), uuid4(rng)
    claims = {
        "aud": "https://graph.microsoft.com", "iss": f"https://sts.windows.net/{tenant}/", "iat": now, "nbf": now,
        "exp": now + 4321, "appid": uuid4(rng), "oid": uuid4(rng), "tid": tenant, "scp": "Mail.Read User.Read", "ver": "1.0",
    }  # fmt: skip
    return jwt(
        rng,
        {"typ": "JWT", "nonce": b64url(rng, 32), "alg": "RS256", "x5t": b64url(rng, 20), "kid": b64url(rng, 20)},
        claims,
        256,
    )


def jwt_service_role(rng: Random) -> str:
    now = _now(rng)
    claims = {
        "iss": "supabase",
        "ref": pick(rng, LOWER, 20),
        "role": "service_role",
        "iat": now,
        "exp": now + 315_360_000,
    }
    return jwt(rng, {"alg": "HS256", "typ": "JWT"}, claims, 32)


def _wix(rng: Random) -> str:
    claims = {
        "data": json.dumps({"id": uuid4(rng), "identity": {"type": "application", "id": uuid4(rng)}}),
        "iat": _now(rng),
    }
    return "IST." + jwt(rng, {"kid": "PozH_aC2", "alg": "RS256"}, claims, 256)


def _workos(rng: Random) -> str:
    return "sk_live_" + _encoded(f"key_01{pick(rng, CROCKFORD, 24)},{pick(rng, ALNUM, 25)}").rstrip("=")


def _stripe_ephemeral(rng: Random) -> str:
    return "ek_live_" + _encoded(f"acct_1{pick(rng, ALNUM, 16)},{pick(rng, ALNUM, 29)}").rstrip("=")


def _azure_openai(rng: Random) -> str:
    # Microsoft's common annotated key: random part, JQQJ99, year, month, platform data, provider, checksum.
    middle = f"{rng.choice('AB')}{rng.choice('ABCDEFGHIJKL')}AC{pick(rng, ALNUM, 5)}XJ3w3AAAB"
    return f"{pick(rng, ALNUM, 52)}JQQJ99{middle}ACOG{pick(rng, ALNUM, 4)}"


def _bedrock_short(rng: Random) -> str:
    query = (
        "bedrock.amazonaws.com/?Action=CallWithBearerToken&X-Amz-Algorithm=AWS4-HMAC-SHA256"
        f"&X-Amz-Credential=ASIA{pick(rng, UPPER + '234567', 16)}%2F20261124%2Fus-east-1%2Fbedrock%2Faws4_request"
        f"&X-Amz-Date=20261124T0{rng.randint(1, 9)}1500Z&X-Amz-Expires=43200"
        f"&X-Amz-Signature={hexadecimal(rng, 64)}&X-Amz-SignedHeaders=host&Version=1"
    )
    return "bedrock-api-key-" + _encoded(query)


def ecr_password(rng: Random) -> str:
    value = {
        "payload": b64(rng, 600),
        "datakey": b64(rng, 180),
        "version": "2",
        "type": "DATA_KEY",
        "expiration": _now(rng),
    }
    return _encoded(json.dumps(value, separators=(",", ":")))


def _codeartifact(rng: Random) -> str:
    header = {
        "ver": 1,
        "isu": _now(rng),
        "enc": "A128GCM",
        "tag": b64url(rng, 16),
        "exp": _now(rng),
        "alg": "A128GCMKW",
        "iv": b64url(rng, 12),
    }
    return ".".join([_part(header), b64url(rng, 16), b64url(rng, 12), b64url(rng, 240), b64url(rng, 16)])


def _bitbucket_server(rng: Random) -> str:
    return "BBDC-" + base64.b64encode(f"{pick(rng, DIGITS, 12)}:".encode() + rng.randbytes(20)).decode()


def sanctum(rng: Random) -> str:
    """Laravel Sanctum: row, bar, forty characters and their CRC-32."""
    body = pick(rng, ALNUM, 40)
    return f"{rng.randint(2, 9999)}|{body}{zlib.crc32(body.encode()):08x}"


def _asaas(rng: Random) -> str:
    return "$aact_" + _encoded(f"{hexadecimal(rng, 32)}::{rng.randint(10_000, 999_999):019}::$aach_{uuid4(rng)}")


def _slack_workspace(rng: Random) -> str:
    return f"xoxa-2-{pick(rng, DIGITS, 12)}-{pick(rng, DIGITS, 12)}-{pick(rng, DIGITS, 12)}-{hexadecimal(rng, 32)}"


def _mapbox_temporary(rng: Random) -> str:
    user = rng.choice(FIRST) + rng.choice(LAST)
    claims = {
        "u": user,
        "a": f"c{pick(rng, BASE36, 24)}",
        "exp": _now(rng),
        "iat": _now(rng),
        "scopes": ["styles:read", "tilesets:read"],
        "client": "mapbox.com",
    }
    return f"tk.{_part(claims)}.{pick(rng, URLSAFE, 22)}"


SHAPED = (
    SecretKind("openai_legacy", lambda rng: f"sk-{pick(rng, ALNUM, 20)}T3BlbkFJ{pick(rng, ALNUM, 20)}", ("OPENAI_API_KEY", "openai key", "gpt_api_key", "chatgpt_token")),
    SecretKind("azure_openai", _azure_openai, ("AZURE_OPENAI_API_KEY", "AZURE_AI_KEY", "aoai_key", "speech_key")),
    SecretKind("azure_function_key", lambda rng: f"{pick(rng, URLSAFE, 44)}AzFu{pick(rng, URLSAFE, 5)}{rng.choice('AQgw')}==", ("AZURE_FUNCTION_KEY", "x-functions-key", "function_host_key")),
    SecretKind("azure_batch_key", lambda rng: f"{pick(rng, B64, 76)}+ABa{pick(rng, B64, 5)}{rng.choice('AQgw')}==", ("AZURE_BATCH_KEY", "batch_account_key")),
    SecretKind("azure_service_bus_key", lambda rng: f"{pick(rng, B64, 33)}+ASb{pick(rng, B64, 4)}{rng.choice('AEIMQUYcgkosw048')}=", ("SharedAccessKey", "SERVICEBUS_KEY", "sb_primary_key")),
    SecretKind("aws_bedrock_short", _bedrock_short, ("AWS_BEARER_TOKEN_BEDROCK", "bedrock token")),
    SecretKind("aws_ecr_password", ecr_password, ("ECR_PASSWORD", "registry_password", "docker_login_password")),
    SecretKind("aws_codeartifact", _codeartifact, ("CODEARTIFACT_AUTH_TOKEN", "codeartifact_token")),
    SecretKind("gitlab_incoming_mail", _after("glimt-", BASE36, 25), ("GITLAB_INCOMING_MAIL_TOKEN", "incoming_email_token")),
    SecretKind("gitlab_feature_flags", _after("glffct-", URLSAFE, 20), ("FEATURE_FLAGS_CLIENT_TOKEN", "unleash instance token")),
    SecretKind("stripe_ephemeral", _stripe_ephemeral, ("ephemeralKey", "STRIPE_EPHEMERAL_KEY", "ephemeral_key_secret")),
    SecretKind("stripe_setup_secret", lambda rng: f"seti_1{pick(rng, ALNUM, 23)}_secret_{pick(rng, ALNUM, 31)}", ("client_secret", "setupIntentClientSecret")),
    SecretKind("smtp2go", _after("api-", "0123456789ABCDEF", 32), ("SMTP2GO_API_KEY", "X-Smtp2go-Api-Key")),
    SecretKind("trello_token", _after("ATTA", HEX, 72), ("TRELLO_TOKEN", "trello api token", "trello_user_token")),
    SecretKind("linear_oauth", _after("lin_oauth_", HEX, 64), ("LINEAR_ACCESS_TOKEN", "linear_oauth_token")),
    SecretKind("postman_collection", lambda rng: f"PMAT-01{pick(rng, CROCKFORD, 24)}", ("access_key", "postman collection key")),
    SecretKind("sentry_integration", _after("sntryi_", HEX, 64), ("SENTRY_AUTH_TOKEN", "sentry integration token")),
    SecretKind("nexus_npm", lambda rng: f"NpmToken.{uuid4(rng)}", ("_authToken", "NEXUS_NPM_TOKEN", "npm_auth_token")),
    SecretKind("shopify_theme", _after("shptka_", HEX, 32), ("SHOPIFY_CLI_THEME_TOKEN", "theme access password")),
    SecretKind("shopify_custom", _after("shpca_", HEX, 32), ("SHOPIFY_ACCESS_TOKEN", "X-Shopify-Access-Token")),
    SecretKind("shopify_user_access", _after("shpua_", HEX, 32), ("shopify_online_token", "shop_access_token")),
    SecretKind("wix", _wix, ("WIX_API_KEY", "wix key", "wixAuthorization")),
    SecretKind("workos", _workos, ("WORKOS_API_KEY", "workos_secret")),
    SecretKind("flagsmith_server", _after("ser.", ALNUM, 22), ("FLAGSMITH_SERVER_KEY", "FLAGSMITH_ENVIRONMENT_KEY")),
    SecretKind("moonshot", _after("sk-", ALNUM, 48), ("MOONSHOT_API_KEY", "KIMI_API_KEY", "SILICONFLOW_API_KEY")),
    SecretKind("litellm_virtual", lambda rng: f"sk-{b64url(rng, 16)}", ("LITELLM_API_KEY", "LITELLM_MASTER_KEY", "litellm virtual key", "proxy_api_key")),
    SecretKind("pinterest", _after("pina_", UPPER36, 88), ("PINTEREST_ACCESS_TOKEN", "pinterest token")),
    SecretKind("lob", _after("live_", HEX, 35), ("LOB_API_KEY", "lob live key")),
    SecretKind("persona", lambda rng: f"persona_production_{uuid4(rng)}", ("PERSONA_API_KEY", "persona key")),
    SecretKind("onfido", lambda rng: f"api_live{rng.choice(('', '_us', '_ca'))}.{pick(rng, URLSAFE, 11)}.{pick(rng, URLSAFE, 31)}{pick(rng, ALNUM, 1)}", ("ONFIDO_API_TOKEN", "onfido token")),
    SecretKind("adobe_client", _after("p8e-", ALNUM, 32), ("ADOBE_CLIENT_SECRET", "adobe client secret", "IMS_CLIENT_SECRET")),
    SecretKind("scalingo", _after("tk-us-", ALNUM, 48), ("SCALINGO_API_TOKEN", "scalingo token")),
    SecretKind("asaas", _asaas, ("ASAAS_API_KEY", "access_token")),
    SecretKind("lightspeed", _after("lsxs_pt_", ALNUM, 32), ("LIGHTSPEED_TOKEN", "lightspeed personal token")),
    SecretKind("openvsx", lambda rng: f"ovsxat_{uuid4(rng)}", ("OVSX_PAT", "OPEN_VSX_TOKEN", "OPENVSX_ACCESS_TOKEN")),
    SecretKind("tableau", lambda rng: f"{b64(rng, 16)}:{pick(rng, ALNUM, 32)}", ("TABLEAU_PAT_SECRET", "personalAccessTokenSecret", "tableau_pat_value")),
    SecretKind("bitbucket_server", _bitbucket_server, ("BITBUCKET_TOKEN", "BITBUCKET_SERVER_PAT", "bitbucket http access token")),
    SecretKind("jwt_hs256", jwt_hs256, ("accessToken", "jwt", "id_token", "bearer_token")),
    SecretKind("jwt_hs512", jwt_hs512, ("id_token", "jhi-authenticationToken", "auth_jwt")),
    SecretKind("jwt_kubernetes", jwt_kubernetes, ("KUBE_TOKEN", "serviceAccountToken", "K8S_AUTH_API_KEY")),
    SecretKind("jwt_graph", jwt_graph, ("access_token", "GRAPH_TOKEN", "ms_graph_access_token")),
    SecretKind("jwt_service_role", jwt_service_role, ("SUPABASE_SERVICE_ROLE_KEY", "service_role_key")),
    SecretKind("facebook_app_token", lambda rng: f"{rng.randint(10**14, 10**16 - 1)}|{pick(rng, URLSAFE, 26)}{pick(rng, ALNUM, 1)}", ("FB_APP_TOKEN", "app_access_token")),
    SecretKind("laravel_sanctum", sanctum, ("plainTextToken", "api_token", "sanctum_token")),
    SecretKind("tally", _after("tly-", ALNUM, 32), ("TALLY_API_KEY", "tally forms key")),
    SecretKind("gitbook", _after("gb_api_", ALNUM, 40), ("GITBOOK_TOKEN", "gitbook api token")),
    SecretKind("metabase", lambda rng: f"mb_{b64(rng, 32)}", ("METABASE_API_KEY", "x-api-key", "metabase key")),
    SecretKind("slack_workspace", _slack_workspace, ("SLACK_TOKEN", "slack_api_token")),
    SecretKind("discord_mfa", lambda rng: f"mfa.{pick(rng, URLSAFE, 83)}{pick(rng, ALNUM, 1)}", ("discord_user_token", "DISCORD_TOKEN")),
    SecretKind("mapbox_temporary", _mapbox_temporary, ("MAPBOX_TOKEN", "mapbox_access_token")),
)  # fmt: skip

SEASONS = ("Spring", "Summer", "Autumn", "Winter", "January", "March", "October", "Monday", "Friday", "Welcome")
CITIES = ("Berlin", "Lisboa", "Austin", "Dublin", "Gdansk", "Malmo", "Torino", "Leiden", "Porto", "Graz")
MARKS = "!?#$%&*@"


def seasonal(rng: Random) -> str:
    """What a service desk hands out and what people choose when they must change it."""
    return f"{rng.choice(SEASONS)}{rng.choice(('', '-', '_', '@'))}{rng.randint(2019, 2027)}{rng.choice(('!', '!!', '#', '?', '$', '*'))}"


def company(rng: Random) -> str:
    return f"{rng.choice(NOUNS).title()}{rng.choice(('@', '#', '-', '.'))}{rng.choice(CITIES)}{rng.randint(10, 999)}{rng.choice(MARKS)}"


def initials(rng: Random) -> str:
    year = rng.randint(1961, 2003)
    return f"{rng.choice(UPPER)}{rng.choice(LOWER)}{rng.choice('!#+.')}{year}{rng.randint(1, 12):02}{rng.randint(1, 28):02}{rng.choice(MARKS)}"


def microsoft_initial(rng: Random) -> str:
    """As the Microsoft 365 admin centre gives them out: a consonant, a vowel, a consonant, five digits."""
    return f"{rng.choice('BCDFGHJKLMNPQRSTVWXZ')}{rng.choice('aeou')}{rng.choice('bcdfghjkmnpqrstvwx')}{pick(rng, DIGITS, 5)}"


def manager(rng: Random) -> str:
    """As a password manager fills them in: eighteen to twenty-four characters with marks."""
    body = list(pick(rng, ALNUM, rng.randint(14, 19)) + pick(rng, "!#%*+-_.?@^~", rng.randint(2, 4)))
    rng.shuffle(body)
    return rng.choice(LETTERS) + "".join(body) + rng.choice(DIGITS)


def joined(rng: Random) -> str:
    gap = rng.choice((".", "-", "_", ""))
    return gap.join(rng.choice(NOUNS).title() for _ in range(4)) + str(rng.randint(10, 99))


def spaced(rng: Random) -> str:
    return " ".join(rng.choice(NOUNS) for _ in range(rng.randint(5, 6)))


def _answer(rng: Random) -> str:
    return rng.choice(
        (
            f"{rng.choice(LAST).title()} {rng.choice(CITIES)}",
            f"{rng.choice(NOUNS).title()} the {rng.choice(NOUNS)}",
            f"{rng.choice(LAST).title()}{rng.randint(50, 99)}",
        )
    )


def _viber(rng: Random) -> str:
    return "-".join(pick(rng, HEX, 16) for _ in range(3))


def ses_smtp(rng: Random) -> str:
    return base64.b64encode(b"\x04" + rng.randbytes(32)).decode()


def _quickbooks(rng: Random) -> str:
    return f"AB11{_now(rng)}{pick(rng, ALNUM, 36)}"


NAMED = (
    SecretKind("password_seasonal", seasonal, ("password", "temp password", "default_password", "winPassword", "rdp_password", "domain password", "new_password", "adUserPassword")),
    SecretKind("password_company", company, ("db_pass", "sa_pwd", "mysql_root_password", "jdbcPassword", "PGPASSWORD", "erp_password", "sap_user_pwd", "sharepoint password")),
    SecretKind("password_initials", initials, ("login_password", "hr_portal_password", "webmail password", "intranetPwd", "timesheet_password", "citrix password")),
    SecretKind("password_microsoft_initial", microsoft_initial, ("initial_password", "o365_temp_password", "one-time password", "ForceChangePassword", "tempPwd")),
    SecretKind("password_manager_made", manager, ("smtp_pass", "ldap_bind_password", "REDIS_PASSWORD", "spring.datasource.password", "ftpPasswd", "svc_account_password", "rabbitmq_default_pass", "DJANGO_SUPERUSER_PASSWORD", "keystorePass", "DB_PASSWD_PROD")),
    SecretKind("password_office_app", _of(LOWER, 16), ("app_password", "office365_app_password", "imap_password", "SMTP_AUTH_PASSWORD", "outlook app password")),
    SecretKind("password_local_word", company, ("Kennwort", "Datenbank-Passwort", "mot_de_passe_bdd", "contraseña_usuario", "senha_banco", "wachtwoord", "hasło", "lösenord", "salasana", "adgangskode", "パスワード", "密码", "пароль", "parola_db")),
    SecretKind("password_acronym", manager, ("dbPWD", "userPwdRDS", "HTTPBasicPassword", "apiUserPW", "SQLServerPwd", "sftpPW", "VPNPassword", "wifiPSK", "ADBindPwd")),
    SecretKind("passphrase_joined", joined, ("passphrase", "ssh_key_passphrase", "gpgPassphrase", "backup passphrase", "SIGNING_KEY_PASSPHRASE", "private_key_passphrase", "encryption_passphrase")),
    SecretKind("diceware_phrase", spaced, ("RESTIC_PASSWORD", "borg_passphrase", "master_password", "vault passphrase", "luks passphrase")),
    SecretKind("security_answer", _answer, ("security answer", "security_question_answer", "secret_answer", "securityAnswer")),
    SecretKind("puk_code", _of(DIGITS, 8), ("puk", "PUK code", "sim_puk", "pukCode")),
    SecretKind("ses_smtp", ses_smtp, ("SES_SMTP_PASSWORD", "smtp_password", "EMAIL_HOST_PASSWORD", "mailPassword", "spring.mail.password")),
    SecretKind("postmark", uuid4, ("POSTMARK_SERVER_TOKEN", "X-Postmark-Server-Token", "postmark_api_token")),
    SecretKind("mailjet", _of(HEX, 32), ("MJ_APIKEY_PRIVATE", "mailjet_secret_key", "MAILJET_API_SECRET")),
    SecretKind("sparkpost", _of(HEX, 40), ("SPARKPOST_API_KEY", "sparkpost_secret")),
    SecretKind("braze", uuid4, ("BRAZE_API_KEY", "braze_rest_api_key")),
    SecretKind("activecampaign", _of(HEX, 72), ("ACTIVECAMPAIGN_API_KEY", "Api-Token", "ac_api_token")),
    SecretKind("pipedrive", _of(HEX, 40), ("PIPEDRIVE_API_TOKEN", "pipedrive_token", "x-api-token")),
    SecretKind("jotform", _of(HEX, 32), ("JOTFORM_API_KEY", "jotform_apikey")),
    SecretKind("vercel", _of(ALNUM, 24), ("VERCEL_TOKEN", "vercel_api_token", "vercelAccessToken")),
    SecretKind("railway", uuid4, ("RAILWAY_TOKEN", "RAILWAY_API_TOKEN")),
    SecretKind("hasura_admin", _of(ALNUM, 64), ("HASURA_GRAPHQL_ADMIN_SECRET", "x-hasura-admin-secret", "hasura_admin_secret")),
    SecretKind("webflow", _of(HEX, 64), ("WEBFLOW_TOKEN", "webflow_api_token")),
    SecretKind("bigcommerce", _of(BASE36, 31), ("BIGCOMMERCE_ACCESS_TOKEN", "X-Auth-Token", "bc_access_token")),
    SecretKind("magento", _of(BASE36, 32), ("MAGENTO_ACCESS_TOKEN", "magento_integration_token", "magento_private_key")),
    SecretKind("confluent", _of(B64, 64), ("CONFLUENT_API_SECRET", "KAFKA_API_SECRET", "sasl.password", "kafka_sasl_password")),
    SecretKind("opsgenie", uuid4, ("OPSGENIE_API_KEY", "opsgenie_key")),
    SecretKind("splunk_hec", uuid4, ("SPLUNK_HEC_TOKEN", "hec_token", "splunkToken")),
    SecretKind("sumologic", _of(ALNUM, 64), ("SUMOLOGIC_ACCESSKEY", "SUMO_ACCESS_KEY", "sumo_logic_access_key")),
    SecretKind("amplitude", _of(HEX, 32), ("AMPLITUDE_SECRET_KEY", "MIXPANEL_API_SECRET", "analytics_secret_key")),
    SecretKind("assemblyai", _of(HEX, 32), ("ASSEMBLYAI_API_KEY", "assembly_ai_key", "NEWSAPI_KEY", "TMDB_API_KEY")),
    SecretKind("serpapi", _of(HEX, 64), ("SERPAPI_API_KEY", "serpapi_key")),
    SecretKind("serper", _of(HEX, 40), ("SERPER_API_KEY", "serper_key")),
    SecretKind("exa", uuid4, ("EXA_API_KEY", "exaApiKey", "FIREFLIES_API_KEY")),
    SecretKind("zoom_secret", _of(ALNUM, 32), ("ZOOM_CLIENT_SECRET", "zoom_webhook_secret_token", "zoomSecret")),
    SecretKind("zulip", _of(ALNUM, 32), ("ZULIP_API_KEY", "zulip_bot_key")),
    SecretKind("twitch_oauth", _of(BASE36, 30), ("TWITCH_CLIENT_SECRET", "TWITCH_OAUTH_TOKEN", "twitch_bot_token")),
    SecretKind("viber", _viber, ("VIBER_AUTH_TOKEN", "X-Viber-Auth-Token")),
    SecretKind("quickbooks_refresh", _quickbooks, ("QB_REFRESH_TOKEN", "quickbooks_refresh_token", "qboRefreshToken")),
    SecretKind("xero", _of(URLSAFE, 48), ("XERO_CLIENT_SECRET", "xero_refresh_token")),
    SecretKind("alpaca", _of(ALNUM, 40), ("APCA_API_SECRET_KEY", "ALPACA_SECRET_KEY", "broker_api_secret")),
    SecretKind("alpha_vantage", _of(UPPER36, 16), ("ALPHAVANTAGE_API_KEY", "ALPHA_VANTAGE_KEY")),
    SecretKind("bitly", _of(HEX, 40), ("BITLY_ACCESS_TOKEN", "bitly_token")),
    SecretKind("crowdstrike", _of(ALNUM, 40), ("FALCON_CLIENT_SECRET", "crowdstrike_client_secret")),
    SecretKind("virustotal", _of(HEX, 64), ("VT_API_KEY", "VIRUSTOTAL_API_KEY", "x-apikey")),
    SecretKind("shodan", _of(ALNUM, 32), ("SHODAN_API_KEY", "shodan_key")),
    SecretKind("servicenow", _of(ALNUM, 24), ("SERVICENOW_PASSWORD", "SNOW_CLIENT_SECRET", "servicenow_oauth_secret")),
    SecretKind("gitea", _of(HEX, 40), ("GITEA_TOKEN", "GITEA_ACCESS_TOKEN", "gitea_api_token")),
    SecretKind("drf_token", _of(HEX, 40), ("auth_token", "drf_auth_token", "NETBOX_TOKEN", "netbox_api_token")),
    SecretKind("awx", _of(ALNUM, 30), ("AWX_TOKEN", "TOWER_OAUTH_TOKEN", "CONTROLLER_OAUTH_TOKEN")),
    SecretKind("redash", _of(ALNUM, 40), ("REDASH_API_KEY", "redash_user_api_key")),
    SecretKind("looker", _of(ALNUM, 24), ("LOOKERSDK_CLIENT_SECRET", "looker_client_secret")),
    SecretKind("cloudinary_secret", _of(URLSAFE, 27), ("CLOUDINARY_API_SECRET", "cloudinarySecret")),
    SecretKind("livekit", _of(BASE62, 43), ("LIVEKIT_API_SECRET", "livekit_secret")),
    SecretKind("pusher", _of(HEX, 20), ("PUSHER_APP_SECRET", "pusher_secret")),
    SecretKind("obsidian_rest", _of(HEX, 64), ("OBSIDIAN_API_KEY", "obsidian_rest_key")),
    SecretKind("recaptcha_secret", lambda rng: f"6L{pick(rng, ALNUM, 6)}AAAAA{pick(rng, URLSAFE, 26)}{pick(rng, ALNUM, 1)}", ("RECAPTCHA_SECRET_KEY", "recaptcha_private_key", "captchaSecret")),
    SecretKind("turnstile_secret", lambda rng: f"0x4AAAAAAA{pick(rng, URLSAFE, 24)}{pick(rng, ALNUM, 1)}", ("TURNSTILE_SECRET_KEY", "turnstile_secret")),
    SecretKind("codecov", uuid4, ("CODECOV_TOKEN", "codecov_upload_token")),
    SecretKind("rundeck", _of(ALNUM, 32), ("RD_TOKEN", "RUNDECK_API_TOKEN", "X-Rundeck-Auth-Token")),
    SecretKind("quay", _of(UPPER36, 64), ("QUAY_ROBOT_PASSWORD", "quay_robot_token")),
    SecretKind("dify_app", _after("app-", ALNUM, 24), ("DIFY_API_KEY", "dify_app_key")),
)  # fmt: skip
