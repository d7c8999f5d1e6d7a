"""Hromadas by their codes; the sample is invented and built like the file of the Kyiv School of Economics."""

import gzip
from decimal import Decimal
from pathlib import Path

import pytest

from konvoi.fund.project_places import official_code
from konvoi.intake.formats.ua_hromadas import UA_HROMADAS
from konvoi.intake.read import read
from konvoi.model.document import Document

SAMPLE = (Path(__file__).parent / "samples" / "ua_hromadas" / "hromadas.csv").read_bytes()


def test_each_has_its_oblast_its_centre_and_its_people() -> None:
    found = read(Document("h.csv", SAMPLE))
    assert found.format == "ua-hromadas"
    rows = found.tables["communities"].drop("_file", "_sheet", "_row", "address", "marking").rows()
    north = ("UA91010010000000001", "Північна", "UA91", "North", "Північна міська громада", 1200)
    assert rows[0] == (*north, Decimal("49.123457"), Decimal("28.5"))
    assert rows[1][5:] == (None, None, None)


def test_one_without_a_code_or_twice_is_told_of() -> None:
    found = read(Document("h.csv", SAMPLE))
    assert [(one.code, one.place.row, one.read) for one in found.findings] == [
        ("hromada-unreadable", 4, "UA91010010000000001"),
        ("hromada-unreadable", 5, ""),
    ]


def test_other_tables_are_left_to_others() -> None:
    assert not UA_HROMADAS.recognises(Document("h.csv", b"hromada,name\n"))


@pytest.mark.real_data
def test_the_published_list_has_1469_with_codes_of_the_codifier(real_data: Path) -> None:
    content = gzip.decompress((real_data / "places" / "ua-hromadas.csv.gz").read_bytes())
    found = read(Document("ua-hromadas.csv", content))
    communities = found.tables["communities"]
    assert (found.findings, communities.height, communities["oblast"].n_unique()) == ((), 1469, 24)
    assert all(official_code(code) for code in communities["community"])
    assert all(row[0][:4] == row[1] for row in communities.select("community", "oblast").rows())
