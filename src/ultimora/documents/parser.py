"""Parts of speech, features, lemmas, syntax and names of one sentence, from one small multilingual model."""

from __future__ import annotations

import json
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ultimora.documents.lemma_scripts import apply_script, scripts_between
from ultimora.documents.pieces import CACHE_SIZE, WordPieces
from ultimora.documents.trees import best_heads
from ultimora.documents.verbs import paradigms

MODEL = "models/multi"
MAX_PIECES = 500  # of the encoder's 512 positions
SCRIPT_CANDIDATES = 8
CLAUSAL = frozenset({"ccomp", "xcomp"})
KNOWN_VERB_BONUS = 4.0
LEAST_CHANCE = 0.2  # of a type of event, to be spoken of at all
SHARED_LETTERS = 3  # with which a known verb and its form begin
VERBS = frozenset({"VERB", "AUX"})
INVARIABLE = frozenset({"ADP", "CCONJ", "SCONJ", "PART", "PUNCT", "SYM", "INTJ"})

Floats = NDArray[np.float32]


Part = tuple[int, float, float]  # a word, and how likely it is actor and recipient


@dataclass(slots=True)  # not frozen: that would make it three times as dear, and mends make many
class WordAnalysis:
    """What the model says about one word; `head` is an index in the sentence, -1 for the root.

    `kind` is the PLOVER type of what the word speaks of, if any is likely at all, and `sure` how likely, from 0 to 1
    (without a kind, how likely the word speaks of any event);
    `parts` says which words stand for those who may take part in it, and how likely each is actor and recipient.
    """

    lemma: str
    upos: str
    feats: dict[str, str]
    head: int
    deprel: str
    ner: str
    kind: str = ""
    sure: float = 1.0
    parts: tuple[Part, ...] = ()


class Parser:
    """Parse one sentence at a time, so that an analysis never depends on what else is read."""

    def __init__(self, folder: Path | None = None, threads: int = 1) -> None:
        import onnxruntime

        folder = folder or Path(str(files("ultimora"))) / MODEL
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
        options.use_deterministic_compute = True
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL  # done when it was made
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._table = EmbeddingTable(folder / "embeddings.npy")
        self._pieces = WordPieces(folder / "tokenizer.json")
        self._labels = Labels(json.loads((folder / "labels.json").read_text(encoding="utf8")))

    def parse(self, words: Sequence[str], language: str) -> list[WordAnalysis]:
        """Analyse the words of one sentence; a very long one is read window by window."""
        result: list[WordAnalysis] = []
        root = -1
        for start, end in self._windows(words):
            window = self._parse_window(words[start:end], language)
            for word in window:
                head, deprel = word.head + start, word.deprel
                if word.head < 0:
                    head, deprel = (root, "parataxis") if root >= 0 else (-1, "root")
                parts = tuple((i + start, actor, recipient) for i, actor, recipient in word.parts)
                result.append(replace(word, head=head, deprel=deprel, parts=parts))
            if root < 0:
                root = next(i for i, word in enumerate(window) if word.head < 0)
        return result

    def verbs(self, language: str) -> frozenset[str]:
        """The infinitives that are known of a language: those of its lexicon and those met in training."""
        return self._labels.verbs(language)

    def _windows(self, words: Sequence[str]) -> list[tuple[int, int]]:
        """Cut where the positions of the encoder end, after a punctuation mark if one is near."""
        windows: list[tuple[int, int]] = []
        start, used = 0, 2
        for index, word in enumerate(words):
            needed = len(self._pieces.word(word))
            if used + needed > MAX_PIECES:
                end = _last_break(words, start, index)
                windows.append((start, end))
                start = end
                used = 2 + sum(len(self._pieces.word(words[i])) for i in range(start, index))
            used += needed
        if start < len(words):
            windows.append((start, len(words)))
        return windows

    def _parse_window(self, words: Sequence[str], language: str) -> list[WordAnalysis]:
        ids, first, last = self._pieces.sentence(words)
        upos, feats, scripts, ner, arcs, sides, head_side, events, role_sides, role_parties = self._session.run(
            None,
            {"embedded": self._table[ids], "first": np.array(first, np.int64), "last": np.array(last, np.int64)},
        )
        heads = best_heads(arcs.astype(np.float64))
        relation_scores = np.einsum("ndr,nr->nd", sides, head_side[heads])
        tags = [self._labels.upos[i] for i in upos.argmax(-1)]
        mistaken = [i for i, w in enumerate(words, 1) if tags[i] == "VERB" and not self._can_be_verb(w, language)]
        for i in mistaken:
            tags[i] = self._labels.upos[self._labels.likeliest_but(upos[i], "VERB")]
        relations = self._labels.relations(relation_scores, heads)
        names = _joined(self._labels.names(ner[1:]), relations, heads)
        for i in mistaken:
            relations[i] = "obj" if relations[i] in CLAUSAL else relations[i]
        features = self._labels.features(feats)
        kinds = self._labels.kinds(events)
        parts = parts_of([kind for kind, _ in kinds], role_sides, role_parties)
        likeliest = scripts.argmax(-1).tolist()
        return [
            WordAnalysis(
                self._noun(word, scripts[i], language)
                if i in mistaken
                else self._lemma(word, tags[i], features[i], likeliest[i], scripts[i], language),
                tags[i], features[i],
                heads[i] - 1, relations[i], names[i - 1], *kinds[i], parts.get(i, ()),
            )
            for i, word in enumerate(words, 1)
        ]  # fmt: skip

    def _lemma(self, word: str, upos: str, feats: dict[str, str], likeliest: int, scores: Floats, language: str) -> str:
        """Return the exception of the lexicon, or the likeliest script whose result can be a lemma at all."""
        lexicon = lemma_lexicon(language)
        exception = lexicon.exceptions.get((word.lower().replace("’", "'"), upos))
        if exception:
            return exception
        if upos in INVARIABLE:
            return word.lower()
        if upos in VERBS:
            return self._verb(word, feats, scores, language) or word
        return apply_script(word, self._labels.scripts[likeliest]) or word

    def _noun(self, word: str, scores: Floats, language: str) -> str:
        """Return the likeliest lemma that is no infinitive."""
        endings = lemma_lexicon(language).verb_endings
        found = (apply_script(word, self._labels.scripts[i]) for i in np.argsort(-scores)[:SCRIPT_CANDIDATES])
        return next((lemma for lemma in found if not lemma.endswith(endings)), word)

    def _can_be_verb(self, word: str, language: str) -> bool:
        """One letter of ending ("missil-i", "vent-i") does not make a verb that nobody knows."""
        form = word.lower().replace("’", "'")
        readings = paradigms(language, self.verbs(language)).readings(form)
        return not readings or any(r.known or r.participle or len(form) > len(r.verb) - 2 for r in readings)

    def _verb(self, word: str, feats: dict[str, str], scores: Floats, language: str) -> str:
        """Return the likeliest infinitive: of the verbs that have the form as such a part, else of all."""
        form = word.lower().replace("’", "'")
        readings = paradigms(language, self.verbs(language)).readings(form)
        participle = feats.get("VerbForm") == "Part"
        fitting = [reading.verb for reading in readings if reading.participle == participle]
        verbs = fitting or [reading.verb for reading in readings]
        if not verbs:
            return self._guessed_verb(word, scores, language)
        return max(verbs, key=lambda verb: self._labels.score(form, verb, scores))

    def _guessed_verb(self, word: str, scores: Floats, language: str) -> str:
        best = np.argsort(scores)[-SCRIPT_CANDIDATES:].tolist()
        candidates = {apply_script(word, self._labels.scripts[i]): float(scores[i]) for i in best}
        endings = lemma_lexicon(language).verb_endings
        fitting = {lemma: score for lemma, score in candidates.items() if lemma.endswith(endings)}
        for i, lemma in self._labels.known_verbs(word.lower(), language):
            fitting[lemma] = max(fitting.get(lemma, -np.inf), float(scores[i]) + KNOWN_VERB_BONUS)
        candidates = fitting or candidates
        return max(candidates, key=lambda lemma: candidates[lemma])


def _last_break(words: Sequence[str], start: int, end: int) -> int:
    """Return the end of a window: after the last punctuation mark of its second half, else at `end`."""
    for index in range(end - 1, start + (end - start) // 2, -1):
        if not any(character.isalnum() for character in words[index]):
            return index + 1
    return end


def parts_of(kinds: Sequence[str], sides: Floats, parties: Floats) -> dict[int, tuple[Part, ...]]:
    """Who may take part in what each word that has a kind speaks of; the root, which is no word, is left out."""
    told = [i for i, kind in enumerate(kinds) if kind and i > 0]
    if not told:
        return {}
    scores = np.einsum("erw,pw->epr", sides[told], parties[1:])
    chances = np.exp(_log_softmax(scores))[..., 1:]
    found: dict[int, tuple[Part, ...]] = {}
    for place, row in zip(told, chances.astype(np.float64).round(3).tolist(), strict=True):
        found[place] = tuple((i, a, r) for i, (a, r) in enumerate(row) if a + r >= LEAST_CHANCE and i != place - 1)
    return found


class EmbeddingTable:
    """Vectors of the word pieces: 4-bit codes with one scale for each block of 32, as the encoder was published."""

    def __init__(self, path: Path) -> None:
        blocks = np.load(path, mmap_mode="r")
        self._codes: NDArray[np.uint8] = blocks["codes"]
        self._scales = blocks["scale"]

    def __getitem__(self, ids: list[int]) -> Floats:
        codes = self._codes[ids]
        values = np.concatenate([codes & 15, codes >> 4], -1).astype(np.float32) - 8
        vectors: Floats = values * self._scales[ids].astype(np.float32)[..., None]
        return np.asarray(vectors.reshape(len(ids), -1), np.float32)


class Labels:
    """The label inventories of the model and how scores become labels."""

    def __init__(self, inventories: dict[str, Any]) -> None:
        self.upos: list[str] = inventories["upos"]
        self.deprels: list[str] = inventories["deprels"]
        self.scripts: list[str] = inventories["lemma_scripts"]
        self._ner: list[str] = inventories["ner"]
        self._events: list[str] = inventories["events"]
        self._feats: dict[str, list[str]] = inventories["feats"]
        self._verbs = {key: frozenset(verbs) for key, verbs in inventories.get("verb_lemmas", {}).items()}
        self._numbers = {script: i for i, script in enumerate(self.scripts)}
        ends = np.cumsum([0, *(len(values) for values in self._feats.values())]).tolist()
        self._parts = [slice(a, b) for a, b in pairwise(ends)]
        self._candidates: dict[tuple[str, str], list[tuple[int, str]]] = {}
        self._all_verbs: dict[str, frozenset[str]] = {}
        self._beginnings: dict[str, dict[str, list[str]]] = {}
        self._root = self.deprels.index("root")
        self._may_follow = _name_transitions(self._ner)

    def known_verbs(self, word: str, language: str) -> list[tuple[int, str]]:
        """Return the scripts that make a verb of the language out of a form, with that verb."""
        key = (language, word)
        if key not in self._candidates:
            if len(self._candidates) >= CACHE_SIZE:
                self._candidates.clear()
            kept = min(SHARED_LETTERS, len(word) - 1)
            self._candidates[key] = [
                (self._numbers[script], lemma)
                for lemma in self._verbs_from(word[:kept], language)
                for script in scripts_between(word, lemma, kept)
                if script in self._numbers
            ]
        return self._candidates[key]

    def likeliest_but(self, scores: Floats, tag: str) -> int:
        """Return the number of the likeliest part of speech that is not this one."""
        return max((i for i, each in enumerate(self.upos) if each != tag), key=lambda i: float(scores[i]))

    def verbs(self, language: str) -> frozenset[str]:
        """Return the verbs that are known of a language."""
        if language not in self._all_verbs:
            lexicon = lemma_lexicon(language)
            met = self._verbs.get(language, frozenset())
            self._all_verbs[language] = lexicon.verbs | {verb for verb in met if verb.endswith(lexicon.verb_endings)}
        return self._all_verbs[language]

    def score(self, form: str, lemma: str, scores: Floats) -> float:
        """Return what the model gives to the step from a form to a lemma; a step it does not know comes last."""
        known = [self._numbers[script] for script in scripts_between(form, lemma, 0) if script in self._numbers]
        return max((float(scores[i]) for i in known), default=-np.inf)

    def _verbs_from(self, beginning: str, language: str) -> list[str]:
        """Return the verbs that begin so."""
        if language not in self._beginnings:
            index = self._beginnings[language] = defaultdict(list)
            for lemma in sorted(self.verbs(language)):
                for size in range(SHARED_LETTERS + 1):
                    index[lemma[:size]].append(lemma)
        return self._beginnings[language].get(beginning, [])

    def features(self, scores: Floats) -> list[dict[str, str]]:
        """Return the features of each word that are not empty."""
        best = np.stack([scores[:, part].argmax(-1) for part in self._parts], -1).tolist()
        return [
            {key: values[i] for i, (key, values) in zip(row, self._feats.items(), strict=True) if values[i]}
            for row in best
        ]

    def relations(self, scores: Floats, heads: list[int]) -> list[str]:
        """The root word is `root`, no other is."""
        best = scores.copy()
        best[:, self._root] = -np.inf
        return ["root" if head == 0 else self.deprels[i] for head, i in zip(heads, best.argmax(-1), strict=True)]

    def kinds(self, scores: Floats) -> list[tuple[str, float]]:
        """Return the likeliest type of event of each word, and how likely it is; none where all hardly are."""
        chances = np.exp(_log_softmax(scores)).astype(np.float64)
        best = chances[:, 1:].argmax(-1) + 1
        found = [(self._events[k], round(float(row[k]), 3)) for k, row in zip(best.tolist(), chances, strict=True)]
        told = (1 - chances[:, 0]).round(4).tolist()
        return [each if each[1] >= LEAST_CHANCE else ("", some) for each, some in zip(found, told, strict=True)]

    def names(self, scores: Floats) -> list[str]:
        """Return the likeliest sequence in which every I- continues its own B- (Viterbi)."""
        if not len(scores):
            return []
        rows = _log_softmax(scores)
        total = rows[0] + np.where([tag.startswith("I-") for tag in self._ner], -1e9, 0.0)
        back = []
        for row in rows[1:]:
            options = total[:, None] + self._may_follow
            back.append(options.argmax(0))
            total = options.max(0) + row
        path = [int(total.argmax())]
        for pointers in reversed(back):
            path.append(int(pointers[path[-1]]))
        return [self._ner[i] for i in reversed(path)]


def _joined(names: list[str], relations: Sequence[str], heads: Sequence[int]) -> list[str]:
    """A name that the tree says to go on with the word before goes on ("Sergei Lavrov" taken for two)."""
    result = list(names)
    for i in range(1, len(names)):
        goes_on = relations[i + 1].startswith("flat") and heads[i + 1] <= i and names[i].startswith("B-")
        if goes_on and result[i - 1][1:] == names[i][1:]:
            result[i] = f"I{names[i][1:]}"
    return result


def _log_softmax(scores: Floats) -> Floats:
    shifted = scores - scores.max(-1, keepdims=True)
    result: Floats = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return result


def _name_transitions(tags: list[str]) -> NDArray[np.float64]:
    """Zero where a tag may follow another, a large penalty where not."""
    table = np.zeros((len(tags), len(tags)))
    for i, before in enumerate(tags):
        for j, after in enumerate(tags):
            if after.startswith("I-") and before[2:] != after[2:]:
                table[i, j] = -1e9
    return table


@dataclass(frozen=True, slots=True)
class LemmaLexicon:
    """Exceptions by form and part of speech, and the endings that lemmas of verbs have."""

    exceptions: dict[tuple[str, str], str]
    verb_endings: tuple[str, ...] = ("",)
    verbs: frozenset[str] = frozenset()


@cache
def lemma_lexicon(language: str) -> LemmaLexicon:
    """Read `lemmas.toml` of a language; a language without one has no exceptions."""
    path = files("ultimora") / "languages" / language / "lexicon" / "lemmas.toml"
    if not path.is_file():
        return LemmaLexicon({})
    data = tomllib.loads(path.read_text(encoding="utf8"))
    exceptions = {
        (form, upos): lemma
        for upos, lemmas in data.get("exceptions", {}).items()
        for lemma, forms in lemmas.items()
        for form in forms
    }
    return LemmaLexicon(exceptions, tuple(data.get("verb_endings", ("",))), frozenset(data.get("verbs", "").split()))


@cache
def default_parser() -> Parser:
    """Return the parser of the package, loaded on first use."""
    return Parser()
