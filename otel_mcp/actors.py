"""Who asked: what is known of a caller, and how an application says it where it knows better."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, get_args

from otel_mcp.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ACTOR_TYPES", "ActorType", "Caller", "name_actor"]

ActorType = Literal["user", "service", "system", "unknown"]
ACTOR_TYPES: Final[tuple[str, ...]] = get_args(ActorType)
_LONGEST: Final = 256
_RUNNING: Final = "otel_mcp.instrumentation._running"


@dataclass(frozen=True, slots=True)
class Caller:
    """What a server knows of who sent one request. Nothing of it was said by the client alone, but `headers`.

    A function that `OTEL_MCP_NAME_ACTOR` names is called with this and gives the actor's name, or None to leave it.
    """

    client_id: str | None = None
    """Of the access token (RFC 9068, `client_id`)."""
    subject: str | None = None
    """Of the access token (`sub`): a person, or the client itself."""
    issuer: str | None = None
    """Of the access token (`iss`)."""
    scopes: tuple[str, ...] = ()
    claims: Mapping[str, object] = field(default_factory=dict, repr=False)
    """What else the token's verifier told of it; nothing where a client logs in."""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Of the HTTP request, names in lower case; without those that hold credentials."""
    address: str | None = None
    """The peer of the HTTP connection."""
    system_user: str | None = None
    """The account of the operating system that a server on stdio runs as."""

    @property
    def name(self) -> str | None:
        """The actor, unless an application says otherwise: the subject with its issuer, the client, or the account.

        A subject is unique only for its issuer (RFC 9068, section 2.2), so both are in the name where both are known.
        """
        if self.subject is not None:
            return f"{self.subject} ({self.issuer})" if self.issuer else self.subject
        return self.client_id or self.system_user

    @property
    def type(self) -> ActorType:
        if self.subject is not None and self.subject != self.client_id:
            return "user"
        if self.client_id is not None:
            return "service"  # a client that acts for itself (RFC 6749, section 4.4)
        return "user" if self.system_user is not None else "unknown"

    @property
    def facts(self) -> dict[str, object]:
        """What the body of an entry says of it, beside the actor."""
        facts = {
            "client_id": self.client_id,
            "subject": self.subject,
            "issuer": self.issuer,
            "scopes": list(self.scopes) or None,
            "system_user": self.system_user,
        }
        return {name: value for name, value in facts.items() if value is not None}


def name_actor(name: str, *, type: ActorType = "user") -> bool:  # noqa: A002  # as the audit data model calls it
    """Say who the request that is being handled here comes from; from a handler, or what runs within it.

    The entry of its outcome, and telemetry's actor type, say so; an intent that is written already does not. Gives
    whether there is such a request: without our instrumentation there is none, and nothing happens.

    Raises:
        ConfigError: `type` is no type of an actor.
    """
    if type not in ACTOR_TYPES:
        raise ConfigError(f"type of an actor: expected one of {', '.join(ACTOR_TYPES)}")
    module = sys.modules.get(_RUNNING)
    running = module.CURRENT.get() if module is not None else None
    if module is None or not isinstance(running, module.Running):
        return False
    running.know_actor(str(name)[:_LONGEST], type)
    return True
