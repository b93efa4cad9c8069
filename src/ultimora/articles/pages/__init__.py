"""Saved and fetched pages: from HTML to title, standfirst, body, outlet, authors, section and dates.

``extract.extract`` reads one page in this process; ``worker.extract_safely`` does so in another one whose time and
memory are limited, and falls back to a simpler extractor where that one dies or finds nothing.
"""
