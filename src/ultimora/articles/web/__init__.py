"""What is fetched from the open web, through one careful door: ``fetcher.Fetcher``."""
