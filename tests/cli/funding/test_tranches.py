"""konvoi funding tranches: where tranches stand, and the calendar of their money."""

import pytest
from tests.cli.calling import konvoi
from tests.examples import folders

from konvoi.cli.i18n import VARIABLE

EXERCISE = folders.EXAMPLES / "exercise"
COALITION = folders.EXAMPLES / "2022"


def test_people_read_a_sentence_then_programmes_tranches_and_the_calendar() -> None:
    called = konvoi("funding", "tranches", EXERCISE)
    assert called.out.startswith("As of 2031-03-03: 5 programmes, 12 tranches.\nAmounts in millions.\n")
    lines = {tuple(line.split()) for line in called.out.splitlines()}
    assert ("LEAGUE-1", "2031-01-31", "14", "8.2", "8.5", "6.5", "2", "of", "4", "8.5") in lines
    assert ("2032-02-03", "suspended", "2", "EUR", "LEAGUE-1", "STEP-1.4", "our", "estimate") in lines
    assert all(len(line) <= 100 for line in called.out.splitlines())


@pytest.mark.slow
def test_the_fourth_tranche_of_the_facility_as_it_was_published() -> None:
    """Decided is at least 3.2; 1.45 are held by the proposal; without weights nothing is reckoned."""
    found = konvoi("funding", "tranches", COALITION, "--known", "2025-12-01", "--json").json
    assert found["day"] == "2025-12-01"
    fourth = found["tranches"][0]
    assert (fourth["tranche"], fourth["decided"], fourth["decided_exactness"]) == (
        "UA-4",
        3200000000,
        "at least",
    )
    assert (fourth["held_proposed"], fourth["estimate"]) == (1450000000, None)
    (held,) = [row for row in found["money"] if row["what"] == "suspended"]
    assert (held["day"], held["amount"], held["exactness"]) == ("2026-06-30", 1300000000, "at most")


def test_one_programme_alone_and_one_that_nobody_knows() -> None:
    found = konvoi("funding", "tranches", EXERCISE, "--programme", "EP-LAW", "--json").json
    assert [row["tranche"] for row in found["tranches"]] == ["LAW-1"]
    assert {row["programme"] for row in (*found["programmes"], *found["money"])} == {"EP-LAW"}
    called = konvoi("funding", "tranches", EXERCISE, "--programme", "EP-LAWS")
    assert called.code == 2
    assert "EP-LAW" in called.err


def test_before_anything_was_known_there_is_no_programme() -> None:
    assert konvoi("funding", "tranches", EXERCISE, "--known", "2031-01-25").out.startswith(
        "As of 2031-01-25: 0 programmes"
    )


@pytest.mark.parametrize(
    ("language", "words"), [("de", "Beträge in Millionen."), ("uk", "Суми в мільйонах.")]
)
def test_it_speaks_the_language_that_is_asked_for(
    language: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, language)
    assert words in konvoi("funding", "tranches", EXERCISE).out
