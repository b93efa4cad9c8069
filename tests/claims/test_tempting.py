"""Paragraphs in which a careless reader takes for a fact what is denied, feared, imagined, planned or only a figure."""

from __future__ import annotations

import pytest

import ultimora
from ultimora.types import Claim, Reading

PUBLISHED = "2025-10-16T18:00:00+00:00"

NOT_FACTS = [
    (
        "The Turkish navy denied sinking the trawler. Its crew had abandoned it a week before, a spokesman said.",
        "sinking",
    ),
    ("Kenya's army has denied that its jets bombed the market at Jilib.", "bombed"),
    ("Residents of Goma fear an attack by the rebels, who were seen a day's march from the city.", "attack"),
    ("Analysts warned that Ankara could invade northern Syria if the talks break down.", "invade"),
    ("If Moscow shuts the pipeline, Vienna will ration gas, the minister told parliament.", "shuts"),
    ("Police in Ghent foiled a plot to blow up the courthouse, prosecutors said.", "blow up"),
    ("The rebels failed to capture the airport at Malakal.", "capture"),
    ("Neither side fired a shot during the standoff on the bridge.", "fired"),
    ("Peru's president refused to meet the strikers.", "meet"),
    ("Canberra never imposed sanctions on the bank, the treasurer said.", "imposed"),
    ("Serbia will not recognise Kosovo, its president said.", "recognise"),
    ("The summit between Seoul and Tokyo was called off after the typhoon.", "summit"),
    ("Doha hopes to host talks between the two factions in November.", "talks"),
    ("Would Cairo close the crossing again? Diplomats would not be drawn.", "close"),
    ("Lagos police said no protesters were killed in the clashes.", "killed"),
    ("The miners threatened to strike from Monday unless they are paid.", "strike"),
    ("Amnesty urged Tunis to free the lawyer.", "free"),
    ("Brussels is considering suspending the trade pact with Georgia.", "suspending"),
    ("The general was accused of ordering troops to shell the camp, which he denies.", "shell"),
    ("The senator called for the ambassador to be expelled.", "expelled"),
    ("A ceasefire has yet to take effect in Sweida.", "ceasefire"),
    ("Officials dismissed reports that the king had abdicated.", "abdicated"),
    ("The parliament in Chisinau is expected to ratify the treaty in spring.", "ratify"),
    ("Without a deal, the junta would have executed the two Britons, his lawyer said.", "executed"),
    ("The union ruled out a strike before Christmas.", "strike"),
    ("Rumours of a coup in Bissau proved false.", "coup"),
    ("Iran said it was ready to resume talks but had received no invitation.", "resume"),
    ("The court may jail the editor for contempt.", "jail"),
    ("The coast guard was unable to rescue the sailors.", "rescue"),
    ("Madrid stopped short of recalling its ambassador from Caracas.", "recalling"),
]
"""A paragraph, and the word in it that no claim may tell as something that has certainly come about."""

NOT_EVENTS = [
    ("The goalkeeper was under attack from the fans after Sunday's match.", "ASSAULT"),
    ("Critics savaged the new opera, and the tenor was booed off the stage.", "ASSAULT"),
    ("The governor launched an attack ad against her rival.", "ASSAULT"),
    ("Bargain hunters stormed the shops on the first day of the sales.", "ASSAULT"),
    ("The supermarket is fighting a price war with its German rivals.", "ASSAULT"),
    ("The champion defended his title in Las Vegas against a Mexican boxer.", "SUPPORT"),
    ("The retailer retreated from the Chinese market and released weak results.", "RETREAT"),
    ("Tomatoes threaten to become a luxury after the frost.", "THREATEN"),
    ("Half of those polled said they support a ban on phones in schools.", "COERCE"),
    ("The documentary examines the siege of Leningrad, when many starved.", "PROTEST"),
    ("Rain stopped play at Lord's, and England's bowlers struck only once.", "PROTEST"),
    ("The two airlines share codes and cooperate on baggage.", "CONSULT"),
]
"""A paragraph, and the type of which there may be no claim in it."""


def read(text: str) -> Reading:
    return ultimora.read(text, published=PUBLISHED, language="en")


def is_told_as_fact(claim: Claim) -> bool:
    happened = claim.status in {"occurred", "ongoing"} and claim.polarity == "positive"
    return happened and claim.certainty in {"certain", "probable"}


@pytest.mark.parametrize(("text", "trigger"), NOT_FACTS, ids=[t for _, t in NOT_FACTS])
def test_what_has_not_come_about_is_no_fact(text: str, trigger: str) -> None:
    claims = [c for c in read(text).claims if c.trigger.text == trigger]
    assert claims
    assert not [c for c in claims if is_told_as_fact(c)]


@pytest.mark.parametrize(("text", "event_type"), NOT_EVENTS, ids=[t[:30] for t, _ in NOT_EVENTS])
def test_a_figure_of_speech_is_no_event(text: str, event_type: str) -> None:
    assert not [c for c in read(text).claims if c.event_type == event_type]
