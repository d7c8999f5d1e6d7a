"""Many people made up from a seed, some of them two or three times with slips."""

import numpy as np
import polars as pl

from konvoi.link.levels import alike, days, equal
from konvoi.link.settings import Block, Settings, Window

_PARTS = ("an", "bo", "che", "dra", "els", "fi", "gor", "hal", "iv", "kov", "len", "mar", "nyk", "ols", "pet")

CROWD_SETTINGS = Settings(
    comparisons=(
        alike("surname"),
        alike(
            "name", measure="levenshtein", at_least=(0.75,), shares=((0.7, 0.02), (0.2, 0.05), (0.1, 0.93))
        ),
        days("born", within=(0, 31), shares=((0.7, 0.01), (0.1, 0.02), (0.2, 0.97))),
        equal("town"),
    ),
    blocks=(
        Block("surname", ("surname", "town")),
        Block("words", ("words",), window=Window("born", 40, 40), narrower=("town",), most=5000),
    ),
    allowed="l.kind = r.kind",
    learn=True,
    by_density=True,
    sample=100_000,
)


def crowd(height: int, seed: int) -> pl.DataFrame:
    """So many records: id, kind, name, surname, born (a day), town, words (a list); some cells are empty."""
    chance = np.random.default_rng(seed)
    person = chance.integers(0, height // 2, height)
    parts = np.array(_PARTS)
    drawn = np.random.default_rng(seed + 1).integers(0, len(parts), (height // 2, 6))
    names = ["".join(parts[row[:2]]) for row in drawn]
    surnames = ["".join(parts[row[2:6]]) for row in drawn]
    born = np.random.default_rng(seed + 2).integers(0, 20_000, height // 2)
    slip, gone = chance.random(height) < 0.2, chance.random(height) < 0.1
    surname = [surnames[p][: -1 if s else None] for p, s in zip(person, slip, strict=True)]
    return pl.DataFrame(
        {
            "id": [f"p{n:06d}" for n in range(height)],
            "kind": np.where(chance.random(height) < 0.98, "person", "firm"),
            "name": [None if g else names[p] for p, g in zip(person, gone, strict=True)],
            "surname": surname,
            "born": pl.Series(born[person] + 14 * slip).cast(pl.Int32).cast(pl.Date),
            "town": [f"t{p % 50}" for p in person],
            "words": [[s[:5], s[-5:]] for s in surname],
        }
    )
