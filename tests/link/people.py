"""A few people, some of them twice, and how to tell."""

import polars as pl

from konvoi.link.levels import alike, equal
from konvoi.link.settings import Block, Settings

PEOPLE = pl.DataFrame(
    [
        ("1", "Anna", "Kovalenko", "1980-02-01"),
        ("2", "Anna", "Kovalenka", "1980-02-01"),
        ("3", "Petro", "Shevchenko", "1975-06-30"),
        ("4", "Petro", "Shevchenko", None),
        ("5", "Olha", "Kovalenko", "1991-11-11"),
    ],
    schema=["id", "name", "surname", "born"],
    orient="row",
)

SETTINGS = Settings(
    comparisons=(equal("name"), alike("surname"), equal("born", true=0.95, chance=0.01)),
    blocks=(Block("name", ("name",)), Block("surname", ("surname",))),
    prior=0.1,
)
