"""The same records from the same seed, as many and as dense as asked."""

import hashlib
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from bench.pledges.__main__ import main
from bench.pledges.generate import Tables, generate
from bench.pledges.lexicon import lexicon
from bench.pledges.rates import rates
from bench.pledges.world import MONTH_STARTS, Setting, base
from click.testing import CliRunner

SMALL = 2_000


def digest(tables: Tables) -> str:
    """A digest of all that the tables say, whatever a library writes around it."""
    found = hashlib.sha256()
    for name, table in tables.items():
        found.update(f"{name}\n{table.write_csv()}".encode())
    return found.hexdigest()[:16]


def test_a_seed_gives_the_same_tables_for_ever() -> None:
    """A change of a single cell changes this digest: say so in the README when it is meant."""
    assert digest(generate(SMALL, 1)) == "7221364aa1debac5"


def test_another_seed_gives_others() -> None:
    """Else seeds held out for the test would be no test."""
    assert digest(generate(SMALL, 1)) != digest(generate(SMALL, 2))


def test_files_are_the_same_byte_by_byte(tmp_path: Path) -> None:
    """Written twice by the command, with a page that names every table."""
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        told = CliRunner().invoke(main, ["--records", str(SMALL), "--seed", "11", "--out", str(folder)])
        assert told.exit_code == 0, told.output
    one, two = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders)
    assert one == two
    page = one["README.md"].decode()
    assert all(name in page for name in one if name != "README.md")


@pytest.mark.parametrize("argv", [["--records", "10"], ["--density", "0"], ["--seed", "-1"]])
def test_what_cannot_be_made_is_refused_with_a_word(argv: list[str], tmp_path: Path) -> None:
    """Nothing is written, the exit is 2, the option is named."""
    told = CliRunner().invoke(main, [*argv, "--out", str(tmp_path / "out")])
    assert told.exit_code == 2
    assert argv[0] in told.output
    assert not (tmp_path / "out").exists()


def test_the_library_refuses_the_same() -> None:
    """With the values."""
    with pytest.raises(ValueError, match="not 10 and 1"):
        generate(10, 1)


@pytest.mark.parametrize(("records", "density"), [(SMALL, 1), (20_000, 10), (20_000, 0.5)])
def test_there_are_about_as_many_records_as_asked(records: int, density: float) -> None:
    """Within a tenth, at any density: undertakings are what is drawn, not records."""
    assert generate(records, 3, density)["records"].height == pytest.approx(records, rel=0.1)


def _per_cell(density: float) -> float:
    """Undertakings by recipient, partner, good and month, over cells that are not empty."""
    world = base(Setting.of(1, density, lexicon("train")), 30_000)
    cells = world.programme * 100 + np.searchsorted(np.array(MONTH_STARTS), world.day, side="right")
    return len(world) / len(np.unique(cells))


def test_a_cell_holds_as_many_as_one_of_fts_times_the_density() -> None:
    """1.5 flows of one giver, place, sector and month; ten times as many at density 10."""
    counted = rates().mean("fts.per_cell")
    assert _per_cell(1) == pytest.approx(counted, rel=0.05)
    assert _per_cell(10) == pytest.approx(10 * counted, rel=0.1)


def test_ids_tell_nothing(told: pl.DataFrame) -> None:
    """The order of rows follows neither day nor what they speak of."""
    row = told.with_row_index()
    for column in (pl.col("cluster"), pl.col("known_on").to_physical()):
        assert abs(float(row.select(pl.corr("index", column)).item())) < 0.05
