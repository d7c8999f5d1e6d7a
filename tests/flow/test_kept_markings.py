"""A row that a partner hid stays hidden when a later row of the same reference leaves the marking empty."""

from dataclasses import replace
from pathlib import Path

import pytest

from konvoi.flow.kept_markings import with_kept_markings
from konvoi.flow.load_workspace import gathering
from konvoi.flow.parse_documents import understand
from konvoi.flow.settings import Settings
from konvoi.flow.view import View
from konvoi.flow.workspace import Workspace, viewed
from konvoi.intake.join import headed
from konvoi.model.document import Document

HEAD = "package,party,day,kind,stage,amount,currency,marking"
MARKED = "party,PL\nday,{day}\nmarking,{marking}\n"


def submission(day: str, marking: str, *rows: str) -> tuple[Document, ...]:
    """A head and a table of packages that became known on a day."""
    folder = f"PL/{day}"
    return (
        Document(f"{folder}/konvoi.csv", MARKED.format(day=day, marking=marking).encode(), "PL"),
        Document(f"{folder}/packages.csv", "\n".join([HEAD, *rows]).encode(), "PL"),
    )


def seen(reader: str, *documents: Document) -> dict[str, int]:
    """The amounts that a reader sees, by package."""
    work = Workspace(None, Settings(), documents)
    entries = gathering(viewed(work, View(None, reader))).ledger.entries
    return {str(name): int(amount) for name, amount in entries.select("package", "amount_minor").iter_rows()}


OWN = submission("2026-01-10", "coalition", "P-1,PL,2026-01-05,military,pledged,100,EUR,own")
EMPTY = submission("2026-02-10", "public", "P-1,PL,2026-01-05,military,pledged,150,EUR,")
OPENED = submission("2026-02-10", "coalition", "P-1,PL,2026-01-05,military,pledged,150,EUR,public")


@pytest.mark.slow
@pytest.mark.parametrize("reader", ["public", "coalition", "DE"])
def test_an_empty_cell_keeps_the_marking_of_the_earlier_statement(reader: str) -> None:
    parties = Document("CELL/parties.csv", b"party,name,kind\nDE,Germany,state\nPL,Poland,state", "CELL")
    assert seen(reader, *OWN, *EMPTY, parties) == {}
    assert seen("PL", *OWN, *EMPTY, parties) == {"P-1": 150_00}
    assert seen("cell", *OWN, *EMPTY, parties) == {"P-1": 150_00}


def test_a_marking_that_is_stated_anew_counts() -> None:
    assert seen("public", *OWN, *OPENED) == {"P-1": 150_00}


def test_the_row_of_another_party_with_the_same_reference_keeps_its_own_marking() -> None:
    other = tuple(
        replace(
            one, name=one.name.replace("PL/", "DE/"), party="DE", content=one.content.replace(b"PL", b"DE")
        )
        for one in EMPTY
    )
    assert seen("public", *OWN, *other) == {"P-1": 150_00}


@pytest.mark.slow(all=True)
@pytest.mark.parametrize("marking", ["owm", "secret", "?", ".", "own;DE", "EE/NL"])
def test_a_marking_that_cannot_be_read_hides_the_row(marking: str) -> None:
    """Although the document as a whole is public."""
    row = f"P-1,PL,2026-01-05,military,pledged,100,EUR,{marking}"
    documents = submission("2026-01-10", "public", row)
    assert seen("public", *documents) == {}
    assert seen("PL", *documents) == {"P-1": 100_00}
    work = Workspace(None, Settings(), documents)
    assert "marking-unreadable" in {one.code for one in gathering(work).findings}


@pytest.mark.slow
def test_an_altered_file_is_shown_to_nobody_but_the_coordination_cell(tmp_path: Path) -> None:
    from tests.cli.calling import konvoi

    folder = tmp_path / "cell"
    konvoi("init", folder)
    source = tmp_path / "packages.csv"
    source.write_text("\n".join([HEAD, "P-1,PL,2026-01-05,military,pledged,100,EUR,public"]))
    konvoi("add", source, "--from", "PL", "--dir", folder)
    assert konvoi("total", folder, "--for", "public").code == 0
    kept = folder / "submissions" / "PL" / "packages.csv"
    kept.chmod(0o644)
    kept.write_text(kept.read_text().replace("100", "900"))
    called = konvoi("total", folder, "--for", "public")
    assert (called.code, "900" in called.out, "PL" in called.err) == (3, False, False)
    assert konvoi("run", folder).code == 3
    assert konvoi("total", folder).code == 1


def markings(*documents: Document) -> dict[str, str | None]:
    """Return the marking of the package by folder, and that of its entry by folder with a star."""
    known = Settings()
    found: dict[str, str | None] = {}
    for one in with_kept_markings(headed(understand(documents, settings=known)), known):
        if "packages" in one.tables:
            folder = one.document.split("/")[1]
            (found[folder],) = one.tables["packages"].filter(package="P-1")["marking"]
            (found[f"{folder}*"],) = one.entries.filter(package="P-1")["marking"].to_list() or [None]
    return found


def row(marking: str, amount: int = 100) -> str:
    return f"P-1,PL,2026-01-05,military,pledged,{amount},EUR,{marking}"


def test_the_latest_earlier_marking_is_kept_and_a_later_one_does_not_act_before_its_day() -> None:
    three = [
        *submission("2026-01-10", "public", row("own")),
        *submission("2026-02-10", "public", row("coalition", 110)),
        *submission("2026-03-10", "public", row("", 120)),
    ]
    assert markings(*three)["2026-03-10"] == "coalition"
    early = [*submission("2026-01-10", "public", row("")), *submission("2026-02-10", "public", row("own"))]
    assert markings(*early)["2026-01-10"] is None


@pytest.mark.parametrize(
    ("before", "document", "kept"),
    [
        ("coalition", "public", "coalition"),
        ("coalition", "coalition", None),
        ("DE", "coalition", "DE"),
        ("own", "DE", "own"),
        ("DE", "own", None),
        ("public", "coalition", None),
    ],
)
def test_a_marking_is_kept_where_it_is_narrower_than_that_of_the_document(
    before: str, document: str, kept: str | None
) -> None:
    earlier = submission("2026-01-10", "public", row(before))
    found = markings(*earlier, *submission("2026-02-10", document, row("", 110)))
    assert found["2026-02-10"] == kept
    if kept:
        assert found["2026-02-10*"] == kept


def test_without_days_the_narrowest_marking_of_all_documents_is_kept() -> None:
    table = [
        Document(f"PL/{name}/packages.csv", f"{HEAD}\n{row(mark)}".encode(), "PL", "public")
        for name, mark in (("a", "own"), ("b", "coalition"), ("c", ""))
    ]
    assert markings(*table)["c"] == "own"
    assert markings(*table[1:])["c"] == "coalition"
