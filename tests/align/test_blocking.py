"""Who is compared: owners with a key in common whose sides allow it, each pair of names once."""

import polars as pl
import pytest

from konvoi.align.blocking import MOST, RARE, candidates, keyed

BORN = pl.DataFrame(schema={"owner": pl.Int64(), "year": pl.Int32()})
NUMBERS = {"owner": pl.Int64(), "side": pl.Int64(), "type": pl.String(), "value": pl.String()}
NONE = pl.DataFrame(schema=NUMBERS)


def words(*names: str, kind: str = "entity", df: int = RARE + 1) -> pl.DataFrame:
    """The words of names, each as common as the others."""
    rows = [(n, word, kind, df) for n, name in enumerate(names) for word in name.split()]
    schema = {"name": pl.UInt32(), "skeleton": pl.String(), "kind": pl.String(), "df": pl.Int64()}
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(sound="skeleton")


def held(*sides: int) -> pl.DataFrame:
    """The owner of each name is its number; each stands on a side."""
    rows = {"owner": range(len(sides)), "side": sides, "name": range(len(sides))}
    return pl.DataFrame(rows, schema={"owner": pl.Int64(), "side": pl.Int64(), "name": pl.UInt32()})


def keys(*names: str, kind: str = "entity", df: int = RARE + 1) -> list[str]:
    return sorted(keyed(words(*names, kind=kind, df=df))["key"].unique())


def test_keys_are_two_words_of_five_and_a_word_that_is_alone_or_rare() -> None:
    assert keys("lf bt") == ["entity|bt|lf"]
    assert keys("lf") == ["entity|1|lf"]
    assert keys("lf bt", df=RARE) == ["entity|1|bt", "entity|1|lf", "entity|bt|lf"]
    assert keys("lf bt", kind="ship", df=RARE) == ["ship|bt|lf"]
    assert len(keys("b c d f g h")) == 10


def test_a_key_is_the_same_whatever_other_words_there_are() -> None:
    assert set(keys("lf bt")) < set(keys("lf bt", "d", "z y x"))


@pytest.mark.parametrize(
    ("sides", "pairs"),
    [((0, 1, 1), [(0, 1), (0, 2)]), ((-1, -2, -2), [(1, 2)]), ((0, -1, 0), [])],
)
def test_sides_tell_who_is_compared(sides: tuple[int, ...], pairs: list[tuple[int, int]]) -> None:
    """All but those of one list; or those of one list alone."""
    found = candidates(words("lf bt", "bt lf", "lf bt d"), held(*sides), NONE, BORN)
    assert sorted(found.names.select("left", "right").iter_rows()) == pairs
    assert (found.names["left"] < found.names["right"]).all()
    assert sorted(found.names.select("a", "b").iter_rows()) == pairs


def test_two_names_with_several_keys_in_common_are_one_pair() -> None:
    found = candidates(words("lf bt gm", "gm bt lf"), held(0, 1), NONE, BORN)
    assert found.names.rows() == [(0, 1, 0, 1)]


def test_a_key_that_too_many_bear_is_told_and_asked_by_year_alone() -> None:
    crowd = MOST + 1
    told, sides = words(*["lf bt"] * crowd), held(*range(crowd))
    found = candidates(told, sides, NONE, BORN)
    assert (found.names.height, found.over.rows()) == (0, [("entity|bt|lf", crowd)])
    born = pl.DataFrame({"owner": [3, 5, 7], "year": [1961, 1961, 1962]}, schema=BORN.schema)
    again = candidates(told, sides, NONE, born)
    assert again.names.select("left", "right").rows() == [(3, 5)]
    same = pl.DataFrame({"owner": range(crowd), "year": [1961] * crowd}, schema=BORN.schema)
    over = candidates(told, sides, NONE, same).over
    assert over.rows() == [("entity|bt|lf", crowd), ("entity|bt|lf|1961", crowd)]


def test_an_equal_number_of_one_type_is_a_pair() -> None:
    rows = [
        (0, 0, "inn", "77"),
        (1, 1, "inn", "77"),
        (2, 1, "ogrn", "77"),
        (3, 1, "kpp", "5"),
        (4, 0, "kpp", "5"),
    ]
    numbers = pl.DataFrame(rows, schema=NUMBERS, orient="row")
    found = candidates(words(), held(), numbers, BORN)
    assert found.identifiers.rows() == [(0, 1, "inn", "77")]
