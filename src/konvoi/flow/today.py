"""The day of everything that says "today"."""

from datetime import date

from konvoi.flow.gathered import Gathered
from konvoi.flow.workspace import Workspace
from konvoi.gateways.refusal import Refused

UNDATED = "document-undated"
"""Code of the finding on a document without a day."""


def today(gathered: Gathered, work: Workspace) -> date:
    """The day of everything that says "today"."""
    day = work.settings.day or gathered.day or gathered.dated
    if day is None:
        raise Refused("no submission says its day; set `day` under [coalition] in konvoi.toml")
    return day
