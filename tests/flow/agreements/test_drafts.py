"""Rounds of a workspace: which text they are about, drafts that are replaced, texts under a declaration."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from tests.accord.talks import tables
from tests.flow.workspaces import workspace

from konvoi.accord.unreadable_positions import UNHEARD
from konvoi.flow.agreements.rounds import heard_rounds
from konvoi.flow.gathered import Gathered
from konvoi.flow.load_workspace import gathering
from konvoi.flow.view import View
from konvoi.flow.workspace import viewed
from konvoi.flow.workspace import workspace as opened

SUM = "Arvenia shall provide EUR 5 million in 2031."
DRAFT = f"# Part I: Aims\n\n1. The parties keep one schedule. {SUM}\n\n2. The parties tell of {{}}.\n"
TEXT = "---\nsupersedes: draft-1.md\n---\n\n" + DRAFT
BILATERAL = "# Part I: Aims\n\n1. {} will consult within {} hours.\n\nSigned on {} 2031.\n"


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> Gathered:
    """Two drafts, of which the second says that it replaces the first, and two agreements."""
    folder = workspace(
        tmp_path_factory.mktemp("rounds") / "cell",
        documents=(
            "document,title,parties,day,under",
            "PACT,Pact,AR;BO,,",
            "D-1,Declaration,AR;CY;BO,2031-01-01,",
            "D-AR,Agreement,AR;BO,2031-01-05,D-1",
            "D-CY,Agreement,CY;BO,2031-01-06,D-1",
        ),
        rounds=(
            "round,document,opened,deadline,text",
            "R1,PACT,2031-01-01,2031-01-20,draft-1.md",
            "R2,PACT,2031-02-01,2031-02-20,draft-2",
        ),
        positions=(
            "position,round,party,stance,day,clause,lifts",
            "X,R1,AR,scrutiny reserve,2031-01-10,I/2,2031-03-01",
            "Y,R2,BO,reject,2031-02-10,I/1,",
        ),
    )
    desk = folder / "submissions" / "AR"
    (desk / "draft-1.md").write_text(DRAFT.format("delays"))
    (desk / "draft-2.md").write_text(TEXT.format("delays and losses"))
    (desk / "D-AR.md").write_text(BILATERAL.format("Arvenia", 24, "5 January"))
    (desk / "D-CY.md").write_text(BILATERAL.format("Cyrenia", 72, "6 January"))
    settings = folder / "konvoi.toml"
    settings.write_text(settings.read_text().replace("[rules]", "day = 2031-02-21\n[rules]"))
    return gathering(opened(folder))


def test_a_round_keeps_its_text_though_a_later_draft_replaces_it(gathered: Gathered) -> None:
    """The first draft is in force no more, and what was said of it can still be told."""
    force = dict(gathered.documents.select("name", "in_force").iter_rows())
    assert (force["AR/draft-1.md"], force["AR/draft-2.md"]) == (False, True)
    rows = gathered.tables["round_clauses"].select("round", "clause", "state", "distance").rows()
    assert rows == [
        ("R1", "I/1", "settled", 0),
        ("R1", "I/2", "open", 1),
        ("R2", "I/1", "open", 1),
        ("R2", "I/2", "open", 1),
    ]
    assert [one.code for one in gathered.findings if one.code.startswith(("round", "position"))] == []


def test_a_draft_promises_nothing_and_has_no_terms_yet(gathered: Gathered) -> None:
    assert set(gathered.tables["terms"]["document"]) <= {"D-AR", "D-CY"}
    assert set(gathered.tables["proposed"]["document"]) <= {"D-AR", "D-CY"}


def test_texts_under_one_declaration_are_sisters(gathered: Gathered) -> None:
    rows = gathered.tables["sisters"].select("under", "number", "document", "clause", "said").rows()
    assert rows == [
        ("D-1", 1, "D-AR", "I/1", "first"),
        ("D-1", 1, "D-CY", "I/1", "different wording"),
    ]
    assert gathered.tables["sisters"]["_file"].to_list() == ["AR/D-AR.md", "AR/D-CY.md"]


def test_a_text_is_for_the_eyes_that_the_workspace_says(tmp_path: Path) -> None:
    folder = workspace(tmp_path / "cell")
    (folder / "submissions" / "AR" / "pact.md").write_text(DRAFT.format("delays"))
    settings = folder / "konvoi.toml"
    settings.write_text(f'{settings.read_text()}[markings]\n"AR/pact.md" = "public"\n')
    clauses = gathering(opened(folder)).tables["clauses"]
    assert clauses.select(pl.col("marking").unique()).rows() == [("public",)]


HEAD = "position,round,party,stance,day,clause,marking"


def unread(tmp_path: Path, *rows: str, head: str = HEAD, **more: str) -> list[tuple[str, ...]]:
    """Who does not accept a clause by silence, after positions were read, of AR first."""
    folder = workspace(
        tmp_path / "cell",
        documents=("document,title,parties,day", "PACT,Pact,AR;BO;CY,"),
        rounds=("round,document,opened,deadline,text", "R1,PACT,2031-01-01,2031-01-20,draft"),
        positions=(head, *rows),
    )
    (folder / "submissions" / "AR" / "draft.md").write_text(DRAFT.format("delays"))
    for party, row in more.items():
        desk = folder / "submissions" / party
        desk.mkdir()
        (desk / "positions.csv").write_text(f"position,round,party,stance,day,clause\n{row}\n")
    settings = folder / "konvoi.toml"
    settings.write_text(settings.read_text().replace("[rules]", "day = 2031-02-21\n[rules]"))
    rows_of = gathering(opened(folder)).tables["round_stands"]
    said = rows_of.filter(pl.col("how") != "by silence").select("clause", "party", "how").rows()
    return [(str(clause), str(party), str(how)) for clause, party, how in said]


LOST = [("I/2", "CY", "not readable")]


@pytest.mark.slow
@pytest.mark.parametrize(
    "row",
    ["X,R1,CY,objects,2031-01-10,I/2,", "X,R1,CY,reject,soon,I/2,", "X,R1,CY,,2031-01-10,I/2,"],
)
def test_a_position_that_is_left_out_for_its_faults_is_no_acceptance_by_silence(
    tmp_path: Path, row: str
) -> None:
    assert unread(tmp_path, row) == LOST


@pytest.mark.slow
def test_a_reference_that_stood_before_does_not_silence_another_party(tmp_path: Path) -> None:
    """In one document, and in those of two parties that both begin to count at 1."""
    told = ("X,R1,BO,accept,2031-01-10,I/1,", "X,R1,CY,reject,2031-01-10,I/2,")
    assert unread(tmp_path, *told) == [("I/1", "BO", "expressly"), *LOST]
    both = {"BO": "X,R1,BO,accept,2031-01-10,I/1", "CY": "X,R1,CY,reject,2031-01-10,I/2"}
    one = unread(tmp_path / "two", **both)
    assert {(clause, party) for clause, party, _ in one} == {("I/1", "BO"), ("I/2", "CY")}


def test_the_same_row_twice_is_the_word_that_stands(tmp_path: Path) -> None:
    row = "X,R1,CY,accept,2031-01-10,I/2,"
    assert unread(tmp_path, row, row) == [("I/2", "CY", "expressly")]


def test_a_row_that_a_later_document_mends_is_heard(tmp_path: Path) -> None:
    mended = "X,R1,CY,accept,2031-01-10,I/2"
    assert unread(tmp_path, "X,R1,CY,objects,2031-01-10,I/2,", CY=mended) == [("I/2", "CY", "expressly")]


def test_a_row_without_a_reference_is_missed_too(tmp_path: Path) -> None:
    assert unread(tmp_path, CY=",R1,CY,reject,2031-01-10,I/2") == LOST


def test_of_a_table_that_lacks_a_column_its_party_accepts_nothing_and_the_others_may(tmp_path: Path) -> None:
    one = unread(tmp_path, "X,R1,AR,2031-01-10,I/2", head="position,round,party,day,clause")
    assert one == [("I/1", "AR", "not readable"), ("I/2", "AR", "not readable")]


def test_a_position_of_a_round_or_on_a_clause_that_nobody_knows_is_no_acceptance(tmp_path: Path) -> None:
    """A slip of the pen: R2 for R1, I/22 for I/2."""
    assert unread(tmp_path, "X,R2,CY,reject,2031-01-10,I/2,") == LOST
    one = unread(tmp_path / "two", "X,R1,CY,reject,2031-01-10,I/22,")
    assert one == [("I/1", "CY", "not readable"), *LOST]


def test_a_rule_that_cannot_be_read_lets_nobody_accept_by_silence(tmp_path: Path) -> None:
    folder = workspace(
        tmp_path / "cell",
        documents=("document,title,parties,day", "PACT,Pact,AR;BO,"),
        rounds=("round,document,deadline,rule", "R1,PACT,2031-01-20,silence is golden"),
        positions=("position,round,party,stance,day,clause", "X,R1,AR,accept,2031-01-10,1"),
    )
    rows = gathering(opened(folder)).tables["round_stands"].select("party", "how").rows()
    assert rows == [("AR", "expressly"), ("BO", "unstated")]


def test_for_another_reader_nobody_accepts_by_silence(tmp_path: Path) -> None:
    """Arvenia's reserve is its own: for Bolivia it has not spoken, and the clause is not settled."""
    folder = workspace(
        tmp_path / "cell",
        documents=("document,title,parties", "PACT,Pact,AR;BO"),
        rounds=("round,document,opened,deadline,text", "R1,PACT,2031-01-01,2031-01-20,draft-1.md"),
        positions=(
            "position,round,party,stance,day,clause,marking",
            "X,R1,AR,scrutiny reserve,2031-01-10,I/2,own",
        ),
    )
    (folder / "submissions" / "AR" / "draft-1.md").write_text(DRAFT.format("delays"))
    settings = folder / "konvoi.toml"
    settings.write_text(settings.read_text().replace("[rules]", "day = 2031-02-21\n[rules]"))

    def states(reader: str) -> dict[str, str]:
        seen = gathering(viewed(opened(folder), View(None, reader)))
        return dict(seen.tables["round_clauses"].select("clause", "state").iter_rows())

    assert states("cell") == {"I/1": "settled", "I/2": "open"}
    assert set(states("BO").values()) == {"not all have spoken"}


@pytest.mark.parametrize("cell", [True, False])
def test_what_goes_on_into_a_silence_round_is_the_same_for_every_reader(cell: bool) -> None:
    """An amendment of the round before is on the text before; only the reservation goes on."""
    more = {"round": "R1", "day": date(2031, 1, 10), "clause": "I/2"}
    held = tables(
        documents=[{"document": "PACT", "parties": "AR;BO;CY"}],
        rounds=[
            {"round": "R1", "document": "PACT", "deadline": date(2031, 1, 20)},
            {"round": "R2", "document": "PACT", "deadline": date(2031, 2, 20)},
        ],
        positions=[
            {"position": "X", "party": "AR", "stance": "scrutiny reserve", **more},
            {"position": "Y", "party": "BO", "stance": "amend", "words": "Other words.", **more},
            {"position": "Z", "party": "CY", "stance": "support", "amendment": "Y", **more},
        ],
    )
    (_, last) = heard_rounds(held, date(2031, 2, 21), pl.DataFrame(schema=UNHEARD), silence=cell).said["PACT"]
    silent = "by silence" if cell else "unstated"
    assert [one.stance or one.how for one in last.cells["I/2"]] == ["scrutiny reserve", silent, silent]
