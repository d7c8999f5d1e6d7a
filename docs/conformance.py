"""Writes docs/reference/conformance.md from the suites of tests/conformance, run on real data."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "conformance.md"
HEAD = """<!-- Written by docs/conformance.py: change what it is made from, then run it. -->

# Conformance

Published suites of the standards that Konvoi reads. A case passes if Konvoi accepts what is valid, tells
what is invalid, and computes what the publisher computed. Nothing of the suites is shipped:
[how to run them](#run-the-suites).

| suite | origin | licence | cases | passed | failed | reason |
|---|---|---|---|---|---|---|
"""
FILES = """
## Run the suites

`tests/conformance` runs the files that were tried where they are at hand (`KONVOI_REAL_DATA`), and compares
counts and digests with this page. `KONVOI_SUITES=FOLDER ./konvoi test tests/conformance` runs whole suites,
or other versions, from a folder of yours: put the files of each publisher into the folder named here. A suite
that is not there is skipped.

| folder | publisher | digest of the files tried |
|---|---|---|
"""
FOOT = """
The digest is that of the list of all files with their digests:
`find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum` in the folder.

Not tried: IATI registry records (another schema, not read), ruleset tests of rules that are not in the
standard ruleset or lack a counterpart, queries of EPCIS (they hold no events), ocds-merge fixtures of schemas
of their own. What is read, written and lost by each standard: [overview](formats/standards.md).
"""


def main(data: Path) -> None:
    """Run all suites below a folder and write the page."""
    sys.path.insert(0, str(ROOT))
    from tests.conformance.suites import SUITES

    lines = []
    for suite in SUITES:
        cases = list(suite.cases(data))
        failed = [one for one in cases if one.fault]
        reasons = "; ".join(f"{one.name}: {one.fault}" for one in failed)
        counts = f"{len(cases)} | {len(cases) - len(failed)} | {len(failed)}"
        lines.append(f"| {suite.name} | {suite.origin} | {suite.licence} | {counts} | {reasons} |\n")
    places = {one.folder: f"| `{one.folder}` | {one.address} | `{one.digest(data)}` |\n" for one in SUITES}
    text = HEAD + "".join(lines) + FILES + "".join(places.values()) + FOOT
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
