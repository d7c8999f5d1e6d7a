"""The file of a bundle: a ZIP of stored entries with a manifest, its signature, and the documents.

Entries are not compressed, so that none unpacks to more than it takes; nothing of it is written to a disk
under a name that it states. The bytes are a function of manifest, signature and documents: any other byte is
an alteration.
"""

import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from konvoi.gateways.refusal import Refused
from konvoi.intake.container import BOUNDS, BROKEN
from konvoi.kit.digest import digest

FORMAT = "konvoi-bundle 1"
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
_SIGNED = b"konvoi-bundle\0"
_LARGEST = 20_000_000
_SIGNATURE_SIZE = 64
_LISTED = b"PK\x01\x02"
_DAY = (1980, 1, 1, 0, 0, 0)
_PARTY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_NAME = re.compile(r"[0-9]{4,6}(\.[a-z0-9]{1,8})?")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Packed:
    """A document in a bundle.

    party: that submitted it. name: its file in the bundle, a number. tables: rows of each table. markings:
    rows of each marking, those of the document included.
    """

    party: str
    name: str
    sha256: str
    size: int
    marking: str
    tables: Mapping[str, int]
    markings: Mapping[str, int]

    @property
    def path(self) -> str:
        """Its path in the bundle."""
        return f"submissions/{self.party}/{self.name}"


@dataclass(frozen=True)
class Manifest:
    """Statement of a bundle about itself.

    sender, to: parties. number: of the bundle among those of the sender for this party, from 1. head: the
    last hash of the sender's chain of receipts; empty where it has none yet. at: when it was made, UTC. key:
    the public key with which it is signed, as text.
    """

    sender: str
    to: str
    number: int
    head: str
    at: str
    key: str
    documents: tuple[Packed, ...]

    def written(self) -> bytes:
        """Return the manifest as the bytes that are signed."""
        told = {"format": FORMAT, **asdict(self)}
        return f"{json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True)}\n".encode()


@dataclass(frozen=True)
class Opened:
    """A bundle as it was read; nothing of it is proven yet.

    text: the manifest as its bytes are. contents: of the documents, by path.
    """

    manifest: Manifest
    text: bytes
    signature: bytes
    contents: Mapping[str, bytes]


def to_sign(manifest: bytes) -> bytes:
    """Return the bytes that a signature is made of: no other file can be taken for a manifest."""
    return _SIGNED + manifest


def packed(manifest: bytes, signature: bytes, contents: Mapping[str, bytes]) -> bytes:
    """Return the file of a bundle."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as file:
        for name, content in ((MANIFEST, manifest), (SIGNATURE, signature), *sorted(contents.items())):
            entry = zipfile.ZipInfo(name, _DAY)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            file.writestr(entry, content)
    return out.getvalue()


def is_party(text: str) -> bool:
    """Return True for an id that can stand in a path."""
    return _PARTY.fullmatch(text) is not None


def opened(content: bytes, name: str) -> Opened:
    """Return the parts of a bundle's file; Refused where it is none, or its entries are not those of one.

    name: of the file, for messages.
    """
    parts = _parts(content, name)
    text = parts.pop(MANIFEST, None)
    signature = parts.pop(SIGNATURE, None)
    if text is None:
        raise Refused(_no_bundle(name))
    if signature is None or len(signature) != _SIGNATURE_SIZE:
        raise Refused(f"{name}: is not signed; nothing was imported. Ask its sender for a signed bundle")
    return Opened(_manifest(text, name), text, signature, parts)


def altered(name: str) -> Refused:
    """Return the refusal of a bundle that is not as it was signed."""
    return Refused(
        f"{name}: was altered after it was signed; nothing was imported. Ask its sender for it again"
    )


def refuse_altered(bundle: Opened, content: bytes, name: str) -> None:
    """Refuse a bundle of which a byte is not as the signed manifest says."""
    stated = {one.path: one for one in bundle.manifest.documents}
    if stated.keys() != bundle.contents.keys() or len(stated) != len(bundle.manifest.documents):
        raise altered(name)
    for path, one in stated.items():
        found = bundle.contents[path]
        if len(found) != one.size or digest(found) != one.sha256:
            raise altered(name)
    if packed(bundle.text, bundle.signature, bundle.contents) != content:
        raise altered(name)


def _parts(content: bytes, name: str) -> dict[str, bytes]:
    # Counted in the bytes: listing a million entries takes seconds and hundreds of megabytes.
    if len(content) > BOUNDS.expanded or content.count(_LISTED) > 2 * BOUNDS.entries:
        raise Refused(f"{name}: is larger than any bundle; nothing was imported")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            entries = file.infolist()
            _refuse_entries(entries, len(content), name)
            return {one.filename: file.read(one) for one in entries}
    except BROKEN as error:
        if isinstance(error, Refused):
            raise
        raise Refused(_no_bundle(name)) from error


def _refuse_entries(entries: Sequence[zipfile.ZipInfo], size: int, name: str) -> None:
    names = [one.filename for one in entries]
    plain = all(
        one.compress_type == zipfile.ZIP_STORED
        and one.compress_size == one.file_size
        and not one.flag_bits & 1
        for one in entries
    )
    if (
        not plain
        or len(entries) > BOUNDS.entries
        or len(set(names)) != len(names)
        or sum(one.file_size for one in entries) > size
        or not all(one in (MANIFEST, SIGNATURE) or _is_path(one) for one in names)
    ):
        raise Refused(
            f"{name}: is damaged, or holds entries that no bundle has (compressed, twice, or with another "
            "path); nothing was imported. Ask its sender for a bundle made by konvoi bundle"
        )


def _is_path(path: str) -> bool:
    parts = path.split("/")
    return (
        len(parts) == 3
        and parts[0] == "submissions"
        and is_party(parts[1])
        and bool(_NAME.fullmatch(parts[2]))
    )


def _manifest(text: bytes, name: str) -> Manifest:
    if len(text) > _LARGEST:
        raise Refused(_no_bundle(name))
    try:
        told = json.loads(text)
        if told.pop("format") != FORMAT:
            raise Refused(f"{name}: has another form than {FORMAT}; receive it with the version that made it")
        documents = tuple(_document(one) for one in told.pop("documents"))
        manifest = Manifest(documents=documents, **told)
        right = (
            is_party(manifest.sender)
            and is_party(manifest.to)
            and type(manifest.number) is int
            and manifest.number > 0
            and all(isinstance(one, str) for one in (manifest.head, manifest.at, manifest.key))
            and all(_is_path(one.path) and _DIGEST.fullmatch(one.sha256) for one in documents)
            and manifest.written() == text
        )
    except Refused:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Refused(_no_bundle(name)) from error
    if not right:
        raise Refused(_no_bundle(name))
    return manifest


def _document(told: dict[str, object]) -> Packed:
    one = Packed(**told)  # type: ignore[arg-type]
    if not all(isinstance(text, str) for text in (one.party, one.name, one.sha256, one.marking)):
        raise TypeError("a text is wanted")
    return one


def _no_bundle(name: str) -> str:
    return (
        f"{name}: is damaged, was cut off or is no bundle; nothing was imported. Ask its sender for it again"
    )
