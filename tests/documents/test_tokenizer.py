import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ultimora.articles.parts import find_parts
from ultimora.documents.sentences import split_sentences
from ultimora.documents.tokenizer import tokenize, visible


def words(text: str, language: str) -> str:
    return " ".join(text[a:b] for a, b in tokenize(text, language))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("all'«accordo»", "all' « accordo »"),
        ("dell’Unione", "dell’ Unione"),
        ("C'è un po' di caos", "C' è un po' di caos"),
        ("l'Unità", "l' Unità"),
        ("Massimo D'Alema", "Massimo D'Alema"),
        ("e' vero perche' piove", "e' vero perche' piove"),
        ("Usa(Trump)", "Usa ( Trump )"),
        ("7mila persone", "7mila persone"),
        ("alle 19:30 o alle 7.45", "alle 19:30 o alle 7.45"),
        ("1.850 persone, 3,5 milioni", "1.850 persone , 3,5 milioni"),
        ("Il dott. Verdi della S.p.A. tace.", "Il dott. Verdi della S.p.A. tace ."),
        ("vince 2-1", "vince 2 - 1"),
        ("asse Roma-Berlino", "asse Roma-Berlino"),
        ("su https://esempio.it/a?b=c.", "su https://esempio.it/a?b=c ."),
        ("scrive @ministero", "scrive @ministero"),
        ("così...", "così ..."),
        ("nel '68", "nel ' 68"),
    ],
)
def test_italian(text: str, tokens: str) -> None:
    assert words(text, "it") == tokens


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("They can't; it's Moscow’s", "They ca n't ; it 's Moscow ’s"),
        ("The U.S. said no.", "The U.S. said no ."),
        ("a 20-year-old man", "a 20 - year - old man"),
        ("anti-war protest", "anti-war protest"),
        ("$4.5bn (40%) at 4:30pm", "$ 4.5bn ( 40 % ) at 4:30pm"),
        ("Mr. Roe, J. Doe", "Mr. Roe , J. Doe"),
        ("they cannot", "they can not"),
        ("`` Hello '' he said", "`` Hello '' he said"),
        ("the workers' union", "the workers ' union"),
    ],
)
def test_english(text: str, tokens: str) -> None:
    assert words(text, "en") == tokens


def sentences(text: str, language: str) -> list[str]:
    spans = tokenize(text, language)
    ranges = split_sentences(text, spans, find_parts(text, language), language)
    return [text[spans[a][0] : spans[b - 1][1]] for a, b, _ in ranges]


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("it", ["«È finita.»", "Poi il silenzio."]),
        ("it", ["«Basta!», ha detto il ministro.", "Nessuno ha risposto."]),
        ("it", ["Il gen. Neri è partito.", "Torna domani."]),
        ("it", ['Ha detto: "Non ci sto."', "Poi è uscito."]),
        ("en", ["“We are done.”", "“No,” he said."]),
        ("en", ["It is in the U.S. Senate now."]),
        ("en", ["It left the U.S.", "The court agreed."]),
        ("en", ["Who did it?", "Nobody knows..."]),
        ("en", ["He won by 3.5 points.", "2,000 people cheered."]),
    ],
)
def test_sentences(language: str, wanted: list[str]) -> None:
    assert sentences(" ".join(wanted), language) == wanted


def test_invisible_characters() -> None:
    assert visible("Mo\u00adsca\u200b") == "Mosca"
    assert [visible(w) for w in words("la Mo\u00adsca \u200b tace", "it").split()] == ["la", "Mosca", "tace"]


@given(st.text(max_size=200), st.sampled_from(["it", "en"]))
def test_any_text(text: str, language: str) -> None:
    """Tokens are in order, apart, not blank, and leave out nothing that can be seen."""
    spans = tokenize(text, language)
    assert all(a < b for a, b in spans)
    assert all(x[1] <= y[0] for x, y in itertools.pairwise(spans))
    kept = "".join(text[a:b] for a, b in spans)
    assert [c for c in visible(kept) if not c.isspace()] == [c for c in visible(text) if not c.isspace()]
