"""Lemmas as edit scripts: `l2ere` = lower-case the form, cut two characters, append "ere"."""

from __future__ import annotations

from functools import cache


def make_script(form: str, lemma: str) -> str:
    """Return the shortest script that turns a form into its lemma (case of the form is kept only if it must)."""
    lowered = form.lower()
    lower = "l" if lemma == lowered or lemma[:1].islower() else "k"
    base = lowered if lower == "l" else form
    shared = next((i for i, (a, b) in enumerate(zip(base, lemma, strict=False)) if a != b), min(len(base), len(lemma)))
    return f"{lower}{len(base) - shared}{lemma[shared:]}"


def scripts_between(form: str, lemma: str, kept: int) -> list[str]:
    """Return the scripts from a form in lower case to a lemma that keep at least `kept` of its first letters."""
    shared = next((i for i, (a, b) in enumerate(zip(form, lemma, strict=False)) if a != b), min(len(form), len(lemma)))
    return [f"l{len(form) - size}{lemma[size:]}" for size in range(shared, kept - 1, -1)]


def apply_script(form: str, script: str) -> str:
    """Apply an edit script; a cut longer than the form leaves only the appended part."""
    lower, cut, ending = _parts(script)
    base = form.lower() if lower else form
    return base[: max(0, len(base) - cut)] + ending


@cache
def _parts(script: str) -> tuple[bool, int, str]:
    digits = 1
    while digits < len(script) and script[digits] in "0123456789":
        digits += 1
    return script[0] == "l", int(script[1:digits]), script[digits:]
