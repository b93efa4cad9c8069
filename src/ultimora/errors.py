"""Typed errors. Each message names the input and the remedy; the command line prints it and exits with status 2."""

from __future__ import annotations


class UltimoraError(Exception):
    """Whatever ultimora reports about its input or its record."""


class ArticleError(UltimoraError):
    """An article that cannot be read."""


class EmptyArticle(ArticleError):
    """There is no text."""


class BinaryArticle(ArticleError):
    """The bytes are no text."""


class ArticleTooLarge(ArticleError):
    """The text is longer than the limit."""


class UnknownLanguage(ArticleError):
    """The text is in a language that is not read, or the tag is not known."""


class BadInstant(ArticleError):
    """A date or time that does not exist or is not ISO 8601."""


class BadLine(ArticleError):
    """A line of a JSON Lines file that is no article."""


class StorageSilent(ArticleError):
    """Storage that holds an archive and cannot be read now: what was read before is kept, and it may be tried again."""


class ArchiveError(UltimoraError):
    """A run over an archive that cannot begin or go on; everything before it is kept."""


class BadReading(UltimoraError):
    """A reading from outside that does not fit its schema, or whose parts do not fit together."""


class BadCursor(UltimoraError):
    """A place in a list that no answer gave out."""


class UnsafeServing(UltimoraError):
    """A server that would answer to anybody."""


class MissingExtra(UltimoraError):
    """A package is not installed that only some commands need."""


class LanguageDataError(UltimoraError):
    """A language folder with a mistake: names the file and, where known, the line."""


class RecordError(UltimoraError):
    """A record that cannot be opened, read or written."""


class NotARecord(RecordError):
    """The file is no ultimora record."""


class RecordTooNew(RecordError):
    """The record was made by a newer version."""


class RecordReadOnly(RecordError):
    """The record cannot be written."""


class RecordFull(RecordError):
    """The disk is full; nothing of the article was kept."""


class RecordBusy(RecordError):
    """Another process is writing for longer than the time allowed."""


class RecordChanged(RecordBusy):
    """Others changed the same at the same time; nothing was kept."""


class RecordUnreachable(RecordError):
    """The server of the record does not answer; it may in a while."""


class RecordRefused(RecordError):
    """The server of the record does not let us in."""


class JobTakenOver(RecordError):
    """Another worker has taken a job over, since this one was not heard of for too long; nothing was kept."""


class BadActor(UltimoraError):
    """A correction of actors that cannot be: a merge with itself, a name that nobody has, a file that says nothing."""


class NoAnswer(UltimoraError):
    """The record holds no answer; ``near`` says what is known instead."""

    def __init__(self, message: str, near: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.near = near


class FetchError(ArticleError):
    """Something that cannot be fetched."""


class AddressRefused(FetchError):
    """An address that is not on the open web, or is not written plainly."""


class HostSilent(FetchError):
    """A host that is not there, or does not answer within the time."""


class FetchTooLarge(FetchError):
    """The answer is longer than the limit."""


class SourceError(UltimoraError):
    """A source that cannot be followed, or settings that cannot be understood."""
