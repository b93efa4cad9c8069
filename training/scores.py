"""Scores of analyses against gold: syntax, tags, lemmas and names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import torch

from training.batches import Encoder, plan
from training.network import Network
from training.treebanks import Sentence, spans


def development_scores(network: Network, encoder: Encoder, sentences: Sequence[Sentence]) -> dict[str, float]:
    """Score the network on the development part, by language, without the tree repair."""
    network.eval()
    counts: Counter[str] = Counter()
    names = list(encoder.index["ner"])
    with torch.no_grad():
        for group in plan([encoder.length(s) for s in sentences], 2000, None):
            part = [sentences[i] for i in group]
            count_batch(network, encoder, part, names, counts)
    network.train()
    return summary(counts)


def count_batch(
    network: Network, encoder: Encoder, part: list[Sentence], names: list[str], counts: Counter[str]
) -> None:
    """Add the hits of one batch to the counts."""
    b = encoder.batch(part)
    embedded = network.embed(b.ids)
    syntax, tags, kinds = network.words(embedded, b.mask[:, None, None, :], b.first, b.last)
    upos, _, scripts, ner = (scores.argmax(-1) for scores in network.tags(tags, embedded, b.first, b.last))
    arcs, sides, head_side = network.syntax(syntax)
    heads = arcs.masked_fill(~b.present[:, None, :], -1e4).argmax(-1)
    deprels = network.relations(sides, head_side, heads).argmax(-1)
    told = network.told(kinds, embedded, b.first, b.last)
    events, roles = network.kinds(told).argmax(-1), network.roles(told, b.told).argmax(-1)
    none, verb = encoder.index["events"]["O"], encoder.index["upos"]["VERB"]
    for row, sentence in enumerate(part):
        key = sentence.language
        gold = b.heads[row] >= 0
        right = (heads[row] == b.heads[row]) & gold
        verbs = (b.upos[row] == verb) & gold
        counts[f"{key}_words"] += int(gold.sum())
        counts[f"{key}_uas"] += int(right.sum())
        counts[f"{key}_las"] += int((right & (deprels[row] == b.deprels[row])).sum())
        counts[f"{key}_upos"] += int(((upos[row] == b.upos[row]) & gold).sum())
        counts[f"{key}_verbs"] += int(verbs.sum())
        counts[f"{key}_verb_lemma"] += int(((scripts[row] == b.scripts[row]) & verbs).sum())
        marked = b.events[row] >= 0
        counts[f"{key}_events_gold"] += int((marked & (b.events[row] != none)).sum())
        counts[f"{key}_events_guess"] += int((marked & (events[row] != none)).sum())
        counts[f"{key}_events_right"] += int((marked & (b.events[row] != none) & (events[row] == b.events[row])).sum())
        for number in (b.told[:, 0] == row).nonzero().flatten().tolist():
            gold_roles, guessed = b.roles[number], roles[number]
            marked = gold_roles >= 0
            counts[f"{key}_roles_gold"] += int((marked & (gold_roles != 0)).sum())
            counts[f"{key}_roles_guess"] += int((marked & (guessed != 0)).sum())
            counts[f"{key}_roles_right"] += int((marked & (gold_roles != 0) & (guessed == gold_roles)).sum())
        if sentence.ner:
            guess = spans([names[i] for i in ner[row, 1 : len(sentence.words) + 1].tolist()])
            gold_names = spans(sentence.ner)
            counts[f"{key}_names_gold"] += len(gold_names)
            counts[f"{key}_names_guess"] += len(guess)
            counts[f"{key}_names_right"] += len(guess & gold_names)


def summary(counts: Counter[str]) -> dict[str, float]:
    """Turn counts into percentages."""
    result: dict[str, float] = {}
    for language in sorted({key[:2] for key in counts}):
        total = max(1, counts[f"{language}_words"])
        for name in ("upos", "uas", "las"):
            result[f"{language}_{name}"] = round(100 * counts[f"{language}_{name}"] / total, 2)
        verbs = max(1, counts[f"{language}_verbs"])
        result[f"{language}_verb_lemma"] = round(100 * counts[f"{language}_verb_lemma"] / verbs, 2)
        for kind in ("names", "events", "roles"):
            both = max(1, counts[f"{language}_{kind}_gold"] + counts[f"{language}_{kind}_guess"])
            result[f"{language}_{kind}"] = round(200 * counts[f"{language}_{kind}_right"] / both, 2)
    return result
