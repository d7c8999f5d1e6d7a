"""The typed facts of the example are what the published files say: looked up again, row by row."""

import csv
import gzip
import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

HERE = Path(__file__).resolve().parents[2] / "examples" / "2022"

pytestmark = pytest.mark.real_data

SOURCES_OF_AID = slice(21, 26)
ADDRESS = re.compile(r"^source_url: (\S+)", re.MULTILINE)


def facts(name: str) -> list[dict[str, str]]:
    with (HERE / "facts" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def tracker(real_data: Path) -> Sequence[tuple[object, ...]]:
    path = real_data / "pledges" / "kiel-release-7" / "Ukraine_Support_Tracker.xlsx"
    sheet = openpyxl.load_workbook(path, read_only=True, data_only=True)["Bilateral assistance, MAIN DATA"]
    sheet.reset_dimensions()
    return list(sheet.iter_rows(values_only=True))


def sheets(real_data: Path, day: str) -> Iterator[str]:
    for path in sorted((real_data / "pledges" / "us-fact-sheets").glob(f"{day}-*.md")):
        yield path.read_text(encoding="utf-8")


def test_quantities_are_those_of_the_rows_they_name(real_data: Path) -> None:
    """A line that cites a row of the tracker has that row's number of units, or none where it has none."""
    table = tracker(real_data)
    cited = [row for row in facts("lines") if row["basis"].startswith("kiel-row:")]
    assert len(cited) > 150
    for row in cited:
        units = table[int(row["basis"].partition(":")[2]) - 1][12]
        expected = Decimal(str(units)) if isinstance(units, int | float) else None
        assert (Decimal(row["quantity"]) if row["quantity"] else None) == expected, row["line"]
    for row in facts("lines"):
        form, _, number = row["basis"].partition(":")
        if form == "kiel-text":
            assert f" {row['quantity']} " in str(table[int(number) - 1][5])
    for row in facts("earmarks"):
        assert "Borispil hospital" in str(table[int(row["basis"].partition(":")[2]) - 1][5])


def test_addresses_and_amounts_are_those_of_the_packages_they_name(real_data: Path) -> None:
    """An address is one of the sources given for the package; an amount is one of its amounts."""
    given: dict[str, set[str]] = {}
    amounts: dict[str, set[str]] = {}
    for cells in tracker(real_data)[1:]:
        package = str(cells[0])
        given.setdefault(package, set()).update(str(cell).strip() for cell in cells[SOURCES_OF_AID])
        amounts.setdefault(package, set()).add(str(cells[7]))
    # Sums that an address or the explanation states where the tracker splits them.
    stated = {"US-0722", "SK-1002", "DE-0818"}
    for row in facts("packages"):
        form, _, name = row["basis"].partition(":")
        if form == "kiel":
            assert row["address"] in given[name], row["package"]
            assert not row["amount"] or row["amount"] in amounts[name] or row["package"] in stated, row[
                "package"
            ]


def test_fact_sheets_say_what_is_cited_from_them(real_data: Path) -> None:
    """The address is the sheet's own, and each amount and quantity stands in its text."""
    for row in facts("packages"):
        form, _, day = row["basis"].partition(":")
        if form == "us":
            texts = {found[1]: text for text in sheets(real_data, day) if (found := ADDRESS.search(text))}
            assert row["address"] in texts, row["package"]
            assert not row["amount"] or stands(int(row["amount"]), texts[row["address"]], "$"), row["package"]
    for line in facts("lines"):
        form, _, day = line["basis"].partition(":")
        if form == "us" and line["quantity"]:
            assert stands(int(line["quantity"]), " ".join(sheets(real_data, day))), line["line"]


def stands(number: int, text: str, sign: str = "") -> bool:
    """Whether a text has a number as people write it: 2,000, five, 20 million, $2.98 billion."""
    large = {"million": 10**6, "billion": 10**9}
    forms = [f"{number:,}", {3: "Three", 4: "Four", 5: "Five"}.get(number, "")]
    forms += [f"{number / unit:g} {word}" for word, unit in large.items() if number >= unit]
    words = " ".join(text.split())
    return any(
        re.search(rf"(?<![\d,.]){re.escape(sign + form)}(?![\d,.]\d)", words) for form in forms if form
    )


def test_statements_are_at_the_addresses_of_their_sheets(real_data: Path) -> None:
    """Each American statement is one of the sheets of its day."""
    for row in facts("statements"):
        if row["party"] == "US":
            assert any(f"source_url: {row['address']}" in text for text in sheets(real_data, row["day"]))


def test_crossings_stand_where_the_list_puts_them(real_data: Path) -> None:
    """Position to a millionth of a degree, name in Ukrainian, and status."""
    path = real_data / "network" / "UKR_Border_Crossings.geojson"
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    listed = {feature["properties"]["Name_ENG"]: feature for feature in features}
    crossings = [row for row in facts("sites") if row["code"].startswith("OCHA:")]
    assert len(crossings) >= 20
    for row in crossings:
        feature = listed[row["code"].removeprefix("OCHA:")]
        east, north = feature["geometry"]["coordinates"]
        assert abs(float(row["lat"]) - north) <= 1e-6
        assert abs(float(row["lon"]) - east) <= 1e-6
        assert row["name_local"] == feature["properties"]["Name_UKR"]
        assert row["basis"] == f"ocha:{feature['properties']['Status']}"


def test_ports_and_railheads_stand_where_the_code_list_puts_them(real_data: Path) -> None:
    """Degrees and minutes of UN/LOCODE, to the rounding; where it gives none the row says so."""
    found: dict[str, str] = {}
    for path in sorted((real_data / "places").glob("2015-1_UNLOCODE_CodeListPart*.csv.gz")):
        with gzip.open(path, "rt", encoding="latin-1", newline="") as file:
            found |= {row[1] + row[2]: row[10] for row in csv.reader(file) if len(row) > 10}
    for row in facts("sites"):
        if row["basis"].startswith("locode"):
            position = found[row["code"].removeprefix("UNLOCODE:")]
            assert bool(position) == (row["basis"] == "locode"), row["site"]
            if position:
                assert abs(float(row["lat"]) - degrees(position[:5], 2)) < 1e-4
                assert abs(float(row["lon"]) - degrees(position[6:], 3)) < 1e-4


def degrees(text: str, digits: int) -> float:
    value = int(text[:digits]) + int(text[digits : digits + 2]) / 60
    return -value if text[-1] in "SW" else value


def test_targets_are_those_of_the_response_plan(real_data: Path) -> None:
    """People targeted by cluster and oblast."""
    path = real_data / "needs" / "ocha-hrp-2023-targets.xlsx"
    sheet = openpyxl.load_workbook(path, data_only=True)["Targeted by Cluster Oblast"]
    listed = {str(row[2]): row for row in sheet.iter_rows(values_only=True)}
    for row in facts("targets"):
        columns = zip(("food", "health", "shelter", "water"), (5, 6, 11, 12), strict=True)
        assert all(int(row[name]) == listed[row["oblast"]][column] for name, column in columns)


def test_weights_and_volumes_are_those_of_the_catalogue(real_data: Path) -> None:
    """Goods with a code have the catalogue's kilograms and litres."""
    path = real_data / "items" / "supply_item_ifrc_standard.csv"
    listed = {row[0]: row for row in csv.reader(path.read_text(encoding="cp1252").splitlines())}
    coded = [row for row in facts("goods") if row["ifrc"]]
    assert len(coded) >= 15
    for row in coded:
        litres, kilograms = listed[row["ifrc"]][5:7]
        assert Decimal(row["weight_kg"]) == Decimal(kilograms)
        assert Decimal(row["volume_m3"]) == Decimal(litres) / 1000


def test_rates_are_those_of_the_central_bank(real_data: Path) -> None:
    """Each rate is the reference rate of its day."""
    with zipfile.ZipFile(real_data / "fx" / "eurofxref-hist.zip") as archive:
        text = io.TextIOWrapper(archive.open(archive.namelist()[0]), encoding="utf-8")
        listed = {row["Date"]: row for row in csv.DictReader(text)}
    for row in facts("rates"):
        assert listed[row["day"]][row["currency"]] == row["per_eur"]


def test_the_activities_follow_the_schema(real_data: Path) -> None:
    """Our transcription is a valid file of IATI 2.03."""
    schema = etree.XMLSchema(etree.parse(str(real_data / "iati" / "schemas" / "iati-activities-schema.xsd")))
    schema.assertValid(etree.parse(str(HERE / "submissions" / "CELL" / "iati-transcription.xml")))
