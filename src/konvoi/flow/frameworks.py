"""Call-offs under the framework contracts that people put them under, and what is left to decide."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from konvoi.accord.frameworks import UNDER, seen, under
from konvoi.flow.gather import Gathered
from konvoi.flow.relate import CALL_OFF, CONTRACT, judged, of_call_offs
from konvoi.intake.ocds.elsewhere import FRAMEWORK
from konvoi.model.document import Reading
from konvoi.reconcile.judgement import JUDGEMENTS, in_force

Row = Mapping[str, object]


def open_frameworks(gathered: Gathered) -> pl.DataFrame:
    """The pairs of a call-off and a contract (UNDER) that nobody has decided, as both stand now."""
    pairs = under(gathered.tables)
    if pairs.is_empty():
        return pairs
    decided = {
        (row["left"].removeprefix(CALL_OFF), row["right"].removeprefix(CONTRACT), row["seen"])
        for row in in_force(of_call_offs(gathered.judgements)).iter_rows(named=True)
        if row["verdict"] in ("same", "different")
    }
    kept = [row for row in pairs.rows() if (row[0], row[1], row[-1]) not in decided]
    return pl.DataFrame(kept, schema=UNDER, orient="row")


def judgement_of(gathered: Gathered, pair: tuple[str, str]) -> dict[str, str] | None:
    """What a judgement says of a call-off and a contract, in either order; None where a pair is none such."""
    calls, contracts = _by_id(gathered.tables, "call_offs"), _by_id(gathered.tables, "contracts")
    for call_off, contract in (pair, pair[::-1]):
        if call_off in calls and contract in contracts:
            named = {"left": f"{CALL_OFF}{call_off}", "right": f"{CONTRACT}{contract}", "relation": "part_of"}
            digest = seen(calls[call_off], contracts[contract])
            return dict.fromkeys(JUDGEMENTS, "") | named | {"seen": digest}
    return None


def under_frameworks(readings: Sequence[Reading], judgements: str) -> list[Reading]:
    """The readings, each call-off under the contract that a person said it is under.

    A decision holds as long as both rows say what that person saw. What was told of the lacking framework
    falls away.
    """
    rows, _ = judged(judgements)
    same = in_force(of_call_offs(rows)).filter(pl.col("verdict") == "same")
    if same.is_empty():
        return list(readings)
    contracts: dict[str, Row] = {}
    for reading in readings:
        contracts |= _by_id(reading.tables, "contracts")
    wanted = {
        row["left"].removeprefix(CALL_OFF): (row["right"].removeprefix(CONTRACT), row["seen"])
        for row in same.iter_rows(named=True)
    }
    return [_moved(reading, wanted, contracts) for reading in readings]


def _moved(reading: Reading, wanted: Mapping[str, tuple[str, str]], contracts: Mapping[str, Row]) -> Reading:
    calls = _by_id(reading.tables, "call_offs")
    meant = {
        name: contract
        for name, (contract, digest) in wanted.items()
        if name in calls and contract in contracts and seen(calls[name], contracts[contract]) == digest
    }
    if not meant:
        return reading
    new = pl.col("call_off").replace_strict(meant, default=pl.col("contract"), return_dtype=pl.String)
    moved = reading.tables["call_offs"].with_columns(contract=new)
    places = {(calls[name]["_sheet"], calls[name]["_row"]) for name in meant}
    kept = tuple(
        one
        for one in reading.findings
        if one.code != FRAMEWORK or (one.place.sheet, one.place.row) not in places
    )
    return replace(reading, tables={**reading.tables, "call_offs": moved}, findings=kept)


def _by_id(tables: Mapping[str, pl.DataFrame], name: str) -> dict[str, Row]:
    rows = tables.get(name)
    column = name.removesuffix("s")
    return {} if rows is None else {str(row[column]): row for row in rows.iter_rows(named=True)}
