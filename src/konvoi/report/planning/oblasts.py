"""The oblast of Ukraine in which a site lies, by its region's name, and the number of people who live
there.
"""

from dataclasses import dataclass
from functools import cache

from konvoi.kit.text import fold
from konvoi.report.case import Case
from konvoi.report.names import table
from konvoi.report.page import Name
from konvoi.report.resources import resource


@dataclass(frozen=True)
class Oblast:
    """An oblast: its official code, its name, and its people; None where no figure is known."""

    code: str
    name: Name
    people: int | None


@cache
def known() -> dict[str, Oblast]:
    """The oblasts by the folded spelling of their code and names; source: places/ua-oblasts.csv."""
    found: dict[str, Oblast] = {}
    for line in resource("places/ua-oblasts.csv").decode("utf-8").splitlines():
        if line.startswith("UA"):
            code, name, own, people = line.split(",")
            oblast = Oblast(code, Name(name, uk=own), int(people) if people else None)
            found |= {fold(spelling): oblast for spelling in (code, name, own)}
    return found


def oblasts(case: Case) -> dict[str, Oblast]:
    """The oblast of each site in Ukraine that names its region; one without a figure has no people.

    Where the submissions state how many live in an oblast (people_in_need), the latest year of theirs counts.
    """
    stated = {
        fold(oblast): people
        for oblast, people in table(case, "people_in_need")
        .drop_nulls(["oblast", "population"])
        .sort("year")
        .select("oblast", "population")
        .iter_rows()
    }
    found = {}
    for row in table(case, "sites").iter_rows(named=True):
        region = str(row.get("region") or "")
        if not region or row["country"] != "UA":
            continue
        one = known().get(fold(region)) or Oblast(region, Name(region, uk=region), None)
        people = stated.get(fold(one.code), one.people)
        found[str(row["site"])] = Oblast(one.code, one.name, people)
    return found
