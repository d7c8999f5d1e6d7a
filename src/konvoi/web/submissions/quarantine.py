"""Files of uploads on disk: taken in under clean names and within limits, and kept until somebody decides."""

import os
import re
import shutil
import unicodedata
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from konvoi.gateways import files
from konvoi.gateways.refusal import Refused
from konvoi.web.instance import instance
from konvoi.web.pages.texts import say
from konvoi.web.submissions.models import Upload

MOST_FILES = 50
MOST_MEGABYTES = 50
MOST_BYTES = MOST_MEGABYTES << 20
"""Limits of one upload, all its files together."""
FORM_BYTES = 1 << 20
"""Bytes that a form may have beside its files."""
FILES, MARKED, READ = "files", "marked", "read"
"""Folders of an upload: as it came, marked, and as it was read."""

_LONGEST = 120
_UNFIT = re.compile(r'[<>:"|?*\\/]')
_LOOSE = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})


def folder_of(upload: Upload) -> Path:
    """Return the folder in which the files of an upload wait."""
    return instance().quarantine / str(upload.pk)


def too_large() -> str:
    """Return the answer to an upload that is larger than the limit."""
    return say(
        "The files are larger than {limit} MB in all. Nothing was stored. Send fewer files at once.",
        limit=MOST_MEGABYTES,
    )


def too_many() -> str:
    """Return the answer to an upload of more files than the limit."""
    return say(
        "More than {limit} files at once. Nothing was stored. Send them in several parts.", limit=MOST_FILES
    )


def clean_name(name: str) -> str:
    """Return the name of a file without path, control characters and signs that some system cannot store;
    empty where nothing is left, or where the name is hidden.

    >>> clean_name("..\\\\a/b/Zusagen: 2031.xlsx"), clean_name("~$list.xlsx"), clean_name(".profile")
    ('Zusagen_ 2031.xlsx', '', '')
    """
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(
        one for one in unicodedata.normalize("NFC", last) if unicodedata.category(one) not in _LOOSE
    )
    plain = " ".join(_UNFIT.sub("_", plain).split())
    if plain.startswith((".", "~$")):
        return ""
    stem, dot, ending = plain.rpartition(".")
    return (
        plain if len(plain) <= _LONGEST else f"{(stem or ending)[: _LONGEST - len(ending) - 1]}{dot}{ending}"
    )


def names_of(given: Sequence["UploadedFile[Any]"]) -> list[str]:
    """Return a clean name for each file; Refused with the answer where files are not accepted.

    Nothing is left out silently: one file that cannot be accepted refuses all.
    """
    if not given:
        raise Refused(say("No file was chosen. Choose one or more files."))
    if len(given) > MOST_FILES:
        raise Refused(too_many())
    if sum(one.size or 0 for one in given) > MOST_BYTES:
        raise Refused(too_large())
    names: list[str] = []
    for one in given:
        name = clean_name(one.name or "")
        if not name:
            text = "“{name}” is a hidden or temporary file. Nothing was stored. Leave it out."
            raise Refused(say(text, name=one.name))
        if name.casefold() in {known.casefold() for known in names}:
            raise Refused(
                say("Two files are named “{name}”. Nothing was stored. Rename one of them.", name=name)
            )
        names.append(name)
    return names


@contextmanager
def received(given: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[Path]:
    """Write files piece by piece into a new folder of the quarantine; it is removed if it stays unused.

    given: the name and the pieces of each.
    """
    folder = instance().quarantine / f".{uuid.uuid4().hex}"
    files.make_folder(folder / FILES)
    try:
        for name, pieces in given:
            with (folder / FILES / name).open("xb") as out:
                for piece in pieces:
                    out.write(piece)
                out.flush()
                os.fsync(out.fileno())
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def place(folder: Path, upload: Upload) -> None:
    """Give a received folder the name of its upload."""
    folder.rename(folder_of(upload))


def forget(upload: Upload, *, marked: bool = True) -> None:
    """Remove the files of an upload; marked: the marked workbooks, too."""
    folder = folder_of(upload)
    for path in [folder] if marked else [folder / FILES, folder / READ]:
        shutil.rmtree(path, ignore_errors=True)


def marked_names(upload: Upload) -> list[str]:
    """Return the names of the marked workbooks of an upload."""
    return [path.name for path in files.files_in(folder_of(upload) / MARKED)]


def marked_content(upload: Upload, name: str) -> bytes | None:
    """Return a marked workbook; None where there is none of the name."""
    return files.content(folder_of(upload) / MARKED / name) if name in marked_names(upload) else None
