"""Writes docs/reference/conformance.md from the suites of tests/conformance, run on real data."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "conformance.md"
HEAD = """<!-- Written by docs/conformance.py: change what it is made from, then run it. -->

# Conformance

Published suites of the standards that Konvoi reads. A case passes if Konvoi accepts what is valid, tells
what is invalid, and computes what the publisher computed. `tests/conformance` runs them where the folder of
real data is at hand (`KONVOI_REAL_DATA`); nothing of the suites is shipped.

| suite | origin | licence | cases | passed | failed | reason |
|---|---|---|---|---|---|---|
"""
FOOT = """
Not tried: IATI registry records (another schema, not read), ruleset tests of rules that are not in the
standard ruleset or lack a counterpart, queries of EPCIS (they hold no events), ocds-merge fixtures of schemas
of their own. What is read, written and lost by each standard: [IATI activities](formats/iati.md),
[organisations](formats/iati-organisations.md), [checks](formats/iati-checks.md), [EPCIS](formats/epcis.md),
[OCDS](formats/ocds.md), [OC4IDS](formats/oc4ids.md), [UBL](formats/ubl.md).
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
    PAGE.write_text(HEAD + "".join(lines) + FOOT, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
