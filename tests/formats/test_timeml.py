"""TIMEX3 elements as the TimeML 1.2.1 guidelines define their attributes."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

import ultimora
from ultimora.formats import timeml

EXAMPLES = Path(ultimora.__file__).parent / "examples"
MODS = {"BEFORE", "AFTER", "ON_OR_BEFORE", "ON_OR_AFTER", "LESS_THAN", "MORE_THAN", "EQUAL_OR_LESS", "EQUAL_OR_MORE"}
MODS |= {"START", "MID", "END", "APPROX"}
VALUES = {
    "DATE": r"(PAST|PRESENT|FUTURE)_REF|FY\d{4}.*|BC\d{4}|"
    r"[\dX]{2,4}(-([\dX]{2}|[QHW][\dX]{1,2}|SP|SU|FA|WI)(-([\dX]{1,2}|WE))?)?",
    "TIME": r".*T([\dX]{2}(:[\dX]{2}(:[\dX]{2})?)?([+-]\d\d:\d\d|Z)?|MO|MI|AF|EV|NI|DT)|(PAST|PRESENT|FUTURE)_REF",
    "DURATION": r"P(T?[\dX.]+[A-Z]{1,2})+(T[\dX.]+[HMS])?",
    "SET": r".+",
}


@pytest.mark.parametrize("language", ["it", "en"])
def test_attributes(language: str) -> None:
    reading = ultimora.read(EXAMPLES / f"article.{language}.txt", published="2026-03-13T20:00:00+01:00")
    root = ET.fromstring(timeml.render(reading))
    times = list(root.iter("TIMEX3"))
    assert len(times) > 10
    assert len({t.get("tid") for t in times}) == len(times)
    for time in times:
        assert re.fullmatch(VALUES[time.get("type", "")], time.get("value", "")), ET.tostring(time)
        assert time.get("mod") is None or time.get("mod") in MODS
    assert times[0].get("functionInDocument") == "CREATION_TIME"


@pytest.mark.parametrize("text", ["Domani & <oggi>, \x07 alle 9.", "]]> ieri \ud83d\ude00", "niente"])
def test_the_text_survives(text: str) -> None:
    text = text.encode("utf-16", "surrogatepass").decode("utf-16")
    reading = ultimora.read(text, language="it", published="2025-10-16")
    root = ET.fromstring(timeml.render(reading))
    assert "".join(root.find("TEXT").itertext()) == text.replace("\x07", "\ufffd")  # type: ignore[union-attr]
