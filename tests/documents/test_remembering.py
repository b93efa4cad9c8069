"""What is asked of a word is worked out once a document."""

from __future__ import annotations

from ultimora.articles.load import article_from_text
from ultimora.documents.build import build
from ultimora.documents.remembering import once
from ultimora.types import Document, Token


def test_work_is_done_once_for_each_word_of_each_document() -> None:
    asked: list[int] = []

    @once
    def length(_document: Document, token: Token) -> int:
        asked.append(token.i)
        return len(token.text)

    for _ in range(2):
        document = build(article_from_text("The mayor resigned."))
        for _ in range(2):
            assert [length(document, t) for t in document.tokens] == [3, 5, 8, 1]
    assert asked == [0, 1, 2, 3] * 2


def test_none_is_remembered_too() -> None:
    asked: list[int] = []

    @once
    def nothing(_document: Document, token: Token) -> None:
        asked.append(token.i)

    document = build(article_from_text("The mayor resigned."))
    for _ in range(2):
        nothing(document, document.tokens[0])
    assert asked == [0]


def test_dependents_by_relation_take_subtypes_and_keep_their_order() -> None:
    document = build(article_from_text("The mayor was praised by the council in May."))
    verb = next(t for t in document.tokens if t.text == "praised")
    found = [t.text for t in document.children(verb, "obl")]
    assert found == [t.text for t in document.children(verb, "obl")] == ["council", "May"]
