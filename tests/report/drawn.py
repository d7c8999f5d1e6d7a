"""Tables that are derived from small tables of a test, as the dataset derives them."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from konvoi.flow.catalogue import CATALOGUE
from konvoi.flow.funding.figures import projects_standing
from konvoi.flow.settings import Settings

Tables = Mapping[str, pl.DataFrame]


def projects_drawn(tables: Tables, day: date, senders: Mapping[str, str]) -> Tables:
    """The tables of projects on a day, without a review decision; senders: party by file."""
    submissions = pl.DataFrame({"name": list(senders), "party": list(senders.values())})
    reviews = CATALOGUE["project_reviews"].schema().to_frame()
    return projects_standing(
        day=day, settings=Settings(), submissions=submissions, project_reviews=reviews, **tables
    )
