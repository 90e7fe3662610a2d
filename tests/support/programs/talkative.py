"""A server that logs what it is given, and opens a span of its own that says it: careless code, and no set-up."""

from __future__ import annotations

import base64
import logging
import sys
import threading
from urllib.parse import quote

from _serve import serve
from mcp.server import MCPServer
from opentelemetry import trace

server = MCPServer("talkative", log_level="INFO")
log = logging.getLogger("app.orders")
log.addHandler(logging.StreamHandler(sys.stderr))


@server.tool()
def order(item: str, password: str) -> str:
    """Log, on this thread and another one, and raise."""
    encoded = base64.b64encode(password.encode()).decode()
    log.warning("%s for %s, %s, %s", item, password, quote(password), encoded, extra={"typed": [password]})
    thread = threading.Thread(target=log.warning, args=("thread saw %s", password))
    thread.start()
    thread.join()
    with trace.get_tracer("app").start_as_current_span(f"store {item} {password}", attributes={"typed": password}):
        pass
    raise RuntimeError(f"cannot store {item} for {password}")


serve(server)
