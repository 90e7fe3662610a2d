"""The redaction of one operation."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from otel_mcp.errors import ConfigError
from otel_mcp.redaction.carriers import uri_secrets
from otel_mcp.redaction.encodings import clean_text, forms_of
from otel_mcp.redaction.harvest import Place, harvest
from otel_mcp.redaction.keys import PERSONAL_KINDS, is_sensitive_key
from otel_mcp.redaction.marks import (
    CUTS,
    JSON,
    MOST_FINDINGS,
    Finding,
    Redacted,
    Span,
    is_marker,
    know_kinds,
    mark,
    replace,
)
from otel_mcp.redaction.personal.names import look_alike, may_announce
from otel_mcp.redaction.plain import Plain, plain_copy
from otel_mcp.redaction.plugins import look_with
from otel_mcp.redaction.ruleset import builtin_scanner
from otel_mcp.redaction.scan import SEPARATOR, Flood, Hit
from otel_mcp.redaction.schema import SchemaCache
from otel_mcp.redaction.sensitivity import NEVER_HARMLESS, paths_of
from otel_mcp.redaction.specific import kind_of_whole, most_specific
from otel_mcp.redaction.taint import MOST_SECRETS, Taint, TooMuch
from otel_mcp.redaction.walk import Leaf, Walk, cut_text, path_text, rename_keys, steps_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from otel_mcp.redaction.paths import Joint, PathState
    from otel_mcp.redaction.plugins import Plugin
    from otel_mcp.redaction.policy import Policy
    from otel_mcp.redaction.scan import Scanner, Signs
    from otel_mcp.redaction.schema import State
    from otel_mcp.redaction.walk import Path

__all__ = ["Redactor", "Scope"]

_MOST_FINDINGS = MOST_FINDINGS + 1  # one more than are shown, so that it shows that there are more
_SHORTEST_CERTAIN = 8
_LONGEST_URI = 1 << 16
_MOST_CLEAN_KEYS = 8192
_LONGEST_CLEAN_KEY = 128
_LONGEST_PLAIN = 1 << 20
# A text that begins so may be JSON, and is looked into.
_INNER = tuple(SEPARATOR + sign for sign in ("{", "[", " ", "\n"))
# Beside one of these, another key may be named as sensitive by its value.
_NEVER_HARMLESS = NEVER_HARMLESS | {"element", "kty", "args", "argv", "contentType"}


know_kinds(PERSONAL_KINDS)


class Redactor:
    """Rules and caches, made once per process. May be used by any thread."""

    def __init__(
        self,
        *,
        process_secrets: Iterable[str] = (),
        scanner: Scanner | None = None,
        policy: Policy | None = None,
        plugins: Sequence[Plugin] = (),
    ) -> None:
        self.failures = 0
        self.complain: Callable[[str], None] = lambda _: None
        self.schemas = SchemaCache()
        self.taint = Taint()
        self._lock = threading.Lock()  # guards the counter
        self.adopt(scanner, policy, plugins)
        for secret in process_secrets:
            self.taint.learn(secret)
        self.taint.freeze()

    def adopt(
        self,
        scanner: Scanner | None,
        policy: Policy | None,
        plugins: Sequence[Plugin] = (),
        *,
        complain: Callable[[str], None] | None = None,
    ) -> None:
        """Go by these rules from the next operation on; without a scanner by those of the package.

        `complain` is told of every failure of a plug-in, in a sentence without the text.

        Raises:
            ConfigError: the policy wants pseudonyms and has no key for them.
        """
        if policy is not None and policy.wants_key and policy.key is None:
            raise ConfigError("mode hmac needs a key, and there is none")
        self.scanner = builtin_scanner() if scanner is None else scanner
        self.policy = policy
        self.plugins = tuple(plugins)
        if complain is not None:
            self.complain = complain
        self.clean_keys: set[str] = set()  # in which neither a rule nor a secret of the process was found
        self.harmless: set[str] = set()  # those of them that are not sensitive and hold nothing that is

    def scope(self, tool: str | None = None) -> Scope:
        """The redaction of a new operation, which knows nothing yet but the secrets of the process."""
        return Scope(self, tool)

    def know_clean(self, keys: Iterable[str]) -> None:
        """Remember keys in which nothing was found, and which of them need no second look at what they hold."""
        if len(self.clean_keys) < _MOST_CLEAN_KEYS:
            short = [key for key in keys if len(key) <= _LONGEST_CLEAN_KEY]
            self.clean_keys.update(short)
            self.harmless.update(
                key
                for key in short
                if key not in _NEVER_HARMLESS
                and not is_sensitive_key(key)
                and not may_announce(key)
                and look_alike(key) is None
                and (self.policy is None or self.policy.name(key) is None)
            )

    def failed(self) -> None:
        """Count a value that was replaced whole because its redaction failed."""
        with self._lock:
            self.failures += 1


class Scope:
    """What is found sensitive anywhere in an operation is removed from everything the operation emits.

    Nothing here raises, and nothing is shown that could not be read to its end.
    """

    def __init__(self, redactor: Redactor, tool: str | None = None) -> None:
        self._redactor = redactor
        self._view = None if redactor.policy is None else redactor.policy.view(tool)
        self._named: dict[str, str] = {}  # what is shown of a secret, by each of its spellings
        self._taint = Taint(redactor.taint)
        self._blind: str | None = None  # the kind of marker that stands for everything from here on

    @property
    def tainted(self) -> bool:
        """Whether this operation has shown a secret."""
        return self._taint.size > 0

    @property
    def taint_size(self) -> int:
        """How many secrets this operation has shown; -1 once something failed and all further output is a marker.

        While it stays the same, what was redacted before needs no `rescrub`.
        """
        return -1 if self._blind else self._taint.size

    def keeps(self, content: str) -> bool:
        """Whether the users want `arguments` or `results` of this tool to be kept at all."""
        return self._view is None or content in self._view.content

    def learn(self, value: JSON, *, schema: Mapping[str, JSON] | None = None) -> None:
        """Remember what is sensitive in a value that is not emitted itself."""
        try:
            self._harvest([Place(value, self._start(schema))])
        except Exception as exc:
            self._fail(exc)

    def learn_uri(self, uri: str) -> None:
        """Remember what is secret in a URI that is emitted: password, token, signature."""
        try:
            for secret in uri_secrets(uri[:_LONGEST_URI]):
                self._taint.learn(secret)
        except Exception as exc:
            self._fail(exc)

    def value(self, value: JSON, *, schema: Mapping[str, JSON] | None = None) -> Redacted:
        """A JSON copy of the value without its secrets, which are remembered."""
        if self._blind:
            return _whole(self._blind)
        try:
            return self._copy(value, schema)
        except Exception as exc:
            return _whole(self._fail(exc))

    def text(self, text: str) -> str:
        """A free text (status message, exception text, name) without secrets."""
        if self._blind:
            return mark(self._blind)
        try:
            if not issubclass(type(text), str):
                return self._scrub_name(f"<{type(text).__name__}>")
            return self._scrub_name(clean_text(cut_text(str.__str__(text))))
        except Exception as exc:
            self._redactor.failed()
            return mark(_kind_of(exc))

    def rescrub(self, redacted: Redacted) -> Redacted:
        """The same value again, without what the operation has shown since."""
        if self._blind:
            return _whole(self._blind)
        try:
            walk = Walk(inspect=False, numbers=self._taint.active)
            walk.run(redacted.value, None)
            fresh = self._scanned(walk, SEPARATOR.join(walk.texts))
            # A value that was cut is as long as it may be, and is cut again at the same place.
            more = [found for found in fresh.findings if found.rule not in CUTS or found not in redacted.findings]
            return Redacted(fresh.value, (*redacted.findings, *more)[:_MOST_FINDINGS])
        except TooMuch as exc:
            return _whole(self._fail(exc))
        except Exception:
            self._redactor.failed()
            return _whole("error")

    def leaving(self, redacted: Redacted) -> Redacted:
        """The same value without what the plug-ins find in it: the last look at content that is about to leave.

        It may take as long as a plug-in takes, so it has no place in the way of an operation. Without plug-ins it is
        the very same object.
        """
        if not self._redactor.plugins or self._blind:
            return _whole(self._blind) if self._blind else redacted
        try:
            look = look_with(self._redactor.plugins, self._view, self._redactor.failed, self._redactor.complain)
            walk = Walk(inspect=False, numbers=False)
            walk.run(redacted.value, None)
            findings: list[tuple[str, Path]] = []
            for leaf in walk.leaves():
                leaf.holder[leaf.slot], kinds = look(leaf.text)
                findings += [(kind, leaf.path) for kind in kinds]
            return Redacted(walk.copy[0], (*redacted.findings, *self._reported(findings))[:_MOST_FINDINGS])
        except Exception:
            self._redactor.failed()
            return _whole("error")

    def _start(self, schema: Mapping[str, JSON] | None) -> State | Joint | None:
        state = self._redactor.schemas.start(schema)
        return state if self._view is None else self._view.start(state)

    def _copy(self, value: JSON, schema: Mapping[str, JSON] | None) -> Redacted:
        state = self._start(schema)
        if state is None and not self._taint.numeric:
            plain = plain_copy(value, self._redactor.harmless)
            if plain is not None and (joined := _plainly_joined(plain.texts)) is not None:
                signs = self._redactor.scanner.signs(joined)
                if not (signs.names and self._redactor.scanner.has_names(plain.texts, joined, signs)):
                    return self._scanned(plain, joined, signs)
        harmless = self._redactor.harmless
        shape = None if self._view is None else self._shape
        walk = Walk(inspect=True, numbers=self._taint.numeric, view=self._view, harmless=harmless, shape=shape)
        walk.run(value, state)
        if walk.unread:
            known = self._taint.numeric
            self._harvest(walk.unread)
            if self._taint.numeric and not known:
                # Numbers cost nothing until a secret may be one; now they must be compared as well.
                walk = Walk(inspect=True, numbers=True, view=self._view, harmless=harmless, shape=shape)
                walk.run(value, state)
        return self._scanned(walk, SEPARATOR.join(walk.texts))

    def _shape(self, text: str) -> str | None:
        """What a value that its name gave away is by itself: users may have said what happens to that kind."""
        try:
            return kind_of_whole(text, self._redactor.scanner)
        except Exception:
            return None  # it goes all the same, as what its name says

    def _harvest(self, places: list[Place]) -> None:
        harvest(places, self._taint, self._view, self._name_place)

    def _name_place(self, text: str, place: Place) -> None:
        """Note what is shown of a secret, so that it has one name wherever it is repeated."""
        if self._view is not None and place.kind is not None:
            self._name(text, self._view.shown(place.kind, text, place.key, paths_of(place.state)))

    def _name(self, secret: str, shown: str | None) -> None:
        if shown and not is_marker(secret):
            for spelling in {secret, secret.strip(), clean_text(secret)}:
                self._named.update((form, shown) for form in forms_of(spelling))

    def _fail(self, exc: Exception) -> str:
        """Show nothing more, and the kind of marker that stands for it: a limit that was reached, or an error."""
        # Something of the operation is unread, so any later text may hold it.
        self._blind = kind = _kind_of(exc)
        self._redactor.failed()
        return kind

    def _scanned(self, read: Walk | Plain, joined: str, signs: Signs | None = None) -> Redacted:
        # One gate for all texts together: a clean value, the usual case, ends there.
        scanner = self._redactor.scanner
        signs = scanner.signs(joined) if signs is None else signs
        literals = self._taint.literals_in(joined)
        findings = read.findings
        if signs or literals is None or literals:
            hits = scanner.all_hits(read.texts, joined, signs)
            if hits and isinstance(read, Walk) and read.lines():
                _spread(hits, read)
            if hits:
                if self._view is not None and self._view.allows:
                    leaves = list(read.leaves())
                    hits = {number: self._not_allowed(found, leaves[number].path) for number, found in hits.items()}
                # All is learned before anything is written: the first text may repeat what only the last gives away.
                self._learn_hits(hits.values())
                literals = self._taint.literals_in(joined)
            if hits or literals is None or literals:
                for number, leaf in enumerate(list(read.leaves())):
                    found = hits.get(number) or []
                    if not found and literals is not None and not any(literal in leaf.text for literal in literals):
                        continue
                    findings += [(kind, leaf.path) for kind in self._scrub_leaf(leaf, found)]
        return Redacted(self._with_clean_keys(read), self._reported(findings))

    def _not_allowed(self, found: list[Hit] | Exception, path: Path) -> list[Hit] | Exception:
        """The findings that users have not said may stay."""
        view = self._view
        if view is None or not found or isinstance(found, Exception):
            return found
        steps = steps_of(path)
        paths, key = view.at(steps), _last_key(steps)
        return [hit for hit in found if not view.passes(hit.rule.id, key, paths, hit.plain)]

    def _with_clean_keys(self, read: Walk | Plain) -> JSON:
        """The copy; its keys are chosen by clients, so they are texts as well."""
        value, scanner = read.copy[0], self._redactor.scanner
        if not isinstance(read, Walk) and not self._taint.size:
            return value  # the rules and the secrets of the process know all of them already
        keys = read.keys
        if isinstance(read, Walk) and (unread := keys - self._redactor.clean_keys):
            names = SEPARATOR.join(unread)
            if scanner.signs(names) and any(map(scanner.hits, unread)):
                return rename_keys(value, self._scrub_name)
            if not self._redactor.taint.touches(names):
                self._redactor.know_clean(unread)
        return rename_keys(value, self._scrub_name) if self._taint.touches(SEPARATOR.join(keys)) else value

    def _reported(self, findings: list[tuple[str, JSON]]) -> tuple[Finding, ...]:
        return tuple(Finding(rule, path_text(path, self._step)) for rule, path in findings[:_MOST_FINDINGS])

    def _step(self, key: str) -> str:
        known = key in self._redactor.clean_keys and not self._taint.touches(key)
        return key if known else self.text(key)

    def _learn_hits(self, hits: Iterable[list[Hit] | Exception]) -> None:
        certain = {
            hit.plain: hit
            for found in hits
            for hit in (found if isinstance(found, list) else ())
            if hit.rule.certain and not hit.rule.personal and len(hit.plain) >= _SHORTEST_CERTAIN
        }
        if len(certain) > MOST_SECRETS:
            raise TooMuch
        for hit in certain.values():
            self._taint.learn(hit.plain)
            if self._view is not None:
                self._name(hit.plain, self._view.shown(hit.rule.id, hit.plain, "", None))

    def _scrub_leaf(self, leaf: Leaf, found: list[Hit] | Exception) -> list[str]:
        if isinstance(found, Exception):
            kind = _kind_of(found)
            self._redactor.failed()
            leaf.holder[leaf.slot] = mark(kind)
            return [kind]
        if found and (other := look_alike(_last_key(steps_of(leaf.path)))) is not None:
            found = [hit for hit in found if hit.rule.id != other]
        paths = None if self._view is None or not found else self._view.at(steps_of(leaf.path))
        spans = self._spans(leaf.text, found, paths)
        clean = replace(leaf.text, spans)
        if clean == leaf.text:
            return []
        if not isinstance(leaf.holder[leaf.slot], str):
            leaf.holder[leaf.slot] = clean if is_marker(clean) else mark("taint")
        elif clean:
            leaf.holder[leaf.slot] = clean
        elif isinstance(leaf.holder, dict):
            del leaf.holder[leaf.slot]  # mode `drop`, and nothing of the text is left
        else:
            leaf.holder[leaf.slot] = None
        return list(dict.fromkeys(span.kind for span in spans))

    def _spans(self, text: str, hits: list[Hit], paths: PathState | None) -> list[Span]:
        """What is to go from a text and what is to stand there."""
        view, named = self._view, self._named
        if len(hits) > 1:
            hits = most_specific(hits)
        if (
            view is None
            and (whole := next((hit for hit in hits if hit.end - hit.start == len(text)), None)) is not None
        ):
            return [_span(whole)]  # nothing else can be found in it
        taint = self._taint.spans(text)
        if view is None:
            return [*map(_span, hits), *taint]
        spans = [Span(hit.start, hit.end, hit.rule.id, view.shown(hit.rule.id, hit.plain, "", paths)) for hit in hits]
        if named:
            taint = [span._replace(shown=named.get(text[span.start : span.end])) for span in taint]
        return spans + taint

    def _scrub_name(self, text: str) -> str:
        scanner = self._redactor.scanner
        hits = scanner.hits(text)
        if self._view is not None and self._view.allows:
            hits = [hit for hit in hits if not self._view.passes(hit.rule.id, "", None, hit.plain)]
        return replace(text, self._spans(text, hits, None))


def _plainly_joined(texts: list[str]) -> str | None:
    """The texts as one; None if one of them is to be cut or mended, or may be JSON that is to be looked into."""
    joined = SEPARATOR.join(texts)
    if len(joined) > _LONGEST_PLAIN or clean_text(joined) is not joined:
        return None
    if ("{" in joined or "[" in joined) and any(map((SEPARATOR + joined).__contains__, _INNER)):
        return None
    return joined


def _spread(hits: dict[int, list[Hit] | Exception], walk: Walk) -> None:
    """What was found in the lines of commands becomes what was found in their parts."""
    for number, (line, leaves) in enumerate(walk.lines(), len(walk.leaves())):
        found = hits.pop(number, ())
        for leaf, start in zip(leaves, line.starts, strict=True):
            if leaf is None:
                continue
            if isinstance(found, Exception):
                hits[leaf] = found
                continue
            end = start + len(walk.texts[leaf])
            parts = [
                Hit(max(hit.start, start) - start, min(hit.end, end) - start, hit.rule, hit.plain)
                for hit in found
                if not hit.rule.personal and hit.start < end and hit.end > start
            ]
            known = hits.get(leaf, [])
            if parts and isinstance(known, list):
                hits[leaf] = [*known, *parts]


def _last_key(steps: list[str | int]) -> str:
    last = steps[-1] if steps else ""
    return last if isinstance(last, str) else ""


def _span(hit: Hit) -> Span:
    return Span(hit.start, hit.end, hit.rule.id)


def _kind_of(exc: Exception) -> str:
    """The marker of what could not be read: a limit was reached, or a rule failed."""
    return "oversize" if isinstance(exc, (Flood, TooMuch, OverflowError)) else "error"


def _whole(kind: str) -> Redacted:
    return Redacted(mark(kind), (Finding(kind, "$"),))
