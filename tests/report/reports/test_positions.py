"""The chapter on positions: drafts as they stand, families of texts, nothing that gives hidden ones away."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl
from tests.accord.negotiating import AFTER, DEADLINE, OPENED, said, text
from tests.report.cases import case, table

from konvoi.accord.clause_positions import heard
from konvoi.accord.parallel_texts import Text, side_by_side
from konvoi.accord.rounds import rounds
from konvoi.accord.unreadable_positions import UNHEARD
from konvoi.flow.agreements.rounds import SISTERS, drawn
from konvoi.report.agreements.negotiation_tables import Drafts
from konvoi.report.case import Case
from konvoi.report.language import Language
from konvoi.report.page import Number, Section
from konvoi.report.records import records
from konvoi.report.reports.positions import in_turn, negotiated, section

WORDS = (
    said("ARV", "amend", "I/1", position="X", words="The parties keep two schedules."),
    said("BRE", "support", "I/1", position="Y", amendment="X"),
    said("CAS", "ad referendum", "II", position="Z"),
)


def negotiating(
    words: Sequence[Mapping[str, object]] = WORDS,
    *,
    hidden: str = "",
    lost: Mapping[str, object] | None = None,
) -> Case:
    """The invented case with a draft in one round; hidden: the position that is a party's own; lost: what was
    read of a position that was left out."""
    public = {"marking": "public"}
    rows: dict[str, Sequence[Mapping[str, object]]] = {
        "documents": [{"document": "D", "title": "Pact", "parties": "ARV;BRE;CAS", **public}],
        "rounds": [{"round": "R1", "document": "D", "deadline": DEADLINE, "opened": OPENED, **public}],
        "positions": [{**row, "marking": "CAS" if row["position"] == hidden else "public"} for row in words],
    }
    known, own = case(), {name: table(name, found) for name, found in rows.items()}
    file = str(own["rounds"]["_file"][0])
    draft = text(file=file).with_columns(document=pl.lit("D"), marking=pl.lit("public"))
    left_out = pl.DataFrame([{**lost, "_file": file}] if lost else [], schema=UNHEARD)
    said_of = heard(rounds(own, {"R1": draft})["D"], own["positions"], AFTER, left_out)
    own |= {"clauses": draft, "positions_left_out": left_out, **drawn(said_of, AFTER)}
    return replace(known, tables={**known.tables, **own})


def family(*, hidden: str = "") -> Case:
    """The invented case with two texts under one declaration; hidden: whose text is a party's own."""
    known = case()
    file = str(known.tables["needs"]["_file"][0])
    texts = [
        Text("D1", text({"I/1": "Help within 24 hours.", "I/2": "Crews are trained."})),
        Text("D2", text({"1": "Help within 72 hours.", "2": "Seeds are given."})),
    ]
    mark = pl.when(pl.col("document") == hidden).then(pl.lit("CAS")).otherwise(pl.lit("public"))
    place = {"_file": pl.lit(file), "_sheet": pl.lit(""), "_row": pl.int_range(pl.len(), dtype=pl.Int64)}
    rows = side_by_side(texts).with_columns(under=pl.lit("DECL"), marking=mark, **place)
    return replace(known, tables={**known.tables, "sisters": rows.select(SISTERS.names())})


def spoken(found: Section | None) -> str:
    """The answer's sentences."""
    assert found is not None
    return " ".join(Language("en").text(one) for one in found.answer)


def cells(found: Section | None, id: str) -> list[tuple[str, ...]]:
    """The rows of a table as they are read."""
    assert found is not None
    own = next(one for one in found.tables if one.id == id)
    return [tuple(Language("en").text(one) for one in row) for row in own.rows]


def test_the_answer_says_how_far_a_draft_is_and_what_would_bring_it_nearest() -> None:
    told = spoken(section(negotiating()))
    assert "Clauses agreed: 1; open: 3; awaiting positions: 0." in told
    assert (
        "Most effective single amendment, clause I/1: X resolves 2, reopens 0; no position stated: 1." in told
    )


def test_who_holds_what_open_since_when_names_the_amendment_that_is_supported() -> None:
    rows = cells(section(negotiating()), "positions-open")
    assert [row[:3] for row in rows] == [
        ("D I/1", "Arvenia", "amend"),
        ("D I/1", "Breland", "support X"),
        ("D II/1", "Castovia", "ad referendum"),
        ("D II/2", "Castovia", "ad referendum"),
    ]


def test_the_matrix_tells_acceptance_by_silence_apart() -> None:
    rows = cells(section(negotiating()), "positions-matrix")
    assert rows[0] == ("D I/1", "2", "amend", "support", "silent")
    assert rows[1] == ("D I/2", "0", "silent", "silent", "silent")


LOST = {"round": "R1", "party": "ARV", "clause": "II/1", "marking": "public"}


def test_a_party_whose_position_could_not_be_read_is_told_apart_from_those_that_accept_by_silence() -> None:
    found = section(negotiating(lost=LOST))
    row = next(row for row in cells(found, "positions-matrix") if "II/1" in row[0])
    assert row[2:] == ("unreadable", "silent", "ad referendum")
    assert "Unreadable positions: 1." in spoken(found)
    assert "Unreadable" not in spoken(section(negotiating()))


def test_a_distance_opens_the_positions_behind_it() -> None:
    shown = negotiating()
    (row, *_) = [row for row in section_table(shown) if row[0] == "D I/1"]
    number = row[3]
    assert isinstance(number, Number)
    assert number.behind == ("positions/X", "positions/Y")
    assert set(number.behind) <= {one.id for one in records(shown)}


def section_table(shown: Case) -> Sequence[Sequence[object]]:
    """The rows of the table of clauses."""
    found = section(shown)
    assert found is not None
    return next(one for one in found.tables if one.id == "positions-clauses").rows


def test_without_rounds_and_families_there_is_no_such_part() -> None:
    assert section(case()) is None
    assert negotiated(family()) is None


def test_sister_texts_stand_side_by_side_and_their_words_in_turn() -> None:
    found = section(family())
    assert spoken(found) == "Agreements under DECL: 2. Parallel clauses: 1; clauses in one agreement only: 2."
    assert cells(found, "sisters-table") == [
        ("Help within 24 hours.", "I/1", "1 95 %"),
        ("Seeds are given.", "–", "2"),
        ("Crews are trained.", "I/2", "–"),
    ]
    assert cells(found, "sisters-words") == [
        ("D2 1", "D1 I/1", "Help within [-24-] {+72+} hours."),
    ]


def test_the_state_of_a_document_in_a_round_is_told_in_a_few_words() -> None:
    told = Drafts(negotiating()).state("D")
    assert told is not None
    assert Language("en").text(told) == "round 1: 3 of 4 clauses open"
    assert Drafts(negotiating()).state("E") is None


def test_words_in_turn() -> None:
    parts = [{"sign": "=", "text": "give"}, {"sign": "-", "text": "two"}, {"sign": "+", "text": "three"}]
    assert in_turn(parts) == "give [-two-] {+three+}"
