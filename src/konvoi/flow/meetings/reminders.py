"""Reminders of action items, for each owner from what that owner may see."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from konvoi.flow.cases import bare
from konvoi.flow.contact_store import with_contacts
from konvoi.flow.gathered import Gathered
from konvoi.flow.load_workspace import gathering
from konvoi.flow.meetings.tables import REMINDERS
from konvoi.flow.name_lookup import party as known_party
from konvoi.flow.today import NoDay, today
from konvoi.flow.workspace import Workspace
from konvoi.kit.progress import Progress, Stop, never
from konvoi.report.meetings.reminder import reminder_files


@dataclass(frozen=True)
class Reminded:
    """The day, its reminders (konvoi.accord.reminders.REMINDERS), and the letters by file name."""

    day: date
    rows: pl.DataFrame
    files: Mapping[str, bytes]
    gathered: Gathered


def reminded(work: Workspace, party: str = "", *, stop: Stop = never) -> Reminded:
    """Return the reminders of one party, or of all, with a letter and a calendar for each.

    A party as the reader of the workspace's view gets its own letter only; other readers see the list alone.
    """
    whole = gathering(work, stop=stop)
    party = known_party("--party", party, whole, work.settings)
    rows = bare(whole, work).tables.get("reminders", REMINDERS.schema().to_frame())
    rows = rows.filter(pl.col("party") == party) if party else rows
    files: dict[str, bytes] = {}
    for one in rows["party"].unique().sort():
        if not (whole.view.is_cell or whole.view.reader == one):
            continue
        stop(Progress("Writing reminders", len(files)))
        own = replace(work, view=replace(work.view, reader=one))
        try:
            case = replace(bare(gathering(own, stop=stop), own), reader=one)
        except NoDay:
            continue
        case = case if work.folder is None else with_contacts(case, work.folder)
        files |= reminder_files(case, one, work.settings.contact, work.settings.languages)
    return Reminded(today(whole, work), rows, files, whole)
