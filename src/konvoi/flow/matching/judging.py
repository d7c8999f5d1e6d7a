"""Deciding about pairs in a workspace: what is open, and one more line of judgements.csv."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl

from konvoi.flow.gathered import Gathered
from konvoi.flow.kept_views import loaded
from konvoi.flow.matching.parents import judgement_of, open_parents
from konvoi.flow.matching.relate import PROJECT
from konvoi.flow.matching.relate import judged as read_judgements
from konvoi.flow.matching.review_impact import Weighing
from konvoi.flow.name_lookup import Unknown, nearest
from konvoi.flow.receipts import Action, Kind
from konvoi.flow.sanctions.listings_judged import listings_row, of_listings
from konvoi.flow.store import append_lines, kept_text
from konvoi.flow.today import known_today
from konvoi.flow.view import View
from konvoi.flow.workspace import JUDGEMENTS as FILE
from konvoi.flow.workspace import viewed, workspace
from konvoi.fund.steps import Row
from konvoi.fund.twice import TWICE, seen
from konvoi.gateways.refusal import Refused
from konvoi.kit.money import to_major
from konvoi.ledger.units import owned
from konvoi.reconcile.judgement import JUDGEMENTS, in_force, judged, judgement_id
from konvoi.reconcile.records import firsts

_HEAD = ",".join(JUDGEMENTS)


def undecided(folder: Path, view: View | None = None) -> list[dict[str, object]]:
    """The undecided pairs of a workspace, the weightiest first, each with what it would change.

    as_of: by what was known on that day; None: by all that is known.
    Pairs of projects stand behind: their money is in no total of what was given. Then come call-offs without
    their framework contract, which changes no total either but that of what is signed, and allocations
    without their undertaking, which changes none.
    """
    work = viewed(workspace(folder), view or View())
    gathered = loaded(work)
    weighing = Weighing.of(gathered, work.settings)
    rows = weighing.queue(gathered.ledger.relations)
    found = [
        {
            "left": row["left"],
            "right": row["right"],
            "relation": row["relation"],
            "probability": row["probability"],
            "change": _change(row, weighing.currency),
            "evidence": row["evidence"],
        }
        for row in rows.iter_rows(named=True)
    ]
    pairs = gathered.tables.get("project_twice", pl.DataFrame(schema=TWICE))
    projects = [_open(row) for row in pairs.filter(pl.col("verdict").is_null()).iter_rows(named=True)]
    return [*found, *projects, *(_under(row) for row in open_parents(gathered).iter_rows(named=True))]


def _under(pair: Row) -> dict[str, object]:
    """A call-off or allocation and the parent that it may be under, in the words of the queue."""
    known = {"left": pair["child"], "right": pair["parent"], "relation": "part_of"}
    return known | {name: pair[name] for name in ("probability", "evidence")} | {"change": "not known"}


def _open(pair: Row) -> dict[str, object]:
    """A pair of projects that nobody decided, in the words of the queue."""
    amount = pair["amount"]
    currency = str(pair["currency"])
    change = f"{to_major(amount, currency):,f} {currency}" if isinstance(amount, int) else "not known"
    known = {name: pair[name] for name in ("left", "right", "probability", "evidence")}
    return known | {"relation": "same_as", "change": change}


def decide(
    folder: Path,
    pair: tuple[str, str],
    verdict: str,
    *,
    relation: str,
    by: str,
    at: str,
    reason: str = "",
    as_of: date | None = None,
) -> dict[str, str]:
    """Write one decision; relation: empty for the one that is proposed between the two.

    as_of: the day for which it counts, and on which the pair is looked at; None: the day of the workspace.
    """
    earlier, broken = read_judgements(kept_text(folder, FILE) or "")
    if broken:
        raise Refused(f"{FILE}: cannot be read ({broken[0].read}); mend it before the next decision")
    if of_listings(pair):
        told = {"verdict": verdict, "by": by, "at": at, "reason": reason}
        return _of_lists(folder, listings_row(folder, pair) | told, earlier)
    work = viewed(workspace(folder), View(as_of))
    gathered = loaded(work)
    projects = _projects(gathered, pair)
    if apart := _of_projects(projects) if projects else judgement_of(gathered, pair):
        row = {**apart, "verdict": verdict, "by": by, "at": at, "reason": reason}
        row["judgement"] = judgement_id(row)
    else:
        entries = owned(gathered.ledger.entries, gathered.ledger.owners)
        _there(pair, firsts(entries))
        proposed = _proposed(gathered.ledger.relations, pair)
        row = judged(
            pair,
            verdict,
            relation=relation or proposed or "same_as",
            by=by,
            at=at,
            entries=entries,
            reason=reason,
        )
    row["supersedes"] = _earlier(in_force(earlier), row)
    written(folder, [row], earlier, known_today(gathered, work.settings))
    return row


def _of_lists(folder: Path, row: dict[str, str], earlier: pl.DataFrame) -> dict[str, str]:
    """Write the decision about a pair of listings."""
    row |= {"judgement": judgement_id(row), "supersedes": _earlier(in_force(earlier), row)}
    written(folder, [row], earlier)
    return row


def _projects(gathered: Gathered, pair: tuple[str, str]) -> tuple[Row, Row] | None:
    """The two projects that a pair names, in the order of their references; None where it names none."""
    rows = gathered.tables.get("projects")
    known = {} if rows is None else {str(row["project"]): row for row in rows.iter_rows(named=True)}
    left, right = sorted(pair)
    if left not in known or right not in known or left == right:
        return None
    return known[left], known[right]


def _of_projects(pair: tuple[Row, Row]) -> dict[str, str]:
    """Return the columns of a judgement on a pair of projects, whoever decides what."""
    left, right = (f"{PROJECT}{one['project']}" for one in pair)
    return dict.fromkeys(JUDGEMENTS, "") | {
        "left": left,
        "right": right,
        "relation": "same_as",
        "seen": seen(*pair),
    }


def written(
    folder: Path, rows: Sequence[Mapping[str, str]], earlier: pl.DataFrame, on: date | None = None
) -> None:
    """Write new lines at the end of a workspace's decisions, all or none.

    earlier: those that are there. on: the day for which the new ones count.
    """
    counted = {"on": on.isoformat()} if on else {}
    text = kept_text(folder, FILE) or ""
    before = None
    if text and text.splitlines()[0] != _HEAD:
        # Lines of a file that was made by hand keep their values under the head that the new line needs.
        before = earlier.with_columns(pl.all().replace("", None)).write_csv()
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        [{**row, **counted}.get(name, "") for name in JUDGEMENTS] for row in rows
    )
    last = rows[-1]
    change = Action(Kind.DECIDED, (), counted.get("on", ""), last["at"], last["by"])
    lines = out.getvalue().removesuffix("\n")
    append_lines(folder, FILE, lines, head=_HEAD, change=change, before=before)


def _there(pair: tuple[str, str], records: pl.DataFrame) -> None:
    """Refuse a pair that is one record, or of which one is not there: references lead to their records."""
    if pair[0] == pair[1]:
        raise Refused(
            f"{pair[0]}: a record is no pair with itself; name two, as konvoi review --list shows them"
        )
    spelled = {
        str(row[name]): str(row["entry"])
        for name in ("package", "line", "reference", "entry")
        for row in records.iter_rows(named=True)
        if row[name] and (name != "package" or row["line"] is None)
    }
    for name in pair:
        if name not in set(records["entry"]):
            raise Unknown(
                "the pair", name, ("those that konvoi review --list shows",), nearest(name, spelled)
            )


def _proposed(relations: pl.DataFrame, pair: tuple[str, str]) -> str:
    rows = relations.filter(pl.col("left").is_in(list(pair)) & pl.col("right").is_in(list(pair)))
    return str(rows["relation"][0]) if rows.height else ""


def _earlier(judgements: pl.DataFrame, row: dict[str, str]) -> str:
    """The decision about the same pair and relation that this one takes the place of."""
    same = judgements.filter(
        pl.col("left").is_in([row["left"], row["right"]])
        & pl.col("right").is_in([row["left"], row["right"]])
        & (pl.col("relation") == row["relation"])
    )
    return str(same["judgement"][-1]) if same.height else ""


def _change(row: dict[str, object], currency: str) -> str:
    """Return the fall of the total; where it does not fall in money, the units counted twice."""
    fall = row["change_minor"]
    if isinstance(fall, int) and fall:
        return f"{to_major(fall, currency):,f} {currency}"
    quantity = row["change_quantity"]
    if isinstance(quantity, Decimal):
        return f"{quantity.normalize():f} {row['unit']}"
    return "not known" if fall is None else f"0 {currency}"
