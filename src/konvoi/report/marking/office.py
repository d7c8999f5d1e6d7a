"""An office container opened for editing: parts are replaced or added, all others stay byte for byte."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from konvoi.intake import markup
from konvoi.intake.container import BOUNDS
from konvoi.intake.outline import cut, outline

TYPES = "[Content_Types].xml"
RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
_EARLIEST = (1980, 1, 1, 0, 0, 0)
# A reader takes a part that unpacks to far more than it weighs for a bomb; such a part is stored plain.
_RATIO = BOUNDS.ratio * 3 // 4


class Office:
    """A container with what was replaced or added in it so far; close it when it is written."""

    def __init__(self, content: bytes) -> None:
        self.container = zipfile.ZipFile(io.BytesIO(content))
        self._infos = {info.filename: info for info in self.container.infolist()}
        self._new: dict[str, bytes] = {}

    def __contains__(self, name: object) -> bool:
        """Return True if there is a part of this name."""
        return name in self._new or name in self._infos

    def __getitem__(self, name: str) -> bytes:
        """A part as it stands now."""
        return self._new[name] if name in self._new else self.container.read(name)

    def __setitem__(self, name: str, content: bytes) -> None:
        """Replace or add a part."""
        self._new[name] = content

    def free(self, pattern: str) -> str:
        """The first name of a pattern such as `xl/comments{}.xml` that no part has."""
        number = 1
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    def written(self) -> bytes:
        """The whole container: parts in their order with their stamps, new ones at the end."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as out:
            for name in [*self._infos, *(name for name in self._new if name not in self._infos)]:
                if not name.endswith("/"):
                    _write(out, name, self[name], self._infos.get(name))
        return stream.getvalue()

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return the relations of a part inside the container: kind and path, by the relation's id."""
        found: dict[str, tuple[str, str]] = {}
        if _relations_of(part) not in self:
            return found
        base = "/" + posixpath.dirname(part)

        def start(name: str, attributes: dict[str, str]) -> None:
            if name == "Relationship" and attributes.get("TargetMode") != "External":
                path = posixpath.normpath(posixpath.join(base, attributes.get("Target", ""))).lstrip("/")
                found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], path)

        markup.scan(io.BytesIO(self[_relations_of(part)]), start=start)
        return found

    def related(self, part: str, kind: str) -> str:
        """The path of the one part of a kind that a part relates to; empty where there is none."""
        return next((path for of, path in self.relations(part).values() if of == kind), "")

    def relate(self, part: str, kind: str, target: str) -> str:
        """Relate a part to another; the relation's id."""
        name = _relations_of(part)
        if name not in self:
            self[name] = _RELATIONS
        content = self[name]
        number = 1
        while f'"konvoi{number}"'.encode() in content:
            number += 1
        plain = {"Id": f"konvoi{number}", "Type": f"{RELATIONSHIP}/{kind}", "Target": f"/{target}"}
        self[name] = inserted(content, "Relationship", plain)
        return plain["Id"]

    def declare(self, part: str, type: str) -> None:
        """State a part's type of content."""
        if f'"/{part}"'.encode() not in self[TYPES]:
            self[TYPES] = inserted(self[TYPES], "Override", {"PartName": f"/{part}", "ContentType": type})


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def element(name: str, attributes: Mapping[str, str], inner: bytes = b"") -> bytes:
    """An element as plain ASCII, whatever the encoding of the part it is put into."""
    said = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    opened = f"<{name}{said}".encode("ascii", "xmlcharrefreplace")
    return opened + (b">" + inner + f"</{name}>".encode() if inner else b"/>")


def inserted(content: bytes, name: str, attributes: Mapping[str, str]) -> bytes:
    """A part with an empty element put in as the last below its root."""
    found = outline(content)
    if content[found.end : found.end + 2] != b"</":
        raise ValueError("a root without content")
    return cut(content, found.end, found.end, element(found.prefix + name, attributes))


def _write(out: zipfile.ZipFile, name: str, content: bytes, was: zipfile.ZipInfo | None) -> None:
    info = zipfile.ZipInfo(name, was.date_time if was else _EARLIEST)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = was.external_attr if was else 0o600 << 16
    info.create_system = was.create_system if was else 0
    if name == "mimetype":
        # OpenDocument files are known by it: it is stored plain.
        info.compress_type = zipfile.ZIP_STORED
    if len(content) > BOUNDS.floor and len(content) > _RATIO * len(zlib.compress(content)):
        info.compress_type = zipfile.ZIP_STORED
    out.writestr(info, content)
