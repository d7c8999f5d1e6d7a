"""Tables of an FTS page besides entries: the facts of each flow, and its reporting organisations."""

import polars as pl

_ORIGIN = {"_file": pl.String(), "_sheet": pl.String(), "_row": pl.Int64()}

FLOWS = pl.Schema(
    {
        "entry": pl.String(),
        "flow": pl.String(),
        "version": pl.String(),
        "reference_code": pl.String(),
        "flow_type": pl.String(),
        "contribution": pl.String(),
        "method": pl.String(),
        "earmarking": pl.String(),
        "keywords": pl.String(),
        "budget_year": pl.String(),
        "new_money": pl.String(),
        "exchange_rate": pl.String(),
        "decided": pl.Date(),
        "first_reported": pl.Date(),
        "created": pl.Date(),
        "updated": pl.Date(),
        "parents": pl.String(),
        "children": pl.String(),
        "side": pl.String(),
        "on_boundary": pl.String(),
        **_ORIGIN,
    }
)
"""One line for each flow: values of FTS that no column of an entry holds; lists joined by a semicolon.

side, on_boundary: as the page states them. parents, children: ids of flows.
"""

OBJECTS = pl.Schema(
    {
        "entry": pl.String(),
        "side": pl.String(),
        "type": pl.String(),
        "id": pl.String(),
        "name": pl.String(),
        "behaviour": pl.String(),
        "code": pl.String(),
        "kinds": pl.String(),
        **_ORIGIN,
    }
)
"""One line for each object of a flow's source or destination: organisation, place, year, plan, cluster, …"""

REPORTS = pl.Schema(
    {
        "entry": pl.String(),
        "organisation": pl.String(),
        "source_type": pl.String(),
        "channel": pl.String(),
        "day": pl.Date(),
        **_ORIGIN,
    }
)
"""One line for each report of a flow: several reports are several lines and still one flow."""
