"""The keys of a log: Ed25519 to sign (RFC 8032, PKCS#8 in PEM of RFC 7468), others to index and to encrypt; pins."""

from __future__ import annotations

import base64
import binascii
import hmac
import os
import re
import stat
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from otel_mcp.audit._key_command import CommandKey
from otel_mcp.audit.paths import default_key_path, make_private_directory, pins_path
from otel_mcp.errors import ConfigError, MalformedError
from otel_mcp.tlog import SigningKey, Verifier

__all__ = [
    "SETTING",
    "LocalKey",
    "LogKeys",
    "SigningKey",
    "add_pin",
    "all_pins",
    "default_key_path",
    "finish_change",
    "format_keys",
    "load_keys",
    "load_pins",
    "new_keys",
    "parse_keys",
    "pins_path",
    "staged_path",
    "subject_tag",
]

SETTING = "OTEL_MCP_AUDIT_KEY"
_KEY_SIZE = 32
_INDEX_LABEL = "OTEL-MCP INDEX KEY"
_ENCRYPTION_LABEL = "OTEL-MCP ENCRYPTION KEY"
_BLOCK = re.compile(r"-----BEGIN (OTEL-MCP [A-Z]+ KEY)-----\n([A-Za-z0-9+/=\n]+)-----END \1-----")


class LocalKey:
    """An Ed25519 private key in this process's memory."""

    __slots__ = ("_private", "public_key")

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public_key = private.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """The 64-byte signature of `message`."""
        return self._private.sign(message)

    def to_pem(self) -> str:
        """PKCS#8 without a passphrase, as openssl reads it."""
        return self._private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ).decode("ascii")


@dataclass(frozen=True, slots=True)
class LogKeys:
    """What a writer needs; the keys are independent, so that one can be destroyed without the others."""

    signing_key: SigningKey
    index_key: bytes
    """Makes tags of subjects and keyed digests; never leaves this machine."""
    source: str
    """Where they came from, for messages: a path or a variable's name."""
    created: bool
    encryption_keys: tuple[bytes, ...] = ()
    """Key-encryption keys: the first one wraps, all of them unwrap."""

    def __repr__(self) -> str:
        return f"LogKeys(source={self.source!r}, created={self.created})"


def load_keys(spec: str | None, *, service: str, create: bool, setting: str = SETTING, staged: bool = False) -> LogKeys:
    """The keys that `OTEL_MCP_AUDIT_KEY` names: `file:PATH` (made if `create`), `env:NAME`, `exec:COMMAND`, or None.

    None is the key file in the platform's folder. A command only signs; the other keys are in a file there.
    `setting` is what gave `spec`, for messages. With `staged` a key file that a change of keys made, and that does not
    stand in its place yet, is taken before the one that does.

    Raises:
        ConfigError: they cannot be used; the sentence names the place and says why.
    """
    if spec is None:
        path = default_key_path(service)
        return _load_file(_newest(path, staged=staged), f"key file {path}", create=create)
    scheme, _, rest = spec.partition(":")
    if scheme == "file" and rest:
        return _load_file(_newest(Path(rest).expanduser(), staged=staged), f"{setting}={spec}", create=create)
    if scheme == "env" and rest:
        return _load_env(rest, f"{setting}={spec}")
    if scheme == "exec" and rest:
        return _load_command(rest, f"{setting}=exec:…", service=service, create=create)
    # The value is not repeated: it may be the key itself.
    raise ConfigError(f"{setting}: expected file:PATH, env:NAME or exec:COMMAND")


def new_keys(source: str = "memory") -> LogKeys:
    """Fresh, random ones."""
    signing_key = LocalKey(Ed25519PrivateKey.generate())
    return LogKeys(signing_key, os.urandom(_KEY_SIZE), source, created=True, encryption_keys=(os.urandom(_KEY_SIZE),))


def format_keys(keys: LogKeys) -> str:
    """The text of a key file: PEM blocks, the first of which openssl reads."""
    assert isinstance(keys.signing_key, LocalKey), "only a key in memory can be written"
    return keys.signing_key.to_pem() + _format_blocks(keys)


def _format_blocks(keys: LogKeys) -> str:
    blocks = [(_INDEX_LABEL, keys.index_key), *((_ENCRYPTION_LABEL, key) for key in keys.encryption_keys)]
    return "".join(
        f"-----BEGIN {label}-----\n{base64.b64encode(key).decode('ascii')}\n-----END {label}-----\n"
        for label, key in blocks
    )


def parse_keys(text: str, source: str, named: str | None = None) -> LogKeys:
    """Read what `format_keys` wrote; `named` is how messages call the source.

    Raises:
        ConfigError: a block is missing, or the key is encrypted or not Ed25519.
    """
    named = named or source
    text = text.replace("\r\n", "\n")
    try:
        private = serialization.load_pem_private_key(text.encode(), password=None)
    except TypeError:
        raise ConfigError(f"{named}: the key has a passphrase (remove it)") from None
    except (ValueError, UnsupportedAlgorithm):
        raise ConfigError(f"{named}: holds no PKCS#8 private key in PEM") from None
    if not isinstance(private, Ed25519PrivateKey):
        raise ConfigError(f"{named}: not an Ed25519 key")
    index_key, encryption_keys = _parse_blocks(text, named)
    return LogKeys(LocalKey(private), index_key, source, created=False, encryption_keys=encryption_keys)


def _parse_blocks(text: str, named: str) -> tuple[bytes, tuple[bytes, ...]]:
    blocks = [(label, _decode(data.replace("\n", ""))) for label, data in _BLOCK.findall(text)]
    index_keys = [key for label, key in blocks if label == _INDEX_LABEL]
    encryption_keys = tuple(key for label, key in blocks if label == _ENCRYPTION_LABEL)
    if len(index_keys) != 1 or len(index_keys[0]) != _KEY_SIZE:
        raise ConfigError(f"{named}: no valid block {_INDEX_LABEL!r}")
    if any(len(key) != _KEY_SIZE for key in encryption_keys):
        raise ConfigError(f"{named}: no valid block {_ENCRYPTION_LABEL!r}")
    return index_keys[0], encryption_keys


def subject_tag(index_key: bytes, name: str) -> bytes:
    """By what a subject is found without its clear name: HMAC-SHA256 under the index key, 32 bytes."""
    return hmac.digest(index_key, b"otel-mcp/subject/v1\0" + name.encode("utf-8", "replace"), "sha256")


def add_pin(vkey: str) -> None:
    """Trust `vkey` for the log that it names, from now on, for this user."""
    verifier = Verifier.parse(vkey)
    if load_pins().get(verifier.name) == vkey:
        return
    path = pins_path()
    make_private_directory(path.parent)
    # One short write in append mode: two processes that pin at the same time both get their line in.
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        os.write(descriptor, f"{vkey}\n".encode())
    finally:
        os.close(descriptor)


def load_pins() -> dict[str, str]:
    """The pinned verifier keys by origin; the last line for an origin counts.

    Raises:
        ConfigError: as `all_pins`.
    """
    return {origin: pins[-1] for origin, pins in all_pins().items()}


def all_pins() -> dict[str, list[str]]:
    """The pinned verifier keys by origin, the last pinned one last: a log may have changed its key.

    Raises:
        ConfigError: the file cannot be read or a line is no verifier key.
    """
    path = pins_path()
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeError) as error:
        raise ConfigError(f"{path}: cannot read the pinned keys ({_reason(error)})") from None
    pins: dict[str, list[str]] = {}
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            try:
                pins.setdefault(Verifier.parse(line.strip()).name, []).append(line.strip())
            except MalformedError as error:
                raise ConfigError(f"{path} line {number}: {error} (remove the line)") from None
    return pins


def staged_path(path: Path) -> Path:
    """Where the next key file stands until the log was handed over to it."""
    return path.with_name(f"{path.name}.next")


def finish_change(keys: LogKeys, origin: str, vkey: str) -> LogKeys | None:
    """Put the next key file in its place if it holds the log's key: a crash came between the two.

    Raises:
        OSError: it cannot be put there.
    """
    path = Path(keys.source)
    if not staged_path(path).is_file():
        return None
    new = _load_file(staged_path(path), str(staged_path(path)), create=False)
    if str(Verifier(origin, new.signing_key.public_key)) != vkey:
        return None
    staged_path(path).replace(path)
    return replace(new, source=str(path))


def _newest(path: Path, *, staged: bool) -> Path:
    return staged_path(path) if staged and staged_path(path).is_file() else path


def _load_command(command: str, named: str, *, service: str, create: bool) -> LogKeys:
    signing_key = CommandKey(command, named)
    path = default_key_path(service)
    path = path.with_name(f"{path.stem}.secrets.pem")
    try:
        if create and not path.exists():
            _create_file(path, _format_blocks(new_keys()))
        blocks = _parse_blocks(_read_private(path, str(path)), str(path))
    except FileNotFoundError:
        raise ConfigError(f"{named}: {path}, which holds the keys that do not sign, is missing") from None
    except (OSError, UnicodeError) as error:
        raise ConfigError(f"{named}: cannot use {path}: {_reason(error)}") from None
    return LogKeys(
        signing_key, blocks[0], f"command {command.split(maxsplit=1)[0]}", created=False, encryption_keys=blocks[1]
    )


def _load_env(name: str, named: str) -> LogKeys:
    value = os.environ.get(name)
    source = f"environment variable {name}"
    if not value:
        raise ConfigError(f"{named}: {source} is not set")
    if "-----BEGIN" in value:
        return parse_keys(value, source, named)
    raw = _decode(value.strip())
    if len(raw) in (2 * _KEY_SIZE, 3 * _KEY_SIZE):
        signing_key = LocalKey(Ed25519PrivateKey.from_private_bytes(raw[:32]))
        rest = (raw[64:],) if len(raw) > 2 * _KEY_SIZE else ()
        return LogKeys(signing_key, raw[32:64], source, created=False, encryption_keys=rest)
    if b"-----BEGIN" in raw:
        return parse_keys(raw.decode("ascii", "replace"), source, named)
    raise ConfigError(
        f"{named}: expected a key file's text, its base64, or base64 of signing, index and encryption key"
    )


def _load_file(path: Path, named: str, *, create: bool) -> LogKeys:
    try:
        created = create and not path.exists() and _create_file(path, format_keys(new_keys()))
        text = _read_private(path, named)
    except FileNotFoundError:
        # No word of making one: where none may be made, the log has its own, and another would not do.
        raise ConfigError(f"{named}: no such file") from None
    except (OSError, UnicodeError) as error:
        place = f"set {SETTING}=file:PATH to a usable place"
        raise ConfigError(f"{named}: cannot use the key file: {_reason(error)} ({place})") from None
    keys = parse_keys(text, str(path), named)
    return replace(keys, created=created)


def _create_file(path: Path, text: str) -> bool:
    """Make a key file unless one appears meanwhile; True if it is ours."""
    make_private_directory(path.parent)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with open(descriptor, "w", encoding="ascii") as file:  # noqa: PTH123 - a descriptor, not a path
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        # link, not rename: it fails if another first start was faster, and then its key is the key.
        os.link(temporary, path)
    except FileExistsError:
        return False
    finally:
        temporary.unlink(missing_ok=True)
    return True


def _read_private(path: Path, named: str) -> str:
    with path.open(encoding="ascii") as file:
        mode = os.fstat(file.fileno()).st_mode
        if not stat.S_ISREG(mode):
            raise ConfigError(f"{named}: not a regular file")
        if mode & 0o077:
            raise ConfigError(f"{named}: others can read this private key (run `chmod 600 {path}`)")
        return file.read()


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _reason(error: Exception) -> str:
    return (error.strerror or type(error).__name__).lower() if isinstance(error, OSError) else "not text"
