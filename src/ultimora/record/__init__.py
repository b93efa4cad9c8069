"""The record: what the readings said, in any order, again and again, with when we knew.

Pure functions (`decide`, `derive`, `matching`) say what a reading means; `store` keeps it. Nothing here asks questions
of its own: `ultimora.answers` does.
"""
