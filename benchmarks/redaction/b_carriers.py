"""Carriers that the first profile does not have: more languages' dumps, tool output, documents and speech."""

# ruff: noqa: E501, Q003, RUF001  # one carrier a line

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from benchmarks.redaction.carriers import MARKUP, QUOTES, Carrier, camel, kebab, pascal, snake, upper
from benchmarks.redaction.carriers import _form as form
from benchmarks.redaction.randomness import FIRST, LAST, NOUNS, hexadecimal, sentence, uuid4

if TYPE_CHECKING:
    from random import Random


def _kubernetes_data(rng: Random, name: str, value: str) -> str:
    encoded = base64.b64encode(value.encode()).decode()
    return f"apiVersion: v1\nkind: Secret\nmetadata:\n  name: {rng.choice(NOUNS)}\ndata:\n  {kebab(name)}: {encoded}\ntype: Opaque\n"


def _postman(rng: Random, name: str, value: str) -> str:
    values = [{"key": "baseUrl", "value": "http://localhost"}, {"key": snake(name), "value": value, "type": "secret"}]
    return json.dumps({"id": uuid4(rng), "name": rng.choice(NOUNS), "values": values})


def _har_query(rng: Random, name: str, value: str) -> str:
    query = [{"name": "page", "value": "2"}, {"name": snake(name), "value": value}]
    return json.dumps({"startedDateTime": "2026-02-03T04:05:06Z", "request": {"queryString": query}})


def _ecs_task(rng: Random, name: str, value: str) -> str:
    environment = [{"name": "STAGE", "value": "prod"}, {"name": upper(name), "value": value}]
    return json.dumps({"containerDefinitions": [{"name": rng.choice(NOUNS), "environment": environment}]}, indent=2)


def _tfvars_json(rng: Random, name: str, value: str) -> str:
    return json.dumps({"region": "eu-west-3", snake(name): value, "size": rng.randint(1, 9)}, indent=2)


def _json_patch(rng: Random, name: str, value: str) -> str:
    return json.dumps([{"op": "add", "path": f"/spec/{camel(name)}", "value": value}, {"op": "remove", "path": "/tmp"}])


def _openapi(rng: Random, name: str, value: str) -> str:
    return json.dumps({"requestBody": {"content": {"application/json": {"example": {camel(name): value, "size": 3}}}}})


def _access_log(rng: Random, name: str, value: str) -> str:
    return (
        f'10.1.2.3 - - [03/Feb/2026:04:05:06 +0000] "POST /api/{rng.choice(NOUNS)}?{snake(name)}={quote(value, safe="")}&v=2 HTTP/1.1" '
        f'200 {rng.randint(100, 9000)} "-" "curl/8.5.0"'
    )


def _nginx_error(rng: Random, name: str, value: str) -> str:
    return (
        f"2026/02/03 04:05:06 [error] 31#31: *{rng.randint(1, 900)} upstream timed out, client: 10.0.0.9, server: _, request: "
        f'"GET /{rng.choice(NOUNS)}?{kebab(name)}={quote(value, safe="")} HTTP/2.0", host: "localhost"'
    )


def _referer(rng: Random, name: str, value: str) -> str:
    return f"Referer: https://{rng.choice(NOUNS)}.dev/start?lang=de&{camel(name)}={quote(value, safe='')}\r\nAccept: */*\r\n"


def _double_json(rng: Random, name: str, value: str) -> str:
    return json.dumps({"statusCode": 200, "body": json.dumps({snake(name): value, "ok": True})})


# Files, code and tools: the name stands beside the value.
NAMED_CARRIERS = (
    Carrier("k8s_secret_data", _kubernetes_data),
    Carrier("helm_set", form("helm install {w} ./chart --namespace {x} --set {w}.{k}={v} --set replicas={n}", camel), " '\"\\,$&;!*<>|()"),
    Carrier("docker_run", form("docker run --rm -d -p {n}:80 -e {k}={v} -e TZ=UTC {w}:latest", upper), " '\"$&;!*<>|()\\"),
    Carrier("compose_map", form('services:\n  {w}:\n    image: {x}:1\n    environment:\n      TZ: UTC\n      {k}: "{v}"\n', upper), QUOTES + "$"),
    Carrier("gitlab_ci", form("{w}:\n  stage: deploy\n  variables:\n    {k}: {v}\n  script:\n    - make\n", upper), " #:'\"!*&@{}[]%"),
    Carrier("azure_pipelines", form("variables:\n- name: {k}\n  value: '{v}'\nsteps:\n- script: make\n", camel), QUOTES),
    Carrier("ansible_vars", form("- hosts: {w}\n  vars:\n    {w}_{k}: \"{v}\"\n  roles: [base]\n", snake), QUOTES),
    Carrier("jenkinsfile", form("environment {{\n  {k} = '{v}'\n  STAGE = 'prod'\n}}", upper), QUOTES),
    Carrier("groovy_map", form("def opts = [size: {n}, {k}: '{v}']", camel), QUOTES),
    Carrier("spring_yaml", form("spring:\n  {w}:\n    {k}: {v}\n    pool-size: {n}\n", kebab), " #:'\"!*&@{}[]%"),
    Carrier("postman", _postman), Carrier("har_query", _har_query), Carrier("ecs_task", _ecs_task), Carrier("tfvars_json", _tfvars_json),
    Carrier("json_patch", _json_patch), Carrier("openapi_example", _openapi), Carrier("double_json", _double_json),
    Carrier("tfvars", form('region = "eu"\n{k}   = "{v}"\nsize = {n}\n', snake), QUOTES + "$"),
    Carrier("tf_plan", form('  + resource "{w}" "{x}" {{\n      + id   = (known after apply)\n      + {k} = "{v}"\n    }}', snake), QUOTES + "$"),
    Carrier("graphql_inline", form('mutation {{ update{w}(input: {{ size: {n}, {k}: "{v}" }}) {{ id }} }}', camel), QUOTES),
    Carrier("protobuf_text", form('{w} {{\n  id: {n}\n  {k}: "{v}"\n  enabled: true\n}}', snake), QUOTES),
    Carrier("java_braces", form("User{{name='{w}', {k}='{v}', size={n}}}", camel), QUOTES),
    Carrier("lombok", form("LoginRequest(user={w}, {k}={v}, remember=true)", camel), ",)( '\"\\"),
    Carrier("kotlin_data", form("Credentials({k}={v}, region={w})", camel), ",)( '\"\\"),
    Carrier("java_map", form("{{region={w}, {k}={v}, size={n}}}", snake), ",} {'\"\\"),
    Carrier("go_plus_v", form("{{User:{w} Retries:{n} {k}:{v} Debug:false}}", pascal), " {}'\"\\[]"),
    Carrier("go_map", form("map[region:{w} {k}:{v} size:{n}]", snake), " []'\"\\"),
    Carrier("go_sharp_v", form('main.Config{{Region:"{w}", {k}:"{v}", Size:{n}}}', pascal), QUOTES),
    Carrier("php_print_r", form("Array\n(\n    [region] => {w}\n    [{k}] => {v}\n    [size] => {n}\n)\n", snake), "\n"),
    Carrier("php_var_dump", lambda r, k, v: f'array(2) {{\n  ["{snake(k)}"]=>\n  string({len(v)}) "{v}"\n  ["size"]=>\n  int({r.randint(1, 9)})\n}}', QUOTES),
    Carrier("php_var_export", form("array (\n  'region' => '{w}',\n  '{k}' => '{v}',\n)", camel), QUOTES),
    Carrier("ruby_object", form('#<Client:0x000{h} @region="{w}", @{k}="{v}", @size={n}>', snake), QUOTES + "#"),
    Carrier("ruby_new_hash", form('{{region: "{w}", {k}: "{v}", size: {n}}}', snake), QUOTES + "#"),
    Carrier("rust_pretty", form('Config {{\n    region: "{w}",\n    {k}: Some(\n        "{v}",\n    ),\n    size: {n},\n}}', snake), QUOTES),
    Carrier("csharp_anonymous", form("{{ Region = {w}, {k} = {v}, Size = {n} }}", pascal), ", {}'\"\\"),
    Carrier("csharp_initialiser", form('var o = new Options {{ Region = "{w}", {k} = "{v}" }};', pascal), QUOTES),
    Carrier("js_console", form("{{\n  region: '{w}',\n  {k}: '{v}',\n  size: {n}\n}}", camel), QUOTES),
    Carrier("js_process_env", form("process.env.{k} = '{v}';", upper), QUOTES),
    Carrier("python_environ", form("os.environ['{k}'] = '{v}'", upper), QUOTES),
    Carrier("python_subscript", form('app.config["{k}"] = "{v}"', upper), QUOTES),
    Carrier("python_namespace", form("Namespace(region='{w}', {k}='{v}', size={n})", snake), QUOTES),
    Carrier("python_annotated", form('{k}: str = "{v}"\nsize: int = {n}', snake), QUOTES),
    Carrier("python_default", form('def run(region="{w}", {k}="{v}"):\n    ...', snake), QUOTES),
    Carrier("python_tuple_list", form("[('region', '{w}'), ('{k}', '{v}'), ('size', {n})]", snake), QUOTES),
    Carrier("swift_dictionary", form('let options: [String: Any] = ["region": "{w}", "{k}": "{v}"]', camel), QUOTES),
    Carrier("objective_c", form('NSDictionary *o = @{{@"region": @"{w}", @"{k}": @"{v}"}};', camel), QUOTES),
    Carrier("dart", form("const {k} = '{v}';\nfinal size = {n};", camel), QUOTES + "$"),
    Carrier("clojure", form('{{:region "{w}" :{k} "{v}" :size {n}}}', kebab), QUOTES),
    Carrier("elisp", form('(setq {w}-{k} "{v}")', kebab), QUOTES),
    Carrier("r_sys_setenv", form('Sys.setenv({k} = "{v}")', upper), QUOTES),
    Carrier("powershell_hash", form('$p = @{{ Region = "{w}"; {k} = "{v}"; Size = {n} }}', pascal), QUOTES + "$`;"),
    Carrier("powershell_list", form("Region : {w}\n{k} : {v}\nSize : {n}\n", pascal), "\n"),
    Carrier("registry_file", form('Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER\\Software\\{w}]\r\n"Size"=dword:0000000a\r\n"{k}"="{v}"\r\n', pascal), QUOTES),
    Carrier("reg_add", form('reg add HKLM\\Software\\{w} /v {k} /t REG_SZ /d "{v}" /f', pascal), QUOTES),
    Carrier("setx", form('setx {k} "{v}" /M', upper), QUOTES + "%"),
    Carrier("fish", form("set -gx {k} '{v}'", upper), QUOTES),
    Carrier("csh", form("setenv {k} {v}\nsetenv STAGE prod\n", upper), " '\"\\$!*&;<>|()~"),
    Carrier("inline_env", form("{k}={v} ./{w} --size {n}", upper), " '\"\\$!*&;<>|()"),
    Carrier("env_dump", form("HOME=/root\nPATH=/usr/bin:/bin\n{k}={v}\nSHLVL=1\n", upper), "\n"),
    Carrier("bash_xtrace", form("+ export {k}={v}\n+ {k}_SET=1\n+ ./{w}.sh", upper), " '\"\\$!*&;<>|()"),
    Carrier("makefile", form("{k} := {v}\n\n{w}:\n\t./{x}\n", upper), " '\"\\$#"),
    Carrier("vault_table", form("Key              Value\n---              -----\nregion           {w}\n{k}    {v}\n", snake), "\n"),
    Carrier("kubectl_describe", form("    Environment:\n      STAGE:  prod\n      {k}:  {v}\n    Mounts:  <none>\n", upper), " \n"),
    Carrier("heroku_config", form("=== {w} Config Vars\nSTAGE:  prod\n{k}:  {v}\n", upper), " \n"),
    Carrier("docker_inspect", form('"Env": ["PATH=/usr/bin", "{k}={v}", "LANG=C"]', upper), QUOTES),
    Carrier("az_table", form("Name    Region    {k}\n------  --------  ----------------\n{w}  {x}  {v}\n", pascal), " \n"),
    Carrier("cef", form("CEF:0|Acme|{w}|1.0|100|login|3|src=10.0.0.1 {k}={v} act=allow", camel), " =\\|"),
    Carrier("leef", form("LEEF:2.0|Acme|{w}|1|42|^|src=10.0.0.1^{k}={v}^act=allow", camel), "^ "),
    Carrier("logfmt_quoted", form('ts=2026-02-03T04:05:06Z lvl=warn {k}="{v}" caller={w}.go:{n}', camel), QUOTES),
    Carrier("log_arrow", form("[04:05:06] DEBUG {w}: {k} -> {v} (attempt {n})", snake), " ()\n"),
    Carrier("log_json_tail", form('2026-02-03 04:05:06.123 INFO {w} request body={{"{k}":"{v}","n":{n}}}', camel), QUOTES),
    Carrier("access_log", _access_log), Carrier("nginx_error", _nginx_error), Carrier("referer", _referer),
    Carrier("sql_update", form("UPDATE {w} SET {k} = '{v}', size = {n} WHERE id = 3;", snake), QUOTES),
    Carrier("sql_where", form("SELECT id FROM {w} WHERE {k} = '{v}' LIMIT 1;", snake), QUOTES),
    Carrier("sql_insert_many", form("INSERT INTO {w} (region, {k}, size) VALUES ('{x}', '{v}', {n});", snake), QUOTES),
    Carrier("mongo_update", form('db.{w}.updateOne({{_id: {n}}}, {{$set: {{{k}: "{v}"}}}})', camel), QUOTES),
    Carrier("redis_hset", form('HSET {w}:{n} region {x} {k} "{v}"', snake), QUOTES),
    Carrier("xml_cdata", form("<{w}><{k}><![CDATA[{v}]]></{k}></{w}>", camel), "]"),
    Carrier("maven_property", form("<properties>\n  <java.version>21</java.version>\n  <{w}.{k}>{v}</{w}.{k}>\n</properties>", kebab), MARKUP),
    Carrier("android_string", form('<resources><string name="{k}">{v}</string></resources>', snake), MARKUP),
    Carrier("web_config", form('<setting name="{k}" serializeAs="String"><value>{v}</value></setting>', pascal), MARKUP),
    Carrier("xml_attribute_own", form('<connection region="{w}" {k}="{v}" size="{n}"/>', camel), MARKUP),
    Carrier("html_meta", form('<meta name="{k}" content="{v}">', kebab), MARKUP),
    Carrier("html_data", form('<div id="{w}" data-{k}="{v}"></div>', kebab), MARKUP),
    Carrier("html_value_first", form('<input type="text" value="{v}" name="{k}" id="{w}">', snake), MARKUP),
    Carrier("yaml_anchor", form("base: &{w}\n  {k}: &{x} {v}\n  size: {n}\n", snake), " #:'\"!*&@{}[]%,"),
    Carrier("yaml_flow", form('{w}: {{region: eu, {k}: "{v}", size: {n}}}', snake), QUOTES),
    Carrier("yaml_literal", form("{w}:\n  {k}: |\n    {v}\n  size: {n}\n", camel), "\n"),
    Carrier("yaml_tagged", form("{k}: !!str {v}\nsize: {n}\n", snake), " #:'\"!*&@{}[]%"),
    Carrier("toml_literal", form("[{w}]\n{k} = '{v}'\nsize = {n}\n", snake), "'\n"),
    Carrier("toml_inline", form('{w} = {{ region = "eu", {k} = "{v}" }}', snake), QUOTES),
    Carrier("nix", form('services.{w} = {{ enable = true; {k} = "{v}"; }};', camel), QUOTES + "$"),
    Carrier("jsonnet", form("{{ region: 'eu', {k}:: '{v}' }}", camel), QUOTES),
    Carrier("jsonc", form('{{\n  "size": {n}, // {w}\n  "{k}": "{v}",\n}}', camel), QUOTES),
    Carrier("cmake", form('set({k} "{v}" CACHE STRING "")', upper), QUOTES + "$"),
    Carrier("nginx_header", form('location /{w} {{\n  proxy_set_header X-{k} "{v}";\n}}', kebab), QUOTES + "$"),
    Carrier("apache_setenv", form('SetEnv {k} "{v}"', upper), QUOTES),
    Carrier("http2_header", form(":method: GET\n:path: /{w}\nx-{k}: {v}\nuser-agent: go/1.22", kebab), "\n"),
    Carrier("curl_form", form("curl -F size={n} -F '{k}={v}' https://{w}.dev/upload", snake), QUOTES),
    Carrier("curl_data", form("curl -X POST -d '{{\"region\": \"eu\", \"{k}\": \"{v}\"}}' https://{w}.dev/v1", camel), QUOTES),
    Carrier("httpie", form("http POST {w}.dev/v1 size:={n} {k}={v}", snake), " '\"\\$&;!*<>|()"),
    Carrier("cookie_pair", form("Cookie: lang=en; {k}={v}; theme=dark", snake), " ;,'\"\\"),
    Carrier("mime_part", form("--=_{h}\nContent-Type: text/plain\n\n{k}: {v}\n--=_{h}--", kebab), "\n"),
    Carrier("markdown_list", form("- region: `{w}`\n- {k}: `{v}`\n- size: {n}\n", snake), "`"),
    Carrier("markdown_bold", form("**Region**: {w}\n**{k}**: {v}\n", snake), "\n"),
    Carrier("rst_field", form(":region: {w}\n:{k}: {v}\n", kebab), "\n"),
    Carrier("asciidoc", form(":{k}: {v}\n:size: {n}\n", kebab), "\n"),
    Carrier("csv_semicolon", form("id;{k};region\n{n};{v};{w}\n", snake), ";'\" \n"),
    Carrier("csv_quoted", form('"id","{k}","region"\n"{n}","{v}","{w}"\n', snake), QUOTES),
    Carrier("tsv", form("id\t{k}\tregion\n{n}\t{v}\t{w}\n", snake), "\t\n"),
    Carrier("java_arguments", form("at dev.{w}.Client.open(region={x}, {k}={v}) [Client.java:{n}]", camel), ",)( '\"\\"),
    Carrier("pydantic_error", form("1 validation error for {w}\nsize\n  Input should be valid [type=int, input_value={{'{k}': '{v}'}}, input_type=dict]", snake), QUOTES),
    Carrier("click_default", form("  --{k} TEXT     [default: {v}]\n  --size INTEGER", kebab), " []'\""),
    Carrier("cli_short_quote", form('{w} --{k} "{v}" --size {n}', kebab), QUOTES + "$`"),
    Carrier("systemd_credential", form("SetCredential={k}:{v}\nUser={w}\n", kebab), " '\"\\%"),
    Carrier("uri_matrix", form("https://{w}.dev/v1;{k}={v};size={n}", snake), " ;'\"\\&?#%/+=@<>|^"),
)  # fmt: skip

# The value alone, for what is known by its own look.
BARE_CARRIERS = (
    Carrier("chat_line", lambda r, k, v: f"[09:12] {r.choice(FIRST)}: {v}\n[09:13] {r.choice(FIRST)}: got it"),
    Carrier("mail_quote", lambda r, k, v: f"On Monday {r.choice(FIRST)} wrote:\n> {v}\n\n{sentence(r)}"),
    Carrier("markdown_bullet", lambda r, k, v: f"Notes\n* {sentence(r)}\n* {v}\n"),
    Carrier("numbered_list", lambda r, k, v: f"1. {r.choice(NOUNS)}\n2. {v}\n3. {r.choice(NOUNS)}"),
    Carrier("stack_argument", lambda r, k, v: f'  at open("{v}", 3) in /srv/{r.choice(NOUNS)}.js:{r.randint(1, 99)}', QUOTES),
    Carrier("diff_added", lambda r, k, v: f"@@ -1 +1,2 @@\n {r.choice(NOUNS)}\n+{v}\n"),
    Carrier("diff_array", lambda r, k, v: f'-  "{r.choice(NOUNS)}",\n+  "{v}",', QUOTES),
    Carrier("xml_text", lambda r, k, v: f"<item>{v}</item><item>{r.choice(NOUNS)}</item>", "<>&"),
    Carrier("csv_no_header", lambda r, k, v: f"{r.randint(1, 99)},{r.choice(NOUNS)},{v},{r.choice(NOUNS)}\n", ",'\" "),
    Carrier("pipe_row", lambda r, k, v: f"{r.randint(1, 99)}|{r.choice(NOUNS)}|{v}|open", "|"),
    Carrier("semicolons", lambda r, k, v: f"{r.choice(NOUNS)};{v};{r.choice(NOUNS)}", ";"),
    Carrier("question", lambda r, k, v: f"Does anyone know what {v} is for? {sentence(r)}"),
    Carrier("after_arrow", lambda r, k, v: f"{r.choice(NOUNS)} => {v}"),
    Carrier("angle_brackets", lambda r, k, v: f"see <{v}> for {r.choice(NOUNS)}", "<>&"),
    Carrier("square_brackets", lambda r, k, v: f"[{r.choice(NOUNS)}] [{v}] ready", "[]"),
    Carrier("german_quotes", lambda r, k, v: f"Es steht „{v}“ im Formular. {sentence(r)}"),
    Carrier("chinese_comma", lambda r, k, v: f"收到:{v},请确认。"),
    Carrier("escaped_newline", lambda r, k, v: f"first\\n{v}\\nlast {r.choice(NOUNS)}", QUOTES),
    Carrier("html_code", lambda r, k, v: f"<p>Use <code>{v}</code> in {r.choice(NOUNS)}</p>", "<>&"),
    Carrier("shell_echo", lambda r, k, v: f"$ echo '{v}' | {r.choice(NOUNS)}", QUOTES),
    Carrier("sql_values", lambda r, k, v: f"INSERT INTO {r.choice(NOUNS)} VALUES ({r.randint(1, 99)}, '{v}', NULL);", QUOTES),
    Carrier("set_literal", lambda r, k, v: f"{{'{v}', '{r.choice(NOUNS)}'}}", QUOTES),
    Carrier("python_bytes", lambda r, k, v: f"read(b'{v}', {r.randint(1, 9)})", QUOTES),
    Carrier("at_the_start", lambda r, k, v: f"{v} is what came back. {sentence(r)}"),
    Carrier("pdf_columns", lambda r, k, v: f"{r.choice(NOUNS):<14}{v}    {r.choice(NOUNS)}"),
)  # fmt: skip

# People telling each other a password, in further languages and ways.
SPOKEN_PASSWORD = tuple(
    Carrier(f"spoken_{language}", form(template), " ")
    for language, template in (
        ("da", "Hej {p}, adgangskoden er {v} indtil fredag."),
        ("no", "Hei {p}, passordet er {v} inntil videre."),
        ("fi", "Hei {p}, salasana on {v} toistaiseksi."),
        ("cs", "Ahoj {p}, heslo je {v} a platí do pátku."),
        ("hu", "Szia {p}, a jelszó: {v} holnapig."),
        ("ro", "Salut {p}, parola este {v} pentru moment."),
        ("uk", "Привіт, пароль: {v} до понеділка."),
        ("ko", "비밀번호는 {v} 입니다."),
        ("ar", "كلمة المرور هي {v} حتى الغد."),
        ("id", "Halo {p}, kata sandi: {v} ya."),
        ("vi", "Chào {p}, mật khẩu là {v} nhé."),
        ("el", "Γεια, ο κωδικός πρόσβασης είναι {v} προς το παρόν."),
        ("hi", "पासवर्ड {v} है।"),
        ("zh_tw", "密碼是 {v} 。"),
        ("en_now", "FYI the new root password is now {v}, old one is gone."),
        ("en_use", "Log in with user {p} and password {v} please."),
        ("en_quoted", 'Please set the password to "{v}" before the call.'),
        ("en_pw", "pw for the {w} box: {v}"),
        ("en_reset", "We have reset your password. Your temporary password is {v}"),
        ("en_code", "{p}: what was the passphrase again?\n{w}: {v}"),
        ("de_zugang", "Zugangsdaten: Benutzer {p}, Kennwort {v}"),
        ("fr_mdp", "mdp du serveur {w} : {v}"),
        ("es_clave", "La contraseña nueva de {w} será {v} a partir de hoy."),
    )
)  # fmt: skip


def _signature(rng: Random, label: str, value: str) -> str:
    first, last = rng.choice(FIRST).title(), rng.choice(LAST).title()
    return f"{sentence(rng)}\n\nKind regards\n{first} {last}\n--\n{rng.choice(NOUNS).title()} Ltd | {label}: {value} | www.{rng.choice(NOUNS)}.dev\n"


def _fhir(rng: Random, label: str, value: str) -> str:
    identifier = [{"type": {"text": label}, "value": value}]
    return json.dumps(
        {"resourceType": "Patient", "id": hexadecimal(rng, 8), "identifier": identifier}, ensure_ascii=False
    )


# A person's datum with its name.
LABELLED = (
    Carrier("label_signature", _signature),
    Carrier("label_fhir", _fhir),
    Carrier("label_chat", lambda r, k, v: f"[10:02] {r.choice(FIRST)}: what is your {k}?\n[10:03] {r.choice(FIRST)}: {k} {v}\n"),
    Carrier("label_dots", lambda r, k, v: f"{k} .......... {v}\nStatus .......... open\n"),
    Carrier("label_tab", lambda r, k, v: f"{k}\t{v}\nStatus\topen\n"),
    Carrier("label_wide", lambda r, k, v: f"{k:<24}{v}\n{'Status':<24}open\n"),
    Carrier("label_hash", lambda r, k, v: f"{r.choice(FIRST).title()} called about {k} #{v} today."),
    Carrier("label_yaml", lambda r, k, v: f'customer:\n  "{k}": "{v}"\n  active: true\n'),
    Carrier("label_python", lambda r, k, v: f"{{'name': '{r.choice(FIRST)}', \"{k}\": '{v}'}}", "'"),
    Carrier("label_xml", lambda r, k, v: f'<field name="{k}">{v}</field><field name="status">open</field>'),
    Carrier("label_input", lambda r, k, v: f'<label>{k}</label><input type="text" value="{v}">'),
    Carrier("label_table_cell", lambda r, k, v: f"<tr><th>{k}</th><td>{v}</td></tr><tr><th>Status</th><td>open</td></tr>"),
    Carrier("label_ldif", lambda r, k, v: f"dn: uid={r.choice(FIRST)},dc=corp\n{k}: {v}\nobjectClass: person\n"),
    Carrier("label_quoted", lambda r, k, v: f'{r.choice(FIRST).title()} entered "{v}" as {k} into the form.', '"'),
    Carrier("label_pipe", lambda r, k, v: f"name={r.choice(FIRST)} | {k}={v} | city={r.choice(NOUNS)}"),
    Carrier("label_invalid", lambda r, k, v: f"ValidationError: {k} '{v}' is already in use", "'"),
    Carrier("label_bullet", lambda r, k, v: f"• {k}: {v}\n• status: open\n"),
    Carrier("label_csv_semicolon", lambda r, k, v: f"name;{k};city\n{r.choice(FIRST)};{v};{r.choice(NOUNS)}\n"),
    Carrier("label_array", lambda r, k, v: json.dumps([{"label": k, "value": v}, {"label": "Status", "value": "open"}], ensure_ascii=False)),
    Carrier("label_question", lambda r, k, v: f"Q: {k}?\nA: {v}\n"),
)  # fmt: skip
