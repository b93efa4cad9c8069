"""What headlines leave out and what parsers seldom see: pairs joined by a hyphen, participles that open a title."""

from ultimora.documents.ellipsis import is_pair, spelled_out, taken_out
from ultimora.documents.parser import WordAnalysis
from ultimora.documents.participles import is_certain, restored
from ultimora.documents.tokenizer import tokenize


def word(lemma: str, upos: str, head: int, deprel: str, **feats: str) -> WordAnalysis:
    return WordAnalysis(lemma, upos, feats, head, deprel, "O")


def test_two_who_meet_are_two_words_and_a_hyphenated_place_is_one() -> None:
    def parts(text: str) -> list[str]:
        return [text[a:b] for a, b in tokenize(text, "it")]

    assert parts("Telefonata Rossi-Bianchi.") == ["Telefonata", "Rossi", "-", "Bianchi", "."]
    assert parts("La linea Torino-Lione") == ["La", "linea", "Torino-Lione"]
    assert not is_pair("anti-mafia", "vertice ", "it")


def test_what_is_put_in_for_the_parser_is_taken_out_again() -> None:
    words, at = spelled_out(("Vertice", "Rossi", "-", "Bianchi"), "it")
    assert words == ("Vertice", "tra", "Rossi", "e", "Bianchi")
    assert at == 1
    parsed = (
        word("vertice", "NOUN", -1, "root"),
        word("tra", "ADP", 2, "case"),
        word("Rossi", "PROPN", 0, "nmod"),
        word("e", "CCONJ", 4, "cc"),
        word("Bianchi", "PROPN", 2, "conj"),
    )
    assert [each.head for each in taken_out(parsed, at)] == [-1, 0, 3, 1]


def test_a_sentence_without_a_pair_is_parsed_as_it_stands() -> None:
    words = ("Il", "vertice", "è", "finito")
    assert spelled_out(words, "it") == (words, None)


def test_a_form_that_can_only_be_a_participle_is_one() -> None:
    assert is_certain("scarcerato", "scarcerare", "it")
    assert not is_certain("liberate", "liberare", "it")
    found = restored(
        ("Scarcerato", "Rossi"), (word("scarcerare", "VERB", -1, "root", VerbForm="Fin", Mood="Ind"),) * 2, "it"
    )
    assert found[0].feats == {"VerbForm": "Part", "Tense": "Past"}
    assert found[1].feats == {"VerbForm": "Fin", "Mood": "Ind"}
