"""``ultimora add`` and the questions: what the commands are; the work waits in modules that load when one runs."""

from __future__ import annotations

from typing import Annotated

import typer

from ultimora.cli.asking import DEFAULT, AsOf, Format, RecordPath, ask, show_with

KindOption = Annotated[str, typer.Option("--kind", "-k", help="any, call, visit or meeting (all that is no call).")]

_KINDS = ("any", "call", "visit", "meeting")


def register(app: typer.Typer) -> None:
    """Mount the commands."""
    for command in (add, last, next_, timeline, agenda, stories, story, brief, disputes, show, changes, sources):
        app.command(name=command.__name__.rstrip("_"))(command)


def add(
    paths: Annotated[list[str], typer.Argument(help="Text files, JSON Lines files (.jsonl), or - for standard input.")],
    record: RecordPath = DEFAULT,
    published: Annotated[str | None, typer.Option(help="When they were published, where they do not say.")] = None,
    language: Annotated[str | None, typer.Option(help="it or en; detected when not given.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Who published them.")] = None,
    url: Annotated[
        str | None, typer.Option(help="Where the article stands; the same address again is a revision.")
    ] = None,
    known_at: Annotated[
        str | None,
        typer.Option("--known-at", help="When they became known: an instant, or 'published'; now, if not given."),
    ] = None,
    format: Format = "text",  # noqa: A002
) -> None:
    """Read articles and put what they say into the record.

    The same address, id or file again with other words is a new revision; with the same words it is nothing. JSON Lines
    may say with [bold]seen[/bold] when a line became known; for an archive of old articles, --known-at published says
    each was known when it came out, so that --as-of works for the past.

    Examples:

      ultimora add article.txt --outlet ANSA --published 2025-10-16T18:30:00+02:00

      ultimora add archive/*.jsonl --known-at published --record archive.db
    """
    from ultimora.cli.adding import run

    raise typer.Exit(run(paths, record, published, language, outlet, url, known_at, format))


def last(
    a: Annotated[str, typer.Argument(help="A person, state or organisation, by any of its names.")],
    b: Annotated[str, typer.Argument(help="Another.")],
    kind: KindOption = "any",
    as_of: AsOf = None,
    record: RecordPath = DEFAULT,
    format: Format = "text",  # noqa: A002
) -> None:
    """When two actors were last in contact: calls, visits, meetings that happened.

    A state stands for whoever acts for it, a person for nobody else. What was denied or is only planned is told beside
    the answer. The exit status is 1 where none is known.

    Examples:

      ultimora last Italia Turchia

      ultimora last Meloni Erdogan --kind call --as-of 2025-10-16T10:00:00+02:00
    """
    _check_kind(kind)
    ask(record, format, lambda r: r.last(a, b, kind=kind, as_of=as_of))  # type: ignore[arg-type]


def next_(
    a: Annotated[str, typer.Argument(help="A person, state or organisation, by any of its names.")],
    b: Annotated[str, typer.Argument(help="Another.")],
    kind: KindOption = "any",
    as_of: AsOf = None,
    record: RecordPath = DEFAULT,
    format: Format = "text",  # noqa: A002
) -> None:
    """When two actors will next be in contact, as far as it is planned.

    Examples:

      ultimora next Italia Turchia

      ultimora next "Regno Unito" Francia --kind meeting --format json
    """
    _check_kind(kind)
    ask(record, format, lambda r: r.next(a, b, kind=kind, as_of=as_of))  # type: ignore[arg-type]


def timeline(
    actor: Annotated[str | None, typer.Option("--actor", "-a", help="Only events of this actor.")] = None,
    since: Annotated[str | None, typer.Option(help="From this day or instant on.")] = None,
    until: Annotated[str | None, typer.Option(help="Before this day or instant.")] = None,
    type: Annotated[str | None, typer.Option("--type", "-t", help="PLOVER type, as CONSULT or ASSAULT.")] = None,  # noqa: A002
    everything: Annotated[bool, typer.Option("--all", help="Also events that PLOVER has no type for.")] = False,
    as_of: AsOf = None,
    record: RecordPath = DEFAULT,
    format: Format = "text",  # noqa: A002
) -> None:
    """What happened, in order of time, each event with the sentence that it rests on.

    Examples:

      ultimora timeline --actor Grecia --since 2025-03-04 --until 2025-03-07

      ultimora timeline --type ASSAULT --format json
    """
    ask(
        record,
        format,
        lambda r: r.timeline(actor, since=since, until=until, type=type, everything=everything, as_of=as_of),
        sentences=1,
    )


def agenda(
    overdue: Annotated[bool, typer.Option("--overdue", help="Rather what is past and was never reported.")] = False,
    settled: Annotated[
        bool, typer.Option("--settled", help="All of the last sixty days too, with what became of it.")
    ] = False,
    everything: Annotated[bool, typer.Option("--all", help="Also events that PLOVER has no type for.")] = False,
    as_of: AsOf = None,
    record: RecordPath = DEFAULT,
    format: Format = "text",  # noqa: A002
) -> None:
    """What is planned and not yet past, and what became of it: happened, moved, called off, denied, unreported.

    Examples:

      ultimora agenda

      ultimora agenda --overdue

      ultimora agenda --settled --as-of 2025-03-06T18:00:00+01:00
    """
    ask(
        record,
        format,
        lambda r: r.agenda(overdue=overdue, settled=settled, everything=everything, as_of=as_of),
        sentences=1,
    )


def stories(
    since: Annotated[str | None, typer.Option(help="Only stories told from this instant on.")] = None,
    language: Annotated[str | None, typer.Option(help="Titles in this language where there are any: it or en.")] = None,
    limit: Annotated[int, typer.Option(help="How many, at most.", min=1)] = 20,
    as_of: AsOf = None,
    record: RecordPath = DEFAULT,
    format: Format = "text",  # noqa: A002
) -> None:
    """The stories told lately: how each stands, who tells it, and which it branched from.

    Examples:

      ultimora stories

      ultimora stories --since 2025-03-05 --language it
    """
    from ultimora.cli.stories import show_stories

    show_with(
        record, format, lambda r: r.stories(since=since, language=language, limit=limit, as_of=as_of), show_stories
    )


def story(
    ident: Annotated[str, typer.Argument(metavar="STORY", help="The story's id, or the beginning of it.")],
    language: Annotated[str | None, typer.Option(help="The title in this language if there is one: it or en.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also events that PLOVER has no type for.")] = False,
    as_of: AsOf = None,
    record: RecordPath = DEFAULT,
    format: Format = "text",  # noqa: A002
) -> None:
    """One story: its articles, who takes part, and its events in order of time.

    Example:

      ultimora story 7dfdcf8e
    """
    from ultimora.cli.stories import show_story

    show_with(
        record, format, lambda r: r.story(ident, language=language, everything=everything, as_of=as_of), show_story
    )


def brief(
    story: Annotated[str, typer.Argument(help="The story's id, or the beginning of it.")],
    language: Annotated[str, typer.Option(help="it or en.")] = "en",
    since: Annotated[str | None, typer.Option(help="What changed since this instant; a day ago, if not given.")] = None,
    as_of: AsOf = None,
    record: RecordPath = DEFAULT,
    format: Format = "text",  # noqa: A002
) -> None:
    """The brief of a story: established and by whom, told by one source only, disputed, expected next, changed.

    Every line names its sources and quotes a sentence that it rests on.

    Examples:

      ultimora brief 7dfdcf8e

      ultimora brief 7dfdcf8e --language it --since 2025-03-05T08:00+01:00
    """
    from ultimora.cli.stories import show_brief

    show_with(record, format, lambda r: r.brief(story, language=language, since=since, as_of=as_of), show_brief)


def disputes(
    story: Annotated[str | None, typer.Option(help="Only of this story, by its id or the beginning of it.")] = None,
    since: Annotated[str | None, typer.Option(help="Of stories told from this instant on; else of 30 days.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also events that PLOVER has no type for.")] = False,
    as_of: AsOf = None,
    record: RecordPath = DEFAULT,
    format: Format = "text",  # noqa: A002
) -> None:
    """What cannot all be true: numbers that do not fit, what some confirm and others deny, and who is on which side.

    A toll that grew and a source that corrected itself are updates, no disputes.

    Examples:

      ultimora disputes

      ultimora disputes --story 7dfdcf8e
    """
    from ultimora.cli.stories import show_disputes

    show_with(
        record, format, lambda r: r.disputes(story, since=since, everything=everything, as_of=as_of), show_disputes
    )


def show(
    event: Annotated[str, typer.Argument(help="The event's id, or the beginning of it.")],
    as_of: AsOf = None,
    record: RecordPath = DEFAULT,
    format: Format = "text",  # noqa: A002
) -> None:
    """One event: its claims, sentences and sources, withdrawn ones too, and how it stood as they came in.

    Example:

      ultimora show 684cd651dac4
    """
    ask(record, format, lambda r: r.show(event, as_of=as_of), sentences=None)


def changes(
    article: Annotated[str | None, typer.Argument(help="Its address, id or file; every article, if not given.")] = None,
    since: Annotated[str | None, typer.Option(help="Only what became known from this instant on.")] = None,
    story: Annotated[str | None, typer.Option(help="Only articles of this story.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also events that PLOVER has no type for.")] = False,
    as_of: AsOf = None,
    record: RecordPath = DEFAULT,
    format: Format = "text",  # noqa: A002
) -> None:
    """What changed between the revisions of an article, in facts: added, withdrawn, firmed up, other numbers or times.

    Beneath stand the sentences that changed, with the words that came and went.

    Examples:

      ultimora changes

      ultimora changes https://example.org/live --since 2025-03-05T08:00:00+01:00
    """
    from ultimora.cli.provenance import show_changes

    show_with(
        record,
        format,
        lambda r: r.changes(article, since=since, story=story, everything=everything, as_of=as_of),
        show_changes,
    )


def sources(
    event: Annotated[str, typer.Argument(help="The event's id, or the beginning of it.")],
    as_of: AsOf = None,
    record: RecordPath = DEFAULT,
    format: Format = "text",  # noqa: A002
) -> None:
    """Who says so: the independent origins of an event, and through whom their word reached us.

    Example:

      ultimora sources 684cd651dac4
    """
    from ultimora.cli.provenance import show_sources

    show_with(record, format, lambda r: r.sources(event, as_of=as_of), show_sources)


def _check_kind(kind: str) -> None:
    from ultimora.cli.output import fail

    if kind not in _KINDS:
        fail(f"there is no kind {kind!r}; there are: {', '.join(_KINDS)}")
