"""The parser inside spaCy says what the parser says."""

from __future__ import annotations

import warnings

import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # spaCy's own dependencies
    import spacy

from ultimora.documents.parser import default_parser
from ultimora.documents.spacy import NAME, pipeline

ITALIAN = "Il ministro ha incontrato i sindacati a Bari. «Non firmeremo», ha detto Anna Rossi all'uscita."


def test_a_doc_has_every_layer() -> None:
    doc = pipeline("it")(ITALIAN)
    verb = next(token for token in doc if token.text == "incontrato")
    assert doc.text == ITALIAN
    assert (verb.lemma_, verb.pos_, verb.dep_) == ("incontrare", "VERB", "ROOT")
    assert {child.text for child in verb.children if child.dep_ in {"nsubj", "obj"}} == {"ministro", "sindacati"}
    assert "Number=Plur" in str(next(token for token in doc if token.text == "sindacati").morph)
    assert [sentence.text for sentence in doc.sents] == [ITALIAN[:45], ITALIAN[46:]]
    assert ("Anna Rossi", "PER") in {(entity.text, entity.label_) for entity in doc.ents}


def test_it_says_what_the_parser_says() -> None:
    words = ["Russian", "drones", "hit", "a", "power", "plant", "overnight", "."]
    doc = pipeline("en")("Russian drones hit a power plant overnight .")
    expected = default_parser().parse(words, "en")
    assert [(t.text, t.lemma_, t.pos_) for t in doc] == [
        (w, e.lemma, e.upos) for w, e in zip(words, expected, strict=True)
    ]
    assert [t.i if t.dep_ == "ROOT" else t.head.i for t in doc] == [
        i if e.head < 0 else e.head for i, e in enumerate(expected)
    ]


@pytest.mark.parametrize("text", ["", "  \n", " La pace\u200b è vicina.\n\n  Forse.", "a\u00a0b", "\u200b"])
def test_the_text_stays_as_it_was(text: str) -> None:
    assert pipeline("it")(text).text == text


def test_any_pipeline_can_add_it_by_name() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(NAME)
    assert [token.dep_ for token in nlp("Police arrested him.")] == ["nsubj", "ROOT", "obj", "punct"]


def test_alone_or_in_a_batch() -> None:
    nlp = pipeline("it")
    texts = [ITALIAN, "La Bce taglia i tassi.", "Sì."]
    alone = [nlp(text).to_bytes() for text in texts]
    assert [doc.to_bytes() for doc in nlp.pipe(texts, batch_size=2)] == alone
