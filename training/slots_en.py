"""English phrases for the made sentences."""

from __future__ import annotations

import tomllib
from pathlib import Path
from random import Random
from typing import Any

from training.phrases import Phrase, compose, flat_name, named, word

PRESENT = "Mood=Ind|Number={n}|Person=3|Tense=Pres|VerbForm=Fin"
PAST = "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin"
NUMBER = {"s": "Sing", "p": "Plur"}
SHARED = Path(__file__).parent / "news_sentences" / "it.toml"


class EnglishSlots:
    """One method for each slot of the patterns; of the argument only the number matters."""

    def __init__(self, data: dict[str, Any], rng: Random) -> None:
        self.data, self.rng = data, rng
        shared = tomllib.loads(SHARED.read_text(encoding="utf8"))
        self.data |= {key: shared[key] for key in ("given_m", "given_f", "surnames")}
        self.words: dict[str, str] = data["words"]
        kinds = ("transitive", "say", "think", "intransitive")
        self.verbs = {kind: [entry.split() for entry in data[kind]] for kind in kinds}

    def pick(self, key: str) -> str:
        values = self.data[key]
        return str(self.rng.choice(values.split() if isinstance(values, str) else values))

    def literal(self, name: str) -> Phrase:
        lemma, upos, *feats = self.words[name].split()
        return word("to" if name == "toadp" else name, lemma, upos, *feats)

    # names

    def name(self, _form: str = "") -> Phrase:
        surname = self.pick("surnames")
        dice = self.rng.random()
        if dice < 0.4:
            return flat_name(surname, "PER")
        return flat_name(f"{self.pick(self.rng.choice(['given_m', 'given_f']))} {surname}", "PER")

    def titled(self) -> Phrase:
        title = self.pick("titles")
        return compose([("t", word(title, title, "PROPN", "Number=Sing"), "", ""), ("n", self.name(), "flat", "t")])

    def org(self, _form: str = "") -> Phrase:
        """In English the last word of a name heads it."""
        return self._compound(self.pick("orgs"), "ORG")

    @staticmethod
    def _compound(text: str, kind: str) -> Phrase:
        *before, last = text.split()
        if "of" in before or "the" in before:
            return flat_name(text, kind)
        parts = [(f"x{i}", word(form, form, "?"), "compound", "n") for i, form in enumerate(before)]
        return named(compose([*parts, ("n", word(last, last, "PROPN", "Number=Sing"), "", "")]), kind)

    def _the_org(self) -> Phrase:
        name = self._compound(self.pick("orgs_the"), "ORG")
        return compose([("a", self.literal("the"), "det", "n"), ("n", name, "", "")])

    def city(self, _form: str = "") -> Phrase:
        return flat_name(self.pick("cities"), "LOC")

    def country(self) -> Phrase:
        return flat_name(self.pick("countries"), "LOC")

    def place(self, _form: str = "") -> Phrase:
        name = self.city() if self.rng.random() < 0.6 else self.country()
        return self._with(self.rng.choice(["in", "in", "near", "outside"]), name)

    def _with(self, lemma: str, phrase: Phrase) -> Phrase:
        return compose([("p", self.literal(lemma), "case", "n"), ("n", phrase, "", "")])

    # nouns

    def _noun(self, key: str, plural: bool) -> Phrase:
        form = self.pick(key)
        return word(form, "?" if plural else form, "NOUN", f"Number={'Plur' if plural else 'Sing'}")

    def _described(self, key: str, plural: bool, determiner: str = "the") -> Phrase:
        parts: list[tuple[str, Phrase, str, str]] = []
        adjective = self.pick("adjectives") if self.rng.random() < 0.45 else ""
        noun = self._noun(key, plural)
        if determiner == "a":
            first = (adjective or noun.tokens[0].form)[0].lower()
            determiner = "" if plural else "an" if first in "aeiou" else "a"
        if determiner:
            parts.append(("a", self.literal(determiner), "det", "n"))
        if adjective:
            parts.append(("j", word(adjective, adjective, "ADJ"), "amod", "n"))
        return compose([*parts, ("n", noun, "", "")])

    def role(self, _form: str = "") -> Phrase:
        """`the mayor of Odesa`."""
        noun = self._described("roles", False)
        if self.rng.random() < 0.5:
            return compose([("n", noun, "", ""), ("m", self._with("of", self.city()), "nmod", "n")])
        return noun

    def subject(self, form: str) -> Phrase:
        dice = self.rng.random()
        if form[1] == "p":
            return self._described("groups", True, "the" if dice < 0.5 else "")
        if dice < 0.3:
            return self.name()
        if dice < 0.4:
            return self.titled()
        if dice < 0.5:
            return self.org()
        if dice < 0.65:
            return self._the_org()
        if dice < 0.75:
            return self.country()
        return self._described("collectives" if dice < 0.85 else "roles", False, self.rng.choice(["the", "the", "a"]))

    def agent(self, _form: str = "") -> Phrase:
        form = self.rng.choice(["ms", "ms", "mp"])
        return self._with("by", self.subject(form))

    def thing(self, form: str) -> Phrase:
        plural = form[1] == "p"
        return self._described("things_plural" if plural else "things", plural, self.rng.choice(["the", "a"]))

    def object(self, _form: str = "") -> Phrase:
        dice = self.rng.random()
        if dice < 0.2:
            return self.name() if dice < 0.1 else self.country()
        noun = self.thing(self.rng.choice(["ms", "mp"]))
        if dice < 0.5:
            lemma = self.rng.choice(["of", "on", "against", "with", "over"])
            other = self.rng.choice([self.country, self._the_org, self.city])()
            return compose([("n", noun, "", ""), ("m", self._with(lemma, other), "nmod", "n")])
        return noun

    def bare(self, form: str = "") -> Phrase:
        plural = (form or self.rng.choice(["ms", "mp"]))[1] == "p"
        dice = self.rng.random()
        if dice < 0.25 and not plural:
            return self.country() if dice < 0.12 else self.org()
        keys = ("things_plural", "groups") if plural else ("things", "roles", "collectives")
        return self._described(self.rng.choice(keys), plural, "")

    def according(self, _form: str = "") -> Phrase:
        return compose([("v", self.literal("according"), "case", "n"), ("t", self.literal("toadp"), "fixed", "v"),
                        ("n", self.subject(self.rng.choice(["ms", "mp"])), "", "")])  # fmt: skip

    def day(self, _form: str = "") -> Phrase:
        text = self.pick("adverbs")
        return word(text, text, "PROPN" if text[0].isupper() else "?")

    # verbs

    def _verb(self, kind: str, index: int, feats: str) -> Phrase:
        verb = self.rng.choice(self.verbs[kind])
        return word(verb[index], verb[0], "VERB", feats)

    def _present(self, kind: str, number: str) -> Phrase:
        return self._verb(kind, 0 if number == "p" else 1, PRESENT.format(n=NUMBER[number]))

    def transpres(self, form: str) -> Phrase:
        return self._present("transitive", form)

    def saypres(self, form: str) -> Phrase:
        return self._present("say", form)

    def thinkpres(self, form: str) -> Phrase:
        return self._present("think", form)

    def transpast(self, _form: str = "") -> Phrase:
        return self._verb("transitive", 2, PAST)

    def saypast(self, _form: str = "") -> Phrase:
        return self._verb("say", 2, PAST)

    def intrpast(self, _form: str = "") -> Phrase:
        return self._verb("intransitive", 2, PAST)

    def transpart(self, _form: str = "") -> Phrase:
        return self._verb("transitive", 3, "Tense=Past|VerbForm=Part")

    def saypart(self, _form: str = "") -> Phrase:
        return self._verb("say", 3, "Tense=Past|VerbForm=Part")

    def transpass(self, _form: str = "") -> Phrase:
        return self._verb("transitive", 3, "Tense=Past|VerbForm=Part|Voice=Pass")

    def transinf(self, _form: str = "") -> Phrase:
        return self._verb("transitive", 0, "VerbForm=Inf")

    def sayinf(self, _form: str = "") -> Phrase:
        return self._verb("say", 0, "VerbForm=Inf")

    def have(self, form: str) -> Phrase:
        return self.literal("have" if form == "p" else self.rng.choice(["has", "has", "had"]))

    def was(self, form: str) -> Phrase:
        return self.literal(self.rng.choice(["were", "are"] if form == "p" else ["was", "was", "is"]))

    def modal(self, _form: str = "") -> Phrase:
        return self.literal(self.rng.choice(["will", "will", "would", "may", "could"]))
