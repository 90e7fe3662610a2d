"""Which names announce a secret. Names are read as words, so `secretary` and `token_count` are not taken for one."""

# ruff: noqa: RUF001  # words as they are written

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "FOREIGN",
    "HOLDERS",
    "KEY_QUALIFIERS",
    "PERSONAL_KINDS",
    "holds_count",
    "is_cookie_key",
    "is_sensitive_key",
    "personal_key",
    "sensitive_environment",
    "word_set",
    "words_of",
]

_LONGEST_KEY = 128
_SHORTEST_ENVIRONMENT_SECRET = 8
_SHORTEST_PARTICIPLE = 4


def word_set(text: str) -> frozenset[str]:
    """The words of a table that is written as text."""
    return frozenset(text.split())


FOREIGN = (
    *("contraseña", "contrasenya", "contrasinal", "clé secrète", "clé privée", "schlüsselwort"),
    *("lösenord", "hasło", "şifre", "parolă", "jelszó", "mật khẩu", "mật mã", "кодовое слово"),
    *("пароль", "пароля", "паролю", "паролем", "пароли", "секретный ключ", "токен", "лозинка", "парола", "гасло"),
    *("密码", "密碼", "口令", "密钥", "密鑰", "令牌", "秘钥", "パスワード", "暗証番号", "パスコード", "秘密鍵"),
    *("トークン", "비밀번호", "암호", "토큰", "비밀 키", "รหัสผ่าน", "كلمة المرور", "كلمة السر", "סיסמה", "סיסמא"),
    *("κωδικός", "κωδικό", "συνθηματικό", "पासवर्ड", "गुप्तशब्द", "कूटशब्द", "গোপন", "পাসওয়ার্ড", "პაროლი", "գաղտնաբառ"),
    *("slaptažodis", "slaptažodž", "lykilorð", "şifrə", "құпия сөз", "құпиясөз", "нууц үг", "сырсөз"),
    *("கடவுச்சொல்", "පාස්වර්ඩ්", "မူဝှက်", "ពាក្យសម្ងាត់", "ລະຫັດຜ່ານ", "رمز عبور", "گذرواژه", "پاس ورڈ", "የይለፍ ቃል"),
    *(
        "clé de chiffrement",
        "clé api",
        "助记词",
        "助記詞",
        "니모닉",
        "시크릿",
        "クライアントシークレット",
        "clé d'api",
        "geheimer schlüssel",
        "tajný klíč",
        "fjalëkalim",
    ),
)
"""Words for password, secret key and token with letters outside ASCII, in lower case."""

_NOUNS = word_set(
    "password passwords passwd passwds passwrd passwort pwd pwds passphrase passphrases passcode passcodes"
    " passkey passw pword pswd psk secret secrets token tokens apikey apikeys credential credentials creds cred"
    " cookie cookies authorization privatekey secretkey accesskey authkey jwt jwts otp totp hotp cvv cvv2 cvc cvc2"
    " csc pin pins ssn mnemonic mnemonics bearer kek dek wachtwoord kennwort kennworte losungswort contrasena"
    " contrasenya contrasinal senha haslo heslo lozinka salasana losenord adgangskode adgangskodekode passord"
    " parool geslo pasahitza pasahitz wagwoord cyfrinair pasfhocal fjalekalimi fjalekalim nenosiri lykilord"
    " privkey sifreniz sifresi slaptazodis pasvorto zugriffstoken toegangstoken puk pukcode"
    " motdepasse zaporka jelszo sifre jeton geheimnis webhooksecret phpsessid jsessionid aspsessionid aspxauth"
    " sessiontoken xsrf csrftoken"
)
# `pass_rate` and `auth_mode` are no secrets, `smtp_pass` is.
_LAST_NOUNS = word_set(
    "pass auth pw psw hmac userpass dbpass smtppass mailpass rootpass adminpass ftppass sqlpass mysqlpass sshpass"
    " remotepass authtok ldappass sudopass mypass keypass storepass requirepass masterauth bindpw rootpw"
    " adminpw userpw dbpw mypw skey"
)
_COMPACT = _NOUNS | word_set(
    "clientsecret authtoken accesstoken refreshtoken idtoken sessiontoken bearertoken apitoken signingkey"
    " sessionkey encryptionkey masterkey accountkey apisecret appsecret authcode cardnumber creditcard motdepasse"
    " sharedaccesssignature sas connstr connstring dbconnstr connectsid aspnetsessionid aspnetcoresession"
    " laravelsession connstring awskey privatepem keypem keymaterial rsaprivate gospasswd clientkeydata"
    " dockerconfigjson dockercfg dockerauthconfig npmauth pgpass htpasswd netrc authinfo basicauth codeverifier"
    " clientassertion devicecode usercode activationcode unlockcode pukcode puk loginas wpaphrase wepkey"
    " tlspskvalue nwkskey appskey appkey devkey privkey userpwd tgapihash kundenpasswort srcstorepass"
    " deststorepass srckeypass destkeypass"
)
_SUFFIXES = (
    *("password", "passwd", "passphrase", "apikey", "secretkey", "privatekey", "accesskey", "accesstoken"),
    *("refreshtoken", "authtoken", "clientsecret", "signingkey", "passwort", "kennwort", "wachtwoord", "contrasena"),
    *("passcode", "apisecret", "appsecret", "apitoken", "encryptionkey", "sharedkey", "sharedsecret", "licensekey"),
    *("accesskeysecret", "bottoken", "sessiontoken", "secretbase", "jwtsecret", "authkey", "userpwd", "dbpwd"),
)
KEY_QUALIFIERS = word_set(
    "access account activation admin aes algolia amplitude anon anthropic api apns app application auth"
    " authentication authorized aws azure backup bot cipher circleci client cohere consumer crypto datadog"
    " decryption deploy deployment dkim ec ecdsa ed25519 elevenlabs encrypt encryption enrollment fcm fernet"
    " firebase functions gcp gemini github gitlab google gpg groq hmac host hubspot ingest ingestion"
    " instrumentation integration jwt kms ldap license licence livekit mailchimp mailgun mandrill mapbox master"
    " mistral mixpanel newrelic oauth openai openrouter paypal pem pgp pinecone posthog postmark preshared pre"
    " priv private provisioning publishable pusher recaptcha recovery registration resend root rpc rsa sas secret"
    " segment sendgrid sentry server service session shared signature signing slack sqlcipher sse ssec ssh ssl"
    " storage stripe stytch subscription supabase symmetric telegram tls twilio unlock unseal validation vapid wallet"
    " infracost prefect xata rapidapi rootly foursquare firecrawl browserbase llamacloud helicone fastly cosmos"
    " tacacs"
    " radius gems portkey langfuse langsmith tavily serper cerebras fireworks replicate deepgram assemblyai deepseek"
    " perplexity voyage jina together exa pinecone weaviate qdrant milvus airtable asana linear notion okta auth0"
    " network link fal kaggle homekit bip38 stability dashscope dreamstudio bailian appwrite wakatime things stack"
    " webhook wep wireguard wpa write x25519 xai zapier"
    " ably abuseipdb adyen ai airbrake alchemy alphavantage apify assembly backblaze betterstack bigcommerce bing"
    " binance braintree braze brevo brightdata browserless bugsnag bunny calendly cloudflare cloudinary clearbit"
    " clickup codecov coinbase coingecko coinmarketcap contentful coveralls cryptocompare customerio deepl"
    " digitalocean discord docusign dropbox dynatrace etherscan filestack finnhub flagsmith flutterwave freshdesk"
    " geoapify getstream giphy grafana growthbook hetzner heroku honeybadger honeycomb infura intercom ipinfo"
    " ipstack iterable klarna klaviyo kraken launchdarkly lemonsqueezy linode locationiq logdna loggly mailerlite"
    " mailjet marketstack maxmind mollie moralis netlify newsdata novita obsidian preauth"
    " protection omdb onesignal opencage"
    " openweather openweathermap opsgenie optimizely pagerduty papertrail paystack pexels pingdom pipedrive plaid"
    " pubnub quandl quicknode raygun razorpay recurly rest roboflow rollbar rudderstack runpod salesforce sanity"
    " scrapingbee securitytrails sendbird sendinblue serp shodan smtp2go snyk sonarqube sparkpost splunk spotify"
    " statsig storyblok strapi sumologic tiingo tmdb tomtom trello twelvedata twitch twitter typeform unsplash"
    " uploadcare uptimerobot urlscan vantage vercel virustotal vultr wandb wasabi webex youtube zendesk zenrows"
    " zerobounce zoho zoom"
)
_PAIRS = frozenset(
    tuple(pair.split("_"))
    for pair in word_set(
        "unlock_phrase backup_words api_hash setup_code disarm_code safe_combination door_code emergency_code"
        " spend_key view_key"
        " local_key record_key scratch_code access_code activation_code auth_code authorisation_code"
        " backup_code backup_codes card_number"
        " code_verifier connection_string connection_strings conn_str conn_string credit_card device_code hd_seed"
        " master_seed otp_seed totp_seed wallet_seed private_pem private_exponent recovery_code recovery_codes"
        " recovery_phrase security_answer security_code seed_phrase seed_words secret_phrase social_security"
        " user_code sms_code verification_code login_code unlock_code pairing_code scratch_codes client_assertion"
        " access_signature amz_signature hub_signature webhook_signature hmac_signature sas_url sas_uri"
        " key_material wpa_phrase mot_passe de_passe palabra_clave palavra_passe geheime_sleutel hemlig_nyckel"
        " tajny_klucz clave_precompartida api_tok auth_tok access_tok"
        " clave_secreta clave_privada clave_acceso chave_secreta"
        " chave_privada chave_acesso chiave_segreta chiave_privata cle_secrete cle_privee klucz_prywatny"
        " parola_chiave parola_ordine parola_db validation_key"
        " community_string snmp_community rw_community"
        " devise_pepper password_pepper hash_pepper auth_pepper secret_pepper"
        " dane_logowania session_cookie api_secret x_passwd requestor_pw"
    )
)
_METADATA_AFTER = word_set(
    "address detected masked autofill backend backends ending instruction instructions line lines map maps"
    " margin mint minted"
    " period digits standard standards unlocked board chip command mgmt age alg algo algorithm algorithms alias"
    " arn at attempts audience available balance banner bits"
    " bucket budget bytes ca change changed char characters chars charset check checker checking checks class"
    " color column complexity config configured confirmed consent cost count counter counts created days decimals"
    " decoder description details detection dialog disabled docs domain duration enabled endpoint endpoints engine"
    " engines entropy env error errors event events exception exceptions exchange exist exists expiration expire"
    " expired expires expiring expiry failed failure failures fd field fields file filename fingerprint form"
    " format found generator grant guide handler handlers header help helper helpers hint history httponly icon id"
    " identifier ids in index info input interval invalid issuer iterations kind label last layout length"
    " level lifetime limit"
    " limits link lint list loader location logprob logprobs manager match max message messages metadata method"
    " methods"
    " min minutes missing mode model module name names namespace needed normalizer offset offsets only options"
    " owner page param parameter parser path paths pattern per permission permissions picker placeholder plugin"
    " policies policy position positions present price probability prompt protection provider providers rate ratio"
    " reader ref reference references refs regex regexp region registry remaining renewal report required"
    " requirement requirements reset resource retries review role rotated rotation rule rules samesite scanner"
    " scanning schema scheme scope scopes score screen seconds secure server servers service set setting settings"
    " size sizes slot source speed spent stats status stdin storage store strategy strength strict supply support"
    " supported symbol throughput thumbprint timeout timestamp title to toggle tool total ttl type types unit"
    " category delay flow function functions mount placement quota on allow encoding"
    " channel dependencies encoder encoders out overlap provided result results scan scans"
    " updated uri url urls usage use used user users uses valid validation validator validators validity variable"
    " version view visibility visible vocab warning weight weights window"
)
_FLAG_FIRST = word_set(
    "fetch is has have no needs need requires require required show hide allow allows enable disable supports without"
    " use uses include includes should can must forgot change mask"
)
_QUANTITY_BEFORE = word_set("max min num number total count")
_TOKEN_BEFORE = word_set(
    "input output prompt next prev previous page paging pagination progress continuation continue completion"
    " cached reasoning cancellation cancel stop special bos eos pad unk mask sep cls start end sync delta resume"
    " cursor design color estimated remaining used consumed thinking text audio image first last current lex lexer"
    " username syntax string operator punctuation image_token vision comment delimiter skip marker sampling"
    " iterator scroll"
    " changes change theme spacing dom css"
)
_TOKENS_BEFORE = _TOKEN_BEFORE | _QUANTITY_BEFORE
_TOKENS_BEFORE |= word_set(
    "accepted available avg average budget cache context creation daily free generated hourly minute monthly n"
    " new per predicted prediction processed read rejected response saved spent tool top training video window"
    " write billed"
)
_THINGS_BEFORE = {
    "pin": word_set(
        "key spki gpio led map drop hash input output rolling digital analog data clock to bowling safety reset cs"
    ),
    "pins": word_set("key gpio led map input output digital analog board chat my user pinned num"),
    "pass": word_set(
        "first second third last boarding render single multi one two season hall ski test tests did all bus"
        " train event day lift forward backward compiler ui or"
    ),
    "auth": word_set("no without requires needs skip require supports basic_or"),
    "secrets": word_set("pull trade"),
    "secret": word_set("trade top open no existing"),
    "cookies": word_set("accept third essential necessary functional"),
    "cookie": word_set("fortune"),
    "hmac": word_set("use"),
    "key": word_set("public"),
}
# What a word of its own makes of a secret: `secret_santa` hides a person, `secret_menu` dishes.
_THINGS_AFTER = {
    "secret": word_set(
        "santa garden menu recipe recipes ingredient ingredients sauce agent agents admirer life lives society"
        " passage passages door doors room rooms weapon weapons police history world level levels ballot identity"
        " shopper sale lair mission spot spots meeting door"
    ),
    "cookie": word_set("recipe recipes dough jar cutter monster"),
    "token": word_set("ring gesture"),
    "password": word_set("key"),  # under which it is kept
}
# A value of such a name is not the secret itself but a place, a list of places, or the way to prove who one is.
_WHOLE_HARMLESS = word_set(
    "pinpoint cookiecutter tokenreview secretstore secretsmanager passthrough passport hostkeyalgorithms keyvault"
    " keyvaultname secretmanager authserver servertokens sessionstorage tokenization accesskeyid localstoragekey"
    " apikeyauth bearerauth bearertokenauth cookieauth secretless tokenless oauth oauth2 passes"
    " sessionstoragekey storagekeyprefix cookiesamesite pinsha256 passwordauthentication"
)

# Letters of other scripts within a Latin word, which no reader tells apart.
_LOOK_ALIKE = str.maketrans("аеіорсухѕԁһкΑΕΙΟΡϹΥΧΚΤВЕІКМНОРСТУХ", "aeiopcyxsdhkAEIOPCYXKTBEIKMHOPCTYX")

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


def words_of(key: str) -> list[str]:
    """The lower-case words of a name in camelCase, snake_case, kebab-case or any mixture."""
    return [word.lower() for word in _WORD.findall(key)]


def is_sensitive_key(key: str) -> bool:
    """Whether a value under this name is a secret."""
    # The last words decide what a name means; the cut keeps the cache small under keys of any length.
    return _classify(key[-_LONGEST_KEY:])


def holds_count(key: str) -> bool:
    """Whether numbers under this (sensitive) name are quantities: `tokens: 512` is a count, `tokens: ["…"]` is not."""
    return key[-6:].lower() == "tokens"


def is_cookie_key(key: str) -> bool:
    """Whether the value is a list of `name=value` pairs, as in the Cookie header."""
    return "cookie" in key[-_LONGEST_KEY:].lower()


@lru_cache(maxsize=4096)
def _classify(key: str) -> bool:
    if not key.isascii():
        key = unicodedata.normalize("NFKC", key)
        if _is_foreign(key):
            return True
        key = key.translate(_LOOK_ALIKE)
    if key.endswith("/"):
        return False  # a path, as the mounts of a vault are listed
    compact = "".join(filter(str.isalnum, key.lower()))
    if compact in _COMPACT:
        return True
    if compact in _WHOLE_HARMLESS:
        return False
    words = words_of(key)
    while len(words) > 1 and (words[-1].isdigit() or words[-1] in ("sha", "v")):
        words.pop()
    return _is_signature(words) or any(
        _names_secret(words, index) and not _vetoed(words, index) for index in range(len(words))
    )


def _is_foreign(key: str) -> bool:
    spaced = re.sub(r"[_\-.]+", " ", key.lower())
    if not any(word in spaced for word in FOREIGN):
        return False
    return _METADATA_AFTER.isdisjoint(words_of(key))


def _is_signature(words: list[str]) -> bool:
    # Signatures travel in headers such as X-Hub-Signature-256; a `signature` in code or in a letter is none of them.
    return words[0:1] == ["x"] and "signature" in words and _METADATA_AFTER.isdisjoint(words)


def _names_secret(words: list[str], index: int) -> bool:
    word, before = words[index], words[index - 1] if index else ""
    if word in _NOUNS or word.endswith(_SUFFIXES):
        return True
    if word in ("key", "keys"):
        return before in KEY_QUALIFIERS or before.endswith(("api", "signing")) or (before, word) in _PAIRS
    if word in _LAST_NOUNS:
        return index == len(words) - 1
    return (before, word) in _PAIRS


# A participle tells of the secret, unless it tells how the secret itself is written.
_STILL_SECRET = word_set("encrypted hashed encoded salted seed shared rotated embed need")


def _is_metadata(word: str) -> bool:
    return word in _METADATA_AFTER or (
        len(word) > _SHORTEST_PARTICIPLE and word.endswith("ed") and word not in _STILL_SECRET
    )


def _vetoed(words: list[str], index: int) -> bool:
    if any(map(_is_metadata, words[index + 1 :])):
        return True
    word = words[index]
    if not _THINGS_AFTER.get(word, frozenset()).isdisjoint(words[index + 1 : index + 2]):
        return True
    return index > 0 and _is_thing(words, index)


def _is_thing(words: list[str], index: int) -> bool:
    word, before = words[index], words[index - 1]
    if words[0] in _FLAG_FIRST or before in _FLAG_FIRST or before in _QUANTITY_BEFORE:
        return True
    if word == "token":
        return before in _TOKEN_BEFORE
    if word == "tokens":
        return not _TOKENS_BEFORE.isdisjoint(words[:index])
    return before in _THINGS_BEFORE.get(word, ())


_PERSONAL = {
    "ssn": ("ssn ss_number social_security social_security_number social_security_no ssn_last4 ssn_last_four"),
    "card": (
        "pan card_number card_no cardnum credit_card credit_card_number credit_card_no debit_card_number"
        " cc_number cc_num card_pan primary_account_number ccnum ccn kartennummer numero_tarjeta"
    ),
    "iban": ("iban iban_number bank_iban"),
    "bank-account": (
        "bank_account bank_account_number bank_account_no account_number acct_number acct_no routing_number"
        " aba_routing_number sort_code_and_account kontonummer numero_cuenta"
    ),
    "birth-date": (
        "dob birth_date birthdate date_of_birth birthday birth_day geburtsdatum geburtstag fecha_nacimiento"
        " fecha_de_nacimiento data_nascimento data_de_nascimento date_naissance date_de_naissance data_nascita"
        " data_di_nascita data_urodzenia geboortedatum fodelsedatum"
    ),
    "passport": (
        "passport_number passport_no passport_num passport_id reisepassnummer numero_passeport numero_pasaporte"
        " passnummer"
    ),
    "national-id": (
        "national_id national_id_number national_identification_number identity_number identity_card_number"
        " id_card_number personal_id_number personnummer personalausweisnummer national_insurance_number nino"
        " nhs_number aadhaar aadhaar_number aadhar aadhar_number pesel dni dni_number nie bsn burgerservicenummer"
        " cpf cpf_number rg_number curp nric sin_number social_insurance_number codice_fiscale fodselsnummer"
        " cpr_number hetu nir rodne_cislo cnp citizen_id resident_id_number voter_id"
    ),
    "tax-id": (
        "tax_id tax_id_number tax_number tax_identification_number taxpayer_id tin tfn tax_file_number"
        " steuernummer steuer_id steuerid itin ein_number nif numero_fiscal pan_number"
    ),
    "driving-licence": (
        "drivers_license driver_license drivers_licence driving_licence driving_license drivers_license_number"
        " driver_license_number driving_licence_number driving_license_number dl_number fuhrerscheinnummer"
    ),
    "phone": (
        "phone phone_number phone_no phones telephone telephone_number mobile mobile_number mobile_phone"
        " cell_phone cellphone cell_number home_phone work_phone msisdn fax_number phone_numbers telefon"
        " telefonnummer handynummer telefono numero_telefono telefone"
    ),
    "email": (
        "email e_mail email_address email_addresses mail_address user_email customer_email contact_email"
        " work_email personal_email correo_electronico emails"
    ),
    "maiden-name": ("maiden_name mothers_maiden_name mother_maiden_name birth_name geburtsname"),
    "health-id": (
        "medical_record_number mrn health_insurance_number patient_id_number medicare_number health_card_number"
        " health_insurance_id medicaid_id krankenversichertennummer"
    ),
}
_PERSONAL_KINDS = {name.replace("_", ""): kind for kind, names in _PERSONAL.items() for name in names.split()}
PERSONAL_KINDS = frozenset(_PERSONAL)
# Whose datum it is does not change what it is: `customer_date_of_birth`, `billing.phone`.
HOLDERS = word_set(
    "user customer client patient employee member person personal contact owner holder applicant guest traveler"
    " passenger billing shipping home work primary secondary alt emergency student tenant buyer seller sender"
    " recipient payer payee beneficiary spouse child parent account my your full legal us uk raw plain encrypted"
    " masked old new candidate subscriber caller borrower debtor mobile"
    " cliente clienta titular kunde kunden klant client paciente empleado empleada funcionario medewerker inhaber"
    " assure assurato dipendente do da de del du des la billetera cuenta"
)


def personal_key(key: str) -> str | None:
    """The kind of personal datum that stands under this name, such as `birth-date` or `passport`."""
    return _personal_kind(key[-_LONGEST_KEY:])


@lru_cache(maxsize=4096)
def _personal_kind(key: str) -> str | None:
    words = words_of(unicodedata.normalize("NFKD", key) if not key.isascii() else key)
    while len(words) > 1 and words[-1].isdigit():
        words.pop()
    while words:
        kind = _PERSONAL_KINDS.get("".join(words))
        if kind is not None:
            return kind
        if words[0] not in HOLDERS:
            return None
        del words[0]
    return None


def sensitive_environment(environ: Mapping[str, str]) -> list[str]:
    """The values of environment variables whose name announces a secret.

    Short values, paths, numbers and URLs without credentials are left out: to remove those from every text would
    destroy it and protect nothing.
    """
    return [value for name, value in environ.items() if is_sensitive_key(name) and _worth_hiding(value)]


def _worth_hiding(value: str) -> bool:
    value = value.strip()
    if len(value) < _SHORTEST_ENVIRONMENT_SECRET or value.lower() in ("disabled", "required", "optional"):
        return False
    if value.startswith(("/", "./", "../", "~")) or value[1:3] in (":\\", ":/"):
        return _is_no_path(value)
    if "://" in value:
        return "@" in value
    return not value.replace(".", "", 1).replace("-", "", 1).isdigit()


def _is_no_path(value: str) -> bool:
    # Base64 may begin with a slash; it has no extension, no second short segment and no blank.
    return value.startswith("/") and value.count("/") == 1 and len(value) >= 32 and "." not in value  # noqa: PLR2004
