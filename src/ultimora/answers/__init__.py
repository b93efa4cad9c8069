"""Answers: pure functions over what the record knows, each with the sentences that it rests on."""

from ultimora.answers.record import Record
from ultimora.answers.types import Answer, Found, Note, Reference

__all__ = ["Answer", "Found", "Note", "Record", "Reference"]
