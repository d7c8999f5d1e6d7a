"""Money: programmes with their payments, and what is needed."""

from collections.abc import Mapping, Sequence

from sums import last, total
from told import Row, statement

Tables = dict[str, list[Row]]

PROGRAMMES = {
    "UF-TOTAL": ("UA-FACILITY", "EU-EC", "Ukraine Facility", "by step weight"),
    "ERA-EU": ("ERA-EU", "EU-EC", "ERA loan of the European Union", "windfall loan"),
    "ERA-US": ("ERA-US", "US", "ERA loan of the United States", "windfall loan"),
    "ERA-GB": ("ERA-GB", "GB", "ERA loan of the United Kingdom", "windfall loan"),
    "ERA-CA": ("ERA-CA", "CA", "ERA loan of Canada", "windfall loan"),
    "ERA-JP": ("ERA-JP", "JP", "ERA loan of Japan", "windfall loan"),
    "IMF-EFF": ("IMF-EFF", "IMF", "Extended Fund Facility of 2023", "all or nothing"),
}
"""By the row that states it: id, who gives, title, rule of payment."""
STAGES = {"payment": "paid", "decision": "decided"}
STAGES_OF_ROWS = {"proposed by the Commission": "assessed"}
TRANCHES = {
    **{f"UF-PAY-0{number}": f"UA-{number}" for number in range(1, 10)},
    "UF-DEC-06": "UA-6",
    "UF-PROP-07": "UA-7",
    "UF-DEC-07": "UA-7",
    "UF-DEC-08": "UA-8",
    "UF-DEC-09": "UA-9",
}
"""The tranche of a row; others are tranches of their own."""
PAID = ("payment", "decision")
CONTRADICTED = ("UF-DEC-07",)
"""A page states EUR 3.2 bn as decided where 3.05 bn was proposed and paid: nothing more is due."""
BUDGET_NEED = "B26-EXT"
NEEDS = {"need": "needed", "gap": "unfunded"}
NEEDED_BY_EU = ("EC-NEED-2627", "IMF-GAP")
ROUGH = {"over": "at least", "at least": "at least", "about": "about", "nearly": "about", "up to": ""}


def funding(facts: Mapping[str, Sequence[Row]]) -> Tables:
    """Programmes, tranches as they were stated, the steps of the Ukraine Plan, the need of the budget."""
    rows = {row["id"]: row for row in facts["eu-financing"]}
    paid = [
        row
        for row in rows.values()
        if row["counts"] in PAID and _programme(row) and row["amount"] and row["id"] not in CONTRADICTED
    ]
    need = next(row for row in facts["needs"] if row["id"] == BUDGET_NEED)
    return {
        "statements": [statement(row) for row in (*paid, need) if row["day"]],
        "programmes": [_program(name, rows) for name in PROGRAMMES],
        "tranches": [_tranche(row) for row in paid],
        "conditions": [row | {"programme": "UA-FACILITY"} for row in facts["conditions"]],
        "financing_needs": [
            {
                "financing_need": need["id"],
                "from": need["period_from"],
                "to": need["period_to"],
                "amount": need["amount"],
                "currency": need["currency"],
                "party": "UA",
                "source": f"S-{need['id']}",
                "address": need["source_address"],
            }
        ],
    }


def _programme(row: Row) -> str:
    whole = row["part_of"] or row["id"]
    whole = {"ERA-TOTAL": row["id"]}.get(whole, whole)
    return PROGRAMMES[whole][0] if whole in PROGRAMMES else ""


def _program(name: str, rows: Mapping[str, Row]) -> Row:
    code, party, title, rule = PROGRAMMES[name]
    row = rows[name]
    parts = {"loan": row["amount"]}
    if name == "UF-TOTAL":
        parts = {"grant": rows["UF-GRANT"]["amount"], "loan": rows["UF-LOAN"]["amount"]}
    return {
        "programme": code,
        "party": party,
        "title": title,
        "rule": rule,
        "currency": row["currency"],
        **parts,
        "address": row["source_address"],
    }


def _tranche(row: Row) -> Row:
    return {
        "tranche": TRANCHES.get(row["id"], row["id"]),
        "programme": _programme(row),
        "stage": STAGES_OF_ROWS.get(row["stage"], STAGES[row["counts"]]),
        "currency": row["currency"],
        "day": row["day"],
        "amount": row["amount"],
        "exactness": ROUGH.get(row["exactness"], ""),
        "source": f"S-{row['id']}" if row["day"] else "",
    }


def needed(facts: Mapping[str, Sequence[Row]]) -> list[Row]:
    """What is needed and what of it has no source, as sums with their periods."""
    own = [row for row in facts["needs"] if row["counts"] in NEEDS and row["amount"]]
    own += [row for row in facts["eu-financing"] if row["id"] in NEEDED_BY_EU]
    sums = [total(row, NEEDS[row["counts"]]) for row in own if last(row) and row["id"] != BUDGET_NEED]
    loan = next(row for row in facts["eu-financing"] if row["id"] == "EUCO-LOAN")
    return [*sums, total(loan, "planned") | {"party": "EU-EUCO"}]
