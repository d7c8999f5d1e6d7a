"""Lists of sanctions: lists in force, coverage, alignment gaps, proposals, and screening alerts."""

from collections.abc import Mapping

from django.http import HttpRequest
from django.urls import reverse

from konvoi.web.access.requests import viewer_of
from konvoi.web.access.roles import Right
from konvoi.web.form_rows.actions import may_enter
from konvoi.web.lists.columns import Column, Kind, Row
from konvoi.web.lists.found import Found
from konvoi.web.lists.query import Filter, ListQuery

TEMPLATE = "sanctions/list.html"


def proposal_address(row: Row) -> str:
    """Return the address of the proposal that a row names."""
    return reverse("proposal", kwargs={"proposal": row["proposal"]})


def alert_address(row: Row) -> str:
    """Return the address of the alert that a row names."""
    return reverse("alert", kwargs={"alert": row["hit"]})


def _gap_address(row: Row) -> str:
    values = {name: row[name] for name in ("party", "order", "lacks")}
    return reverse("gap", kwargs={"gap": gap_id(values)})


def gap_id(row: Row) -> str:
    """Return the name of a gap in addresses: the regime that lacks it, the measure and the party."""
    return f"{row['lacks']}/{str(row['order']).replace(' ', '-')}/{row['party']}"


def importing(request: HttpRequest, found: Found) -> Mapping[str, object]:
    """Return whether the viewer imports lists, for the list of them."""
    return {"imports_lists": may_enter(viewer_of(request), Right.SCREEN, "")}


SANCTION_LISTS = ListQuery(
    name="sanction-lists",
    title="Sanctions lists in use",
    table="sanction_lists",
    columns=(
        Column("regime", Kind.CHOICE, title="Regime"),
        Column("day", Kind.DAY, title="Day of the list"),
        Column("age", Kind.NUMBER, title="Age (days)"),
        Column("state", Kind.WORDS, title="State"),
        Column("listed", Kind.NUMBER, title="Parties listed"),
        Column("first", Kind.DAY, title="Speaks from", more=True),
        Column("last", Kind.DAY, title="Speaks until", more=True),
    ),
    filters=(Filter("state", title="State"), Filter("age", Kind.NUMBER, title="Age (days)", more=True)),
    sorts=("regime", "day", "age", "listed"),
    counted="state",
    order=("regime",),
    key="regime",
    right=Right.PUBLIC,
    empty="No list of sanctions is in use. The sanctions desk imports lists.",
)
GAPS = ListQuery(
    name="gaps",
    title="Alignment gaps",
    table="sanction_gaps",
    columns=(
        Column("name", title="Who"),
        Column("original", title="Name in Cyrillic letters", more=True),
        Column("kind", Kind.CHOICE),
        Column("order", Kind.WORDS, title="Measure"),
        Column("lacks", Kind.CHOICE, title="Not listed by"),
        Column("has", title="Listed by"),
        Column("cell", Kind.WORDS, title="Evidence"),
        Column("citations", title="Acts to cite"),
        Column("programmes", title="Programmes"),
        Column("themes", title="Themes"),
        Column("perhaps", title="May be listed as"),
        Column("day", Kind.DAY, title="As of"),
        Column("party", title="Listed party", more=True),
    ),
    filters=(
        Filter("lacks", title="Not listed by"),
        Filter("order", title="Measure"),
        Filter("programmes", Kind.TEXT, title="Programmes"),
        Filter("themes", Kind.TEXT, title="Themes"),
        Filter("name", Kind.TEXT, title="Who", more=True),
    ),
    sorts=("name", "order", "lacks", "day"),
    counted="lacks",
    order=("lacks", "order", "name"),
    right=Right.PUBLIC,
    links={"name": _gap_address},
    empty="The lists state no gap. Where a list cannot tell, no gap is stated.",
)
ENDING = ListQuery(
    name="ending",
    title="Listings about to end",
    table="sanction_ending",
    columns=(
        Column("name", title="Who"),
        Column("kind", Kind.CHOICE),
        Column("regime", Kind.CHOICE, title="Regime"),
        Column("order", Kind.WORDS, title="Measure"),
        Column("until", Kind.DAY, title="Last day"),
        Column("days", Kind.NUMBER, title="Days left"),
        Column("acts", title="Acts"),
        Column("others", title="Listed beyond that day by"),
    ),
    filters=(Filter("regime", title="Regime"), Filter("order", title="Measure")),
    sorts=("name", "regime", "until", "days"),
    counted="regime",
    order=("until", "name"),
    right=Right.PUBLIC,
    calendar="until",
    empty="No listing ends soon.",
)
PROPOSALS = ListQuery(
    name="proposals",
    title="Proposals to list",
    table="proposals",
    columns=(
        Column("proposal", title="Proposal"),
        Column("name", title="Who"),
        Column("kind", Kind.CHOICE),
        Column("to", Kind.CHOICE, title="Regime"),
        Column("order", Kind.WORDS, title="Measure"),
        Column("state", Kind.WORDS, title="State"),
        Column("since", Kind.DAY, title="Since"),
        Column("session", title="Meeting"),
        Column("whom", title="Adopted by"),
        Column("reason", title="Reason"),
        Column("acts", title="Acts", more=True),
    ),
    filters=(
        Filter("state", title="State"),
        Filter("to", title="Regime"),
        Filter("name", Kind.TEXT, title="Who"),
    ),
    sorts=("proposal", "name", "to", "state", "since"),
    counted="state",
    order=("-since", "proposal"),
    key="proposal",
    right=Right.PUBLIC,
    links={"proposal": proposal_address},
    empty="No proposal is released to you. A proposal begins with an alignment gap.",
)
ALERTS = ListQuery(
    name="alerts",
    title="Screening alerts",
    table="screening_hits",
    columns=(
        Column("hit", title="Alert"),
        Column("party", title="Screened party"),
        Column("name", title="Name that was compared"),
        Column("said", Kind.WORDS, title="Result"),
        Column("state", Kind.WORDS, title="State"),
        Column("stops", Kind.YES, title="Blocks"),
        Column("blocks", Kind.TEXTS, title="Roles"),
        Column("regime", Kind.CHOICE, title="Regime"),
        Column("listed", title="Listed name"),
        Column("score", Kind.NUMBER, title="Similarity"),
        Column("measures", Kind.TEXTS, title="Measures"),
        Column("day", Kind.DAY, title="Day of the list"),
        Column("age", Kind.NUMBER, title="Age (days)"),
    ),
    filters=(
        Filter("state", title="State"),
        Filter("stops", Kind.YES, title="Blocks"),
        Filter("said", title="Result"),
        Filter("regime", title="Regime"),
        Filter("party", Kind.TEXT, title="Screened party", more=True),
    ),
    sorts=("hit", "party", "name", "state", "score", "age"),
    counted="state",
    order=("-stops", "-score", "hit"),
    key="hit",
    right=Right.READ,
    links={"hit": alert_address},
    empty="No screened party that you may see is in a list in use.",
)
