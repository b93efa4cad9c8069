"""Questions to the record, each answered with the sentences that the answer rests on."""
