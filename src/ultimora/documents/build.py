"""From an article to its document: tokens, sentences, and the parse of each."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from ultimora import languages
from ultimora.articles.instants import parse_instant
from ultimora.documents import parses
from ultimora.documents.asides import parted
from ultimora.documents.attachment import attached
from ultimora.documents.clauses import clarified
from ultimora.documents.ellipsis import spelled_out, taken_out
from ultimora.documents.openings import renamed
from ultimora.documents.parser import WordAnalysis, default_parser
from ultimora.documents.participles import restored
from ultimora.documents.phrases import rehung
from ultimora.documents.resettling import resettled
from ultimora.documents.sentences import split_sentences
from ultimora.documents.tails import resumed
from ultimora.documents.timewords import timed
from ultimora.documents.tokenizer import accented, tokenize, visible
from ultimora.documents.trees import is_tree
from ultimora.documents.voices import voiced
from ultimora.types import Article, Document, Sentence, Token


def build(article: Article) -> Document:
    """The document of an article with tokens and sentences; entities, times and the rest are still to be found."""
    spans = tokenize(article.text, article.language)
    ranges = split_sentences(article.text, spans, article.parts, article.language)
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for first, last, part in ranges:
        offset = len(tokens)
        words = tuple(accented(visible(article.text[a:b]), article.language) for a, b in spans[first:last])
        for analysis, (start, end) in zip(_parse(words, article.language), spans[first:last], strict=True):
            tokens.append(_token(len(tokens), start, end, article.text, analysis, offset, len(sentences)))
        begin, finish = tokens[offset].start, tokens[-1].end
        sentences.append(Sentence(len(sentences), begin, finish, part, offset, len(tokens)))
    return Document(article, tuple(sentences), tuple(tokens), published=_published(article))


@lru_cache(maxsize=20_000)
def _parse(words: tuple[str, ...], language: str) -> tuple[WordAnalysis, ...]:
    """The same sentence is read once: in this run, and in others where parses are kept."""
    found = parses.known(words, language)
    if found is None:
        seen, put_in = spelled_out(words, language)
        parser = default_parser()
        with parses.by_model():
            parsed = tuple(parser.parse(seen, language))
        found = taken_out(parsed, put_in)
        for mended in (renamed, rehung, restored, parted, clarified, attached, resettled, resumed, voiced, timed):
            found = sound(mended(words, found, language), found)
        parses.keep(words, language, found)
    return found


def sound(mended: tuple[WordAnalysis, ...], before: tuple[WordAnalysis, ...]) -> tuple[WordAnalysis, ...]:
    """What is mended if it is a tree still, else what it was made of: a word beneath itself would be read for ever."""
    heads = [word.head for word in mended]
    return mended if heads == [word.head for word in before] or is_tree(heads) else before


def forget() -> None:
    """Let go of the parses that this run remembers; those that are kept in a file are found there."""
    _parse.cache_clear()


def _token(i: int, start: int, end: int, text: str, word: WordAnalysis, offset: int, sentence: int) -> Token:
    head = i if word.head < 0 else offset + word.head
    return Token(
        i, start, end, text[start:end], word.lemma, word.upos, word.feats, head, word.deprel, word.ner, sentence,
        word.kind, word.sure, tuple((offset + j, actor, recipient) for j, actor, recipient in word.parts),
    )  # fmt: skip


def _published(article: Article) -> datetime | None:
    if article.published is None:
        return None
    zone = languages.load(article.language).settings["time_zone"]
    return parse_instant(article.published, zone)
