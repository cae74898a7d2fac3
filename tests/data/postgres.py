"""A PostgreSQL server of our own, on loopback, for as long as the tests of a module run."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

__all__ = ["running_server"]

PASSWORD = "secret-of-the-server"


@contextmanager
def running_server() -> Iterator[str]:
    """Yield the address of an empty database of a new server, with its password.

    Skips loudly where PostgreSQL is not installed, and fails there when CI=true.
    """
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="emendata-postgres-"))
    user = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
    if user is not None:
        shutil.chown(folder, user)
    try:
        (folder / "password").write_text(PASSWORD)
        make: list[str | Path] = [
            binaries / "initdb",
            "-D",
            folder / "data",
            "-U",
            "tester",
            "-A",
            "scram-sha-256",
            "--no-sync",
        ]
        subprocess.run(
            [*make, f"--pwfile={folder / 'password'}"], check=True, capture_output=True, user=user, cwd=folder
        )
        port = _free_port()
        command: list[str | Path] = [
            binaries / "postgres",
            "-D",
            folder / "data",
            "-h",
            "127.0.0.1",
            "-p",
            str(port),
            "-k",
            folder,
            "-F",
        ]
        with subprocess.Popen(command, user=user, cwd=folder, stderr=subprocess.PIPE, text=True) as server:
            assert server.stderr is not None
            try:
                assert any("ready to accept" in line for line in server.stderr), "the server did not start"
                yield f"postgresql://tester:{PASSWORD}@127.0.0.1:{port}/postgres"
            finally:
                server.terminate()
                server.stderr.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _binaries() -> Path:
    found = shutil.which("initdb")
    places = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not places:
        say = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        say("PostgreSQL is not installed, so nothing is known of servers. Run: apt-get install postgresql")
    return places[-1]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
