"""Feeds: RSS, Atom, JSON Feed and news sitemaps become lists of entries; lists of feeds come and go as OPML."""

from ultimora.articles.feeds.parse import Entry, Feed, parse_feed

__all__ = ["Entry", "Feed", "parse_feed"]
