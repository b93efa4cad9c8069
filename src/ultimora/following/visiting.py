"""One visit: robots.txt asked for where it is not known, then the address, politely. Runs in a thread of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from protego import Protego

from ultimora.articles.web.fetcher import Fetched, Fetcher
from ultimora.errors import FetchError, HostSilent

_ROBOTS = 500_000
_FEEDS = "application/feed+json, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5"
_PAGES = "text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.1"


@dataclass(frozen=True, slots=True)
class Job:
    """Something to visit. ``robots`` is the robots.txt of its host, None where it is not known."""

    what: Literal["source", "entry"]
    key: str
    url: str
    etag: str | None = None
    last_modified: str | None = None
    robots: str | None = None

    @property
    def host(self) -> str:
        """The host and port."""
        return urlsplit(self.url).netloc.lower()


@dataclass(frozen=True, slots=True)
class Visit:
    """What a visit gave: an answer or a reason why there is none, and the robots.txt that it asked for on the way.

    ``forbidden``: robots.txt asks not to fetch it. ``silent``: the host did not answer at all.
    """

    job: Job
    fetched: Fetched | None = None
    error: str | None = None
    forbidden: bool = False
    silent: bool = False
    robots: str | None = None


def visit(job: Job, fetcher: Fetcher, *, keep_to_robots: bool) -> Visit:
    """Visit an address; whatever happens is in what comes back."""
    robots = None
    try:
        if keep_to_robots:
            robots = job.robots if job.robots is not None else _robots(job, fetcher)
            if not allowed(robots, job.url, fetcher.agent):
                why = f"{job.url}: robots.txt of {job.host} asks not to fetch it; it is left alone"
                return Visit(job, error=why, forbidden=True, robots=robots)
        return Visit(job, fetcher.fetch(job.url, headers=_headers(job), accept=_accept(job)), robots=robots)
    except FetchError as error:
        return Visit(job, error=str(error), robots=robots, silent=isinstance(error, HostSilent))


def _accept(job: Job) -> str:
    return _FEEDS if job.what == "source" else _PAGES


def _headers(job: Job) -> dict[str, str]:
    """What asks a server to answer only if something changed, in its own words."""
    asked = {"if-none-match": job.etag, "if-modified-since": job.last_modified}
    return {k: v for k, v in asked.items() if v}


def _robots(job: Job, fetcher: Fetcher) -> str:
    """The robots.txt of a job's host; none where there is none.

    Raises:
        FetchError: the host is in trouble, so nothing is known of what it allows.
    """
    parts = urlsplit(job.url)
    found = fetcher.fetch(f"{parts.scheme}://{parts.netloc}/robots.txt", accept="text/plain, */*;q=0.5")
    if found.status >= 500:
        raise FetchError(f"{job.url}: robots.txt of {job.host} cannot be had (status {found.status}); later")
    return found.body[:_ROBOTS].decode("utf-8", "replace").replace("\x00", "") if found.status == 200 else ""


def allowed(robots: str, url: str, agent: str) -> bool:
    """Whether a robots.txt lets us fetch an address."""
    return not robots or bool(Protego.parse(robots).can_fetch(url, agent))


def crawl_delay(robots: str | None, agent: str, at_most: float = 30.0) -> float:
    """The seconds between two requests that a robots.txt asks for, 0 if none."""
    delay = Protego.parse(robots).crawl_delay(agent) if robots else None
    return min(float(delay), at_most) if delay else 0.0


def fresh(robots_at: str | None, now: datetime, seconds: float = 86_400.0) -> bool:
    """Whether a robots.txt that was fetched then still holds."""
    return robots_at is not None and (now - datetime.fromisoformat(robots_at)).total_seconds() < seconds
