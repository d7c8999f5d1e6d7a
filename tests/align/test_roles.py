"""The settings of screening: what blocks whom, and from which share owning counts."""

from datetime import date

import pytest

from konvoi.align.listing import Order
from konvoi.align.roles import ALL, Role, Rules, rules, wrong

REGIMES = ("eu", "uk", "us")


def test_by_default_a_freeze_blocks_all_and_others_one_part_or_none() -> None:
    known = Rules()
    blocked = {order: known.blocked("eu", order) for order in Order}
    assert blocked.pop(Order.ASSET_FREEZE) == ALL
    assert blocked.pop(Order.TRANSPORT_BAN) == {Role.HULL}
    assert blocked.pop(Order.EXPORT_CONTROL) == {Role.CONSIGNEE}
    assert set().union(*blocked.values()) == set()


def test_what_is_said_of_a_regime_goes_before_what_is_said_of_all() -> None:
    table = {"blocks": {"export control": ["supplier"], "us export control": []}}
    known = rules(table, REGIMES)
    assert known.blocked("eu", "export control") == {Role.SUPPLIER}
    assert known.blocked("us", "export control") == frozenset()
    assert known.blocked("us", "asset freeze") == ALL


def test_half_counts_but_for_the_united_kingdom_where_it_is_more_than_half() -> None:
    on = date(2026, 1, 3)
    assert (str(Rules().share("uk", on)), str(Rules().share("eu", on))) == ("> 50", ">= 50")
    known = rules({"owned": {"default": "> 25", "us": "off"}}, REGIMES)
    assert (str(known.share("eu", on)), known.share("us", on)) == ("> 25", None)
    assert str(known.share("uk", on)) == "> 50"


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ({"threshold": 0.1}, "threshold"),
        ({"threshold": True}, "threshold"),
        ({"keep_days": -1}, "keep_days"),
        ({"blocks": {"asset freese": []}}, "blocks.asset freese"),
        ({"blocks": {"asset freeze": "all"}}, "blocks.asset freeze"),
        ({"blocks": {"zz asset freeze": []}}, "blocks.zz asset freeze"),
        ({"owned": {"uk": "half"}}, "owned.uk"),
        ({"owned": {"uk": ">= 150"}}, "owned.uk"),
        ({"owned": {"zz": "off"}}, "owned.zz"),
        ({"days": 1}, "days"),
    ],
)
def test_what_cannot_be_meant_is_told_and_the_default_stays(table: dict[str, object], key: str) -> None:
    assert [one[0] for one in wrong(table, REGIMES)] == [key]
    assert rules(table, REGIMES).as_dict() == Rules().as_dict()


def test_settings_are_the_same_again_from_what_a_record_holds() -> None:
    table = {
        "threshold": 0.5,
        "keep_days": 30,
        "blocks": {"eu export control": ["hull"]},
        "owned": {"us": "off"},
    }
    known = rules(table, REGIMES)
    held = known.as_dict() | {"threshold": float(str(known.as_dict()["threshold"]))}
    assert rules(held, REGIMES).as_dict() == known.as_dict()
