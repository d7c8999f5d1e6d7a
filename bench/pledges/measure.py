"""Measure in the real files of others what the generator does, and write it down with where it was read.

    PYTHONPATH=src .venv/bin/python -m bench.pledges.measure ../shared/data

writes `rates.toml` and `fx.csv` beside this file. The generator reads these two, never the files themselves.
"""

import csv
import io
import sys
from datetime import date
from pathlib import Path

from bench.pledges.measuring import exchange, fts, iati, kiel, sheets

HERE = Path(__file__).parent
FIRST, LAST = date(2022, 1, 1), date(2026, 3, 31)
CURRENCIES = (
    "USD", "GBP", "PLN", "CAD", "NOK", "SEK", "DKK", "CZK", "CHF", "JPY", "RON", "HUF", "AUD", "NZD", "KRW",
    "TRY",
    "CNY", "INR",
)  # fmt: skip
HEAD = """\
# Rates as counted in the files of others, by `python -m bench.pledges.measure`. Do not edit: measure again.
# value = numerator / denominator; counts stand beside values; quantiles are of 0, 5, ... 100 in a hundred.
"""


def rates(data: Path) -> str:
    """The text of rates.toml."""
    found = [rate for module in (kiel, fts, iati, sheets) for rate in module.rates(data)]
    return HEAD + "\n" + "\n\n".join(rate.toml() for rate in found) + "\n"


def exchange_rates(data: Path) -> str:
    """The text of fx.csv: units of a currency for one euro, on Fridays."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(exchange.weekly(data, FIRST, LAST, list(CURRENCIES)))
    return text.getvalue()


def main(argv: list[str]) -> int:
    """Measure in a folder laid out as ../shared/data."""
    if len(argv) != 1 or not (Path(argv[0]) / kiel.FILE).exists():
        print(
            "Give the folder of the real files: one with pledges/, fts/, iati/ and fx/ in it.",
            file=sys.stderr,
        )
        return 2
    data = Path(argv[0]).resolve()
    (HERE / "rates.toml").write_text(rates(data), encoding="utf-8")
    (HERE / "fx.csv").write_text(exchange_rates(data), encoding="utf-8")
    print(f"{HERE / 'rates.toml'}\n{HERE / 'fx.csv'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
