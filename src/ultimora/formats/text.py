"""A reading for a person at a terminal: what happened, who says so, what was said, what is expected next."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from functools import cache
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from ultimora import languages, ontology
from ultimora.documents.wordlists import citing, speech
from ultimora.types import Claim, Event, Reading, Statement

_PLAIN_WIDTH = 120
_STYLE = {"occurred": "green", "ongoing": "bold yellow", "planned": "cyan", "hypothetical": "magenta"}


def render(reading: Reading) -> str:
    """The events in order of time, the statements, and what is planned; coloured on a terminal, plain when piped."""
    terminal = sys.stdout.isatty()
    out = io.StringIO()
    console = Console(
        file=out,
        force_terminal=terminal,
        width=None if terminal else _PLAIN_WIDTH,
        color_system="auto" if terminal else None,
        highlight=False,
        emoji=False,
        markup=False,
    )
    view = _View(reading)
    view.header(console)
    view.events(console, [e for e in view.typed if e.status != "planned"], "events")
    view.statements(console)
    view.events(console, [e for e in view.typed if e.status == "planned"], "expected")
    return "\n".join(line.rstrip() for line in out.getvalue().rstrip("\n").split("\n"))


@cache
def _harm(language: str) -> frozenset[str]:
    """Verbs of coming to harm: "kill", "ferire"."""
    counts = languages.load(language).table("lexicon/counts")
    return frozenset(verb for kind in ("killed", "injured") for verb in counts.get(kind, {}).get("predicates", ()))


class _View:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        language = languages.load(reading.article.language)
        self.labels: dict[str, Any] = language.table("labels")
        self.modes = {**language.table("desk").get("mode", {}), **self.labels["mode"]}
        self.names = {e.id: e.name for e in reading.entities}
        self.claims: dict[str, Claim] = {c.id: c for c in reading.claims}
        self.numbers = {q.id: " ".join(q.text.split()) for q in reading.quantities}
        cues = {(s.cue.start, s.cue.end) for s in reading.statements if s.cue}
        saying = speech(reading.article.language) | citing(reading.article.language)
        kept = [e for e in reading.events if self._shown(e, cues, saying)]
        self.typed = sorted(
            kept, key=lambda e: (e.from_ is None, e.from_ or "", self.claims[e.claims[0]].trigger.start)
        )

    def _shown(self, event: Event, cues: set[tuple[int, int]], saying: frozenset[str]) -> bool:
        """Not on the screen, only in the JSON: saying something, and what has neither a type nor parties nor a toll."""
        if event.event_type or self._toll(event):
            return True
        triggers = [self.claims[c].trigger for c in event.claims]
        said = event.predicate in saying or all(any(a < t.end and t.start < b for a, b in cues) for t in triggers)
        return bool(event.actors or event.recipients) and not said

    def _toll(self, event: Event) -> list[str]:
        """How many died, were hurt or are missing, in the words of the text."""
        harm = _harm(self.reading.article.language)
        told = [(c, *c.rule.partition("#")[::2]) for c in (self.claims[i] for i in event.claims)]
        tolls = [c for c, file, word in told if file.endswith("/toll") or word in harm]
        return list(dict.fromkeys(self.numbers[q] for c in tolls for q in c.quantities))

    def header(self, console: Console) -> None:
        article = self.reading.article
        title = article.title or self.reading.text.strip().split("\n")[0]
        console.print(Text(" ".join(title.split())[:200], style="bold"))
        when = article.published or self.labels["unknown_date"]
        facts = [article.outlet, article.section, when]
        facts += [self.labels["published_text"]] if article.published_from == "text" else []
        facts += [self.labels["developing"]] if article.state == "developing" else []
        console.print(Text(" · ".join(f for f in facts if f), style="dim"))

    def events(self, console: Console, events: list[Event], heading: str) -> None:
        if not events and heading == "expected":
            return
        console.print()
        console.print(Text(self.labels[heading].upper(), style="bold"))
        if not events:
            console.print(self.labels["no_events"])
        told = -1
        for event in events:
            for indent, line in self._event(event, told):
                console.print(Padding(line, (0, 0, 0, indent)))
            told = self._sentence_id(event)

    def _event(self, event: Event, told: int) -> Iterator[tuple[int, Text]]:
        """One line for what PLOVER does not name; for the rest also who says so, and the sentence unless just shown."""
        date = when(event.from_, event.to) or self.labels["undated"]
        line = Text(f"{date}  ").append(self._what(event), style="bold" if event.event_type else "")
        parties, place = self._parties(event), self.names.get(event.place or "")
        line.append(f"  {parties}" if parties else "").append(f" · {place}" if place else "", style="dim")
        line.append("  ").append_text(self._status(event))
        yield 2, line.append(" · " + ", ".join(toll) if (toll := self._toll(event)) else "")
        if event.event_type:
            yield 6, self._sources(event)
            if self._sentence_id(event) != told:
                yield 6, Text(f"“{self._sentence(event)}”", style="dim")

    def _what(self, event: Event) -> str:
        kind = self.labels["event_type"].get(event.event_type or "", event.predicate)
        mode = self.modes.get(event.mode or "", event.mode)
        return f"{kind} ({mode})" if mode else str(kind)

    def _parties(self, event: Event) -> str:
        actors, recipients = ([self.names[i] for i in ids] for ids in (event.actors, event.recipients))
        kind = ontology.load().get(event.event_type or "")
        if kind and kind.reciprocal:
            return " – ".join(actors + recipients)
        return ", ".join(actors) + (" → " if recipients else "") + ", ".join(recipients)

    def _sentence_id(self, event: Event) -> int:
        return self.claims[event.claims[0]].sentence

    def _sentence(self, event: Event) -> str:
        sentence = self.reading.sentences[self._sentence_id(event)]
        return shorten(self.reading.text[sentence.start : sentence.end].rstrip("; "))

    def _status(self, event: Event) -> Text:
        if event.polarity == "negative":
            return Text(self.labels["polarity"]["negative"], style="red")
        status = Text(self.labels["status"][event.status], style=_STYLE[event.status])
        if event.certainty != "certain":
            status.append(f", {self.labels['certainty'][event.certainty]}", style="not bold")
        return status

    def _sources(self, event: Event) -> Text:
        chains = []
        for claim in (self.claims[c] for c in event.claims):
            for chain in claim.attributions or ((),):
                links = [f"{self.names[k.source]} ({self.labels['stance'][k.stance]})" for k in chain]
                chains.append(" ← ".join(links) or self.labels["own_voice"])
        return Text(f"{self.labels['says']} {'; '.join(dict.fromkeys(chains))}", style="italic")

    def statements(self, console: Console) -> None:
        if not self.reading.statements:
            return
        console.print()
        console.print(Text(self.labels["statements"].upper(), style="bold"))
        for statement in self.reading.statements:
            console.print(Padding(self._statement(statement), (0, 0, 0, 2)))

    def _statement(self, statement: Statement) -> Text:
        source = self.names.get(statement.source or "", "?")
        line = Text(source, style="bold")
        medium = self.names.get(statement.medium or "")
        if medium:
            line.append(f" ({self.labels['via']} {medium})", style="not bold dim")
        words = shorten(self.reading.text[statement.content.start : statement.content.end])
        return line.append(f": {words}", style="not bold")


def when(begin: str | None, end: str | None) -> str:
    """An interval in few characters: a day, a minute, or from – to (the last day it holds)."""
    if begin is None:
        return f"… – {end}" if end else ""
    if end is None:
        return f"{begin[:16]} – …"
    from datetime import date, timedelta

    if len(begin) == len(end) == len("2025-10-16"):
        last = date.fromisoformat(end) - timedelta(days=1)
        return begin if str(last) <= begin else f"{begin} – {last}"
    short = begin[:16].replace("T", " ")
    if begin[:10] == end[:10]:
        return short if begin[:16] == end[:16] else f"{short}–{end[11:16]}"
    return f"{short} – {end[:16].replace('T', ' ')}"


def shorten(words: str, limit: int = 240) -> str:
    """One line, cut between words."""
    line = " ".join(words.split())
    return line if len(line) <= limit else line[: line.rfind(" ", 0, limit)] + " …"
