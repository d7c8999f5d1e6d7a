"""List the counting cases that are known to fail; run as a module, write the list anew.

    PYTHONPATH=src:. .venv/bin/python -m tests.counting.open_cases

A line is `counted` (the right answer), `varied` (names, order, splitting), `earlier` (as-of day) or `page`
(an example of the page), and the name of the case, with the seed of a variation.
"""

import re
import subprocess
import sys
from pathlib import Path

FILE = Path(__file__).with_name("open_cases.txt")
OPEN = frozenset(FILE.read_text("utf-8").split("\n")) - {""} if FILE.exists() else frozenset()
_FAILED = re.compile(r"^(?:FAILED|ERROR) \S+::(\w+)\[(.+?)\](?: - .*)?$")
_LISTS = {
    "test_a_case_has_its_right_answer": "counted",
    "test_names_and_order_of_files_references_and_splitting_change_nothing": "varied",
    "test_a_later_document_changes_no_total_of_an_earlier_day": "earlier",
    "test_an_example_gives_the_total_below_it": "page",
}


def failing(output: str) -> list[str]:
    """Return the lines of the list for the tests that failed in an output of pytest."""
    matches = filter(None, map(_FAILED.match, output.splitlines()))
    return sorted({f"{_LISTS[match[1]]} {match[2]}" for match in matches if match[1] in _LISTS})


def run() -> str:
    """Run all cases and examples without expecting any to fail."""
    tests = [str(FILE.with_name(name)) for name in ("test_counting.py", "test_page.py")]
    options = ["--runxfail", "-rfE", "--tb=no", "-m", "slow or not slow", "-p", "no:cacheprovider", "-n", "2"]
    command = [sys.executable, "-m", "pytest", *tests, *options]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


if __name__ == "__main__":
    lines = failing(run())
    FILE.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    print(f"{len(lines)} open")
