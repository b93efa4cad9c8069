"""Phrases with their analysis, and patterns that compose them: what the made sentences are built of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from training.treebanks import Sentence

UNMARKED = "?"  # a label that is not trained on


@dataclass(frozen=True)
class Token:
    """One word; `head` is an index in its phrase, -1 for the root of the phrase."""

    form: str
    lemma: str
    upos: str
    feats: tuple[tuple[str, str], ...] = ()
    head: int = -1
    deprel: str = "root"
    ner: str = "O"


@dataclass(frozen=True)
class Phrase:
    """A tree of tokens."""

    tokens: tuple[Token, ...]

    @property
    def root(self) -> int:
        return next(i for i, token in enumerate(self.tokens) if token.head < 0)


def word(form: str, lemma: str, upos: str, feats: str = "") -> Phrase:
    """One word as a phrase; features as in CoNLL-U."""
    pairs = tuple(tuple(pair.split("=")) for pair in feats.split("|") if "=" in pair)
    return Phrase((Token(form, lemma, upos, pairs),))  # type: ignore[arg-type]


def flat_name(text: str, kind: str, relation: str = "flat") -> Phrase:
    """A name of proper nouns: the first word heads the others."""
    tokens = []
    for i, form in enumerate(text.split()):
        tokens.append(Token(form, form, "PROPN", (), -1 if i == 0 else 0, "root" if i == 0 else relation,
                            ("B-" if i == 0 else "I-") + kind))  # fmt: skip
    return Phrase(tuple(tokens))


def named(phrase: Phrase, kind: str) -> Phrase:
    """Mark the whole phrase as one name."""
    return Phrase(tuple(replace(t, ner=("B-" if i == 0 else "I-") + kind) for i, t in enumerate(phrase.tokens)))


def compose(parts: list[tuple[str, Phrase, str, str]]) -> Phrase:
    """Join (key, phrase, relation, key of the head) in order; the part with an empty head key is the root."""
    offsets: dict[str, int] = {}
    position = 0
    for key, phrase, _, _ in parts:
        offsets[key] = position
        position += len(phrase.tokens)
    roots = {key: offsets[key] + phrase.root for key, phrase, _, _ in parts}
    tokens: list[Token] = []
    for key, phrase, relation, head in parts:
        for token in phrase.tokens:
            if token.head >= 0:
                tokens.append(replace(token, head=token.head + offsets[key]))
            else:
                tokens.append(replace(token, head=roots[head] if head else -1, deprel=relation if head else "root"))
    return Phrase(tuple(tokens))


def pattern(text: str, slot: Callable[[str], Phrase]) -> Phrase:
    """Build a phrase from `ITEM@key>head:relation` items; the item without a head is the root."""
    parts = []
    for number, item in enumerate(text.split()):
        left, _, attachment = item.partition(">>")
        name, _, key = left.partition("@")
        head, _, relation = attachment.partition(":")
        parts.append((key or f"#{number}", slot(name), relation, head))
    return compose(parts)


def capitalise(phrase: Phrase) -> Phrase:
    """Capitalise the first word that is not punctuation."""
    tokens = list(phrase.tokens)
    for i, token in enumerate(tokens):
        if token.upos != "PUNCT":
            tokens[i] = replace(token, form=token.form[:1].upper() + token.form[1:])
            break
    return Phrase(tuple(tokens))


def to_sentence(phrase: Phrase, language: str) -> Sentence:
    """Make a training sentence of a complete tree."""
    tokens = phrase.tokens
    return Sentence(
        language, f"{language}_synthetic", [t.form for t in tokens], [t.upos for t in tokens],
        [t.lemma for t in tokens],
        [dict(t.feats) for t in tokens], [t.head + 1 for t in tokens], [t.deprel for t in tokens],
        [t.ner for t in tokens],
    )  # fmt: skip
