"""A secret that is known by its name: assignments of many languages and formats."""

# ruff: noqa: RUF001  # signs that people write

from functools import lru_cache

import pytest

from otel_mcp.redaction import carriers, tables
from otel_mcp.redaction.gate import PlainGate, Re2Gate
from otel_mcp.redaction.scan import Scanner

RULES = (*carriers.RULES, *tables.RULES)
SCANNER = Scanner(RULES)
CANARIES = ("tR4f_mariGold9", "m8Vq2ZxK0pLw7RtY3nBd", "blue-Heron!42")


def redact(text):
    spans = sorted((hit.start, hit.end) for hit in SCANNER.hits(text))
    pieces, position = [], 0
    for start, end in spans:
        if end > position:
            pieces.append(text[position : max(start, position)] + "#")
            position = end
    return "".join(pieces) + text[position:]


ASSIGNED = r"""
password=§
PASSWORD="§"
export DB_PASSWORD='§'
password: §
password: "§"
"password": "§"
'password': '§'
{'user': 'ann', 'api_key': '§', 'n': 1}
{\"apiKey\": \"§\", \"n\": 1}
{\\\"apiKey\\\": \\\"§\\\"}
{"auths": {"r.example.org": {"auth": "§"}}}
line one\npassword=§\nline three
line one\ntoken=§\nline three
spring.datasource.password=§
app.jwt.secret = §
  password: &anchor §
  password: !!str §
- name: DB_PASSWORD\n  value: §
const apiKey = '§';
let token: string = "§";
var password string = "§"
const SECRET_KEY: &str = "§";
private static final String PASSWORD = "§";
string password = "§";
val apiToken: String = "§"
password: str = "§"
$password = '§';
$config['db_password'] = '§';
define('DB_PASSWORD', '§');
define( "AUTH_KEY", "§" );
@password = "§"
config.password = "§"
:password => "§",
password := "§"
os.environ["API_TOKEN"] = "§"
process.env.API_TOKEN = '§'
ENV['API_TOKEN'] = '§'
os.Setenv("API_TOKEN", "§")
System.setProperty("javax.net.ssl.keyStorePassword", "§")
config.set('secret', '§')
.env("API_TOKEN", "§")
login("ann", password="§")
connect(user="ann", passwd='§', db="x")
user.setPassword("§")
new Client().withToken("§")
builder.password("§")
if password == "§":
if (secret === '§') {
$env:API_TOKEN = "§"
set API_TOKEN=§
setx API_TOKEN "§"
ENV API_TOKEN §
ENV API_TOKEN=§
ARG NPM_TOKEN=§
tool --password § --verbose
tool --api-key=§ -v
tool --token "§"
Connect-It -Password § -User ann
["--password", "§"]
["tool", "--token", "§", "-v"]
java -Dspring.datasource.password=§ -jar x.jar
keytool -list -storepass § -keystore x.jks
gpg --batch --passphrase § -d x
helm install x --set db.password=§
ansible-playbook x.yml --extra-vars "db_password=§ y=1"
kubectl create secret generic x --from-literal=password=§
aws_secret_access_key = §
aws_session_token=§
//registry.npmjs.org/:_authToken=§
_auth = §
npm config set //registry.example.org/:_authToken §
secret_key_base: §
requirepass §
resource "x" "y" {\n  password = "§"\n}
Server=db;User Id=ann;Password=§;Encrypt=yes
Driver={X};Server=db;Uid=ann;Pwd=§;
DefaultEndpointsProtocol=https;AccountName=x;AccountKey=§;EndpointSuffix=core.windows.net
Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=§
host=db port=5432 user=ann password=§ dbname=x
host=db user=ann password='§' dbname=x
org.apache.kafka.PlainLoginModule required username="ann" password="§";
X-Api-Key: §
x-auth-token: §
PRIVATE-TOKEN: §
Ocp-Apim-Subscription-Key: §
X-Hub-Signature-256: §
curl -H 'X-Vault-Token: §' https://x
curl -H "PRIVATE-TOKEN: §" https://x
['X-Api-Key', '§']
("X-Api-Key", "§")
<password>§</password>
<wsse:Password Type="http://x#PasswordText">§</wsse:Password>
<user name="ann" password="§"/>
<add key="ApiKey" value="§" />
<property name="password">§</property>
<property name="password" value="§"/>
<entry key="password">§</entry>
<name>fs.s3a.secret.key</name>\n  <value>§</value>
<key>password</key>\n<string>§</string>
<input type="password" name="p" value="§">
&lt;password&gt;§&lt;/password&gt;
{&quot;password&quot;: &quot;§&quot;}
<th>Password</th><td>§</td>
| password | § |
**Password:** §
`password`: `§`
{"name": "DB_PASSWORD", "value": "§"}
{"value": "§", "name": "DB_PASSWORD"}
{"Name": "DB_PASSWORD", "Type": "SecureString", "Value": "§"}
[{"key":"Authorization","value":"§"}]
user[password]=§
/login?user=ann&password=§&x=1
password -> §
token => '§'
data["user"]["password"] = "§"
input_value={'user': 'a', 'password': '§'}, input_type=dict
public string ApiKey { get; set; } = "§";
public required string DbPassword { get; init; } = "§";
variable "db_password" {\n  type    = string\n  default = "§"\n}
starting with apiToken=[§]
["x-api-key", "§"]
tokens:\n  - §
пароль: §
пароль=§
密码：§
密码是 §
パスワード: §
비밀번호: §
contraseña: §
hasło: §
Kennwort: §
Passwort: §
Mot de passe : §
senha: §
wachtwoord: §
""".strip().splitlines()


@pytest.mark.parametrize("canary", CANARIES)
@pytest.mark.parametrize("frame", ASSIGNED)
def test_a_value_under_a_telling_name_is_removed(frame, canary):
    for text in (frame, frame.replace("\\n", "\n")):
        redacted = redact(text.replace("§", canary))
        assert canary not in redacted
        assert not any(part in redacted for part in (canary[:8], canary[-8:]))
        assert redacted.split("#")[0] in text.replace("§", canary)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("password: |\n  one two\n  three\nuser: ann", "password: |\n  #\nuser: ann"),
        ("a:\n  secret: >-\n    one\n    two\n  b: 1", "a:\n  secret: >-\n    #\n  b: 1"),
        ("password:\n  marigold\nuser: ann", "password:\n  #\nuser: ann"),
        ('KEY="x"\nAPI_TOKEN="one\ntwo"\nB=1', 'KEY="x"\nAPI_TOKEN="#"\nB=1'),
        ("Server=db;Password=mari gold 17;X=1", "Server=db;Password=#;X=1"),
        ("Cookie: theme=dark; sid=marigold", "Cookie: #"),
        ("Set-Cookie: sid=marigold17; Path=/; HttpOnly", "Set-Cookie: sid=#; Path=/; HttpOnly"),
        ('Authorization: Digest username="ann", realm="x", response="0a4f113b"\nHost: x', "Authorization: #\nHost: x"),
        ("curl -H 'Authorization: Bearer abc.def17' https://x", "curl -H 'Authorization: #' https://x"),
        ('["Authorization", "Bearer marigold17"]', '["Authorization", "Bearer #"]'),
        ("a\\nAuthorization: Basic dXNlcjptYXJpZ29sZA==\\r\\nHost: x", "a\\nAuthorization: #\\r\\nHost: x"),
        ("passwords:\n  - mari17gold\n  - lark18spur\nuser: ann", "passwords:\n  - #\nuser: ann"),
        ('"tokens": ["mari17gold", "lark18spur"], "n": 1', '"tokens": ["#"], "n": 1'),
        ("a:\n  secret_key:\n    mari17gold==\n  b: 1", "a:\n  secret_key:\n    #\n  b: 1"),
        ("password=correct&user=ann", "password=#&user=ann"),
        ("PASSWORD=ab&cd'ef", "PASSWORD=#"),
    ],
)
def test_the_value_is_taken_whole_and_nothing_else(text, clean):
    assert redact(text) == clean


HARMLESS = r"""
password: must have at least 8 characters
Password is required
fix token: handle expiry in the parser
the token is invalid
the secret is out
your password is too short
password has been reset
the password was changed yesterday
a password is a word
Your password is about to expire in 3 days
password is 8 characters long
max_tokens=512, token_count: 17
def login(user: str, password: str) -> Token:
password=$DB_PASSWORD and token=${TOKEN} and secret=<your secret>
api_key: your-api-key-here
api_key = "YOUR_API_KEY"
token: {{ .Values.token }}
password = %s
if password == other:
if (token === null) {
Token::new(x)
author: ann, authority = west
primary_key=id
password=None token=null
password=********
password: [REDACTED]
monkey=banana
the schema is {"password": {"type": "string"}}
password = get_password()
password = getpass.getpass("Password: ")
token = request.headers.get("Authorization")
api_key = os.environ["API_KEY"]
api_key = os.getenv("API_KEY")
const token = process.env.TOKEN;
const token = await fetchToken(user);
secret = settings.SECRET_KEY
client = Client(token=access_token, password=user_password)
login(username, password)
login(password=password, token=self.token)
const { token, password } = props;
return jwt.sign(payload, secret)
"required": ["password", "token"]
fields = ("username", "password", "first_name")
{"label": "Password", "placeholder": "Enter your password"}
passwordLabel: "Password:"
<label for="password">Password</label>
<input type="password" name="password" placeholder="Enter your password">
password VARCHAR(255) NOT NULL,
token: Optional[str] = None
password: string;
token_type: Bearer
"token_endpoint": "https://x.example.org/token"
"authorization_endpoint": "https://x.example.org/auth"
authorization_servers: https://x.example.org
secretary: Ann Miller 1984ab
tokenizer: cl100k_base
keyboard: qwerty123
sort_key: created_at
cache_key=9f86d081884c7d65
public_key = "AAAAB3NzaC1yc2E17"
idempotency_key: 550e8400-e29b-41d4-a716-446655440000
password_policy: min12-upper1-digit1
has_password: true1
session_count: 17a
invalid token '<' at line 3
unexpected token }
syntax error near unexpected token `newline'
secrets "db-creds" not found
the pin is bent
GPIO pin 13 is high
a passkey is a better password
keep your password safe, keep your token private
see the password policy of 2024
reset your password at https://example.org/reset
forgot password? click here
the cookie policy changed on 2024-01-02
accept cookies to continue
key value store v2.3.1 is used
no api key was given
API key not found
the api key is missing
the token has 512 dimensions
wrong password for user ann
Basic authentication and Bearer tokens are supported
PWD=/home/ann/project
import secrets
from x import token_urlsafe
password-protected file
secret santa is on friday
secret_santa: december17
{"secretMenu": "burger 17", "secret-ingredient": "saffron42"}
secrets:\n  - db_password\n  - api-key
arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/valley-JPBw7x
  --password-stdin   take the password from standard input
Password string `json:"password"`
BadCredentialsException: Bad credentials
<input type="password" placeholder="Your password" required><a href="/x">
{"securitySchemes": {"ApiKeyAuth": {"type": "apiKey", "in": "header"}}}
{"bos_token": "<s>", "pad_token": null}
--discovery-token-ca-cert-hash sha256:503962f29e1144979be949075960f60dd8baa8e502226a559fc321e9fc77ecb5
headers: { Authorization: `Bearer ${token}` }
Authorization: Bearer <token>
token_type=Bearer status=200
type Password = string
export const selectToken = createSelector
""".strip().splitlines()


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_no_secret_under_a_telling_name_stays(text):
    assert redact(text) == text


@lru_cache(maxsize=1)
def _scanners():
    # The gate also sees the rule for base64, which the scanner adds.
    every = Scanner(RULES).rules
    return Scanner(RULES, Re2Gate(every)), Scanner(RULES, PlainGate(every))


@pytest.mark.parametrize("text", [frame.replace("§", "m8Vq2ZxK0pLw7RtY3nBd") for frame in ASSIGNED] + HARMLESS)
def test_what_the_rules_find_does_not_depend_on_the_gate(text):
    pytest.importorskip("re2")
    fast, plain = [{hit[:2] for hit in scanner.hits(text)} for scanner in _scanners()]
    assert fast == plain


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_name_and_its_value_in_a_line_are_a_pair_wherever_lines_end(end):
    text = f"key,value{end}user,bob{end}db_password,Vx7kQ2mZp9Lw{end}"
    assert redact(text) == text.replace("Vx7kQ2mZp9Lw", "#")


PINS = ['Map.of("doorPin", "039181")', 'door-pin "039181"', "{'alarm_pin': ['039181']}", "id,safe_pin\n7,039181\n"]


@pytest.mark.parametrize("text", PINS)
def test_digits_that_open_something_are_a_secret(text):
    assert redact(text) == text.replace("039181", "#")
    assert redact(text.replace("039181", "17")) == text.replace("039181", "17")


@pytest.mark.parametrize("text", ['{kToken, "token"}', '{Token, "Bearer token"}', '{password, "Password"}'])
def test_a_list_of_a_name_and_a_word_is_no_tuple_of_a_secret(text):
    assert redact(text) == text
