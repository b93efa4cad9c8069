"""The commands that follow, as a user types them, against a site on loopback."""

import json
import os
import subprocess
import sys
from pathlib import Path

from pytest_httpserver import HTTPServer

from following_made import Site, article, rss


def run(folder: Path, *words: str, status: int = 0, loopback: bool = True) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"ULTIMORA_FETCH__ALLOW_LOOPBACK": str(loopback).lower(), "ULTIMORA_FOLLOW__HOST_DELAY": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "ultimora", *words], cwd=folder, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == status, done.stdout + done.stderr
    return done


def test_follow_then_list_export_import_and_remove(tmp_path: Path, httpserver: HTTPServer) -> None:
    site = Site(httpserver)
    site.answers |= {"/feed": rss(httpserver, "/a", "/b"), "/a": article("Primo"), "/b": 500}
    feed = site.url("/feed")
    done = run(tmp_path, "follow", feed, "--outlet", "La Voce", status=1)
    assert "1 followed from now on" in done.stdout
    assert "1 new article" in done.stdout
    assert "the server answered 500" in done.stderr
    logged = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    assert {line["event"] for line in logged} - {"progress"} == {"entries", "new article", "failed"}
    assert "1 articles" in run(tmp_path, "sources", "list").stdout
    unread = run(tmp_path, "sources", "list", "--unread").stdout
    assert site.url("/b") in unread
    assert "the server answered 500" in unread
    assert site.url("/a") not in unread
    run(tmp_path, "sources", "export", "feeds.opml")
    assert feed in (tmp_path / "feeds.opml").read_text()
    assert "1 no longer" in run(tmp_path, "sources", "remove", feed).stdout
    assert "not followed" in run(tmp_path, "sources", "remove", feed, status=2).stderr
    run(tmp_path, "sources", "import", "feeds.opml")
    (listed,) = json.loads(run(tmp_path, "sources", "list", "--format", "json").stdout)
    assert (listed["url"], listed["title"]) == (feed, "Feed")


def test_sources_of_an_event_are_still_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Il presidente italiano ha incontrato oggi a Vienna il presidente austriaco.")
    run(tmp_path, "add", "a.txt", "--published", "2025-03-10")
    shown = json.loads(run(tmp_path, "timeline", "--format", "json").stdout)
    event = shown["events"][0]["event"]
    assert event in run(tmp_path, "sources", event, "--format", "json").stdout
    run(tmp_path, "sources", "--record", "ultimora.db", event)


def test_settings_name_sources_and_watch_takes_them_in(tmp_path: Path, httpserver: HTTPServer) -> None:
    site = Site(httpserver)
    site.answers |= {"/feed": rss(httpserver, "/a"), "/a": article("Primo")}
    (tmp_path / "ultimora.toml").write_text(f'[[sources]]\nurl = "{site.url("/feed")}"\nlanguage = "it"\n')
    assert "1 new article" in run(tmp_path, "watch", "--once").stdout
    assert "nothing was due" in run(tmp_path, "watch", "--once").stdout


def test_a_page_by_its_address(tmp_path: Path, httpserver: HTTPServer) -> None:
    site = Site(httpserver)
    site.answers["/a"] = article("Primo")
    reading = json.loads(run(tmp_path, "read", site.url("/a"), "--format", "json").stdout)
    assert reading["article"]["url"] == site.url("/a")
    assert reading["article"]["published_from"] == "page"
    assert "404" in run(tmp_path, "read", site.url("/none"), status=2).stderr
    asked = len(site.asked)
    refused = run(tmp_path, "read", site.url("/a").replace("localhost", "127.0.0.1"), status=2, loopback=False)
    assert "no public address" in refused.stderr
    refused = run(tmp_path, "follow", site.url("/feed").replace("localhost", "127.0.0.1"), status=2, loopback=False)
    assert "no public address" in refused.stderr
    assert len(site.asked) == asked


def test_bad_input_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("# ours\nnot an address\n")
    (tmp_path / "x.opml").write_text("<opml><body>")
    (tmp_path / "ultimora.toml").write_text("[follow]\nleast = 'often'\n")
    for words in (("follow", "list.txt"), ("follow", "none.txt"), ("sources", "import", "x.opml"), ("watch", "--once")):
        assert run(tmp_path, *words, status=2).stderr.startswith("ultimora: ")
