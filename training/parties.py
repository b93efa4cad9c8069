"""Learn what the signs of an event's parties are worth, from sentences of our own whose events are marked.

    python -m training.parties --out src/ultimora/models/parties.toml
    python -m training.parties --folds 8      # of sentences left out: how many roles are filled, and how many rightly

The sentences are the parts for building of ``benchmarks/events`` and the corpora beside the rules. For everybody whom
they speak of about an event that is read with its type, the probability of what he is to it (actor, recipient, neither)
is made as great as it can be, with a Gaussian prior: multinomial logistic regression, trained by gradient descent from
zero, so that the same sentences and the same program give the same weights.
"""

from __future__ import annotations

import argparse
import collections
import pathlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import numpy as np
import yaml

import ultimora
from benchmarks import events
from ultimora import languages
from ultimora.claims import extract, likely
from ultimora.claims.parties import Parties
from ultimora.claims.role_signs import Participant, Told
from ultimora.languages import corpus
from ultimora.types import Document

_SELDOM = 3
_LEAST = 0.05
_STEPS = 300
_RATE = 0.3
_ROLES = ("actors", "recipients")
_CORPUS = "corpus:"
_EXAMPLE = 4.0
NEITHER, ACTOR, RECIPIENT = range(3)

Item = dict[str, Any]


@dataclass
class Case:
    """A marked event that is read with its type: everybody spoken of about it, and what each is to it, None where the
    marks do not say; ``wanted``: which roles are marked as filled, ``known``: whether they say who fills every role.
    """

    sentence: str
    told: Told
    parties: Parties
    many: list[Participant]
    meant: list[int | None]
    known: bool
    wanted: dict[str, bool]


def cases(folder: pathlib.Path) -> Iterator[Case]:
    """The marked events of the parts for building, and those of the corpora beside the rules."""
    for path in sorted(folder.glob("*.yaml")):
        for sentence in yaml.safe_load(path.read_text(encoding="utf-8")):
            if sentence["part"] == "build" and sentence.get("claims"):
                yield from _of_sentence(sentence, path.stem)
    for tag in languages.available():
        for example in corpus.examples(tag):
            yield from _of_example(example)


@dataclass
class _Seen:
    """An event as it was met, with everybody spoken of about it before a role was filled."""

    told: Told
    parties: Parties
    many: list[Participant]

    def case(self, sentence: str, want: Item, known: dict[str, bool]) -> Case:
        """As a case of a marked event; ``known``: the roles that it marks, be it with nobody."""
        two_sided = events.two_sided(want)
        complete = all(known.values()) or (two_sided and len([*want["actors"], *want["recipients"]]) > 1)
        roles = [_role(self.told, one, want, two_sided) for one in self.many]
        meant = [role or (NEITHER if complete else None) for role in roles]
        wanted = {role: bool(want[role]) for role in _ROLES}
        return Case(sentence, self.told, self.parties, self.many, meant, complete, wanted)


def _read(text: str, language: str, published: str | None) -> list[_Seen]:
    seen: list[_Seen] = []

    def kept(document: Document, told: Sequence[tuple[Any, Any, Parties]]) -> None:
        for token, trigger, parties in told:
            event = Told(document, token, trigger, tuple(parties.actors), tuple(parties.recipients))
            before = Parties(list(parties.actors), list(parties.recipients), counted=set(parties.counted))
            seen.append(_Seen(event, before, list(likely.participants(event))))

    with patch.object(extract, "fill_in", kept):
        ultimora.read(text, language=language, published=published)
    return seen


def _of_sentence(sentence: Item, name: str) -> Iterator[Case]:
    wants = list(sentence["claims"])
    for seen in _read(sentence["text"], name[:2], str(sentence["published"])):
        want = next((w for w in wants if _is_told(seen.told, w)), None)
        if want is not None:
            wants.remove(want)
            known = {role: "trigger" in want or bool(want[role]) for role in _ROLES}
            yield seen.case(f"{name}:{sentence['id']}", want, known)


def _of_example(example: corpus.Example) -> Iterator[Case]:
    """Of a corpus line: a role that it names is as it says, and whom it forbids is nothing to the event."""
    wants = [
        w for w in example.wants.get("claims", ()) if "event_type" in w and not {"actors", "recipients"}.isdisjoint(w)
    ]
    wants, bans = _of_parties(example.wants.get("claims", ())), _of_parties(example.forbids.get("claims", ()))
    for seen in _read(example.text, example.language, example.published) if wants or bans else ():
        want = next((w for w in wants if _is_told(seen.told, w)), None)
        if want is not None:
            wants.remove(want)
            marked = {"event_type": want["event_type"], **{role: want.get(role, []) for role in _ROLES}}
            yield seen.case(f"{_CORPUS}{example.name}", marked, {role: role in want for role in _ROLES})
        for ban in (b for b in bans if _is_told(seen.told, b)):
            yield _banned(f"{_CORPUS}{example.name}", seen, ban)


def _of_parties(claims: Any) -> list[Item]:
    """Those of the claims a line asks for or forbids that say who takes part in what."""
    listed = claims if isinstance(claims, list | tuple) else [claims]
    told = (c for c in listed if isinstance(c, dict) and "event_type" in c)
    return [c for c in told if not set(_ROLES).isdisjoint(c)]


def _banned(name: str, seen: _Seen, ban: Item) -> Case:
    marked = {role: ban.get(role, []) for role in _ROLES}
    meant = [NEITHER if _role(seen.told, one, marked, False) else None for one in seen.many]
    return Case(name, seen.told, seen.parties, seen.many, meant, False, dict.fromkeys(_ROLES, False))


def _is_told(event: Told, want: Item) -> bool:
    """Whether a marked event is the one read: of its type and, where that is marked, by its word."""
    trigger = want.get("trigger")
    spoken = trigger is None or event.token.text in trigger.split()
    return spoken and event.trigger.event_type in events.choices(want["event_type"])


def _role(event: Told, one: Participant, want: Item, two_sided: bool) -> int:
    is_in = {role: any(_is_meant(event, one, c) for w in want[role] for c in events.choices(w)) for role in _ROLES}
    if two_sided:
        return ACTOR if any(is_in.values()) else NEITHER
    if all(is_in.values()):
        return RECIPIENT if event.role_of(one) == "R" else ACTOR
    return ACTOR if is_in["actors"] else RECIPIENT if is_in["recipients"] else NEITHER


def _is_meant(event: Told, one: Participant, want: str) -> bool:
    if not want:
        return False
    if one.entity is not None:
        return events.is_party(want, (one.entity.country, events.names(one.entity)))
    below = [one.token, *event.document.subtree(one.token)]
    phrase = event.document.text[min(t.start for t in below) : max(t.end for t in below)]
    return one.token.text in want and (want in phrase or phrase in want)


def _weight(row: Case) -> float:
    """How much a case counts: a line of a corpus is there for what it shows."""
    return _EXAMPLE if row.sentence.startswith(_CORPUS) else 1.0


def train(rows: Sequence[Case], prior: float) -> likely.Weights:
    """The weights under which everybody is the likeliest to be what he is."""
    pairs_of = ((row, zip(row.many, row.meant, strict=True)) for row in rows)
    told = [(one.signs, m, _weight(row)) for row, each in pairs_of for one, m in each if m is not None]
    worth = np.array([weight for *_, weight in told])[:, None]
    counts = collections.Counter(sign for signs, *_ in told for sign in set(signs))
    names = sorted(sign for sign, count in counts.items() if count >= _SELDOM)
    at = {name: i for i, name in enumerate(names)}
    pairs = [(row, at[sign]) for row, (signs, *_) in enumerate(told) for sign in signs if sign in at]
    lines, columns = np.array([p[0] for p in pairs]), np.array([p[1] for p in pairs])
    right = np.eye(3)[[m for _, m, _ in told]]
    weights, squares = np.zeros((len(names), 3)), np.full((len(names), 3), 1e-8)
    for _ in range(_STEPS):
        scores = np.stack([np.bincount(lines, weights[columns, k], len(told)) for k in range(3)], 1)
        odds = np.exp(scores - scores.max(1, keepdims=True))
        off = (odds / odds.sum(1, keepdims=True) - right) * worth
        slope = np.stack([np.bincount(columns, off[lines, k], len(names)) for k in range(3)], 1) + prior * weights
        squares += slope**2
        weights -= _RATE * slope / np.sqrt(squares)
    apart = (weights[:, 1:] - weights[:, :1]).round(2)
    return {n: (float(a), float(r)) for n, (a, r) in zip(names, apart, strict=True) if max(abs(a), abs(r)) >= _LEAST}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", type=pathlib.Path, default=events.SETS, help="the folder of marked sentences")
    parser.add_argument("--out", type=pathlib.Path, help="where the weights go")
    parser.add_argument("--folds", type=int, default=0, help="leave out each of so many parts in turn and count")
    parser.add_argument("--prior", type=float, default=1.0, help="the inverse variance of the prior")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print the first N roles filled wrongly")
    args = parser.parse_args()
    rows = list(cases(args.sets))
    if args.folds:
        _count(rows, args.folds, args.prior, args.errors)
    if args.out:
        lines = [f'"{name}" = [{a}, {r}]' for name, (a, r) in train(rows, args.prior).items()]
        args.out.write_text("\n".join([_HEAD.format(len(rows)), "[weights]", *lines, ""]), encoding="utf-8")


_HEAD = """# What the signs of an actor and of a recipient are worth (claims/role_signs.py), learned by
# training/parties.py from {} events of our own sentences. Not to be edited by hand."""


def _count(rows: Sequence[Case], folds: int, prior: float, errors: int) -> None:
    sentences = sorted({row.sentence for row in rows if not row.sentence.startswith(_CORPUS)})
    totals: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for part in range(folds):
        out = set(sentences[part::folds])
        learned = train([row for row in rows if row.sentence not in out], prior)
        with patch.object(likely, "weights", lambda learned=learned: learned):
            for row in (row for row in rows if row.sentence in out):
                for role, sort, said in _filled(row):
                    for key in (role, row.sentence.split(":")[0]):
                        totals[key][sort] += 1
                    if sort == "wrong" and errors > 0:
                        errors -= 1
                        print(row.sentence, row.told.document.text, "|", row.told.token.text, role, "|", said)
    for key, sorts in sorted(totals.items()):
        print(f"{key:12} right {sorts['right']}, wrong {sorts['wrong']}, still empty {sorts['missed']}")


def _filled(row: Case) -> Iterator[tuple[str, str, str]]:
    """Of each empty role, whether somebody is found, and rightly."""
    for role in likely.lacking(row.told.trigger, row.parties):
        meant = RECIPIENT if role == "recipients" else ACTOR
        found = likely.likeliest(row.many, role, row.parties)
        wanted = any(row.wanted.values()) if role == "other" else row.wanted[role]
        if found is None:
            taken = {*row.parties.actors, *row.parties.recipients}
            pairs = zip(row.many, row.meant, strict=True)
            free = [m for one, m in pairs if one.entity is None or one.entity.id not in taken]
            if wanted and meant in free:
                yield role, "missed", ""
        elif row.known or wanted:
            right = row.meant[row.many.index(found)] == meant
            yield role, "right" if right else "wrong", found.entity.name if found.entity else found.token.text


if __name__ == "__main__":
    main()
