"""Inputs of totals of one view, kept as tables and one text, so that totals can be asked without documents.

They are those that the table `totals` declares, cut to the view; a total of them is that of the view itself.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date

import polars as pl

from konvoi.flow.as_gathered import gathered_of
from konvoi.flow.catalogue import CATALOGUE
from konvoi.flow.derive import as_declared, frames_of, input_of
from konvoi.flow.gathered import Gathered
from konvoi.flow.ledger.released_figures import line, release_of
from konvoi.flow.settings import Settings
from konvoi.flow.submissions.not_counted import NotCounted, not_counted
from konvoi.flow.totals_asked import unsettled_names
from konvoi.flow.view import View
from konvoi.ledger.release import Release
from konvoi.model.document import Unread

_SETTINGS = ("recipient", "boundaries", "groups", "delivered", "currency")
"""Settings that a total depends on."""


@dataclass(frozen=True)
class KeptTotals:
    """All that totals of one view are asked of.

    gathered: the ledger with its tables, without documents' rows. missing: what no total of it contains.
    releases: figures of contributions that the reader may not see. names: of parties that wait for an answer,
    each with what it may mean.
    """

    gathered: Gathered
    settings: Settings
    missing: NotCounted
    releases: tuple[Release, ...]
    names: tuple[tuple[str, str], ...]


def total_frames(gathered: Gathered) -> dict[str, pl.DataFrame]:
    """Return the tables that totals of a view are asked of, by their names in the catalogue."""
    return {
        **frames_of(gathered, "totals"),
        "submissions": input_of(gathered, CATALOGUE["submissions"]),
    }


def total_text(gathered: Gathered, settings: Settings, releases: tuple[Release, ...]) -> str:
    """Return what totals of a view depend on beside its tables, as JSON."""
    view = gathered.view
    told = {
        "settings": {name: getattr(settings, name) for name in _SETTINGS},
        "view": [view.as_of.isoformat() if view.as_of else None, view.reader, view.partner],
        "missing": asdict(not_counted(gathered)),
        "releases": [line(one) for one in releases],
        "names": [list(one) for one in unsettled_names(gathered)],
    }
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True)


def kept_totals(text: str, table: Callable[[str], pl.DataFrame | None]) -> KeptTotals:
    """Return what totals are asked of; table: gives a table of the view by its name, None for none."""
    told = json.loads(text)
    wanted = [CATALOGUE[one] for one in (*CATALOGUE["totals"].inputs, "submissions") if one in CATALOGUE]
    gathered = gathered_of({one.name: as_declared(one, table(one.name)) for one in wanted})
    as_of, reader, partner = told["view"]
    view = View(date.fromisoformat(as_of) if as_of else None, reader, partner)
    settings = told["settings"]
    settings["groups"] = {name: tuple(some) for name, some in settings["groups"].items()}
    return KeptTotals(
        replace(gathered, view=view),
        Settings(**settings),
        _missing(told["missing"]),
        tuple(release_of(json.loads(one)) for one in told["releases"]),
        tuple((name, meant) for name, meant in told["names"]),
    )


def _missing(told: Mapping[str, object]) -> NotCounted:
    known = dict(told)
    unread = known.pop("unread")
    assert isinstance(unread, dict)
    return NotCounted(
        refused=tuple(known.pop("refused")),  # type: ignore[arg-type]
        partners=tuple(known.pop("partners")),  # type: ignore[arg-type]
        unread={name: tuple(Unread(**one) for one in some) for name, some in unread.items()},
        **known,  # type: ignore[arg-type]
    )
