#!/usr/bin/env python3
"""Scores readings of the articles in ``benchmarks/articles`` against the facts that a person took from them.

usage: facts.py [--cmd "ultimora read {docs} --format jsonl"] [--readings FILE.jsonl] [--articles DIR] [--only ID]
                [--errors N] [--kind KIND]

Prints one JSON object: the share of facts found, by kind and by article, and how many tempting mistakes were made.
``--errors N`` prints the first N misses and mistakes to standard error, each with what the reading has instead.
``articles/README.md`` says how facts are written and when one counts as found. Needs PyYAML.
"""

from __future__ import annotations

import argparse
import collections
import datetime
import json
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import yaml

HERE = pathlib.Path(__file__).parent
LISTS = ("claims", "events", "statements", "times", "quantities", "entities")
DEFAULT_KIND = {"claims": "event", "events": "event", "statements": "quotation", "times": "time",
                "quantities": "quantity", "entities": "role", "same": "coreference", "metonym": "metonym",
                "place": "metonym"}  # fmt: skip
Item = dict[str, Any]
_AROUND = 20


# --- words and values ------------------------------------------------------------------------------------------


def words(text: str) -> list[str]:
    """The words of a text, without accents and case."""
    plain = unicodedata.normalize("NFKD", text.replace("ı", "i").replace("ø", "o"))
    return re.findall(r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c)).casefold())


def plain(value: Any) -> str | None:
    """A scalar of the YAML as the reading writes it."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    return None if value is None or value == "null" else str(value)


def choices(value: Any) -> list[str | None]:
    """``a|b`` allows either."""
    if isinstance(value, str):
        return [plain(part.strip().strip('"')) for part in value.split("|")]
    return [plain(value)]


def same_instant(want: str | None, got: Any) -> bool:
    """A date is met by any instant of that day."""
    return got is None if want is None else str(got or "").startswith(want)


def same_text(want: str | None, got: str) -> bool:
    """One is part of the other."""
    a, b = words(want or ""), words(got)
    return bool(a and b) and (" ".join(a) in " ".join(b) or " ".join(b) in " ".join(a))


def same_content(want: str | None, got: str) -> bool:
    """The words quoted are those of the content, give or take a third; or stand in it with a clause around them."""
    a, b = collections.Counter(words(want or "")), collections.Counter(words(got))
    if a and f" {' '.join(words(want or ''))} " in f" {' '.join(words(got))} " and b.total() - a.total() <= _AROUND:
        return True
    shared = sum((a & b).values())
    return bool(shared) and 2 * shared / (a.total() + b.total()) >= 0.6


def same_words(want: str | None, got: str) -> bool:
    """Most of the longer words wanted are there."""
    a = [w for w in words(want or "") if len(w) > 3] or words(want or "")
    b = set(words(got))
    return bool(a) and sum(w in b for w in a) / len(a) > 0.6


# --- one reading, ready to be asked ----------------------------------------------------------------------------


class View:
    """A reading with its parts by id."""

    def __init__(self, reading: Item) -> None:
        self.reading = reading
        self.text: str = reading.get("text", "")
        self.entities: dict[str, Item] = {e["id"]: e for e in reading.get("entities", [])}
        self.claims: dict[str, Item] = {c["id"]: c for c in reading.get("claims", [])}
        self.sentences: list[Item] = reading.get("sentences", [])

    def anchor(self, snippet: str | None) -> tuple[int, int] | None:
        """Where a snippet stands."""
        at = self.text.find(snippet) if snippet else -1
        return (at, at + len(snippet)) if snippet and at >= 0 else None

    def sentences_at(self, span: tuple[int, int]) -> set[int]:
        """The sentences that a span touches."""
        return {s["id"] for s in self.sentences if s["start"] < span[1] and span[0] < s["end"]}

    def items(self, name: str, span: tuple[int, int] | None) -> Iterator[Item]:
        """The items of a list, of the sentences at a span if there is one."""
        found: list[Item] = self.reading.get(name, [])
        if span is None:
            yield from found
            return
        here = self.sentences_at(span)
        for item in found:
            if self._sentences_of(name, item) & here or self._content_meets(item, span):
                yield item

    def _sentences_of(self, name: str, item: Item) -> set[int]:
        if name == "events":
            return {self.claims[c]["sentence"] for c in item["claims"] if c in self.claims}
        if name == "entities":
            return {m["sentence"] for m in item["mentions"]}
        return {item["sentence"]}

    @staticmethod
    def _content_meets(item: Item, span: tuple[int, int]) -> bool:
        content: Item = item.get("content") or {}
        return bool(content) and content["start"] < span[1] and span[0] < content["end"]

    def is_entity(self, want: str | None, entity: str | None) -> bool:
        """Is the entity of this id what a name, a phrase or a country code speaks of?"""
        found = self.entities.get(entity or "")
        if found is None or want is None:
            return found is None and want is None
        if re.fullmatch(r"[A-Z]{3}", want) and found.get("country") == want:
            return True
        names = [found["name"], *(m["text"] for m in found["mentions"])]
        return any(same_words(want, name) for name in names)

    def any_entity(self, want: Any, entities: list[str]) -> bool:
        """Is one of the entities what is wanted?"""
        return any(self.is_entity(choice, e) for choice in choices(want) for e in entities)

    def mention_at(self, word: str, span: tuple[int, int] | None) -> list[tuple[Item, Item]]:
        """Entities with the mention that covers the first such word from the start of a span."""
        at = self.text.find(word, span[0] if span else 0)
        covers = [
            (e, m)
            for e in self.reading.get("entities", [])
            for m in e["mentions"]
            if m["start"] < at + len(word) and at < m["end"]
        ]
        return sorted(covers, key=lambda pair: pair[1]["end"] - pair[1]["start"])


# --- does an item have what is wanted? -------------------------------------------------------------------------


def chains_match(view: View, want: list[Any], got: list[Any]) -> bool:
    """Some chain has the wanted links in their order; an empty list wants the article's own voice."""
    if not want:
        return not any(got)
    return any(_links_in_order(view, want, chain) for chain in got)


def _links_in_order(view: View, want: list[Any], chain: list[Item]) -> bool:
    rest = iter(chain)
    return all(any(_link(view, pair, link) for link in rest) for pair in want)


def _link(view: View, pair: list[Any], link: Item) -> bool:
    return view.any_entity(pair[0], [link["source"]]) and (len(pair) < 2 or link["stance"] in choices(pair[1]))


def roles_match(want: Item, got: list[Item]) -> bool:
    return any(_role(want, role) for role in got)


def _role(want: Item, role: Item) -> bool:
    title = any(same_text(c, role["title"]) for c in choices(want["title"]))
    holder = str(role.get("of") or "")
    of = "of" not in want or any(c == holder or same_words(c, holder) for c in choices(want["of"]))
    return title and of and ("tense" not in want or role.get("tense") == want["tense"])


def predicate_match(want: Any, got: str) -> bool:
    return any(c is not None and (c == got or same_text(c, got)) for c in choices(want))


def number_match(want: Any, got: Any) -> bool:
    return isinstance(got, int | float) and abs(float(want) - got) <= 1e-6 * max(1.0, abs(got))


def value_match(view: View, key: str, want: Any, item: Item) -> bool:
    """Is one key of a fact met by an item of the reading?"""
    got = item.get(key)
    if key == "parties":
        both = [*item["actors"], *item["recipients"]]
        return all(view.any_entity(w, both) for w in want)
    if key in ("actors", "recipients"):
        return all(view.any_entity(w, got or []) for w in want)
    if key in ("place", "source", "medium"):
        return view.any_entity(want, [got] if got else []) if want is not None else got is None
    if key == "value" and not isinstance(got, str):
        return number_match(want, got)
    special: dict[str, Callable[[], bool]] = {
        "attributions": lambda: chains_match(view, want, got or []),
        "roles": lambda: roles_match(want, got or []),
        "predicate": lambda: predicate_match(want, str(got)),
        "mention": lambda: any(same_words(c, m["text"]) for c in choices(want) for m in item["mentions"]),
        "name": lambda: view.any_entity(want, [item["id"]]),
        "content": lambda: same_content(plain(want), view.text[item["content"]["start"] : item["content"]["end"]]),
        "text": lambda: any(same_text(c, str(got)) for c in choices(want)),
        "of": lambda: any(c == got or same_words(c, str(got or "")) for c in choices(want)),
        "from": lambda: any(same_instant(c, got) for c in choices(want)),
        "to": lambda: any(same_instant(c, got) for c in choices(want)),
    }
    if key in special:
        return special[key]()
    return got == want or (None if got is None else str(got)) in choices(want)


def found(view: View, fact: Item) -> bool:
    """Is a fact, or a tempting mistake, in the reading?"""
    span = view.anchor(fact.get("in"))
    if "same" in fact:
        return same_entity(view, fact["same"], span)
    if "metonym" in fact:
        return metonym(view, fact["metonym"], fact.get("country"), span)
    if "place" in fact:
        here = view.mention_at(fact["place"], span)[:1]
        return any(not m["metonym"] and e["kind"] in ("place", "other") for e, m in here)
    name = next(key for key in LISTS if key in fact)
    wanted: Item = fact[name]
    return any(all(value_match(view, k, w, item) for k, w in wanted.items()) for item in view.items(name, span))


def same_entity(view: View, pair: list[str], span: tuple[int, int] | None) -> bool:
    """Does the second phrase, where it stands, speak of the first?"""
    return any(view.is_entity(pair[0], e["id"]) for e, _ in view.mention_at(pair[1], span))


def metonym(view: View, word: str, country: str | None, span: tuple[int, int] | None) -> bool:
    """Does a place's name stand for its government, where it stands?"""
    here = view.mention_at(word, span)
    return any(m["metonym"] and (country is None or e.get("country") == country) for e, m in here)


# --- the run ---------------------------------------------------------------------------------------------------


def kind_of(fact: Item) -> str:
    return str(fact.get("kind") or DEFAULT_KIND[next(key for key in DEFAULT_KIND if key in fact)])


def brief(view: View, fact: Item) -> str:
    """What the reading has where a fact was missed."""
    span = view.anchor(fact.get("in"))
    name = next((key for key in LISTS if key in fact), "entities")
    if span is None and name != "entities":
        return ""
    if span is None:
        wanted = str(fact.get(name, {}).get("name", ""))
        return json.dumps([_short(view, i) for i in view.items(name, None) if view.is_entity(wanted, i["id"])])
    return json.dumps([_short(view, item) for item in view.items(name, span)][:6], ensure_ascii=False)


def _short(view: View, item: Item) -> Item:
    def name(entity: str) -> str:
        return str(view.entities.get(entity, {}).get("name", entity))

    hidden = ("id", "sentence", "start", "end", "mentions")
    short = {k: v for k, v in item.items() if k not in hidden and v not in (None, [], "")}
    for key in ("actors", "recipients"):
        if key in short:
            short[key] = [name(e) for e in short[key]]
    for key in ("source", "place", "medium"):
        if key in short:
            short[key] = name(short[key])
    if "attributions" in short:
        chains = short["attributions"]
        short["attributions"] = [[f"{name(x['source'])}:{x['stance']}" for x in chain] for chain in chains]
    for key in ("content", "source_mention", "cue", "trigger"):
        if key in short:
            short[key] = view.text[short[key]["start"] : short[key]["end"]]
    if "mentions" in item:
        short["mentions"] = [m["text"] for m in item["mentions"]][:8]
    return short


def load(folder: pathlib.Path, only: str | None) -> list[Item]:
    loaded = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.yaml"))]
    return [a for a in loaded if only is None or only in a["id"]]


def read_all(articles: list[Item], command: str) -> dict[str, Item]:
    """Runs the reader over the articles."""
    with tempfile.TemporaryDirectory() as folder:
        docs = pathlib.Path(folder) / "docs.jsonl"
        keys = ("id", "outlet", "language", "published", "text")
        lines = [json.dumps({k: _iso(a[k]) for k in keys}, ensure_ascii=False) for a in articles]
        docs.write_text("\n".join(lines) + "\n", encoding="utf-8")
        run = [part.replace("{docs}", str(docs)) for part in shlex.split(command)]
        out = subprocess.run(run, capture_output=True, text=True, encoding="utf-8", check=False)
        if not out.stdout:
            raise SystemExit(out.stderr or f"{command}: no output, exit status {out.returncode}")
    return by_id(out.stdout)


def _iso(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.datetime) else value


def by_id(lines: str) -> dict[str, Item]:
    return {r["id"]: r for r in map(json.loads, lines.splitlines()) if r}


def score(articles: list[Item], readings: dict[str, Item], say: Callable[[str, str], None]) -> Item:
    hits: collections.Counter[str] = collections.Counter()
    totals: collections.Counter[str] = collections.Counter()
    made = 0
    for article in articles:
        view = View(readings.get(article["id"], {}))
        for fact in article["facts"]:
            ok, kind = found(view, fact), kind_of(fact)
            for key in (kind, f"article:{article['id']}", "all"):
                totals[key] += 1
                hits[key] += ok
            if not ok:
                say(kind, f"{article['id']} MISSED {kind}: {_show(fact)}\n    has {brief(view, fact)}")
        for mistake in article["temptations"]:
            if found(view, mistake):
                made += 1
                say("mistake", f"{article['id']} MISTAKE: {_show(mistake)}\n    has {brief(view, mistake)}")
    return _result(hits, totals, made, sum(len(a["temptations"]) for a in articles))


def _show(fact: Item) -> str:
    return json.dumps(fact, ensure_ascii=False, default=str)


def _result(hits: collections.Counter[str], totals: collections.Counter[str], made: int, tempting: int) -> Item:
    def share(key: str) -> Item:
        return {"found": hits[key], "of": totals[key], "share": round(100 * hits[key] / max(totals[key], 1), 1)}

    kinds = sorted(k for k in totals if ":" not in k and k != "all")
    per_article = sorted(k for k in totals if ":" in k)
    return {
        "facts": {"all": share("all"), **{k: share(k) for k in kinds}},
        "mistakes": {"made": made, "of": tempting},
        "articles": {k.split(":")[1]: share(k)["share"] for k in per_article},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cmd", default=f"{shlex.quote(sys.executable)} -m ultimora read {{docs}} --format jsonl")
    parser.add_argument("--readings", type=pathlib.Path)
    parser.add_argument("--articles", type=pathlib.Path, default=HERE / "articles")
    parser.add_argument("--only", help="articles whose id has this in it")
    parser.add_argument("--errors", type=int, default=0, metavar="N")
    parser.add_argument("--kind", help="print only errors of this kind ('mistake' for the mistakes)")
    options = parser.parse_args()
    articles = load(options.articles, options.only)
    readings = by_id(options.readings.read_text("utf-8")) if options.readings else read_all(articles, options.cmd)
    left = [options.errors]

    def say(kind: str, message: str) -> None:
        if left[0] > 0 and options.kind in (None, kind):
            left[0] -= 1
            print(message, file=sys.stderr)

    print(json.dumps(score(articles, readings, say), indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
