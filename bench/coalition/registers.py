"""Write packages as registers publish them: IATI 2.03, flows of FTS, releases of OCDS."""

import json
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from bench.coalition.world import PER_EUR, Document, Row

_IATI_CODES = {
    "NL": ("XM-DAC-7", "Netherlands, Ministry of Foreign Affairs"),
    "US": ("US-GOV-1", "United States"),
}
_FTS_NAMES = {
    "CA": "Canada, Government of",
    "JP": "Japan, Government of",
    "DE": "Germany, Government of",
    "SE": "Sweden, Government of",
    "NO": "Norway, Government of",
    "GB": "United Kingdom, Government of",
    "PL": "Poland, Government of",
    "FR": "France, Government of",
    "EE": "Estonia, Government of",
    "UNICEF": "United Nations Children's Fund",
}
_SECTORS = {"humanitarian": "72010", "energy": "23210", "reconstruction": "73010", "financial": "51010"}


def register_files(document: Document) -> list[tuple[str, str]]:
    """Return names and contents of the files of a register; FTS gives one page for each year."""
    rows = document.tables.get("packages", [])
    if document.dialect == "iati":
        return [(f"{document.name}.xml", _iati(document, rows))]
    if document.dialect == "ocds":
        return [(f"{document.name}.json", _ocds(document, document.tables["contracts"]))]
    years = sorted({_day(row).year for row in rows})
    return [
        (
            f"{document.name}-{year}.json",
            _fts(document, [row for row in rows if _day(row).year == year], year),
        )
        for year in years
    ]


def _day(row: Row) -> date:
    """Return the day of a row."""
    day = row["day"]
    assert isinstance(day, date)
    return day


def _amount(row: Row) -> Decimal:
    """Return the amount of a row."""
    amount = row["amount"]
    assert isinstance(amount, Decimal)
    return amount


def _iati(document: Document, rows: list[Row]) -> str:
    """Return an activity file: an activity for each package, with a commitment and what was paid (`paid`)."""
    code, name = _IATI_CODES.get(document.source, (f"XM-DAC-{document.source}", document.source))
    stamp = f"{document.day.isoformat()}T09:00:00Z"
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<iati-activities version="2.03" generated-datetime="{stamp}">',
        "<!-- synthetic: all figures are made up -->",
    ]
    for row in rows:
        day, currency = _day(row).isoformat(), str(row["currency"])
        flag = ' humanitarian="1"' if row["kind"] == "humanitarian" else ""
        out += [
            f'<iati-activity last-updated-datetime="{stamp}" default-currency="{currency}"{flag}>',
            f"<iati-identifier>{code}-{row['package']}</iati-identifier>",
            f'<reporting-org ref="{code}" type="10"><narrative>{escape(name)}</narrative></reporting-org>',
            f"<title><narrative>{escape(str(row['title']))}</narrative></title>",
            f"<description><narrative>{escape(str(row['title']))}</narrative></description>",
            f'<participating-org ref="{code}" type="10" role="1">',
            f"<narrative>{escape(name)}</narrative></participating-org>",
            '<activity-status code="2"/>',
            f'<activity-date type="2" iso-date="{day}"/>',
            '<recipient-country code="UA" percentage="100"/>',
            f'<sector vocabulary="1" code="{_SECTORS[str(row["kind"])]}" percentage="100"/>',
            _transaction("2", day, _amount(row), currency, (code, name), str(row.get("implementer", ""))),
        ]
        if row.get("paid"):
            paid = Decimal(str(row["paid"]))
            out.append(_transaction("3", document.day.isoformat(), paid, currency, (code, name)))
        out.append("</iati-activity>")
    return "\n".join([*out, "</iati-activities>", ""])


def _transaction(
    kind: str, day: str, amount: Decimal, currency: str, giver: tuple[str, str], receiver: str = ""
) -> str:
    """Return a transaction of an activity."""
    code, name = giver
    to = ""
    if receiver:
        called = f"<narrative>{escape(receiver)}</narrative>"
        to = f'<receiver-org ref="XM-DAC-41140" type="40">{called}</receiver-org>'
    return (
        f'<transaction><transaction-type code="{kind}"/><transaction-date iso-date="{day}"/>'
        f'<value currency="{currency}" value-date="{day}">{amount}</value>'
        f'<provider-org ref={quoteattr(code)} type="10"><narrative>{escape(name)}</narrative></provider-org>'
        f"{to}</transaction>"
    )


def _fts(document: Document, rows: list[Row], year: int) -> str:
    """Return a page of flows to Ukraine in a year; `version` and `paid` of a row are the flow's."""
    flows = [_flow(document, row, year) for row in rows]
    total = sum(int(str(flow["amountUSD"])) for flow in flows if flow["status"] != "pledge")
    page = {
        "status": "ok",
        "data": {
            "incoming": {"flowCount": len(flows), "fundingTotal": total, "pledgeTotal": 0},
            "outgoing": {"flowCount": 0, "fundingTotal": 0, "pledgeTotal": 0},
            "internal": {"flowCount": 0},
            "flows": flows,
        },
        "meta": {"count": len(flows), "language": "en", "note": "synthetic: all figures are made up"},
    }
    return json.dumps(page, ensure_ascii=False, indent=1) + "\n"


def _flow(document: Document, row: Row, year: int) -> Row:
    """Return one flow."""
    day, currency, amount = f"{_day(row).isoformat()}T00:00:00Z", str(row["currency"]), _amount(row)
    giver = _FTS_NAMES[str(row["party"])]
    receiver = str(row.get("implementer", "Ukraine, Government of"))
    kind = "Multilateral" if "implementer" in row else "Government"
    number = str(int.from_bytes(str(row["package"]).encode(), "big") % 900000 + 100000)
    status = {"committed": "commitment", "disbursed": "paid", "pledged": "pledge"}
    updated = row.get("updated", document.day)
    report = {"sourceType": "Primary", "organization": _FTS_NAMES.get(document.source, giver)}
    return {
        "id": number,
        "amountUSD": round(amount / PER_EUR[currency] * PER_EUR["USD"]),
        "budgetYear": str(year),
        "childFlowIds": None,
        "contributionType": "financial",
        "date": day,
        "decisionDate": day,
        "description": row["title"],
        "exchangeRate": float(round(PER_EUR[currency] / PER_EUR["USD"], 4)),
        "firstReportedDate": day,
        "flowType": "Standard",
        "newMoney": True,
        "originalAmount": int(amount),
        "originalCurrency": currency,
        "parentFlowId": None,
        "status": status[str(row.get("stage", "committed"))],
        "updatedAt": f"{updated}T08:00:00.000Z",
        "versionId": row.get("version", 1),
        "sourceObjects": [_organisation(giver, "Government"), *_where(giver.partition(",")[0], year)],
        "destinationObjects": [_organisation(receiver, kind), *_where("Ukraine", year)],
        "boundary": "incoming",
        "onBoundary": "single",
        "reportDetails": [report | {"reportChannel": "Email", "date": f"{updated}T00:00:00.000Z"}],
        "refCode": row["package"],
    }


def _organisation(name: str, kind: str) -> Row:
    """Return an organisation of a flow."""
    number = str(int.from_bytes(name.encode(), "big") % 9000 + 1000)
    return {
        "type": "Organization",
        "id": number,
        "name": name,
        "behavior": "single",
        "organizationTypes": [kind],
    }


def _where(country: str, year: int) -> list[Row]:
    """Return country and year of an end of a flow."""
    number = str(int.from_bytes(country.encode(), "big") % 200 + 1)
    return [
        {"type": "Location", "id": number, "name": country, "behavior": "single"},
        {"type": "UsageYear", "id": str(year - 1979), "name": str(year), "behavior": "single"},
    ]


def _ocds(document: Document, rows: list[Row]) -> str:
    """Return a package of releases: one contracting process for each row of contracts."""
    stamp = f"{document.day.isoformat()}T10:00:00Z"
    releases: list[Row] = []
    for row in rows:
        ocid = f"ocds-synth0-{row['contract']}"
        release = {
            "ocid": ocid,
            "id": f"{ocid}-{document.day.isoformat()}",
            "date": stamp,
            "tag": ["contract"],
            "initiationType": "tender",
            "language": "en",
        }
        releases.append(release | _contract(row))
    document_of = {
        "uri": f"https://example.org/{document.source}/{document.name}.json",
        "version": "1.1",
        "publishedDate": stamp,
        "publisher": {"name": f"{document.source} (synthetic)"},
        "releases": releases,
    }
    return json.dumps(document_of, ensure_ascii=False, indent=1) + "\n"


def _contract(row: Row) -> Row:
    """Return parties, budget, award and contract of a release."""
    value = {"amount": float(_amount(row)), "currency": row["currency"]}
    signed = f"{_day(row).isoformat()}T00:00:00Z"
    buyer: Row = {"id": f"buyer-{row['party']}", "name": row["buyer"]}
    supplier: Row = {"id": "supplier-1", "name": "Nordbau Synthetic AS"}
    award = {"id": f"{row['contract']}-award", "title": row["title"], "status": "active", "value": value}
    contract = {"id": row["contract"], "awardID": award["id"], "title": row["title"], "status": "active"}
    return {
        "parties": [buyer | {"roles": ["buyer"]}, supplier | {"roles": ["supplier"]}],
        "buyer": buyer,
        "planning": {"budget": {"id": row["line"]}},
        "awards": [award | {"date": signed, "suppliers": [supplier]}],
        "contracts": [contract | {"dateSigned": signed, "value": value}],
    }
