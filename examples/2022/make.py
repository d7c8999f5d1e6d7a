"""Make the submissions of this example from the typed tables in facts/.

`PYTHONPATH=src:examples python examples/2022/make.py` writes them. The same facts always give the
same bytes. Nothing here is read from the network or the clock.
"""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from forms import TRANSCRIPTION, fts_page, iati_file
from later import published_later
from writing import Cover, write_csv, write_head, write_sheets, write_table, write_text

from konvoi.model.party import party_name

Row = dict[str, str]

HERE = Path(__file__).parent
START, WEEKS = date(2023, 3, 6), 26
TODAY = date(2023, 3, 1)
# The assumptions `way` and `ready` of konvoi.toml.
BY_LAND, WEEKS_TO_BUY = "1.3", 12
CELL = "CELL"
# A year's total says again what its packages said; only what is new in it can be sent.
NOT_OFFERED = {"US-YEAR": {"bradley"}}


def main() -> None:
    """Write all files below submissions/."""
    facts = {path.stem: read(path) for path in sorted((HERE / "facts").glob("*.csv"))}
    sites = sites_table(facts["sites"])
    for file, content in sorted(workbooks(facts["packages"]).items()):
        write_workbook(HERE / "submissions" / file, *content, facts)
    tables = {
        "parties": parties_table(facts["parties"]),
        "goods": goods_table(facts["goods"]),
        "statements": [row for row in facts["statements"] if row["day"] <= TODAY.isoformat()],
        "needs": needs_table(facts),
        "kits": facts["kits"],
        "equivalences": [only(row, ("good", "serves", "ratio")) for row in facts["equivalences"]],
        "offers": offers_table(facts),
        "earmarks": [earmark(row) for row in facts["earmarks"]],
        "rates": rates_table(facts["rates"]),
    }
    for table, rows in tables.items():
        write_csv(HERE / "submissions" / CELL / f"{table}.csv", table, rows)
    write_table(HERE / "judgements.csv", judgements(facts))
    write_head(HERE / "submissions" / CELL / "konvoi.csv", head(CELL, TODAY))
    network = {
        "sites": sites,
        "lanes": lanes_table(facts),
        "capacities": capacities_table(facts["capacities"]),
        "closures": closures_table(facts["sites"]),
        "horizon": [{"start": START.isoformat(), "weeks": str(WEEKS), "late_credit": "0.5"}],
    }
    write_sheets(HERE / "submissions" / CELL / "network.xlsx", cover(CELL, TODAY), network)
    for name, (day, told) in published_later(facts).items():
        made = Cover(head(CELL, day), TRANSCRIPTION, day)
        write_sheets(HERE / "submissions" / CELL / name, made, told)
    chosen = {row["package"]: row for row in facts["transcriptions"]}
    packages = [row for row in facts["packages"] if row["package"] in chosen]
    rates = {(row["currency"], row["day"]): Decimal(row["per_eur"]) for row in facts["rates"]}
    cell = HERE / "submissions" / CELL
    flows = [row for row in packages if chosen[row["package"]]["fts"]]
    activities = [row for row in packages if chosen[row["package"]]["iati"]]
    write_text(cell / "fts-transcription.json", fts_page(flows, rates))
    write_text(cell / "iati-transcription.xml", iati_file(activities))


def read(path: Path) -> list[Row]:
    """The rows of a table of facts."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def only(row: Row, names: Iterable[str]) -> Row:
    """Some columns of a row."""
    return {name: row.get(name, "") for name in names}


def workbooks(packages: Sequence[Row]) -> dict[str, tuple[str, list[Row]]]:
    """Each partner's packages by workbook; those of the United States by half-year, as they came."""
    files: dict[str, tuple[str, list[Row]]] = {}
    for row in packages:
        part = ""
        if row["party"] == "US":
            part = "-2023" if row["day"] >= "2023" else "-2022-h1" if row["day"] < "2022-07" else "-2022-h2"
        name = f"{row['party']}/{row['party'].lower()}-pledges{part}.xlsx"
        files.setdefault(name, (row["party"], []))[1].append(row)
    return files


def write_workbook(path: Path, party: str, packages: list[Row], facts: dict[str, list[Row]]) -> None:
    """One partner's pledges: its packages and their lines."""
    known = {row["package"] for row in packages}
    columns = (
        "package",
        "party",
        "day",
        "kind",
        "title",
        "stage",
        "amount",
        "currency",
        "address",
        "relates",
    )
    lines = [
        only(row, ("line", "package", "good", "quantity", "route"))
        for row in facts["lines"]
        if row["package"] in known
    ]
    last = max(row["day"] for row in packages)
    day = date.fromisoformat(last if len(last) == len("2022-01-01") else f"{last}-28")
    tables = {"packages": [only(row, columns) for row in packages], "lines": lines}
    write_sheets(path, cover(party, day), {name: rows for name, rows in tables.items() if rows})


def cover(party: str, day: date) -> Cover:
    """What a workbook says of itself, all made on one day."""
    return Cover(head(party, day), TRANSCRIPTION, TODAY)


def head(party: str, day: date) -> Row:
    """What a workbook says of itself."""
    return {
        "coalition": "Coalition of the Willing (example; transcribed from public announcements)",
        "party": party,
        "day": day.isoformat(),
        "version": "1",
        "marking": "public",
        "language": "en",
    }


def parties_table(facts: Sequence[Row]) -> list[Row]:
    """The parties with their names in three languages, and the cell that keeps this example."""
    rows = [
        only(row, ("party", "kind", "role", "group"))
        | {"name": party_name(row["party"], "en")}
        | {f"name_{language}": party_name(row["party"], language) for language in ("de", "uk")}
        for row in facts
    ]
    cell = {"party": CELL, "name": "Coordination cell of this example", "kind": "institution", "role": "none"}
    return [
        *rows,
        cell
        | {
            "name_de": "Koordinierungsstelle dieses Beispiels",
            "name_uk": "Координаційний осередок цього прикладу",
        },
    ]


def goods_table(facts: Sequence[Row]) -> list[Row]:
    """The catalogue; goods of the IFRC's catalogue carry its code, ammunition an entry of the UN's list."""
    columns = ("good", "name", "unit", "weight_kg", "volume_m3", "neq_kg", "name_de", "name_uk")
    tenth = {"t": "0.001"}
    return [
        only(row, columns)
        | {
            "step": tenth.get(row["unit"], "1"),
            "codes": f"IFRC:{row['ifrc']}" if row["ifrc"] else row["hazard"],
        }
        for row in facts
    ]


def needs_table(facts: dict[str, list[Row]]) -> list[Row]:
    """Needs of the oblasts by ratio from OCHA's targets, and what was asked for in public."""
    rows = []
    for ratio in facts["ratios"]:
        for oblast in facts["targets"]:
            units = needed(oblast[ratio["target"]], ratio)
            if not units:
                continue
            rows.append(
                only(ratio, ("good", "weight", "due", "last_useful"))
                | {"need": f"{oblast['oblast']}-{ratio['good']}", "quantity": str(units)}
                | {"site": f"D-{oblast['oblast']}", "state": "validated", "recipient": "UA"}
            )
    asked = ("need", "good", "quantity", "weight", "due", "last_useful", "address")
    where = {"site": "D-HANDOVER", "state": "validated", "recipient": "UA"}
    return rows + [only(row, asked) | where for row in facts["requests"]]


def needed(people: str, ratio: Row) -> Decimal:
    """Whole units (thousandths of a tonne for tonnes) for the people targeted."""
    step = Decimal("0.001") if ratio["good"] == "medical-supplies" else Decimal(1)
    return (Decimal(people) * Decimal(ratio["per_1000"]) / 1000).quantize(step, ROUND_HALF_UP)


def offers_table(facts: dict[str, list[Row]]) -> list[Row]:
    """One offer for each line whose quantity is known: what was pledged, at the partner's assumed depot."""
    packages = {row["package"]: row for row in facts["packages"]}
    depots: dict[str, list[str]] = {}
    for row in facts["depots"]:
        depots.setdefault(row["party"], []).append(row["site"])
    turn = turns(facts)
    rows = []
    for line in facts["lines"]:
        package = packages[line["package"]]
        allowed = NOT_OFFERED.get(line["package"])
        if not line["quantity"] or (allowed is not None and line["good"] not in allowed):
            continue
        weeks = turn[line["package"]] + (WEEKS_TO_BUY if line["route"] == "procured" else 0)
        sites = depots[package["party"]]
        rows.append(
            only(line, ("good", "quantity", "line"))
            | {"offer": f"{line['line']}-OFFER", "party": package["party"], "state": "accepted"}
            | {"site": sites[turn[line["package"]] % len(sites)], "address": package["address"]}
            | {"ready": (START + timedelta(weeks=min(weeks, WEEKS - 1))).isoformat()}
        )
    return rows


def earmark(row: Row) -> Row:
    """What a giver ties a line to, told of its offer."""
    return only(row, ("to", "value", "decision")) | {"offer": f"{row['line']}-OFFER"}


def turns(facts: dict[str, list[Row]]) -> dict[str, int]:
    """The place of each package with lines among those of its partner, by day."""
    count: dict[str, int] = {}
    turn: dict[str, int] = {}
    lined = {row["package"] for row in facts["lines"] if row["quantity"]}
    for row in sorted(facts["packages"], key=lambda row: (row["day"], row["package"])):
        if row["package"] in lined:
            turn[row["package"]] = count.get(row["party"], 0)
            count[row["party"]] = turn[row["package"]] + 1
    return turn


def judgements(facts: dict[str, list[Row]]) -> list[Row]:
    """Lines that look alike and are not: the keeper of this example read the announcements side by side."""
    rows = []
    for group in facts["separate"]:
        packages = group["packages"].split("; ")
        lines = [row for row in facts["lines"] if row["package"] in packages and row["quantity"]]
        for earlier, later in combinations(sorted(lines, key=lambda row: row["line"]), 2):
            if earlier["package"] != later["package"] and family(earlier) == family(later):
                rows.append(
                    {"left": name(later), "right": name(earlier), "relation": "restates"}
                    | {"verdict": "different", "by": "keeper of this example"}
                    | {"at": f"{TODAY.isoformat()}T00:00:00Z", "reason": group["reason"]}
                    | {"seen": "", "supersedes": "", "judgement": ""}
                )
    return rows


def family(line: Row) -> str:
    """Goods that are easily taken for one another: rounds of any size, radars of any kind."""
    return line["good"].partition("-")[0]


def name(line: Row) -> str:
    """The stable name of a line: who said it, and the reference."""
    return f"{line['line'].partition('-')[0]}#{line['line']}"


def rates_table(facts: Sequence[Row]) -> list[Row]:
    """Reference rates of the European Central Bank."""
    address = "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip"
    return [row | {"source": "European Central Bank", "address": address} for row in facts]


def sites_table(facts: Sequence[Row]) -> list[Row]:
    """Places; what is assumed of a place stands in its row."""
    named = ("name_local", "code", "name_de", "name_uk")
    columns = ("site", "name", "kind", "country", "lat", "lon", "region", *named)
    return [only(row, columns) | {"assumption": site_assumption(row)} for row in facts]


def site_assumption(row: Row) -> str:
    """The names and ranges of what is assumed of a place; empty for a place that is a fact."""
    said = []
    if row["kind"] == "depot":
        said.append("depot: no real depot, the partner's port or town")
    if row["kind"] in ("hub", "railhead", "port"):
        said.append("capacity: used as a place of transfer")
    if row["site"] == "D-HANDOVER":
        said.append("hand-over: one point of the state")
    if "approx" in row["basis"]:
        said.append("position: ±0.1°")
    return "; ".join(said)


def lanes_table(facts: dict[str, list[Row]]) -> list[Row]:
    """Ways with days and costs from distance and mode."""
    places = {row["site"]: row for row in facts["sites"]}
    modes = {row["mode"]: row for row in facts["modes"]}
    rows = []
    for lane in facts["lanes"]:
        mode = modes[lane["mode"]]
        km = kilometres(places[lane["from"]], places[lane["to"]]) * float(lane["way"] or BY_LAND)
        days = Decimal(mode["days_fixed"]) + Decimal(round(km)) / Decimal(mode["km_a_day"])
        cost = Decimal(mode["cost_fixed"]) + Decimal(round(km)) * Decimal(mode["cost_km"])
        rows.append(
            only(lane, ("from", "to", "mode"))
            | {"lane": f"{lane['from']}.{lane['to']}.{lane['mode']}", "currency": "EUR"}
            | {"days_p50": tenth(days), "days_p10": tenth(days * Decimal(mode["early"]))}
            | {"days_p90": tenth(days * Decimal(mode["late"])), "cost": str(cost.quantize(Decimal(1)))}
            | {"assumption": "way ×1.1–2.2; transit ×0.75–2; cost ×0.5–2"}
        )
    return rows


def tenth(days: Decimal) -> str:
    """Days to one decimal."""
    return str(days.quantize(Decimal("0.1"), ROUND_HALF_UP))


def kilometres(left: Row, right: Row) -> float:
    """The great circle between two places."""
    a, b = (radians(float(left["lat"])), radians(float(right["lat"])))
    across = radians(float(right["lon"]) - float(left["lon"]))
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(across / 2) ** 2
    return 2 * 6371 * asin(sqrt(half))


def capacities_table(facts: Sequence[Row]) -> list[Row]:
    """Room a week, all assumed."""
    return [row | {"assumption": "capacity ×0.5–2"} for row in facts]


def closures_table(sites: Sequence[Row]) -> list[Row]:
    """Crossings that OCHA's list of 30 May 2023 has as closed."""
    end = START + timedelta(weeks=WEEKS) - timedelta(days=1)
    return [
        {"on": row["site"], "from": START.isoformat(), "to": end.isoformat()}
        | {"reason": "Closed in OCHA's list of 30 May 2023 (assumption crossing-status: for all weeks)"}
        for row in sites
        if row["basis"] == "ocha:Closed"
    ]


if __name__ == "__main__":
    main()
