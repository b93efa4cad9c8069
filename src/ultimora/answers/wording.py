"""Facts in the words of a language: its templates filled in, nothing added. The words are in its ``brief.toml``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from ultimora import languages
from ultimora.answers.types import Found
from ultimora.record.actors import countries, label_of
from ultimora.record.counts import thing
from ultimora.record.happenings import named
from ultimora.record.matching import is_reciprocal
from ultimora.record.names import plain
from ultimora.record.plans import Expectation
from ultimora.record.types import Amount, KeptEvent, Party, Stand
from ultimora.record.windows import window

_MOST_NAMES = 5


class Wording:
    """The templates of a language."""

    def __init__(self, language: str) -> None:
        self.language = languages.load(language)
        self.table: dict[str, Any] = self.language.table("brief")

    def heading(self, section: str, **words: str) -> str:
        """The heading of a section."""
        return str(self.table["headings"][section]).format(**words)

    def line(self, template: str, **words: str | int) -> str:
        """A line's template filled in."""
        return str(self.table["lines"][template]).format(**words)

    def fact(self, event: KeptEvent, when: tuple[str | None, str | None] | None = None) -> str:
        """An event: when, what, who, where, how many."""
        low, high = when or (event.from_, event.to)
        who = self.parties(event)
        where = self.line("where", place=event.place.name) if event.place and not _among(event) else ""
        told = self.amounts(event)
        numbers = self.line("numbers", numbers=told) if told else ""
        words = {"when": self.when(low, high), "what": self.what(event), "where": where, "numbers": numbers}
        return self.line("fact", who=who, **words) if who else self.line("fact_alone", **words)

    def what(self, event: KeptEvent | Found) -> str:
        """What kind of event it is, as PLOVER has it, else in a word of the language, where there is one."""
        kinds = self.table["what"]
        kind = event.event_type or ""
        found = kinds.get(f"{kind}.{event.mode}") or kinds.get(kind) or named(event.predicate, self.language.tag)
        return _capital(str(found or kinds["other"]))

    def parties(self, event: KeptEvent) -> str:
        """Who takes part: all alike in what is reciprocal, else who does it to whom."""
        if is_reciprocal(event.event_type):
            return self.names(event.parties)
        sides = (self.names(event.actors), self.names(event.recipients))
        return str(self.table["to"]).join(sides) if all(sides) else sides[0] or sides[1]

    def names(self, parties: Sequence[Party]) -> str:
        """Some parties, joined; states as the language calls them."""
        found = list(dict.fromkeys(self.name(p) for p in parties if not p.key.startswith("unnamed:")))
        if not found:
            found = list(dict.fromkeys(p.name for p in parties))
        return self.joined(found)

    def name(self, party: Party) -> str:
        """A party's name: a state's in the language, a seat of government as the article has it."""
        if party.key.startswith("state:") and party.country and countries().get(plain(party.name)) == party.country:
            return label_of(party.country, self.language.tag)
        return party.name

    def joined(self, names: Sequence[str]) -> str:
        """Names as a list in a sentence."""
        if len(names) > _MOST_NAMES:
            return str(self.table["several"]).format(
                first=", ".join(names[:_MOST_NAMES]), count=len(names) - _MOST_NAMES
            )
        *most, last = names or [""]
        return str(self.table["and"]).join(x for x in (", ".join(most), last) if x)

    def when(self, low: str | None, high: str | None) -> str:
        """A window in words."""
        if low is None and high is None:
            return str(self.table["undated"])
        if low is None or high is None:
            template = "from" if high is None else "until"
            first = self.day(low) if low else ""
            last = self.day(_last(str(high))) if high else ""
            return _capital(str(self.table[template]).format(first=first, last=last))
        start, end = window(low, high).days()
        days = (end - start).days
        if days > 1:
            last = (end - timedelta(days=1)).date().isoformat()
            return str(self.table["days"]).format(first=self.day(low), last=self.day(last))
        if "T" not in low:
            return self.day(low)
        template = "at" if _brief(low, high) else "between"
        return str(self.table[template]).format(day=self.day(low), time=low[11:16], end=high[11:16])

    def day(self, value: str) -> str:
        """A day in words."""
        found = datetime.fromisoformat(value)
        template = "first_day" if found.day == 1 else "day"
        month = self.table["months"][found.month - 1]
        return str(self.table[template]).format(day=found.day, month=month, year=found.year)

    def instant(self, value: str) -> str:
        """An instant in words, UTC."""
        day = self.day(value[:10])
        return f"{str(self.table['at']).format(day=day, time=value[11:16])} UTC"

    def amounts(self, event: KeptEvent) -> str:
        """The numbers of an event that count what the language has a word for."""
        found: dict[str, str] = {}
        for amount in event.amounts:
            what = thing(amount, event.predicate)
            if what in self.table["counts"]:
                found.setdefault(str(what), self.amount(amount, str(what)))
        return ", ".join(found.values())

    def amount(self, amount: Amount, what: str) -> str:
        """A number with what it counts."""
        value = self.number(amount.value)
        told = str(self.table["comparison"].get(amount.comparison, "{value}")).format(value=value)
        alone = self.table["counts_one"] if (amount.value, amount.comparison) == (1, "=") else {}
        return f"{told} {alone.get(what) or self.table['counts'].get(what, '')}".strip()

    def number(self, value: float) -> str:
        """A number as the language writes it."""
        text = f"{value:,.0f}" if value == int(value) else f"{value:,g}"
        swapped = {",": str(self.table["thousands"]), ".": str(self.table["decimal"])}
        return "".join(swapped.get(c, c) for c in text)

    def about(self, what: str | None) -> str:
        """What is counted, in a word of the language where there is one."""
        plain = (what or "").removeprefix("of ").removeprefix("unit ")
        return str(self.table["counts"].get(plain, plain))

    def state(self, stand: Stand) -> str:
        """How an event stood, in a word or two."""
        if stand.polarity == "negative":
            return str(self.table["status"]["negative"])
        status = str(self.table["status"][stand.status])
        return status if stand.certainty == "certain" else f"{status} ({self.table['certainty'][stand.certainty]})"

    def outcome(self, expectation: Expectation) -> str:
        """An expectation with what became of it."""
        fact = self.fact(expectation.event, (expectation.from_, expectation.to))
        new = expectation.moved_to
        if expectation.outcome == "moved" and new is not None:
            return self.line("moved_to", fact=fact, new=self.when(new.from_, new.to))
        names = {"under way": "under_way", "called off": "called_off"}
        return self.line(names.get(expectation.outcome, expectation.outcome), fact=fact)

    def quote(self, sentence: str) -> str:
        """A sentence in the language's quotation marks."""
        return str(self.table["quote"]).format(text=" ".join(sentence.split()))


def _among(event: KeptEvent) -> bool:
    return event.place is not None and any(p.name == event.place.name for p in event.parties)


def _last(high: str) -> str:
    return (window(None, high).days()[1] - timedelta(days=1)).date().isoformat()


def _brief(low: str, high: str) -> bool:
    start, end = window(low, high).wall()
    return end - start <= timedelta(minutes=1)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
