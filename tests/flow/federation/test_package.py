"""The file of a bundle: one form, and nothing but it is opened."""

import io
import zipfile
from collections.abc import Iterable

import pytest

from konvoi.flow.federation.package import MANIFEST, SIGNATURE, Manifest, Packed, opened, packed
from konvoi.gateways.refusal import Refused
from konvoi.kit.digest import digest

BODY = b"content"
ONE = Packed("DE", "0001.xlsx", digest(BODY), len(BODY), "public", {"packages": 1}, {"public": 1})
TEXT = Manifest("XC", "PL", 1, "", "2031-02-02T00:00:00+00:00", "ed25519:", (ONE,)).written()


def zipped(entries: Iterable[tuple[str, bytes]], how: int = zipfile.ZIP_STORED, mode: int = 0o644) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as file:
        for name, content in entries:
            entry = zipfile.ZipInfo(name)
            entry.external_attr = mode << 16
            entry.compress_type = how
            file.writestr(entry, content)
    return out.getvalue()


def test_a_bundle_is_opened_as_it_was_packed() -> None:
    found = opened(packed(TEXT, bytes(64), {ONE.path: BODY}), "x")
    assert (found.manifest.written(), found.contents) == (TEXT, {ONE.path: BODY})


OTHER_PATHS = (
    *("../x", "/etc/x", "submissions/../0001", "submissions/DE/../../x", "submissions/DE/a.csv"),
    *("submissions/.x/0001", "submissions/DE/0001.xlsx/0001", "submissions\\DE\\0001", "konvoi.toml"),
    "submissions/DE",
)


@pytest.mark.parametrize("name", OTHER_PATHS)
def test_other_paths_are_refused(name: str) -> None:
    with pytest.raises(Refused, match="that no bundle has"):
        opened(zipped([(MANIFEST, TEXT), (SIGNATURE, bytes(64)), (name, BODY)]), "x")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_bombs_doubles_and_unsigned_ones_are_refused() -> None:
    whole = [(MANIFEST, TEXT), (SIGNATURE, bytes(64)), (ONE.path, BODY)]
    for content, told in (
        (zipped([*whole[:2], (ONE.path, bytes(10**7))], zipfile.ZIP_DEFLATED), "that no bundle has"),
        (zipped([*whole, whole[-1]]), "that no bundle has"),
        (zipped([whole[0], whole[2]]), "is not signed"),
        (zipped([whole[0], (SIGNATURE, bytes(63))]), "is not signed"),
        (zipped(whole[1:]), "is no bundle"),
        (zipped([(MANIFEST, b"{}"), whole[1]]), "is no bundle"),
        (zipped([(MANIFEST, b"[" * 100_000), whole[1]]), "is no bundle"),
        (zipped([(MANIFEST, TEXT.replace(b'"number": 1', b'"number": "1"')), whole[1]]), "is no bundle"),
        (zipped([(MANIFEST, TEXT.replace(b"bundle 1", b"bundle 2")), whole[1]]), "has another form"),
        (b"PK\x01\x02" * 5000, "is larger than any bundle"),
        (b"PK\x03\x04", "is no bundle"),
    ):
        with pytest.raises(Refused, match=told):
            opened(content, "x")
