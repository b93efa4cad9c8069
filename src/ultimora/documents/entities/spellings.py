"""What names of an article tell of each other by their spelling alone: short forms of firms, surnames of people."""

from __future__ import annotations

from collections.abc import Mapping, Set

_ORGANIZED = frozenset({"ORG", "organization", "outlet", "armed_group"})


def brands(labels: Mapping[str, str], persons: Set[str]) -> dict[str, str]:
    """Single words that never stand in a longer name, nor with a title: people are introduced by their full names."""
    longer = {word for text, label in labels.items() if " " in text and label == "PER" for word in text.split()}
    alone = (text for text, label in labels.items() if label == "PER" and " " not in text)
    return {text: "ORG" for text in alone if text not in longer and text not in persons}


def shortened(labels: Mapping[str, str]) -> dict[str, str]:
    """A word alone that begins an organization's name, and no person's, is that organization: "Aurora [Motors]"."""
    firsts = {t.split()[0] for t, label in labels.items() if " " in t and label in _ORGANIZED}
    persons = {word for t, label in labels.items() if " " in t and label == "PER" for word in t.split()}
    return {t: "ORG" for t, label in labels.items() if label == "PER" and t in firsts - persons}


def lengthened(labels: Mapping[str, str]) -> dict[str, str]:
    """A place by its label whose first word alone is an organization's is that organization: "Granaria [Corsini]"."""
    return {t: "ORG" for t, label in labels.items() if label == "LOC" and labels.get(t.split()[0]) in _ORGANIZED}


def surnames(labels: Mapping[str, str]) -> dict[str, str]:
    """Words that end a person's name are that person's: "Monica [Dal Pos]"; one word alone may be a firm's, too."""
    whole = (t.split() for t, label in labels.items() if label == "PER")
    ends = {" ".join(words[at:]) for words in whole for at in range(1, len(words) - 1)}
    return {t: "PER" for t, label in labels.items() if label != "PER" and t in ends}
