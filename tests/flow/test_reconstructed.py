"""A source that became known later is shown from its declared day, marked, and never added to statements."""

from datetime import date
from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.flow.workspaces import workspace

from konvoi.flow.load_workspace import gathering
from konvoi.flow.reconstructed import STATEMENTS, wrong
from konvoi.flow.settings import settings
from konvoi.flow.workspace import workspace as opened

DOCUMENT = "KIEL/published_sums.csv"
SUMS = (
    "figure,party,from,to,amount,currency,stage,register,marking\n"
    "K-1,AR,2030-01-01,2030-12-31,5000,EUR,committed,kiel,public\n"
)
DECLARED = (
    f'[reconstructed."{DOCUMENT}"]\nname = "Kiel, reconstructed"\nknown = 2031-08-04\nshown = 2031-02-10\n'
)


def made(folder: Path, declared: str = DECLARED) -> Path:
    work = workspace(folder)
    (work / "submissions" / "KIEL").mkdir()
    (work / "submissions" / "KIEL" / "published_sums.csv").write_text(SUMS)
    (work / "submissions" / "KIEL" / "konvoi.csv").write_text("party,KIEL\nday,2031-08-04\n")
    text = (work / "konvoi.toml").read_text().replace("exercise = true", "exercise = true\nday = 2031-02-10")
    (work / "konvoi.toml").write_text(text + declared)
    return work


def shown(work: Path, day: date) -> int:
    whole = gathering(opened(work), known=day)
    rows = whole.tables.get("published_sums")
    return 0 if rows is None else rows.height


@pytest.mark.slow
def test_it_is_shown_from_its_declared_day_and_not_before(tmp_path: Path) -> None:
    """Without the declaration it is known on the day of its head alone."""
    work = made(tmp_path / "a")
    assert [shown(work, date(2031, 2, day)) for day in (9, 10)] == [0, 1]
    plain = made(tmp_path / "b", "")
    assert [shown(plain, day) for day in (date(2031, 8, 3), date(2031, 8, 4))] == [0, 1]


def test_it_is_never_added_to_a_total_and_never_matched(tmp_path: Path) -> None:
    """Published sums are no statements on packages."""
    whole = gathering(opened(made(tmp_path)))
    assert whole.ledger.entries.filter(submission=DOCUMENT).is_empty()
    assert konvoi("total", tmp_path, "--stage", "pledged").out.startswith("1,000.00 EUR pledged")


def test_packages_in_such_a_document_do_not_count(tmp_path: Path) -> None:
    """A declaration cannot move what a partner says to an earlier day."""
    declared = DECLARED.replace(DOCUMENT, "AR/packages.csv")
    whole = gathering(opened(made(tmp_path, declared)))
    assert [one.place.file for one in whole.findings if one.code == STATEMENTS] == ["AR/packages.csv"]
    assert whole.ledger.entries.filter(submission="AR/packages.csv").is_empty()


@pytest.mark.slow
def test_every_page_names_it_until_the_day_of_its_publication(tmp_path: Path) -> None:
    """In the margin of each page, in each language."""
    work = made(tmp_path)
    konvoi("run", work, "--for", "cell")
    mark = {"en": "contains Kiel, reconstructed (published 4 Aug 2031)", "de": "enthält Kiel, reconstructed"}
    for language, words in mark.items():
        assert words in (work / "out" / f"brief.{language}.html").read_text("utf-8")
    later = konvoi("brief", work, "--for", "cell", "--as-of", "2031-08-04", "--out", tmp_path / "later")
    assert later.code == 0
    pages = list((tmp_path / "later").rglob("*.html"))
    assert pages
    assert all("reconstructed" not in one.read_text("utf-8") for one in pages)


@pytest.mark.parametrize(
    "value",
    [
        {"a": "Kiel"},
        {"a": {"name": "Kiel", "known": date(2031, 8, 4)}},
        {"a": {"name": "Kiel", "known": date(2031, 1, 1), "shown": date(2031, 1, 1)}},
        {"a": {"name": " ", "known": date(2031, 8, 4), "shown": date(2031, 1, 1)}},
    ],
)
def test_a_declaration_states_a_name_and_two_days(value: object) -> None:
    assert wrong(value)


def test_a_declaration_without_both_days_is_an_error() -> None:
    text = DECLARED.replace("known = 2031-08-04\n", "")
    found, findings = settings(f'[coalition]\nname = "A"\n{text}')
    assert found.reconstructed == {}
    assert [one.place.column for one in findings] == ["reconstructed"]
