"""What is typed into forms, and accounts as people hand them over: found, near and far from all else."""

# words as they are written

import pytest

from otel_mcp.redaction import Redactor
from otel_mcp.redaction.ruleset import builtin_scanner

REDACTOR = Redactor()
SECRET = "wQ0OG-Wpdjx1xgp"

TELLS = [
    "cy.get('input[name=password]').type('§', { log: false })",
    "await page.getByLabel('Password').fill('§');",
    "await page.getByRole('textbox', { name: 'Password' }).fill('§')",
    'driver.find_element(By.ID, "password").send_keys("§")',
    'driver.findElement(By.id("pwd")).sendKeys("§");',
    "await page.fill('#password', '§');",
    "page.type('input[name=\"pwd\"]', '§')",
    "fill_in 'Password', with: '§'",
    "Input Password    id:password    §",
    '- textbox "Password" [ref=e5]: §\n- button "Log in" [ref=e6]',
    'uid=1_5 textbox "Password" value="§"',
    'Then {"element": "Password textbox", "ref": "e68", "text": "§", "submit": true} and wait.',
    '@Value("${orders.svc-password:§}")\nprivate String setting;',
    "New-ADUser -Name ann -AccountPassword (ConvertTo-SecureString -AsPlainText '§' -Force) -Enabled $true",
    "composer config --global http-basic.repo.example.internal ci §",
    "echo § | docker login --username ann --password-stdin registry.example.org",
    '$pair = "svc-ann:§"\n$bytes = [Text.Encoding]::ASCII.GetBytes($pair)',
    "const db = new Sequelize('orders', 'app', '§', { dialect: 'mysql' });",
    "session = winrm.Session('win01', auth=('CORP\\\\ann', '§'), transport='ntlm')",
    'type=EXECVE msg=audit(1777000000.101:66): argc=3 a0="mysqladmin" a1="-uroot" a2="-p§"',
    "Process Command Line: net  user ann § /add /domain",
    'User.withUsername("admin").password("{noop}§").roles("ADMIN").build();',
    '<stringProp name="Argument.name">password</stringProp>\n<stringProp name="Argument.value">§</stringProp>',
    "* router admin page, admin / §\n* spare keys in drawer 3",
    "You can sign in as ann.admin / § (password) on the staging box.",
    "Password for the attachment (7-Zip): §\n\nPayroll",
    "Ann  11:35\nvercel api token below\n§\nBob  11:36\nthx!",
    "as discussed, the api key is:\n\n    §\n\nBest,\nAnn",
    'Ich habe dein Passwort auf "§" zurückgesetzt.',
]

HARMLESS = [
    "expect(page.getByLabel('Password')).toBeVisible()",
    "form.input('password').val('');",
    "validate('password', 'required')",
    '- textbox "Search" [ref=e5]: password policy',
    '{"element": "Search box", "text": "password reset"}',
    "POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?set it in .env}",
    "WARNING! Using --password via the CLI is insecure. Use --password-stdin.",
    "New-ADUser -AccountPassword (ConvertTo-SecureString $plain -AsPlainText -Force)",
    "roles: admin / editor (custom), viewer / none",
    "Enter your current password and the new password twice.</li></ol><p>Passwords need 12 characters.",
    "The steps for a new password: open the settings.",
    "echo done | tee --append log.txt",
]


@pytest.mark.parametrize("text", TELLS)
def test_what_is_typed_or_handed_over_is_removed(text):
    clean = REDACTOR.scope().value(text.replace("§", SECRET)).value
    assert SECRET[:8] not in clean
    assert SECRET[-8:] not in clean


@pytest.mark.parametrize("text", TELLS)
def test_it_is_found_far_from_all_else_as_well(text):
    filler = "The otter left the harbor before noon. " * 150
    found = {hit.plain for hit in builtin_scanner().hits(f"{filler}\n{text.replace('§', SECRET)}\n{filler}")}
    assert any(SECRET in one for one in found)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_like_it_stays(text):
    assert REDACTOR.scope().value(text).value == text


@pytest.mark.parametrize(
    ("call", "clean"),
    [
        (
            {"element": "Password textbox", "text": "hunter2x"},
            {"element": "Password textbox", "text": "[REDACTED:key]"},
        ),
        (
            {"element": "Date of birth field", "text": "1984-03-12"},
            {"element": "Date of birth field", "text": "[REDACTED:birth-date]"},
        ),
        ({"element": "Comment box", "text": "hunter2x"}, {"element": "Comment box", "text": "hunter2x"}),
        ({"text": "hunter2x"}, {"text": "hunter2x"}),
    ],
)
def test_a_call_that_types_into_a_field_is_read_by_the_name_of_the_field(call, clean):
    for _ in range(2):  # the second time the keys are known
        assert REDACTOR.scope().value({"arguments": call}).value == {"arguments": clean}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("home address: 28 Maple Road, Norwich NR3 4SS\nthanks", "postal-address"),
        ('{"shippingAddress": "4636 Prospect St Unit 34, Madison"}', "postal-address"),
        ("Anschrift: Bergstr. 10a, 55151 Mainz", "postal-address"),
        ("my medical record number is 6490352 , can you check", "health-id"),
        ("health_plan_member_id: PPV976594204", "health-id"),
        ("<dt>chave pix</dt>\n<dd>9104e93b-7c3a-4f6e-b699-5076288ceeb1</dd>", "bank-account"),
        ("routing and account number: 111002353 7113695619", "bank-account"),
        ("cpf_cliente=47501265003", "national-id"),
        ("I-94 number: 14744403M22", "national-id"),
        ("IOE2400138629", "national-id"),
        ("Passnummer JKT13RGC5", "passport"),
        ("telefoonnummer: 06-90905822", "phone"),
        ("Agent: could you confirm your phone number?\nCustomer: 044 900 20 86", "phone"),
    ],
)
def test_a_datum_beside_its_label_is_removed(text, kind):
    clean = REDACTOR.scope().value({"text": text}).value["text"]
    assert f"[REDACTED:{kind}]" in clean
    assert not any(len(word) > 5 and word.isdigit() for word in clean.replace(".", " ").split())


@pytest.mark.parametrize(
    "text",
    [
        "home address: see the form",
        "the billing address of the order is missing in 12 cases",
        "dd.trace_id=6732281472122433140 dd.span_id=7648",
        "ssn_provided=true otp_channel=sms tokens_out=5689 password_encoder=BCryptPasswordEncoder",
    ],
)
def test_a_label_without_its_datum_changes_nothing(text):
    assert REDACTOR.scope().value({"text": text}).value["text"] == text
