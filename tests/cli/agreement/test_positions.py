"""konvoi agreement positions: what is settled, who holds what open since when, the matrix, sister texts."""

import pytest
from tests.cli.calling import konvoi
from tests.examples import folders

from konvoi.cli.i18n import VARIABLE

EXERCISE = folders.EXAMPLES / "exercise"


def lines(out: str) -> set[tuple[str, ...]]:
    """What stands in each line, word by word."""
    return {tuple(line.split()) for line in out.splitlines()}


def test_people_read_how_far_a_draft_is_who_holds_it_open_and_the_matrix() -> None:
    called = konvoi("agreement", "positions", "D-PACT", EXERCISE)
    assert "Round 2 of 2, deadline 2031-03-02; silence accepts. As of 2031-03-03:" in called.out
    assert "4 clauses settled, 7 clauses open, 0 clauses await positions." in called.out
    assert "I/2: PO-21 (XA) would resolve 2 and reopen 1; no position stated: 3." in called.out
    assert ("I/2", "2", "Δ", "·", "=", "+", "·", "·") in lines(called.out)
    assert ("II/1", "1", "·", "·", "·", "·", "s", "·") in lines(called.out)
    assert next(line for line in lines(called.out) if line[:3] == ("II/1", "XE", "scrutiny"))[:9] == (
        "II/1",
        "XE",
        "scrutiny",
        "reserve",
        "2031-02-17",
        "2031-03-20",
        "Its",
        "courts",
        "read",
    )
    assert all(len(line) <= 100 for line in called.out.splitlines() if not line.startswith("+"))
    assert called.code == 3


def test_an_earlier_round_a_party_alone_and_only_what_is_open() -> None:
    first = konvoi("agreement", "positions", "D-PACT", EXERCISE, "--round", "1", "--json").json["documents"][
        0
    ]
    assert (first["round"], first["counts"]["open"]) == ("PACT-1", 8)
    assert first["best"]["amendment"] == "PO-08"
    assert first["best"]["closes"] == ["XB", "XD", "XE"]
    mine = konvoi("agreement", "positions", "D-PACT", EXERCISE, "--of", "Eskeria", "--open", "--json").json[
        "documents"
    ][0]
    assert [(row["clause"], row["party"], row["since"]) for row in mine["positions"]] == [
        ("II/1", "XE", "2031-02-17")
    ]
    assert [row["clause"] for row in mine["clauses"]] == ["II/1"]


def test_where_silence_says_nothing_and_no_text_was_handed_in() -> None:
    found = konvoi("agreement", "positions", "D-XD-2", EXERCISE, "--json").json["documents"][0]
    assert [(row["clause"], row["state"]) for row in found["clauses"]] == [
        ("1/1", "not all have spoken"),
        ("1/2", "open"),
    ]


def test_before_the_second_round_was_known_the_first_stands() -> None:
    called = konvoi("agreement", "positions", "D-PACT", EXERCISE, "--known", "2031-02-22", "--json")
    (document,) = called.json["documents"]
    assert (called.json["day"], document["round"]) == ("2031-02-22", "PACT-1")
    reserve = next(row for row in document["positions"] if (row["clause"], row["party"]) == ("II/1", "XC"))
    assert (reserve["open"], reserve["lifts"]) == (True, "2031-02-28")


def test_a_declaration_shows_the_texts_under_it_side_by_side() -> None:
    called = konvoi("agreement", "positions", "D-MERROW", EXERCISE)
    assert called.out.startswith("3 texts under D-MERROW, clause by clause:")
    assert ("1", "I/1/1", "I/1/1", "=", "I/1", "=", "This", "Agreement", "is", "made") in {
        line[:10] for line in lines(called.out)
    }
    assert "D-PACT" not in called.out


def test_a_document_and_a_round_that_nobody_knows_are_answered_with_what_is_known() -> None:
    called = konvoi("agreement", "positions", "D-PAKT", EXERCISE)
    assert called.code == 2
    assert "D-PACT" in called.err
    called = konvoi("agreement", "positions", "D-PACT", EXERCISE, "--round", "7")
    assert called.code == 2
    assert "PACT-2" in called.err


@pytest.mark.parametrize(
    ("language", "words"),
    [("de", "im Verschweigensverfahren angenommen"), ("uk", "за процедурою мовчазної згоди")],
)
def test_it_speaks_the_language_that_is_asked_for(
    language: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, language)
    assert words in konvoi("agreement", "positions", "D-PACT", EXERCISE).out


def test_a_document_that_was_not_known_on_the_day_is_answered_with_that_day() -> None:
    called = konvoi("agreement", "positions", "D-PACT", EXERCISE, "--known", "2031-01-01")
    assert (called.code, "DOC, as known on 2031-01-01: 'D-PACT' is nothing" in called.err) == (2, True)
