"""The ECB's euro reference rates, as published."""

import csv
import io
import zipfile
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

FILE = "fx/eurofxref-hist.zip"
CLOSED = 7


@dataclass(frozen=True)
class Daily:
    """Units of a currency for one euro, by day; weekends and holidays have none."""

    rows: dict[date, dict[str, float]]

    def near(self, currency: str, day: date) -> float | None:
        """The rate of the day, else of the last day before it within a week; none where there is none."""
        if currency == "EUR":
            return 1.0
        for back in range(CLOSED):
            found = self.rows.get(day - timedelta(days=back), {}).get(currency)
            if found:
                return found
        return None


@cache
def daily(data: Path) -> Daily:
    """All reference rates of the file."""
    with zipfile.ZipFile(data / FILE) as archive:
        text = archive.read("eurofxref-hist.csv").decode("utf-8")
    rows = {}
    for row in csv.DictReader(io.StringIO(text)):
        day = date.fromisoformat(row.pop("Date"))
        rows[day] = {
            code: float(rate) for code, rate in row.items() if code and rate not in ("", "N/A", None)
        }
    return Daily(rows)


def weekly(data: Path, first: date, last: date, currencies: list[str]) -> list[list[str]]:
    """A table of the rate on each Friday, or on the last day before it that has one."""
    reference, rows = daily(data), [["day", *currencies]]
    day = first + timedelta(days=(4 - first.weekday()) % 7)
    while day <= last:
        rows.append([day.isoformat(), *(f"{reference.near(code, day) or 0:.5g}" for code in currencies)])
        day += timedelta(days=7)
    return rows
