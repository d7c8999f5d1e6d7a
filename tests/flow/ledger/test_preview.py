"""Changes in the totals by documents that are added."""

from decimal import Decimal

import polars as pl
from tests.ledger.ledgers import ledger

from konvoi.flow.gathered import DOCUMENTS, Gathered
from konvoi.flow.ledger.preview import Effect, effects, total_effect
from konvoi.flow.settings import Settings
from konvoi.ledger.post import Ledger
from konvoi.model.entries import CLAIMS

SETTINGS = Settings()
TENTS: dict[str, object] = {
    "line": "L",
    "good": "tent",
    "quantity": Decimal(3),
    "unit": "piece",
    "amount_minor": None,
    "currency": None,
}


def case(whole: Ledger) -> Gathered:
    return Gathered(whole, whole.tables, DOCUMENTS.to_frame(), pl.DataFrame(schema=CLAIMS), ())


def changed(before: Ledger, after: Ledger) -> list[Effect]:
    return list(effects(case(before), case(after), SETTINGS))


def figures(one: Effect) -> tuple[object, ...]:
    return one.what, one.stage, one.good, one.before, one.after, one.statements, one.matching


def amounts(*numbers: int) -> tuple[Decimal, ...]:
    return tuple(map(Decimal, numbers))


def test_the_pledged_total_is_shown_first_and_other_stages_where_they_change() -> None:
    before = ledger({"amount_minor": 100})
    committed: dict[str, object] = {"stage": "committed", "amount_minor": 200}
    assert [figures(one) for one in changed(before, before)] == [
        ("amount", "pledged", "", *amounts(1, 1, 0, 0)),
    ]
    after = changed(before, ledger({"amount_minor": 100}, committed))
    assert [figures(one) for one in after] == [
        ("amount", "pledged", "", *amounts(1, 3, 2, 0)),
        ("amount", "committed", "", *amounts(0, 2, 2, 0)),
    ]
    assert [one.unit for one in after] == ["EUR", "EUR"]


def test_what_an_accepted_relation_takes_off_is_the_effect_of_matching() -> None:
    pair: tuple[dict[str, object], ...] = ({"amount_minor": 500}, {"amount_minor": 700})

    def found(status: str) -> Effect:
        relations = [("e0", "same_as", "e1", status)]
        return changed(ledger(pair[0]), ledger(*pair, relations=relations))[0]

    joined = found("accepted")
    assert (joined.before, joined.after, joined.statements, joined.matching) == amounts(5, 7, 7, -5)
    undecided = found("undecided")
    assert (undecided.after, undecided.statements, undecided.matching) == amounts(12, 7, 0)
    assert (undecided.lowest, undecided.highest) == amounts(7, 12)


def test_a_withdrawal_is_no_stage_of_its_own() -> None:
    gone: dict[str, object] = {"stage": "withdrawn", "package": "p0", "amount_minor": 40}
    found = changed(ledger({}), ledger({}, gone))
    assert [(one.stage, one.after) for one in found] == [("pledged", Decimal("0.60"))]


def test_goods_are_shown_where_a_statement_on_them_came_or_went() -> None:
    more = TENTS | {"line": "M", "package": "q", "quantity": Decimal(4)}
    tank = TENTS | {"line": "T", "package": "t", "good": "tank"}
    found = changed(ledger(TENTS, tank), ledger(TENTS, tank | {"entry": "e1"}, more))
    assert [figures(one) for one in found if one.what == "quantity"] == [
        ("quantity", "pledged", "tent", *amounts(3, 7, 4, 0)),
    ]
    gone = changed(ledger(TENTS, more), ledger(TENTS))
    assert [figures(one) for one in gone if one.what == "quantity"] == [
        ("quantity", "pledged", "tent", *amounts(7, 3, -4, 0)),
    ]


def test_a_relation_alone_changes_the_total_of_its_good() -> None:
    more = TENTS | {"line": "M", "package": "q", "quantity": Decimal(4)}
    joined = ledger(TENTS, more, relations=[("e0", "same_as", "e1", "accepted")])
    found = [figures(one) for one in changed(ledger(TENTS, more), joined) if one.what == "quantity"]
    assert found == [("quantity", "pledged", "tent", *amounts(7, 4, 0, -3))]


def test_a_total_that_becomes_unknown_is_shown_with_the_reason_and_so_is_the_way_back() -> None:
    """The second line states no unit: it is counted in that of the good, which is described anew."""
    known = ledger(TENTS, TENTS | {"line": "M"})
    mixed = ledger(TENTS, TENTS | {"line": "M", "unit": "t"})
    (lost,) = [one for one in changed(known, mixed) if one.what == "quantity"]
    assert (lost.good, lost.before, lost.after) == ("tent", Decimal(6), None)
    assert lost.as_dict()["reason"] == "not known: quantities in different units are not added: piece, t"
    (back,) = [one for one in changed(mixed, known) if one.what == "quantity"]
    assert (back.before, back.after, back.why, back.why_values) == (
        None,
        Decimal(6),
        lost.why,
        lost.why_values,
    )


def test_a_family_changes_with_its_goods_and_where_a_good_comes_under_it() -> None:
    shelter = pl.DataFrame({"good": ["tent"], "family": ["shelter"]})
    apart, under = ledger(TENTS), ledger(TENTS, goods=shelter)
    found = [figures(one) for one in changed(apart, under) if one.what == "quantity"]
    assert found == [("quantity", "pledged", "shelter", *amounts(0, 3, 3, 0))]
    more = ledger(TENTS, TENTS | {"line": "M"}, goods=shelter)
    assert [one.good for one in changed(under, more) if one.what == "quantity"] == ["shelter", "tent"]


def test_effects_are_told_as_exact_decimals() -> None:
    (one,) = changed(ledger({"amount_minor": None}), ledger({"amount_minor": None}, {"amount_minor": 250}))
    told = one.as_dict()
    assert told["before"] is None
    assert told["after"] == told["lowest"] == told["statements"] == Decimal("2.50")
    assert (told["what"], told["stage"], told["good"], told["unit"]) == ("amount", "pledged", "", "EUR")
    assert total_effect([one]) == {
        "total_before": None,
        "total_after": Decimal("2.50"),
        "total_effect": {"statements": Decimal("2.50"), "matching": Decimal(0)},
        "unit": "EUR",
    }
    assert total_effect([]) == {}
