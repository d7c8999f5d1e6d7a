"""Limits that cannot be read, from partners' files to the plan and its audit."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
import xlsxwriter
from tests.flow.planning.limited import START, Texts, tables_of, tables_of_sender

from konvoi.intake.read import read
from konvoi.model.document import Document
from konvoi.model.limiting import LIMITING, OF_TABLE
from konvoi.model.table import Type
from konvoi.model.tables import BY_NAME
from konvoi.plan.audit import audit
from konvoi.plan.clean import without
from konvoi.plan.orders import orders
from konvoi.plan.read_problem import from_tables
from konvoi.plan.solve import solve
from konvoi.plan.without import Without
from konvoi.report.tables import csv_files

LATE = {"needs": "need,good,quantity,site,due,last_useful\nN,tent,10,S,2026-01-06,2026-01-20"}
HUTS = {
    "goods": START["goods"] + "\nhut,Hut,piece,100,1,1,1",
    "offers": START["offers"].replace("tent", "hut"),
    "equivalences": "good,serves,ratio\nhut,tent,1",
}
SHOP = {
    "offers": "",
    "budgets": "budget,party,day,amount,currency,good,price,lead_days,supplier,site,most\n"
    "B,Norland,2026-01-05,1000,EUR,,,,,,\nB,Norland,,,EUR,tent,1,1,Maker,D,100",
}
CAPACITY = {
    "capacities": "on,from,to,tonnes,pallets,neq_kg\nDS,2026-01-05,2026-02-01,100,100,100",
}
STANDARD = HUTS | {"standards": "standard,good,requirement,value\nT,tent,packing,box"}

BY_VALUE = {
    "offers": "offer,party,good,quantity,site,unit_value,currency\nO,Norland,tent,10,D,120,EUR",
    "caps": "party,what,most,currency\nNorland,value,1200,EUR",
}

FOR_TABLE: dict[str, Texts] = {
    "goods": {"goods": START["goods"].replace("step", "step,least").replace("1,1,1", "1,1,1,5")},
    "needs": {"needs": START["needs"].replace("due", "due,state").replace("18", "18,validated")},
    "offers": {
        "offers": "offer,party,good,quantity,site,ready,until,state\n"
        "O,Norland,tent,10,D,2026-01-05,2026-02-01,accepted"
    },
    "standards": STANDARD,
    "approvals": {
        "approvals": "approval,kind,party,covers,due,given,refused,expires\n"
        "A,export licence,Norland,O,2026-01-05,2026-01-05,,2026-02-01"
    },
    "budgets": SHOP,
    "equivalences": HUTS,
    "kits": {"kits": "kit,need,per_kit,weight\nK,N,10,5"},
    "earmarks": {"earmarks": "offer,to,value\nO,site,S"},
    "sites": {},
    "lanes": {
        "lanes": "lane,from,to,mode,days_p50,least_tonnes,vehicle_tonnes,vehicle_pallets\n"
        "DS,D,S,road,2,0.001,100,100"
    },
    "capacities": CAPACITY,
    "closures": {"closures": "on,from,to\nDS,2026-01-26,2026-02-01"},
    "caps": {"caps": "party,what,most,good\nNorland,tonnes,100,tent"},
    "stocks": {"stocks": "party,good,stock,floor\nNorland,tent,100,1"},
    "blocked": {"blocked": "kind,value,reason,from,to\nparty,Norland,r,2026-01-26,2026-02-01"},
    "horizon": {},
}
"""For each table a problem whose plan brings 10 while all of its cells can be read."""

FOR_CELL: dict[tuple[str, str], tuple[Texts, int]] = {
    ("needs", "last_useful"): (LATE, 5),
    ("needs", "whole"): (
        {
            "needs": START["needs"].replace("due", "due,whole").replace("18", "18,no"),
            "offers": START["offers"].replace("10", "5"),
        },
        5,
    ),
    ("standards", "value"): (
        HUTS | {"standards": "standard,good,requirement,value\nT,tent,interchangeable with,hut"},
        10,
    ),
    ("standards", "mandatory"): (
        HUTS
        | {"standards": "standard,good,requirement,value,mandatory\nT,tent,interchangeable with,cabin,no"},
        10,
    ),
    ("offers", "unit_value"): (BY_VALUE, 10),
    ("offers", "currency"): (BY_VALUE, 10),
    ("caps", "currency"): (BY_VALUE, 10),
    ("horizon", "late_credit"): (LATE | {"horizon": "start,weeks,late_credit\n2026-01-05,4,0.5"}, 5),
    ("blocked", "kind"): ({"blocked": "kind,value,reason\ncarrier,Norland,r"}, 10),
    ("kits", "need"): (FOR_TABLE["kits"], 15),
    ("kits", "per_kit"): (FOR_TABLE["kits"], 15),
    ("kits", "weight"): (FOR_TABLE["kits"], 15),
}
"""Cells that need a problem of their own, and its value while they can be read."""

NOT_OF_A_PLAN = {name for name in OF_TABLE["capacities"] if name.startswith("daily_")}
EVERY = [(one.table, one.column) for one in LIMITING if one.column not in NOT_OF_A_PLAN]
NAMES = {("approvals", "covers"), ("earmarks", "offer"), ("capacities", "on"), ("closures", "on")}
NAMES |= {("caps", "party"), ("caps", "good"), ("stocks", "party"), ("stocks", "good"), ("blocked", "value")}


def world(table: str, column: str) -> tuple[Texts, int]:
    if (table, column) in FOR_CELL:
        return FOR_CELL[table, column]
    texts = FOR_TABLE[table]
    if table == "capacities" and column in ("from", "to"):
        texts = {"capacities": "on,from,to,tonnes\nDS,2026-01-26,2026-02-01,0"}
    if table == "standards" and column == "in_force":
        rows = "standard,good,requirement,value,in_force\nT,tent,interchangeable with,cabin,2050-01-01"
        texts = {**HUTS, "standards": rows}
    return texts, 10


def changed(texts: Texts, table: str, column: str, cell: str) -> Texts:
    """Return texts in which the last row of a table that states a cell in a column states another."""
    head, *rows = {**START, **texts}[table].splitlines()
    at = head.split(",").index(column)
    number = max(n for n, row in enumerate(rows) if row.split(",")[at] or column == "refused")
    cells = rows[number].split(",")
    cells[at] = cell
    rows[number] = ",".join(cells)
    return {**texts, table: "\n".join([head, *rows])}


def value(texts: Texts) -> Decimal:
    return solve(from_tables(tables_of(texts))).value


def unreadable(table: str, column: str) -> str:
    kind = next(one.type for one in BY_NAME[table].columns if one.name == column)
    return "#REF!" if kind in {Type.TEXT, Type.REF, Type.PARTY, Type.ID} else "4O?"


@pytest.mark.slow(all=True)
@pytest.mark.parametrize(("table", "column"), EVERY)
def test_nothing_that_a_cell_limits_is_used_while_it_cannot_be_read(table: str, column: str) -> None:
    """The same problem, with the cell readable, uses it; a plan of the kit's parts alone is worth 10."""
    texts, usual = world(table, column)
    assert value(texts) == usual
    tables = tables_of(changed(texts, table, column, unreadable(table, column)))
    found = from_tables(tables)
    plan = solve(found)
    expected = {"kits": 10}.get(table, usual if (table, column) in NAMES else 0)
    assert plan.value == expected
    assert {(one.table, one.column) for one in found.without} >= {(table, column)}
    assert {one.code for one in audit(tables, plan)} == {"limit-unreadable"}
    assert any(one.stops_orders for one in without(tables)) == ((table, column) in NAMES)


TWO_LANES = {
    "lanes": START["lanes"] + "\nDX,D,X,road,2",
    "sites": START["sites"] + "\nX,Crossing,crossing,PL",
}
UNREADABLE: dict[str, tuple[Texts, int]] = {
    "a day of refusal that may be two days": (
        {
            "approvals": "approval,kind,party,covers,given,refused\n"
            "A,export licence,Norland,O,2026-01-05,09/01/2030"
        },
        0,
    ),
    "a day of approval that may be two days": (
        {"approvals": "approval,kind,party,covers,given\nA,export licence,Norland,O,10/01/2026"},
        0,
    ),
    "a block of a kind that there is not": (
        {"blocked": "kind,value,reason\npartner,Norland,fraud"},
        0,
    ),
    "a block without a reason": ({"blocked": "kind,value,reason\nparty,Norland,"}, 0),
    "an earmark for a misspelt kind": ({"earmarks": "offer,to,value\nO,regoin,east"}, 0),
    "a floor in words": ({"stocks": "party,good,stock,floor\nNorland,tent,10,nine"}, 0),
    "a cap that may be two numbers": ({"caps": "party,what,most\nNorland,quantity,1.200"}, 1),
    "a capacity that may be two numbers": ({"capacities": "on,tonnes\nDS,1.469"}, 10),
    "a capacity with a letter": ({"capacities": "on,tonnes\nDS,4O"}, 0),
    "handling of a site in words": ({"capacities": "on,tonnes\nS,twelve"}, 0),
    "a day on which an offer is ready": (
        {"offers": "offer,party,good,quantity,site,ready\nO,Norland,tent,10,D,soon"},
        0,
    ),
    "a last day of an offer": (
        {"offers": "offer,party,good,quantity,site,until\nO,Norland,tent,10,D,32.01.2026"},
        0,
    ),
    "a net explosive quantity": (
        {"goods": "good,name,unit,weight_kg,neq_kg\ntent,Tent,piece,100,some"},
        0,
    ),
    "a closure that ends before it begins": ({"closures": "on,from,to\nDS,2026-01-12,2026-01-05"}, 0),
    "a misspelt partner of a cap": ({"caps": "party,what,most\nNorlnd,quantity,0"}, 0),
    "a misspelt lane of a closure": (
        TWO_LANES | {"closures": "on,from,to\nD-S,2026-01-05,2026-02-01"},
        0,
    ),
    "a lead time in words": (SHOP | {"budgets": SHOP["budgets"].replace("tent,1,1,", "tent,1,a week,")}, 0),
    "a transit time in words": ({"lanes": START["lanes"].replace("road,2", "road,two")}, 0),
    "money of a tranche in words": (SHOP | {"budgets": SHOP["budgets"].replace(",1000,", ",plenty,")}, 0),
    "a ratio of an equivalence": (HUTS | {"equivalences": "good,serves,ratio\nhut,tent,one"}, 0),
    "a last useful day that there is not": (
        {"needs": "need,good,quantity,site,due,last_useful\nN,tent,10,S,2026-01-06,31.02.2026"},
        0,
    ),
    "a component of a kit": (
        {"kits": "kit,need,per_kit,weight\nK,N,ten,5"},
        10,
    ),
    "a second floor of one stock": (
        {"stocks": "party,good,stock,floor\nNorland,tent,10,2\nNorland,tent,10,7"},
        3,
    ),
    "a cap without its column": ({"caps": "party,what\nNorland,quantity"}, 0),
    "a capacity under a misspelt head": ({"capacities": "on,tonns\nDS,0"}, 0),
    "a capacity beyond all reckoning": ({"capacities": "on,tonnes,pallets\nDS,99999999999999,3"}, 0),
}
"""Inputs with the number of tents that may come all the same."""

NASTY: dict[str, tuple[str, int]] = {
    "no number at all": ("TBD", 0),
    "not available": ("n/a", 0),
    "a dash, where an empty cell is no limit": ("-", 0),
    "a question mark": ("?", 0),
    "without end": ("∞", 0),
    "about five": ("ca. 5", 0),
    "a range": ("3-5", 0),
    "at most": ("<5", 0),
    "a scale": ("0.5k", 0),
    "spaces only": ("   ", 10),
    "a space as the separator of thousands": ("1 200", 10),
    "a narrow space as the separator of thousands": ("1\u202f200", 10),
    "both separators, German": ('"10.000,5"', 10),
    "a decimal comma": ('"0,5"', 5),
    "a fraction of Unicode": ("½", 0),
    "an error of Excel": ("#DIV/0!", 0),
    "a number with the unit of the column": ("0.5t", 5),
    "a negative number": ("-1", 0),
    "an exponent": ("5e-1", 5),
    "digits of another script": ("٥", 10),
}
"""Capacities in tonnes of the only lane, with the number of tents of 100 kg that may come in a week."""


@pytest.mark.slow(all=True)
@pytest.mark.parametrize(("texts", "expected"), UNREADABLE.values(), ids=UNREADABLE)
def test_an_unreadable_limit_holds_and_the_audit_says_so(texts: Texts, expected: int) -> None:
    tables = tables_of(texts)
    plan = solve(from_tables(tables))
    assert plan.value == expected
    assert plan.without.height > 0
    assert {one.code for one in audit(tables, plan)} == {"limit-unreadable"}


@pytest.mark.slow(all=True)
@pytest.mark.parametrize(("cell", "expected"), NASTY.values(), ids=NASTY)
def test_a_capacity_that_states_no_number_lets_nothing_pass(cell: str, expected: int) -> None:
    one_week = {"horizon": "start,weeks\n2026-01-05,1", "needs": START["needs"].replace("18", "11")}
    tables = tables_of({**one_week, "capacities": f"on,tonnes\nDS,{cell}"})
    plan = solve(from_tables(tables))
    assert plan.value == expected
    readable = {"   ", "1 200", "1\u202f200", '"10.000,5"', '"0,5"', "-1", "5e-1", "٥"}
    assert (plan.without.height > 0) == (cell not in readable)


def test_a_column_settles_what_its_separator_means() -> None:
    """Beside 1.4234 the point of 1.469 marks a fraction: no cell is asked about, and 14 tents pass."""
    rows = "DS,1.469\nDX,1.4234"
    texts = TWO_LANES | {"capacities": f"on,tonnes\n{rows}", "needs": START["needs"].replace("10", "20")}
    texts |= {"offers": START["offers"].replace("10", "20"), "horizon": "start,weeks\n2026-01-05,1"}
    tables = tables_of(texts | {"needs": texts["needs"].replace("18", "11")})
    assert without(tables) == ()
    assert solve(from_tables(tables)).value == 14


def test_what_a_sender_settled_is_remembered_for_its_other_tables() -> None:
    settled = {"party": "party,Norland\nday,2026-01-05"}
    texts = {"konvoi": settled["party"], "capacities": "on,tonnes\nDS,1.469"}
    assert [one.why for one in without(tables_of_sender(texts))] == ["two readings"]
    goods = START["goods"].replace(",100,1,1,1", ",100.25,1,1,1")
    assert without(tables_of_sender(texts | {"goods": goods})) == ()


def test_a_problem_that_is_written_and_read_again_is_the_same_problem() -> None:
    texts = {
        "capacities": "on,tonnes,pallets\nDS,1.469,4O\nSD,5,",
        "caps": "party,what,most\nNorland,tonnes,nine\nNorlnd,tonnes,100",
        "blocked": "kind,value,reason\npartner,Elsewhere,r",
        "stocks": "party,good,stock,floor\nNorland,tent,10,2\nNorland,tent,10,7",
    }
    tables = tables_of(texts)
    written = {name.removesuffix(".csv"): text.decode() for name, text in csv_files(tables).items()}
    again = tables_of(written)
    assert from_tables(again).digest == from_tables(tables).digest
    assert [_cell(one) for one in without(again)] == [_cell(one) for one in without(tables)]


def _cell(one: Without) -> tuple[str, ...]:
    return one.table, one.key, one.column, one.why, one.used


WAIVERS = "table,key,column,value,by,day,reason\n"


def test_a_waiver_with_a_value_sets_the_cell_and_one_without_leaves_it_closed() -> None:
    texts = {"caps": "party,what,most\nNorland,quantity,nine"}
    for value, brought in (("9", 9), ("", 0)):
        waived = {"waivers": f"{WAIVERS}caps,Norland,most,{value},A. Desk,2026-01-05,By telephone"}
        tables = tables_of(texts | waived)
        plan = solve(from_tables(tables))
        assert plan.value == brought
        assert audit(tables, plan) == ()
        [row] = plan.without.to_dicts()
        assert (row["waived_by"], row["reason"], row["used"]) == ("A. Desk", "By telephone", value or None)


@pytest.mark.parametrize(
    ("waiver", "code"),
    [
        ("caps,Norland,most,1.200", "waiver-unreadable"),
        ("caps,Norland,most,ten", "waiver-unreadable"),
        ("caps,Elsewhere,most,9", "waiver-unknown"),
        ("capacities,DS,tonnes,9", "waiver-unknown"),
    ],
)
def test_a_waiver_that_cannot_be_used_is_a_finding_and_the_cell_stays_closed(waiver: str, code: str) -> None:
    texts = {"caps": "party,what,most\nNorland,quantity,nine"}
    tables = tables_of({**texts, "waivers": f"{WAIVERS}{waiver},A. Desk,2026-01-05,r"})
    found = from_tables(tables)
    assert {one.code for one in found.findings} == {"limit-unreadable", code}
    assert solve(found).value == 0


def test_a_waiver_names_what_a_misspelt_identifier_means() -> None:
    texts = TWO_LANES | {"closures": "on,from,to\nthe road,2026-01-05,2026-02-01"}
    assert [one.stops_orders for one in without(tables_of(texts))] == [True]
    tables = tables_of({**texts, "waivers": f"{WAIVERS}closures,the road,on,DS,A. Desk,2026-01-05,r"})
    assert [one.stops_orders for one in without(tables)] == [False]
    assert solve(from_tables(tables)).value == 0


@pytest.mark.parametrize("column", sorted(NOT_OF_A_PLAN))
def test_a_daily_limit_that_cannot_be_read_stops_the_loading_of_every_day(column: str) -> None:
    """Daily limits bind orders alone: the plan stays, and its consignment conflicts."""
    for cell, severities in (("100", []), ("4O?", ["over"])):
        tables = tables_of({"capacities": f"on,{column}\nDS,{cell}"})
        plan = solve(from_tables(tables))
        assert plan.value == 10
        issued = orders(tables, plan, today=date(2026, 1, 5))
        assert sorted(set(issued.conflicts["severity"])) == severities
        assert bool(without(tables)) == bool(severities)


def test_a_line_that_cannot_be_read_at_all_stops_orders() -> None:
    tables = tables_of({"caps": 'party,what,most\n"Norland"x,quantity,5\nNorland,quantity,7'})
    assert {(one.table, one.key, one.why) for one in without(tables)} == {("caps", "", "missing")}
    assert all(one.stops_orders for one in without(tables))


def test_a_sheet_that_looks_like_limits_and_is_not_read_stops_orders() -> None:
    """The sheet of another name states caps: it is proposed, not read, and the list names it."""
    book = BytesIO()
    with xlsxwriter.Workbook(book) as made:
        for name, row in (("caps", ()), ("caps 2026", ("Norland", "tonnes", 5))):
            sheet = made.add_worksheet(name)
            sheet.write_row(0, 0, ("party", "what", "most"))
            sheet.write_row(1, 0, row)
    tables = read(Document("limits.xlsx", book.getvalue())).tables
    [found] = without(tables)
    assert (found.table, found.column, found.read) == ("caps", "party", "caps 2026")
    assert found.place.sheet == "caps 2026"
    assert found.stops_orders


def test_a_waiver_of_what_a_row_names_leaves_its_other_cells_closed() -> None:
    texts = {"caps": "party,what,most,good\nNorland,quantity,nine,the huts of Elsewhere"}
    assert [one.column for one in without(tables_of(texts))] == ["good", "most"]
    waiver = "caps,Norland / the huts of Elsewhere,good,tent,A. Desk,2026-01-05,r"
    tables = tables_of({**texts, "waivers": f"{WAIVERS}{waiver}"})
    assert [(one.column, one.open) for one in without(tables)] == [("good", False), ("most", True)]
    assert solve(from_tables(tables)).value == 0


def test_a_second_row_of_a_key_that_lacks_a_cell_closes_with_the_first() -> None:
    for second in ("Norland,tent,10,", "Norland,tent,,1", "Norland,tent,10,nine"):
        tables = tables_of({"stocks": f"party,good,stock,floor\nNorland,tent,10,2\n{second}"})
        assert solve(from_tables(tables)).value == 0
    papers = "approval,kind,party,covers,given\nA,transit,Norland,O,2026-01-05\nA,,Norland,O,2026-01-05"
    assert value({"approvals": papers}) == 0


def test_very_many_strange_identifiers_are_told_in_seconds() -> None:
    rows = "\n".join(f"LANE-{number:05},5" for number in range(4000))
    lanes = "\n".join(f"WAY-{number:05},D,S,road,2" for number in range(2000))
    tables = tables_of({"capacities": f"on,tonnes\n{rows}", "lanes": f"{START['lanes']}\n{lanes}"})
    assert len(without(tables)) == 4000


TWO_GOODS = {
    "goods": START["goods"] + "\nhut,Hut,piece,100,1,1,1\nbed,Bed,piece,10,0,0,1",
    "offers": START["offers"] + "\nP,Norland,bed,80,D",
}


def test_a_refused_row_of_needs_is_never_served() -> None:
    """The refused row comes first by the alphabet; it is the tents of the first row that are needed."""
    needs = START["needs"] + "\nN,bed,80,S,2026-01-18"
    plan = solve(from_tables(tables_of(TWO_GOODS | {"needs": needs})))
    assert plan.movements.select("need", "good", "quantity").rows() == [("N", "tent", 10)]
    assert [one.as_row()["effect"] for one in without(tables_of(TWO_GOODS | {"needs": needs}))] == [
        "Only the first row is planned."
    ]


def test_a_refused_row_of_needs_is_not_served_once_the_first_is_gone() -> None:
    tables = tables_of(TWO_GOODS | {"needs": START["needs"] + "\nN,bed,80,S,2026-01-18"})
    tables["needs"] = tables["needs"].clear()
    assert from_tables(tables).needs == ()


def test_a_refused_row_of_offers_sends_nothing_and_limits_the_first() -> None:
    offers = START["offers"] + "\nO,Norland,bed,80,D"
    beds = TWO_GOODS | {"offers": offers, "needs": START["needs"] + "\nM,bed,80,S,2026-01-18"}
    found = from_tables(tables_of(beds))
    assert [(found.goods[one.good].id, one.quantity) for one in found.sources] == [("tent", 10 * 10**6)]
    assert value({"offers": START["offers"] + "\nO,Norland,tent,4,D"}) == 4


@pytest.mark.parametrize("table", ["needs", "offers"])
def test_a_quantity_with_two_readings_is_not_planned(table: str) -> None:
    texts = changed(FOR_TABLE[table], table, "quantity", "1.000")
    tables = tables_of(texts)
    found = from_tables(tables)
    assert not (found.needs if table == "needs" else found.sources)
    (told,) = [one for one in found.findings if one.code == "limit-unreadable"]
    assert "stricter" not in told.remedy
