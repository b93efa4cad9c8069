"""Italian phrases for the made sentences: articles, prepositions, verbs and names that agree."""

from __future__ import annotations

from random import Random
from typing import Any

from training.phrases import Phrase, compose, flat_name, named, word

VOWELS = "aeiouàèéìòùAEIOU"
FINITE = "Mood=Ind|Number={n}|Person=3|Tense={t}|VerbForm=Fin"
NUMBER = {"s": "Sing", "p": "Plur"}
GENDER = {"m": "Masc", "f": "Fem"}
ARTICLES = {"il": ("Masc", "Sing"), "lo": ("Masc", "Sing"), "la": ("Fem", "Sing"), "i": ("Masc", "Plur"),
            "gli": ("Masc", "Plur"), "le": ("Fem", "Plur"), "l'": ("", "Sing")}  # fmt: skip
STEMS = {"di": "de", "a": "a", "da": "da", "in": "ne", "su": "su"}
JOINED = {"il": "l", "lo": "llo", "la": "lla", "l'": "ll'", "i": "i", "gli": "gli", "le": "lle"}

ENDINGS = {
    ("Pres", "Ind"): {"are": "a ano", "ire": "isce iscono", "ere": "e ono"},
    ("Imp", "Ind"): {"are": "ava avano", "ire": "iva ivano", "ere": "eva evano"},
    ("Past", "Ind"): {"are": "ò arono", "ire": "ì irono", "ere": "é erono"},
    ("Fut", "Ind"): {"are": "erà eranno", "ire": "irà iranno", "ere": "erà eranno"},
    ("Pres", "Cnd"): {"are": "erebbe erebbero", "ire": "irebbe irebbero", "ere": "erebbe erebbero"},
    ("Pres", "Sub"): {"are": "i ino", "ire": "isca iscano", "ere": "a ano"},
    ("Imp", "Sub"): {"are": "asse assero", "ire": "isse issero", "ere": "esse essero"},
}


def attach(stem: str, ending: str) -> str:
    """Join stem and ending: `cerc` + `erà` is `cercherà`, `lasci` + `erà` is `lascerà`."""
    if ending[0] in "ei" and stem[-1] in "cg":
        return f"{stem}h{ending}"
    if ending[0] in "ei" and stem[-1] == "i" and (ending[0] == "i" or stem[-2] in "cg"):
        return stem[:-1] + ending
    return stem + ending


def article_of(noun: str, form: str) -> str:
    """Return the definite article for a noun by gender, number and first sounds."""
    first = noun.lower()
    vowel = first[0] in VOWELS
    impure = first[:2] in {
        "gn",
        "ps",
        "pn",
        "sc",
        "sp",
        "st",
        "sb",
        "sd",
        "sf",
        "sg",
        "sk",
        "sl",
        "sm",
        "sn",
        "sq",
        "sv",
    }
    if form == "fs":
        return "l'" if vowel else "la"
    if form == "fp":
        return "le"
    special = vowel or impure or first[0] in "zxy"
    if form == "ms":
        return "l'" if vowel else "lo" if special else "il"
    return "gli" if special else "i"


def article(form: str, gender: str = "") -> Phrase:
    masculine, number = ARTICLES[form]
    gender = masculine or gender
    feats = f"Definite=Def|Gender={gender}|Number={number}|PronType=Art"
    return word(form, "il", "DET", feats)


def preposition(lemma: str, following: str, gender: str) -> Phrase:
    """Return a preposition, joined with the article `following` if there is one."""
    if not following or lemma not in STEMS:
        return word(lemma, lemma, "ADP")
    masculine, number = ARTICLES[following]
    feats = f"Definite=Def|Gender={masculine or gender}|Number={number}|PronType=Art"
    return word(STEMS[lemma] + JOINED[following], lemma, "ADP", feats)


def inflect(adjective: str, form: str) -> str:
    if adjective.endswith("e"):
        return adjective if form[1] == "s" else adjective[:-1] + "i"
    hard = adjective[-2] in "cg" and form in {"mp", "fp"} and not adjective.endswith(("ico", "ogo"))
    stem = adjective[:-1] + ("h" if (form == "fp" and adjective[-2] in "cg") or hard else "")
    return stem + {"ms": "o", "fs": "a", "mp": "i", "fp": "e"}[form]


class ItalianSlots:
    """One method for each slot of the patterns; the argument is gender and number, or number alone."""

    def __init__(self, data: dict[str, Any], rng: Random) -> None:
        self.data, self.rng = data, rng
        self.words: dict[str, str] = data["words"]
        self.verbs = {key: [entry.split() for entry in data[key]] for key in ("say", "think", "intransitive")}
        self.verbs["transitive"] = [entry.split() for entry in data["transitive_other"]]
        self.verbs["transitive"] += [self._regular(lemma) for lemma in data["are"].split()]
        self.person_nouns = {"ms": "roles_m", "fs": "roles_f", "mp": "groups_mp", "fp": "groups_fp"}
        self.bare_nouns = {form: f"things_{form}" for form in ("ms", "fs", "mp", "fp")}

    @staticmethod
    def _regular(lemma: str) -> list[str]:
        stem = lemma[:-3]
        soft = stem[:-1] if stem.endswith("i") else stem + "h" if stem[-1] in "cg" else stem
        return [lemma, stem + "a", stem + "ano", stem + "ato", stem + "ò", soft + "erà"]

    def pick(self, key: str) -> str:
        values = self.data[key]
        return str(self.rng.choice(values.split() if isinstance(values, str) else values))

    def literal(self, name: str) -> Phrase:
        lemma, upos, *feats = self.words[name].split()
        return word("che" if name == "rel" else name, lemma, upos, *feats)

    # names

    def name(self, _form: str = "") -> Phrase:
        surname = self.pick("surnames")
        dice = self.rng.random()
        if dice < 0.5:
            return flat_name(surname, "PER")
        return flat_name(f"{self.pick(self.rng.choice(['given_m', 'given_f']))} {surname}", "PER")

    def org(self, _form: str = "") -> Phrase:
        return flat_name(self.pick("orgs"), "ORG")

    def _with_article(self, entry: str, kind: str, lemma: str = "") -> Phrase:
        """`il/Cremlino/m`: the name with its article, or with a preposition joined to it."""
        art, text, form = entry.split("/")
        gender = GENDER[form[0]]
        name = flat_name(text, kind)
        start = preposition(lemma, art, gender) if lemma else article(art, gender)
        return compose([("a", start, "case" if lemma else "det", "n"), ("n", name, "", "")])

    def _nominal_org(self, lemma: str = "") -> Phrase:
        """`il/Consiglio/m di sicurezza`: common nouns that together are a name."""
        head, *rest = self.pick("orgs_nominal").split()
        art, noun, form = head.split("/")
        gender, number = GENDER[form[0]], NUMBER[form[1:] or "s"]
        start = preposition(lemma, art, gender) if lemma else article(art, gender)
        parts = [("n", word(noun, noun, "?", f"Gender={gender}|Number={number}"), "", "")]
        if rest[0] in {"di", "della", "dei"}:
            parts.append(("c", word(rest[0], "di", "ADP"), "case", "m"))
            parts.append(("m", word(rest[1], rest[1], "?"), "nmod", "n"))
        else:
            parts.append(("m", word(rest[0], rest[0], "ADJ", f"Gender={gender}|Number={number}"), "amod", "n"))
            parts += [(f"x{i}", word(w, w, "?"), "flat", "m") for i, w in enumerate(rest[1:])]
        return compose([("a", start, "case" if lemma else "det", "n"), ("n", named(compose(parts), "ORG"), "", "")])

    def place(self, _form: str = "") -> Phrase:
        """A place with its preposition."""
        dice = self.rng.random()
        if dice < 0.6:
            name = flat_name(self.pick("cities"), "LOC")
            lemma = self.rng.choice(["a", "a", "di", "da", "su", "per", "verso"])
            return compose([("p", word(lemma, lemma, "ADP"), "case", "n"), ("n", name, "", "")])
        if dice < 0.9:
            return self._with_article(self.pick("countries"), "LOC", self.rng.choice(["in", "a", "da", "con"]))
        name = flat_name(self.pick("bare_countries"), "LOC")
        return compose([("p", word("in", "in", "ADP"), "case", "n"), ("n", name, "", "")])

    def citytopic(self, _form: str = "") -> Phrase:
        return flat_name(self.pick(self.rng.choice(["cities", "bare_countries"])), "LOC")

    # nouns

    def _noun(self, noun: str, form: str) -> Phrase:
        feats = f"Gender={GENDER[form[0]]}|Number={NUMBER[form[1]]}"
        return word(noun, self._singular(noun, form), "NOUN", feats)

    @staticmethod
    def _singular(noun: str, form: str) -> str:
        """Lemmas of plurals are not trained on unless they are plain."""
        return noun if form[1] == "s" else "?"

    def _described(self, noun: str, form: str, lemma: str = "", bare: bool = False) -> Phrase:
        """A noun with article or preposition, sometimes an adjective, sometimes a modifier."""
        parts = []
        art = article_of(noun, form)
        if lemma and (bare or lemma not in STEMS):
            parts.append(("p", word(lemma, lemma, "ADP"), "case", "n"))
        if lemma and not bare and lemma in STEMS:
            parts.append(("a", preposition(lemma, art, GENDER[form[0]]), "case", "n"))
        elif not bare:
            parts.append(("a", article(art, GENDER[form[0]]), "det", "n"))
        parts.append(("n", self._noun(noun, form), "", ""))
        if self.rng.random() < 0.4:
            adjective = self.pick("adjectives")
            feats = f"Gender={GENDER[form[0]]}|Number={NUMBER[form[1]]}"
            parts.append(("j", word(inflect(adjective, form), adjective, "ADJ", feats), "amod", "n"))
        return compose(parts)

    def _person_noun(self, form: str, lemma: str = "") -> Phrase:
        key = self.person_nouns[form]
        if form in {"ms", "fs"} and self.rng.random() < 0.35:
            key = {"ms": "groups_ms", "fs": "groups_fs"}[form]
        phrase = self._described(self.pick(key), form, lemma)
        if key in {"roles_m", "roles_f"} and self.rng.random() < 0.6:
            name = flat_name(self._person(form), "PER")
            return compose([("n", phrase, "", ""), ("x", name, "flat" if self.rng.random() < 0.3 else "nmod", "n")])
        return phrase

    def _person(self, form: str) -> str:
        given = self.pick("given_m" if form[0] == "m" else "given_f")
        return f"{given} {self.pick('surnames')}"

    def subject(self, form: str) -> Phrase:
        """Who acts: a name, an institution or a noun with the asked number."""
        dice = self.rng.random()
        if form[:1] == "s" or (form and form[1] == "s" and dice < 0.55):
            kind = self.rng.random()
            if kind < 0.5:
                return self.name()
            if kind < 0.65:
                return self.org()
            if kind < 0.85:
                return self._with_article(self.pick("orgs_article"), "ORG")
            return self._with_article(self._singular_country(), "LOC")
        return self._person_noun(form if len(form) == 2 else self.rng.choice(["ms", "fs"]))

    def _singular_country(self) -> str:
        return str(self.rng.choice([c for c in self.data["countries"] if not c.endswith("mp")]))

    def subjectnp(self, form: str) -> Phrase:
        dice = self.rng.random()
        if form[1] == "p":
            return self._person_noun(form)
        if dice < 0.4:
            return self.name()
        if dice < 0.6:
            return self._with_article(self.pick("orgs_article"), "ORG")
        return self._nominal_org() if dice < 0.7 else self._person_noun(form)

    def agent(self, _form: str = "") -> Phrase:
        """`da` with whoever did it."""
        dice = self.rng.random()
        if dice < 0.3:
            name = self.name() if dice < 0.2 else self.org()
            return compose([("p", word("da", "da", "ADP"), "case", "n"), ("n", name, "", "")])
        if dice < 0.45:
            return self._with_article(self.pick("orgs_article"), "ORG", "da")
        if dice < 0.55:
            return self._nominal_org("da")
        if dice < 0.65:
            return self._with_article(self.pick("countries"), "LOC", "da")
        return self._person_noun(self.rng.choice(["ms", "fs", "mp", "mp", "fp"]), "da")

    def thing(self, form: str) -> Phrase:
        return self._described(self.pick(self.bare_nouns[form]), form)

    def object(self, _form: str = "") -> Phrase:
        form = self.rng.choice(["ms", "fs", "mp", "fp"])
        dice = self.rng.random()
        if dice < 0.1:
            return self.name()
        if dice < 0.2:
            return self._with_article(self.pick("countries"), "LOC")
        phrase = self._described(self.pick(self.bare_nouns[form]), form)
        if dice < 0.5:
            return compose([("n", phrase, "", ""), ("m", self._modifier(), "nmod", "n")])
        return phrase

    def _modifier(self) -> Phrase:
        lemma = self.rng.choice(["di", "di", "su", "contro", "con"])
        dice = self.rng.random()
        if dice < 0.4:
            return self._with_article(self.pick("countries"), "LOC", lemma)
        if dice < 0.6:
            return self._with_article(self.pick("orgs_article"), "ORG", lemma)
        form = self.rng.choice(["ms", "fs", "mp", "fp"])
        return self._described(self.pick(self.bare_nouns[form]), form, lemma)

    def bare(self, form: str = "") -> Phrase:
        form = form or self.rng.choice(["ms", "fs", "mp", "fp"])
        key = self.bare_nouns[form] if self.rng.random() < 0.7 else self.person_nouns[form]
        return self._described(self.pick(key), form, bare=True)

    def barepp(self, _form: str = "") -> Phrase:
        dice = self.rng.random()
        if dice < 0.4:
            return self.place()
        if dice < 0.6:
            return self._modifier()
        form = self.rng.choice(["ms", "fs", "mp", "fp"])
        lemma = self.rng.choice(["su", "contro", "per", "di", "in"])
        return self._described(self.pick(self.bare_nouns[form]), form, lemma, bare=lemma not in STEMS)

    def ppda(self, _form: str = "") -> Phrase:
        """`a quanto riferito da ...`."""
        verb = self.rng.choice(self.verbs["say"])
        participle = word(verb[3], verb[0], "VERB", "Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part")
        return compose([("p", word("a", "a", "ADP"), "case", "q"), ("q", self.literal("quanto"), "", ""),
                        ("v", participle, "acl", "q"), ("d", self.agent(), "obl:agent", "v")])  # fmt: skip

    def reported(self, _form: str = "") -> Phrase:
        """`quanto riferisce l'emittente`."""
        verb = self.rng.choice(self.verbs["say"])
        feats = FINITE.format(n="Sing", t="Pres")
        said = word(verb[1], verb[0], "VERB", feats)
        return compose([("q", self.literal("quanto"), "", ""), ("v", said, "acl:relcl", "q"),
                        ("s", self.subject(self.rng.choice(["ms", "fs"])), "nsubj", "v")])  # fmt: skip

    def adverb(self, _form: str = "") -> Phrase:
        text = self.pick("adverbs")
        return word(text, text, "NOUN" if text.endswith("dì") else "ADV")

    # verbs

    def _finite(self, kind: str, number: str, tense: str) -> Phrase:
        verb = self.rng.choice(self.verbs[kind])
        index = {"Pres": 1 if number == "s" else 2, "Past": 4, "Fut": 5}[tense]
        return word(verb[index], verb[0], "VERB", FINITE.format(n=NUMBER[number], t=tense))

    def _participle(self, kind: str, form: str) -> Phrase:
        verb = self.rng.choice(self.verbs[kind])
        form = form if len(form) == 2 else "ms"
        feats = f"Gender={GENDER[form[0]]}|Number={NUMBER[form[1]]}|Tense=Past|VerbForm=Part"
        ending = {"ms": "o", "fs": "a", "mp": "i", "fp": "e"}[form]
        return word(verb[3][:-1] + ending, verb[0], "VERB", feats)

    def transpart(self, form: str) -> Phrase:
        return self._participle("transitive", form)

    def saypart(self, form: str) -> Phrase:
        return self._participle("say", form)

    def intrpart(self, form: str) -> Phrase:
        return self._participle("intransitive", form)

    def transpres(self, form: str) -> Phrase:
        return self._finite("transitive", form, "Pres")

    def saypres(self, form: str) -> Phrase:
        return self._finite("say", form, "Pres")

    def thinkpres(self, form: str) -> Phrase:
        return self._finite("think", form, "Pres")

    def intrpres(self, form: str) -> Phrase:
        return self._finite("intransitive", form, "Pres")

    def saypast(self, form: str) -> Phrase:
        return self._finite("say", form, "Past")

    def transfut(self, form: str) -> Phrase:
        return self._finite("transitive", form, "Fut")

    def transinf(self, _form: str = "") -> Phrase:
        return word(lemma := self.rng.choice(self.verbs["transitive"])[0], lemma, "VERB", "VerbForm=Inf")

    def ha(self, form: str) -> Phrase:
        return self.literal("hanno" if form == "p" else self.rng.choice(["ha", "ha", "ha", "aveva", "avrebbe"]))

    def essere(self, form: str) -> Phrase:
        return self.literal("sono" if form == "p" else self.rng.choice(["è", "è", "è", "era", "sarebbe"]))

    def viene(self, form: str) -> Phrase:
        return self.literal("vengono" if form == "p" else "viene")

    def future(self, form: str) -> Phrase:
        return self.literal("saranno" if form == "p" else "sarà")

    def stato(self, form: str) -> Phrase:
        return self.literal({"ms": "stato", "fs": "stata", "mp": "stati", "fp": "state"}[form])

    def _regular_verb(self) -> tuple[str, str]:
        key = self.rng.choices(["regular_are", "regular_ire", "regular_ere"], (6, 2, 1))[0]
        lemma = self.pick(key)
        return lemma, key[-3:]

    def anyfinite(self, form: str) -> Phrase:
        """A regular verb in any tense and mood of the third person."""
        lemma, kind = self._regular_verb()
        tense, mood = self.rng.choice(list(ENDINGS))
        singular, plural = ENDINGS[tense, mood][kind].split()
        feats = f"Mood={mood}|Number={NUMBER[form]}|Person=3|Tense={tense}|VerbForm=Fin"
        return word(attach(lemma[:-3], singular if form == "s" else plural), lemma, "VERB", feats)

    def anygerund(self, _form: str = "") -> Phrase:
        lemma, kind = self._regular_verb()
        return word(lemma[:-3] + ("ando" if kind == "are" else "endo"), lemma, "VERB", "VerbForm=Ger")

    def anyinf(self, _form: str = "") -> Phrase:
        lemma, _ = self._regular_verb()
        return word(lemma, lemma, "VERB", "VerbForm=Inf")

    def anypart(self, form: str) -> Phrase:
        lemma, kind = self._regular_verb()
        form = form if len(form) == 2 else "ms"
        feats = f"Gender={GENDER[form[0]]}|Number={NUMBER[form[1]]}|Tense=Past|VerbForm=Part"
        stem = lemma[:-3] + {"are": "at", "ire": "it", "ere": "ut"}[kind]
        return word(stem + {"ms": "o", "fs": "a", "mp": "i", "fp": "e"}[form], lemma, "VERB", feats)

    def modal(self, _form: str = "") -> Phrase:
        return self.literal(self.rng.choice(["può", "deve", "vuole"]))
