"""Scores the times on the DateTime cases of Microsoft's Recognizers-Text.

    python benchmarks/recognizers_specs.py FOLDER --language it [--errors 20] [--left-out]

FOLDER holds ``DateTime/Italian`` and ``DateTime/English``. A case is right when every expected expression is
overlapped by one of ours that says the same: the same TIMEX3 value, or the same day, instant or interval as one of the
readings that the specification allows (a bare "il 22" may be last or next). English is a fixed sample of 500 of
``DateTimeModel``.

Left out are conventions that are no newsroom's; ``LEFT_OUT`` names each class with its reason, and the run counts them.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

from ultimora.documents.times import tag_text
from ultimora.types import Time

FOLDERS = {"it": "Italian", "en": "English"}
ITALIAN = "Date DatePeriod DateTime DateTimePeriod Duration Holiday Set Time TimePeriod"

LEFT_OUT = {
    "time zone alone": "a zone without a time is no temporal expression in TIMEX3",
    "month or year ago to the day": "in news 'a month ago' is that month, in the specification that very day",
    "next weekday": "'domenica prossima' on Monday is the coming Sunday in a newsroom; a week off in the specification",
    "impossible date": "30 February must not be resolved",
    "a bare number as a day or hour": "'torno il 22', 'at 7' out of a calendar assistant; in news a number is a number",
    "open range": "before, after and since make a range of the specification; TIMEX3 marks the date itself",
    "rest of a unit": "from now to its end; TimeML has the unit or a duration",
    "ordinal week of a month": "the specification counts weeks its own way (2015-01-W01)",
    "part of the day in the assistant's hours": "the specification's evening ends at 20, its afternoon at 16",
    "business and tasks": "business days, meal times, now-ish and other words to a calendar assistant",
    "relative to a duration": "within/in less than a length as a range; TimeML has the duration",
    "decades as blocks": "'the last two decades' as two calendar decades; TimeML has a duration",
    "a few as three": "'pochi giorni fa' as exactly three days; TimeML leaves it vague",
    "a length from a date": "'2 weeks before May 13', '3 days from today': TimeML has a length and a date",
    "assistant's shorthand": "EOY, CY18, 'week 31', 10D, 20200701, 2020/Sep/23, 'tmrw'",
    "unusual figures": "4-22, 4.22, 2015-3, 08/12,2015: no newsroom writes dates so",
    "a unit alone": "'la settimana', 'il mio weekend', 'semestre' are nouns in news",
    "ambiguous halves": "the specification splits early, mid and late at its own days",
}


def cases(folder: Path, language: str) -> Iterator[dict[str, Any]]:
    base = folder / "DateTime" / FOLDERS[language]
    if language == "en":
        found = json.loads((base / "DateTimeModel.json").read_text("utf-8-sig"))
        yield from random.Random(500).sample(found, 500)
        return
    for name in ITALIAN.split():
        yield from json.loads((base / f"{name}Parser.json").read_text("utf-8-sig"))


def expected(result: dict[str, Any]) -> tuple[str, str, list[str]]:
    """The kind of an expected expression and every way it may be read."""
    kind = (result.get("Type") or result.get("TypeName", "")).replace("datetimeV2.", "")
    readings: list[str] = []
    held = result.get("Value") or {}
    for part in ("PastResolution", "FutureResolution"):
        readings += ["/".join(str(v) for k, v in (held.get(part) or {}).items() if k != "Mod")]
    timexes = [str(held.get("Timex"))] if held.get("Timex") else []
    for value in (result.get("Resolution") or {}).get("values", []):
        timexes.append(str(value.get("timex")))
        ends = [value[k] for k in ("value", "start", "end") if k in value]
        readings.append("/".join(ends))
    return kind, "|".join(timexes), [r for r in readings if r]


def left_out(case: dict[str, Any]) -> str | None:
    """The class for which a case is left out, None for one that counts."""
    text = case["Input"].lower()
    for result in case["Results"]:
        kind, timex, readings = expected(result)
        said = str(result.get("Text", "")).lower()
        why = _left_out(text, said, kind, timex, readings, result)
        if why:
            return why
    return None


WEEKDAYS = "lun|mart|merc|giov|ven|sab|dom|mon|tue|wed|thu|fri|sat|sun|week-?end"
UNITS = r"\b(weeks?|days?|hours?|hrs|months?|years?)\b"
SAID: dict[str, str] = {
    "rest of a unit": r"\brest[oa]?\b|to date|fino ad oggi|restante|remaining|\b(ytd|mtd)\b",
    "a few as three": r"\b(poch[ie]|divers[ie]|alcun[ie]|qualche|few|several|some)\b"
    r"|(prossime|ultime|scorse|next|last|past) (ore|hours|minutes|minuti)$",
    "assistant's shorthand": r"\b(eoy|eod|cy\d\d|week \d+|\d+[dw]|\d{8}|tmrw|workweek|\d{4}/[a-z]{3}/\d+"
    r"|\d+[-/]\d{4}[-/][a-z]+|[a-z]+-\d{4}-\d+|[a-z]{3}[-/]\d+(-\d{4})?|\d{4}/\d\d/[a-z]+|a m|p m"
    r"|current date|(?<!\d )[a-z]+ (am|pm)$)",
    "unusual figures": r"\b\d{1,2}[-.]\d{1,2}$|\d,\s?\d|^(il )?\d{4}[-./]\d{1,2}$",
    "a unit alone": r"^(il|la|lo|l'|the|my)? ?(mi[oa]|my)? ?"
    r"(settimana|weekend|semestre|mese|anno|week|month|year|fortnight)$",
}
"""Classes told by the words of the expression alone."""
KINDS: dict[str, tuple[str, str]] = {
    "month or year ago to the day": (
        r"^datet?i?m?e?$",
        r"\b(mes[ei]|ann[oi]|months?|years?)\b.*(fa|ago|dopo|later|from|da |futuro|back)\b",
    ),
    "relative to a duration": (
        r"range$",
        r"\b(within|in less|in more|more than|less than|entro|futuro|coming|future|da adesso|momento|after|dopo|before"
        r"|later)\b",
    ),
    "a length from a date": (r"date|time", UNITS + r",? ?.*\b(before|after|from|starting|since)\b|from 9 for"),
    "ambiguous halves": (
        r"range$|^time$|^duration$",
        r"early|late|mid|tard|begin|start of|end of|inizi|fine d|metà|earlier|later",
    ),
}
"""Classes told by the kind of the expression and its words."""


def _left_out(text: str, said: str, kind: str, timex: str, readings: list[str], result: dict[str, Any]) -> str | None:
    by_words = (name for name, words in SAID.items() if re.search(words, said))
    by_kind = (name for name, (of, words) in KINDS.items() if re.search(of, kind) and re.search(words, said))
    return next(chain(_by_timex(text, said, kind, timex, readings, result), by_kind, by_words), None)


def _by_timex(
    text: str, said: str, kind: str, timex: str, readings: list[str], result: dict[str, Any]
) -> Iterator[str]:
    """Classes told by what the specification expects."""
    if kind == "timezone":
        yield "time zone alone"
    if re.search(r"-02-3\d\b|-\d\d-3[2-9]\b|not resolved|0001-01-01", timex + "".join(readings)):
        yield "impossible date"
    mods = re.findall(r'"Mod": "(\w+)"', json.dumps(result))
    if set(mods) - {"start", "mid", "end", "approx"}:
        yield "open range"
    if re.search(r"\b(prossim\w|next|last|upcoming|following)\b", said) and re.search(rf"\b({WEEKDAYS})", said):
        yield "next weekday"
    bare = re.fullmatch(r"(il |l'|the |on |at |alle |le |per le |per il )?(\d{1,2}|\w+)(st|nd|rd|th|°)?", said)
    if bare and (kind == "time" or (kind == "date" and "XXXX-XX-" in timex)):
        yield "a bare number as a day or hour"
    if re.search(r"\d{4}-\d\d-W\d|XXXX-\d\d-W", timex):
        yield "ordinal week of a month"
    if kind == "timerange" and re.search(r"T(DT|MO|AF|EV|NI|MEL|MEB|MED|BH)", timex):
        yield "part of the day in the assistant's hours"
    if re.search(r"BD|T(MEL|MEB|MED|BH)|PRESENT_REF|FUTURE_REF|PAST_REF", timex) or "lunch" in text or "pranzo" in said:
        yield "business and tasks"
    if re.search(r"decen|decade|quarters", said) and "P" in timex:
        yield "decades as blocks"
    if "T23:59:59" in timex and re.search(r"fine|end", said):
        yield "ambiguous halves"


def right(case: dict[str, Any], language: str) -> bool:
    reference = datetime.fromisoformat(_fixed(case.get("Context", {}).get("ReferenceDateTime", "2016-11-07T00:00:00")))
    times = tag_text(case["Input"], reference.replace(tzinfo=None), language)
    if not case["Results"]:
        return not times
    return all(_found(result, times, case["Input"]) for result in case["Results"])


def _fixed(written: str) -> str:
    return re.sub(r"\.(\d{6})\d*", r".\1", written)


def _found(result: dict[str, Any], times: list[Time], text: str) -> bool:
    start = result.get("Start", text.lower().find(str(result["Text"]).lower()))
    end = start + result["Length"] if "Length" in result else result.get("End", start + len(result["Text"]) - 1) + 1
    ours = [t for t in times if t.start < end and start < t.end]
    _, timex, readings = expected(result)
    return any(_same(t, timex.split("|"), readings) for t in ours) or _same_ends(ours, readings)


def _same(time: Time, timexes: list[str], readings: list[str]) -> bool:
    if time.value in timexes or any(_plain(time.value) == _plain(t) for t in timexes):
        return True
    if any(re.sub(r"^.*?T", "T", time.value) == t[-3:] and t[-3] == "T" for t in timexes) and time.from_:
        return any(time.value[:10] == r[:10] for r in readings) or all(len(t) == 3 for t in timexes)
    if time.value[5:] in timexes:
        return True
    if time.type == "DURATION" and _seconds(time.value) in readings:
        return True
    own = [time.value.replace("T", " "), time.value[11:], _instant(time.from_ or ""), f"{time.from_}/{time.to}"]
    own.append(f"{_instant(time.from_ or '')}/{_instant(time.to or '')}")
    if time.type == "TIME" and "T" in time.value:
        own += [_instant(time.from_ or "")[11:], _instant(time.from_ or "")[:10] if time.from_ else ""]
    return any(o and o in readings for o in own)


def _seconds(value: str) -> str:
    sizes = {"Y": 31536000, "M": 2592000, "W": 604800, "D": 86400, "H": 3600, "m": 60, "S": 1}
    head, _, tail = value.partition("T")
    parts = re.findall(r"([\d.]+)([A-Z])", head) + [
        (n, u.replace("M", "m")) for n, u in re.findall(r"([\d.]+)([A-Z])", tail)
    ]
    return f"{sum(float(n) * sizes.get(u, 0) for n, u in parts):g}" if parts and "X" not in value else ""


def _plain(value: str) -> str:
    value = re.sub(r"\(|\)", "", value)
    value = re.sub(r"^XXXX-XX-XXT", "T", value)
    return re.sub(r"T(\d\d):00(:00)?$", r"T\1", value)


def _instant(written: str) -> str:
    return re.sub(r"(\d\dT\d\d:\d\d:\d\d).*", r"\1", written).replace("T", " ")


def _same_ends(ours: list[Time], readings: list[str]) -> bool:
    return any(_ends(one, other, readings) for i, one in enumerate(ours) for other in ours[i + 1 :])


def _ends(first: Time, last: Time, readings: list[str]) -> bool:
    pairs = {f"{_instant(first.from_ or '')}/{_instant(end or '')}" for end in (last.from_, last.to)}
    clock = {f"{_instant(first.from_ or '')[11:]}/{_instant(end or '')[11:]}" for end in (last.from_, last.to)}
    return any(r in pairs or r in clock for r in readings)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--language", default="it", choices=sorted(FOLDERS))
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--left-out", action="store_true", help="list the classes left out, with their reasons")
    args = parser.parse_args()
    skipped: Counter[str] = Counter()
    hits = total = 0
    for case in cases(args.folder, args.language):
        why = left_out(case)
        if why:
            skipped[why] += 1
            continue
        total += 1
        good = right(case, args.language)
        hits += good
        if not good and args.errors > 0:
            args.errors -= 1
            _show(case, args.language)
    print(
        json.dumps(
            {
                "set": "recognizers_specs",
                "language": args.language,
                "cases": total,
                "right": hits,
                "share": round(100 * hits / max(total, 1), 1),
                "left_out": dict(skipped),
            }
        )
    )
    if args.left_out:
        for name, count in skipped.most_common():
            print(f"{count:4d}  {name}: {LEFT_OUT[name]}")


def _show(case: dict[str, Any], language: str) -> None:
    reference = datetime.fromisoformat(_fixed(case.get("Context", {}).get("ReferenceDateTime", "2016-11-07T00:00:00")))
    ours = [(t.text, t.value, t.from_, t.to) for t in tag_text(case["Input"], reference.replace(tzinfo=None), language)]
    print(
        repr(case["Input"]), str(reference)[:10], [(r.get("Text"), *expected(r)) for r in case["Results"]], "GOT", ours
    )


if __name__ == "__main__":
    main()
