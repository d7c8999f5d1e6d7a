"""Words that reach a page as values, not as sentences in the code: they are message ids too."""

from konvoi.accord.clause_positions import HOW
from konvoi.accord.distance import STATES as STATES_OF_CLAUSES
from konvoi.accord.guarantees import STATES as STATES_OF_GUARANTEES
from konvoi.accord.reminders import LEVELS
from konvoi.accord.renewals import STATES as RENEWAL_STATES
from konvoi.accord.signatures import STATES as STATES_OF_SIGNATURES
from konvoi.fund.principle import REASONS as WHY
from konvoi.fund.principle import SENSES
from konvoi.fund.rule import REASONS
from konvoi.ledger.revisions import KINDS as REVISED
from konvoi.model.finding import Severity
from konvoi.model.stages import KINDS, NOT_STATED, ROUTES, RULES, VALUATIONS, Stage
from konvoi.model.tables import BY_NAME
from konvoi.model.tables.funds import PARTS, TRANCHE_STAGES
from konvoi.model.tables.funds import RULES as FUND_RULES
from konvoi.model.tables.milestones import FULL_POWERS, NEEDS, PATH
from konvoi.model.tables.positions import SILENCE, STANCES
from konvoi.model.tables.projects import CLUSTERS, MONEY_STAGES, PRINCIPLES, PROJECT_STAGES
from konvoi.model.tables.sessions import STEP_STATES, TOPICS
from konvoi.report.forecast.chance import WORDS
from konvoi.report.forecast.coming import BY_PLAN, LEARNT, NO_BASIS
from konvoi.report.language import PLURALS
from konvoi.report.planning.causes import SENTENCES
from konvoi.report.sanctions.listed import WORDS as LISTED

UNITS = ("kg", "t", "m³", "l", "%")
FIGURES = ("gap", "needed", "planned", "unmet", "limit", "slip", "offered", "budget", "site", "closed")
STATES = (
    "at risk",
    "unknown",
    "meets",
    "meets with ratio",
    "lacks",
    "not stated",
    "not stated",
    "on time by the last promised day",
)
RESOURCES = ("tonnes", "pallets", "neq_kg", "quantity")
TALKS = (
    *("in person", "online", "absent", "adopted", "deferred", "rejected", "reported"),
    *("official", "press", "analyst", "unnamed"),
)
"""How parties take part, what became of decisions, classes of statements."""
JOINTS = ("promised", "undertaken", "framework", "called off", "met", "above", "not known")
MONEY = (
    *(*FUND_RULES, *REASONS, *PARTS, *TRANCHE_STAGES),
    *("paid", "decided, not paid", "suspended", "suspended until", "lost", "lost on"),
    *("committed", "step", "at least", "at most", "about"),
    *("is met", "is not met", "is waived"),
)
"""How programmes pay, what became of money, what rows of economic packages are, how exact amounts are."""
POSITIONS = (*STANCES, *SILENCE, *HOW, *STATES_OF_CLAUSES)
"""What parties say to clauses, what silence means, where clauses stand."""
REBUILT = (
    *(*PROJECT_STAGES, *MONEY_STAGES, *PRINCIPLES, *CLUSTERS, *WHY, *(one for one in SENSES if one)),
    *("is met", "is not met", "unknown", "answered", "damage", "principle", "in need", "kWh/m²", "years"),
)
"""Where projects stand, what is asked of them, why which answer is given, of what people are in need."""
BOUNDS = ("at least", "up to", "about", NO_BASIS, LEARNT, BY_PLAN)
"""How exact a figure is, and what a forecast rests on."""
MOVES = ("giver", "supplier", "carrier", "recipient")
CLAIMS = (
    *("budget support", "to be disbursed", "units", "grants", "guarantees", "loans", "swap line"),
    *("financial, for military purposes", "weapons and equipment"),
)
"""What figures of a source are about."""
CHARTS = ("needed", "planned, without delays", "expected, with delays", "80 % interval")
HEADS = ("Figure", "Number", "Entries")
RELATIONS = {
    "same_as": "the same undertaking",
    "restates": "tells it again",
    "part_of": "a part of it",
    "passes_through": "passes it on",
    "reimburses": "pays it back",
    "contracts_for": "a contract for it",
    "serves": "serves this need",
}
"""What the left entry of a relation is or does to the right one."""


def words() -> tuple[str, ...]:
    """All such words, sorted; units that are words also have a plural (PLURALS)."""
    return tuple(
        sorted(
            {
                *(stage.value for stage in Stage),
                *(str(severity) for severity in Severity),
                *KINDS,
                *(*ROUTES, NOT_STATED),
                *RULES,
                *(*VALUATIONS, *REVISED),
                *WORDS,
                *PLURALS,
                *UNITS,
                *FIGURES,
                *STATES,
                *(*CHARTS, *CLAIMS),
                *(*JOINTS, *LISTED),
                *MOVES,
                *BOUNDS,
                *POSITIONS,
                *PATH,
                *(*FULL_POWERS, *NEEDS, *STATES_OF_SIGNATURES, *STATES_OF_GUARANTEES, *RENEWAL_STATES),
                *_choices("guarantees", "kind"),
                *LEVELS,
                *_choices("undertakings", "force"),
                *MONEY,
                *REBUILT,
                *HEADS,
                *RELATIONS.values(),
                *_choices("lanes", "mode"),
                *_choices("approvals", "kind"),
                *_choices("needs", "state"),
                *_choices("standards", "requirement"),
                *TOPICS,
                *STEP_STATES,
                *TALKS,
                *_choices("blocked", "kind"),
                *RESOURCES,
                *SENTENCES.values(),
                *("public", "coalition", "own"),
            }
        )
    )


def _choices(table: str, column: str) -> tuple[str, ...]:
    return next(one.choices for one in BY_NAME[table].columns if one.name == column)
