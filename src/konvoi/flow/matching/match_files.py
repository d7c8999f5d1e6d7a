"""Any tables are matched by a file of settings: read, matched, written as a folder that can be read again."""

import io
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from konvoi.gateways import files
from konvoi.gateways.cluster import cluster
from konvoi.gateways.refusal import Refused
from konvoi.gateways.sandbox import run
from konvoi.intake.table_text import NotAText, text_table
from konvoi.link.derive import derived
from konvoi.link.keeping import kept, taken
from konvoi.link.match import Matches, match
from konvoi.link.task import Task, task
from konvoi.link.weights import Weights
from konvoi.model.finding import Finding, Severity

_PLAIN = "konvoi.intake.plain:plain_wire"
_SEPARATORS = ",;\t|%"
_SAID = {
    **dict.fromkeys(("same", "yes", "true", "1", "1.0"), True),
    **dict.fromkeys(("different", "no", "false", "0", "0.0"), False),
    **dict.fromkeys(("unsure", ""), None),
}


@dataclass(frozen=True)
class Room:
    """The resources for pairs, in addition to the settings or in their place; empty: as in the settings.

    memory: such as 4GB. spill: a folder. threads: how many. spark: the master of a cluster.
    """

    memory: str = ""
    spill: str = ""
    threads: int = 0
    spark: str = ""

    def said(self) -> dict[str, Any]:
        """Return the values that replace those of the settings."""
        told = {"memory": self.memory, "spill": self.spill, "threads": self.threads}
        return {name: value for name, value in told.items() if value}


@dataclass(frozen=True)
class Matched:
    """The result of matching, with findings; `found` is empty where a finding is an error.

    records: how many there are in all tables. settings: the text of their file.
    """

    found: Matches
    records: int
    settings: str
    findings: tuple[Finding, ...]

    @property
    def refused(self) -> bool:
        """Return True if nothing was matched."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    def blocks(self) -> pl.DataFrame:
        """Return each block with its pairs, its biggest group, and the true pairs that it covers, of all."""
        recall = self.found.recall
        return self.found.blocks.join(recall, on="block", how="left", maintain_order="left")


def matched(
    tables: Sequence[Path],
    *,
    settings: Path,
    weights: Path | None = None,
    labels: Path | None = None,
    room: Room | None = None,
) -> Matched:
    """Match tables (CSV, Parquet, XLSX) by a file of settings.

    weights: a file that an earlier run has kept. labels: a table left_id, right_id, same (yes or no), or id,
    cluster. room: what else than the settings say of the engine.
    """
    text = _text(settings)
    room = room or Room()
    asked, wrong = task(text, settings.name)
    if asked is None:
        return Matched(Matches(), 0, text, wrong)
    used, unfit = _weights(weights, asked)
    if unfit:
        return Matched(Matches(), 0, text, unfit)
    plain, told = read(tables, asked)
    said = labelled_pairs(labels, asked.separator) if labels else None
    how = replace(asked.settings, **room.said())
    with cluster(room.spark, how.memory) if room.spark else nullcontext() as engine:
        found = match(plain, how, weights=used, labels=said, engine=engine)
    findings = tuple(_placed(one, settings.name, labels) for one in found.findings)
    return Matched(found, sum(table.height for table in plain.values()), text, (*told, *findings))


def _placed(finding: Finding, settings: str, labels: Path | None) -> Finding:
    """A finding with the file that it is about."""
    file = labels.name if labels and finding.code.startswith("labels-") else settings
    return replace(finding, place=replace(finding.place, file=finding.place.file or file))


def _text(path: Path) -> str:
    found = files.text(path)
    if found is None:
        raise Refused(f"{path}: no such file; check the path")
    return found


def _weights(path: Path | None, asked: Task) -> tuple[Weights | None, tuple[Finding, ...]]:
    return taken(_text(path), asked.settings.comparisons, path.name) if path else (None, ())


def read(paths: Sequence[Path], asked: Task) -> tuple[dict[str, pl.DataFrame], list[Finding]]:
    """Each table by its file's name, with the columns that the settings have made; all cells are texts."""
    tables: dict[str, pl.DataFrame] = {}
    told: list[Finding] = []
    for path in paths:
        name = path.stem if path.stem not in tables else str(path)
        plain = table_at(path, asked.separator)
        if asked.own_ids and asked.settings.id in plain.columns:
            of = pl.concat_str(pl.lit(f"{name}:"), pl.col(asked.settings.id))
            plain = plain.with_columns(of.alias(asked.settings.id))
        tables[name], more = derived(plain, asked.columns, path.name)
        told += more
    return tables, told


def table_at(path: Path, separator: str = "") -> pl.DataFrame:
    """A table of a CSV, Parquet or XLSX file; cells of a CSV are texts, blanks around them cut, empty null.

    separator: what parts the cells of a CSV; empty for what its first line has most of.
    """
    content = files.content(path)
    if content is None:
        raise Refused(f"{path}: no such file; check the path")
    kind = path.suffix.lower()
    try:
        if kind == ".parquet":
            return pl.read_parquet(io.BytesIO(content))
        if kind == ".xlsx":
            return _workbook(path, content)
        return _csv(content, separator)
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        why = str(error).splitlines()[0]
        raise Refused(f"{path}: no table that can be read: {why}; save it as CSV in UTF-8") from error


def _csv(content: bytes, separator: str) -> pl.DataFrame:
    head = content.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode("utf-8", "replace")
    parted = separator or max(_SEPARATORS, key=head.count)
    table = pl.read_csv(content, separator=parted, infer_schema=False)
    table = table.rename({name: name.strip() for name in table.columns})
    return table.with_columns(pl.all().str.strip_chars().replace("", None))


def _workbook(path: Path, content: bytes) -> pl.DataFrame:
    outcome = run(_PLAIN, content)
    if not outcome.answer:
        raise Refused(f"{path}: {outcome.why or 'no sheet with rows in it'}; save the table as CSV")
    try:
        return text_table(outcome.answer)
    except NotAText:
        raise Refused(f"{path}: its reader broke down; save the table as CSV") from None


def labelled_pairs(path: Path, separator: str = "") -> pl.DataFrame:
    """Labels of a file: left_id, right_id, same (true or false, null for unsure), or id, cluster."""
    table = table_at(path, separator).with_columns(pl.all().cast(pl.String))
    if {"id", "cluster"} <= set(table.columns):
        return table.select("id", "cluster")
    said = next((name for name in ("same", "verdict") if name in table.columns), "")
    if not said or not {"left_id", "right_id"} <= set(table.columns):
        names = ", ".join(table.columns)
        raise Refused(f"{path}: needs the columns left_id, right_id, same or id, cluster; it has {names}")
    words = table[said].fill_null("").str.to_lowercase()
    strange = (~words.is_in(list(_SAID))).arg_true()
    if len(strange):
        row = int(strange[0])
        raise Refused(f"{path}: row {row + 2}, column {said}: {words[row]!r} is none of yes, no, unsure")
    same = words.replace_strict(_SAID, return_dtype=pl.Boolean)
    return table.select("left_id", "right_id", same=same)


def written(done: Matched, *, parquet: bool = False) -> Iterator[tuple[str, bytes]]:
    """The files of a match, made one after the other so that no two need be held.

    Pairs, clusters, the report of blocks, the weights and settings of the run.
    """
    found = done.found
    tables = {
        "pairs": found.pairs.drop("code", "density"),
        "clusters": found.clusters,
        "blocks": done.blocks(),
        "groups": found.groups,
        "overflow": found.overflow,
    }
    ending = "parquet" if parquet else "csv"
    for name, table in tables.items():
        yield f"{name}.{ending}", _bytes(table, parquet=parquet)
    if found.used:
        yield "weights.toml", kept(found.used).encode()
    yield "settings.toml", done.settings.encode()


def _bytes(table: pl.DataFrame, *, parquet: bool) -> bytes:
    out = io.BytesIO()
    if parquet:
        table.write_parquet(out)
    else:
        table.write_csv(out, line_terminator="\n")
    return out.getvalue()
