"""The tables of how things travel: what a lane needs, and what an empty cell means."""

from konvoi.model.table import Type
from konvoi.model.tables.network import BLOCKED, CAPACITIES, HORIZON, LANES, MEMBERS, RATES, SITES


def test_a_lane_says_between_what_by_what_and_how_long() -> None:
    """The tenth and the ninetieth of a hundred days may be left out, the middle may not."""
    assert {column.name for column in LANES.columns if column.must} == {
        "lane",
        "from",
        "to",
        "mode",
        "days_p50",
    }


def test_a_capacity_may_be_empty_and_is_then_no_limit() -> None:
    """Zero is another thing: closed."""
    limits = [column for column in CAPACITIES.columns if column.name in ("tonnes", "pallets", "neq_kg")]
    assert [(column.must, column.type) for column in limits] == [(False, Type.NUMBER)] * 3
    assert "empty: no limit, 0: closed" in CAPACITIES.help


def test_what_may_be_assumed_has_a_column_that_says_so() -> None:
    """Sites, lanes and capacities are often nobody's published figure."""
    marked = {table.name for table in MEMBERS if any(c.name == "assumption" for c in table.columns)}
    assert marked == {"sites", "lanes", "capacities"}


def test_a_rate_names_its_day_and_who_published_it() -> None:
    """One rate for each currency and day."""
    assert RATES.key == ("currency", "day")
    assert next(column for column in RATES.columns if column.name == "source").must


def test_what_is_blocked_names_the_reason() -> None:
    """A cause without a reason could not be told to the partner."""
    assert next(column for column in BLOCKED.columns if column.name == "reason").must


def test_places_are_told_by_code_and_in_their_own_script() -> None:
    """Beside the name in Latin letters."""
    assert {"code", "name_local", "lat", "lon"} <= {column.name for column in SITES.columns}


def test_a_horizon_has_a_start_and_a_length() -> None:
    """The rest has a default."""
    assert {column.name for column in HORIZON.columns if column.must} == {"start", "weeks"}
