"""Faults of settings that do not fit the tables, reported before anything is matched."""

from collections.abc import Iterator, Mapping
from itertools import chain

import polars as pl

from konvoi.link.blocks import Blocked
from konvoi.link.settings import Block, Settings
from konvoi.link.similarity import MEASURES
from konvoi.model.finding import Finding, Place, Severity

_MISSING = "a column of the table: {columns}"


def faults(tables: Mapping[str, pl.DataFrame], settings: Settings) -> tuple[Finding, ...]:
    """Every reason why these tables cannot be matched with these settings."""
    if not tables:
        return (_error("no-table", "", "", "at least one table", "give a table to match"),)
    columns = sorted(set.intersection(*(set(table.columns) for table in tables.values())))
    found = [
        *_ids(tables, settings),
        *_missing(settings, columns),
        *_comparisons(settings),
        *_blocks(settings),
        *_windows(tables, settings),
    ]
    return tuple(found)


def no_room(settings: Settings, said: str) -> Finding:
    """Return the finding for pairs that fit neither into memory nor into the folder they may spill into.

    said: the engine's own words.
    """
    if settings.spill and any(word in said for word in ("offload", "No space", "write", "directory")):
        remedy = "free some space there, name a folder with more, or make the blocks narrower"
        expected = "a folder that can be written, with room for all pairs"
        return _error("match-disk", "spill", settings.spill, expected, remedy)
    remedy = "make the blocks narrower, allow more memory, or name a folder to spill into"
    return _error("match-memory", "memory", settings.memory, "pairs that fit into the memory", remedy)


def cluster_failed(said: str) -> Finding:
    """Return the finding for a cluster that gives up, after it restarted the work of failed workers itself.

    said: its own words.
    """
    expected = "a cluster that answers to the end: {said}"
    remedy = "look into the logs of its workers, give them more memory or disk, or match on one machine"
    return _error("match-cluster", "", "", expected, remedy, said=said)


def too_many(blocks: Blocked, settings: Settings) -> Iterator[Finding]:
    """An error where blocks would make more pairs than the settings allow; none of them was made."""
    if blocks.pairs <= settings.pairs:
        return
    block, pairs, biggest = blocks.blocks.sort("pairs", "block", descending=[True, False]).row(0)
    key = blocks.groups.filter(pl.col("block") == block)["key"][0]
    yield _error(
        "too-many-pairs",
        block,
        str(blocks.pairs),
        "at most {most} pairs in all blocks",
        "name more columns in block {block} ({pairs} pairs, {biggest} of them where it is {key}), give it a "
        "window of days or `narrower` columns, or lower its limit `most`; nothing was made",
        most=str(settings.pairs),
        block=block,
        pairs=str(pairs),
        biggest=str(biggest),
        key=key,
    )


def put_aside(overflow: pl.DataFrame, settings: Settings) -> tuple[Finding, ...]:
    """A warning for each group of equal keys that was too big; an error where its block is to refuse it."""
    refusing = {block.name for block in settings.blocks if block.overflow == "refuse"}
    return tuple(
        Finding(
            Severity.ERROR if row["block"] in refusing else Severity.WARNING,
            "block-overflow",
            Place(sheet=row["block"]),
            read=row["key"],
            expected="a group of records that makes no more pairs than the limit of its block",
            remedy="name further columns by which block {block} is split, shorten its window of days, "
            "or raise its limit above {pairs} pairs",
            values={"block": row["block"], "pairs": str(row["pairs"])},
        )
        for row in overflow.iter_rows(named=True)
    )


def contradicted(prior: float, found: float, pairs: int) -> Finding:
    """Return the warning for a prior that the answers of so many pairs contradict."""
    return Finding(
        Severity.WARNING,
        "prior-contradicted",
        Place(column="prior"),
        read=f"{prior:.2g}",
        expected="about {found}, the share of {pairs} pairs that their answers make expected to be true",
        remedy="set the prior to about that share, learn weights (`learn`), or review randomly drawn "
        "pairs; until then the probabilities are not reliable",
        values={"found": f"{found:.2g}", "pairs": str(pairs)},
    )


def _ids(tables: Mapping[str, pl.DataFrame], settings: Settings) -> Iterator[Finding]:
    if any(settings.id not in table.columns for table in tables.values()):
        return
    ids = pl.concat([table[settings.id].cast(pl.String) for table in tables.values()])
    if ids.null_count():
        yield _error("id-missing", "", settings.id, "an id for every record", "fill the id")
    twice = ids.filter(ids.is_duplicated()).unique().sort()
    if twice.len():
        remedy = "assign a unique id to every record across all tables"
        yield _error("id-twice", "", str(twice[0]), "a unique id", remedy)


def _missing(settings: Settings, columns: list[str]) -> Iterator[Finding]:
    wanted = [("", settings.id), *(("apart", c) for c in settings.apart)]
    for comparison in settings.comparisons:
        of = {*comparison.columns, *(s.column for s in comparison.similarities)}
        wanted += [(comparison.name, column) for column in sorted(of)]
    more = (settings.population.block,) if settings.population else ()
    wanted += [("population", column) for column in settings.population.once] if settings.population else []
    for block in (*settings.blocks, *more):
        window = [block.window.column] if block.window else []
        wanted += [(block.name, c) for c in (*block.on, *block.right, *block.narrower, *window)]
    for name, column in wanted:
        if column not in columns:
            remedy = "name a column that all tables have"
            yield _error("column-missing", name, column, _MISSING, remedy, columns=", ".join(columns))


def _comparisons(settings: Settings) -> Iterator[Finding]:
    names = [comparison.name for comparison in settings.comparisons]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield _error("comparison-twice", name, name, "a unique name", "rename one of them")
    if settings.population:
        wanted = [settings.population.comparison, *chain.from_iterable(settings.population.jointly)]
        wanted += settings.population.held
        for name in (name for name in wanted if wanted.count(name) > 1 or name not in names):
            expected = "each a comparison of these settings, named once"
            remedy = "name another one"
            yield _error("population-unfit", "population", name, expected, remedy)
    for comparison in settings.comparisons:
        for fault in comparison.faults():
            remedy = "put the levels of the comparison right"
            yield _error("comparison-unfit", comparison.name, fault, "distinguishable levels", remedy)
        for similarity in comparison.similarities:
            if similarity.measure not in MEASURES:
                known = ", ".join(sorted(MEASURES))
                expected = "one of the measures: {measures}"
                remedy = "name one of them"
                name = comparison.name
                yield _error("measure-unknown", name, similarity.measure, expected, remedy, measures=known)


def _blocks(settings: Settings) -> Iterator[Finding]:
    if not settings.blocks:
        yield _error(
            "no-block", "", "", "at least one block", "name the columns in which a pair must be equal"
        )
    for block in settings.blocks:
        if not block.on:
            remedy = "name the columns in which a pair must be equal"
            yield _error("no-block", block.name, "", "a block with at least one column", remedy)
        if not settings.directed and _lopsided(block):
            expected = "a block that is the same from both sides, or a directed relation"
            remedy = "use the same columns and days on both sides"
            yield _error("block-lopsided", block.name, "", expected, remedy)


def _windows(tables: Mapping[str, pl.DataFrame], settings: Settings) -> Iterator[Finding]:
    """An error for each column of a window that does not hold days."""
    more = (settings.population.block,) if settings.population else ()
    for block in (*settings.blocks, *more):
        for table in tables.values():
            column = block.window.column if block.window else ""
            if column in table.columns and len(odd := _no_days(table[column])):
                expected = "a column of days, such as 2022-09-30"
                remedy = 'correct the cell, or have the column made one of days (kind = "day")'
                yield _error("window-no-day", block.name, f"{column}: {odd[0]}", expected, remedy)
                break


def _no_days(column: pl.Series) -> pl.Series:
    """The values that are no days."""
    if column.dtype.is_temporal() or column.dtype == pl.Null:
        return column.clear()
    known = column.drop_nulls()
    if column.dtype != pl.String:
        return known
    return known.filter(known.str.to_date("%Y-%m-%d", strict=False).is_null())


def _lopsided(block: Block) -> bool:
    window = block.window
    return bool(block.right and block.right != block.on) or bool(window and window.before != window.after)


def _error(code: str, part: str, read: str, expected: str, remedy: str, **values: str) -> Finding:
    return Finding(Severity.ERROR, code, Place(sheet=part), read, expected, remedy, values)
