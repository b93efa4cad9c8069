"""Every state of the gazetteer resolves by name, capital and demonym, in every language there is."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import pytest

from ultimora import languages
from ultimora.documents.build import build
from ultimora.documents.entities import find_entities
from ultimora.documents.entities.context import new_context
from ultimora.documents.entities.gazetteer import MARKS, Known, gazetteer
from ultimora.types import Article, Document, TextPart

MEMBERS = """AFG ALB DZA AND AGO ATG ARG ARM AUS AUT AZE BHS BHR BGD BRB BLR BEL BLZ BEN BTN BOL BIH BWA BRA BRN BGR BFA
BDI CPV KHM CMR CAN CAF TCD CHL CHN COL COM COG CRI CIV HRV CUB CYP CZE PRK COD DNK DJI DMA DOM ECU EGY SLV GNQ ERI EST
SWZ ETH FJI FIN FRA GAB GMB GEO DEU GHA GRC GRD GTM GIN GNB GUY HTI HND HUN ISL IND IDN IRN IRQ IRL ISR ITA JAM JPN JOR
KAZ KEN KIR KWT KGZ LAO LVA LBN LSO LBR LBY LIE LTU LUX MDG MWI MYS MDV MLI MLT MHL MRT MUS MEX FSM MDA MCO MNG MNE MAR
MOZ MMR NAM NRU NPL NLD NZL NIC NER NGA MKD NOR OMN PAK PLW PAN PNG PRY PER PHL POL PRT QAT KOR ROU RUS RWA KNA LCA VCT
WSM SMR STP SAU SEN SRB SYC SLE SGP SVK SVN SLB SOM ZAF SSD ESP LKA SDN SUR SWE CHE SYR TJK TZA THA TLS TGO TON TTO TUN
TUR TKM TUV UGA UKR ARE GBR USA URY UZB VUT VEN VNM YEM ZMB ZWE""".split()  # noqa: SIM905
OTHERS = ("VAT", "PSE", "XKX", "TWN")

SHARED = {"COG": {"COD"}}
"""Spellings that two states share belong to the one that news speak of more."""


def document(text: str, tag: str) -> Document:
    return build(Article("a", text, tag, (TextPart(0, len(text), "body"),), published="2025-10-16"))


def rows(tag: str) -> dict[str, dict[str, str]]:
    path = languages.load(tag).folder / "gazetteer" / "countries.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def spellings(tag: str, column: str) -> Iterator[tuple[str, str]]:
    for code, row in rows(tag).items():
        for spelling in row[column].split("|"):
            yield code, spelling.rstrip(MARKS)


def known(tag: str, spelling: str) -> Known:
    return gazetteer(tag).known[spelling]


@pytest.mark.parametrize("tag", languages.available())
def test_every_member_of_the_united_nations_is_there(tag: str) -> None:
    assert len(set(MEMBERS)) == 193
    assert not set(MEMBERS).union(OTHERS) - set(rows(tag))


@pytest.mark.parametrize("tag", languages.available())
@pytest.mark.parametrize("column", ["names", "capital", "people"])
def test_names_capitals_and_demonyms_have_their_code(tag: str, column: str) -> None:
    wrong = [
        (code, spelling, known(tag, spelling).country)
        for code, spelling in spellings(tag, column)
        if known(tag, spelling).country not in {code, *SHARED.get(code, ())}
    ]
    assert not wrong


@pytest.mark.parametrize("tag", languages.available())
@pytest.mark.parametrize("column", ["names", "capital"])
def test_names_and_capitals_are_found_in_text(tag: str, column: str) -> None:
    """Every spelling is matched whole in running text, whatever the tokens are cut into."""
    pattern = {"it": "La delegazione è arrivata a {}.", "en": "The delegation arrived in {}."}[tag]
    missing = []
    for code, spelling in spellings(tag, column):
        context = new_context(document(pattern.format(spelling), tag))
        codes = {name.country for name in context.names}
        if not codes & {code, *SHARED.get(code, ())}:
            missing.append((code, spelling))
    assert not missing


@pytest.mark.parametrize("tag", languages.available())
def test_a_demonym_gives_its_government(tag: str) -> None:
    """A body of government with each demonym is that state's."""
    pattern = {"it": "Il governo {} ha risposto.", "en": "The {} government has responded."}[tag]
    missing = []
    for code, spelling in spellings(tag, "people"):
        text = document(pattern.format(spelling), tag)
        if not any(e.country in {code, *SHARED.get(code, ())} for e in find_entities(text)):
            missing.append((code, spelling))
    assert len(missing) <= len(rows(tag)) // 50, missing


@pytest.mark.parametrize("tag", languages.available())
def test_seats_of_power_have_a_state(tag: str) -> None:
    table = languages.load(tag).table("gazetteer/seats")["seats"]
    for code, seats in table.items():
        for seat in seats:
            for spelling in seat.split("|"):
                assert known(tag, spelling.rstrip(MARKS)).country == code, spelling


SENTENCES = {
    "it": {
        "names": "Ieri {} ha firmato il trattato sui confini.",
        "capital": "I negoziatori si sono riuniti a {} per due giorni.",
        "people": "Il ministro {} ha lasciato la riunione.",
    },
    "en": {
        "names": "On Monday {} signed the treaty on borders.",
        "capital": "The negotiators met in {} for two days.",
        "people": "The {} minister left the meeting.",
    },
}
BATCH = 60


def batched(lines: list[tuple[str, str, str]], size: int) -> Iterator[list[tuple[str, str, str]]]:
    for at in range(0, len(lines), size):
        yield lines[at : at + size]


def unresolved(tag: str, lines: list[tuple[str, str, str]], size: int = BATCH) -> list[tuple[str, str]]:
    """The codes and spellings whose sentence speaks of no entity of that state.

    ``lines``: code, spelling, sentence; ``size``: how many of them make one article.
    """
    missing = []
    for batch in batched(lines, size):
        text = "\n\n".join(sentence for _, _, sentence in batch)
        read = document(text, tag)
        found: dict[int, set[str | None]] = {}
        for entity in find_entities(read):
            for mention in entity.mentions:
                found.setdefault(mention.start, set()).add(entity.country)
        at = 0
        for code, spelling, sentence in batch:
            here = {c for start, codes in found.items() if at <= start < at + len(sentence) for c in codes}
            if not here & {code, *SHARED.get(code, ())}:
                missing.append((code, spelling))
            at += len(sentence) + 2
    return missing


@pytest.mark.parametrize("tag", languages.available())
@pytest.mark.parametrize("column", ["names", "capital", "people"])
def test_every_member_resolves_in_running_sentences(tag: str, column: str) -> None:
    """Each spelling of each state makes an entity of that state: its government, its capital, its minister."""
    pattern = SENTENCES[tag][column]
    lines = [(code, s, pattern.format(s)) for code, s in spellings(tag, column) if column != "people" or s.islower()]
    if tag == "en" and column == "people":
        lines = [(code, s, pattern.format(s)) for code, s in spellings(tag, column)]
    assert unresolved(tag, lines) == []


@pytest.mark.parametrize("tag", languages.available())
def test_every_seat_acts_for_its_state(tag: str) -> None:
    pattern = {"it": "Secondo {} la visita è confermata.", "en": "{} confirmed the visit on Monday."}[tag]
    table = languages.load(tag).table("gazetteer/seats")["seats"]
    everywhere = [(c, s) for c, seats in table.items() for seat in seats for s in seat.split("|") if s[-1] != "~"]
    lines = [(code, s.rstrip(MARKS), pattern.format(s.rstrip(MARKS))) for code, s in everywhere]
    assert unresolved(tag, lines, size=1) == []
