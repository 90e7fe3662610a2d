"""How much of what must go is gone, and how much of what must stay is there.

python -m benchmarks.redaction.quality --generate 1500 --seed 7 [--profile a|b] [--cases FILE]... [--corpus FILE]
                                       [--peers [--presidio]] [--misses] [--json] [--write]
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.redaction import peers
from benchmarks.redaction.benign import benign
from benchmarks.redaction.cases import PROFILES, generate
from benchmarks.redaction.judge import changes, is_removed, judge, strings
from benchmarks.redaction.report import percent, table, write_section

JSON = Any
BARS = {"secret": 98.5, "pii": 98.0, "evasion": 95.0, "precision": 99.0, "kept": 99.5, "gitleaks": 98.0}


@dataclass(slots=True)
class Score:
    """What one candidate did to one set of cases."""

    by: dict[str, dict[str, Counter[bool]]] = field(
        default_factory=lambda: {name: defaultdict(Counter) for name in ("class", "kind", "carrier", "negative")}
    )
    right: int = 0
    wrong: int = 0
    harmless: int = 0
    lost: int = 0
    missed: list[dict[str, JSON]] = field(default_factory=list)
    harmed: list[dict[str, JSON]] = field(default_factory=list)
    microseconds: float = 0.0

    def rate(self, table_name: str, row: str) -> float | None:
        counts = self.by[table_name].get(row)
        return 100 * counts[True] / counts.total() if counts else None

    @property
    def precision(self) -> float | None:
        return 100 * self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def kept(self) -> float | None:
        counts: Counter[bool] = sum(self.by["negative"].values(), Counter())
        return 100 * counts[True] / counts.total() if counts else None


def evaluate(candidate: peers.Candidate, cases: list[dict[str, JSON]]) -> Score:
    score = Score()
    for case in cases:
        start = time.perf_counter()
        output = candidate.redact(case["payload"])
        score.microseconds += (time.perf_counter() - start) * 1e6
        verdict = judge(case, output, candidate.marker)
        for planted, removed in verdict.removed:
            cls = planted["cls"]
            score.by["class"][cls][removed] += 1
            if cls in ("secret", "pii"):
                score.by["kind"][f"{cls} {planted['kind']}"][removed] += 1
            score.by["carrier"][f"{cls} {planted['ctx']}"][removed] += 1
            if not removed:
                score.missed.append({"id": case["id"], "shape": case["shape"], **planted})
        for negative, kept in verdict.kept:
            score.by["negative"][negative["kind"]][kept] += 1
            if not kept:
                score.harmed.append({"id": case["id"], **negative})
        score.right += verdict.right
        score.wrong += len(verdict.wrong)
        score.harmed += [{"id": case["id"], "kind": "change", "value": text} for text in verdict.wrong]
        score.harmless += verdict.harmless
        score.lost += verdict.harmless_lost
    return score


def evaluate_benign(candidate: peers.Candidate, payloads: list[tuple[str, JSON]]) -> dict[str, Counter[bool]]:
    """By kind of payload, how many came out unchanged."""
    unchanged: dict[str, Counter[bool]] = defaultdict(Counter)
    for name, payload in payloads:
        unchanged[name][candidate.redact(payload) == payload] += 1
    return unchanged


def benign_changes(candidate: peers.Candidate, payloads: list[tuple[str, JSON]]) -> list[dict[str, str]]:
    return [
        {"payload": name, "change": text[max(0, start - 40) : start] + "⟦" + text[start:end][:80] + "⟧"}
        for name, payload in payloads
        for text, start, end in changes(payload, candidate.redact(payload), candidate.marker)
    ]


def evaluate_corpus(candidate: peers.Candidate, rows: list[dict[str, JSON]]) -> dict[str, dict[str, Counter[bool]]]:
    """By source: `removed` (positives with a known secret), `changed` (all positives), `negative` (changed ones)."""
    result: dict[str, dict[str, Counter[bool]]] = defaultdict(lambda: defaultdict(Counter))
    for row in rows:
        output = candidate.redact({"text": row["text"]})
        changed = output != {"text": row["text"]}
        counts = result[row["source"]]
        if not row["is_secret"]:
            counts["negative"][changed] += 1
            continue
        counts["changed"][changed] += 1
        if row.get("secret"):
            counts["removed"][_corpus_removed(row, output)] += 1
    return result


def _corpus_removed(row: dict[str, JSON], output: JSON) -> bool:
    return is_removed({"value": row["secret"]}, "\0".join(strings(output)))


def read_lines(path: str) -> list[dict[str, JSON]]:
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


def _share(counts: Counter[bool] | None) -> str:
    return f"{percent(100 * counts[True] / counts.total())} ({counts[True]}/{counts.total()})" if counts else "n/a"


def _figure(value: float | None, bar: str, *, judge: bool) -> str:
    """The figure; where it is to be judged and lies below the bar, with a word on that."""
    missed = judge and value is not None and value < BARS[bar]
    return f"{percent(value)} (NOT met)" if missed else percent(value)


def side_by_side(scores: dict[str, Score]) -> str:
    ours = peers.ours().name
    rows = [
        [
            name,
            *(_figure(score.rate("class", cls), cls, judge=name == ours) for cls in ("secret", "pii", "evasion")),
            _figure(score.precision, "precision", judge=name == ours),
            _figure(score.kept, "kept", judge=name == ours),
            percent(100 * score.lost / score.harmless if score.harmless else None, digits=3),
        ]
        for name, score in scores.items()
    ]
    bars = ["bar", *(f"≥ {BARS[name]}" for name in ("secret", "pii", "evasion", "precision", "kept")), ""]
    head = ["", "secrets %", "personal %", "evasions %", "precision %", "look-alikes kept %", "harmless text lost %"]
    return table(head, [*rows, bars])


def breakdown(score: Score, name: str, *, everything: bool = False) -> str:
    """One line per row of a table that is not complete; how many are complete."""
    rows = sorted(score.by[name].items(), key=lambda item: (item[1][True] / item[1].total(), item[0]))
    shown = [(row, counts) for row, counts in rows if everything or counts[False]]
    complete = len(rows) - sum(1 for _, counts in rows if counts[False])
    text = f"{complete} of {len(rows)} {name}s are complete."
    return text + ("\n\n" + table([name, "share"], [[row, _share(counts)] for row, counts in shown]) if shown else "")


def corpus_table(results: dict[str, dict[str, dict[str, Counter[bool]]]]) -> str:
    rows = [
        [name, source, *(_share(counts.get(column)) for column in ("removed", "changed", "negative"))]
        for name, sources in results.items()
        for source, counts in sorted(sources.items())
    ]
    head = ["", "source", "known secret fully removed", "positives changed", "negatives changed"]
    return (
        table(head, rows)
        + f"\n\nBar: gitleaks fully removed ≥ {BARS['gitleaks']} %. "
        + ("Most negatives mean “not this rule”, not “harmless”.")
    )


def report_set(
    name: str, candidates: list[peers.Candidate], cases: list[dict[str, JSON]], show: argparse.Namespace
) -> str:
    scores = {candidate.name: evaluate(candidate, cases) for candidate in candidates}
    first = next(iter(scores.values()))
    planted = Counter(row["cls"] for case in cases for row in case["planted"])
    kinds = len({(row["cls"], row["kind"]) for case in cases for row in case["planted"]})
    negatives = sum(len(case["negatives"]) for case in cases)
    counted = ", ".join(f"{count} {cls}" for cls, count in planted.most_common())
    parts = [
        f"### {name}",
        f"{len(cases)} payloads; planted: {counted} of {kinds} kinds; {negatives} look-alikes.",
        side_by_side(scores),
    ]
    if "optional" in planted:
        parts.append("Optional (HTML entities, password hashes): " + _share(first.by["class"]["optional"]))
    evasions = {
        row.removeprefix("evasion "): counts
        for row, counts in first.by["carrier"].items()
        if row.startswith("evasion ")
    }
    if evasions:
        parts.append(table(["evasion", "removed"], [[row, _share(counts)] for row, counts in sorted(evasions.items())]))
    if not show.brief:
        parts += [breakdown(first, part, everything=show.all) for part in ("kind", "carrier", "negative")]
    if show.misses:
        parts += ["Missed:", _json_lines(first.missed), "Harmed:", _json_lines(first.harmed)]
    return "\n\n".join(parts)


def report_benign(candidates: list[peers.Candidate], show: argparse.Namespace) -> str:
    payloads = benign(show.benign, show.seed, PROFILES[show.profile].benign)
    rows = []
    for candidate in candidates:
        counts = evaluate_benign(candidate, payloads)
        changed = sorted(kind for kind, count in counts.items() if count[False])
        rows.append([candidate.name, _share(sum(counts.values(), Counter())), ", ".join(changed)])
    parts = ["### Harmless payloads", table(["", "unchanged", "changed kinds"], rows)]
    if show.misses:
        parts.append(_json_lines(benign_changes(candidates[0], payloads)))
    return "\n\n".join(parts)


def report_corpus(candidates: list[peers.Candidate], path: str, show: argparse.Namespace) -> str:
    rows = [row for row in read_lines(path) if "path" not in row]
    results = {candidate.name: evaluate_corpus(candidate, rows) for candidate in candidates}
    parts = ["### Other projects' test data", corpus_table(results)]
    if show.misses:
        mine = candidates[0]
        missed = [
            {key: row.get(key) for key in ("source", "kind", "text", "secret")}
            for row in rows
            if row["is_secret"] and row.get("secret") and not _corpus_removed(row, mine.redact({"text": row["text"]}))
        ]
        kinds = Counter(f"{row['source']} {row['kind']}" for row in missed)
        parts += [table(["kind", "missed"], [[kind, str(n)] for kind, n in kinds.most_common()]), _json_lines(missed)]
    return "\n\n".join(parts)


def as_json(candidates: list[peers.Candidate], sets: dict[str, list[dict[str, JSON]]], show: argparse.Namespace) -> str:
    result: dict[str, JSON] = {}
    for candidate in candidates:
        mine = result[candidate.name] = {}
        for name, cases in sets.items():
            score = evaluate(candidate, cases)
            mine[name] = {
                **{cls: score.rate("class", cls) for cls in ("secret", "pii", "evasion", "optional")},
                "precision": score.precision,
                "kept": score.kept,
                "missed": score.missed,
                "harmed": score.harmed,
            }
        mine["benign"] = {
            kind: dict(counts)
            for kind, counts in evaluate_benign(
                candidate, benign(show.benign, show.seed, PROFILES[show.profile].benign)
            ).items()
        }
    return json.dumps(result, ensure_ascii=False, indent=1, default=str)


def _json_lines(rows: list[dict[str, JSON]]) -> str:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows) or "none"


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", action="append", default=[], help="a file of cases; may be repeated")
    parser.add_argument("--generate", type=int, default=0, metavar="N", help="also N generated cases")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--profile", choices=sorted(PROFILES), default="a", help="which kinds and carriers to generate")
    parser.add_argument("--benign", type=int, default=4, metavar="N", help="harmless payloads of each kind; 0 for none")
    parser.add_argument("--corpus", help="rows of other projects' tests")
    parser.add_argument("--peers", action="store_true", help="side by side with other redactors")
    parser.add_argument("--presidio", action="store_true", help="with Presidio as well; slow")
    parser.add_argument("--misses", action="store_true", help="list every miss and every wrong change")
    parser.add_argument("--brief", action="store_true", help="no tables by kind and carrier")
    parser.add_argument("--all", action="store_true", help="the complete rows of the tables as well")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--write", action="store_true", help="write the section of docs/redaction-benchmarks.md")
    return parser.parse_args()


def main() -> None:
    show = parse()
    if show.peers:
        peers.enter_environment(presidio=show.presidio)
    candidates = [peers.ours()]
    failed: dict[str, str] = {}
    if show.peers:
        others, failed = peers.peers(presidio=show.presidio)
        candidates += others
    sets = {Path(path).stem: read_lines(path) for path in show.cases}
    if show.generate or not (show.cases or show.corpus):
        cases = generate(show.generate or 1500, show.seed, profile=show.profile, optional=True)
        sets[f"Generated, profile {show.profile}, seed {show.seed}"] = cases
    if show.json:
        sys.stdout.write(as_json(candidates, sets, show) + "\n")
        return
    parts = [report_set(name, candidates, cases, show) for name, cases in sets.items()]
    parts += [report_benign(candidates, show)] if show.benign else []
    parts += [report_corpus(candidates, show.corpus, show)] if show.corpus else []
    if show.peers:
        driven = "\n".join(f"- {candidate.name}: {candidate.driven}." for candidate in candidates)
        parts.append(f"What each was given:\n\n{driven}")
    parts += [f"Not measured: {name} ({reason})." for name, reason in failed.items()]
    text = "\n\n".join(parts) + "\n"
    sys.stdout.write(text)
    if show.write:
        write_section("quality", text)


if __name__ == "__main__":
    main()
