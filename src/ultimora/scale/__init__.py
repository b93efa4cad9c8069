"""Years of archives: read by many processes or machines, joined by the record's own code, resumable."""
