"""The JSON Canonicalization Scheme, RFC 8785, floats included; heads need less, see `entry.canonical`."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from otel_mcp.errors import MalformedError

if TYPE_CHECKING:
    from otel_mcp.audit.entry import JSON

__all__ = ["canonical_json"]

_MAX_INT: Final = 2**53
_POINT_BEFORE: Final = 21
_POINT_AFTER: Final = -6


def canonical_json(value: JSON) -> bytes:
    """The one encoding of `value`.

    Raises:
        MalformedError: it holds an integer beyond 2**53, a number that is none, or a lone surrogate.
    """
    try:
        return _text(value).encode()
    except UnicodeEncodeError:
        raise MalformedError("holds a lone surrogate") from None
    except RecursionError:
        raise MalformedError("nested too deeply") from None


def _text(value: JSON) -> str:
    if value is None or isinstance(value, (bool, str)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int):
        if abs(value) > _MAX_INT:
            raise MalformedError("holds an integer beyond 2**53")
        return str(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, Mapping):
        # RFC 8785, section 3.2.3: by UTF-16 code units, not by code points.
        names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(f"{_text(name)}:{_text(value[name])}" for name in names) + "}"
    if isinstance(value, Sequence):
        return "[" + ",".join(map(_text, value)) + "]"
    raise MalformedError(f"holds a {type(value).__name__}")


def _number(value: float) -> str:
    """As ECMAScript writes it (RFC 8785, section 3.2.2.3): the shortest digits, which are Python's too."""
    if not math.isfinite(value):
        raise MalformedError("holds a number that JSON does not have")
    if value == 0:
        return "0"
    sign, numbers, exponent = Decimal(repr(value)).normalize().as_tuple()
    assert isinstance(exponent, int), "a finite number has an exponent"
    digits = "".join(map(str, numbers))
    point = len(digits) + exponent
    if len(digits) <= point <= _POINT_BEFORE:
        text = digits + "0" * (point - len(digits))
    elif 0 < point <= _POINT_BEFORE:
        text = f"{digits[:point]}.{digits[point:]}"
    elif _POINT_AFTER < point <= 0:
        text = "0." + "0" * -point + digits
    else:
        rest = f".{digits[1:]}" if len(digits) > 1 else ""
        text = f"{digits[0]}{rest}e{point - 1:+d}"
    return "-" * sign + text
