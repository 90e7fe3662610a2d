"""A client of the authorization server `authorizing.py` that asks at its endpoints by hand, rightly or not."""

from __future__ import annotations

import base64
import hashlib
import json
import signal
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urlsplit

from otel_mcp.audit.query import entries

if TYPE_CHECKING:
    from pathlib import Path

    from otel_mcp.audit.query import StoredEntry
    from support.running import Ended, Program

__all__ = ["BACK", "VERIFIER", "Authorizing"]

VERIFIER = "wader-of-the-mudflat-at-the-turn-of-the-tide"
BACK = "http://localhost:9/back?kept=heron"


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


class Authorizing:
    """The server, one registered client of it, and the secrets that this one was given."""

    def __init__(self, program: Program, trail: Path) -> None:
        self.url = program.wait_for_line(r"listening on (http://\S+)/mcp")[1]
        self._program = program
        self.trail = trail
        self.client: dict[str, Any] = {}
        self.secrets = [VERIFIER]

    def post(self, path: str, form: dict[str, Any] | bytes) -> tuple[int, dict[str, Any]]:
        """Status and JSON of what is answered to a form, or to JSON as it is."""
        body, kind = (form, "json") if isinstance(form, bytes) else (urlencode(form).encode(), "x-www-form-urlencoded")
        request = urllib.request.Request(self.url + path, body, {"content-type": f"application/{kind}"})
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, json.loads(answer.read() or b"{}")
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.loads(error.read() or b"{}") if error.code < 500 else {}

    def register(self, **members: Any) -> int:
        metadata = {"redirect_uris": [BACK], "client_name": "the bird watch", **members}
        status, answer = self.post("/register", json.dumps(metadata).encode())
        if status == 201:
            self.client = answer
            self.secrets.append(answer["client_secret"])
        return status

    def authorize(self, **changes: Any) -> tuple[int, dict[str, list[str]]]:
        """Status, and what the redirect says."""
        digest = hashlib.sha256(VERIFIER.encode()).digest()
        asked = {
            "client_id": self.client["client_id"],
            "redirect_uri": BACK,
            "response_type": "code",
            "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
            "scope": "read",
            "state": "curlew",
            **changes,
        }
        try:
            urllib.request.build_opener(_Stay).open(f"{self.url}/authorize?{urlencode(asked)}", timeout=10)
        except urllib.error.HTTPError as error:
            with error:
                said = parse_qs(urlsplit(error.headers["location"] or "").query)
                self.secrets += said.get("code", [])
                return error.code, said
        raise AssertionError("neither a redirect nor a refusal")

    def token(self, **form: Any) -> tuple[int, dict[str, Any]]:
        known = {"client_id": self.client["client_id"], "client_secret": self.client["client_secret"]}
        status, answer = self.post("/token", {**known, **form})
        self.secrets += [answer[name] for name in ("access_token", "refresh_token") if name in answer]
        return status, answer

    def log_in(self, **changes: Any) -> tuple[int, dict[str, Any]]:
        _, said = self.authorize()
        form = {"grant_type": "authorization_code", "code": said["code"][0], "redirect_uri": BACK}
        return self.token(**form, **{"code_verifier": VERIFIER, **changes})

    def revoke(self, token: str) -> int:
        known = {"client_id": self.client["client_id"], "client_secret": self.client["client_secret"]}
        return self.post("/revoke", {**known, "token": token})[0]

    def end(self) -> Ended:
        self._program.kill(signal.SIGTERM)
        return self._program.finish()

    def events(self, pattern: str = "mcp.auth*") -> list[StoredEntry]:
        return list(entries(self.trail, event=pattern))
