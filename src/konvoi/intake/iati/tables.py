"""Tables of an IATI file besides entries: activities, their organisations, plans, conditions, facts."""

import polars as pl

_ORIGIN = {"_file": pl.String(), "_sheet": pl.String(), "_row": pl.Int64()}


def _texts(*names: str) -> dict[str, pl.DataType]:
    return {name: pl.String() for name in names}


ACTIVITIES = pl.Schema(
    {
        **_texts("activity", "title", "reporting", "reporting_ref", "reporting_name"),
        "secondary_reporter": pl.Boolean(),
        **_texts("status", "hierarchy", "humanitarian", "currency", "scope", "countries", "regions"),
        "updated": pl.Date(),
        "planned_start": pl.Date(),
        "actual_start": pl.Date(),
        "planned_end": pl.Date(),
        "actual_end": pl.Date(),
        **_ORIGIN,
    }
)
"""One line for each activity; countries and regions as written, with the percentage where there is one."""

ORGANISATIONS = pl.Schema(
    {
        **_texts("activity", "party", "ref", "name", "role", "type", "its_activity", "channel"),
        **_ORIGIN,
    }
)
"""One line for each participating organisation; role: 1 funds, 2 accounts, 3 extends, 4 implements."""

PLANS = pl.Schema(
    {
        **_texts("activity", "plan", "type", "status"),
        "day_from": pl.Date(),
        "day_to": pl.Date(),
        "amount_minor": pl.Int64(),
        "currency": pl.String(),
        "value_day": pl.Date(),
        **_texts("provider", "provider_activity", "receiver", "receiver_activity"),
        **_ORIGIN,
    }
)
"""One line for each budget and planned disbursement (see `plan`): intentions, never posted."""

CONDITIONS = pl.Schema({**_texts("activity", "attached", "type", "text", "language"), **_ORIGIN})
"""One line for each condition; one with no type for conditions that are attached and not written out."""

RELATED = pl.Schema({**_texts("activity", "related", "type"), **_ORIGIN})
"""One line for each related activity: 1 parent, 2 child, 3 sibling, 4 co-funded, 5 a third party's."""

TRANSACTIONS = pl.Schema(
    {
        **_texts("entry", "activity", "type", "ref", "humanitarian"),
        "value_day": pl.Date(),
        **_texts("provider_ref", "provider_name", "provider_activity"),
        **_texts("receiver_ref", "receiver_name", "receiver_activity"),
        **_texts("channel", "flow_type", "finance_type", "aid_types", "tied_status", "sectors", "regions"),
        **_ORIGIN,
    }
)
"""One line for each transaction: values of IATI that no column of an entry holds."""

BUDGETS = pl.Schema(
    {
        **_texts("party", "organisation", "budget", "line", "text", "status"),
        "day_from": pl.Date(),
        "day_to": pl.Date(),
        "amount_minor": pl.Int64(),
        "currency": pl.String(),
        "value_day": pl.Date(),
        **_texts("recipient", "recipient_name", "country", "region"),
        **_ORIGIN,
    }
)
"""One line for each budget of an organisation, and for each of its lines (`line`), which are parts of it."""

DOCUMENTS = pl.Schema(
    {
        **_texts(
            "party", "organisation", "address", "format", "title", "categories", "languages", "countries"
        ),
        "day": pl.Date(),
        **_ORIGIN,
    }
)
"""One line for each document that an organisation links to."""

TABLES = {
    "iati_activities": ACTIVITIES,
    "iati_organisations": ORGANISATIONS,
    "iati_plans": PLANS,
    "iati_conditions": CONDITIONS,
    "iati_related": RELATED,
    "iati_transactions": TRANSACTIONS,
    "iati_organisation_budgets": BUDGETS,
    "iati_documents": DOCUMENTS,
}
