"""Whole harmless results, profile d: what servers for desktops, games, devices and data return; nothing may change."""

# ruff: noqa: E501, RUF001  # texts, read as they stand; letters of many scripts

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.redaction.randomness import NOUNS, hexadecimal, pick, sentence, uuid4

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    JSON = Any


def _text(text: str) -> JSON:
    return {"content": [{"type": "text", "text": text}], "isError": False}


def home_states(rng: Random) -> JSON:
    kinds = ("light", "sensor", "switch", "climate")
    return {
        "states": [
            {
                "entity_id": f"{rng.choice(kinds)}.{rng.choice(NOUNS)}",
                "state": rng.choice(("on", "off", "21.4")),
                "attributes": {"friendly_name": rng.choice(NOUNS).title(), "supported_features": rng.randint(0, 63)},
                "context": {"id": pick(rng, "0123456789ABCDEFGHJKMNPQRSTVWXYZ", 26), "parent_id": None},
            }
            for _ in range(5)
        ]
    }


def platformio_build(rng: Random) -> JSON:
    return _text(
        f"Processing esp32dev (platform: espressif32; board: esp32dev; framework: arduino)\nLDF Modes: Finder ~ chain\nFound 33 compatible libraries\nCompiling .pio/build/esp32dev/src/{rng.choice(NOUNS)}.cpp.o\nRAM:   [==        ]  14.{rng.randint(1, 9)}% (used {rng.randint(40000, 60000)} bytes from 327680 bytes)\nFlash: [======    ]  58.1% (used 761{rng.randint(100, 999)} bytes from 1310720 bytes)\n=== [SUCCESS] Took 12.34 seconds ==="
    )


def unity_scene(rng: Random) -> JSON:
    guid = hexadecimal(rng, 32)
    return _text(
        f"%YAML 1.1\n%TAG !u! tag:unity3d.com,2011:\n--- !u!1 &{rng.randint(10**8, 10**9)}\nGameObject:\n  m_Name: {rng.choice(NOUNS).title()}\n  m_Component:\n  - component: {{fileID: {rng.randint(10**8, 10**9)}}}\n  m_Script: {{fileID: 11500000, guid: {guid}, type: 3}}\n  m_IsActive: 1"
    )


def blender_scene(rng: Random) -> JSON:
    return {
        "name": "Scene",
        "object_count": 3,
        "objects": [
            {
                "name": f"{rng.choice(NOUNS).title()}.{n:03}",
                "type": "MESH",
                "location": [round(rng.uniform(-9, 9), 3) for _ in range(3)],
            }
            for n in range(3)
        ],
        "materials_count": rng.randint(1, 12),
    }


def anki_cards(rng: Random) -> JSON:
    return {
        "result": [
            {
                "cardId": rng.randint(1_500_000_000_000, 1_700_000_000_000),
                "deckName": "Kiswahili",
                "question": "nenosiri",
                "answer": "password",
                "interval": rng.randint(1, 90),
            },
            {
                "cardId": rng.randint(1_500_000_000_000, 1_700_000_000_000),
                "deckName": "Kiswahili",
                "question": "ufunguo",
                "answer": "key",
                "interval": rng.randint(1, 90),
            },
        ],
        "error": None,
    }


def obsidian_note(rng: Random) -> JSON:
    return _text(
        f"---\ntags: [project, {rng.choice(NOUNS)}]\nstatus: draft\nreviewed:: 2026-02-03\n---\n# {rng.choice(NOUNS).title()} migration\n\n- [x] Move [[{rng.choice(NOUNS)}]] to the new vault\n- [ ] Decide who keeps the keys of the store room\n\n> [!note] {sentence(rng)}\n\n![[{rng.choice(NOUNS)}.png|300]] ^block-{hexadecimal(rng, 6)}"
    )


def playlist(rng: Random) -> JSON:
    return {
        "name": f"{rng.choice(NOUNS).title()} Radio",
        "tracks": {
            "total": 2,
            "items": [
                {
                    "uri": f"spotify:track:{pick(rng, 'abcdefghijkLMNOPQRSTUVWXYZ0123456789', 22)}",
                    "name": f"Secret {rng.choice(NOUNS).title()}",
                    "duration_ms": rng.randint(120_000, 400_000),
                    "key": rng.randint(0, 11),
                    "tempo": 120.5,
                }
                for _ in range(2)
            ],
        },
    }


def brew_info(rng: Random) -> JSON:
    return _text(
        f"==> {rng.choice(NOUNS)}: stable 2.{rng.randint(1, 40)}.0 (bottled), HEAD\nCommand-line password-free sync tool\nhttps://{rng.choice(NOUNS)}.dev/\nInstalled\n/opt/homebrew/Cellar/{rng.choice(NOUNS)}/2.4.0 (14 files, 5.3MB) *\n  Poured from bottle on 2026-01-12 at 09:14:02\n==> Dependencies\nRequired: openssl@3, pcre2\n==> Caveats\nTo restart after an upgrade: brew services restart {rng.choice(NOUNS)}"
    )


def apt_upgrade(rng: Random) -> JSON:
    return _text(
        f"Reading package lists... Done\nGet:1 http://deb.debian.org/debian bookworm/main amd64 libsecret-1-0 amd64 0.20.5-3 [116 kB]\nGet:2 http://deb.debian.org/debian bookworm/main amd64 gnome-keyring amd64 42.1-1 [8{rng.randint(10, 99)} kB]\nFetched 1,{rng.randint(100, 999)} kB in 2s (612 kB/s)\nUnpacking libpam-passwdqc (2.0.2-1) ...\nSetting up login (1:4.13+dfsg1-1) ..."
    )


def npm_audit(rng: Random) -> JSON:
    return _text(
        f"# npm audit report\n\njsonwebtoken  <=8.5.1\nSeverity: moderate\njsonwebtoken's insecure implementation of key retrieval function could lead to forgeable tokens - https://github.com/advisories/GHSA-hjrf-2m68-5959\nfix available via `npm audit fix --force`\nnode_modules/{rng.choice(NOUNS)}\n\n{rng.randint(2, 9)} vulnerabilities (3 moderate, 1 high)"
    )


def pip_list(rng: Random) -> JSON:
    rows = [
        ("keyring", "25.2.1"),
        ("secretstorage", "3.3.3"),
        ("python-dotenv", "1.0.1"),
        ("tiktoken", "0.7.0"),
        ("passlib", "1.7.4"),
        ("tokenizers", f"0.19.{rng.randint(0, 9)}"),
    ]
    return _text(
        "Package            Version\n------------------ ---------\n"
        + "\n".join(f"{name:18} {version}" for name, version in rows)
    )


def git_blame(rng: Random) -> JSON:
    return _text(
        "\n".join(
            f"{hexadecimal(rng, 9)} (ci-bot 2025-11-{rng.randint(10, 28)} 08:1{rng.randint(0, 9)}:00 +0300 {n:3}) {text}"
            for n, text in enumerate(
                (
                    "def read_token(stream):",
                    '    """Return the next token of the stream."""',
                    "    token = stream.next()",
                    "    if token.kind == 'key':",
                    "        return None",
                    "    return token",
                ),
                40,
            )
        )
    )


def notebook_outputs(rng: Random) -> JSON:
    return {
        "cells": [
            {
                "cell_type": "code",
                "execution_count": rng.randint(1, 60),
                "id": hexadecimal(rng, 8),
                "metadata": {"id": pick(rng, "abcdefghijkLMNOPQRSTUVWX0123456789_", 12)},
                "source": ["tokens = tokenizer(text)\n", "len(tokens['input_ids'])"],
                "outputs": [{"output_type": "execute_result", "data": {"text/plain": [str(rng.randint(100, 900))]}}],
            }
        ],
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def duckdb_result(rng: Random) -> JSON:
    rows = "\n".join(f"│ {rng.choice(NOUNS):9} │ {rng.randint(1000, 99999):8} │ {rng.random():.6f} │" for _ in range(4))
    return _text(
        f"┌───────────┬──────────┬──────────┐\n│   region  │  orders  │   share  │\n│  varchar  │  int64   │  double  │\n├───────────┼──────────┼──────────┤\n{rows}\n└───────────┴──────────┴──────────┘"
    )


def sqlite_schema(rng: Random) -> JSON:
    return _text(
        f"CREATE TABLE account (\n  id INTEGER PRIMARY KEY,\n  login TEXT NOT NULL UNIQUE,\n  password_hash TEXT NOT NULL,\n  totp_secret BLOB,\n  created_at TEXT DEFAULT CURRENT_TIMESTAMP\n);\nCREATE TABLE api_token (\n  token_hash TEXT PRIMARY KEY,\n  account_id INTEGER REFERENCES account(id),\n  label TEXT DEFAULT '{rng.choice(NOUNS)}',\n  expires_at TEXT\n);\nCREATE INDEX idx_token_account ON api_token(account_id);"
    )


def ollama_list(rng: Random) -> JSON:
    return _text(
        "NAME                       ID              SIZE      MODIFIED\n"
        + "\n".join(
            f"{name:26} {hexadecimal(rng, 12)}    {rng.randint(1, 40)} GB     {rng.randint(2, 9)} days ago"
            for name in ("llama3.1:8b", "qwen2.5-coder:7b", "nomic-embed-text:latest")
        )
    )


def model_card(rng: Random) -> JSON:
    return _text(
        f"---\nlicense: apache-2.0\nbase_model: {rng.choice(NOUNS)}-ai/{rng.choice(NOUNS)}-7b\npipeline_tag: text-generation\n---\n# Model card\n\nTrained on {rng.randint(2, 15)} trillion tokens; context of 32768 tokens; the vocabulary has 151643 tokens, with <|endoftext|> as the pad token. Passkey retrieval accuracy at 32k: 98.{rng.randint(1, 9)}%."
    )


def page_snapshot(rng: Random) -> JSON:
    return _text(
        f'- Page URL: https://{rng.choice(NOUNS)}.dev/login\n- Page Title: Sign in\n- Page Snapshot\n```yaml\n- heading "Sign in" [level=1] [ref=e{rng.randint(2, 9)}]\n- textbox "Email" [ref=e12]\n- textbox "Password" [ref=e14]\n- button "Show password" [ref=e15]\n- link "Forgot your password?" [ref=e16]\n- checkbox "Keep me signed in" [ref=e18]\n```'
    )


def lighthouse(rng: Random) -> JSON:
    return {
        "lighthouseVersion": "12.2.1",
        "categories": {"performance": {"score": round(rng.random(), 2)}, "accessibility": {"score": 0.98}},
        "audits": {
            "paste-preventing-inputs": {"title": "Allows users to paste into password fields", "score": 1},
            "uses-http2": {"numericValue": rng.randint(0, 400)},
        },
    }


def xcodebuild(rng: Random) -> JSON:
    return _text(
        f"CompileSwift normal arm64 /build/{rng.choice(NOUNS)}/TokenStore.swift (in target 'App' from project 'App')\n/build/App/KeychainItem.swift:{rng.randint(10, 90)}:21: warning: variable 'password' was never mutated; consider changing to 'let' constant\nCodeSign App.app (in target 'App')\n    Signing Identity:     \"-\"\n** BUILD SUCCEEDED ** [41.{rng.randint(100, 999)} sec]"
    )


def logcat(rng: Random) -> JSON:
    return _text(
        f"11-24 09:14:02.{rng.randint(100, 999)}  1420  1433 I ActivityManager: Start proc 9{rng.randint(100, 999)}:dev.{rng.choice(NOUNS)}/u0a121 for activity\n11-24 09:14:02.710  9321  9321 W InputMethod: token of window is null, ignoring showSoftInput\n11-24 09:14:02.733  1420  1502 D KeyguardViewMediator: handleHide\n11-24 09:14:03.001  9321  9340 E GLRenderer: pass 2 failed: framebuffer incomplete"
    )


def flutter_doctor(rng: Random) -> JSON:
    return _text(
        f"Doctor summary (to see all details, run flutter doctor -v):\n[✓] Flutter (Channel stable, 3.27.{rng.randint(0, 9)}, on macOS 15.2 24C101 darwin-arm64, locale sw-KE)\n[✓] Android toolchain - develop for Android devices (Android SDK version 35.0.0)\n[!] Xcode - develop for iOS and macOS (Xcode 16.2)\n    ✗ CocoaPods not installed.\n[✓] VS Code (version 1.96.{rng.randint(0, 4)})\n\n! Doctor found issues in 1 category."
    )


def gas_report(rng: Random) -> JSON:
    return _text(
        f"| contracts/{rng.choice(NOUNS).title()}Token.sol:Token contract |       |      |\n|----------------------------------|-------|------|\n| Function Name                    | min   | avg  |\n| approve                          | {rng.randint(20000, 49000)} | {rng.randint(20000, 49000)} |\n| transferFrom                     | 31240 | 3{rng.randint(1000, 9999)} |\nSuite result: ok. {rng.randint(2, 30)} passed; 0 failed; finished in 12.41ms"
    )


def solidity_code(rng: Random) -> JSON:
    return _text(
        f"// SPDX-License-Identifier: MIT\npragma solidity ^0.8.24;\n\ncontract {rng.choice(NOUNS).title()}Vault {{\n    mapping(address => uint256) public balanceOf;\n    IERC20 public immutable token;\n\n    constructor(IERC20 token_) {{ token = token_; }}\n\n    function deposit(uint256 amount) external {{\n        token.transferFrom(msg.sender, address(this), amount);\n        balanceOf[msg.sender] += amount;\n    }}\n}}"
    )


def recipe(rng: Random) -> JSON:
    return {
        "title": "Mandazi with cardamom",
        "serves": rng.randint(2, 8),
        "ingredients": ["500 g flour", "1 tsp salt", "2 tsp yeast", "120 ml coconut milk"],
        "steps": ["Mix and pass through a sieve.", "The key is to rest the dough.", "Fry until golden."],
        "secret_ingredient": rng.choice(("cardamom", "nutmeg", "orange zest")),
        "rating": round(rng.uniform(3, 5), 2),
    }


def transit(rng: Random) -> JSON:
    return {
        "stop": "Shibuya",
        "departures": [
            {
                "line": rng.choice(("Ginza", "Hanzomon", "Fukutoshin")),
                "platform": rng.randint(1, 6),
                "at": f"2026-02-11T08:{rng.randint(10, 59)}:00+09:00",
                "delay_s": rng.randint(0, 300),
                "pass_types": ["day", "month"],
            }
            for _ in range(3)
        ],
    }


def earthquakes(rng: Random) -> JSON:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "id": f"us7000{pick(rng, 'abcdefghijklmnop', 4)}",
                "properties": {
                    "mag": round(rng.uniform(2, 7), 1),
                    "place": "South of the Fiji Islands",
                    "time": rng.randint(1_750_000_000_000, 1_790_000_000_000),
                },
                "geometry": {
                    "type": "Point",
                    "coordinates": [round(rng.uniform(177, 179), 4), round(rng.uniform(-26, -20), 4), 560.2],
                },
            }
            for _ in range(3)
        ],
    }


def rss_feed(rng: Random) -> JSON:
    return _text(
        f'<?xml version="1.0"?>\n<rss version="2.0"><channel><title>{rng.choice(NOUNS).title()} notes</title>\n<item><title>Why passwords expire, and why they should not</title><guid isPermaLink="false">{uuid4(rng)}</guid><pubDate>Wed, 11 Feb 2026 09:14:02 GMT</pubDate><description>{sentence(rng)}</description></item>\n</channel></rss>'
    )


def encyclopedia(rng: Random) -> JSON:
    return _text(
        rng.choice(
            (
                "Neno la siri ni mfuatano wa herufi unaotumika kuthibitisha mtumiaji. Historia ya maneno ya siri ni ndefu.",
                "비밀번호는 사용자를 확인하기 위한 문자열이다. 고대 로마의 군대도 암호를 사용하였다.",
                "পাসওয়ার্ড হল একটি গোপন শব্দ যা ব্যবহারকারীকে শনাক্ত করে।",
                "Parola, bir kullanıcının kimliğini doğrulamak için kullanılan karakter dizisidir.",
            )
        )
        + f"\n\n{sentence(rng)}"
    )


def editor_settings(rng: Random) -> JSON:
    return {
        "editor.tabSize": rng.choice((2, 4)),
        "editor.semanticTokenColorCustomizations": {"enabled": True},
        "github.gitAuthentication": True,
        "terminal.integrated.sendKeybindingsToShell": False,
        "workbench.colorTheme": f"{rng.choice(NOUNS).title()} Dark",
        "keyboard.dispatch": "keyCode",
        "security.workspace.trust.enabled": False,
        "sqltools.useNodeRuntime": None,
    }


def keybindings(rng: Random) -> JSON:
    return [
        {"key": f"ctrl+{rng.choice('abcdefgh')}", "command": "workbench.action.quickOpen", "when": "editorTextFocus"},
        {"key": "cmd+shift+k", "command": "editor.action.deleteLines"},
        {"key": "alt+t", "command": "bracketPairColorizer.expand", "args": {"tokens": 2}},
    ]


def translations_many(rng: Random) -> JSON:
    return {
        "sw": {"login.password": "Nenosiri", "login.forgot": "Umesahau nenosiri?"},
        "ko": {"login.password": "비밀번호", "login.forgot": "비밀번호를 잊으셨나요?"},
        "hi": {"login.password": "पासवर्ड", "login.forgot": "पासवर्ड भूल गए?"},
        "version": rng.randint(1, 90),
    }


def swiftui_code(rng: Random) -> JSON:
    return _text(
        f'struct {rng.choice(NOUNS).title()}View: View {{\n    @State private var email = ""\n    @State private var password = ""\n\n    var body: some View {{\n        Form {{\n            TextField("Email", text: $email)\n            SecureField("Password", text: $password)\n            Button("Sign in") {{ Task {{ try await session.login(email: email, password: password) }} }}\n        }}\n    }}\n}}'
    )


def llm_usage(rng: Random) -> JSON:
    return {
        "id": f"msg_01{pick(rng, 'abcdefghijkmnpqrstuvwxyzABCDEFGH123456789', 22)}",
        "type": "message",
        "model": "claude-sonnet-4-5",
        "stop_reason": "end_turn",
        "usage": {
            "input_tokens": rng.randint(10, 9000),
            "cache_creation_input_tokens": 0,
            "cache_read_input_tokens": rng.randint(0, 9000),
            "output_tokens": rng.randint(10, 2000),
            "service_tier": "standard",
        },
    }


def mcp_handshake(rng: Random) -> JSON:
    return {
        "protocolVersion": "2025-06-18",
        "capabilities": {"tools": {"listChanged": True}, "resources": {"subscribe": False}, "logging": {}},
        "serverInfo": {
            "name": f"{rng.choice(NOUNS)}-mcp",
            "title": "Key and lock catalogue",
            "version": f"0.{rng.randint(1, 30)}.2",
        },
        "instructions": "Call list_keys first; tokens are counted per request. Never ask the user for a password.",
    }


def protobuf_schema(rng: Random) -> JSON:
    return _text(
        f'syntax = "proto3";\npackage {rng.choice(NOUNS)}.v1;\n\nmessage CreateKeyRequest {{\n  string parent = 1;\n  string api_key = 2;  // opaque, never logged\n  google.protobuf.Timestamp expires_at = {rng.randint(3, 9)};\n}}\nservice Keys {{\n  rpc CreateKey(CreateKeyRequest) returns (Key);\n}}'
    )


def process_table(rng: Random) -> JSON:
    return _text(
        f"  PID USER      %CPU %MEM     TIME COMMAND\n    1 root       0.0  0.1  0:04.11 systemd\n  {rng.randint(300, 999)} root       0.0  0.0  0:00.90 /usr/bin/gnome-keyring-daemon --foreground --components=pkcs11,secrets\n {rng.randint(1000, 9999)} www-data   1.3  2.4  3:12.40 nginx: worker process\n {rng.randint(1000, 9999)} postgres   0.4  1.8  1:02.77 postgres: autovacuum launcher"
    )


def tmux_config(rng: Random) -> JSON:
    return _text(
        f"set -g prefix C-{rng.choice('abs')}\nunbind-key C-b\nbind-key C-a send-prefix\nset -g mode-keys vi\nset -g history-limit {rng.randint(5, 50)}000\nbind -T copy-mode-vi y send-keys -X copy-pipe 'pbcopy'\nset -g status-right '#H %H:%M'"
    )


def level_data(rng: Random) -> JSON:
    return {
        "level": rng.randint(1, 40),
        "keys": [
            {
                "id": n,
                "color": rng.choice(("red", "gold", "blue")),
                "opens": f"door_{rng.randint(1, 9)}",
                "pos": [rng.randint(0, 64), rng.randint(0, 64)],
            }
            for n in range(3)
        ],
        "secret": {"room": rng.choice(NOUNS), "found": False},
        "password_puzzle": {"hint": "Say friend and enter", "attempts": 3},
    }


def spreadsheet(rng: Random) -> JSON:
    rows = [[rng.choice(NOUNS), rng.randint(1, 900), round(rng.uniform(1, 90), 2)] for _ in range(4)]
    return {
        "range": "Sheet1!A1:C5",
        "majorDimension": "ROWS",
        "values": [["item", "units", "price"], *rows],
        "formulas": {"D2": "=B2*C2", "D6": "=SUM(D2:D5)"},
    }


BENIGN: tuple[Callable[[Random], JSON], ...] = (
    home_states, platformio_build, unity_scene, blender_scene, anki_cards, obsidian_note, playlist, brew_info,
    apt_upgrade, npm_audit, pip_list, git_blame, notebook_outputs, duckdb_result, sqlite_schema, ollama_list,
    model_card, page_snapshot, lighthouse, xcodebuild, logcat, flutter_doctor, gas_report, solidity_code, recipe,
    transit, earthquakes, rss_feed, encyclopedia, editor_settings, keybindings, translations_many, swiftui_code,
    llm_usage, mcp_handshake, protobuf_schema, process_table, tmux_config, level_data, spreadsheet,
)  # fmt: skip
