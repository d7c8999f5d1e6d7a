"""The tables of the subject forecast."""

from dataclasses import replace

from konvoi.flow.column_types import DAY_TYPE, EXACT, SHARE, TEXT, TEXTS, WHOLE, YES
from konvoi.flow.declare import FORECAST, Column, Derived, Scope

_NEED = Column("need", TEXT, "Need", refers="needs")
_MOVEMENT = Column("movement", TEXT, "Planned movement", refers="planned_movements")
_DAYS = (
    Column("first", DAY_TYPE, "Day by which all has arrived in 10 of 100 runs"),
    Column("middle", DAY_TYPE, "Day by which all has arrived in 50 of 100 runs"),
    Column("last", DAY_TYPE, "Day by which all has arrived in 90 of 100 runs"),
)


def _of_cell(*columns: Column) -> tuple[Column, ...]:
    return tuple(replace(one, cell_only=True) for one in columns)


# Figures of a need rest on all movements to it: a reader who does not see one of them does not see the row.
_MOVEMENTS = Column("movements", TEXTS, "Planned movements to the need", refers="planned_movements")
NEEDS = Derived(
    "forecast_needs",
    "On-time probability by need",
    (
        _NEED,
        Column("quantity", EXACT, "Quantity needed"),
        Column("planned", EXACT, "Quantity planned"),
        Column("on_time", SHARE, "Probability that all that is planned arrives by the due day"),
        Column("expected", SHARE, "Units of the need expected by the due day"),
        *_DAYS,
        _MOVEMENTS,
    ),
    Scope.CELL,
    (FORECAST,),
    "konvoi.flow.forecast.figures:needs",
    key=("need",),
    sources=("need", "movements"),
)
MOVEMENTS = Derived(
    "forecast_movements",
    "On-time probability by planned movement",
    (_MOVEMENT, Column("on_time", SHARE, "Probability of arriving by the due day"), *_DAYS),
    Scope.CELL,
    (FORECAST,),
    "konvoi.flow.forecast.figures:movements",
    key=("movement",),
    sources=("movement",),
)
LATENESS = Derived(
    "forecast_lateness",
    "Days late by planned movement",
    (
        _MOVEMENT,
        Column("days", WHOLE, "Days later than planned; 0: as planned or earlier"),
        Column("share", SHARE, "Share of the runs"),
    ),
    Scope.CELL,
    (FORECAST,),
    "konvoi.flow.forecast.figures:lateness",
    key=("movement", "days"),
    sources=("movement",),
)
PARTNERS = Derived(
    "forecast_partners",
    "On-time probability by partner",
    _of_cell(
        Column("partner", TEXT, "Partner"),
        Column("movements", WHOLE, "Planned movements"),
        Column("on_time", SHARE, "Mean on-time probability of its movements"),
        Column("all_on_time", SHARE, "Probability that all of them are on time"),
        *_DAYS,
    ),
    Scope.CELL,
    (FORECAST,),
    "konvoi.flow.forecast.figures:partners",
    key=("partner",),
)
CAUSES = Derived(
    "forecast_causes",
    "Causes of delay",
    _of_cell(
        Column("of", TEXT, "need or partner"),
        Column("id", TEXT, "Need or partner"),
        Column("kind", TEXT, "Kind of step, or plan: late by the plan itself"),
        Column("key", TEXT, "Supplier, state, lane or site"),
        Column("share", SHARE, "Share of late arrivals that would have been on time without it"),
    ),
    Scope.CELL,
    (FORECAST,),
    "konvoi.flow.forecast.figures:causes",
)
BASES = Derived(
    "forecast_bases",
    "Basis of lead times by kind of step",
    _of_cell(
        Column("kind", TEXT, "Kind of step"),
        Column("steps", WHOLE, "Number of steps"),
        Column("learnt", WHOLE, "Steps with a lead time from history"),
        Column("few", WHOLE, "Of these, steps with few cases"),
        Column("stated", WHOLE, "Steps with a stated lead time"),
        Column("assumed", WHOLE, "Steps with an assumed lead time"),
        Column("cases", WHOLE, "Fewest cases behind a lead time"),
        Column("data", TEXT, "Names of the data"),
        Column("low", SHARE, "Assumed for 10 of 100"),
        Column("middle", SHARE, "Assumed for 50 of 100"),
        Column("high", SHARE, "Assumed for 90 of 100"),
        Column("times", YES, "Whether the assumption multiplies the planned days"),
    ),
    Scope.CELL,
    (FORECAST,),
    "konvoi.flow.forecast.figures:bases",
    key=("kind",),
)
QUEUES = Derived(
    "forecast_queues",
    "On-time probability with and without queues",
    (
        _NEED,
        Column("runs", WHOLE, "Runs"),
        Column("free", SHARE, "On-time probability where nothing waits for capacity"),
        Column("queued", SHARE, "On-time probability where late goods wait for capacity", cell_only=True),
        _MOVEMENTS,
    ),
    Scope.CELL,
    (FORECAST,),
    "konvoi.flow.forecast.figures:queues",
    key=("need",),
    sources=("need", "movements"),
)
REMEDIES = Derived(
    "remedies",
    "Remedies for late needs",
    _of_cell(
        Column("need", TEXT, "Need"),
        Column("change", TEXT, "earlier, way, split or approval"),
        Column("movements", WHOLE, "Movements that are changed"),
        Column("days", WHOLE, "Days earlier"),
        Column("without", TEXT, "Lane that is avoided"),
        Column("way", TEXT, "Lanes taken instead, separated by ;"),
        Column("whose", TEXT, "State whose approvals come earlier"),
        Column("before", SHARE, "On-time probability before"),
        Column("after", SHARE, "On-time probability after"),
        Column("expected_before", SHARE, "Units in time before"),
        Column("expected_after", SHARE, "Units in time after"),
    ),
    Scope.CELL,
    (FORECAST,),
    "konvoi.flow.forecast.figures:remedies",
)

TABLES = (NEEDS, MOVEMENTS, LATENESS, PARTNERS, CAUSES, BASES, QUEUES, REMEDIES)
"""All tables of this subject."""
