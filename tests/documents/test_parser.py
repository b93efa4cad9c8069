from __future__ import annotations

import random

import numpy as np
import pytest

from ultimora.documents.parser import Parser, WordAnalysis, default_parser
from ultimora.documents.trees import best_heads

# words, index of the verb, index of its subject, relation of the subject
SUBJECTS = [
    ("it", "« La pace è possibile » , ha assicurato la cancelliera .", 8, 10, "nsubj"),
    ("it", "Hamas ha annunciato il rilascio degli ostaggi .", 2, 0, "nsubj"),
    ("it", "Il governo ha approvato la legge di bilancio .", 3, 1, "nsubj"),
    ("it", "Il ponte è stato distrutto dai soldati russi .", 4, 1, "nsubj:pass"),
    ("it", "Secondo la Reuters , Israele ha bombardato Beirut .", 6, 4, "nsubj"),
    ("it", "« Non accetteremo ricatti » , ha detto Tajani .", 7, 8, "nsubj"),
    ("en", "“ We will not negotiate , ” said the minister .", 7, 9, "nsubj"),
    ("en", "Israel has bombed Beirut .", 2, 0, "nsubj"),
    ("en", "The bridge was destroyed by Russian forces .", 3, 1, "nsubj:pass"),
    ("en", "Trump said that Iran had rejected the offer .", 1, 0, "nsubj"),
    ("en", "Trump said that Iran had rejected the offer .", 5, 3, "nsubj"),
]
RELATIONS = [
    ("it", "Il governo ha approvato la legge di bilancio .", 5, 3, "obj"),
    ("it", "Il ponte è stato distrutto dai soldati russi .", 6, 4, "obl:agent"),
    ("it", "Il ministro ha detto che la tregua è finita .", 8, 3, "ccomp"),
    ("en", "The bridge was destroyed by Russian forces .", 6, 3, "obl:agent"),
    ("en", "Trump said that Iran had rejected the offer .", 5, 1, "ccomp"),
    ("en", "Trump said that Iran had rejected the offer .", 7, 5, "obj"),
]
LEMMAS = [
    ("it", "Il presidente disse che la Corte aveva respinto il ricorso .", {2: "dire", 6: "avere", 7: "respingere"}),
    ("it", "I soldati hanno attaccato la base e ucciso tre uomini .", {2: "avere", 3: "attaccare", 7: "uccidere"}),
    ("it", "La polizia cerca di arrestarlo .", {2: "cercare", 4: "arrestare"}),
    ("en", "The army shot down two drones and struck the port .", {2: "shoot", 7: "strike"}),
    ("en", "He fled after the talks were suspended .", {1: "flee", 6: "suspend"}),
]
NAMES = [
    ("it", "Giorgia Meloni è arrivata a Kiev .", {0: "B-PER", 1: "I-PER", 5: "B-LOC"}),
    ("en", "Angela Merkel arrived in Moscow .", {0: "B-PER", 1: "I-PER", 4: "B-LOC"}),
]
EVENTS = [  # the word of an event, its types that will do, its actor and its recipient
    ("it", "Il governo ha espulso due diplomatici russi .", 3, {"SANCTION"}, 1, 5),
    ("it", "La polizia ha arrestato quaranta manifestanti .", 3, {"COERCE"}, 1, 5),
    ("en", "The villagers torched a police post .", 2, {"ASSAULT"}, 1, 5),
    ("en", "Nairobi urged the rebels to lay down their weapons .", 1, {"REQUEST"}, 0, 3),
]
ODD = [
    ["0", "1", "2", "3,5", "10.000"] * 30,
    ["قال", "الرئيس", "إن", "الحرب", "انتهت"],
    ["\u200b", "La", "pa\u200bce", "\u200d", "\ufeff"],
    ["…"], ["«"], [""], ["a" * 5000], ["😀", "🇮🇹", "𝕏"], ["\x00", "\ud800"],
]  # fmt: skip


@pytest.fixture(scope="module")
def parser() -> Parser:
    return default_parser()


def assert_tree(analysis: list[WordAnalysis]) -> None:
    roots = [i for i, word in enumerate(analysis) if word.head == -1]
    assert len(roots) == 1
    assert analysis[roots[0]].deprel == "root"
    for start in range(len(analysis)):
        seen, node = {start}, start
        while analysis[node].head != -1:
            node = analysis[node].head
            assert node not in seen
            seen.add(node)


@pytest.mark.parametrize(("language", "text", "verb", "subject", "relation"), SUBJECTS)
def test_the_subject_is_found(parser: Parser, language: str, text: str, verb: int, subject: int, relation: str) -> None:
    analysis = parser.parse(text.split(), language)
    assert analysis[verb].upos == "VERB"
    assert (analysis[subject].head, analysis[subject].deprel) == (verb, relation)


@pytest.mark.parametrize(("language", "text", "word", "head", "relation"), RELATIONS)
def test_relations(parser: Parser, language: str, text: str, word: int, head: int, relation: str) -> None:
    analysis = parser.parse(text.split(), language)
    assert (analysis[word].head, analysis[word].deprel) == (head, relation)


@pytest.mark.parametrize(("language", "text", "lemmas"), LEMMAS)
def test_lemmas_of_verbs(parser: Parser, language: str, text: str, lemmas: dict[int, str]) -> None:
    analysis = parser.parse(text.split(), language)
    assert {i: analysis[i].lemma for i in lemmas} == lemmas


@pytest.mark.parametrize(("language", "text", "names"), NAMES)
def test_names(parser: Parser, language: str, text: str, names: dict[int, str]) -> None:
    analysis = parser.parse(text.split(), language)
    assert {i: word.ner for i, word in enumerate(analysis) if word.ner != "O"} == names


@pytest.mark.parametrize(("language", "text", "event", "kinds", "actor", "recipient"), EVENTS)
def test_events_with_their_parties(
    parser: Parser, language: str, text: str, event: int, kinds: set[str], actor: int, recipient: int
) -> None:
    word = parser.parse(text.split(), language)[event]
    assert word.kind in kinds
    assert 0.5 < word.sure <= 1
    chances = {i: (a, r) for i, a, r in word.parts}
    assert max(chances, key=lambda i: chances[i][0]) == actor
    assert max(chances, key=lambda i: chances[i][1]) == recipient


def test_most_words_speak_of_no_event(parser: Parser) -> None:
    analysis = parser.parse(["The", "lake", "is", "deep", "and", "its", "water", "cold", "in", "June", "."], "en")
    assert {word.kind for word in analysis} == {""}
    assert max(word.sure for word in analysis) < 0.2


def test_features(parser: Parser) -> None:
    analysis = parser.parse(["Il", "governo", "non", "attaccherà", "."], "it")
    assert analysis[2].feats["Polarity"] == "Neg"
    assert analysis[3].feats["Tense"] == "Fut"


def test_nothing_in_nothing_out(parser: Parser) -> None:
    assert parser.parse([], "it") == []


@pytest.mark.parametrize("words", ODD, ids=range(len(ODD)))
def test_odd_words_give_a_tree(parser: Parser, words: list[str]) -> None:
    analysis = parser.parse(words, "it")
    assert len(analysis) == len(words)
    assert_tree(analysis)


def test_a_sentence_of_five_thousand_words(parser: Parser) -> None:
    words = ("Il ministro ha detto che la guerra continua , mentre i soldati avanzano " * 385).split()[:5000]
    analysis = parser.parse(words, "it")
    assert len(analysis) == 5000
    assert_tree(analysis)


def test_the_same_parse_alone_and_after_others(parser: Parser) -> None:
    sentences = [(language, text.split(" ")) for language, text, *_ in SUBJECTS]
    alone = [parser.parse(words, language) for language, words in sentences]
    backwards = [parser.parse(words, language) for language, words in reversed(sentences)]
    assert alone == backwards[::-1]


def test_the_same_parse_on_two_threads() -> None:
    words = SUBJECTS[0][1].split()
    assert Parser(threads=2).parse(words, "it") == Parser(threads=1).parse(words, "it")


def test_any_scores_give_one_tree() -> None:
    rng = np.random.default_rng(0)
    for size in [2, 3, 4, 7, 20, 60]:
        for _ in range(20):
            heads = best_heads(rng.normal(size=(size, size)))
            assert heads[0] == 0
            assert heads[1:].count(0) == 1
            for word in range(1, size):
                assert reaches_root(heads, word)


def test_the_best_tree_is_found_by_trying_all() -> None:
    rng = random.Random(1)
    for _ in range(30):
        scores = np.array([[rng.random() for _ in range(4)] for _ in range(4)])
        assert sum(scores[d, h] for d, h in enumerate(best_heads(scores)) if d) == pytest.approx(best_total(scores))


def best_total(scores: np.ndarray) -> float:
    best = -1.0
    for code in range(64):
        heads = [0, code % 4, code // 4 % 4, code // 16]
        if heads[1:].count(0) == 1 and all(reaches_root(heads, word) for word in (1, 2, 3)):
            best = max(best, sum(scores[d, heads[d]] for d in (1, 2, 3)))
    return best


def reaches_root(heads: list[int], word: int) -> bool:
    node = word
    for _ in heads:
        node = heads[node]
    return node == 0


def test_a_sentence_of_five_thousand_words_is_one_tree(parser: Parser) -> None:
    words = ["il", "ministro", "ha", "incontrato", "a", "Bari", "i", "sindacati", "e"] * 556
    assert_tree(parser.parse(words, "it"))
