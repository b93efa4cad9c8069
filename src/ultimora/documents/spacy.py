"""The parser as a spaCy pipeline: a ``Doc`` with heads, relations, tags, features, lemmas, sentences and names set.

Needs the extra ``[spacy]``; nothing else in the package imports it::

    from ultimora.documents.spacy import pipeline
    doc = pipeline("it")("Il ministro ha incontrato i sindacati a Bari.")

In any spaCy pipeline the component is found by name: ``nlp.add_pipe("ultimora_parser")``. It reads the tokens that it
is given, so use it after :class:`NewsTokenizer` (as ``pipeline`` does) to get what the treebanks call a word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from spacy import blank
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from ultimora.documents.parser import WordAnalysis, default_parser
from ultimora.documents.sentences import split_sentences
from ultimora.documents.tokenizer import accented, tokenize, visible
from ultimora.types import TextPart

NAME = "ultimora_parser"


class NewsTokenizer:
    """Text to ``Doc`` with the package's tokens; what lies between two of them becomes a token of space."""

    def __init__(self, vocab: Vocab, language: str) -> None:
        self.vocab, self.language = vocab, language

    def __call__(self, text: str) -> Doc:
        """Cut the text; ``doc.text`` is the text again."""
        words: list[str] = []
        spaces: list[bool] = []
        at = 0
        for start, end in [*tokenize(text, self.language), (len(text), len(text))]:
            gap = text[at:start]
            if words and gap.startswith(" "):
                spaces[-1], gap = True, gap[1:]
            for piece in (gap, text[start:end]):
                if piece:
                    words.append(piece)
                    spaces.append(False)
            at = end
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_bytes(self, **_: object) -> bytes:
        """Nothing is kept: the tokens are the package's."""
        return b""

    def from_bytes(self, _data: bytes, **_: object) -> NewsTokenizer:
        """As :meth:`to_bytes`."""
        return self

    def to_disk(self, path: object, **_: object) -> None:
        """As :meth:`to_bytes`."""

    def from_disk(self, _path: object, **_: object) -> NewsTokenizer:
        """As :meth:`to_bytes`."""
        return self


@Language.factory(NAME, assigns=["token.dep", "token.head", "token.tag", "token.pos", "token.morph", "token.lemma",
                                 "token.is_sent_start", "doc.ents"])  # fmt: skip
def make_parser(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001
    """Return the component; the language is the pipeline's."""
    language = nlp.lang or ""

    def parse(doc: Doc) -> Doc:
        return annotate(doc, language)

    return parse


def pipeline(language: str) -> Language:
    """Return a spaCy pipeline of our tokenizer and parser for a language that is read (``it``, ``en``)."""
    nlp = blank(language)
    nlp.tokenizer = NewsTokenizer(nlp.vocab, language)
    nlp.add_pipe(NAME)
    return nlp


def annotate(doc: Doc, language: str) -> Doc:
    """Return a ``Doc`` of the same tokens with what the model says of them.

    Sentences are those of the ``Doc``, else the package's own.
    """
    visible_tokens = [i for i, token in enumerate(doc) if not token.is_space and visible(token.text).strip()]
    columns = _Columns(len(doc))
    for sentence in _sentences(doc, visible_tokens, language):
        words = [accented(visible(doc[i].text), language) for i in sentence]
        columns.add(sentence, default_parser().parse(words, language))
    return columns.fill(doc)


def _sentences(doc: Doc, tokens: Sequence[int], language: str) -> Iterator[list[int]]:
    if doc.has_annotation("SENT_START"):
        kept = set(tokens)
        for sentence in doc.sents:
            inside = [token.i for token in sentence if token.i in kept]
            if inside:
                yield inside
        return
    spans = [(doc[i].idx, doc[i].idx + len(doc[i])) for i in tokens]
    whole = (TextPart(0, len(doc.text), "body"),)
    for first, last, _ in split_sentences(doc.text, spans, whole, language):
        yield list(tokens[first:last])


class _Columns:
    """One value a token for each layer; tokens of space hang on the word before them."""

    def __init__(self, size: int) -> None:
        self.heads = [max(0, i - 1) for i in range(size)]
        self.deps, self.tags = ["dep"] * size, ["SPACE"] * size
        self.morphs, self.lemmas, self.names = [""] * size, [""] * size, ["O"] * size

    def add(self, tokens: list[int], parsed: list[WordAnalysis]) -> None:
        if self.tags[0] == "SPACE" and tokens[0] > 0 and self.heads[0] == 0:
            self.heads[0] = tokens[0]  # space before the first word
        for i, word in zip(tokens, parsed, strict=True):
            self.heads[i] = i if word.head < 0 else tokens[word.head]
            self.deps[i] = "ROOT" if word.head < 0 else word.deprel
            self.tags[i], self.lemmas[i], self.names[i] = word.upos, word.lemma, word.ner
            self.morphs[i] = "|".join(f"{key}={value}" for key, value in sorted(word.feats.items()))

    def fill(self, doc: Doc) -> Doc:
        words, spaces = [token.text for token in doc], [bool(token.whitespace_) for token in doc]
        lemmas = [lemma or word for lemma, word in zip(self.lemmas, words, strict=True)]
        return Doc(
            doc.vocab, words=words, spaces=spaces, user_data=doc.user_data, tags=self.tags, pos=self.tags,
            morphs=self.morphs, lemmas=lemmas, heads=self.heads, deps=self.deps, ents=self.names,
        )  # fmt: skip
