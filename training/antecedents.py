"""Learn what the signs of an antecedent are worth, from articles of our own whose pronouns are marked.

    python -m training.antecedents FOLDER... --out src/ultimora/models/antecedents.toml
    python -m training.antecedents FOLDER... --folds 8      # how many are found of articles left out, by sort

An article and its facts have the form of ``benchmarks/articles/README.md``; the facts ``same`` whose second phrase is a
pronoun are taken. For each, the probability of the antecedents that are meant is made as great as it can be, with a
Gaussian prior: conditional log-linear ranking, trained by gradient descent from zero, so that the same articles and the
same program give the same weights.
"""

from __future__ import annotations

import argparse
import collections
import pathlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from unittest.mock import patch

import numpy as np

import ultimora
from benchmarks import facts
from ultimora import languages, serial
from ultimora.documents.entities import antecedents as finding
from ultimora.documents.entities.context import Context
from ultimora.documents.entities.registry import Draft
from ultimora.documents.entities.signs import Antecedent, Pronoun
from ultimora.languages import corpus
from ultimora.types import Token

_SELDOM = 3
_LEAST = 0.01
_STEPS = 400
_SHORT = 3
_WORDS = 12
_SHOWN = 5
_CORPUS = "corpus:"
_EXAMPLE = 8.0
"""How much a line of a corpus counts, which is there for what it shows."""


@dataclass
class Choice:
    """A marked pronoun: who might be meant, each with its signs and whether it is.

    ``weight``: how much it counts; ``read``: whether the reading has it already.
    """

    article: str
    sort: str
    fact: str
    signs: list[list[tuple[str, float]]]
    meant: list[bool]
    names: list[str]
    weight: float = 1.0
    read: bool = False


def choices(folders: Sequence[pathlib.Path]) -> Iterator[Choice]:
    """The marked pronouns of articles, and those of the corpora beside the rules, read anew."""
    for tag in languages.available():
        for example in corpus.examples(tag):
            yield from _of_example(example)
    for folder in folders:
        for article in facts.load(folder, None):
            yield from _of_article(article)


def read_twice(folders: Sequence[pathlib.Path], prior: float) -> list[Choice]:
    """The choices of a reading by what a first one teaches, which knows no weights: whom one pronoun means bears on the
    next, and the weights in the package are to have no part in what is learned.
    """
    with patch.object(finding, "weights", dict):
        first = train(list(choices(folders)), prior)
    with patch.object(finding, "weights", lambda: first):
        return list(choices(folders))


@dataclass
class _Seen:
    """A pronoun as it was met, with all that it might mean and what that had been called."""

    token: Token
    sort: str
    many: list[Antecedent]
    names: list[list[str]]

    def choice(self, view: facts.View, article: str, fact: str, wanted: str) -> Choice:
        """As a choice of the one wanted."""
        pairs = zip(self.many, self.names, strict=True)
        meant = [_is_meant(view, wanted, one.draft, called) for one, called in pairs]
        return Choice(article, self.sort, fact, [o.signs for o in self.many], meant, [o.draft.name for o in self.many])


def _read(text: str, language: str, published: str | None, outlet: str | None = None) -> tuple[facts.View, list[_Seen]]:
    seen: dict[int, _Seen] = {}
    ranked = finding.antecedents

    def kept(context: Context, token: Token, traits: tuple[str, str]) -> list[Antecedent]:
        many = ranked(context, token, traits)
        names = [_names(context, one.draft) for one in many]
        seen[token.start] = _Seen(token, Pronoun(context, token, traits).sort, many, names)
        return many

    with patch.object(finding, "antecedents", kept):
        reading = ultimora.read(text, language=language, published=published, outlet=outlet)
    return facts.View(serial.to_data(reading)), [seen[start] for start in sorted(seen)]


def _of_article(article: dict[str, Any]) -> Iterator[Choice]:
    published = facts._iso(article["published"])
    view, seen = _read(article["text"], article["language"], published, article["outlet"])
    for fact in article["facts"]:
        wanted, word = fact.get("same", ("", ""))
        span = view.anchor(fact.get("in"))
        at = view.text.find(word, span[0] if span else 0)
        found = next((each for each in seen if at <= each.token.start < at + len(word)), None)
        if found is not None and " " not in word.strip():
            choice = found.choice(view, article["id"], str(fact), wanted)
            yield replace(choice, read=facts.found(view, fact))


def _of_example(example: corpus.Example) -> Iterator[Choice]:
    marks = [pair for want in example.wants.get("entities", ()) for pair in _marks(want)]
    view, seen = _read(example.text, example.language, example.published) if marks else (None, [])
    for name, mark in marks:
        here = [s for s in seen if mark.get("sentence") in (None, s.token.sentence)]
        found = [s for s in here if s.token.text == mark.get("text")]
        if len(found) == 1 and view is not None:
            choice = found[0].choice(view, f"{_CORPUS}{example.name}", example.text, name)
            yield replace(choice, weight=_EXAMPLE)


def _marks(want: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The mentions that a line asks for, each with the name it belongs to; without a name with the first of them."""
    mentions = [m if isinstance(m, dict) else {"text": m} for m in want.get("mentions", ())]
    name = want.get("name") or (mentions[0].get("text") if len(mentions) > 1 else None)
    yield from ((str(name), m) for m in mentions if name is not None and m.get("text") != name)


def _names(context: Context, draft: Draft) -> list[str]:
    """By what an antecedent has been called until now."""
    tokens = [context.document.tokens[i] for i in draft.heads[:_WORDS]]
    said = [draft.name, *(m.text for m in draft.mentions.values())]
    said += [name for each in draft.members for name in _names(context, each)]
    said.append(" ".join(each.name for each in draft.members))
    return said + [context.phrases.name_of(t, wide=True) for t in tokens] + [t.text for t in tokens]


def _is_meant(view: facts.View, wanted: str, draft: Draft, names: Sequence[str]) -> bool:
    for want in facts.choices(wanted):
        called = any(facts.same_words(want, n) or (len(n) > _SHORT and facts.same_words(n, want or "")) for n in names)
        if called or (draft.position >= 0 and view.is_entity(want, f"n{draft.position + 1}")):
            return True
    return False


def train(rows: Sequence[Choice], prior: float) -> dict[str, float]:
    """The weights under which those who are meant are the likeliest."""
    rows = [r for r in rows if any(r.meant) and not all(r.meant)]
    worth = np.array([r.weight for r in rows for _ in r.signs])
    counts = collections.Counter(name for r in rows for one in r.signs for name in {n for n, _ in one})
    names = sorted(name for name, count in counts.items() if count >= _SELDOM)
    at = {name: i for i, name in enumerate(names)}
    matrix = np.zeros((sum(len(r.signs) for r in rows), len(names)))
    meant = np.array([m for r in rows for m in r.meant])
    for line, signs in enumerate(s for r in rows for s in r.signs):
        for name, value in signs:
            if name in at:
                matrix[line, at[name]] += value
    sizes = [len(r.signs) for r in rows]
    starts = np.cumsum([0, *sizes[:-1]])
    group = np.repeat(np.arange(len(rows)), sizes)
    weights, squares = np.zeros(len(names)), np.full(len(names), 1e-8)
    for _ in range(_STEPS):
        scores = matrix @ weights
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        all_, right = np.add.reduceat(odds, starts), np.add.reduceat(odds * meant, starts)
        slope = matrix.T @ ((odds / all_[group] - odds * meant / right[group]) * worth) + prior * weights
        squares += slope**2
        weights -= 0.3 * slope / np.sqrt(squares)
    return dict(zip(names, weights.round(3).tolist(), strict=True))


def found(row: Choice, weights: dict[str, float]) -> bool:
    """Whether the likeliest is one that is meant."""
    scores = [sum(weights.get(n, 0.0) * v for n, v in one) for one in row.signs]
    return bool(scores) and row.meant[int(np.argmax(scores))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=pathlib.Path, help="folders of marked articles")
    parser.add_argument("--out", type=pathlib.Path, help="where the weights go")
    parser.add_argument("--folds", type=int, default=0, help="leave out each of so many parts in turn and count")
    parser.add_argument("--prior", type=float, default=2.0, help="the inverse variance of the prior")
    parser.add_argument("--errors", action="store_true", help="print what is missed")
    args = parser.parse_args()
    rows = read_twice(args.folders, args.prior)
    if args.folds:
        _count(rows, args.folds, args.prior, args.errors)
    if args.out:
        learned = {name: worth for name, worth in train(rows, args.prior).items() if abs(worth) >= _LEAST}
        lines = [_HEAD.format(len(rows)), "[weights]", *(f'"{name}" = {worth}' for name, worth in learned.items())]
        args.out.write_text("\n".join([*lines, ""]), encoding="utf-8")


_HEAD = """# What the signs of an antecedent are worth (documents/entities/signs.py), learned by training/antecedents.py
# from {} marked pronouns of our own articles. Not to be edited by hand."""


def _count(rows: Sequence[Choice], folds: int, prior: float, errors: bool) -> None:
    articles = sorted({r.article for r in rows})
    totals: dict[str, list[int]] = collections.defaultdict(lambda: [0, 0, 0, 0])
    for part in range(folds):
        out = {a for a in articles[part::folds] if not a.startswith(_CORPUS)}
        weights = train([r for r in rows if r.article not in out], prior)
        for row in (r for r in rows if r.article in out):
            hit = found(row, weights)
            for key in ("all", row.article[:2], row.sort):
                for at, counted in enumerate((hit, any(row.meant), True, row.read)):
                    totals[key][at] += counted
            if errors and not hit:
                _show(row, weights)
    for key, (hits, possible, of, read) in sorted(totals.items()):
        share = f"{hits} of {of} ({100 * hits / of:.1f} %)"
        print(f"{key:12} {share}, {possible} have theirs among the candidates, {read} are read")


def _show(row: Choice, weights: dict[str, float]) -> None:
    scores = [sum(weights.get(n, 0.0) * v for n, v in one) for one in row.signs]
    print("read" if row.read else "    ", row.article, row.sort, row.fact)
    for i in np.argsort(scores)[::-1][:_SHOWN]:
        print(f"      {scores[i]:5.1f} {'*' if row.meant[i] else ' '} {row.names[i]}")


if __name__ == "__main__":
    main()
