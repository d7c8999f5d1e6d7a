"""The tables of the subject sanctions."""

from dataclasses import replace

from konvoi.flow.column_types import DAY_TYPE, MARKING, SHARE, TEXT, TEXTS, WHOLE, YES
from konvoi.flow.declare import LISTS, SCREENING, Column, Derived, Scope

_PARTY = Column("party", TEXT, "Listed party: a group of listings")
_ORDER = Column("order", TEXT, "Measure")
_ACTS = Column("acts", TEXT, "Legal acts, separated by ;")
_LISTINGS = Column("listings", TEXT, "Listings, separated by ;")
_TITLES = (
    Column("name", TEXT, "Name in Latin letters"),
    Column("original", TEXT, "Name in Cyrillic letters"),
    Column("kind", TEXT, "Person, entity, vessel or aircraft"),
)

REGIMES = Derived(
    "sanction_lists",
    "Sanctions lists in use",
    (
        Column("regime", TEXT, "Regime"),
        Column("day", DAY_TYPE, "Day of the list"),
        Column("first", DAY_TYPE, "First day for which it tells who is not listed"),
        Column("last", DAY_TYPE, "Last day for which it tells who is not listed"),
        Column("age", WHOLE, "Age", unit="days"),
        Column("state", TEXT, "In force, later, or why it is not used"),
        Column("listed", WHOLE, "Parties listed"),
    ),
    Scope.READER,
    (LISTS,),
    "konvoi.flow.sanctions.figures:regimes",
    key=("regime",),
)
SUM = Derived(
    "sanction_sum",
    "Sanctions lists: parties, regimes and open pairs",
    (
        Column("parties", WHOLE, "Parties listed by any regime"),
        Column("regimes", WHOLE, "Regimes"),
        Column("undecided", WHOLE, "Pairs of parties that wait for a review decision"),
        Column("most", WHOLE, "Age up to which a list is used", unit="days"),
    ),
    Scope.READER,
    (LISTS,),
    "konvoi.flow.sanctions.figures:total",
)
SHARES = Derived(
    "sanction_shares",
    "Sanctions coverage by regime and measure",
    (
        Column("regime", TEXT, "Regime"),
        _ORDER,
        Column("listed", WHOLE, "Parties listed"),
        Column("known", WHOLE, "Parties of which it is known whether they are listed"),
        Column("unknown", WHOLE, "Parties of which it is not known"),
        Column("share", SHARE, "Listed of known"),
        Column("day", DAY_TYPE, "Day for which the list speaks"),
    ),
    Scope.READER,
    (LISTS,),
    "konvoi.flow.sanctions.figures:shares",
    key=("regime", "order"),
)
GAPS = Derived(
    "sanction_gaps",
    "Alignment gaps",
    (
        _PARTY,
        _ORDER,
        Column("lacks", TEXT, "Regime that does not list it"),
        Column("has", TEXT, "Regimes that list it, separated by ;"),
        Column("count", WHOLE, "Number of regimes that list it"),
        Column("known", WHOLE, "Regimes that can say for the day whether they list it"),
        _ACTS,
        _LISTINGS,
        Column("cell", TEXT, "Never listed, expired, or not known while a pair is undecided"),
        Column("otherwise", TEXT, "Measures that the regime orders against it instead"),
        Column("perhaps", TEXT, "Parties that it lists and that may be the same"),
        Column("citations", TEXT, "Acts to cite, separated by ;"),
        Column("programmes", TEXT, "Programmes of the regimes that list it, separated by ;"),
        Column("themes", TEXT, "Themes of these programmes, separated by ;"),
        Column("day", DAY_TYPE, "Day for which the list speaks"),
        *_TITLES,
    ),
    Scope.READER,
    (LISTS,),
    "konvoi.flow.sanctions.figures:gaps",
    key=("party", "order", "lacks"),
)
ENDING = Derived(
    "sanction_ending",
    "Listings about to end",
    (
        _PARTY,
        Column("regime", TEXT, "Regime"),
        _ORDER,
        Column("until", DAY_TYPE, "Last day"),
        Column("days", WHOLE, "Days left"),
        _ACTS,
        _LISTINGS,
        Column("others", TEXT, "Regimes that list it beyond that day"),
        *_TITLES,
    ),
    Scope.READER,
    (LISTS,),
    "konvoi.flow.sanctions.figures:ending",
)
LAGS = Derived(
    "sanction_lags",
    "Order and delay of listings between regimes",
    (
        Column("first", TEXT, "One regime"),
        Column("then", TEXT, "Other regime"),
        _ORDER,
        Column("n", WHOLE, "Parties listed by both"),
        Column("earlier", WHOLE, "Listed earlier by the first"),
        Column("same_day", WHOLE, "Listed on the same day"),
        Column("later", WHOLE, "Listed later by the first"),
        Column("median_days", SHARE, "Median of days between them"),
    ),
    Scope.READER,
    (LISTS,),
    "konvoi.flow.sanctions.figures:lags",
    key=("first", "then", "order"),
)
PROPOSALS = Derived(
    "proposals",
    "Proposals to list",
    (
        Column("proposal", TEXT, "Proposal"),
        Column("party", TEXT, "Listed party; empty: no list names it now"),
        Column("name", TEXT, "Name"),
        Column("kind", TEXT, "Person, entity, vessel or aircraft"),
        Column("to", TEXT, "Regime that is to list it"),
        _ORDER,
        Column("state", TEXT, "draft, tabled, adopted, closed or withdrawn"),
        Column("since", DAY_TYPE, "Day since which it has this state"),
        Column("by", TEXT, "Author of the last step"),
        Column("session", TEXT, "Last meeting at which it was tabled"),
        Column("whom", TEXT, "Parties that adopted it"),
        Column("reason", TEXT, "Reason"),
        _LISTINGS,
        _ACTS,
        Column("closed_by", TEXT, "Listing that closes it"),
        Column("closed_on", DAY_TYPE, "Day of the list that closes it"),
        MARKING,
    ),
    Scope.READER,
    key=("proposal",),
)

_SCREENED = Column("party", TEXT, "Screened party", refers="parties")

HITS = Derived(
    "screening_hits",
    "Screening alerts",
    (
        Column("hit", TEXT, "Alert"),
        _SCREENED,
        Column("name", TEXT, "Name that was compared"),
        Column("said", TEXT, "Result"),
        Column("how", TEXT, "By name, number or ownership"),
        Column("score", SHARE, "Similarity"),
        Column("state", TEXT, "undecided, one of two reviewers, false positive, true match or licensed"),
        Column("disposition", TEXT, "true match, false positive or undecided"),
        Column("stops", YES, "Whether it blocks the party"),
        Column("blocks", TEXTS, "Roles that are blocked"),
        Column("regime", TEXT, "Regime"),
        Column("reference", TEXT, "Reference of the listing"),
        Column("listed", TEXT, "Listed name"),
        Column("day", DAY_TYPE, "Day of the list"),
        Column("age", WHOLE, "Age of the list", unit="days"),
        Column("measures", TEXTS, "Measures"),
        Column("stands", TEXTS, "Whether each measure is in force"),
        Column("since", DAY_TYPE, "Day since which it is listed"),
        Column("for", TEXTS, "Evidence for a match"),
        Column("against", TEXTS, "Evidence against a match"),
        Column("chain", TEXTS, "Owners between the party and the listing"),
        replace(Column("reason", TEXT, "Reason of the decision"), cell_only=True),
        replace(Column("reviewers", TEXTS, "Reviewers who decided"), cell_only=True),
        replace(Column("decided", TEXT, "Day of the last decision"), cell_only=True),
        replace(Column("earlier", TEXT, "Decision that counts no more"), cell_only=True),
        replace(Column("reopened", TEXTS, "Changes since that decision"), cell_only=True),
        MARKING,
    ),
    Scope.CELL,
    (SCREENING,),
    "konvoi.flow.sanctions.figures:hits",
    sources=("party",),
)
SCREENING_SUM = Derived(
    "screening_sum",
    "Screening: parties, alerts and blocks",
    tuple(
        replace(one, cell_only=True)
        for one in (
            Column("on", DAY_TYPE, "Day"),
            Column("parties", WHOLE, "Parties screened"),
            Column("blocked", WHOLE, "Parties blocked"),
            Column("open", WHOLE, "Alerts to be decided"),
            Column("warned", WHOLE, "Parties with a warning"),
            Column("clean", WHOLE, "Parties in no list in force"),
            Column("most", WHOLE, "Age up to which a list is used", unit="days"),
        )
    ),
    Scope.CELL,
    (SCREENING,),
    "konvoi.flow.sanctions.figures:screening_total",
)
AGES = Derived(
    "screening_ages",
    "Age of the lists behind the screening",
    tuple(
        replace(one, cell_only=True)
        for one in (
            Column("regime", TEXT, "Regime"),
            Column("day", DAY_TYPE, "Day of the list"),
            Column("age", WHOLE, "Age", unit="days"),
        )
    ),
    Scope.CELL,
    (SCREENING,),
    "konvoi.flow.sanctions.figures:ages",
    key=("regime",),
)

TABLES = (REGIMES, SUM, SHARES, GAPS, ENDING, LAGS, PROPOSALS, HITS, SCREENING_SUM, AGES)
"""All tables of this subject."""
