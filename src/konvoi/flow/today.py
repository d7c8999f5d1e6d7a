"""The day of everything that says "today": the workspace's, else that of the latest document of the view."""

from datetime import date

from konvoi.flow.gathered import Gathered
from konvoi.flow.settings import Settings
from konvoi.flow.workspace import Workspace
from konvoi.gateways.refusal import Refused

UNDATED = "document-undated"
"""Code of the finding on a document without a day."""


class NoDay(Refused):
    """Nothing that a reader may see is dated."""


def known_today(gathered: Gathered, settings: Settings) -> date | None:
    """Return the day of everything that says "today"; None where nothing is dated."""
    return settings.day or gathered.day


def today(gathered: Gathered, work: Workspace) -> date:
    """Return the day of everything that says "today"; NoDay where nothing is dated."""
    day = known_today(gathered, work.settings)
    if day is None:
        raise NoDay("no submission says its day; set `day` under [coalition] in konvoi.toml")
    return day
