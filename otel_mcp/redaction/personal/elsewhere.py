"""Numbers of people that only their label tells: cards, registers and accounts of the rest of the world.

Where a country's numbers have a form and a check digit of their own, `identities_*` know them without a label. Here a
label that means nothing else is enough, and behind it any number of five digits or more is taken.
"""

# ruff: noqa: E501, RUF001  # words as they are written

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.personal import payment_names
from otel_mcp.redaction.personal.words import WordTable, announced

if TYPE_CHECKING:
    from otel_mcp.redaction.personal.words import FindBeside, Word
    from otel_mcp.redaction.rule import Place

__all__ = ["RULES", "WORDS"]

_FEWEST_DIGITS: Final = 5
_SHORTEST_CODE: Final = 8
_FEWEST_CHANGES: Final = 2
_FARTHEST: Final = 72
_NUMBER: Final = Expression(
    r"(?<!\w)(?:[^\W\d_a-z]{1,6}[-/ ]?)?\d(?:[\dA-Z]|[ .\-/–()](?=[\dA-Z(])|[a-z](?=[a-z]{0,5}[()A-Z])){4,36}(?!\w)"
)
_DATE: Final = Expression(r"\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}\Z")

_NATIONAL: Final = WordTable(
    (
        *("krankenversichertennummer", "versichertennummer", "versicherungsnummer*", "sozialversicherungsnummer"),
        *("health insurance number", "health card number", "personal health number", "european health insurance"),
        *("cartão de cidadão", "cartao de cidadao", "cartão cidadão", "número de segurança social", "cartão sus"),
        *("segurança social", "social security number", "chi number", "d-nummer", "norwegian d number"),
        *("személyi azonosító", "személyi szám", "személyi igazolvány", "adóazonosító", "taj szám", "лнч"),
        *(
            "cod personal",
            "cod numeric personal",
            "tax identification code",
            "φορολογικού μητρώου",
        ),
        *("identity card number", "id card number", "numru tal-karta", "kennnummer der karte", "carte européenne"),
        *(
            "alien registration",
            "uscis a-number",
            "uscis a number",
            "uscis number",
            "clave de elector",
            "voter key",
            "voter number",
        ),
        *("voter id", "voter card", "título de eleitor", "titulo de eleitor", "cartão nacional de saúde"),
        *(
            "national id",
            "national identity",
            "número de ruc",
            "taxpayer number",
            "taxpayer id",
            "taxpayer identification",
        ),
        *("único de identificación", "unico de identificacion", "documento único", "documento unico"),
        *("número de identidad", "numero de identidad", "documento de identidad", "cédula*", "cedula de*"),
        *(
            "personas kods",
            "personal code",
        ),
        *("иин", "жсн", "серия и номер", "nomor induk", "kad pengenalan", "mykad"),
        *(
            "philhealth",
            "phil health",
            "umid number",
            "epic number",
            "cnic",
            "bankovní spojení",
            "bảo hiểm y tế",
            "खाता संख्या",
            "জাতীয় পরিচয়",
            "ජාතික හැඳුනුම්පත්",
        ),
        *(
            "統一編號",
            "居留證",
            "免許証番号",
            "외국인등록번호",
        ),
        *("운전면허", "여권번호", "ประจำตัวประชาชน", "บัตรประชาชน", "căn cước", "cccd", "cmnd", "mã số thuế"),
        *(
            "emirates id",
            "رقم الهوية",
            "الرقم القومي",
            "رقم الإقامة",
            "شناختی کارڈ",
            "מספר זהות",
        ),
        *("ghana card", "kra pin", "huduma", "kitambulisho", "sa id number", "nrc number"),
        *(
            "virtual id",
            "vid number",
            "epic number",
            "voter epic",
            "pf uan",
            "uan number",
            "abha number",
            "health id number",
        ),
        *("bpjs*", "nomor pokok wajib pajak", "mã số*", "bhyt", "số căn cước", "基礎年金番号", "basic pension number"),
        *(
            "在留カード番号",
            "residence card number",
            "registration card",
            "မှတ်ပုံတင်အမှတ်",
            "জাতীয় পরিচয়পত্র",
            "মতদাতা",
            "मतदाता पहचान",
        ),
        *(
            "персональный идентификационный",
            "პირადი ნომერი",
            "регистрийн дугаар",
            "fərdi identifikasiya",
            "الرقم الشخصي",
        ),
        *("الرقم الوطني", "رقم البطاقة", "national number", "numéro de cnie", "numéro de carte nationale", "kenyan id"),
        *("indangamuntu", "national identification", "bilhete de identidade", "número do bi", "healthcare identifier"),
        *("student identifier", "centrelink*", "customer reference number", "numri personal", "φορολογικής ταυτότητας"),
        *(
            "karta tal-identità",
            "karta tal identità",
            "karta tal identita",
            "registre tributari",
            "αριθμός ταυτότητας",
            "αδτ",
            "личен номер",
            "núm. afiliación",
        ),
        *(
            "número do cc",
            "citizen card",
            "community health index",
            "carta identità",
            "carta d'identità",
            "kaartnummer",
        ),
        *(
            "nip podatnika",
            "numer nip",
            "numărul ci",
            "carte de identitate",
            "carte d'identité",
            "id card series",
            "p-tal",
        ),
        *("унзр", "унікальний номер запису", "номер ву", "водительское удостоверение", "esim eid", "euicc identifier"),
        *("ड्राइविंग लाइसेंस", "driving licence", "dl number", "licence number", "license number", "fin code"),
        *("i-94 number", "i-94 no", "i 94*", "i94*", "i-94 admission*", "uscis receipt*", "admission number"),
        *("arztnummer*", "lanr", "unique pupil number", "unique learner number", "sähköinen asiointitunnus", "finuid"),
        *("yabancı kimlik*", "foreigner id number", "abgabenkontonummer", "sevis*", "edipi", "dod id*"),
        *("known traveler number*", "known traveller number*", "redress number*", "unique client identifier"),
        *(
            "identifiant national étudiant",
            "numéro allocataire",
            "numéro d'identification nationale",
            "رقم التعريف",
            "رقم بطاقة",
            "numéro caf",
            "numero caf",
            "allocataire caf",
            "tessera sanitaria",
            "tessera team",
        ),
        *(
            "de utente*",
            "cedula*",
            "national registration*",
            "bi number",
            "do bi",
            "versichertenkarten*",
            "número de utente*",
            "numero utente*",
            "nr prawa jazdy",
            "prawo jazdy",
            "občanského průkazu",
        ),
        *(
            "občianskeho preukazu",
            "číslo op",
            "cislo op",
            "հծհ",
            "public service number",
            "citizenship no*",
            "citizenship num*",
        ),
        *(
            "नागरिकता",
            "omang*",
            "do bi",
            "carné de identidad",
            "carne identidad*",
            "kartu keluarga",
            "no. kk",
            "no kk",
            "kk number",
        ),
        *(
            "philsys*",
            "澳門居民身份證",
            "macau id",
            "回乡证*",
            "home return permit*",
            "working with children*",
            "wwc number*",
            "wwcc num*",
        ),
        *("dva file*", "dva num*", "patientennummer", "patient id", "patient number", "numer konta", "nr konta"),
        *("id number", "nrn", "ime number", "meid", "device meid", "versichertenkarten-nr*", "insurance card number"),
        *("identity card", "health id", "tax pin", "namba ya nida", "p tal"),
        *("personal number", "personal identification number", "civil id", "citizen number", "resident number"),
        *("travel document n*", "visa no", "visa grant num*", "visa control num*", "visa application num*"),
        *("residence permit n*", "residence permit card", "aufenthaltstitel*", "titre de séjour*", "carte de séjour*"),
        *("permiso de residencia*", "permesso di soggiorno*", "verblijfsvergunning*", "uppehållstillstånd*"),
        *("karta pobytu*", "вид на жительство", "alien number*", "alien no", "green card n*", "identity document n*"),
        *(
            "carnet de conducir*",
            "carné de conducir*",
            "carnet de conduir*",
            "dowód osobisty*",
            "nr dowodu",
            "seria i numer",
        ),
        *(
            "carte vitale*",
            "полис омс*",
            "社保卡*",
            "社会保障卡*",
            "社会保障号*",
            "被保険者番号*",
            "健康保険証*",
            "保険証番号*",
        ),
        *("건강보험증*", "medicaid id*", "medicaid num*", "medicare id*", "health plan id*", "health plan num*"),
        *("medical aid num*", "insured id*", "hospital number", "tax reference num*"),
        *("personal identity code*", "personal identity number*", "lohnsteuer id*", "chứng minh nhân dân*"),
    )
)
_NATIONAL_SHORT: Final = WordTable(
    (
        *("niss", "nuss", "ehic", "phn", "cns", "dui", "dni", "ruc", "nik", "npwp"),
        *(
            "abha",
            "nrc",
            "ihi",
            "usi",
            "crn",
            "tic",
            "nrt",
            "vid",
            "uan",
            "cin",
            "cnie",
            "pinfl",
            "пин",
            "fin",
            "eid",
            "nid number",
            "nid",
            "chi no",
            "bvn",
            "nin",
            "nida",
            "upn",
            "uln",
            "ykn",
            "ktn",
            "uci",
            "iuc",
            "psn",
            "pcn",
            "passid",
            "c.i.",
            "iqama",
            "qid",
            "nie",
            "nit",
            "sss number",
            "tin",
            "tin no",
            "tin number",
        ),
    ),
    tight=True,
)
_MEMBER: Final = WordTable(
    (
        *(
            "frequent flyer num*",
            "frequent flyer no*",
            "frequent flyer id",
            "miles & more n*",
            "loyalty num*",
            "loyalty no",
        ),
        *("loyalty card*", "loyalty id", "mileage plus n*", "skymiles n*", "bonus card n*"),
    )
)
_ACCOUNT: Final = WordTable(
    (
        *("bankszámlaszám*", "számlaszám*", "銀行戶口*", "银行账户*", "銀行賬戶*"),
        *("clave bancaria", "cuenta bancaria", "cuenta corriente", "código cuenta cliente", "compte bancaire"),
        *("identité bancaire", "direct deposit account", "numéro de compte", "numero de compte", "conto corrente"),
        *(
            "bankovní účet",
            "číslo účtu",
            "numer konta",
            "numer rachunku",
            "bankszámlaszám",
            "рахунок",
            "расчетный счет",
        ),
        *("расчётный счёт", "лицевой счет", "rekening", "rekeningnummer", "bankgiro", "tilinumero"),
        *(
            "口座番号",
            "银行账号",
            "銀行帳號",
            "銀行账户",
            "계좌번호",
            "เลขที่บัญชี",
            "số tài khoản",
            "رقم الحساب",
            "hesap no*",
        ),
        *("nomor rekening",),
    )
)
_ACCOUNT_SHORT: Final = WordTable(
    (
        "cbu",
        "cvu",
        "rib",
        "nuban",
    ),
    tight=True,
)


def _beside(table: WordTable) -> FindBeside:
    def find(text: str, word: Word) -> Place | None:
        number = _NUMBER.search(text, word[1], word[1] + _FARTHEST)
        if (
            number is None
            or not table.reaches(text[word[1] : number.start()])
            or _is_last_head(text, word, number.start())
        ):
            return None
        value = number[0]
        few = sum(map(str.isdigit, value)) < _FEWEST_DIGITS and not _is_code(value)
        return None if few or _DATE.match(value) is not None else number.span()

    return find


def _is_code(value: str) -> bool:
    """Whether capitals and digits take turns in one word, as in `68U7DUEUYT`; a word with a year behind it does not."""
    changes = sum(one.isdigit() != other.isdigit() for one, other in pairwise(value))
    return len(value) >= _SHORTEST_CODE and value.isalnum() and value.isupper() and changes >= _FEWEST_CHANGES


def _is_last_head(text: str, word: Word, number: int) -> bool:
    """Whether the word is the head of the last column of a table, and the number in the first one."""
    before = text[word[1] - len(word[0]) - 1 : word[1] - len(word[0])]
    return before in (",", ";", "|", "\t") and "\n" in text[word[1] : number]


def _lives(text: str, word: Word) -> Place | None:
    address = _ADDRESS.match(text, word[1])
    if address is None:
        return None
    value = address["value"].rstrip(" .,;\"'")
    told = any(map(str.isdigit, value)) and any(map(str.isalpha, value)) and " " in value
    return (address.start("value"), address.start("value") + len(value)) if told else None


def _born(text: str, word: Word) -> Place | None:
    date = _BIRTH.search(text, word[1], word[1] + _FARTHEST)
    return date.span() if date is not None and _BORN.reaches(text[word[1] : date.start()]) else None


_PASSPORT: Final = WordTable(
    (
        *(
            "no. pasport",
            "no pasport",
            "uimhir phas*",
            "nombor pasport",
            "nomor paspor",
            "pasaport no",
            "паспорт",
            "паспорта",
            "护照号码",
            "護照號碼",
        ),
        *(
            "旅券番号",
            "여권번호",
            "หนังสือเดินทาง",
            "hộ chiếu",
            "جواز السفر",
            "رقم الجواز",
            "گذرنامه",
            "דרכון",
            "διαβατηρίου",
        ),
        *(
            "número de pasaporte",
            "numéro de passeport",
            "reisepassnummer",
            "passnummer",
            "numer paszportu",
            "číslo pasu",
        ),
        *("travel document number",),
    )
)
_PHONE: Final = WordTable(
    (
        *(
            "nomor telepon",
            "no. hp",
            "nombor telefon",
            "เบอร์มือถือ",
            "เบอร์โทร",
            "nambari ya simu",
            "رقم الجوال",
            "الهاتف",
        ),
        *(
            "رقم الهاتف",
            "شماره تلفن",
            "मोबाइल नंबर",
            "फ़ोन नंबर",
            "ফোন নম্বর",
            "số điện thoại",
            "telefon numarası",
            "cep telefonu",
        ),
        *("сотовый*", "komórk*", "tālrunis*", "հեռախոս*", "ტელეფონ*", "মোবাইল*", "தொலைபேசி*", "فون*", "رقم التواصل"),
        *(
            "caller number",
            "caller no",
            "signal number",
            "no. wa",
            "no wa",
            "nomor hp",
            "nomor wa",
            "no telp*",
            "telp.",
        ),
        *(
            "номер телефона",
            "мобильный телефон",
            "numer telefonu",
            "telefonní číslo",
            "telefonszám",
            "טלפון",
            "τηλέφωνο",
        ),
    )
)
_BORN: Final = WordTable(
    (
        *(
            "datum rođenja",
            "rođen",
            "rođena",
            "датум рођења",
            "födelsedatum",
            "född",
            "data nașterii",
            "născut*",
            "народився",
        ),
        *("народилася", "sinh ngày", "fødselsdato", "født", "syntymäaika", "syntynyt", "sünniaeg", "gimimo data"),
        *(
            "fecha nac*",
            "f. nac*",
            "gimė",
            "gimęs",
            "gimusi",
            "dzimšanas*",
            "dzimis",
            "dzimusi",
            "rojstva",
            "rojstni dan",
        ),
        *(
            "раждане",
            "раждането",
            "туған күні",
            "туулган",
            "төрсөн*",
            "ծննդյան*",
            "დაბადების*",
            "tugʻilgan*",
            "tug'ilgan*",
        ),
        *("datëlind*", "fæðingard*", "fæddur", "fædd", "dáta breithe", "dyddiad geni", "jaiotze data", "naixement"),
        *("kapanganakan", "பிறந்த*", "పుట్టిన*", "ಜನ್ಮ*", "ജനന*", "જન્મ*", "ਜਨਮ*", "জন্ম*", "پیدائش*", "تولد*"),
        *("የትውልድ*", "မွေးသက္ကရာဇ်*", "ថ្ងៃខែឆ្នាំកំណើត*", "ວັນເດືອນປີເກີດ*", "උපන් දිනය*", "kuzaliwa"),
        *(
            "дата рождения",
            "дата народження",
            "tarehe ya kuzaliwa",
            "出生年月日",
            "出生日期",
            "生年月日",
            "วันเกิด",
            "วันเดือนปีเกิด",
        ),
        *(
            "تاریخ تولد",
            "تاريخ الميلاد",
            "születési idő",
            "születési dátum",
            "datum narození",
            "data urodzenia",
            "doğum tarihi",
        ),
        *(
            "tanggal lahir",
            "tarikh lahir",
            "ngày sinh",
            "생년월일",
            "תאריך לידה",
            "ημερομηνία γέννησης",
            "जन्म तिथि",
            "জন্ম তারিখ",
        ),
    )
)
_HOME: Final = WordTable(
    (
        *("home address", "street address", "mailing address", "shipping address", "billing address"),
        *("delivery address", "residential address", "postal address", "private address", "permanent address"),
        *("anschrift", "privatanschrift", "wohnadresse", "lieferadresse", "rechnungsadresse", "privatadresse"),
        *("wohnanschrift", "adresse postale", "adresse de livraison", "adresse de facturation", "adresse du domicile"),
        *("adresse personnelle", "dirección de envío", "direccion de envio", "dirección particular", "domicilio"),
        *("dirección de facturación", "indirizzo di residenza", "indirizzo di spedizione", "indirizzo di casa"),
        *("endereço residencial", "endereço de entrega", "endereço de cobrança", "thuisadres", "woonadres"),
        *("bezorgadres", "factuuradres", "adres zamieszkania", "adres dostawy", "bostadsadress", "hemadress"),
    )
)
_ADDRESS: Final = Expression(
    r"[\"'`*\\]{0,4}\s?(?:\(\w{1,12}\)\s?)?(?:(?:is|are|equals|lautet|est|es|é|è)(?=[ :])|[:=>|,\t]{1,3}|(?=[ ]?[\"'`]))\s{0,24}[\"'`*\\]{0,4}\s?"
    r"(?P<value>\w[^\"'`<>|\n\\{}=;]{9,119})"
)
_BIRTH: Final = Expression(
    r"(?<!\w)(?:民國|民国|令和|平成|昭和)?\d{1,4}(?:[-./年년]\s?\d{1,2}[-./月월]\s?\d{1,4}[日일.]?|[ ][^\W\d_]{3,12}[ ]\d{4})"
)
_TABLES: Final = (
    (_PASSPORT, "passport"),
    (_PHONE, "phone"),
    (_NATIONAL, "national-id"),
    (_NATIONAL_SHORT, "national-id"),
    (_ACCOUNT, "bank-account"),
    (_MEMBER, "membership-number"),
    (_ACCOUNT_SHORT, "bank-account"),
)
WORDS = (
    *((table, kind, _beside(table)) for table, kind in _TABLES),
    (_BORN, "birth-date", _born),
    (_HOME, "postal-address", _lives),
    *payment_names.WORDS,
)
RULES = tuple(announced(kind, table, find) for table, kind, find in WORDS)
# In a text these are parts of too many words; as the name of a member they mean one thing.
_NAMES_ONLY: Final = WordTable(("ine", "ci", "c.i.", "bir", "satu", "rg", "tin"), tight=True)
WORDS = (*WORDS, (_NAMES_ONLY, "national-id", _beside(_NAMES_ONLY)))
