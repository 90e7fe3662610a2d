"""Carriers of profile d: other languages, editors, build tools, consoles and spoken languages."""

# ruff: noqa: E501, RUF001  # tables, read by their rows; letters of many scripts

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benchmarks.redaction.carriers import MARKUP, QUOTES, Carrier, camel, kebab, pascal, snake, upper
from benchmarks.redaction.randomness import FIRST, NOUNS, hexadecimal

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

SHELL = QUOTES + " $`!&;|<>()*?#~[]{}%^="  # what an unquoted word of a shell could not hold
WORDS = QUOTES + " ,;|"  # what would end an unquoted word in other texts
DOUBLE = '"\\$`!'
CELL = QUOTES + "|"


def _form(template: str, style: Callable[[str], str] = str) -> Callable[[Random, str, str], str]:
    """A template with §k the name, §v the value, §w and §x any words, §p a first name, §n any number, §h any digest."""

    def render(rng: Random, name: str, value: str) -> str:
        text = template.replace("§k", style(name)).replace("§w", rng.choice(NOUNS)).replace("§x", rng.choice(NOUNS))
        text = text.replace("§p", rng.choice(FIRST)).replace("§n", str(rng.randint(2, 9000)))
        return text.replace("§h", hexadecimal(rng, 8)).replace("§v", value)

    return render


def _c(name: str, template: str, style: Callable[[str], str] = str, forbidden: str = "") -> Carrier:
    return Carrier(name, _form(template, style), forbidden)


def _boxed(rng: Random, name: str, value: str) -> str:
    key, width = snake(name), max(len(snake(name)), len(value))
    return (
        f"┌────┬─{'─' * width}─┐\n│ id │ {key.ljust(width)} │\n├────┼─{'─' * width}─┤\n"
        f"│ {rng.randint(10, 99)} │ {value.ljust(width)} │\n└────┴─{'─' * width}─┘"
    )


def _frame(rng: Random, name: str, value: str) -> str:
    key, width = snake(name), max(len(snake(name)), len(value))
    return f"     region  {key.rjust(width)}\n0    {rng.choice(NOUNS):7} {value.rjust(width)}\n"


def _mcp_config(rng: Random, name: str, value: str) -> str:
    server = {"command": "npx", "args": ["-y", f"{rng.choice(NOUNS)}-mcp"], "env": {upper(name): value}}
    return json.dumps({"mcpServers": {rng.choice(NOUNS): server}}, indent=2)


def _launch(rng: Random, name: str, value: str) -> str:
    entry = {"name": "Debug", "type": "debugpy", "request": "launch", "env": {"PORT": "8080", upper(name): value}}
    return json.dumps({"version": "0.2.0", "configurations": [entry]}, indent=4)


def _tool_call(rng: Random, name: str, value: str) -> str:
    return (
        f"[mcp] tools/call name={rng.choice(NOUNS)}_configure arguments={json.dumps({camel(name): value, 'limit': 5})}"
    )


def _cell(rng: Random, name: str, value: str) -> str:
    return json.dumps({"cell_type": "code", "source": [f"%env {upper(name)}={value}\n", f"{rng.choice(NOUNS)}.head()"]})


def _entries(rng: Random, name: str, value: str) -> str:
    rows = ({"key": "REGION", "value": rng.choice(NOUNS)}, {"key": upper(name), "value": value, "enabled": True})
    return "\n".join(json.dumps(row) for row in rows)


NAMED_CARRIERS = (
    _c("pkl", 'amends "pkl:Project"\n§w {\n  §k = "§v"\n  size = §n\n}', camel, QUOTES),
    _c("cue", '§w: {\n\t§k: "§v"\n\tsize: §n\n}', camel, QUOTES),
    _c("dhall", '{ §k = "§v", size = §n }', camel, QUOTES + "$"),
    _c("hjson", "{\n  # §w\n  §k: §v\n  size: §n\n}", snake, QUOTES + "#{}[],"),
    _c("kdl", '§w {\n    §k "§v"\n    size §n\n}', kebab, QUOTES),
    _c("ron", '(\n    §k: "§v",\n    size: §n,\n)', snake, QUOTES),
    _c("zig", 'const §k: []const u8 = "§v";', snake, QUOTES),
    _c("nim", 'const §k = "§v"\necho §w', camel, QUOTES),
    _c("julia", 'ENV["§k"] = "§v"\nusing §w', upper, QUOTES + "$"),
    _c("ocaml", 'let §k = "§v" in\n§w ~size:§n', snake, QUOTES),
    _c("haskell", 'defaults = Settings { §k = "§v", size = §n }', camel, QUOTES),
    _c("fsharp", 'let §k = "§v"\nprintfn "§w"', camel, QUOTES),
    _c("erlang", '{§w, [{§k, <<"§v">>}, {size, §n}]}.', snake, QUOTES),
    _c("cpp", 'constexpr std::string_view k§k{"§v"};', pascal, QUOTES),
    _c("arduino", '#include <WiFi.h>\nconst char* §k = "§v";\nvoid setup() { delay(§n); }', snake, QUOTES),
    _c("gdscript", 'extends Node\nvar §k := "§v"\nfunc _ready(): print("§w")', snake, QUOTES),
    _c("unity_field", '[SerializeField] private string §k = "§v";', camel, QUOTES),
    _c("matlab", "§k = '§v';  % §w", snake, QUOTES + "%"),
    _c("visual_basic", 'Dim §k As String = "§v"', camel, QUOTES),
    _c("delphi", "§k := '§v';", pascal, QUOTES),
    _c("cobol", '           MOVE "§v" TO WS-§k.', lambda name: upper(name).replace("_", "-"), QUOTES),
    _c("ada", '§k : constant String := "§v";', pascal, QUOTES),
    _c("tcl", 'set §k "§v"\nputs §w', snake, QUOTES + "$[]{}"),
    _c("vimscript", "let g:§k = '§v'\nset number", snake, QUOTES),
    _c("neovim", 'vim.env.§k = "§v"\nvim.opt.number = true', upper, QUOTES),
    _c("nushell", '$env.§k = "§v"', upper, QUOTES + "$"),
    _c("xonsh", "$§k = '§v'", upper, QUOTES),
    _c("justfile", 'set dotenv-load\n§k := "§v"\n\nbuild:\n    §w build', snake, QUOTES + "{"),
    _c("bazelrc", "build --jobs=8\nbuild --action_env=§k=§v", upper, SHELL),
    _c("gradle_kotlin", 'buildConfigField("String", "§k", "\\"§v\\"")', upper, QUOTES + "$"),
    _c("xcconfig", "PRODUCT_NAME = §w\n§k = §v\nSWIFT_VERSION = 5.9", upper, QUOTES + "/$ "),
    _c("dart_define", "flutter run --release --dart-define=§k=§v -d pixel", upper, SHELL),
    _c("platformio", '[env:esp32dev]\nboard = esp32dev\nbuild_flags = -D §k=\\"§v\\"', upper, SHELL),
    _c("kconfig", 'CONFIG_FREERTOS_HZ=1000\nCONFIG_§k="§v"', upper, QUOTES),
    _c("settings_row", "INSERT INTO settings VALUES('§k','§v');\nINSERT INTO settings VALUES('theme','§w');", snake, QUOTES),
    _c("redis_hgetall", '1) "region"\n2) "§w"\n3) "§k"\n4) "§v"', snake, QUOTES),
    _c("mongosh_document", "{ _id: §n, region: '§w', §k: '§v' }", camel, QUOTES),
    _c("sqlite_line", "    id = §n\nregion = §w\n    §k = §v", snake, QUOTES + " "),
    Carrier("duckdb_box", _boxed, CELL),
    Carrier("data_frame", _frame, CELL + " "),
    _c("r_str", "'data.frame': 1 obs. of 2 variables:\n $ id: int §n\n $ §k: chr \"§v\"", snake, QUOTES),
    _c("dart_to_string", "§w: Config(§k: §v, size: §n)", camel, WORDS + "()"),
    _c("swift_dump", '▿ §w.Config\n  - §k: "§v"\n  - size: §n', camel, QUOTES),
    _c("lldb", '(lldb) frame variable\n(String) §k = "§v"\n(Int) size = §n', camel, QUOTES),
    _c("gdb", '(gdb) print *config\n$1 = {size = §n, §k = "§v"}', snake, QUOTES),
    _c("logcat", "11-24 10:15:02.§n  1420  1420 D §w: §k=§v", camel, WORDS),
    _c("os_log", "2026-02-11 09:14:§n.120 §w[812:5531] §k: §v", camel, WORDS),
    _c("flutter_print", "I/flutter (12§n): §k: §v", camel, WORDS),
    _c("defaults_read", '{\n    §k = "§v";\n    showsSidebar = 1;\n}', pascal, QUOTES),
    _c("strings_file", '/* §w */\n"§k" = "§v";', snake, QUOTES),
    _c("dconf", "[org/gnome/§w]\n§k='§v'\nwidth=§n", kebab, QUOTES),
    _c("x_resources", "§w.geometry: 80x24\n§w.§k: §v", camel, QUOTES + " "),
    _c("defaults_write", 'defaults write dev.§w.app §k -string "§v"', pascal, DOUBLE + "'"),
    _c("launchctl", "launchctl setenv §k '§v'", upper, QUOTES),
    _c("git_config", "[§w]\n\tregion = §x\n\t§k = §v", camel, QUOTES + "#;"),
    _c("npm_config", "npm config set //§w.dev/:§k §v", camel, SHELL),
    _c("conda_vars", "conda env config vars set -n §w §k='§v'", upper, QUOTES),
    _c("jupyter_magic", "In [§n]: %env §k=§v", upper, QUOTES + " "),
    Carrier("jupyter_cell", _cell, QUOTES),
    _c("vscode_setting", '    "editor.tabSize": 4,\n    "§w.§k": "§v",', camel, QUOTES),
    _c("jetbrains_run", '<configuration name="§w">\n  <envs>\n    <env name="§k" value="§v" />\n  </envs>\n</configuration>', upper, MARKUP),
    Carrier("vscode_launch", _launch, QUOTES),
    Carrier("mcp_config", _mcp_config, QUOTES),
    _c("mcp_inspector", "npx @modelcontextprotocol/inspector -e §k='§v' node build/index.js", upper, QUOTES),
    Carrier("mcp_tool_call", _tool_call, QUOTES),
    _c("pytest_locals", "    def test_§w():\n>       assert ok\n§k = '§v'\nsize       = §n", snake, QUOTES),
    _c("debugger", "(Pdb) p §k\n'§v'\n(Pdb) c", snake, QUOTES),
    _c("node_repl", "> process.env.§k\n'§v'\n> .exit", upper, QUOTES),
    _c("r_console", '> Sys.getenv("§k")\n[1] "§v"', upper, QUOTES),
    _c("irb", 'irb(main):002> ENV["§k"]\n=> "§v"', upper, QUOTES + "#"),
    _c("php_env", "$_ENV['§k'] = '§v';", upper, QUOTES),
    _c("php_config", "'§w' => [\n    '§k' => env('§w_VALUE', '§v'),\n],", snake, QUOTES),
    _c("zod", '§k: z.string().min(1).default("§v"),', camel, QUOTES),
    _c("ja_named", "§k の値は「§v」です。", str, "「」"),
    _c("zh_named", "把 §k 设置为 §v，然后重启。", str, WORDS),
    _c("ko_named", "§k 값은 '§v' 입니다.", str, QUOTES),
    _c("hi_named", "§k का मान §v है", str, WORDS),
    _c("sw_named", "Thamani ya §k ni §v kwa seva hii.", str, WORDS),
    _c("ar_named", "قيمة §k هي §v", str, WORDS),
    _c("tr_named", "§k değeri: §v", str, WORDS),
    _c("vi_named", "Giá trị của §k là §v nhé.", str, WORDS),
    _c("en_set_to", "Set §k to §v and restart the §w.", str, WORDS),
    _c("en_value_first", "Use `§v` as the §k for the §w.", str, "`"),
    _c("org_table", "| name | value |\n|------+-------|\n| §k | §v |", snake, CELL),
    _c("org_property", ":PROPERTIES:\n:REGION: §w\n:§k: §v\n:END:", upper, QUOTES),
    _c("jira_table", "||name||value||\n|§k|§v|\n|region|§w|", snake, CELL + "{}*_-+^~"),
    _c("mediawiki_table", '{| class="wikitable"\n|-\n| §k || §v\n|}', snake, CELL),
    _c("html_definition", "<dl><dt>Region</dt><dd>§w</dd><dt>§k</dt><dd>§v</dd></dl>", str, MARKUP),
    _c("html_row", '<tr><th scope="row">§k</th><td>§v</td></tr>', str, MARKUP),
    _c("dataview", "region:: §w\n§k:: §v", kebab, QUOTES),
    _c("word_diff", "§k: [-§w-]{+§v+}", snake, WORDS + "{}+-[]"),
    _c("diff_removed", "@@ -3,2 +3,1 @@\n region=§w\n-§k=§v", upper, SHELL),
    _c("diff_json", '@@ -1,3 +1,4 @@\n {\n+  "§k": "§v",\n   "size": §n', camel, QUOTES),
    _c("mail_header", "Subject: §w\nX-§k: §v\nMIME-Version: 1.0", kebab, QUOTES + " "),
    _c("cbor_diagnostic", '{"§k": "§v", 1: h\'§h\'}', snake, QUOTES),
    _c("key_value_csv", "key,value\nregion,§w\n§k,§v\n", snake, WORDS),
    Carrier("ndjson_entries", _entries, QUOTES),
    _c("java_xml_entry", '<properties>\n<entry key="§k">§v</entry>\n</properties>', lambda name: kebab(name).replace("-", "."), MARKUP),
    _c("hadoop_property", "<property><name>§k</name><value>§v</value></property>", lambda name: kebab(name).replace("-", "."), MARKUP),
    _c("dotted_toml", '§w.§x.§k = "§v"', snake, QUOTES),
    _c("etcdctl", "etcdctl put /§w/§k '§v'", snake, QUOTES),
    _c("consul_kv", "consul kv put §w/config/§k '§v'\nSuccess! Data written", snake, QUOTES),
    _c("android_intent", "adb shell am start -n dev.§w/.Main --es §k '§v'", snake, QUOTES),
    _c("deep_link", "§wapp://open?region=eu&§k=§v&tab=2", snake, SHELL + "+/:@,="),
    _c("ros_param", '<node pkg="§w" type="driver">\n  <param name="§k" value="§v"/>\n</node>', snake, MARKUP),
    _c("sql_session", "SET app.§k = '§v';", snake, QUOTES),
    _c("slack_bold", "*region:* §w\n*§k:* §v", str, QUOTES + "*"),
    _c("zsh_typeset", "typeset -gx §k='§v'", upper, QUOTES),
    _c("emacs_setenv", '(setenv "§k" "§v")', upper, QUOTES),
    _c("apple_script", 'set §k to "§v"\ndisplay dialog "§w"', camel, QUOTES),
    _c("batch_script", '@echo off\nset "§k=§v"\ncall §w.bat', upper, QUOTES + "%!^&"),
    _c("lisp_plist", '(:region "§w" :§k "§v")', kebab, QUOTES),
    _c("puppet", "class { '§w':\n  §k => '§v',\n  size => §n,\n}", snake, QUOTES),
    _c("salt_pillar", "§w:\n  lookup:\n    §k: '§v'", snake, QUOTES),
    _c("chef_attribute", "default['§w']['§k'] = '§v'", snake, QUOTES),
    _c("solidity_script", 'string constant §k = "§v";', upper, QUOTES),
    _c("godot_config", '[§w]\n\n§k="§v"\nsize=§n', snake, QUOTES),
)  # fmt: skip

BARE_CARRIERS = (
    _c("arabic_prose", "وصلت القيمة §v إلى الخادم أمس."),
    _c("russian_prose", "В журнале осталось значение §v после проверки."),
    _c("hindi_prose", "रिपोर्ट में §v दो बार लिखा है।"),
    _c("korean_prose", "어제 회의에서 §v 를 확인했습니다."),
    _c("swahili_prose", "Tafadhali angalia §v kabla ya kesho."),
    _c("thai_prose", "ระบบพบ §v ในเอกสาร"),
    _c("vietnamese_prose", "Hôm qua hệ thống ghi lại §v trong sổ."),
    _c("turkish_prose", "Dün kayıtta §v göründü."),
    _c("polish_prose", "W pliku znaleziono §v i nic więcej."),
    _c("clipboard", "Clipboard now holds §v (copied from §w)"),
    _c("pytest_assert", "E       AssertionError: assert '§v' in []", forbidden=QUOTES),
    _c("notebook_output", "Out[§n]: '§v'", forbidden=QUOTES),
    _c("irb_result", '=> "§v"', forbidden=QUOTES),
    _c("gdb_value", '$3 = "§v"', forbidden=QUOTES),
    _c("pipe_to_clipboard", "printf %s '§v' | pbcopy", forbidden=QUOTES),
    _c("latex_tt", "We measured \\texttt{§v} in §w.", forbidden="{}\\_%#&$^~|"),
    _c("org_verbatim", "- §w :: =§v= seen on §x", forbidden="="),
    _c("rst_literal", "The §w holds ``§v`` now.", forbidden="`"),
    _c("guillemets", "Le fichier contient « §v » et rien d'autre."),
    _c("csv_middle", '"§n","§v","§w"', forbidden=QUOTES),
    _c("yaml_list", "§w:\n  - §x\n  - §v\n", forbidden=QUOTES + "#{}[]*&!%@`|"),
    _c("lua_table", 'return { "§v", §n }', forbidden=QUOTES),
    _c("erlang_binary", '[<<"§v">>, §n]', forbidden=QUOTES),
    _c("rust_vector", 'let found = vec!["§v"];', forbidden=QUOTES),
    _c("swift_set", 'let seen: Set = ["§w", "§v"]', forbidden=QUOTES),
    _c("url_path", "GET /lookup/§v/history HTTP/1.1", forbidden=SHELL + "+/:@,="),
    _c("box_cell", "│ §n │ §v │ §w │", forbidden="│"),
    _c("slash_comment", "// §v", forbidden="\\"),
    _c("dashes_comment", "-- seen in §w: §v", forbidden="\\"),
    _c("tex_comment", "% §v", forbidden="\\"),
    _c("transcript", "Q: What did the form show?\nA: §v"),
    _c("key_cap", "<kbd>§v</kbd>", forbidden=MARKUP),
    _c("heading", "### §v\n\nSeen by the §w."),
    _c("toast", "✔ Saved §v to §w"),
    _c("printf_log", "[§h] worker §n took §v from the queue"),
    _c("bold_italic", "The form of the §w showed ***§v*** twice.", forbidden="*"),
    _c("powershell_array", "$found = @('§w', '§v')", forbidden=QUOTES),
)

SPOKEN_PASSWORD = (
    _c("spoken_sw", "Nenosiri la seva ni §v"),
    _c("spoken_af", "Die wagwoord vir die bediener is §v"),
    _c("spoken_ms", "Kata laluan untuk pelayan ialah §v"),
    _c("spoken_fa", "رمز عبور سرور §v است"),
    _c("spoken_he", "הסיסמה לשרת היא §v"),
    _c("spoken_th", "รหัสผ่านของเซิร์ฟเวอร์คือ §v"),
    _c("spoken_bn", "সার্ভারের পাসওয়ার্ড হলো §v"),
    _c("spoken_ta", "சேவையகத்தின் கடவுச்சொல் §v"),
    _c("spoken_ur", "سرور کا پاس ورڈ §v ہے"),
    _c("spoken_hr", "Lozinka za poslužitelj je §v"),
    _c("spoken_sl", "Geslo za strežnik je §v"),
    _c("spoken_sk", "Heslo k serveru je §v"),
    _c("spoken_bg", "Паролата за сървъра е §v"),
    _c("spoken_sr", "Лозинка за сервер је §v"),
    _c("spoken_ca", "La contrasenya del servidor és §v"),
    _c("spoken_et", "Serveri parool on §v"),
    _c("spoken_lt", "Serverio slaptažodis yra §v"),
    _c("spoken_lv", "Servera parole ir §v"),
    _c("spoken_is", "Lykilorðið á þjóninum er §v"),
    _c("spoken_eu", "Zerbitzariaren pasahitza §v da"),
    _c("spoken_ka", "სერვერის პაროლი არის §v"),
    _c("spoken_kk", "Сервердің құпиясөзі: §v"),
    _c("spoken_tl", "Ang password ng server ay §v"),
    _c("spoken_am", "የአገልጋዩ የይለፍ ቃል §v ነው።"),
    _c("spoken_en_ssh", "You can ssh into the Pi as §p, password §v"),
    _c("spoken_en_prompt", "If it prompts for a password, just type §v"),
    _c("spoken_en_wifi", "The wifi network is §w-guest and its password is §v"),
    _c("spoken_en_changed", "I changed the admin password this morning, it's §v now"),
    _c("spoken_en_backtick", "Unlock the keychain with the passphrase `§v` before the build."),
    _c("spoken_en_reply", "> What is the root password?\n§v"),
)

_ID = QUOTES + ";"
LABELLED = (
    _c("label_em_dash", "§k — §v"),
    _c("label_cjk_brackets", "【§k】§v"),
    _c("label_fullwidth_colon", "§k：§v"),
    _c("label_sql_insert", "INSERT INTO §w (id, §k) VALUES (§n, '§v');", snake, _ID),
    _c("label_sql_where", "SELECT id FROM §w WHERE §k = '§v' LIMIT 1;", snake, _ID),
    _c("label_heading", "### §k\n\n§v\n\n### Notes"),
    _c("label_latex", "Region & §w \\\\\n§k & §v \\\\", str, "&\\"),
    _c("label_org", ":PROPERTIES:\n:§k: §v\n:END:", snake),
    _c("label_definition", "<dt>§k</dt>\n<dd>§v</dd>", str, MARKUP),
    _c("label_on_file", "The §k we have on file is §v, please check."),
    _c("label_update", "Please change my §k to §v before Friday."),
    _c("label_ja", "お客様の§kは「§v」です。"),
    _c("label_ko", "§k: §v (확인 완료)"),
    _c("label_ar", "§k هو §v"),
    _c("label_javascript", "const row = { id: §n, §k: '§v' };", camel, QUOTES),
    _c("label_ruby", '{ "§k" => "§v" }', snake, QUOTES),
    _c("label_typed", '{"field": "§k", "value": "§v"}', str, QUOTES),
    _c("label_sheet", "A2: §k\nB2: §v\nA3: Region\nB3: §w"),
    _c("label_diff", "@@ -4 +4 @@\n-§k:\n+§k: §v"),
    _c("label_key_value_csv", "field,value\n§k,§v\nregion,§w", str, ',"'),
    _c("label_to_string", "Customer[id=§n, §k=§v]", camel, "],="),
    _c("label_xml_attribute", '<customer id="§n" §k="§v"/>', snake, MARKUP),
    _c("label_task", "- [x] §k: §v\n- [ ] region"),
    _c("label_key_value_next", "§k\n§v\nRegion\n§w"),
    _c("label_mongosh", "{ _id: §n, §k: '§v' }", snake, QUOTES),
    _c("label_log", 'level=info msg="form saved" §k="§v"', snake, QUOTES),
    _c("label_ocr", "FORM §n\n§k  :  §v\nDATE  :"),
    _c("label_form_field", 'Field "§k" was filled with "§v".', str, QUOTES),
    _c("label_box", "│ §k │ §v │", str, "│"),
    _c("label_kwarg", 'create_customer(region="§w", §k="§v")', snake, QUOTES),
)  # fmt: skip
