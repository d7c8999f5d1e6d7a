"""Take the facts of this example from the collection of its sources; written once, kept in facts/.

`python examples/coalition/collect.py COLLECTION` reads the folder `mission-2026-01-03`. Rows of facts are
taken as they stand there; of Kiel's monthly rows only sums by partner and year are made.
"""

import csv
import io
import shutil
import sys
import zipfile
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).parent
TAKEN = ("announcements", "purl", "eu-financing", "agreements", "session", "needs", "sanctions")
MEASURES = ("military", "financial", "humanitarian", "commitments")
LAST = 2025
STAND = "2026-01-03"
# ISO 3166: two letters by the three of the tracker. The institutions of the Union are one party here.
THREE = {
    "AUS": "AU",
    "AUT": "AT",
    "BEL": "BE",
    "BGR": "BG",
    "CAN": "CA",
    "CHE": "CH",
    "CHN": "CN",
    "CYP": "CY",
    "CZE": "CZ",
    "DEU": "DE",
    "DNK": "DK",
    "ESP": "ES",
    "EST": "EE",
    "FIN": "FI",
    "FRA": "FR",
    "GBR": "GB",
    "GRC": "GR",
    "HRV": "HR",
    "HUN": "HU",
    "IND": "IN",
    "IRL": "IE",
    "ISL": "IS",
    "ITA": "IT",
    "JPN": "JP",
    "KOR": "KR",
    "LTU": "LT",
    "LUX": "LU",
    "LVA": "LV",
    "MLT": "MT",
    "NLD": "NL",
    "NOR": "NO",
    "NZL": "NZ",
    "POL": "PL",
    "PRT": "PT",
    "ROU": "RO",
    "SVK": "SK",
    "SVN": "SI",
    "SWE": "SE",
    "TUR": "TR",
    "TWN": "TW",
    "USA": "US",
}


def main(collection: Path) -> None:
    """Write the tables of facts."""
    for name in TAKEN:
        shutil.copyfile(collection / f"{name}.csv", HERE / "facts" / f"{name}.csv")
    with (HERE / "facts" / "rates.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("currency", "day", "per_eur"))
        writer.writerows(rates(collection.parent / "fx" / "eurofxref-hist.zip"))
    rows = yearly(collection / "kiel-release-29" / "data_explorer.csv")
    with (HERE / "facts" / "kiel-by-partner-year.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("party", "year", "measure", "amount"))
        writer.writerows(rows)


def rates(hist: Path) -> list[tuple[str, str, str]]:
    """Return the reference rates of every day on which an amount of another currency was stated."""
    wanted = {("USD", STAND)}
    for name in TAKEN:
        with (HERE / "facts" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                day = row["day"] or row["period_from"]
                if row["currency"] not in ("", "EUR", "UAH") and day:
                    wanted.add((row["currency"], day))
    with zipfile.ZipFile(hist) as archive, archive.open("eurofxref-hist.csv") as file:
        days = {row["Date"]: row for row in csv.DictReader(io.TextIOWrapper(file, "utf-8"))}
    found = {(currency, max(one for one in days if one <= day)) for currency, day in wanted}
    return [(currency, day, days[day][currency]) for currency, day in sorted(found)]


def yearly(path: Path) -> list[tuple[str, int, str, int]]:
    """Return the sums by partner, year and measure in euros, to the end of 2025."""
    sums: dict[tuple[str, int, str], Decimal] = defaultdict(Decimal)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if int(row["year"]) <= LAST:
                for measure in MEASURES:
                    party = THREE.get(row["iso"], "EU-EC")
                    sums[party, int(row["year"]), measure] += Decimal(row[measure] or 0)
    return [(*key, int(value * 10**9)) for key, value in sorted(sums.items())]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
