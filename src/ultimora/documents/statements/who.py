"""Sources as entities, through the room that knows entities."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from functools import partial

from ultimora.documents.entities import ensure, entity_by, entity_of, implied_subject, is_somebody
from ultimora.documents.statements.drafts import Draft
from ultimora.documents.statements.lexicon import Sayings
from ultimora.documents.statements.syntax import is_of_one, lemma_of, noun_phrase, owner_of, subject
from ultimora.types import Document, Entity, Token

_ELIDED = ("'", "’")
_ISSUERS = ("government", "organization")
_WITHIN = ("nmod", "flat", "appos", "amod", "compound")
_SPEAKERS = ("person", "organization", "government", "group")


def entity_id(document: Document, token: Token) -> str:
    """The id of the entity that the noun phrase headed by a token speaks of, made where there is none yet."""
    return ensure(document, token)


def entity_at(document: Document, token: Token) -> Entity | None:
    """The entity that a token speaks of, None where there is none."""
    return entity_of(document, token)


@dataclass
class Speakers:
    """Who speaks, statement after statement: a verb without a subject goes on with the last speaker.

    ``quoted``: the tokens that stand in quotations.
    """

    document: Document
    words: Sayings
    quoted: Set[int] = frozenset()
    last: str | None = None
    last_sentence: int = field(default=-9)

    def source(self, draft: Draft) -> str | None:
        """The entity of a draft's source."""
        sentence = draft.cue.sentence if draft.cue is not None else self._sentence(draft.content[0])
        if (issuer := self._issuer(draft, sentence)) is not None:
            draft.source = draft.source_span = None
            self.last_sentence = sentence
            return issuer
        if draft.source is not None and draft.source.text[-1:] not in _ELIDED:
            speaker = self._speaker(draft.source)
            if speaker is not draft.source:
                draft.source, draft.source_span = speaker, noun_phrase(self.document, speaker)
            who = self._antecedent(draft.source)
            found: str | None = entity_id(self.document, who)
            if who.feats.get("PronType") == "Rel":
                return found  # "A [chi] gli chiedeva dei conti ha risposto": whoever that is, another one goes on
        elif draft.dropped or draft.source is not None:
            addressed = self._addressed(draft)
            ways = (self._many, self._in_sentence, partial(self._spoken_of, sentence=sentence), self._going_on)
            told = (way(draft) for way in ways)
            found = next((who for who in told if who is not None and who not in addressed), None)
        else:
            return None
        if found is not None:
            self.last, self.last_sentence = found, sentence
        return found

    def _going_on(self, draft: Draft) -> str | None:
        """The last speaker, where that was not long ago."""
        sentence = draft.cue.sentence if draft.cue is not None else self._sentence(draft.content[0])
        last = entity_by(self.document, self.last) if self.last is not None else None
        fits = last is not None and (last.kind == "person" or not self._speaks_for_one(draft))
        return self.last if fits and sentence - self.last_sentence <= 3 else None

    def _issuer(self, draft: Draft, sentence: int) -> str | None:
        """As in "Downing Street ha confermato il colloquio. «…», si legge in una nota": whoever spoke right before."""
        paper = draft.source
        if paper is None or self._is_owned(paper):
            return None
        told = self.last if self.last_sentence >= sentence - 1 else self._spoken_of(draft, sentence)
        last = entity_by(self.document, told) if told is not None else None
        return last.id if last is not None and last.kind in _ISSUERS else None

    def _is_owned(self, paper: Token) -> bool:
        """Whether a text is no statement of an office, or says itself whose it is."""
        released = paper.upos == "NOUN" and lemma_of(paper) in self.words.medium.get("released", ())
        whose = self.document.children(paper, "amod", "compound", "acl:relcl", "nmod:poss", "det:poss")
        return not released or bool(whose) or owner_of(self.document, paper, self.words) is not None

    def _addressed(self, draft: Draft) -> frozenset[str]:
        """As in "«Non sono stato io», le ha detto": whoever it is said to does not say it."""
        pronouns = self.document.children(draft.cue, "iobj", "obj", "expl") if draft.cue is not None else ()
        told = (entity_at(self.document, t) for t in pronouns if t.upos == "PRON")
        return frozenset(entity.id for entity in told if entity is not None)

    def _in_sentence(self, draft: Draft) -> str | None:
        """As in "D'Amato non arretra: «Lo ripeto», ha dichiarato": the subject of the clause before in the sentence; or
        whom it is about, as in "I cronisti lo hanno circondato: «Non parlo», ha risposto".
        """
        if draft.cue is None:
            return None
        first = self.document.sentences[draft.cue.sentence].first
        told = draft.content[0] if draft.cue.start < draft.content[1] else draft.cue.start  # "Bo, [assicura], è stanco"
        before = [t for t in self.document.tokens[first : draft.cue.i] if t.i not in self.quoted and t.end <= told]
        main = [t for t in before if t.deprel == "nsubj" and self._is_main(t)]
        entity = self._who(main[-1]) if main else None
        if main and not self._may_be(draft, main[-1]):
            objects = self.document.children(main[-1].head, "obj", "iobj")
            spoken_of = (entity_at(self.document, t) for t in objects if t.upos == "PRON" and t in before)
            entity = next((e for e in spoken_of if e is not None), None)
        return entity.id if entity is not None and entity.kind == "person" else None

    def _is_main(self, subject: Token) -> bool:
        relative = subject.feats.get("PronType") in ("Rel", "Int")
        return not relative and not self.document.tokens[subject.head].deprel.startswith("acl")

    def _may_be(self, draft: Draft, subject: Token) -> bool:
        """Whether a subject has the number of a cue of one, as far as the two show it."""
        one = draft.cue is not None and is_of_one(self.document, draft.cue)
        return not (one and subject.feats.get("Number") == "Plur")

    def _many(self, draft: Draft) -> str | None:
        """As in "«Basta», hanno scandito": a verb of several goes on with several, not with the last one."""
        cue = draft.cue
        if cue is None or draft.source is not None:
            return None
        forms = [cue, *self.document.children(cue, "aux")]
        if not any(t.feats.get("Number") == "Plur" and t.feats.get("Person") == "3" for t in forms):
            return None
        last = entity_by(self.document, self.last) if self.last is not None else None
        if last is not None and last.kind == "group":
            return None
        found = implied_subject(self.document, cue, plural=True)
        return found.id if found is not None else None

    def _spoken_of(self, draft: Draft, sentence: int) -> str | None:
        """Whom the sentence before is about, where nobody has spoken since."""
        if sentence == 0 or (self.last_sentence >= sentence - 1 and self._going_on(draft) is not None):
            return None
        tokens = self.document.sentence_tokens(sentence - 1)
        leading = [t for t in tokens if t.deprel in ("nsubj", "nsubj:pass") and self._leads(t)]
        fitting = [e for t in leading if self._may_be(draft, t) and (e := self._who(t)) is not None]
        root = next((t for t in tokens if t.deprel == "root"), None)
        if not leading and root is not None and root.upos == "VERB":
            fitting = [e for e in (implied_subject(self.document, root),) if e is not None]
        alone = self._speaks_for_one(draft)
        persons = [e for e in fitting if e.kind == "person"]
        bodies = [e for e in fitting if e.kind in _SPEAKERS and not alone]
        if persons or bodies:
            return (persons[-1:] or bodies)[0].id
        told = {e.id: e for t in tokens if (e := entity_at(self.document, t))}
        named = [e for e in told.values() if e.kind == "person" and any(m.form == "name" for m in e.mentions)]
        if not named and alone and fitting:
            return self._spoken_of(draft, sentence - 1)  # "La sindaca tace. La ditta minaccia. «Non ho altri soldi»"
        return named[0].id if len(named) == 1 else None

    def _who(self, subject: Token) -> Entity | None:
        """Who a subject is: "[Uno dei delegati], Nicola Di Pardo, …", "[L'astenuta] è Tiziana Bo", "[sua moglie]"."""
        above = self.document.tokens[subject.head]
        near = (subject, *self.document.children(subject, "nmod"))
        named = [t for each in near for t in self.document.children(each, "appos")]
        named += [above] if above.upos in ("PROPN", "NOUN") else []
        told = [entity_at(self.document, t) for t in (subject, *named)]
        found = next((e for e in told if e is not None and e.kind in _SPEAKERS), None)
        if found is not None or not self._is_new(subject):
            return found
        return entity_by(self.document, entity_id(self.document, subject))

    def _is_new(self, subject: Token) -> bool:
        """As in "sua moglie", "un testimone": a noun for one person, who is told by whose she is, or not told yet."""
        told = list(self.document.children(subject, "det:poss", "nmod:poss"))
        told += [t for t in self.document.children(subject, "det") if t.feats.get("Definite") == "Ind"]
        one = subject.upos == "NOUN" and subject.feats.get("Number") != "Plur"
        return one and bool(told) and is_somebody(self.document, subject)

    def _speaks_for_one(self, draft: Draft) -> bool:
        """As in "«Non avevo alternative»": whoever says "I" is one person."""
        tokens = self.document.tokens_between(*draft.content) if draft.quoted else ()
        first = (t for t in tokens if t.feats.get("Person") == "1" and t.feats.get("Number") == "Sing")
        return any(t.upos in ("PRON", "VERB") or (t.deprel == "aux" and self._is_of_one(t)) for t in first)

    def _is_of_one(self, auxiliary: Token) -> bool:
        return self.document.tokens[auxiliary.head].feats.get("Number") == "Sing"

    def _leads(self, subject: Token) -> bool:
        """Whether a subject is that of a main clause: of the root, or of a clause beside it."""
        return self.document.tokens[subject.head].deprel in ("root", "parataxis", "conj")

    def _sentence(self, offset: int) -> int:
        tokens = self.document.tokens_between(offset, offset + 1)
        return tokens[0].sentence if tokens else 0

    def _speaker(self, source: Token) -> Token:
        """Whose words they are: "la risposta di X: «…»", "the Kremlin's statement said"."""
        words = self.words.words.get("replies", frozenset()) | self.words.medium.get("released", frozenset())
        if lemma_of(source) not in words or source.upos != "NOUN":
            return source
        owner = owner_of(self.document, source, self.words)
        entity = entity_at(self.document, owner) if owner is not None else None
        return owner if owner is not None and entity is not None and entity.kind in _SPEAKERS else source

    def _antecedent(self, source: Token) -> Token:
        """Who stands behind a relative pronoun ("officials who say")."""
        if source.upos != "PRON" or source.feats.get("PronType") != "Rel":
            return source
        verb = self.document.head(source)
        while verb is not None and not verb.deprel.startswith("acl"):
            verb = self.document.head(verb)
        head = self.document.head(verb) if verb is not None else None
        caller = self._caller(verb, head) if verb is not None and head is not None else None
        if head is not None and head.i > source.i:  # "la procura, secondo cui a sparare è stato un ragazzo"
            head = None
        return caller or head or self._before_comma(source) or source

    def _caller(self, verb: Token, named: Token) -> Token | None:
        """As in "Delhi protesta contro quella che definisce una provocazione": what is called so does not speak."""
        calls = lemma_of(verb) in self.words.words.get("naming", ()) and named.upos == "PRON"
        above = self.document.head(named) if calls else None
        return subject(self.document, above, self.words) if above is not None else None

    def _before_comma(self, relative: Token) -> Token | None:
        """As in "da Giuseppe Conte, secondo cui …", whatever the parse: whoever stands right before the comma."""
        first = self.document.sentences[relative.sentence].first
        before = [t for t in self.document.tokens[first : relative.i] if t.upos not in ("ADP", "DET", "PUNCT")]
        named = before[-1] if before else None
        while named is not None:  # "la procura dello Stato di Michoacán, secondo cui…"
            entity = entity_at(self.document, named)
            if entity is not None and entity.kind in _SPEAKERS:
                return named
            named = self.document.head(named) if named.deprel in _WITHIN else None
        return None
