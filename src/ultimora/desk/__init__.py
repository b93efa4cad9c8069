"""The desk: the record as pages that a server writes, in the reader's language."""
