"""Make news sentences with their analysis from patterns: what newspapers write and treebanks lack.

Usage: python -m training.synthesise OUT.jsonl [--count 4000] [--seed 7]
"""

from __future__ import annotations

import argparse
import random
import re
import tomllib
from pathlib import Path
from typing import Any

from training.phrases import Phrase, capitalise, pattern, to_sentence
from training.prepare import write_sentences
from training.slots_en import EnglishSlots
from training.slots_it import ItalianSlots

FOLDER = Path(__file__).parent / "news_sentences"
VARIABLE = re.compile(r"\$(\w)")


class Maker:
    """Expand the rules of one language at random."""

    def __init__(self, language: str, seed: int) -> None:
        data: dict[str, Any] = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf8"))
        self.rng = random.Random(f"{language}-{seed}")
        self.rules: dict[str, list[str]] = data["rules"]
        self.slots = {"it": ItalianSlots, "en": EnglishSlots}[language](data, self.rng)
        self.language = language

    def expand(self, rule: str) -> Phrase:
        """Choose a pattern of a rule and fill it; `$g` and `$h` agree in number with `$n` and `$m`."""
        text = self.rng.choice(self.rules[rule])
        values = {}
        for gender, number in (("g", "n"), ("h", "m")):
            values[gender] = self.rng.choices(("ms", "fs", "mp", "fp"), (4, 3, 2, 1))[0]
            values[number] = values[gender][1]
        return pattern(VARIABLE.sub(lambda match: values[match[1]], text), self.slot)

    def slot(self, name: str) -> Phrase:
        base, _, form = name.partition(".")
        if base in self.rules:
            return self.expand(base)
        if base.isupper() and base.isalpha():
            phrase: Phrase = getattr(self.slots, base.lower())(form)
            return phrase
        return self.slots.literal(name)

    def sentences(self, count: int) -> list[Any]:
        return [to_sentence(capitalise(self.expand("SENTENCE")), self.language) for _ in range(count)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    made = [s for language in ("it", "en") for s in Maker(language, options.seed).sentences(options.count)]
    write_sentences(options.out, made)


if __name__ == "__main__":
    main()
