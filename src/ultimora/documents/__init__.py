"""From articles to documents: tokens, sentences, entities, times, quantities, statements."""
