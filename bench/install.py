"""How long a fresh clone takes to its first answer, how large it is then, and how quick each start is."""

import os
import subprocess
import tempfile
from pathlib import Path

from bench.record import MEGABYTE, ROOT, Benchmark


def size(folder: Path) -> float:
    """MB of all files below a folder, each counted once."""
    seen: dict[tuple[int, int], int] = {}
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            found = path.stat()
            seen[found.st_dev, found.st_ino] = found.st_blocks * 512
    return sum(seen.values()) / MEGABYTE


def main() -> None:
    """Clone what is committed, start it with nothing in any cache, then start it again."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "a clone"
        subprocess.run(["git", "clone", "-q", ROOT, clone], check=True)
        os.environ |= {"UV_NO_CACHE": "1", "PIP_NO_CACHE_DIR": "1"}
        bench = Benchmark("install", {"from": "a fresh clone", "caches": "none"})
        bench.command("first start", [str(clone / "konvoi"), "--help"], runs=1)
        bench.command("help", [str(clone / "konvoi"), "--help"], runs=7)
        bench.command(
            "help without ./konvoi", [str(clone / ".venv/bin/python"), "-m", "konvoi.cli", "--help"], runs=7
        )
        bench.at_most("first start", bench.runs["first start"].median, 60, unit="s")
        bench.at_most("size of .venv", size(clone / ".venv"), 900, unit="MB")
        bench.at_most("help", bench.runs["help"].median, 0.4, unit="s")
        added = bench.runs["help"].median - bench.runs["help without ./konvoi"].median
        bench.at_most("what ./konvoi adds to a start", added, 0.1, unit="s")
        bench.finish()


if __name__ == "__main__":
    main()
