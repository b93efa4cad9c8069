"""``ultimora demo``: the bundled story, added to a record in a temporary place and asked five questions."""

from __future__ import annotations

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Mount the command."""
    app.command()(demo)


def demo(
    language: Annotated[str, typer.Option(help="Language of the questions: it or en.")] = "en",
    keep: Annotated[str, typer.Option(help="Keep the record in this file, to ask it more.")] = "",
) -> None:
    """Read the bundled example story, keep it in a temporary record, and ask it five questions.

    Thirteen invented dispatches of three days, in Italian and English: a call, a meeting that is moved, a delivery that
    is rumoured and denied, a strike whose numbers change.

    Examples:

      ultimora demo

      ultimora demo --keep story.db && ultimora agenda --as-of 2025-03-06 --record story.db
    """
    from ultimora.cli.showing import run

    raise typer.Exit(run(language, keep))
