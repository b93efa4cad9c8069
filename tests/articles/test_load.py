import json
from pathlib import Path

import pytest

from ultimora import errors
from ultimora.articles.load import MAX_BYTES, Given, article_from_text, load

ITALIAN = "Il ministro degli Esteri è arrivato questa mattina a Vienna per i colloqui con il collega austriaco."


def only(path: Path, given: Given | None = None):  # type: ignore[no-untyped-def]
    (loaded,) = load(str(path), given)
    return loaded


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", errors.EmptyArticle),
        (b" \n\t\n", errors.EmptyArticle),
        (bytes(range(256)) * 20, errors.BinaryArticle),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", errors.BinaryArticle),
        (b"parola " * (5_000_000 // 7), errors.ArticleTooLarge),
        (b"<!DOCTYPE html><html><body><script>ciao</script></body></html>", errors.EmptyArticle),
    ],
)
def test_bad_files(tmp_path: Path, data: bytes, error: type[Exception]) -> None:
    file = tmp_path / "article.txt"
    file.write_bytes(data)
    loaded = only(file)
    assert isinstance(loaded.error, error)
    assert "article.txt" in str(loaded.error)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    assert "no such file" in str(only(tmp_path / "none.txt").error)
    assert "folder" in str(only(tmp_path).error)


@pytest.mark.parametrize("charset", ["cp1252", "iso-8859-15", "utf-16", "utf-8-sig"])
def test_other_character_sets(tmp_path: Path, charset: str) -> None:
    file = tmp_path / "article.txt"
    file.write_bytes(f"{ITALIAN} Perché? È così: più città, «già» detto.".encode(charset, "replace"))
    article = only(file).article
    assert "Perché? È così: più città" in article.text
    assert article.raw == file.read_bytes()


def test_language_is_detected_or_refused() -> None:
    assert article_from_text(ITALIAN).language == "it"
    assert article_from_text("The foreign minister arrived in Vienna on Monday for talks.").language == "en"
    german = "Der Außenminister ist am Montagmorgen zu Gesprächen mit seinem Amtskollegen in Wien eingetroffen. " * 4
    with pytest.raises(errors.UnknownLanguage, match="en, it"):
        article_from_text(german)
    with pytest.raises(errors.UnknownLanguage, match="en, it"):
        article_from_text(ITALIAN, Given(language="xx"))


@pytest.mark.parametrize("published", ["2025-02-30", "ieri", "2025-13-01T00:00", "99999-01-01"])
def test_impossible_instants(published: str) -> None:
    with pytest.raises(errors.BadInstant, match="2025-10-16"):
        article_from_text(ITALIAN, Given(published=published))


def test_json_lines_with_broken_ones(tmp_path: Path) -> None:
    file = tmp_path / "dispatches.jsonl"
    rows = [
        json.dumps({"id": "a", "text": ITALIAN, "published": "2025-10-16", "outlet": "Il Corriere del Golfo"}),
        "{not json",
        json.dumps({"id": "c"}),
        json.dumps(["d"]),
        json.dumps({"id": "e", "text": ITALIAN, "published": 7}),
        "",
        json.dumps({"id": "g", "text": "", "language": "it"}),
        json.dumps({"id": 8, "text": ITALIAN, "language": "it-CH"}),
    ]
    file.write_bytes("\n".join(rows).encode() + b"\n\xff\xfe\n")
    found = list(load(str(file)))
    assert [loaded.id for loaded in found] == ["a", None, "c", None, "e", "g", "8", None]
    assert [loaded.error is None for loaded in found] == [True, False, False, False, False, False, True, False]
    assert ":2:" in str(found[1].error)
    assert found[0].article is not None
    assert found[0].article.outlet == "Il Corriere del Golfo"
    assert found[6].article is not None
    assert found[6].article.language == "it"


def test_limit_is_in_bytes() -> None:
    with pytest.raises(errors.ArticleTooLarge):
        article_from_text("è" * (MAX_BYTES // 2 + 1), Given(language="it"))
