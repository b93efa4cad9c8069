"""Make the training set: harmonised sentences, the cut vocabulary, and the label inventories.

Usage: python -m training.prepare TREEBANKS WORK --tokenizer tokenizer.json [--synthetic FILE ...] [--held-out FOLDER]
"""

from __future__ import annotations

import argparse
import json
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from training.punctuation import attach_punctuation
from training.treebanks import (
    ATTRIBUTES,
    RawSentence,
    Sentence,
    attach_names,
    harmonise,
    load_gold,
    merge,
    read_names,
    read_raw,
    repair_tags,
)
from ultimora import ontology
from ultimora.documents.lemma_scripts import make_script

TREEBANKS = {
    "it_pud": ["it_pud-ud-test"],
    "it_parlamint": ["it_parlamint-ud-train", "it_parlamint-ud-test"],
    "it_markit": ["it_markit-ud-train", "it_markit-ud-dev", "it_markit-ud-test"],
    "it_twittiro": ["it_twittiro-ud-train", "it_twittiro-ud-dev", "it_twittiro-ud-test"],
    "en_ewt": ["en_ewt-ud-dev", "en_ewt-ud-train"],
    "en_pud": ["en_pud-ud-test"],
    "fr_pud": ["fr_pud-ud-test"],
    "fr_gsd": ["fr_gsd-ud-dev", "fr_gsd-ud-test"],
    "es_pud": ["es_pud-ud-test"],
    "es_gsd": ["es_gsd-ud-dev", "es_gsd-ud-test"],
    "de_pud": ["de_pud-ud-test"],
    "de_gsd": ["de_gsd-ud-dev", "de_gsd-ud-test"],
    "pt_pud": ["pt_pud-ud-test"],
    "pt_bosque": ["pt_bosque-ud-dev", "pt_bosque-ud-test"],
}
NAME_FILES = {
    "en_ewt": ["en_ewt-ud-dev"],  # never en_ewt-ud-test: it measures
    "en_pud": ["en_pud-ud-test"],
    "de_pud": ["de_pud-ud-test"],
    "pt_pud": ["pt_pud-ud-test"],
    "pt_bosque": ["pt_bosque-ud-dev", "pt_bosque-ud-test"],
}
HELD_BACK = {"it_pud": -100, "it_parlamint": -60, "it_markit": -60, "en_ewt": 400, "it_events": -120, "en_events": -120}
"""How many are for development: the last or first so many."""
EXTRA_CHARACTERS = "«»“”‘’„‚–—…€£$%°§•·|/\\@#&*+=<>[]{}()!?;:,.'\"-_~^`"
VOCABULARY_SIZE = 50_000
LEMMA_LANGUAGES = {"it", "en"}
MIN_SCRIPT_COUNT = 2


def load_all(folder: Path) -> list[Sentence]:
    """Return the sentences of all treebanks that may train what ships."""
    raw = {source: [s for name in files for s in read_raw(folder / f"{name}.conllu")]
           for source, files in TREEBANKS.items()}  # fmt: skip
    for source, files in NAME_FILES.items():
        names = [item for name in files for item in read_names(folder / f"{name}.iob2")]
        print(f"{source}: {attach_names(raw[source], names)} of {len(names)} sentences with names")
    result = []
    for source, sentences in raw.items():
        result += merge_all(sentences, source)
    attach_italian_names(result, folder)
    return result + bosque_names(folder, raw["pt_bosque"])


def merge_all(sentences: list[RawSentence], source: str) -> list[Sentence]:
    """Harmonise and merge one treebank and note which attributes it lacks."""
    language = source[:2]
    for sentence in sentences:
        harmonise(sentence, language, source)
    merged = [merge(sentence, language, source) for sentence in sentences]
    if source == "it_twittiro":
        merged = [sentence for sentence in merged if is_plain(sentence.words)]
    counts = Counter(key for sentence in merged for feats in sentence.feats for key in feats)
    total = sum(len(sentence.words) for sentence in merged)
    unknown = [key for key in ATTRIBUTES if counts[key] < total / 2000]
    for sentence in merged:
        sentence.unknown = unknown
        if source == "it_pud":
            mask_pud_pronouns(sentence)
    return merged


def is_plain(words: list[str]) -> bool:
    """Tweets with tags, handles, addresses or pictures teach nothing about news."""
    return not any(re.search(r"[#@]|https?:|[\u2600-\U0001FFFF]", word) for word in words)


def mask_pud_pronouns(sentence: Sentence) -> None:
    """Italian PUD names the type of articles and personal pronouns only; `?` is not trained on."""
    for upos, feats in zip(sentence.upos, sentence.feats, strict=True):
        if upos in {"PRON", "DET", "ADV"} and "PronType" not in feats:
            feats["PronType"] = "?"


def attach_italian_names(sentences: list[Sentence], folder: Path) -> None:
    """Names projected from English PUD cover a part of the sentences; the others stay unlabelled."""
    tags_of = {tuple(words): tags for words, tags in read_names(folder / "it_pud-ner-projected.tsv", 0, 1)}
    for sentence in sentences:
        if sentence.source == "it_pud":
            sentence.ner = tags_of.get(tuple(sentence.words), [])


def bosque_names(folder: Path, treebank: list[RawSentence]) -> list[Sentence]:
    """Portuguese names without syntax; contractions are joined as the treebank writes them."""
    joined: dict[tuple[str, str], str] = {}
    for sentence in treebank:
        for first, last, form in sentence.spans:
            if last == first + 1:
                joined[sentence.words[first - 1].form.lower(), sentence.words[last - 1].form.lower()] = form.lower()
    result = []
    for words, tags in read_names(folder / "pt_bosque-ud-train.iob2"):
        sentence = Sentence("pt", "pt_names", [])
        for word, tag in zip(words, tags, strict=True):
            pair = joined.get((sentence.words[-1].lower(), word.lower())) if sentence.words else None
            if pair and sentence.ner[-1] == "O" and tag == "O" and word.islower():
                sentence.words[-1] = pair.capitalize() if sentence.words[-1][0].isupper() else pair
            else:
                sentence.words.append(word)
                sentence.ner.append(tag)
        sentence.ner = repair_tags(sentence.ner)
        result.append(sentence)
    return result


def split(sentences: list[Sentence]) -> tuple[list[Sentence], list[Sentence]]:
    """Set a fixed development part aside."""
    train: list[Sentence] = []
    development: list[Sentence] = []
    by_source: dict[str, list[Sentence]] = {}
    for sentence in sentences:
        by_source.setdefault(sentence.source, []).append(sentence)
    for source, items in by_source.items():
        count = HELD_BACK.get(source, 0)
        if source == "it_pud":
            random.Random(0).shuffle(items)
        development += items[count:] if count < 0 else items[:count]
        train += items[:count] if count < 0 else items[count:]
    return train, development


def letters(words: Iterable[str]) -> str:
    return re.sub(r"\W", "", "".join(words)).lower()


def held_out_keys(folder: Path) -> set[str]:
    """Letters of every sentence that measures, so that no copy of it is trained on."""
    keys: set[str] = set()
    for path in sorted(folder.glob("*.conllu")):
        keys.update(letters(s.words) for s in load_gold(path, "it"))
    for path in sorted(folder.glob("*.tsv")):
        keys.update(letters(words) for words, _ in read_names(path, 0, 1))
    return keys


def is_latin(piece: str) -> bool:
    """Pieces of Latin letters, digits and common signs."""
    for character in piece.replace("▁", ""):
        if character.isalpha() and "LATIN" not in unicodedata.name(character, ""):
            return False
        if unicodedata.category(character)[0] in "MCZ" or ord(character) > 0x2FFF:
            return False
    return True


def cut_tokenizer(path: Path, words: Iterable[str], extra: Iterable[str], size: int) -> tuple[str, list[int]]:
    """Keep the pieces that the words need, all single Latin characters, then the most frequent Latin pieces."""
    from tokenizers import Tokenizer

    description = json.loads(path.read_text(encoding="utf8"))
    full = Tokenizer.from_file(str(path))
    full.no_truncation()
    full.no_padding()
    vocabulary = description["model"]["vocab"]
    latin = [i for i, (piece, _) in enumerate(vocabulary) if i > 3 and is_latin(piece)]
    singles = [i for i in latin if len(vocabulary[i][0].strip("▁")) <= 1]
    signs = full.encode(" ".join(EXTRA_CHARACTERS), add_special_tokens=False).ids
    kept = set(range(4)) | set(singles) | set(signs)
    for group in (words, extra):
        counts = Counter(i for word in group for i in full.encode(word, add_special_tokens=False).ids)
        for index, _ in counts.most_common():
            if len(kept) < size and index in set_of(latin):
                kept.add(index)
        print("vocabulary", len(kept))
    for index in latin:
        if len(kept) >= size:
            break
        kept.add(index)
    order = sorted(kept)
    description["model"]["vocab"] = [vocabulary[i] for i in order]
    description["added_tokens"] = [token for token in description["added_tokens"] if token["id"] <= 3]
    description.update(truncation=None, padding=None, post_processor=None)
    return json.dumps(description, ensure_ascii=False), order


_SETS: dict[int, set[int]] = {}


def set_of(items: list[int]) -> set[int]:
    return _SETS.setdefault(id(items), set(items))


def label_inventories(train: list[Sentence]) -> dict[str, object]:
    """List the labels of every head; lemma scripts seen only once are left out."""
    values: dict[str, set[str]] = {attribute: set() for attribute in ATTRIBUTES}
    scripts: Counter[str] = Counter()
    for sentence in train:
        for feats in sentence.feats:
            for key, value in feats.items():
                values[key].add(value)
        if sentence.language in LEMMA_LANGUAGES:
            pairs = zip(sentence.words, sentence.lemmas, strict=False)
            scripts.update(make_script(word, lemma) for word, lemma in pairs if lemma != "?")
    return {
        "upos": sorted({tag for sentence in train for tag in sentence.upos} - {"?"}),
        "deprels": sorted({relation for sentence in train for relation in sentence.deprels}),
        "feats": {key: ["", *sorted(found - {"?"})] for key, found in values.items() if found - {"?"}},
        "ner": ["O", *(f"{position}-{kind}" for kind in ("PER", "ORG", "LOC") for position in "BI")],
        "events": ["O", *sorted(ontology.load())],
        "roles": ["O", "actor", "recipient"],
        "verb_lemmas": verb_lemmas(train),
        "lemma_scripts": sorted(script for script, count in scripts.items() if is_regular(script, count)),
    }


def verb_lemmas(train: list[Sentence]) -> dict[str, list[str]]:
    """List the verbs of each language: a guess that is a verb beats one that is none."""
    verbs: dict[str, set[str]] = {language: set() for language in sorted(LEMMA_LANGUAGES)}
    for sentence in train:
        if sentence.language in verbs and sentence.lemmas:  # own corpus lines have none
            pairs = zip(sentence.lemmas, sentence.upos, strict=True)
            verbs[sentence.language].update(x for x, upos in pairs if upos == "VERB" and x.isalpha() and x.islower())
    return {language: sorted(found) for language, found in verbs.items()}


def is_regular(script: str, count: int) -> bool:
    """Corrections of misspelt names are no rules."""
    keeps_case_but_changes = script[0] == "k" and script != "k0"
    return count >= (8 if keeps_case_but_changes else MIN_SCRIPT_COUNT)


def read_sentences(path: Path) -> list[Sentence]:
    with path.open(encoding="utf8") as lines:
        return [Sentence(**json.loads(line)) for line in lines]


def write_sentences(path: Path, sentences: list[Sentence]) -> None:
    with path.open("w", encoding="utf8") as out:
        out.writelines(json.dumps(asdict(s), ensure_ascii=False) + "\n" for s in sentences)


def word_lists() -> list[str]:
    """Forms of simplemma's Italian and English dictionaries, lower-case and capitalised (only to choose pieces)."""
    try:
        from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory
    except ImportError:
        return []
    factory = DefaultDictionaryFactory()
    forms: list[str] = []
    for language in ("it", "en"):
        for form in factory.get_dictionary(language):
            text = form.decode() if isinstance(form, bytes) else form
            forms.append(text)
    return forms


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("treebanks", type=Path, default=Path("../shared/gold/treebanks/ship"), nargs="?")
    parser.add_argument("work", type=Path)
    parser.add_argument("--tokenizer", type=Path, required=True, help="tokenizer.json of multilingual-e5-small")
    parser.add_argument(
        "--synthetic", type=Path, nargs="*", default=[], help="sentences made by training.synthesise and corpus_lines"
    )
    parser.add_argument("--held-out", type=Path, help="folder of gold files: sentences found there are dropped")
    parser.add_argument("--keep-vocabulary", action="store_true", help="keep tokenizer and labels of WORK")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    own = [sentence for path in options.synthetic for sentence in read_sentences(path)]
    train, development = split([*load_all(options.treebanks), *own])
    print(f"{attach_punctuation([*train, *development])} punctuation marks attached anew")
    held_out = {letters(s.words) for s in development}
    held_out.update(letters(words) for words, _ in read_names(options.treebanks / "en_ewt-ud-test.iob2"))
    if options.held_out:
        held_out |= held_out_keys(options.held_out)
    kept = [s for s in train if len(s.words) < 5 or letters(s.words) not in held_out]
    print(f"{len(train) - len(kept)} copies of held-out sentences dropped")
    write_sentences(options.work / "train.jsonl", kept)
    write_sentences(options.work / "development.jsonl", development)
    for source, count in Counter(s.source for s in kept).items():
        print(source, count, sum(len(s.words) for s in kept if s.source == source))
    if not options.keep_vocabulary:
        words = {word for s in [*kept, *development] for word in s.words}
        text, order = cut_tokenizer(options.tokenizer, sorted(words), word_lists(), VOCABULARY_SIZE)
        (options.work / "tokenizer.json").write_text(text, encoding="utf8")
        (options.work / "pieces.json").write_text(json.dumps(order), encoding="utf8")
        labels = label_inventories(kept)
        (options.work / "labels.json").write_text(json.dumps(labels, ensure_ascii=False), encoding="utf8")
        print({key: len(value) for key, value in labels.items()})  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
