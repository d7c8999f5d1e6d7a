"""A bundle holds what the receiver's view shows, and nothing else."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.flow.federation.pairs import HEAD, LINES, PACKAGES, pair, stored, submit

from konvoi.flow.federation.package import opened
from konvoi.flow.parse_documents import understand
from konvoi.flow.receipts import receipts
from konvoi.gateways.refusal import Refused
from konvoi.model.document import Document


def test_a_bundle_holds_the_rows_in_the_receivers_view_with_their_markings(tmp_path: Path) -> None:
    made = pair(tmp_path).made()
    bundle = opened(made.content, "x")
    assert bundle.manifest == made.manifest
    documents = [Document(path, content, "DE") for path, content in bundle.contents.items()]
    rows = {
        (name, *row)
        for one in understand(documents)
        for name, key in (("packages", "package"), ("lines", "line"))
        if name in one.tables and one.tables[name].height
        for row in one.tables[name].select(key, "marking").iter_rows()
    }
    assert rows == {("packages", "P-1", None), ("packages", "P-3", "FR;PL"), ("lines", "L-1", "public")}
    assert [one.markings for one in made.manifest.documents] == [{"public": 1}, {"FR;PL": 1, "coalition": 1}]
    assert b"P-2" not in made.content
    assert made.left_out == ()


def test_what_is_hidden_from_the_receiver_changes_nothing_of_a_bundle_but_the_head(tmp_path: Path) -> None:
    """Two worlds: one with rows, submissions and whole tables that PL may not see, one without them."""
    bare = {"packages": (*PACKAGES[:2], PACKAGES[3]), "lines": LINES[:2]}
    one, other = pair(tmp_path / "bare", bare), pair(tmp_path / "hiding")
    submit(other.sender, "FR", {"packages": (PACKAGES[0], "P-7,FR,2031-01-01,energy,own,7.00,EUR,pledged")})
    submit(other.sender, "EE", {"sessions": ("session,day,marking", "S-1,2031-03-01,own"), "konvoi": HEAD})
    first, second = one.made(), other.made()
    left, right = (opened(made.content, "x") for made in (first, second))
    assert left.contents == right.contents
    assert replace(left.manifest, head="", key="") == replace(right.manifest, head="", key="")
    assert first.left_out == second.left_out == ()


def test_submissions_of_the_receiver_and_undated_rates_are_not_part_of_it(tmp_path: Path) -> None:
    two = pair(tmp_path)
    submit(two.sender, "PL", {"packages": (PACKAGES[0], "P-9,PL,2031-01-01,energy,public,1.00,EUR,pledged")})
    assert {one.party for one in two.made().manifest.documents} == {"DE"}


def test_a_version_that_was_replaced_is_not_part_of_it(tmp_path: Path) -> None:
    two = pair(tmp_path)
    newer = {"packages": PACKAGES[:2], "konvoi": ("day,2031-02-02", "supersedes,DE/packages.csv", HEAD[1])}
    submit(two.sender, "DE/v2", newer)
    found = [one.tables for one in two.made().manifest.documents]
    assert found == [{"lines": 1}, {"packages": 1}]


def test_what_is_not_public_in_a_format_without_markings_is_left_out_and_named(tmp_path: Path) -> None:
    two = pair(tmp_path)
    text = "# Agreement\n\n## Article 1\n\nThe parties deliver tents by 2031-03-01.\n"
    (two.sender / "submissions" / "DE" / "agreement.md").write_text(text)
    made = two.made()
    assert [one.tables for one in made.manifest.documents] == [{"lines": 1}, {"packages": 2}]
    assert [(one.document, "no markings" in one.reason) for one in made.left_out] == [
        ("DE/agreement.md", True)
    ]


def test_a_receipt_records_the_bundle_and_the_next_one_has_the_next_number(tmp_path: Path) -> None:
    two = pair(tmp_path)
    first, second = two.made(), two.made()
    assert [first.manifest.number, second.manifest.number] == [1, 2]
    chain = receipts(stored(two.sender)["receipts.jsonl"])
    assert [(one.change.kind, one.change.by) for one in chain[1:]] == [("bundle made", "PL")] * 2
    assert second.manifest.head == chain[1].hash


@pytest.mark.parametrize(
    ("reader", "told"),
    [("coalition", "one party"), ("cell", "one party"), ("XC", "is the party of this workspace")],
)
def test_a_bundle_is_for_one_other_party(tmp_path: Path, reader: str, told: str) -> None:
    with pytest.raises(Refused, match=told):
        pair(tmp_path).made(reader)


def test_a_workspace_says_whose_it_is(tmp_path: Path) -> None:
    two = pair(tmp_path)
    (two.sender / "konvoi.toml").write_text('[coalition]\nname = "Exercise"\n')
    with pytest.raises(Refused, match="does not state whose workspace"):
        two.made()
