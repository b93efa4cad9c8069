"""From bytes to articles: one revision of an article, its parts, its language and its dates."""

from ultimora.articles.load import article_from_text, load

__all__ = ["article_from_text", "load"]
