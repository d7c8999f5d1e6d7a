"""Readings of many documents become one case."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from konvoi.flow.gathered import Gathered
from konvoi.flow.merge_submissions import gather, in_force
from konvoi.flow.parse_documents import understand
from konvoi.flow.settings import Settings
from konvoi.intake.join import headed
from konvoi.model.document import Document, Reading

HEAD = "package,party,day,kind,amount,currency\n"


def packages(name: str, *rows: str, party: str = "AR", **head: str) -> list[Document]:
    """Return a table of packages with the head that says its day, version and more."""
    text = "".join(f"{one},{party},2031-01-01,energy,{one[-1]},EUR\n" for one in rows)
    facts = "".join(f"{key},{value}\n" for key, value in head.items())
    return [
        Document(f"{party}/{name}/konvoi.csv", f"party,{party}\n{facts}".encode(), party),
        Document(f"{party}/{name}/packages.csv", f"{HEAD}{text}".encode(), party),
    ]


def read(*documents: Document) -> list[Reading]:
    return headed(understand(documents, settings=Settings()))


def merged(*documents: Document, withdrawn: Sequence[Document] = (), **settings: object) -> Gathered:
    known = Settings(**settings)  # type: ignore[arg-type]
    return gather(read(*documents), settings=known, withdrawn=read(*withdrawn))


def given(found: Gathered) -> list[str]:
    return found.ledger.entries["package"].sort().to_list()


def names(found: Gathered) -> dict[str, bool]:
    rows = found.documents.filter(pl.col("name").str.ends_with("packages.csv"))
    return dict(rows.select("name", "in_force").iter_rows())


def test_a_file_handed_in_twice_counts_once_under_its_first_name() -> None:
    one = packages("a", "P-1", day="2031-01-10")
    found = merged(*one, *packages("b", "P-1", day="2031-01-10"))
    assert (given(found), names(found)) == (["P-1"], {"AR/a/packages.csv": True})


def test_equal_rows_of_another_day_or_version_are_another_statement() -> None:
    first = packages("a", "P-1", day="2031-01-10")
    for head in ({"day": "2031-02-10"}, {"day": "2031-01-10", "version": "2"}):
        found = merged(*first, *packages("b", "P-1", **head))
        assert len(names(found)) == 2
        assert given(found) == ["P-1"]


def test_what_a_newer_version_supersedes_is_kept_and_counts_no_more() -> None:
    old = packages("a", "P-1", "P-2", day="2031-01-10", version="1")
    new = packages("b", "P-2", day="2031-02-10", version="2")
    replaced = {"AR/b/packages.csv": "AR/a/packages.csv"}
    found = merged(*old, *new, supersedes=replaced)
    assert given(found) == ["P-2"]
    assert names(found) == {"AR/a/packages.csv": False, "AR/b/packages.csv": True}
    rows = found.ledger.superseded.select("package", "until").rows()
    assert rows == [("P-1", date(2031, 2, 10))]
    force = in_force(read(*old, *new), Settings(supersedes=replaced))
    assert [one.document for one in force if one.tables] == ["AR/b/packages.csv"]
    assert in_force([], Settings()) == []


def test_documents_are_listed_with_day_marking_and_rows() -> None:
    found = merged(
        *packages("a", "P-1", "P-2", day="2031-01-10", marking="coalition"),
        *packages("b", "P-3", party="BO"),
        known_on={"BO/b/packages.csv": date(2031, 3, 1)},
        markings={"BO/b/packages.csv": "AR"},
    )
    columns = ("name", "party", "known_on", "marking", "rows")
    rows = found.documents.filter(pl.col("name").str.ends_with("packages.csv")).select(columns).rows()
    assert rows == [
        ("AR/a/packages.csv", "AR", date(2031, 1, 10), "coalition", 2),
        ("BO/b/packages.csv", "BO", date(2031, 3, 1), "AR", 1),
    ]
    days = dict(found.ledger.entries.select("package", "known_on").iter_rows())
    assert days == {"P-1": date(2031, 1, 10), "P-2": date(2031, 1, 10), "P-3": date(2031, 3, 1)}
    marks = dict(found.ledger.entries.select("package", "marking").iter_rows())
    assert marks["P-3"] == "AR"


def test_a_boundary_or_currency_is_that_on_which_all_documents_agree() -> None:
    one, other = (
        replace(each, boundary="country:AFG", currency="NOK") for each in read(*packages("a", "P-1"))
    )
    whole = gather([one, other])
    assert (whole.boundary, whole.currency) == ("country:AFG", "NOK")
    apart = gather([one, replace(other, boundary="", currency="USD")])
    assert (apart.boundary, apart.currency) == ("", "")


def test_rates_of_the_workspace_stand_behind_those_of_documents() -> None:
    rates = Document("AR/rates.csv", b"currency,day,per_eur,source\nNOK,2031-01-05,10,bank\n", "AR")
    own = pl.DataFrame({"currency": ["SEK"], "day": [date(2031, 1, 5)]})
    found = gather(read(rates, *packages("a", "P-1")), rates=own)
    assert found.tables["rates"]["currency"].to_list() == ["NOK", "SEK"]
    alone = gather(read(*packages("a", "P-1")), rates=own)
    assert alone.tables["rates"]["currency"].to_list() == ["SEK"]
    assert "rates" not in gather(read(*packages("a", "P-1"))).tables


def test_receipts_that_another_row_of_the_reference_replaces_are_named() -> None:
    text = "receipt,reference,day,received\nR-1,M-1,2031-02-0{day},{received}\n"
    two = [
        Document(f"AR/{name}/receipts.csv", text.format(day=day, received=5).encode(), "AR")
        for name, day in (("a", 1), ("b", 2))
    ]
    found = gather(read(*two))
    assert found.tables["repeated_receipts"].height == 1
    assert "repeated_receipts" not in gather(read(*packages("a", "P-1"))).tables


def test_tables_show_the_row_of_a_day_that_the_ledger_counts() -> None:
    """Of two statements of one day the lower counts, whatever the files are called."""
    for names_ in (("a", "b"), ("b", "a")):
        low = packages(names_[0], "P-1", day="2031-01-10")
        high = [
            replace(one, content=one.content.replace(b"energy,1", b"energy,9"))
            for one in packages(names_[1], "P-1", day="2031-01-10")
        ]
        found = merged(*low, *high)
        assert found.tables["packages"]["amount"].to_list() == [100]
