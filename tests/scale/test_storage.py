"""Archives in storage that is no disk: listed, cut and read by ranges; a server that fails is told and tried again."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

import archives_made as made
from ultimora.articles import storage
from ultimora.articles.archives import files_of, is_archive, raws
from ultimora.articles.inputs import Given
from ultimora.errors import ArticleError, MissingExtra, StorageSilent
from ultimora.scale.chunks import cut
from ultimora.scale.reading import Failed, Reader, Settings

fsspec = pytest.importorskip("fsspec")


class Bucket:
    """The little of S3 that reading needs, on loopback; it answers 500 while ``failing`` is above nought."""

    def __init__(self, server: HTTPServer, files: dict[str, bytes]) -> None:
        self.files, self.failing, self.asked = files, 0, 0
        server.expect_request(re.compile("/news.*")).respond_with_handler(self.answer)

    def answer(self, request: Request) -> Response:
        self.asked += 1
        if self.failing:
            self.failing -= 1
            return Response("<Error><Code>InternalError</Code><Message>broken</Message></Error>", 500)
        name = request.path.removeprefix("/news").strip("/")
        if not name:
            return self._list(request.args.get("prefix", ""))
        if name not in self.files:
            return Response("<Error><Code>NoSuchKey</Code></Error>", 404)
        return self._get(self.files[name], request.headers.get("Range"))

    def _list(self, prefix: str) -> Response:
        found = "".join(
            f"<Contents><Key>{escape(k)}</Key><Size>{len(v)}</Size><LastModified>2026-01-05T00:00:00.000Z</LastModified>"
            f'<ETag>"{len(v)}"</ETag></Contents>'
            for k, v in sorted(self.files.items())
            if k.startswith(prefix)
        )
        head = f"<Name>news</Name><Prefix>{prefix}</Prefix><IsTruncated>false</IsTruncated>"
        return Response(f"<ListBucketResult>{head}{found}</ListBucketResult>", mimetype="application/xml")

    def _get(self, data: bytes, wanted: str | None) -> Response:
        headers = {"ETag": f'"{len(data)}"', "Last-Modified": "Mon, 05 Jan 2026 00:00:00 GMT", "Accept-Ranges": "bytes"}
        if wanted is None:
            return Response(data, headers=headers)
        first, last = re.fullmatch(r"bytes=(\d+)-(\d*)", wanted).groups()  # type: ignore[union-attr]
        part = data[int(first) : int(last) + 1 if last else None]
        headers["Content-Range"] = f"bytes {first}-{int(first) + len(part) - 1}/{len(data)}"
        return Response(part, 206, headers)


@pytest.fixture
def bucket(httpserver: HTTPServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bucket]:
    s3fs = pytest.importorskip("s3fs")
    folder = made.archive(tmp_path / "a")
    files = {f"2026/{f.name}": f.read_bytes() for f in folder.iterdir()}
    told: dict[str, Any] = {"endpoint_url": httpserver.url_for("").rstrip("/"), "anon": True}
    told["config_kwargs"] = {"retries": {"max_attempts": 1}, "s3": {"addressing_style": "path"}}
    monkeypatch.setitem(fsspec.config.conf, "s3", told)
    monkeypatch.setattr(s3fs.S3FileSystem, "retries", 1)
    yield Bucket(httpserver, files)
    s3fs.S3FileSystem.clear_instance_cache()


def test_s3(bucket: Bucket, tmp_path: Path) -> None:
    assert is_archive("s3://news/2026")
    files = files_of("s3://news/2026")
    assert files == [f"s3://news/2026/{name}" for name in ("a.jsonl", "b.parquet", "c.warc.gz")]
    for file in files:
        here = tmp_path / "a" / file.rsplit("/", 1)[1]
        assert storage.size_of(file) == here.stat().st_size
        assert storage.content_key(file, storage.size_of(file)) == storage.content_key(str(here), here.stat().st_size)
        chunks = [raw.load(Given()).id for chunk in cut(file, 2).chunks for raw in chunk.inputs()]
        assert chunks == [raw.load(Given()).id for raw in raws(str(here))]


def test_s3_that_fails(bucket: Bucket, tmp_path: Path) -> None:
    reader = Reader(Settings(Given(), None, "2026-01-01T00:00:00+00:00", True, 3, None))
    bucket.failing = 1000
    with pytest.raises(StorageSilent, match=r"s3://news/2026: cannot be read now .* try again later"):
        files_of("s3://news/2026")
    failed = reader.do("s3://news/2026/c.warc.gz")
    assert isinstance(failed, Failed)
    assert failed.again
    bucket.failing = 0
    (chunk,) = cut("s3://news/2026/c.warc.gz", 3).chunks
    bucket.failing = 1000
    failed = reader.do(chunk)  # and nothing of it is taken for damage
    assert isinstance(failed, Failed)
    assert failed.again
    bucket.failing = 0
    with pytest.raises(ArticleError, match="no such file"):
        list(raws("s3://news/2026/none.jsonl"))


def test_memory(tmp_path: Path) -> None:
    fsspec.filesystem("memory").pipe("/arch/a.jsonl", made.lines(tmp_path / "a.jsonl", range(3)).read_bytes())
    (file,) = files_of("memory://arch")
    assert [raw.load(Given()).id for raw in raws(file)] == ["n0", "n1", "n2"]


def test_storage_of_which_nothing_is_known() -> None:
    with pytest.raises((ArticleError, MissingExtra), match="nowhere://"):
        files_of("nowhere://bucket/x")
