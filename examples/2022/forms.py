"""Some packages once more, in the forms in which others publish: OCHA's FTS and IATI 2.03."""

import json
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from xml.sax.saxutils import escape

from konvoi.model.party import party_name

Row = Mapping[str, str]

TRANSCRIPTION = "Transcription made for the Konvoi example from the announcements in SOURCES.md"


def fts_page(packages: Sequence[Row], rates: dict[tuple[str, str], Decimal]) -> str:
    """Flows in the form of OCHA's Financial Tracking Service."""
    flows = [fts_flow(row, rates) for row in packages]
    total = sum(flow["amountUSD"] for flow in flows if isinstance(flow["amountUSD"], int))
    data = {"incoming": {"flowCount": len(flows), "fundingTotal": total, "pledgeTotal": 0}, "flows": flows}
    page = {
        "status": "ok",
        "data": data,
        "meta": {"language": "en", "count": len(flows), "note": TRANSCRIPTION},
    }
    return json.dumps(page, ensure_ascii=False, indent=1) + "\n"


def fts_flow(row: Row, rates: dict[tuple[str, str], Decimal]) -> dict[str, object]:
    """One flow; dollars by the central bank's rates of the day or the last before it."""
    amount, currency = Decimal(row["amount"]), row["currency"]
    per_euro = Decimal(1) if currency == "EUR" else rate(rates, currency, row["day"])
    dollars = amount if currency == "USD" else amount / per_euro * rate(rates, "USD", row["day"])
    stamp = f"{row['day']}T00:00:00Z"
    giver = party_name(row["party"], "en")
    name = giver if row["party"].startswith("EU") else f"{giver}, Government of"
    year = {"type": "UsageYear", "id": "2022", "name": "2022", "behavior": "single"}
    source = [place("Organization", row["party"], name), place("Location", row["party"], giver), year]
    return {
        "id": f"konvoi-{row['package']}",
        "amountUSD": int(dollars.quantize(Decimal(1), ROUND_HALF_UP)),
        "budgetYear": "2022",
        "contributionType": "financial",
        "date": stamp,
        "decisionDate": stamp,
        "firstReportedDate": stamp,
        "description": row["title"],
        "flowType": "Standard",
        "newMoney": True,
        "originalAmount": int(amount),
        "originalCurrency": currency,
        "exchangeRate": float((amount / dollars).quantize(Decimal("0.0001"))),
        "status": "commitment",
        "versionId": 1,
        "sourceObjects": source,
        "destinationObjects": [place("Location", "UA", "Ukraine"), year],
        "boundary": "incoming",
        "onBoundary": "single",
        "reportDetails": [{"sourceType": "Secondary", "organization": TRANSCRIPTION, "date": stamp}],
        "refCode": row["package"],
    }


def rate(rates: dict[tuple[str, str], Decimal], currency: str, day: str) -> Decimal:
    """Units of a currency for one euro on a day, or on the last day before it that has a rate."""
    return rates[max(key for key in rates if key[0] == currency and key[1] <= day)]


def place(kind: str, party: str, name: str) -> dict[str, str]:
    """An object of a flow."""
    return {"type": kind, "id": f"konvoi-{party}", "name": name, "behavior": "single"}


def iati_file(packages: Sequence[Row]) -> str:
    """Activities in the form of IATI 2.03."""
    activities = "".join(iati_activity(row) for row in packages)
    stamp = "2023-03-01T00:00:00Z"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<!-- {TRANSCRIPTION}; not published by any of the organisations named -->\n"
        f'<iati-activities version="2.03" generated-datetime="{stamp}">\n{activities}</iati-activities>\n'
    )


def iati_activity(row: Row) -> str:
    """One activity with one commitment."""
    sector = {"humanitarian": "72010", "financial": "51010"}.get(row["kind"], "43010")
    giver = escape(party_name(row["party"], "en"))
    amount = f'<value currency="{row["currency"]}" value-date="{row["day"]}">{row["amount"]}</value>'
    parts = [
        f"<iati-identifier>XM-KONVOI-EXAMPLE-{row['package']}</iati-identifier>",
        '<reporting-org ref="XM-KONVOI-EXAMPLE" type="90" secondary-reporter="1">'
        f"<narrative>{escape(TRANSCRIPTION)}</narrative></reporting-org>",
        f"<title><narrative>{escape(row['title'])}</narrative></title>",
        f"<description><narrative>{escape(row['title'])}</narrative></description>",
        f'<participating-org role="1" type="10"><narrative>{giver}</narrative></participating-org>',
        '<activity-status code="2"/>',
        f'<activity-date type="2" iso-date="{row["day"]}"/>',
        '<recipient-country code="UA"/>',
        f'<sector vocabulary="1" code="{sector}"/>',
        f'<transaction><transaction-type code="2"/><transaction-date iso-date="{row["day"]}"/>{amount}'
        f"<provider-org><narrative>{giver}</narrative></provider-org></transaction>",
        f'<document-link format="text/html" url="{escape(row["address"])}"><title><narrative>Announcement'
        '</narrative></title><category code="A12"/></document-link>',
    ]
    return '<iati-activity xml:lang="en">\n' + "".join(f" {part}\n" for part in parts) + "</iati-activity>\n"
