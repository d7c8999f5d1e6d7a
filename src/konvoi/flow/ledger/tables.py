"""The tables of the subject ledger."""

import polars as pl

from konvoi.flow.declare import MINOR, SETTINGS, Column, Derived, Parameter, Scope
from konvoi.model.entries import ENTRIES as SCHEMA

_ENTRY = {
    "entry": "Identifier: digest of source, reference and content",
    "submission": "Document that states it",
    "source": "Issuer of the reference: the partner, or the register",
    "reference": "The issuer's own reference",
    "party": "Partner",
    "counterparty": "Receiver; empty: the coalition's recipient",
    "package": "Package, as announced",
    "line": "Line item of the package; empty: the package as a whole",
    "route": "Delivery channel",
    "kind": "Military, humanitarian, energy, financial or reconstruction",
    "good": "Good; empty for money",
    "stage": "Stage of the pipeline",
    "variant": "Register whose meaning of the stage differs",
    "rule": "Rule under which it counts as delivered",
    "proof": "Proof of the delivery",
    "day_from": "First day on which it may have happened",
    "day_to": "Last day on which it may have happened",
    "known_on": "Day on which the statement became known",
    "promised": "Promised day of delivery",
    "amount_minor": "Amount as stated; negative: a correction or refund",
    "currency": "Currency of the amount (ISO 4217)",
    "stated_minor": "The same amount as the source converts it",
    "stated_currency": "Currency of the converted amount (ISO 4217)",
    "quantity": "Quantity",
    "unit": "Unit of the quantity",
    "valuation": "Source of the amount: given, by hand, by price, none",
    "rate": "Source and day of the rate behind the converted amount",
    "marking": "Readers to whom it is released",
    "count_mode": "How it counts for readers who may not see it",
    "text": "The source's own words",
    "implementer": "Implementer, where it is neither giver nor receiver",
    "address": "Address at which it is published",
    "sheet": "Sheet, table or path in the document",
    "row": "Row in the document; only for its sender and the coordination cell",
    "column": "Column of the value in the document",
    "corrects": "Entry that this one corrects",
}
_REFERS = {"submission": "submissions", "good": "goods", "corrects": "entries"}
_UNITS = {"amount_minor": "minor units", "stated_minor": "minor units"}

ENTRY_COLUMNS = tuple(
    Column(name, dtype, _ENTRY[name], _REFERS.get(name, ""), _UNITS.get(name, ""))
    for name, dtype in SCHEMA.items()
)
"""The columns of entries."""


_TEXT = pl.String()
_WHOLE = pl.Int64()
_IDS = pl.List(pl.String())

SUBMISSIONS = Derived(
    "submissions",
    "Submissions",
    (
        Column("submission", _TEXT, "Document: its path below the folder of submissions"),
        Column("name", _TEXT, "The same path, as findings name it"),
        Column("party", _TEXT, "Sender"),
        Column("format", _TEXT, "Format in which it was read"),
        Column("digest", _TEXT, "SHA-256 of the file; for other readers of the rows that they may see"),
        Column("known_on", pl.Date(), "Day on which it became known"),
        Column("marking", _TEXT, "Readers to whom it is released"),
        Column("rows", _WHOLE, "Entries and table rows in the view"),
        Column("in_force", pl.Boolean(), "Whether no later document replaces it"),
    ),
    Scope.READER,
    key=("name",),
)
ENTRIES = Derived("entries", "Entries in force", ENTRY_COLUMNS, Scope.READER, key=("entry",))
EARLIER = Derived(
    "earlier_entries",
    "Earlier statements of entries in force",
    (
        *ENTRY_COLUMNS,
        Column("until", pl.Date(), "Day on which its successor became known"),
        Column("by", _TEXT, "Entry that replaced it", refers="entries"),
    ),
    Scope.READER,
)
SCOPES = Derived(
    "scopes",
    "Places, years and participants of entries",
    (
        Column("entry", _TEXT, "Entry", refers="entries"),
        Column("side", _TEXT, "Source, destination or as stated"),
        Column("dimension", _TEXT, "Country, year, activity, participant, share, since, place and others"),
        Column("value", _TEXT, "Value"),
    ),
    Scope.READER,
)
CONVENTIONS = Derived(
    "conventions",
    "Boundary, currency and calibration of the documents in force",
    (
        Column("boundary", _TEXT, "Boundary that all documents state; empty where they differ"),
        Column("currency", _TEXT, "Currency of their own totals; empty where they differ"),
        Column("calibrated", pl.Boolean(), "Whether match probabilities are calibrated on reviewed pairs"),
        Column("reviewed", _WHOLE, "Randomly drawn pairs that are reviewed"),
        Column("needed", _WHOLE, "Randomly drawn pairs still to be reviewed"),
    ),
    Scope.READER,
)
DISPUTES = Derived(
    "disputes",
    "Conflicting statements",
    (
        Column("dispute", _TEXT, "Conflict"),
        Column("kind", _TEXT, "Version conflict, reused reference, contained refund"),
        Column("entry", _TEXT, "Entry of one reading"),
        Column("role", _TEXT, "Its part in the conflict"),
    ),
    Scope.READER,
)
DISPUTED = Derived("disputed_entries", "Entries of other readings", ENTRY_COLUMNS, Scope.READER)
PLAUSIBLE = Derived(
    "plausible_entries", "Entries as findings on scale and currency mean them", ENTRY_COLUMNS, Scope.READER
)
OWNERS = Derived(
    "owners",
    "Owners of line items that others report on",
    (
        Column("entry", _TEXT, "Entry", refers="entries"),
        Column("owner", _TEXT, "Source whose line item it is"),
    ),
    Scope.READER,
)

UNREAD_VALUES = Derived(
    "unread_values",
    "Entries with a value that is stated and could not be read",
    (
        Column("entry", _TEXT, "Entry", refers="entries"),
        Column("what", _TEXT, "amount or quantity"),
    ),
    Scope.READER,
)

_LEDGER = (
    *("entries", "earlier_entries", "relations", "scopes", "owners", "disputes", "disputed_entries"),
    "plausible_entries",
    *("conventions", "goods", "families", "parties", "rates", "shares"),
    *("approximations", "unread_values", SETTINGS),
)
"""The inputs of a total."""

_STAGES = ("pledged", "committed", "delivered", "received")

FAMILIES = Derived(
    "families",
    "Parent goods that a register declares",
    (Column("good", _TEXT, "Good"), Column("family", _TEXT, "Parent good")),
    Scope.READER,
)
ALIASES = Derived(
    "aliases",
    "Names of goods in a register",
    (Column("good", _TEXT, "Good"), Column("alias", _TEXT, "Name")),
    Scope.READER,
)

PIPELINE = Derived(
    "pipeline",
    "Pipeline by line item and stage",
    (
        Column("unit", _TEXT, "Source, package and line item"),
        Column("route", _TEXT, "Delivery channel"),
        Column("party", _TEXT, "Partner"),
        Column("kind", _TEXT, "Kind of support"),
        Column("good", _TEXT, "Good", refers="goods"),
        Column("package", _TEXT, "Package"),
        Column("line", _TEXT, "Line item"),
        Column("measure", _TEXT, "Currency, or unit of quantity"),
        Column("stage", _TEXT, "Stage"),
        Column("word", _WHOLE, "Pledged", unit="smallest part of the measure"),
        Column("reached", _WHOLE, "Reached at least the stage", unit="smallest part of the measure"),
        Column("told", pl.Boolean(), "Whether any entry reports the stage or a later one"),
        Column("word_entries", _IDS, "Entries behind the pledge"),
        Column("entries", _IDS, "Entries behind what was reached"),
    ),
    Scope.READER,
    _LEDGER,
    "konvoi.flow.ledger.figures:pipeline",
    key=("unit", "stage"),
    sources=("word_entries", "entries"),
    parameters=(
        Parameter("what", "amount", "amount or quantity", ("amount", "quantity")),
        Parameter("currency", "", "Currency of amounts (ISO 4217)", ("", "EUR")),
    ),
)
_OF_PIPELINE = (*_LEDGER, "allocations", "undertakings", "lines")
_EXACT = pl.Decimal(38, 6)

PIPELINE_ITEMS = Derived(
    "pipeline_items",
    "Pipeline by line item and stage, in money and in quantities",
    (
        Column("what", _TEXT, "Amount or quantity"),
        Column("unit", _TEXT, "Source, package and line item"),
        Column("route", _TEXT, "Delivery channel"),
        Column("party", _TEXT, "Partner"),
        Column("kind", _TEXT, "Kind of support"),
        Column("good", _TEXT, "Good", refers="goods"),
        Column("document", _TEXT, "Agreements behind the line item, separated by ;"),
        Column("package", _TEXT, "Package"),
        Column("line", _TEXT, "Line item; empty: the package as a whole"),
        Column("stage", _TEXT, "Stage"),
        Column("measure", _TEXT, "Currency, or unit of quantity"),
        Column("pledged", _EXACT, "Pledged; empty: no value stated"),
        Column("reached", _EXACT, "Reached at least the stage; empty: not reported, or no value stated"),
        Column("told", pl.Boolean(), "Whether any entry reports the stage or a later one"),
        Column("pledged_entries", _IDS, "Entries behind the pledge", refers="entries"),
        Column("entries", _IDS, "Entries behind what was reached", refers="entries"),
    ),
    Scope.READER,
    _OF_PIPELINE,
    "konvoi.flow.ledger.pipeline:pipeline",
    key=("what", "unit", "stage"),
    sources=("pledged_entries", "entries"),
)
PIPELINE_STAGES = Derived(
    "pipeline_stages",
    "Pipeline by channel, partner, kind, good and agreement",
    (
        Column("what", _TEXT, "Amount or quantity"),
        Column("by", _TEXT, "Rows by route (delivery channel), partner, kind, good or document (agreement)"),
        Column("key", _TEXT, "Partner, kind, good or agreement of the row; empty: not stated"),
        Column("route", _TEXT, "Delivery channel"),
        Column("stage", _TEXT, "Stage"),
        Column("measure", _TEXT, "Currency, or unit of quantity"),
        Column("lines", _WHOLE, "Line items; a package without line items counts as one"),
        Column("lines_reached", _WHOLE, "Line items of which anything reached the stage"),
        Column("lines_not_reported", _WHOLE, "Line items without a report on the stage"),
        Column(
            "lines_without_value", _WHOLE, "Line items whose pledge has no known value; they are in no sum"
        ),
        Column("pledged", _EXACT, "Pledged: reached, outstanding and not reported together"),
        Column("reached", _EXACT, "Reached at least the stage"),
        Column("outstanding", _EXACT, "Not yet at the stage, of line items with a report on it"),
        Column("not_reported", _EXACT, "Pledged of line items without a report on the stage"),
    ),
    Scope.READER,
    _OF_PIPELINE,
    "konvoi.flow.ledger.pipeline:pipeline",
    key=("what", "by", "key", "route", "stage"),
)
TOTALS = Derived(
    "totals",
    "De-duplicated totals",
    (
        Column("key", _TEXT, "Row of the total; empty: the total itself"),
        Column("value", pl.Decimal(38, 6), "With accepted relations", measure=True),
        Column("lowest", pl.Decimal(38, 6), "Lowest over all consistent decisions"),
        Column("highest", pl.Decimal(38, 6), "Highest over all consistent decisions"),
        Column("estimate", pl.Decimal(38, 6), "Mean over all consistent decisions, by match probability"),
        Column("unit", _TEXT, "Currency, or unit of quantity"),
        Column("entries", _IDS, "Entries that counted"),
    ),
    Scope.READER,
    _LEDGER,
    "konvoi.flow.ledger.figures:totals",
    key=("key", "unit"),
    sources=("entries",),
    parameters=(
        Parameter("stage", "pledged", "Stage that is reached at least", _STAGES),
        Parameter(
            "by", "partner", "partner, group, kind, good, month, variant or valuation", ("partner", "kind")
        ),
        Parameter("what", "amount", "amount or quantity", ("amount",)),
        Parameter("good", "", "One good, with its families", ("", "truck-5t")),
        Parameter("currency", "", "Currency of amounts (ISO 4217)", ("", "EUR")),
        Parameter("boundary", "", "A name from konvoi.toml, or a scope", ("",)),
    ),
)
SOURCE_ROWS = Derived(
    "source_rows",
    "Source rows of a total, each with what of it counted",
    (
        Column("entry", _TEXT, "Entry"),
        Column("unit", _TEXT, "Source, package and line item"),
        Column("key", _TEXT, "Row of the total"),
        Column("value", pl.Decimal(38, 6), "As reported"),
        Column("counted", pl.Decimal(38, 6), "Counted in the total", measure=True),
        Column("how", _TEXT, "Whether and how it counted"),
        Column("other", _TEXT, "Entry that the reason names"),
    ),
    Scope.READER,
    _LEDGER,
    "konvoi.flow.ledger.figures:source_rows",
    parameters=TOTALS.parameters,
)

SHARES = Derived(
    "shares",
    "Shares of parties in funds",
    (
        Column("fund", _TEXT, "Fund"),
        Column("party", _TEXT, "Party"),
        Column("share", pl.Decimal(38, 18), "Share from 0 to 1"),
    ),
    Scope.READER,
)
SUPPORT_BY_YEAR = Derived(
    "support_by_year",
    "Support by partner and year, as a register publishes it",
    (
        Column("register", _TEXT, "Register whose meaning of the stages it follows"),
        Column("party", _TEXT, "Partner"),
        Column("year", _WHOLE, "Calendar year"),
        Column("currency", _TEXT, "Currency of the amounts (ISO 4217)"),
        *(
            Column(name, _WHOLE, help, unit=MINOR, currency="currency")
            for name, help in (
                ("committed", "Committed in the year"),
                ("allocated", "Allocated in the year"),
                ("outstanding", "Committed minus allocated; negative: allocated from earlier commitments"),
                ("military", "Allocated, military"),
                ("humanitarian", "Allocated, humanitarian"),
                ("energy", "Allocated, energy"),
                ("financial", "Allocated, financial"),
                ("reconstruction", "Allocated, reconstruction"),
            )
        ),
        Column("first", pl.Date(), "First day that the sums cover"),
        Column("last", pl.Date(), "Last day that the sums cover"),
        Column("figures", _IDS, "Published sums behind it", refers="published_sums"),
    ),
    Scope.READER,
    ("published_sums",),
    "konvoi.flow.ledger.support:support_by_year",
    key=("register", "party", "year", "currency"),
    sources=("figures",),
)
ALLOCATION_SPEED = Derived(
    "allocation_speed",
    "Speed from commitment to allocation by year, as a register publishes support",
    (
        Column("register", _TEXT, "Register whose meaning of the stages it follows"),
        Column("party", _TEXT, "Partner; empty: all partners"),
        Column("year", _WHOLE, "Calendar year, at the end of which the sums hold"),
        Column("currency", _TEXT, "Currency of the amounts (ISO 4217)"),
        Column("committed", _WHOLE, "Committed to date", unit=MINOR, currency="currency"),
        Column("allocated", _WHOLE, "Allocated to date", unit=MINOR, currency="currency"),
        Column("share", pl.Float64(), "Allocated to date of committed to date"),
        Column(
            "outstanding",
            _WHOLE,
            "Committed and not allocated by partners that committed more than they allocated",
            unit=MINOR,
            currency="currency",
        ),
        Column(
            "age_least",
            _WHOLE,
            "Least median age of the outstanding amount: the oldest commitments are allocated first",
            unit="years",
        ),
        Column(
            "age_most",
            _WHOLE,
            "Highest median age of the outstanding amount: the latest commitments are allocated first",
            unit="years",
        ),
        Column("figures", _IDS, "Published sums behind it", refers="published_sums"),
    ),
    Scope.READER,
    ("support_by_year",),
    "konvoi.flow.ledger.allocation_speed:allocation_speed",
    key=("register", "party", "year", "currency"),
    sources=("figures",),
)
TABLES = (
    *(SUBMISSIONS, ENTRIES, EARLIER, SCOPES, CONVENTIONS, DISPUTES, DISPUTED, OWNERS, UNREAD_VALUES),
    *(PLAUSIBLE, SHARES, FAMILIES, ALIASES, PIPELINE, PIPELINE_ITEMS, PIPELINE_STAGES, TOTALS, SOURCE_ROWS),
    *(SUPPORT_BY_YEAR, ALLOCATION_SPEED),
)
"""All tables of this subject."""
