"""A bundle is received whole after every check, or nothing is stored."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.flow.federation.pairs import HEAD, LINES, PACKAGES, TODAY, Pair, pair, stored, submit

from konvoi.flow.federation.package import Manifest, Packed, packed, to_sign
from konvoi.flow.load_workspace import gathering
from konvoi.flow.receipts import receipts
from konvoi.flow.store import store, verification
from konvoi.flow.view import View
from konvoi.flow.workspace import viewed, workspace
from konvoi.gateways.refusal import Refused
from konvoi.gateways.signing import make_key, secret_key, signed
from konvoi.intake.sheet import Row
from konvoi.intake.table import Origin, read_table
from konvoi.kit.digest import digest
from konvoi.model.tables import BY_NAME
from konvoi.report.submissions.tables_book import tables_book


def forged(two: Pair, manifest: Manifest, contents: dict[str, bytes], key_file: Path | None = None) -> bytes:
    """Return a bundle of a dishonest sender, rightly signed."""
    text = manifest.written()
    return packed(text, signed(to_sign(text), secret_key(key_file or two.key_file)), contents)


def holding(two: Pair, party: str, marking: str, *lines: str) -> bytes:
    """Return a bundle with one workbook of packages that was not cut."""
    rows = [Row(at, tuple(line.split(","))) for at, line in enumerate((PACKAGES[0], *lines), start=1)]
    frame, _ = read_table(BY_NAME["packages"], rows, Origin("x", "packages"))
    book = tables_book({"party": party, "marking": marking, "day": "2031-02-01"}, {"packages": frame})
    one = Packed(party, "0001.xlsx", digest(book), len(book), marking, {"packages": len(lines)}, {})
    manifest = Manifest("XC", "PL", 1, "", "2031-02-02T00:00:00+00:00", two.key, (one,))
    return forged(two, manifest, {one.path: book})


def refused(two: Pair, content: bytes, told: str, *, at: str = TODAY) -> None:
    before = stored(two.receiver)
    with pytest.raises(Refused, match=told):
        two.received(content, at=at)
    assert stored(two.receiver) == before


def seen(folder: Path) -> list[tuple[object, ...]]:
    view = gathering(viewed(workspace(folder), View(None, "PL")))
    columns = ("party", "reference", "stage", "amount_minor", "quantity", "marking", "known_on", "day_to")
    return sorted(view.ledger.entries.select(columns).rows(), key=repr)


def test_submissions_of_a_bundle_are_stored_with_a_receipt_and_give_the_same_view(tmp_path: Path) -> None:
    two = pair(tmp_path)
    made = two.made()
    checked = two.received(made.content, dry=True)
    assert not (two.receiver / "receipts.jsonl").exists()
    found = two.received(made.content)
    assert found == checked
    assert found.stored == ("DE/from-XC-000001/0001.xlsx", "DE/from-XC-000001/0002.xlsx")
    assert seen(two.receiver) == seen(two.sender)
    change = receipts(stored(two.receiver)["receipts.jsonl"])[-1].change
    assert (change.kind, change.by, digest(made.content) in change.reason) == ("bundle received", "XC", True)
    assert verification(store(two.receiver)).holds


def test_a_bundle_is_received_once_and_no_older_one_after_it(tmp_path: Path) -> None:
    two = pair(tmp_path)
    first, second = two.made(), two.made()
    assert two.received(second.content).unchanged == 0
    refused(two, second.content, "was received already")
    refused(two, first.content, "is older than the last bundle")


def test_a_later_bundle_replaces_what_an_earlier_one_brought(tmp_path: Path) -> None:
    two = pair(tmp_path)
    two.received(two.made().content)
    assert two.received(two.made().content).unchanged == 2
    place = two.sender / "submissions" / "DE"
    (place / "packages.csv").write_text("\n".join(PACKAGES[:2]) + "\n")
    (two.sender / "receipts.jsonl").unlink()
    (two.sender / "receipts.head").unlink()
    made = two.made()
    later = replace(made.manifest, number=3)
    contents = {
        one.path: content for one, content in zip(later.documents, _contents(made.content), strict=True)
    }
    found = two.received(forged(two, later, contents))
    assert found.withdrawn == ("DE/from-XC-000001/0001.xlsx", "DE/from-XC-000001/0002.xlsx")
    assert seen(two.receiver) == seen(two.sender)
    assert sorted(stored(two.receiver)) == sorted(
        [
            *("keys.csv", "konvoi.toml", "receipts.head", "receipts.jsonl"),
            *(f"submissions/DE/from-XC-000003/000{n}.xlsx" for n in (1, 2)),
            *(f"withdrawn/DE/from-XC-000001/000{n}.xlsx" for n in (1, 2)),
        ]
    )


def _contents(bundle: bytes) -> list[bytes]:
    from konvoi.flow.federation.package import opened

    found = opened(bundle, "x")
    return [found.contents[one.path] for one in found.manifest.documents]


def test_an_altered_or_unsigned_bundle_is_refused_whatever_byte_it_is(tmp_path: Path) -> None:
    two = pair(tmp_path)
    content = two.made().content
    step = max(1, len(content) // 60)
    for at in [*range(0, len(content), step), len(content) - 1]:
        other = bytearray(content)
        other[at] ^= 1
        refused(
            two, bytes(other), "altered|no bundle|not signed|that no bundle has|does not list|another form"
        )
    refused(two, content[:-1], "altered|no bundle")
    refused(two, content + b" ", "altered|no bundle")
    refused(two, b"", "no bundle")


def test_keys_that_are_unknown_or_out_of_force_are_refused(tmp_path: Path) -> None:
    two = pair(tmp_path)
    refused(two, two.made().content, "counts only from", at="2032-01-02T00:00:00+00:00")
    refused(two, two.made(at="2032-01-02T00:00:00+00:00").content, "counts only from")
    other = tmp_path / "other.key"
    key = make_key(other)
    made = two.made()
    contents = dict(zip([one.path for one in made.manifest.documents], _contents(made.content), strict=True))
    refused(two, forged(two, replace(made.manifest, key=key), contents, other), "does not list for XC")
    refused(two, forged(two, made.manifest, contents, other), "was altered")
    refused(two, forged(two, replace(made.manifest, sender="DE"), contents), "does not list for DE")


def test_a_bundle_for_another_party_is_refused(tmp_path: Path) -> None:
    two = pair(tmp_path)
    refused(two, two.made("FR").content, "is for FR, and this is the workspace of PL")


@pytest.mark.parametrize(
    ("party", "marking", "line", "told"),
    [
        ("DE", "coalition", "P-2,DE,2031-01-01,energy,own,5.00,EUR,committed", "does not permit PL"),
        ("DE", "coalition", "P-2,DE,2031-01-01,energy,FR,5.00,EUR,committed", "does not permit PL"),
        ("DE", "own", "P-2,DE,2031-01-01,energy,,5.00,EUR,committed", "does not permit PL"),
        # What a row says of its party widens nothing: the document belongs to its sender.
        ("DE", "own", "P-2,PL,2031-01-01,energy,,5.00,EUR,committed", "does not permit PL"),
        ("PL", "public", "P-2,PL,2031-01-01,energy,,5.00,EUR,committed", "a submission of PL itself"),
    ],
)
def test_rows_that_are_not_for_the_receiver_are_refused(
    tmp_path: Path, party: str, marking: str, line: str, told: str
) -> None:
    two = pair(tmp_path)
    right = "P-1,DE,2031-01-01,energy,public,5.00,EUR,committed"
    refused(two, holding(two, party, marking, right, line), told)


def test_a_document_that_replaces_others_is_refused(tmp_path: Path) -> None:
    two = pair(tmp_path)
    book = tables_book({"party": "DE", "marking": "public", "supersedes": "PL/list.xlsx"}, {})
    one = Packed("DE", "0001.xlsx", digest(book), len(book), "public", {}, {})
    manifest = Manifest("XC", "PL", 1, "", "2031-02-02T00:00:00+00:00", two.key, (one,))
    refused(two, forged(two, manifest, {one.path: book}), "acts on other documents|cannot be read")


def test_own_submissions_of_the_receiver_stay_as_they_are(tmp_path: Path) -> None:
    two = pair(tmp_path, {"packages": PACKAGES, "lines": (*LINES, "L-9,P-9,tent,1,public")})
    own = {"packages": (PACKAGES[0], "P-9,PL,2031-01-01,energy,coalition,1.00,EUR,pledged"), "konvoi": HEAD}
    for one in (two.sender, two.receiver):
        submit(one, "PL", own)
    found = two.received(two.made().content)
    assert {path.partition("/")[0] for path in found.stored} == {"DE"}
    assert seen(two.receiver) == seen(two.sender)
