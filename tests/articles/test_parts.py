import itertools

import pytest

from ultimora.articles.parts import find_parts, state_of


def named(text: str, language: str = "it") -> list[tuple[str, str]]:
    return [(p.part, text[p.start : p.end]) for p in find_parts(text, language)]


def test_kicker_headline_standfirst_and_paragraphs() -> None:
    text = "Esteri\nRoma e Ankara al telefono\nUn'ora di colloquio\n\nPrimo paragrafo.\n\nSecondo paragrafo."
    assert [p for p, _ in named(text)] == ["section", "title", "standfirst", "body", "body"]


def test_a_headline_alone() -> None:
    assert named("Ministers meet in Oslo\n\nThey met.", "en") == [
        ("title", "Ministers meet in Oslo"),
        ("body", "They met."),
    ]


def test_one_sentence_is_body() -> None:
    assert named("I due si sono sentiti.") == [("body", "I due si sono sentiti.")]


def test_no_blank_lines() -> None:
    text = "Terremoto in Calabria\nLa terra ha tremato alle 4.12, senza fare danni.\nLa scossa è durata poco."
    assert [p for p, _ in named(text)] == ["title", "body", "body"]


def test_hard_wrapped_paragraphs_are_joined() -> None:
    text = (
        "Talks resume\n\nThe two delegations went back to the table on Tuesday in\n"
        "Geneva, their spokesmen said, after a break of nearly three\nweeks that had followed the walkout."
    )
    assert [p for p, _ in named(text, "en")] == ["title", "body"]


@pytest.mark.parametrize(
    ("text", "language", "state"),
    [
        ("Titolo\n\nIl corpo. (in aggiornamento)", "it", "developing"),
        ("Titolo\n\nIl corpo.\n\n(Segue)", "it", "developing"),
        ("Title\n\nBody. (This story is developing.)", "en", "developing"),
        ("Titolo\n\nIl piano è in aggiornamento da mesi.", "it", None),
        ("Title\n\nDeveloping countries asked for more.", "en", None),
    ],
)
def test_notes_say_the_state(text: str, language: str, state: str | None) -> None:
    parts = find_parts(text, language)
    assert state_of(text, parts, language) == state
    assert any(p.part == "note" for p in parts) == (state is not None)


@pytest.mark.parametrize("text", ["", "\n\n\n", " ", "\r\n\r\nA\r\n\r\n\r\nB\r\n", "a\u2028b", "\ufeffTitolo\n\ncorpo"])
def test_parts_are_in_order_and_apart(text: str) -> None:
    parts = find_parts(text, "it")
    assert all(a.end <= b.start for a, b in itertools.pairwise(parts))
    assert all(text[p.start : p.end].strip() for p in parts)


@pytest.mark.parametrize(
    "dateline",
    [
        "ROMA, 4 marzo - ",
        "WASHINGTON, March 6 (Northgate) - ",
        "(LANTERNA) - ROMA, 16 OTT - ",
        "LONDON — ",
        "PORT SUDAN (Northgate) – ",
        "Oslo, 3 May (Northgate) – ",
        "NEW YORK, Oct. 4 -- ",
    ],
)
def test_dateline_is_a_note(dateline: str) -> None:
    text = f"Title of it\n\n{dateline}The two ministers met on Monday (developing)"
    assert named(text, "en")[1:] == [
        ("note", dateline),
        ("body", "The two ministers met on Monday "),
        ("note", "(developing)"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. - and others - left.",
        "NATO said no - again.",
        "USA-Cina, riparte il dialogo.",
        "Il no di Roma - ieri.",
    ],
)
def test_no_dateline(text: str) -> None:
    assert named(text) == [("body", text)]
