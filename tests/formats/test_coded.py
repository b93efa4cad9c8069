"""PLOVER's and GDELT's shapes."""

import csv
import io
import json

import pytest

import ultimora
from ultimora import ontology
from ultimora.formats import cameo, plover

TEXT = (
    "Il presidente francese ha telefonato ieri al presidente turco.\n"
    "Il ministro degli Esteri tedesco incontrerà domani a Roma il collega italiano.\n"
    "L'esercito russo non ha bombardato Odessa."
)


@pytest.fixture(scope="module")
def reading() -> ultimora.Reading:
    return ultimora.read(TEXT, language="it", published="2025-10-16T18:00:00+02:00")


def test_plover(reading: ultimora.Reading) -> None:
    rows = [json.loads(line) for line in plover.render(reading).splitlines()]
    call = next(r for r in rows if "phone" in r["mode"])
    assert call["event"] == ["CONSULT"]
    assert call["date"] == "2025-10-15"
    assert {p["code"] for p in call["actor"] + call["recipient"]} == {"FRA", "TUR"}
    planned = next(r for r in rows if r["date"] == "2025-10-17")
    assert planned["event"] == ["AGREE"]
    assert planned["quad_code"] == 1
    assert not [r for r in rows if r["event"] == ["ASSAULT"]]
    assert len({r["id"] for r in rows}) == len(rows)


def test_cameo(reading: ultimora.Reading) -> None:
    rows = list(csv.DictReader(io.StringIO(f"{cameo.HEADER}\n{cameo.render(reading)}\n")))
    codes = {r["EventCode"] for r in rows}
    assert {"041", "036"} <= codes
    assert not {c for c in codes if c.startswith(("18", "19"))}
    call = next(r for r in rows if r["EventCode"] == "041")
    assert {call["Actor1CountryCode"], call["Actor2CountryCode"]} == {"FRA", "TUR"}
    assert call["SQLDATE"] == "20251015"


def test_every_code_has_a_score() -> None:
    for kind in ontology.load().values():
        for mode in (None, *kind.modes):
            name, code = ontology.coded(kind.name, mode, planned=False)
            assert name == kind.name
            assert -10 <= ontology.goldstein(code) <= 10
    assert ontology.goldstein("041") == 1.0
    assert ontology.coded("CONSULT", "visit", planned=True) == ("AGREE", "036")
