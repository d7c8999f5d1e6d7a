"""Rows of a view are read as if the hidden rows of their document and of their sender were not there."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from konvoi.flow import parse_documents
from konvoi.flow.load_workspace import gathering
from konvoi.flow.parse_documents import understand
from konvoi.flow.party_views import party_inputs
from konvoi.flow.settings import Settings
from konvoi.flow.view import View
from konvoi.flow.view_readings import sources
from konvoi.flow.workspace import Workspace
from konvoi.gateways.sandbox import Outcome
from konvoi.intake.batch import read_batch
from konvoi.intake.join import headed
from konvoi.model.document import Document, Reading

Row = dict[str, str]

COALITION = Settings(recipient="BO")


def table(name: str, rows: Sequence[Row], *, party: str = "AR", folder: str = "one") -> Document:
    """A table of the party as CSV, with the columns that any of the rows has."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return Document(f"{party}/{folder}/{name}.csv", out.getvalue().encode(), party)


def head(day: str = "2031-01-10", *, party: str = "AR", folder: str = "one") -> Document:
    return Document(f"{party}/{folder}/konvoi.csv", f"party,{party}\nday,{day}\n".encode(), party)


def package(id: str, amount: str, marking: str = "public", **more: str) -> Row:
    row = {"package": id, "party": "AR", "day": "2031-01-05", "kind": "energy", "title": f"Gift {id}"}
    return {**row, "amount": amount, "currency": "EUR", "marking": marking, **more}


def need(id: str, due: str, marking: str = "public", quantity: str = "5") -> Row:
    row = {"need": id, "good": "tent", "quantity": quantity, "site": "S-1"}
    return {**row, "due": due, "marking": marking}


def seen(documents: Sequence[Document], reader: str = "public") -> list[Reading]:
    readings = headed(understand(documents, settings=COALITION))
    return sources(readings, documents, COALITION).cut(View(None, reader))


def rows(documents: Sequence[Document], name: str, column: str, reader: str = "public") -> dict[str, object]:
    """The values of a column by the key of each row that a reader is given."""
    found: dict[str, object] = {}
    for one in seen(documents, reader):
        if name in one.tables:
            key = one.tables[name].columns[0]
            found |= dict(one.tables[name].select(key, column).iter_rows())
    return found


def amounts(*packages: Row, reader: str = "public") -> dict[str, object]:
    return rows([head(), table("packages", packages)], "packages", "amount", reader)


def test_a_hidden_number_decides_no_separator_for_other_readers() -> None:
    public = package("A-1", "1.000")
    assert amounts(public) == {"A-1": None}
    assert amounts(public, package("A-2", "2.000,50", "own")) == {"A-1": None}
    assert amounts(public, package("A-2", "2.000,50", "own"), reader="AR") == {"A-1": 100000, "A-2": 200050}
    assert amounts(public, package("A-2", "2.000,50")) == {"A-1": 100000, "A-2": 200050}


def test_a_hidden_number_takes_no_evidence_away() -> None:
    shown = package("A-1", "1.000"), package("A-2", "2.000,50")
    assert amounts(*shown, package("A-3", "7.5", "own")) == amounts(*shown) == {"A-1": 100000, "A-2": 200050}


def test_a_hidden_day_decides_no_order_of_day_and_month() -> None:
    shown = need("N-1", "03/04/2031")
    for hidden in ("25/04/2031", "04/25/2031"):
        documents = [head(), table("needs", [shown, need("N-2", hidden, "own")])]
        assert rows(documents, "needs", "due") == rows([head(), table("needs", [shown])], "needs", "due")


def test_a_hidden_row_takes_the_key_of_no_other() -> None:
    documents = [head(), table("needs", [need("N-1", "2031-05-01", "own", "9"), need("N-1", "2031-06-01")])]
    assert list(rows(documents, "needs", "due")) == ["N-1"]
    assert str(rows(documents, "needs", "due")["N-1"]) == "2031-06-01"


def test_a_hidden_row_makes_no_other_a_total() -> None:
    shown = package("A-1", "100"), package("A-2", "250", title="Total 2031")
    without = amounts(*shown)
    assert amounts(*shown, package("A-3", "150", "own")) == without
    assert set(without) == {"A-1", "A-2"}


def test_a_hidden_name_of_a_party_is_known_to_nobody_else() -> None:
    gift = package("A-1", "100", party="Lowland")
    named = {"party": "CE", "name": "Centralia", "aliases": "Lowland", "kind": "state", "marking": "own"}
    documents = [head(), table("packages", [gift]), table("parties", [named])]
    assert rows(documents, "packages", "party") == rows(documents[:2], "packages", "party")


def test_the_senders_other_documents_decide_by_what_the_reader_sees() -> None:
    def documents(marking: str) -> list[Document]:
        earlier = [package("A-9", "2.000,50", marking)]
        return [
            head(),
            table("packages", [package("A-1", "1.000")]),
            head("2031-01-01", folder="before"),
            table("packages", earlier, folder="before"),
        ]

    assert rows(documents("public"), "packages", "amount")["A-1"] == 100000
    assert rows(documents("own"), "packages", "amount") == {"A-1": None}
    assert rows(documents("own"), "packages", "amount", "AR")["A-1"] == 100000


def test_a_finding_on_several_rows_names_those_of_the_view_by_their_numbers_in_it() -> None:
    shown = [package("A-1", "1.000"), package("A-2", "3.000")]
    documents = [head(), table("packages", [shown[0], package("A-3", "7.000", "own"), shown[1]])]
    without = [head(), table("packages", shown)]
    found, same = ([told for one in seen(some) for told in one.findings] for some in (documents, without))
    assert found == same
    assert [one.values["rows"] for one in found if one.code == "number-ambiguous"] == ["2"]


def test_a_party_is_asked_from_rows_read_without_what_is_hidden_from_it() -> None:
    documents = (head(), table("packages", [package("A-1", "1.000"), package("A-2", "2.000,50", "own")]))
    work = Workspace(None, COALITION, documents)
    inputs = gathering(work).inputs
    assert inputs is not None
    assert _amounts(party_inputs(inputs, "AR").inputs.readings) == [100000, 200050]
    assert _amounts(party_inputs(inputs, "CE").inputs.readings) == [None]
    inputs = gathering(replace(work, view=View(None, "public"))).inputs
    assert inputs is not None
    assert _amounts(party_inputs(inputs, "AR").inputs.readings) == [None]


def _amounts(readings: Sequence[Reading]) -> list[object]:
    packages = [one.tables["packages"] for one in readings if "packages" in one.tables]
    return [amount for rows in packages for amount in rows["amount"]]


MARKINGS = st.sampled_from(("public", "coalition", "own", "CE", "Lowland"))
AMOUNTS = st.sampled_from(("1.000", "1,000", "2.000,50", "3,5", "4.5", "100", "1,234.56", "1.5 Mio", "x"))
DAYS = st.sampled_from(("03/04/2031", "25/04/2031", "04/25/2031", "2031-05-06", "31/31/2031"))
TITLES = st.sampled_from(("Stoves", "Total", "Total 2031", "Cranes"))
PARTIES = st.sampled_from(("AR", "CE", "Lowland"))
PACKAGES = st.builds(
    lambda id, amount, marking, day, title, party: package(
        id, amount, marking, day=day, title=title, party=party
    ),
    st.sampled_from(("A-1", "A-2", "A-3")),
    AMOUNTS,
    MARKINGS,
    DAYS,
    TITLES,
    PARTIES,
)
NEEDS = st.builds(need, st.sampled_from(("N-1", "N-2")), DAYS, MARKINGS, AMOUNTS)
NAMED = st.builds(
    lambda party, alias, marking: {
        "party": party,
        "aliases": alias,
        "kind": "state",
        "marking": marking,
    },
    st.sampled_from(("CE", "DO")),
    st.sampled_from(("Lowland", "Highland")),
    MARKINGS,
)


def alone(packages: list[Row], needs: list[Row], parties: list[Row]) -> list[Document]:
    return [head(), table("packages", packages), table("needs", needs), table("parties", parties)]


@pytest.fixture(scope="module")
def in_process() -> Iterator[None]:
    """Read in this process: children that each read one small file would take minutes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            parse_documents, "run_many", lambda _, sent, __: [Outcome(read_batch(one)) for one in sent]
        )
        yield


@pytest.mark.usefixtures("in_process")
@settings(max_examples=80, deadline=None)
@given(st.lists(PACKAGES, max_size=5), st.lists(NEEDS, max_size=4), st.lists(NAMED, max_size=2))
def test_the_public_is_given_the_same_where_hidden_rows_are_not_there(
    packages: list[Row], needs: list[Row], parties: list[Row]
) -> None:
    public = [[row for row in some if row["marking"] == "public"] for some in (packages, needs, parties)]
    assert given_to("public", alone(packages, needs, parties)) == given_to("public", alone(*public))


@pytest.mark.usefixtures("in_process")
@settings(max_examples=80, deadline=None)
@given(
    st.lists(PACKAGES, max_size=5),
    st.lists(NEEDS, max_size=4),
    st.lists(NAMED, max_size=2),
    st.sampled_from(("coalition", "CE")),
)
def test_what_a_reader_is_given_is_what_its_rows_alone_give(
    packages: list[Row], needs: list[Row], parties: list[Row], reader: str
) -> None:
    documents = alone(packages, needs, parties)
    read = headed(understand(documents, settings=COALITION))
    shown = sources(read, documents, COALITION).shown(View(None, reader))
    left = {
        (one.document, row)
        for one in shown
        for rows in (*one.tables.values(), *one.left_out.values())
        for row in rows["_row"]
    }
    rest = [
        [row for number, row in enumerate(some, 2) if (f"AR/one/{name}.csv", number) in left]
        for name, some in (("packages", packages), ("needs", needs), ("parties", parties))
    ]
    assert given_to(reader, documents) == given_to(reader, alone(*rest))


def given_to(reader: str, documents: Sequence[Document]) -> list[object]:
    return [
        (
            one.document,
            {name: rows.rows() for name, rows in one.tables.items() if rows.height},
            one.findings,
            one.entries.drop("submission").rows(),
        )
        for one in seen(documents, reader)
        if any(rows.height for rows in one.tables.values())
    ]


def test_other_readers_are_told_no_rows_and_every_value_of_the_column_that_could_not_be_read() -> None:
    rows_ = [package(f"A-{at}", "1.000") for at in range(1, 4)]
    work = Workspace(None, COALITION, (head(), table("packages", rows_)))
    for reader, remedy in (("public", "meant."), ("AR", "meant; also in rows {rows}.")):
        whole = gathering(replace(work, view=View(None, reader)))
        (asked,) = (one for one in whole.findings if one.code == "number-ambiguous")
        assert asked.remedy.endswith(remedy)
        assert whole.ledger.tables["unread_values"].height == 3


def test_what_was_seen_in_a_file_of_no_known_format_is_told_to_its_sender_alone() -> None:
    strange = Document("AR/gifts.csv", b"secret;words\nof;ours\n", "AR")
    ((told,),) = ([*one.findings] for one in seen([strange], "AR"))
    assert "secret" in told.read
    found = [one for reading in seen([strange]) for one in reading.findings]
    assert not any("secret" in str(one.as_dict()) for one in found)


def test_a_subtotal_is_read_by_the_rows_that_a_reader_sees() -> None:
    part = package("S-1", "250", title="Subtotal: grid")
    shown = package("A-1", "100"), package("A-2", "150")
    hidden = package("A-3", "40", "own")
    assert set(amounts(*shown, part)) == {"A-1", "A-2"}
    assert amounts(*shown, hidden, part) == amounts(*shown, part)
    assert set(amounts(shown[0], hidden, part, package("A-4", "60"), reader="AR")) >= {"S-1"}
    whole = package("S-2", "290", title="Subtotal: all")
    assert amounts(*shown, hidden, whole) == amounts(*shown, whole)
    assert "S-2" not in amounts(*shown, hidden, whole, reader="AR")
