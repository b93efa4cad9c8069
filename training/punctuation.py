"""Attach punctuation as the guidelines say: the treebanks differ, and a parser cannot learn what is not regular.

The work is done by udapi's block `ud.FixPunct`, https://github.com/udapi/udapi-python (a tool of the recipe only).
Italian commas are the exception: most Italian treebanks hang the comma before a part from what the part hangs from, and
only the one before a conjunct from the conjunct.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from udapi.block.ud.fixpunct import FixPunct
from udapi.core.document import Document

from training.treebanks import Sentence

REGULAR = frozenset({"en_ewt"})  # attached so already (99 of 100)


def attach_punctuation(sentences: Iterable[Sentence]) -> int:
    """Give every mark of the parsed sentences its regular head (in place); returns how many heads changed."""
    chosen = [s for s in sentences if s.heads and s.source not in REGULAR and "punct" in s.deprels and is_tree(s.heads)]
    document = Document()
    document.from_conllu_string("".join(_conllu(number, sentence) for number, sentence in enumerate(chosen)))
    block, changed = FixPunct(), 0
    for sentence, bundle in zip(chosen, document.bundles, strict=True):
        tree = bundle.get_tree()
        block.process_tree(tree)
        found = [node.parent.ord for node in tree.descendants]
        marks = [i for i, deprel in enumerate(sentence.deprels) if deprel == "punct"]
        changed += sum(found[i] != sentence.heads[i] for i in marks)
        for i in marks:
            sentence.heads[i] = found[i]
        if sentence.language == "it":
            _raise_commas(sentence)
    return changed


def _raise_commas(sentence: Sentence) -> None:
    for i, (word, head) in enumerate(zip(sentence.words, sentence.heads, strict=True)):
        if word == "," and head - 1 > i and sentence.deprels[head - 1] != "conj":
            sentence.heads[i] = sentence.heads[head - 1] or head


def is_tree(heads: Sequence[int]) -> bool:
    """Joining split words into tokens can close a circle of heads."""
    for start in range(1, len(heads) + 1):
        node, steps = start, 0
        while node and steps <= len(heads):
            node, steps = heads[node - 1], steps + 1
        if node:
            return False
    return True


def _conllu(number: int, sentence: Sentence) -> str:
    rows = zip(sentence.words, sentence.upos, sentence.heads, sentence.deprels, strict=True)
    lines = [f"{i}\t{w}\t_\t{u}\t_\t_\t{h}\t{r}\t_\t_" for i, (w, u, h, r) in enumerate(rows, 1)]
    return f"# sent_id = s{number}\n" + "\n".join(lines) + "\n\n"
