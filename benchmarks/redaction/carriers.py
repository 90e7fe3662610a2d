"""The texts and objects in which a value travels: files, code, logs, protocols, tables, speech."""

# ruff: noqa: E501, Q003  # one carrier a line

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from benchmarks.redaction.randomness import FIRST, NOUNS, hexadecimal, sentence

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Render = Callable[[Random, str, str], str]


@dataclass(frozen=True, slots=True)
class Carrier:
    """A template for a name and a value; `forbidden` are characters that it could not hold unchanged."""

    name: str
    render: Render
    forbidden: str = ""


def camel(name: str) -> str:
    parts = re.split(r"[^0-9A-Za-z\u0080-\uffff]+", name)
    first = parts[0].lower() if parts[0].isupper() else parts[0]
    return first + "".join(part[:1].upper() + part[1:].lower() for part in parts[1:])


def snake(name: str) -> str:
    return re.sub(r"[^0-9a-z\u0080-\uffff]+", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower())


def upper(name: str) -> str:
    return snake(name).upper()


def kebab(name: str) -> str:
    return snake(name).replace("_", "-")


def pascal(name: str) -> str:
    return "".join(part.title() for part in snake(name).split("_"))


def _form(template: str, style: Callable[[str], str] = str) -> Render:
    """A template with `{k}` the name, `{v}` the value, `{w}` and `{x}` any words, `{n}` any number."""

    def render(rng: Random, name: str, value: str) -> str:
        filled = {"w": rng.choice(NOUNS), "x": rng.choice(NOUNS), "n": rng.randint(2, 9000), "h": hexadecimal(rng, 8)}
        return template.format(k=style(name), v=value, p=rng.choice(FIRST), **filled)

    return render


def _header_pairs(rng: Random, name: str, value: str) -> str:
    return json.dumps([["accept", "*/*"], ["x-" + kebab(name), value], ["content-length", str(rng.randint(10, 999))]])


def _har_headers(rng: Random, name: str, value: str) -> str:
    return json.dumps(
        {"headers": [{"name": "Host", "value": rng.choice(NOUNS)}, {"name": kebab(name), "value": value}]}
    )


def _json_log(rng: Random, name: str, value: str) -> str:
    return json.dumps({"level": "debug", "ts": 1790000000.25, "msg": f"{rng.choice(NOUNS)} ready", camel(name): value})


def _query(rng: Random, name: str, value: str) -> str:
    return f"GET /v3/{rng.choice(NOUNS)}?limit=20&{snake(name)}={quote(value, safe='')}&sort=asc HTTP/1.1"


def _csv(rng: Random, name: str, value: str) -> str:
    return f"id,region,{snake(name)},active\n{rng.randint(1, 99)},{rng.choice(NOUNS)},{value},true\n"


def _table(rng: Random, name: str, value: str) -> str:
    return f"| id | region | {snake(name)} |\n|---|---|---|\n| {rng.randint(1, 99)} | {rng.choice(NOUNS)} | {value} |\n"


QUOTES = "'\"\\"
MARKUP = "<>&'\"\\"

# Files, code and protocols: the name stands beside the value.
NAMED_CARRIERS = (
    Carrier("dotenv_export", _form("export {k}={v}\nexport REGION={w}\n", upper), " $#'\""),
    Carrier("ini_colon", _form("[{w}]\nretries: {n}\n{k}: {v}\n", snake), " '\""),
    Carrier("properties", _form("app.{w}.size={n}\napp.{w}.{k}={v}\n", kebab), " '\""),
    Carrier("toml", _form('[{w}]\n{k} = "{v}"\nworkers = {n}\n', snake), QUOTES),
    Carrier("yaml_inline", _form("{w}:\n  {k}: '{v}'\n  replicas: {n}\n", camel), QUOTES),
    Carrier("yaml_next_line", _form("{w}:\n  {k}:\n    {v}\n  replicas: {n}\n", snake), " #:'\"!*"),
    Carrier("yaml_folded", _form("{w}:\n  {k}: >-\n    {v}\n  replicas: {n}\n", kebab), " "),
    Carrier("yaml_env_list", _form("env:\n  - name: {k}\n    value: {v}\n  - name: PORT\n    value: '{n}'\n", upper),
            " #:'\"!*"),
    Carrier("compose", _form("services:\n  {w}:\n    environment:\n      - {k}={v}\n      - TZ=UTC\n", upper), " '\"$"),
    Carrier("dockerfile", _form("FROM python:3.12\nENV {k}={v}\nCOPY . /{w}\n", upper), " '\"$"),
    Carrier("systemd", _form('[Service]\nEnvironment="{k}={v}"\nRestart=always\n', upper), QUOTES + "%"),
    Carrier("actions", _form("      - run: make {w}\n        env:\n          {k}: {v}\n", upper), " #:'\"!*$"),
    Carrier("xml_element", _form("<{w}><size>{n}</size><{k}>{v}</{k}></{w}>", camel), MARKUP),
    Carrier("xml_attribute", _form('<appSettings><add key="{k}" value="{v}" /></appSettings>', pascal), MARKUP),
    Carrier("xml_bean", _form('<bean id="{w}"><property name="{k}" value="{v}"/></bean>', camel), MARKUP),
    Carrier("plist", _form("<dict><key>{k}</key><string>{v}</string><key>Size</key><integer>{n}</integer></dict>", pascal),
            MARKUP),
    Carrier("soap", _form("<soap:Body><ns:Login><ns:{k}>{v}</ns:{k}></ns:Login></soap:Body>", pascal), MARKUP),
    Carrier("html_input", _form('<form><input type="hidden" name="{k}" value="{v}"></form>', snake), MARKUP),
    Carrier("hcl", _form('resource "{w}" "{x}" {{\n  {k} = "{v}"\n  size = {n}\n}}\n', snake), QUOTES + "$"),
    Carrier("hcl_variable", _form('variable "{k}" {{\n  type    = string\n  default = "{v}"\n}}\n', snake), QUOTES + "$"),
    Carrier("powershell_env", _form('$env:{k} = "{v}"\n.\\{w}.ps1 -Count {n}', upper), QUOTES + "$`"),
    Carrier("powershell_param", _form('Connect-{w} -Name {x} -{k} "{v}"', pascal), QUOTES + "$`"),
    Carrier("windows_set", _form("set {k}={v}\r\nset REGION={w}\r\n", upper), " %^&"),
    Carrier("cli_flag_equals", _form("{w}ctl deploy --region {x} --{k}={v} --replicas {n}", kebab), " '\"$#&;!*"),
    Carrier("cli_flag_space", _form("{w}ctl login --{k} '{v}' --verbose", kebab), QUOTES),
    Carrier("curl_header", _form("curl -s -H 'Accept: */*' -H 'X-{k}: {v}' https://{w}.dev/v1", kebab), QUOTES),
    Carrier("http_raw", _form("GET /{w} HTTP/1.1\r\nHost: {x}.dev\r\nX-{k}: {v}\r\nAccept: */*\r\n\r\n", kebab), "\n"),
    Carrier("header_pairs", _header_pairs),
    Carrier("har_headers", _har_headers),
    Carrier("query_string", _query, "'\"\\"),
    Carrier("multipart", _form('--b{h}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n--b{h}--', snake)),
    Carrier("graphql", _form('{{"query": "mutation M {{ ok }}", "variables": {{"{k}": "{v}", "n": {n}}}}}', camel), QUOTES),
    Carrier("csv_column", _csv, ",'\"\n "),
    Carrier("markdown_table", _table, "| \n"),
    Carrier("python", _form("{k} = '{v}'\nclient = Client({w!r}, {n})\n", snake), QUOTES),
    Carrier("python_keyword", _form('session = connect("{w}", {k}="{v}", timeout={n})', snake), QUOTES),
    Carrier("javascript", _form("const {k} = `{v}`;\nstart({n});", camel), "`\\$"),
    Carrier("javascript_object", _form("new Client({{ region: '{w}', {k}: '{v}', retries: {n} }})", camel), QUOTES),
    Carrier("typescript", _form("export const config: Options = {{ {k}: '{v}' as string, size: {n} }};", camel), QUOTES),
    Carrier("go", _form('cfg.{k} = "{v}"\ncfg.Size = {n}', pascal), QUOTES),
    Carrier("go_short", _form('{k} := "{v}"\nfmt.Println("{w}")', camel), QUOTES),
    Carrier("java", _form('private static final String {k} = "{v}";', upper), QUOTES),
    Carrier("csharp", _form('public string {k} {{ get; set; }} = "{v}";', pascal), QUOTES),
    Carrier("ruby", _form("{w}.configure do |c|\n  c.{k} = '{v}'\nend", snake), QUOTES + "#"),
    Carrier("php_array", _form("return ['region' => '{w}', '{k}' => '{v}', 'size' => {n}];", snake), QUOTES + "$"),
    Carrier("php_define", _form("define('{k}', '{v}');", upper), QUOTES + "$"),
    Carrier("rust", _form('let {k}: &str = "{v}";', snake), QUOTES),
    Carrier("kotlin", _form('val {k} = "{v}"', camel), QUOTES + "$"),
    Carrier("swift", _form('let {k}: String = "{v}"', camel), QUOTES),
    Carrier("c_define", _form('#define {k} "{v}"\n#define SIZE {n}', upper), QUOTES),
    Carrier("scala", _form('lazy val {k}: String = "{v}"', camel), QUOTES),
    Carrier("elixir", _form('config :{w}, {k}: "{v}", pool_size: {n}', snake), QUOTES + "#"),
    Carrier("lua", _form('{w} = {{ size = {n}, {k} = "{v}" }}', snake), QUOTES),
    Carrier("perl", _form("my %opts = (size => {n}, {k} => '{v}');", snake), QUOTES),
    Carrier("python_dict_repr", _form("{{'name': '{w}', '{k}': '{v}', 'size': {n}}}", snake), QUOTES),
    Carrier("dataclass_repr", _form("Settings(name='{w}', {k}='{v}', size={n})", snake), QUOTES),
    Carrier("java_to_string", _form("Config[name={w}, {k}={v}, size={n}]", camel), ",] '\"\\"),
    Carrier("go_struct", _form("&{{Name:{w} {k}:{v} Size:{n}}}", pascal), " {}'\"\\"),
    Carrier("rust_debug", _form('Config {{ name: "{w}", {k}: "{v}", size: {n} }}', snake), QUOTES),
    Carrier("ruby_inspect", _form('{{:name=>"{w}", :{k}=>"{v}", :size=>{n}}}', snake), QUOTES + "#"),
    Carrier("logfmt", _form('time=2026-01-05T10:00:00Z level=info msg="{w} up" {k}={v} n={n}', snake), " '\"\\"),
    Carrier("json_log", _json_log),
    Carrier("bracket_log", _form("2026-02-11 04:05:06,789 [main] WARN c.{w}.Boot - starting with {k}=[{v}]", camel), "[] "),
    Carrier("syslog", _form("<34>1 2026-02-11T04:05:06Z {w} app {n} - - {k}: {v}", snake), " "),
    Carrier("python_traceback", _form(
        'Traceback (most recent call last):\n  File "/app/{w}.py", line {n}, in connect\n    open(url)\n'
        "ConnectionError: refused ({k}={v!r}, retries=3)", snake), QUOTES),
    Carrier("node_error", _form(
        "AxiosError: Request failed with status code 401\n    at settle (/app/node_modules/axios/{w}.js:{n}:12)\n"
        "  config: {{\n    method: 'get',\n    {k}: '{v}'\n  }}", camel), QUOTES),
    Carrier("java_exception", _form(
        "java.lang.IllegalStateException: cannot reach {w}: {k}={v}\n\tat dev.{x}.Main.run(Main.java:{n})", camel), " '\"\\"),
    Carrier("go_panic", _form("panic: dial {w}: bad {k} \"{v}\"\n\ngoroutine 1 [running]:\nmain.main()", snake), QUOTES),
    Carrier("diff_line", _form("@@ -1,3 +1,3 @@\n size={n}\n-{k}=\n+{k}={v}\n", upper), " '\"\\#$"),
    Carrier("shell_heredoc", _form("cat > .env <<EOF\n{k}={v}\nSIZE={n}\nEOF", upper), " $`'\"\\"),
    Carrier("sql_insert", _form("INSERT INTO {w} (id, {k}) VALUES ({n}, '{v}');", snake), QUOTES),
    Carrier("json5", _form("{{\n  // {w}\n  {k}: '{v}',\n  size: {n},\n}}", camel), QUOTES),
)  # fmt: skip

# The value alone, for what is known by its own look.
BARE_CARRIERS = (
    Carrier("prose_inside", lambda r, k, v: f"{sentence(r)} I pasted {v} there yesterday. {sentence(r)}"),
    Carrier("prose_parentheses", lambda r, k, v: f"{sentence(r)[:-1]} ({v}), thanks!"),
    Carrier("prose_end", lambda r, k, v: f"{sentence(r)} Try this one: {v}."),
    Carrier("markdown_code", lambda r, k, v: f"Run it with `{v}` and wait.\n\n- {sentence(r)}", "`"),
    Carrier("list_repr", lambda r, k, v: f"['{r.choice(NOUNS)}', '{v}', {r.randint(1, 99)}]", QUOTES),
    Carrier("log_received", lambda r, k, v: f"2026-02-11T04:05:06.789Z INFO {r.choice(NOUNS)}: received {v}"),
    Carrier("comment", lambda r, k, v: f"x = load()  # {v}\ny = {r.randint(1, 9)}"),
    Carrier("call", lambda r, k, v: f'{r.choice(NOUNS)}.open("{v}", {r.randint(1, 9)})', QUOTES),
    Carrier("tab_separated", lambda r, k, v: f"{r.randint(1, 99)}\t{v}\t{r.choice(NOUNS)}\n"),
    Carrier("html_text", lambda r, k, v: f"<td>{r.choice(NOUNS)}</td><td>{v}</td>", "<>&"),
    Carrier("japanese_prose", lambda r, k, v: f"昨日届いた値は「{v}」でした。"),
    Carrier("own_line", lambda r, k, v: f"{sentence(r)}\n{v}\n{sentence(r)}"),
)

# People telling each other a password.
SPOKEN_PASSWORD = tuple(
    Carrier(f"spoken_{language}", _form(template), " ")
    for language, template in (
        ("en", "Hi {p}, the password for {w} is {v} and it expires on Friday."),
        ("en_set", "I changed the admin password to {v} this morning."),
        ("de", "Hallo {p}, das Passwort lautet {v}, bitte bald ändern."),
        ("fr", "Bonjour, le mot de passe est {v} pour le serveur {w}."),
        ("es", "Hola {p}, la contraseña es {v} hasta el lunes."),
        ("pt", "Oi {p}, a senha do {w} é {v} por enquanto."),
        ("it", "Ciao {p}, la password è {v} per adesso."),
        ("nl", "Het wachtwoord is {v}, groeten {p}."),
        ("pl", "Cześć {p}, hasło: {v} (tylko na dziś)."),
        ("sv", "Hej {p}, lösenordet är {v} just nu."),
        ("tr", "Merhaba {p}, şifre: {v} lütfen değiştir."),
        ("ru", "Привет, пароль: {v} до пятницы."),
        ("ja", "パスワードは {v} です。"),
        ("zh", "密码是 {v} ,请尽快修改。"),
    )
)

# A person's datum with its name.
LABELLED = (
    Carrier("label_colon", lambda r, k, v: f"{k}: {v}\nStatus: open\n"),
    Carrier("label_sentence", lambda r, k, v: f"{sentence(r)} The {k} is {v}, please update it."),
    Carrier("label_my", lambda r, k, v: f"My {k} is {v} and I need help with order {r.randint(10, 99)}."),
    Carrier("label_equals", lambda r, k, v: f"2026-02-11 04:05:06 INFO lookup {k}={v} took {r.randint(2, 90)} ms"),
    Carrier("label_parentheses", lambda r, k, v: f"{r.choice(FIRST).title()} ({k} {v}) {r.choice(NOUNS)} department"),
    Carrier("label_csv", lambda r, k, v: f'name,"{k}",city\n{r.choice(FIRST)},"{v}",{r.choice(NOUNS)}\n'),
    Carrier("label_table", lambda r, k, v: f"| name | {k} |\n|---|---|\n| {r.choice(FIRST)} | {v} |\n"),
    Carrier(
        "label_json_text",
        lambda r, k, v: json.dumps({"name": r.choice(FIRST), k: v, "active": True}, ensure_ascii=False),
    ),
    Carrier("label_html", lambda r, k, v: f"<dt>{k}</dt><dd>{v}</dd><dt>Status</dt><dd>open</dd>"),
    Carrier("label_next_line", lambda r, k, v: f"{k}\n{v}\n\nStatus\nopen\n"),
    Carrier("label_dash", lambda r, k, v: f"- {k} - {v}\n- status - open\n"),
    Carrier("label_bold", lambda r, k, v: f"**{k}:** {v}\n**Status:** open\n"),
)
