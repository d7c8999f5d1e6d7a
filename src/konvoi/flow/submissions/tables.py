"""The tables of the subject submissions."""

from konvoi.flow.column_types import DAY_TYPE, EXACT, MARKING, ORIGIN, TEXT, TEXTS, WHOLE, YES, minor
from konvoi.flow.declare import DAY, SETTINGS, Column, Derived, Scope

_ENTRY = Column("entry", TEXT, "Entry", refers="entries")
_CURRENCY = Column("currency", TEXT, "Currency (ISO 4217)")


def _texts(**helps: str) -> tuple[Column, ...]:
    return tuple(Column(name, TEXT, help) for name, help in helps.items())


FINDINGS = Derived(
    "findings",
    "Findings",
    (
        *_texts(severity="note, warning or error", code="Code (docs/reference/findings.md)"),
        Column("file", TEXT, "Document", refers="submissions"),
        Column("sheet", TEXT, "Sheet or table of the document"),
        Column("row", WHOLE, "Row; only for the sender and the coordination cell"),
        Column("column", TEXT, "Column"),
        Column("read", TEXT, "Value read"),
        Column("expected", TEXT, "Value expected"),
        Column("remedy", TEXT, "Remedy"),
    ),
    Scope.READER,
)
CLAIMS = Derived(
    "claims",
    "Figures that documents state of themselves, compared and never counted",
    (
        *_texts(claim="Figure", measure="Measure", party="Party", good="Good", stage="Stage"),
        Column("value", EXACT, "Value stated"),
        *_texts(unit="Unit", sheet="Sheet"),
        Column("row", WHOLE, "Row"),
        *_texts(column="Column"),
        *ORIGIN,
    ),
    Scope.READER,
)
REVISIONS = Derived(
    "revisions",
    "Packages that a newer version of a document changed",
    (
        *_texts(source="Issuer of the reference", package="Package", party="Party", kind="Kind of change"),
        Column("changes", TEXTS, "Changes as line item, stage: column: old → new"),
        MARKING,
        *ORIGIN,
    ),
    Scope.READER,
)
ANSWERS = Derived(
    "answers",
    "Answers of parties to questions",
    (
        *_texts(question="Number of the question", answer="Answer, as plain text"),
        Column("day", DAY_TYPE, "Day that the answer states"),
        *_texts(by="Author of the answer", remark="Remark", kind="Kind of question"),
        *_texts(record="Record that it is about", form="Form of the answer", party="Party that was asked"),
        Column("asked_on", DAY_TYPE, "Day on which it was asked"),
        *ORIGIN,
        Column("known_on", DAY_TYPE, "Day on which the answer became known"),
        *_texts(outcome="taken, replaced, remark, or why it was not taken"),
        Column("order", WHOLE, "Order in which the answers took effect"),
    ),
    Scope.READER,
)
RECONSTRUCTED = Derived(
    "reconstructed",
    "Sources published after the day of the view",
    (
        Column("document", TEXT, "Document", refers="submissions"),
        Column("name", TEXT, "Name of the source, by konvoi.toml"),
        Column("published", DAY_TYPE, "Day on which it was published"),
        Column("shown_from", DAY_TYPE, "Day from which it is shown"),
    ),
    Scope.READER,
    ("submissions", SETTINGS, DAY),
    "konvoi.flow.submissions.later_sources:reconstructed_of",
    key=("document",),
    sources=("document",),
)
GROUPS = Derived(
    "groups",
    "Groups of parties that figures of documents speak of",
    _texts(group="Group", party="Member"),
    Scope.READER,
)
FTS_FLOWS = Derived(
    "fts_flows",
    "Flows of the Financial Tracking Service",
    (
        _ENTRY,
        *_texts(flow="Flow", version="Version", reference_code="Reference code", flow_type="Flow type"),
        *_texts(contribution="Contribution type", method="Method", earmarking="Earmarking"),
        *_texts(keywords="Keywords", budget_year="Budget year", new_money="New money"),
        *_texts(exchange_rate="Exchange rate"),
        Column("decided", DAY_TYPE, "Day of the decision"),
        Column("first_reported", DAY_TYPE, "Day of the first report"),
        Column("created", DAY_TYPE, "Day of the record"),
        Column("updated", DAY_TYPE, "Day of the last change"),
        *_texts(parents="Parent flows, separated by ;", children="Child flows, separated by ;"),
        *_texts(side="Side as the page states it", on_boundary="Boundary as the page states it"),
        *ORIGIN,
    ),
    Scope.READER,
)
FTS_OBJECTS = Derived(
    "fts_objects",
    "Organisations, places, years and plans of flows",
    (
        _ENTRY,
        *_texts(side="Source or destination", type="Type", id="Identifier", name="Name"),
        *_texts(behaviour="Shared or single", code="Code", kinds="Kinds of organisation"),
        *ORIGIN,
    ),
    Scope.READER,
)
FTS_REPORTS = Derived(
    "fts_reports",
    "Reports of flows",
    (
        _ENTRY,
        *_texts(organisation="Reporting organisation", source_type="Type of source", channel="Channel"),
        Column("day", DAY_TYPE, "Day of the report"),
        *ORIGIN,
    ),
    Scope.READER,
)
_ACTIVITY = Column("activity", TEXT, "Activity identifier")
IATI_ACTIVITIES = Derived(
    "iati_activities",
    "IATI activities",
    (
        _ACTIVITY,
        *_texts(title="Title", reporting="Reporting party", reporting_ref="Reporting organisation"),
        *_texts(reporting_name="Name of the reporting organisation"),
        Column("secondary_reporter", YES, "Whether the reporter is a secondary one"),
        *_texts(status="Status", hierarchy="Hierarchy", humanitarian="Humanitarian", currency="Currency"),
        *_texts(scope="Scope", countries="Countries with percentage", regions="Regions with percentage"),
        Column("updated", DAY_TYPE, "Day of the last change"),
        Column("planned_start", DAY_TYPE, "Planned start"),
        Column("actual_start", DAY_TYPE, "Actual start"),
        Column("planned_end", DAY_TYPE, "Planned end"),
        Column("actual_end", DAY_TYPE, "Actual end"),
        *ORIGIN,
    ),
    Scope.READER,
)
IATI_ORGANISATIONS = Derived(
    "iati_organisations",
    "Organisations that participate in IATI activities",
    (
        _ACTIVITY,
        *_texts(party="Party", ref="Organisation identifier", name="Name", role="Role (1 to 4)"),
        *_texts(type="Type", its_activity="Its own activity", channel="Channel code"),
        *ORIGIN,
    ),
    Scope.READER,
)
IATI_PLANS = Derived(
    "iati_plans",
    "Budgets and planned disbursements of IATI activities",
    (
        _ACTIVITY,
        *_texts(plan="Budget or planned disbursement", type="Type", status="Status"),
        Column("day_from", DAY_TYPE, "First day"),
        Column("day_to", DAY_TYPE, "Last day"),
        minor("amount_minor", "Amount"),
        _CURRENCY,
        Column("value_day", DAY_TYPE, "Day of the exchange rate"),
        *_texts(provider="Provider", provider_activity="Activity of the provider"),
        *_texts(receiver="Receiver", receiver_activity="Activity of the receiver"),
        *ORIGIN,
    ),
    Scope.READER,
)
IATI_CONDITIONS = Derived(
    "iati_conditions",
    "Conditions attached to IATI activities",
    (
        _ACTIVITY,
        *_texts(attached="Whether conditions are attached", type="Type", text="Text", language="Language"),
        *ORIGIN,
    ),
    Scope.READER,
)
IATI_RELATED = Derived(
    "iati_related",
    "Related IATI activities",
    (_ACTIVITY, *_texts(related="Related activity", type="Type (1 to 5)"), *ORIGIN),
    Scope.READER,
)
IATI_TRANSACTIONS = Derived(
    "iati_transactions",
    "IATI transactions",
    (
        _ENTRY,
        _ACTIVITY,
        *_texts(type="Type", ref="Reference", humanitarian="Humanitarian"),
        Column("value_day", DAY_TYPE, "Day of the exchange rate"),
        *_texts(provider_ref="Provider", provider_name="Name of the provider"),
        *_texts(provider_activity="Activity of the provider"),
        *_texts(receiver_ref="Receiver", receiver_name="Name of the receiver"),
        *_texts(receiver_activity="Activity of the receiver", channel="Channel", flow_type="Flow type"),
        *_texts(finance_type="Finance type", aid_types="Aid types", tied_status="Tied status"),
        *_texts(sectors="Sectors", regions="Regions"),
        *ORIGIN,
    ),
    Scope.READER,
)
_OF_ORGANISATION = _texts(party="Party", organisation="Organisation identifier")
IATI_ORGANISATION_BUDGETS = Derived(
    "iati_organisation_budgets",
    "Budgets and expenditure of organisations in IATI",
    (
        *_OF_ORGANISATION,
        *_texts(budget="Kind of budget", line="Line of the budget", text="Text of the line", status="Status"),
        Column("day_from", DAY_TYPE, "First day"),
        Column("day_to", DAY_TYPE, "Last day"),
        minor("amount_minor", "Amount"),
        _CURRENCY,
        Column("value_day", DAY_TYPE, "Day of the exchange rate"),
        *_texts(recipient="Recipient", recipient_name="Name of the recipient", country="Country"),
        *_texts(region="Region"),
        *ORIGIN,
    ),
    Scope.READER,
)
IATI_DOCUMENTS = Derived(
    "iati_documents",
    "Documents of organisations in IATI",
    (
        *_OF_ORGANISATION,
        *_texts(address="Address", format="Format", title="Title", categories="Categories"),
        *_texts(languages="Languages", countries="Countries"),
        Column("day", DAY_TYPE, "Day of the document"),
        *ORIGIN,
    ),
    Scope.READER,
)
OCDS_ITEMS = Derived(
    "ocds_items",
    "Items of contracts in OCDS",
    (
        Column("contract", TEXT, "Contract or call-off"),
        *_texts(item="Item", description="Description", code="Code with its scheme", unit="Unit"),
        Column("quantity", EXACT, "Quantity"),
        minor("price_minor", "Price of one unit"),
        _CURRENCY,
        *ORIGIN,
    ),
    Scope.READER,
)
OCDS_PROCESSES = Derived(
    "ocds_processes",
    "Contracting processes in OCDS",
    (
        *_texts(process="Process", contract="Contract or call-off", framework="Process of the framework"),
        *_texts(title="Title", language="Language of the title"),
        *ORIGIN,
    ),
    Scope.READER,
)

TABLES = (
    *(FINDINGS, CLAIMS, REVISIONS, ANSWERS, RECONSTRUCTED, GROUPS),
    *(FTS_FLOWS, FTS_OBJECTS, FTS_REPORTS),
    *(IATI_ACTIVITIES, IATI_ORGANISATIONS, IATI_PLANS, IATI_CONDITIONS, IATI_RELATED, IATI_TRANSACTIONS),
    *(IATI_ORGANISATION_BUDGETS, IATI_DOCUMENTS),
    *(OCDS_ITEMS, OCDS_PROCESSES),
)
"""All tables of this subject."""
