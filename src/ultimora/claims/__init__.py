"""From documents to claims: events, their parties, factuality and attribution, and the events of the article."""
