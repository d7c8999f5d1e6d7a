"""A coalition is the same for a seed, and its truth adds up."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from bench.coalition.build import FAULTS, build, fault_documents, small, truth
from bench.coalition.dialects import DIALECTS, write
from bench.coalition.faults_cells import SCALES
from bench.coalition.world import PARTNERS, Document, Gift

TENTS = Gift("PL", "humanitarian", date(2024, 5, 2), "Tents", Decimal(431), "PLN", "winter-tent", Decimal(3))


def _bytes(documents: list[Document], folder: Path) -> dict[str, bytes]:
    for document in documents:
        write(document, folder)
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_a_seed_gives_the_same_bytes_and_another_seed_gives_others(tmp_path: Path) -> None:
    first = _bytes(build(5, rounds=1, gifts=2).documents, tmp_path / "first")
    again = _bytes(build(5, rounds=1, gifts=2).documents, tmp_path / "again")
    other = _bytes(build(6, rounds=1, gifts=2).documents, tmp_path / "other")
    assert first == again
    assert first != other


def test_the_truth_of_three_gifts_adds_up_by_hand() -> None:
    # PLN 431 are EUR 100 at 4.31; the joint EUR 50 may be of either partner.
    power = Gift("DE", "energy", date(2024, 6, 3), "Gensets", Decimal(20), "EUR", "diesel-genset", Decimal(1))
    joint = replace(power, amount=Decimal(50), quantity=None, joint=("DE", "PL"))
    found = truth([TENTS, power, joint])
    assert found.total == Decimal(170)
    assert found.kinds == {"humanitarian": (Decimal(100), Decimal(100)), "energy": (Decimal(70), Decimal(70))}
    assert found.partners == {"PL": (Decimal(100), Decimal(150)), "DE": (Decimal(20), Decimal(70))}
    assert found.goods == {"winter-tent": Decimal(3), "diesel-genset": Decimal(1)}


def test_a_row_that_was_asked_about_may_be_left_out_of_partner_and_kind() -> None:
    found = truth([TENTS], [("PL", "humanitarian", Decimal(-30))])
    assert found.total == Decimal(100)
    assert found.partners["PL"] == found.kinds["humanitarian"] == (Decimal(70), Decimal(100))


def test_an_unknown_amount_counts_nothing_and_its_goods_count() -> None:
    found = truth([replace(TENTS, amount=None)])
    assert found.total == 0
    assert found.goods == {"winter-tent": Decimal(3)}


def test_twenty_partners_write_fourteen_dialects_and_no_fault_is_left_out() -> None:
    coalition = build(1, rounds=2, gifts=1)
    assert len(PARTNERS) == 20
    assert {document.dialect for document in coalition.documents} == set(DIALECTS)
    assert len(DIALECTS) == 14
    assert len(FAULTS) >= 30
    assert [plant.fault for plant in coalition.plants] == [*FAULTS, *FAULTS]


def test_no_two_clean_gifts_are_of_one_good_for_one_place() -> None:
    goods = [(gift.good, gift.place) for gift in build(2, rounds=0, gifts=8).clean if gift.good]
    assert len(set(goods)) == len(goods)


@pytest.mark.parametrize("fault", FAULTS)
def test_places_of_a_fault_are_rows_of_its_documents(fault: str) -> None:
    world, _ = small(3)
    plant = FAULTS[fault](world)
    assert plant.fault == fault
    rows = {
        (document.source, document.name.removesuffix("-f"), table, str(row.get(key)))
        for document in fault_documents([plant])
        for table, key in (("packages", "package"), ("lines", "line"), ("receipts", "receipt"))
        for row in document.tables.get(table, [])
    }
    assert {place for place in plant.places if place.key} <= rows
    assert not plant.excess or plant.places
    assert fault not in SCALES or plant.excess


def test_no_document_overwrites_another_when_a_fault_meets_a_partner_twice() -> None:
    for seed in range(1, 6):
        names = [(one.source, one.name) for one in build(seed).documents]
        assert len(names) == len(set(names))


def test_a_page_of_flows_repeats_the_flows_of_its_year() -> None:
    documents = build(1, rounds=1, gifts=12).documents
    pages = [document.tables["packages"] for document in documents if document.source == "JP"]
    for earlier, later in pairwise(pages):
        years = {str(row["day"])[:4] for row in later}
        assert {row["package"] for row in earlier if str(row["day"])[:4] in years} <= {
            row["package"] for row in later
        }
    assert sum(map(len, pages)) > len({row["package"] for page in pages for row in page})
