"""Read CoNLL-U treebanks as sentences of surface tokens, with one inventory of labels for all of them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ATTRIBUTES = (
    "Mood", "Tense", "VerbForm", "Person", "Number", "Gender", "Definite", "PronType",
    "Polarity", "Poss", "NumType", "Degree", "Clitic", "Reflex", "Case", "Voice",
)  # fmt: skip
GOLD = "gold"  # the source of sentences that measure
SUBTYPES = {"nsubj:pass", "csubj:pass", "aux:pass", "obl:agent", "acl:relcl", "det:poss"}
ENGLISH_SUBTYPES = {"nmod:poss", "compound:prt"}
AGENT_PREPOSITION = {"it": "da", "en": "by", "fr": "par", "es": "por", "pt": "por", "de": "von"}
PUD_VERB_FORMS = {"VBC": "Fin", "VB": "Inf", "VBN": "Part", "VBG": "Ger"}
PUD_UPOS = {("fino", "ADP"): "ADV", ("se", "ADP"): "SCONJ", ("milione", "NUM"): "NOUN", ("miliardo", "NUM"): "NOUN"}
PUD_PRONOUNS = {"altro", "tutto", "uno", "ciò", "molto", "alcuno", "quello", "questo"}  # where they stand alone
PASSIVE_AUXILIARIES = {"essere", "venire"}
SPEECH_VERBS = {
    "dire", "dichiarare", "affermare", "spiegare", "scrivere", "aggiungere", "annunciare", "assicurare", "riferire",
    "sostenere", "commentare", "osservare", "chiedere", "rispondere", "raccontare", "concludere", "sottolineare",
    "notare", "ribadire", "precisare", "avvertire", "replicare", "ammettere", "ricordare", "insistere", "promettere",
    "suggerire", "esclamare", "continuare", "proseguire", "twittare", "riportare", "confermare", "ritenere", "pensare",
}  # fmt: skip
PRONOMINAL = {"nsubj", "nsubj:pass", "obj", "iobj", "obl", "nmod", "conj", "root", "appos"}
NAME_TYPES = {"PER", "ORG", "LOC"}


@dataclass
class Word:
    """One syntactic word of a treebank; `head` is 0 for the root."""

    number: int
    form: str
    lemma: str
    upos: str
    xpos: str
    feats: dict[str, str]
    head: int
    deprel: str
    ner: str | None = None


@dataclass
class Sentence:
    """One sentence of surface tokens. Empty lists mean that the layer is not annotated."""

    language: str
    source: str
    words: list[str]
    upos: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    feats: list[dict[str, str]] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deprels: list[str] = field(default_factory=list)
    ner: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)  # the PLOVER type that a word speaks of, "O" none, "?" unknown
    roles: list[Any] = field(default_factory=list)  # of words that speak of events: [place, what each word is to it]
    unknown: list[str] = field(default_factory=list)  # attributes that this treebank does not annotate


@dataclass
class RawSentence:
    """Syntactic words of one sentence with the spans that are written as one token."""

    words: list[Word]
    spans: list[tuple[int, int, str]]


def read_raw(path: Path) -> Iterator[RawSentence]:
    """Yield the sentences of a CoNLL-U file as they stand there."""
    words: list[Word] = []
    spans: list[tuple[int, int, str]] = []
    for line in [*path.read_text(encoding="utf8").splitlines(), ""]:
        if not line.strip():
            if words:
                yield RawSentence(words, spans)
            words, spans = [], []
        elif not line.startswith("#"):
            columns = line.split("\t")
            if "-" in columns[0]:
                first, last = columns[0].split("-")
                spans.append((int(first), int(last), columns[1]))
            elif "." not in columns[0]:
                words.append(_word(columns))


def _word(columns: list[str]) -> Word:
    feats = dict(pair.split("=", 1) for pair in columns[5].split("|") if "=" in pair)
    lemma = columns[1] if columns[2] == "_" or columns[3] in {"PUNCT", "SYM"} else columns[2]
    return Word(int(columns[0]), columns[1], lemma, columns[3], columns[4], feats, int(columns[6]), columns[7])


def read_names(path: Path, form_column: int = 1, tag_column: int = 2) -> Iterator[tuple[list[str], list[str]]]:
    """Yield words and BIO tags of a tab-separated file; other types than PER, ORG, LOC become O."""
    words: list[str] = []
    tags: list[str] = []
    for line in [*path.read_text(encoding="utf8").splitlines(), ""]:
        columns = line.split("\t")
        if not line.strip():
            if words:
                yield words, repair_tags(tags)
            words, tags = [], []
        elif not (line.startswith("#") and len(columns) <= tag_column) and len(columns) > tag_column:
            words.append(columns[form_column])
            tags.append(columns[tag_column])


def repair_tags(tags: list[str]) -> list[str]:
    """Every name starts with B- and continues with I- of the same type."""
    repaired: list[str] = []
    previous = ""
    for tag in tags:
        kind = tag.split("-")[-1]
        if kind not in NAME_TYPES:
            repaired.append("O")
            previous = ""
            continue
        repaired.append(("I-" if tag.startswith("I-") and previous == kind else "B-") + kind)
        previous = kind
    return repaired


def spans(tags: Sequence[str]) -> set[tuple[int, int, str]]:
    """Return the names of a BIO sequence as (start, end, type)."""
    found = set()
    start, kind = -1, ""
    for position, tag in enumerate([*tags, "O"]):
        if start >= 0 and tag != f"I-{kind}":
            found.add((start, position, kind))
            start = -1
        if tag.startswith("B-"):
            start, kind = position, tag[2:]
    return found


def _verbs(kind: str) -> frozenset[str]:
    data = tomllib.loads((Path(__file__).parent / "italian_verbs.toml").read_text(encoding="utf8"))
    return frozenset(data[kind].split())


INTRANSITIVE, EITHER = _verbs("intransitive"), _verbs("either")


def harmonise(sentence: RawSentence, language: str, source: str) -> None:
    """Give the words of one sentence the label inventory that all treebanks share (in place).

    Gold that measures keeps its own analysis: only its labels are mapped.
    """
    for word in sentence.words:
        word.feats = _harmonised_feats(word, language, source)
        word.deprel = _harmonised_deprel(word, language)
        if source == "it_pud":
            _settle_closed_class(word)
    if source == GOLD:
        return
    if source == "it_parlamint":
        _mark_relative_clauses(sentence.words)
    if language == "it":
        _mark_passives(sentence.words)
        _raise_speech_verb(sentence.words)
    if source != "en_ewt":
        _mark_agents(sentence.words, language)


def _harmonised_feats(word: Word, language: str, source: str) -> dict[str, str]:
    feats = {key: value.split(",")[0] for key, value in word.feats.items() if key in ATTRIBUTES}
    if source == "it_pud":
        _complete_italian_pud(word, feats)
    if language != "en":
        feats.pop("Voice", None)
    if language in {"it", "fr", "es", "pt"}:
        feats.pop("Case", None)
    if feats.get("Degree") == "Pos":
        del feats["Degree"]
    if word.upos == "NUM":
        feats.setdefault("NumType", "Card")
    if language == "it":
        feats.pop("Polarity", None)
        if word.upos == "ADV" and word.lemma == "non":
            feats.pop("PronType", None)
            feats["Polarity"] = "Neg"
    if word.upos == "DET" and (word.deprel == "det:poss" or "Number[psor]" in word.feats):
        feats["Poss"] = "Yes"
    return feats


def _complete_italian_pud(word: Word, feats: dict[str, str]) -> None:
    form = PUD_VERB_FORMS.get(word.xpos)
    if form and word.upos in {"VERB", "AUX"}:
        feats["VerbForm"] = form
        if form == "Part":
            feats["Tense"] = "Past"
        if form in {"Inf", "Ger"}:
            feats.pop("Tense", None)
        if form == "Fin" and word.feats.get("Aspect") == "Imp":
            feats["Tense"] = "Imp"
    if word.upos == "PROPN":
        feats.pop("Gender", None)
        feats.pop("Number", None)
    if word.upos == "ADJ" and word.lemma.endswith("e"):  # the other treebanks give such adjectives no gender
        feats.pop("Gender", None)
    if word.upos == "DET" and word.lemma in {"il", "lo", "la"}:
        feats.update(Definite="Def", PronType="Art")
    if word.upos == "DET" and word.lemma == "uno":
        feats.update(Definite="Ind", PronType="Art")
    if word.feats.get("Polarity") == "Neg" and word.upos == "ADV":
        word.lemma = "non"


def _settle_closed_class(word: Word) -> None:
    """Give a closed-class word of Italian PUD the part of speech that the other Italian treebanks give it."""
    word.upos = PUD_UPOS.get((word.lemma, word.upos), word.upos)
    if word.deprel == "det:poss" and word.upos == "PRON" and word.form.lower() != "cui":
        word.upos = "DET"
    elif word.lemma in {"altro", "diverso", "vario"} and word.deprel == "det":
        word.upos, word.deprel = "ADJ", "amod"
    elif word.lemma == "tutto" and word.deprel == "amod":
        word.upos, word.deprel = "DET", "det"
    elif word.lemma in PUD_PRONOUNS and word.upos in {"DET", "NOUN", "NUM"} and word.deprel in PRONOMINAL:
        word.upos = "PRON"


def _harmonised_deprel(word: Word, language: str) -> str:
    keep = SUBTYPES | ENGLISH_SUBTYPES if language == "en" else SUBTYPES
    deprel = word.deprel if word.deprel in keep else word.deprel.split(":")[0]
    if deprel == "det" and language != "en" and word.feats.get("Poss") == "Yes":
        return "det:poss"
    return deprel


def _children(words: list[Word]) -> dict[int, list[Word]]:
    children: dict[int, list[Word]] = {word.number: [] for word in words}
    for word in words:
        children.setdefault(word.head, []).append(word)
    return children


def _has_preposition(word: Word, children: dict[int, list[Word]], lemma: str) -> bool:
    return any(child.deprel == "case" and child.lemma == lemma for child in children[word.number])


def _mark_passives(words: list[Word]) -> None:
    """Mark `essere` or `venire` with the participle of a transitive verb: each treebank marks some, and others."""
    children = _children(words)
    for verb in words:
        passive = _passive_auxiliary(verb, children)
        if passive is None:
            continue
        passive.deprel = "aux:pass"
        for child in children[verb.number]:
            if child.deprel in {"nsubj", "csubj"}:
                child.deprel += ":pass"


def _passive_auxiliary(verb: Word, children: dict[int, list[Word]]) -> Word | None:
    if verb.upos != "VERB" or verb.feats.get("VerbForm") != "Part":
        return None
    below = children[verb.number]
    auxiliaries = [child for child in below if child.deprel in {"aux", "aux:pass"}]
    candidates = [auxiliary for auxiliary in auxiliaries if auxiliary.lemma in PASSIVE_AUXILIARIES]
    marked = any(auxiliary.deprel == "aux:pass" for auxiliary in auxiliaries)
    reflexive = any(child.upos == "PRON" and child.deprel.startswith("expl") for child in below)
    if not candidates or reflexive or any(auxiliary.lemma == "avere" for auxiliary in auxiliaries):
        return None
    agents = any(child.deprel.startswith("obl") and _has_preposition(child, children, "da") for child in below)
    if verb.lemma in EITHER and not (marked or agents or candidates[-1].lemma == "venire"):
        return None
    return candidates[-1] if verb.lemma not in INTRANSITIVE else None


def _mark_relative_clauses(words: list[Word]) -> None:
    children = _children(words)
    for word in words:
        if word.deprel != "acl":
            continue
        pending = [word]
        while pending:
            item = pending.pop()
            if item.feats.get("PronType") == "Rel":
                word.deprel = "acl:relcl"
                break
            if item is word or item.deprel in {"case", "det", "nmod", "obl"}:
                pending.extend(children[item.number])


def _raise_speech_verb(words: list[Word]) -> None:
    """What is said before its speech verb is a `ccomp` of it, as in English, not its head."""
    root = next((word for word in words if word.head == 0), None)
    if root is None:
        return
    children = _children(words)
    for verb in children[root.number]:
        speech = verb.deprel == "parataxis" and verb.upos == "VERB" and verb.lemma in SPEECH_VERBS
        if not speech or verb.number < root.number or verb.feats.get("VerbForm") not in {"Fin", "Part"}:
            continue
        left = _leftmost(verb, children)
        if any(child.number > left and child.deprel != "punct" for child in children[root.number] if child is not verb):
            continue
        verb.head, verb.deprel = 0, "root"
        root.head, root.deprel = verb.number, "ccomp"
        for child in children[root.number]:
            if child.deprel == "punct" and child.number > verb.number:
                child.head = verb.number
        return


def _leftmost(word: Word, children: dict[int, list[Word]]) -> int:
    return min([word.number, *(_leftmost(child, children) for child in children[word.number])])


def _mark_agents(words: list[Word], language: str) -> None:
    children = _children(words)
    for verb in words:
        if not _is_passive(verb, children, language):
            continue
        for child in children[verb.number]:
            nominal = child.upos in {"NOUN", "PROPN", "PRON"}
            if child.deprel == "obl" and nominal and _has_preposition(child, children, AGENT_PREPOSITION[language]):
                child.deprel = "obl:agent"


def _is_passive(verb: Word, children: dict[int, list[Word]], language: str) -> bool:
    if any(child.deprel in {"aux:pass", "nsubj:pass"} for child in children[verb.number]):
        return True
    bare = not any(child.deprel == "aux" for child in children[verb.number])
    if language == "it" and bare and verb.deprel == "acl" and verb.feats.get("VerbForm") == "Part":
        return verb.feats.get("Tense") == "Past" and verb.lemma not in INTRANSITIVE
    return language == "en" and verb.feats.get("Voice") == "Pass"


def merge(sentence: RawSentence, language: str, source: str) -> Sentence:
    """Make surface tokens of the syntactic words: `della` is one token, English contractions stay apart."""
    groups = _token_groups(sentence, language)
    owner = {word.number: index for index, (_, group) in enumerate(groups, 1) for word in group}
    owner[0] = 0
    merged = Sentence(language, source, [form for form, _ in groups])
    for index, (form, group) in enumerate(groups, 1):
        head = next((word for word in group if owner[word.head] != index), group[0])
        merged.upos.append(head.upos)
        merged.lemmas.append(head.lemma if len(group) > 1 or head.lemma != head.form else form)
        merged.feats.append(_merged_feats(head, group))
        merged.heads.append(owner[head.head])
        merged.deprels.append(head.deprel)
        if head.ner is not None:
            merged.ner.append(next((word.ner for word in group if word.ner and word.ner != "O"), "O"))
    merged.ner = repair_tags(merged.ner)
    return merged


def _token_groups(sentence: RawSentence, language: str) -> list[tuple[str, list[Word]]]:
    spans = {} if language == "en" else {first: (last, form) for first, last, form in sentence.spans}
    groups: list[tuple[str, list[Word]]] = []
    number = 1
    while number <= len(sentence.words):
        last, form = spans.get(number, (number, sentence.words[number - 1].form))
        groups.append((form, sentence.words[number - 1 : last]))
        number = last + 1
    return groups


def _merged_feats(head: Word, group: list[Word]) -> dict[str, str]:
    if len(group) == 1:
        return head.feats
    feats = dict(head.feats)
    for word in group:
        if head.upos == "ADP" and word.upos == "DET":
            feats.update(word.feats)
        if head.upos in {"VERB", "AUX"} and word.upos == "PRON":
            feats["Clitic"] = "Yes"
    return feats


def attach_names(sentences: list[RawSentence], names: list[tuple[list[str], list[str]]]) -> int:
    """Put the tags of a name file on the sentences with the same words; returns how many matched."""
    tags_of = {tuple(words): tags for words, tags in names}
    matched = 0
    for sentence in sentences:
        tags = tags_of.get(tuple(word.form for word in sentence.words))
        if tags is not None:
            matched += 1
            for word, tag in zip(sentence.words, tags, strict=True):
                word.ner = tag
    return matched


def load_gold(path: Path, language: str) -> list[Sentence]:
    """Read a treebank that measures: merged to surface tokens, labels mapped, nothing else changed."""
    sentences = list(read_raw(path))
    for sentence in sentences:
        harmonise(sentence, language, GOLD)
    return [merge(sentence, language, GOLD) for sentence in sentences]
