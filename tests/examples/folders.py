"""The examples as tests look at them: their files, what is read of them, and their bytes."""

import csv
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from konvoi.flow.load_workspace import gathering
from konvoi.flow.workspace import workspace
from konvoi.intake.join import joined
from konvoi.intake.read import read
from konvoi.model.document import Document, Reading

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def facts(example: str, name: str) -> list[dict[str, str]]:
    """The rows of a table of facts of an example."""
    with (EXAMPLES / example / "facts" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def files(example: str) -> Iterator[Path]:
    """All that was written for an example: not what a run leaves beside it."""
    here = EXAMPLES / example
    for path in sorted(here.rglob("*")):
        top = path.relative_to(here).parts[0]
        if path.is_file() and top not in {"out", "__pycache__"} and not top.startswith("."):
            yield path


@cache
def readings(example: str) -> tuple[Reading, ...]:
    """What is understood of all submissions of an example, together."""
    folder = EXAMPLES / example / "submissions"
    names = [(path, path.relative_to(folder)) for path in files(example) if folder in path.parents]
    found = [read(Document(name.as_posix(), path.read_bytes(), name.parts[0])) for path, name in names]
    return joined(found)


@cache
def kept(example: str) -> Path:
    """The folder of an example, once all of it was read and kept there."""
    gathering(workspace(EXAMPLES / example))
    return EXAMPLES / example


def copied(example: str, folder: Path) -> Path:
    """A copy of an example to write in, less what a run left in it; nothing of it is read anew."""
    left = shutil.ignore_patterns("*.py", "facts", "inbox", "texts", "out", "out-cell", "__pycache__")
    return Path(shutil.copytree(kept(example), folder, ignore=left, dirs_exist_ok=True))


def content(path: Path) -> object:
    """A file's bytes; a workbook's by its parts, since compression differs between builds of Python."""
    if path.suffix != ".xlsx" or not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return [(part.filename, part.date_time, archive.read(part)) for part in archive.infolist()]


def made_again(example: str, target: Path, *made: str) -> tuple[dict[Path, object], dict[Path, object]]:
    """The files of an example as its program writes them anew, and as they are kept; `made`: its folders."""
    again = target / example
    left = shutil.ignore_patterns(*made, "out", "__pycache__", ".*")
    shutil.copytree(EXAMPLES / example, again, ignore=left)
    found = os.pathsep.join(str(path) for path in (EXAMPLES.parent / "src", EXAMPLES))
    environment = {**os.environ, "PYTHONPATH": found, "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([sys.executable, str(again / "make.py")], check=True, env=environment)
    new = {path.relative_to(again): content(path) for path in sorted(again.rglob("*")) if path.is_file()}
    return new, {path.relative_to(EXAMPLES / example): content(path) for path in files(example)}
