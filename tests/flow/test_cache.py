"""What takes long to work out is kept, read again as it was, and worked out anew where it is damaged."""

from pathlib import Path

import polars as pl

from konvoi.flow.cache import keep, kept
from konvoi.flow.package_digest import package_digest

SCHEMAS = {"found": pl.Schema({"id": pl.String(), "score": pl.Float64()})}
FOUND = pl.DataFrame({"id": ["a", "b"], "score": [0.5, None]}, schema=SCHEMAS["found"])


def test_what_was_kept_comes_back_as_it_was(tmp_path: Path) -> None:
    keep(tmp_path / "one", {"found": FOUND})
    again = kept(tmp_path / "one", SCHEMAS)
    assert again is not None
    assert again["found"].equals(FOUND)


def test_what_is_not_there_damaged_or_of_other_columns_is_nothing(tmp_path: Path) -> None:
    assert kept(tmp_path / "none", SCHEMAS) is None
    (tmp_path / "bad").write_bytes(b"not a table")
    assert kept(tmp_path / "bad", SCHEMAS) is None
    keep(tmp_path / "other", {"found": FOUND.drop("score")})
    assert kept(tmp_path / "other", SCHEMAS) is None


def test_the_code_of_other_rooms_is_other_code() -> None:
    assert package_digest("align") == package_digest("align") != package_digest("kit")


def test_lists_of_texts_are_kept_and_read_again(tmp_path: Path) -> None:
    schema = pl.Schema({"a": pl.String(), "b": pl.List(pl.String())})
    rows = pl.DataFrame({"a": ["x", "y", "z"], "b": [["1", "2,3"], [], None]}, schema=schema)
    keep(tmp_path / "kept", {"rows": rows})
    found = kept(tmp_path / "kept", {"rows": schema})
    assert found is not None
    assert found["rows"].equals(rows)
