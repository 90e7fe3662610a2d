"""Profile F, carriers: how names, labels, sentences and values stand together in the traffic of MCP servers."""

# ruff: noqa: E501, RUF001, RUF002  # tables of templates

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.redaction.carriers import MARKUP, QUOTES, Carrier, camel, kebab, pascal, snake, upper
from benchmarks.redaction.randomness import NOUNS, hexadecimal

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Render = Callable[[Random, str, str], str]

SHELL = " $#'\"\\`!&|;<>()*?"
DOUBLE = '"\\$`!'
SINGLE = "'\\"
LINE = " '\"#\\"


def _form(template: str, style: Callable[[str], str] = str) -> Render:
    """A template with ‹k› the name, ‹v› the value, ‹w› and ‹x› any words, ‹n› a number and ‹h› eight hex digits."""

    def render(rng: Random, name: str, value: str) -> str:
        fillings = {
            "‹w›": rng.choice(NOUNS),
            "‹x›": rng.choice(NOUNS),
            "‹n›": str(rng.randint(2, 900)),
            "‹h›": hexadecimal(rng, 8),
            "‹k›": style(name),
            "‹v›": value,
        }
        text = template
        for mark, filling in fillings.items():
            text = text.replace(mark, filling)
        return text

    return render


NAMED_CARRIERS = (
    Carrier("dotenv_section", _form("# ---- ‹w› ----\n‹k›=‹v›\nLOG_LEVEL=info\n", upper), SHELL),
    Carrier("envrc_default", _form('export ‹k›="${‹k›:-‹v›}"\nlayout python3\n', upper), DOUBLE + "}"),
    Carrier(
        "docker_run_multiline",
        _form("docker run -d --name ‹w› \\\n  -p ‹n›:8080 \\\n  --env ‹k›='‹v›' \\\n  ‹w›/server:latest", upper),
        SINGLE,
    ),
    Carrier("docker_secret_create", _form("printf '%s' '‹v›' | docker secret create ‹k› -", snake), SINGLE + "%"),
    Carrier(
        "kustomize_literals", _form("secretGenerator:\n- name: ‹w›-env\n  literals:\n  - ‹k›=‹v›\n", upper), SHELL + ":"
    ),
    Carrier(
        "tekton_param",
        _form('params:\n  - name: ‹k›\n    value: "‹v›"\n  - name: replicas\n    value: "2"\n', kebab),
        QUOTES,
    ),
    Carrier(
        "terraform_var_flag",
        _form("terraform apply -auto-approve -var 'region=eu-north-1' -var '‹k›=‹v›'", snake),
        SINGLE,
    ),
    Carrier("tf_var_environment", _form("TF_VAR_‹k›='‹v›' terraform plan -out=‹w›.tfplan", snake), SINGLE),
    Carrier(
        "ansible_extra_vars",
        _form("ansible-playbook -i hosts.ini site.yml -e \"‹k›='‹v›'\" --limit ‹w›", snake),
        DOUBLE + "'",
    ),
    Carrier(
        "gitlab_variable_api",
        _form(
            '[{"variable_type": "env_var", "key": "‹k›", "value": "‹v›", "protected": true, "masked": false, "environment_scope": "*"}]',
            upper,
        ),
        QUOTES,
    ),
    Carrier(
        "netlify_env_set",
        _form("$ netlify env:set ‹k› '‹v›'\nSet environment variable in the all context", upper),
        SINGLE,
    ),
    Carrier("fly_secrets_set", _form("fly secrets set ‹k›='‹v›' --app ‹w›-api", upper), SINGLE),
    Carrier(
        "supabase_secrets_set", _form("supabase secrets set ‹k›=‹v›\nFinished supabase secrets set.", upper), SHELL
    ),
    Carrier("dev_vars", _form('‹k› = "‹v›"\nENVIRONMENT = "development"\n', upper), QUOTES),
    Carrier(
        "beanstalk_option",
        _form(
            "option_settings:\n  - namespace: aws:elasticbeanstalk:application:environment\n    option_name: ‹k›\n    value: '‹v›'\n",
            upper,
        ),
        SINGLE,
    ),
    Carrier(
        "app_engine_yaml",
        _form("runtime: python312\nenv_variables:\n  ‹k›: '‹v›'\ninstance_class: F2\n", upper),
        SINGLE,
    ),
    Carrier(
        "functions_local_settings",
        _form(
            '{\n  "IsEncrypted": false,\n  "Values": {\n    "FUNCTIONS_WORKER_RUNTIME": "node",\n    "‹k›": "‹v›"\n  }\n}',
            pascal,
        ),
        QUOTES,
    ),
    Carrier(
        "dotnet_setting_element",
        _form('<setting name="‹k›" serializeAs="String">\n  <value>‹v›</value>\n</setting>', pascal),
        MARKUP,
    ),
    Carrier("jboss_cli", _form('/system-property=‹w›.‹k›:add(value="‹v›")', kebab), QUOTES + ")"),
    Carrier(
        "quarkus_profile",
        _form("quarkus.http.port=‹n›\n%dev.‹w›.‹k›=‹v›\n%prod.‹w›.url=https://‹w›.internal\n", kebab),
        LINE,
    ),
    Carrier("gradle_project_flag", _form("./gradlew publish -P‹k›='‹v›' --no-daemon", camel), SINGLE),
    Carrier("msbuild_property", _form("dotnet publish -c Release /p:‹k›=‹v› -o out/‹w›", pascal), SHELL + ",="),
    Carrier("bazel_action_env", _form("bazel build //‹w›/... --action_env=‹k›='‹v›'", upper), SINGLE),
    Carrier(
        "cross_env_script", _form('"scripts": {\n  "start:‹w›": "cross-env ‹k›=‹v› node dist/main.js"\n}', upper), SHELL
    ),
    Carrier(
        "ssh_remote_export", _form("ssh deploy@‹w›.internal \"export ‹k›='‹v›'; ./restart.sh\"", upper), DOUBLE + "'"
    ),
    Carrier(
        "powershell_machine_variable",
        _form('[Environment]::SetEnvironmentVariable("‹k›", "‹v›", "Machine")', upper),
        DOUBLE,
    ),
    Carrier("powershell_new_variable", _form("New-Variable -Name ‹k› -Value '‹v›' -Scope Script", pascal), SINGLE),
    Carrier("cron_assignment", _form("MAILTO=ops\n‹k›=‹v›\n15 3 * * * /opt/‹w›/sync.sh\n", upper), LINE + "%"),
    Carrier("gunicorn_raw_env", _form('bind = "0.0.0.0:‹n›"\nraw_env = ["‹k›=‹v›"]\nworkers = 4\n', upper), QUOTES),
    Carrier("append_dotenv", _form("echo '‹k›=‹v›' >> /srv/‹w›/.env && docker compose up -d", upper), SINGLE),
    Carrier("sed_replace", _form("sed -i 's|^‹k›=.*|‹k›=‹v›|' /etc/‹w›/app.env", upper), SINGLE + "|&"),
    Carrier("python_setdefault", _form('import os\nos.environ.setdefault("‹k›", "‹v›")\n', upper), QUOTES),
    Carrier("python_secret_str", _form('settings = Settings(region="eu", ‹k›=SecretStr("‹v›"))', snake), QUOTES),
    Carrier(
        "python_monkeypatch", _form('def test_‹w›(monkeypatch):\n    monkeypatch.setenv("‹k›", "‹v›")\n', upper), QUOTES
    ),
    Carrier("python_final", _form('‹k›: Final[str] = "‹v›"  # move to the vault\n', upper), QUOTES),
    Carrier("js_nullish_env", _form("process.env.‹k› ??= '‹v›';\nrequire('./‹w›');", upper), SINGLE),
    Carrier("js_local_storage", _form("localStorage.setItem('‹k›', '‹v›');", camel), SINGLE),
    Carrier("js_module_exports", _form("module.exports = {\n  port: ‹n›,\n  ‹k›: '‹v›',\n};", camel), SINGLE),
    Carrier(
        "ts_angular_environment",
        _form("export const environment = {\n  production: false,\n  ‹k›: '‹v›',\n};", camel),
        SINGLE,
    ),
    Carrier("go_setenv", _form('os.Setenv("‹k›", "‹v›")\ndefer os.Unsetenv("‹k›")', upper), QUOTES),
    Carrier("go_flag_default", _form('‹w› := flag.String("‹k›", "‹v›", "used by the importer")', kebab), QUOTES),
    Carrier("csharp_auto_property", _form('public string ‹k› { get; set; } = "‹v›";', pascal), QUOTES),
    Carrier("java_map_of", _form('Map<String, String> options = Map.of("region", "eu", "‹k›", "‹v›");', camel), QUOTES),
    Carrier("php_env_superglobal", _form("$_ENV['‹k›'] = '‹v›';\nrequire __DIR__.'/‹w›.php';", upper), SINGLE),
    Carrier("laravel_config_set", _form("config(['services.‹w›.‹k›' => '‹v›']);", snake), SINGLE),
    Carrier("ruby_initializer", _form("‹w›.configure do |config|\n  config.‹k› = '‹v›'\nend", snake), SINGLE),
    Carrier("perl_env", _form("$ENV{‹k›} = '‹v›';\nexec './‹w›.pl';", upper), SINGLE),
    Carrier(
        "apps_script_property",
        _form("PropertiesService.getScriptProperties().setProperty('‹k›', '‹v›');", upper),
        SINGLE,
    ),
    Carrier("vba_constant", _form('Private Const ‹k› As String = "‹v›"', upper), '"'),
    Carrier(
        "power_query_header",
        _form('Source = Json.Document(Web.Contents("https://‹w›.internal/v1", [Headers=[#"‹k›"="‹v›"]]))', kebab),
        '"',
    ),
    Carrier("abap_constant", _form("CONSTANTS lc_‹k› TYPE string VALUE '‹v›'.", snake), "'"),
    Carrier("mysql_session_variable", _form("SET @‹k› = '‹v›';\nCALL import_‹w›(@‹k›);", snake), SINGLE),
    Carrier(
        "spring_debug_property",
        _form(
            "2026-03-04 10:22:51.‹n› DEBUG o.s.c.e.PropertySourcesPropertyResolver - Found key '‹w›.‹k›' in PropertySource 'application' with value '‹v›'",
            kebab,
        ),
        SINGLE,
    ),
    Carrier(
        "wireshark_header",
        _form(
            "Hypertext Transfer Protocol\n    GET /v1/‹w› HTTP/1.1\\r\\n\n    ‹k›: ‹v›\\r\\n\n    [Request in frame: ‹n›]",
            kebab,
        ),
        "\\",
    ),
    Carrier(
        "set_cookie_line",
        _form("HTTP/1.1 200 OK\nSet-Cookie: ‹k›=‹v›; Path=/; HttpOnly; Secure\nContent-Length: ‹n›", snake),
        " ;,\"'\\",
    ),
    Carrier(
        "echoed_headers",
        _form(
            '{"method": "GET", "headers": {"Accept": "*/*", "X-‹k›": "‹v›"}, "url": "https://‹w›.internal/get"}', kebab
        ),
        QUOTES,
    ),
    Carrier(
        "box_table",
        _form(
            "┏━━━━━━━━━━┳━━━━━━━━━━┓\n┃ Setting  ┃ Value    ┃\n┡━━━━━━━━━━╇━━━━━━━━━━┩\n│ region   │ eu-west  │\n│ ‹k› │ ‹v› │\n└──────────┴──────────┘",
            snake,
        ),
        "│",
    ),
    Carrier(
        "grid_table",
        _form(
            "+--------+--------+\n| Name   | Value  |\n+========+========+\n| ‹k› | ‹v› |\n+--------+--------+", snake
        ),
        "|",
    ),
    Carrier(
        "two_columns",
        _form("NAME                 VALUE\nregion               eu-west\n‹k›             ‹v›\n", kebab),
        " ",
    ),
    Carrier("confluence_row", _form("<tr><th>‹k›</th><td><p>‹v›</p></td></tr>", str), MARKUP),
    Carrier("discord_spoiler", _form("‹k›: ||‹v||› — delete after reading".replace("‹v||›", "‹v›||"), snake), "|"),
    Carrier("checklist", _form("- [x] create ‹w› account\n- [x] ‹k›: `‹v›`\n- [ ] hand over", snake), "`"),
    Carrier(
        "merge_conflict",
        _form('<<<<<<< HEAD\n‹k› = "‹v›"\n=======\n‹k› = os.getenv("‹k›")\n>>>>>>> ‹w›', upper),
        QUOTES,
    ),
    Carrier("blame_line", _form("‹h› (‹w› 2025-11-06 14:02:11 +0100  ‹n›) ‹k› = '‹v›'", upper), SINGLE),
    Carrier("ripgrep_line", _form('services/‹w›/config.py:‹n›:    ‹k› = "‹v›"', snake), QUOTES),
    Carrier("gron_line", _form('json.‹w› = {};\njson.‹w›.‹k› = "‹v›";\njson.‹w›.size = ‹n›;', snake), QUOTES),
    Carrier(
        "sheet_values",
        _form(
            '{"range": "Access!A1:B3", "majorDimension": "ROWS", "values": [["Item", "Value"], ["‹k›", "‹v›"], ["owner", "‹w›"]]}',
            str,
        ),
        QUOTES,
    ),
    Carrier(
        "airtable_fields",
        _form(
            '{"records": [{"fields": {"Service": "‹w›", "‹k›": "‹v›"}, "createdTime": "2026-02-11T09:14:00.000Z"}]}',
            str,
        ),
        QUOTES,
    ),
    Carrier(
        "playwright_fill_id", _form("await page.fill('#‹k›', '‹v›');\nawait page.click('text=Sign in');", kebab), SINGLE
    ),
    Carrier("selenium_by_name", _form('driver.find_element(By.NAME, "‹k›").send_keys("‹v›")', snake), QUOTES),
    Carrier(
        "joi_error",
        _form('ValidationError: "‹k›" with value "‹v›" fails to match the required pattern: /^[a-z]+$/', camel),
        QUOTES,
    ),
    Carrier(
        "dotnet_argument_error",
        _form(
            "System.ArgumentException: Value does not fall within the expected range. (Parameter '‹k›')\nActual value was ‹v›.",
            camel,
        ),
        " ",
    ),
    Carrier("config_error_pair", _form("ConfigError: ‹k›='‹v›' was rejected by ‹w›:‹n›", snake), SINGLE),
    Carrier(
        "prose_moved",
        _form(
            "We switched ‹w› over yesterday; the new ‹k› is ‹v› and the old one stops on Friday.",
            lambda name: snake(name).replace("_", " "),
        ),
        " ",
    ),
    Carrier("prose_da_named", _form("Hej, her er ‹k› til ‹w›: ‹v›\nMvh", snake), " "),
    Carrier("prose_fi_named", _form("Hei, tässä ‹k› palvelulle ‹w›: ‹v›", snake), " "),
    Carrier("prose_cs_named", _form("Ahoj, posílám ‹k› pro ‹w›: ‹v›", snake), " "),
    Carrier("prose_uk_named", _form("Привіт, ось ‹k› для ‹w›: ‹v›", snake), " "),
)

BARE_CARRIERS = (
    Carrier("hibernate_binding", _form("TRACE o.h.orm.jdbc.bind - binding parameter (‹n›:VARCHAR) <- [‹v›]"), "[]"),
    Carrier("junit_equals", _form('assertEquals("‹v›", row.get(‹n›));'), QUOTES),
    Carrier("jest_to_be", _form("expect(‹w›.value).toBe('‹v›');"), SINGLE),
    Carrier("go_println", _form('fmt.Println("‹v›")'), QUOTES),
    Carrier("kotlin_list_of", _form('val ‹w› = listOf("‹x›", "‹v›")'), QUOTES + "$"),
    Carrier("ruby_puts", _form("puts '‹v›'"), SINGLE),
    Carrier("php_echo", _form("<?php echo '‹v›'; ?>"), SINGLE),
    Carrier("cpp_stream", _form('std::cout << "‹v›" << std::endl;'), QUOTES),
    Carrier("r_vector", _form('‹w› <- c("‹x›", "‹v›")'), QUOTES),
    Carrier("redis_monitor", _form('1767254400.‹n› [0 10.0.4.7:51322] "GET" "‹v›"'), QUOTES),
    Carrier("series_repr", _form("0    ‹w›\n1    ‹v›\nName: ‹x›, dtype: object"), ""),
    Carrier("whatsapp_export", _form("[12.03.26, 09:14:22] ‹w›: ‹v›\n[12.03.26, 09:15:03] ‹x›: thanks"), ""),
    Carrier("mail_reply_line", _form("> Could you send it again?\n\nSure: ‹v›\n\nBest"), ""),
    Carrier("sha_pipe", _form("echo -n '‹v›' | sha256sum"), SINGLE),
    Carrier("powershell_pipe", _form("'‹v›' | Out-File C:\\‹w›\\out.txt"), SINGLE),
    Carrier("xml_value_attribute", _form('<item id="‹n›" value="‹v›"/>'), MARKUP),
    Carrier("kibana_query", _form('index=‹w›-* "‹v›" | stats count by host'), QUOTES),
    Carrier(
        "traceback_call",
        _form("  File \"/app/‹w›.py\", line ‹n›, in run\n    lookup('‹v›')\nLookupError: nothing found"),
        SINGLE,
    ),
    Carrier("insert_row_last", _form("INSERT INTO ‹w› VALUES (‹n›, '‹x›', '‹v›');"), SINGLE),
    Carrier("sheet_row", _form('["‹w›", "‹x›", "‹v›", ‹n›]'), QUOTES),
    Carrier("calendar_note", _form("14:00-14:30 call with ‹w›. Bring this: ‹v›"), ""),
    Carrier("todo_bracket", _form("TODO(‹w›): remove ‹v› from the fixture"), ""),
    Carrier("czech_prose", _form("V příloze je ještě tohle: ‹v›, prosím zkontroluj."), ""),
    Carrier("danish_prose", _form("Kan du slå ‹v› op og svare i dag?"), ""),
    Carrier("finnish_prose", _form("Asiakas lähetti meille ‹v› eilen illalla."), ""),
    Carrier("romanian_prose", _form("Clientul ne-a trimis ‹v› ieri."), ""),
    Carrier("greek_prose", _form("Ο πελάτης έστειλε ‹v› χθες."), ""),
    Carrier("ukrainian_prose", _form("Клієнт надіслав ‹v› учора."), ""),
    Carrier("lookup_log", _form("INFO  [‹w›-worker-‹n›] lookup of ‹v› took ‹n› ms"), ""),
    Carrier("not_found_message", _form('{"error": "not_found", "message": "no record for ‹v›"}'), QUOTES),
    Carrier("markdown_quote_code", _form("> `‹v›`\n\nthat is what the form sent"), "`"),
    Carrier(
        "confluence_code_macro",
        _form(
            '<ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[‹v›]]></ac:plain-text-body></ac:structured-macro>'
        ),
        "<>[]",
    ),
)

SPOKEN_PASSWORD = (
    Carrier("spoken_one_word", _form("The password's ‹v› by the way, same for ‹w›.")),
    Carrier("spoken_case_sensitive", _form("PW: ‹v› (case sensitive)\nLet me know if it works.")),
    Carrier("spoken_pass_is", _form("hey, for ‹w› the pass is ‹v›\nuser is admin")),
    Carrier("spoken_first_login", _form("Your password for the first login is: ‹v›\nYou will be asked to change it.")),
    Carrier("spoken_use_as", _form('Please use "‹v›" as the password when the installer asks.')),
    Carrier("spoken_login_slash", _form("Login for the ‹w› portal\nUsername: ‹w›.‹n›\nPassword - ‹v›")),
    Carrier(
        "spoken_set_new",
        _form("I have set the password for the ‹w› account to ‹v›\nPlease change it after the first login."),
    ),
    Carrier("spoken_voicemail_transcript", _form("Agent: the temporary password is ‹v›\nCaller: thank you")),
    Carrier("spoken_de_wlan", _form("Das WLAN-Passwort im Büro lautet ‹v›\nViele Grüße")),
    Carrier("spoken_de_datei", _form("Die Datei ist geschützt, Passwort: ‹v›")),
    Carrier("spoken_fr_fichier", _form("Le mot de passe du fichier est : ‹v›\nCordialement")),
    Carrier("spoken_es_wifi", _form("La contraseña del wifi es ‹v›\nSaludos")),
    Carrier("spoken_it_wifi", _form("La password del wifi è ‹v›\nSaluti")),
    Carrier("spoken_nl_bestand", _form("Het wachtwoord van het bestand is ‹v›\nGroet")),
    Carrier("spoken_pl_plik", _form("Hasło do pliku: ‹v›\nPozdrawiam")),
    Carrier("spoken_sv_filen", _form("Lösenordet till filen är ‹v›\nHälsningar")),
    Carrier("spoken_da_filen", _form("Adgangskoden til filen er ‹v›\nHilsen")),
    Carrier("spoken_fi_tiedosto", _form("Tiedoston salasana on ‹v›\nTerveisin")),
    Carrier("spoken_cs_soubor", _form("Heslo k souboru je ‹v›\nS pozdravem")),
    Carrier("spoken_ro_fisier", _form("Parola pentru fișier este ‹v›\nCu stimă")),
    Carrier("spoken_tr_dosya", _form("Dosyanın şifresi: ‹v›\nİyi çalışmalar")),
    Carrier("spoken_pt_wifi", _form("A senha do wi-fi é ‹v›\nAbraço")),
)

LABELLED = (
    Carrier("label_value_object", _form('{"label": "‹k›", "value": "‹v›", "required": true}'), QUOTES),
    Carrier(
        "label_typeform_answer",
        _form('{"field": {"title": "‹k›", "type": "short_text"}, "answer": {"text": "‹v›"}}'),
        QUOTES,
    ),
    Carrier("label_form_mail", _form("New submission from the ‹w› form\n\n‹k›\t: ‹v›\nNewsletter\t: no\n"), ""),
    Carrier("label_question_mark", _form("Bot: ‹k›?\nVisitor: ‹v›\nBot: Thank you."), ""),
    Carrier("label_changed_from", _form("Field ‹k› changed from (empty) to ‹v› by ‹w›"), ""),
    Carrier("label_please_update", _form("Please update the record: ‹k› should be ‹v› now."), ""),
    Carrier("label_caller_gave", _form("Call note 14:22 - caller verified with ‹k›: ‹v›, wants a callback."), ""),
    Carrier("label_already_taken", _form("Validation failed: ‹k› '‹v›' has already been taken"), "'"),
    Carrier("label_duplicate", _form("WARN duplicate row ‹n›: ‹k›=‹v› exists already"), ""),
    Carrier("label_html_label_input", _form('<label>‹k› <input type="text" value="‹v›" readonly></label>'), MARKUP),
    Carrier("label_xml_field", _form('<field label="‹k›">‹v›</field>'), MARKUP),
    Carrier("label_php_entry", _form("    '‹k›' => '‹v›',"), "'\\"),
    Carrier("label_sheet_pair", _form('{"values": [["‹k›", "‹v›"], ["Status", "active"]]}'), QUOTES),
    Carrier(
        "label_box_row", _form("┌────────┬────────┐\n│ ‹k› │ ‹v› │\n│ Status │ active │\n└────────┴────────┘"), "│"
    ),
    Carrier("label_grid_row", _form("+-----+-----+\n| ‹k› | ‹v› |\n+-----+-----+"), "|"),
    Carrier("label_asterisk_form", _form("‹k› *\n‹v›\n\nRemarks\nnone"), ""),
    Carrier(
        "label_calendar_description", _form("DESCRIPTION:Appointment for ‹w›\\n‹k›: ‹v›\\nPlease arrive early"), "\\"
    ),
    Carrier("label_ticket_quote", _form("> ‹k›: ‹v›\n> Order: pending\n\nHi, thanks for the details."), ""),
    Carrier("label_two_columns", _form("‹k›              ‹v›\nDepartment              ‹w›\n"), ""),
    Carrier(
        "label_notion_property",
        _form('{"properties": {"‹k›": {"type": "rich_text", "rich_text": [{"plain_text": "‹v›"}]}}}'),
        QUOTES,
    ),
    Carrier("label_java_map", _form("{status=active, ‹k›=‹v›, size=‹n›}"), ",}"),
    Carrier("label_csharp_log", _form('Information: Saved contact with ‹k› "‹v›" in ‹n› ms'), '"'),
    Carrier("label_checked_item", _form("☑ ‹k›: ‹v›\n☐ contract signed"), ""),
    Carrier("label_slash_note", _form("HR file ‹n› / ‹k› ‹v› / starts in May"), ""),
    Carrier("label_confluence_row", _form("<tr><th>‹k›</th><td>‹v›</td></tr>"), MARKUP),
    Carrier("label_git_fixture", _form('+    "‹k›": "‹v›",\n+    "status": "active"'), QUOTES),
)
