"""Goods, implementers and places under many names: each is read as the row that it means, or asked about."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from konvoi.flow.declared_names import Named, declared_names
from konvoi.intake.cell import as_read
from konvoi.intake.mentions import mentions
from konvoi.kit.text import fold
from konvoi.model.document import Reading
from konvoi.model.entries import ENTRIES, PLACE
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.limiting import UNREAD_ROWS, packed, unpacked
from konvoi.model.party import party_id
from konvoi.model.table import Column
from konvoi.model.tables import BY_NAME
from konvoi.model.units import factor, written_unit
from konvoi.reconcile.aliases import learnt_aliases
from konvoi.reconcile.names import spelled, two, words

READ_AS = "name-read-as"
UNSURE = "name-unsure"
_LOST = "reference-unknown"
_STEP = 1_000_000
_ASKED_ABOUT = 3
_MOST_SOURCES = 100
# Rows that state support. In tables that limit or plan, only declared names are read (semantics 20).
_STATED = frozenset({"lines", "allocations", "packages"})


@dataclass(frozen=True)
class Names:
    """The readings of names, by kind, and the findings on them.

    declared: by a name that a table has, in every table. read: otherwise, in tables that state support.
    asked: cells (file, sheet, name) of goods that are asked about, of which no other finding need say that
    nobody knows them.
    """

    kinds: tuple[Named, ...] = ()
    declared: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    read: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    asked: frozenset[tuple[str, str, str]] = frozenset()

    @property
    def changes(self) -> bool:
        """True if any name is read as another."""
        return any(self.declared.values()) or any(self.read.values())

    @property
    def goods(self) -> dict[str, str]:
        """The good that each of its names was read as."""
        return dict(self.declared.get("goods", {})) | dict(self.read.get("goods", {}))

    def applied(self, reading: Reading) -> Reading:
        """Return a reading with names in its tables and entries replaced."""
        if not self.changes:
            return reading
        tables = self._replaced(reading.tables)
        if UNREAD_ROWS in tables:
            apart = self._replaced(unpacked(tables[UNREAD_ROWS]))
            tables[UNREAD_ROWS] = pl.concat(packed(rows, name) for name, rows in apart.items())
        return replace(reading, tables=tables, entries=self.renamed(reading.entries))

    def _replaced(self, given: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
        tables = dict(given)
        for kind in self.kinds:
            for name in tables.keys() & BY_NAME.keys():
                columns = [one.name for one in BY_NAME[name].columns if kind.of(name, one)]
                same = self._same(kind, stated=name in _STATED)
                if columns and same:
                    tables[name] = tables[name].with_columns(pl.col(one).replace(same) for one in columns)
        return tables

    def renamed(self, entries: pl.DataFrame) -> pl.DataFrame:
        """Return entries with names of goods and implementers replaced."""
        sides = {
            kind.side: same for kind in self.kinds if kind.side in ENTRIES and (same := self._same(kind))
        }
        return entries.with_columns(pl.col(side).replace(same) for side, same in sides.items())

    def without(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return findings without those on goods that are in no table and are asked about here."""
        return [
            one
            for one in findings
            if one.code != _LOST or (one.place.file, one.place.sheet, one.read) not in self.asked
        ]

    def _same(self, kind: Named, *, stated: bool = True) -> dict[str, str]:
        return dict(self.declared[kind.kind]) | (dict(self.read[kind.kind]) if stated else {})


def resolve_names(readings: Sequence[Reading], tables: Mapping[str, pl.DataFrame]) -> Names:
    """Resolve the names of goods, implementers and places that submissions use.

    First come the rows of the workspace's own tables (`goods`, `parties`, `sites`), then what statements of
    one amount or quantity, day and text show under two names, then the lexicon of goods, then a slip of one
    letter. A name that may mean one row or several stays as written, and a finding asks. readings: joined.
    """
    kinds = declared_names(tables)
    found = [_resolved(kind, readings) for kind in kinds]
    return Names(
        kinds,
        {kind.kind: one.declared for kind, one in zip(kinds, found, strict=True)},
        {kind.kind: one.read for kind, one in zip(kinds, found, strict=True)},
        tuple(sorted((each for one in found for each in one.findings), key=lambda each: each.place)),
        _cells(readings, found[0].asked),
    )


@dataclass
class _Found:
    """The readings of the names of one kind."""

    declared: dict[str, str] = field(default_factory=dict)
    read: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class _Learnt:
    """A name or declared id whose statements of other sources agree with those under a name."""

    target: str
    sure: bool
    agreeing: int
    statements: int


def _resolved(kind: Named, readings: Sequence[Reading]) -> _Found:
    """Return the meaning of the names of one kind, and the findings on them."""
    found = _Found()
    named = _mentioned(readings, lambda table, column: table in _STATED and kind.of(table, column))
    every = {*_mentioned(readings, kind.of), *_in_entries(kind, readings)}
    stood = {kind.value.get(one, one) for one in kind.vocabulary.names}
    left = []
    for name in sorted(every - stood):
        ids = _declared(kind, name)
        if len(ids) == 1:
            (one,) = ids
            found.declared[name] = kind.value.get(one, one)
        elif name in named and ids:
            found.asked.add(name)
            found.findings.append(_asked(kind, named[name], name, sorted(ids)))
        elif name in named:
            left.append(name)
    if left and kind.side:
        _open(found, kind, readings, named, left)
    return found


def _declared(kind: Named, name: str) -> frozenset[str]:
    """The ids that a name means by the workspace's own tables; of implementers an institution's, too."""
    ids = kind.vocabulary.exact(name) if kind.vocabulary.names else frozenset()
    if kind.table == "parties" and not ids and (institution := party_id(name)):
        return frozenset({institution})
    return ids


def _mentioned(readings: Sequence[Reading], of: Callable[[str, Column], bool]) -> dict[str, Place]:
    """The names in tables of our own formats, each with the place where it stands first."""
    found: dict[str, Place] = {}
    for reading in readings:
        for one in mentions(reading, of):
            found.setdefault(one.name, one.place)
    return found


def _cells(readings: Sequence[Reading], names: Iterable[str]) -> frozenset[tuple[str, str, str]]:
    """File, sheet and name of the cells of tables that state support in which names of goods stand."""
    wanted = list(names)
    rows = [
        one.tables[table].filter(pl.col("good").is_in(wanted)).select("_file", "_sheet", "good").unique()
        for one in readings
        for table in _STATED & one.tables.keys()
        if wanted and "good" in one.tables[table].columns
    ]
    return frozenset((file, sheet, as_read(name)) for some in rows for file, sheet, name in some.iter_rows())


def _in_entries(kind: Named, readings: Sequence[Reading]) -> set[str]:
    """The names in entries of all formats."""
    if kind.side not in ENTRIES or not kind.vocabulary.names:
        return set()
    return {str(name) for one in readings for name in one.entries[kind.side].drop_nulls().unique()}


def _open(
    found: _Found, kind: Named, readings: Sequence[Reading], named: Mapping[str, Place], left: Sequence[str]
) -> None:
    """Names that no table declares: learnt, translated, misspelt, written as elsewhere, or asked about."""
    statements = _statements(kind, readings)
    apart = _together(statements)
    known = {kind.value.get(one, one): one for one in kind.vocabulary.names}
    known |= {name: known.get(of, of) for name, of in found.declared.items()}
    learnt = _learnt(statements, known, left)
    units = _units(readings) if kind.side == "good" else {}
    first = _first_names(kind, statements, left, apart)
    pairs: set[tuple[str, ...]] = set()
    for name in left:
        shown = [one for one in learnt.get(name, []) if not _two(kind, apart, name, one.target)]
        one, why = _meant(kind, name, shown)
        if one and _fits(kind, one, units.get(name, frozenset())):
            found.read[name] = kind.value.get(one, one)
            found.findings.append(_taken(kind, named[name], name, one, why=why, shown=shown))
        elif name in first:
            found.read[name] = first[name]
            found.findings.append(_taken(kind, named[name], name, first[name], why=_AS_ELSEWHERE))
        elif likely := _likely(kind, name, one, shown):
            pair = tuple(sorted({name, *likely}))
            if pair not in pairs:
                pairs.add(pair)
                found.asked.add(name)
                found.findings.append(_asked(kind, named[name], name, likely))


def _meant(kind: Named, name: str, shown: Sequence[_Learnt]) -> tuple[str, str]:
    """The declared id that a name surely means and the reason; empty where there is none, or several."""
    declared = kind.vocabulary.names.keys()
    sure = {one.target for one in shown if one.sure and one.target in declared}
    if len(shown) == len(sure) == 1:
        return sure.pop(), _LEARNT
    for ids, why in (
        (kind.vocabulary.translation(name), _SAME_WORDS),
        (kind.vocabulary.misspelt(name), _MISSPELT),
    ):
        if ids:
            return (min(ids), why) if len(ids) == 1 else ("", "")
    return "", ""


def _likely(kind: Named, name: str, one: str, shown: Sequence[_Learnt]) -> list[str]:
    """The ids or names that a name may mean, the likeliest first."""
    declared = kind.vocabulary.names
    found = [one] if one else []
    found += [each.target for each in shown if each.target in declared or each.sure]
    if declared:
        found += sorted(kind.vocabulary.translation(name) | kind.vocabulary.misspelt(name))
        found += kind.vocabulary.like(name)
    return list(dict.fromkeys(found))[:_ASKED_ABOUT]


def _fits(kind: Named, one: str, units: frozenset[str]) -> bool:
    """Return True if quantities under a name can be ones of a good: in its unit, or one that converts."""
    unit = kind.units.get(one)
    return not unit or all(factor(written_unit(each), written_unit(unit)) is not None for each in units)


def _two(kind: Named, apart: frozenset[tuple[str, str]], name: str, target: str) -> bool:
    """Return True if statements that agree cannot make one of a name and what it agrees with."""
    names = kind.vocabulary.names.get(target, (target,))
    said = names[1:] or names
    return any(two(name, other) for other in said) or any((name, other) in apart for other in names)


_STATEMENTS = pl.Schema(
    {
        "entry": pl.String(),
        "source": pl.String(),
        "package": pl.String(),
        "party": pl.String(),
        "amount_minor": pl.Int64(),
        "currency": pl.String(),
        "day_from": pl.Date(),
        "day_to": pl.Date(),
        "known_on": pl.Date(),
        "text": pl.String(),
        "implementer": pl.String(),
    }
)
"""Statements that bear a name, as konvoi.reconcile.aliases reads them: the name stands under `party`, a
quantity under `amount_minor`, its unit and who gives under `currency`."""


def _statements(kind: Named, readings: Sequence[Reading]) -> pl.DataFrame:
    entries = pl.concat(
        [pl.DataFrame(schema=ENTRIES), *(one.entries.select(list(ENTRIES)) for one in readings)]
    )
    if kind.side == PLACE:
        scopes = pl.concat([one.scopes for one in readings])
        places = scopes.filter(pl.col("dimension") == PLACE).select("entry", _name="value").unique("entry")
        named = entries.unique("entry").join(places, on="entry").sort("entry")
    else:
        named = entries.unique("entry").with_columns(_name=kind.side).drop_nulls("_name").sort("entry")
    size = pl.col("amount_minor")
    unit = pl.col("currency")
    if kind.side == "good":
        size = (pl.col("quantity") * _STEP).cast(pl.Int64, strict=False)
        unit = pl.lit("")
    return named.select(
        "entry",
        "source",
        pl.coalesce("package", "reference").alias("package"),
        party="_name",
        amount_minor=size,
        currency=pl.concat_str(unit, pl.col("party").fill_null(""), separator="\x1f"),
        day_from="day_from",
        day_to="day_to",
        known_on="known_on",
        text="text",
        implementer=pl.lit(None, pl.String),
    ).cast(_STATEMENTS)


def _together(statements: pl.DataFrame) -> frozenset[tuple[str, str]]:
    """Names that stand side by side in one package of one source: these are two."""
    rows = statements.select("source", "package", "party").drop_nulls().unique()
    several = rows.filter(pl.len().over("source", "package") > 1)
    pairs = several.join(several, on=["source", "package"], suffix="_of")
    return frozenset(
        pairs.select("party", "party_of").filter(pl.col("party") != pl.col("party_of")).iter_rows()
    )


def _learnt(
    statements: pl.DataFrame, known: Mapping[str, str], left: Sequence[str]
) -> dict[str, list[_Learnt]]:
    """Return the evidence from the statements of other sources on each name, source by source.

    One source calls one thing by one name, so that its own statements do not speak for one another.
    """
    # An amount that only one source states agrees with nothing.
    shared = pl.col("source").n_unique().over("currency", "amount_minor") > 1
    rows = statements.drop_nulls(["source", "amount_minor"]).filter(shared)
    # One agreement shows nothing.
    several = pl.len().over("source", "party") > 1
    open_ = rows.filter(pl.col("party").is_in(list(left))).filter(several)
    found: dict[str, list[_Learnt]] = {}
    # Learning needs many statements of one source; with a limit the work grows as records do.
    most = open_.group_by("source").len().sort("len", "source", descending=[True, False])
    for source in most["source"].head(_MOST_SOURCES).sort():
        own = set(open_.filter(pl.col("source") == source)["party"])
        others = rows.filter(pl.col("source") != source, ~pl.col("party").is_in(list(own)))
        told = pl.concat([open_.filter(pl.col("source") == source), others])
        means = {name: name for name in others["party"].unique()} | dict(known)
        for row in learnt_aliases(told, means).iter_rows(named=True):
            one = _Learnt(row["party"], row["sure"], row["agreeing"], row["statements"])
            before = found.setdefault(row["name"], [])
            if all(each.target != one.target for each in before):
                before.append(one)
    return found


def _units(readings: Sequence[Reading]) -> dict[str, frozenset[str]]:
    """The units in which quantities of each good are stated."""
    found: dict[str, set[str]] = {}
    for reading in readings:
        rows = reading.entries.select("good", "unit").drop_nulls().unique()
        for good, unit in rows.iter_rows():
            found.setdefault(good, set()).add(unit)
    return {good: frozenset(units) for good, units in found.items()}


def _first_names(
    kind: Named, statements: pl.DataFrame, left: Sequence[str], apart: frozenset[tuple[str, str]]
) -> dict[str, str]:
    """Return, for each good that no table declares, the name of the same words that became known first."""
    if kind.side != "good":
        return {}
    days = dict(statements.group_by("party").agg(pl.col("known_on").min()).iter_rows())
    ordered = sorted(left, key=lambda name: (days.get(name) is None, days.get(name) or "", name))
    heads: dict[str, str] = {}
    found: dict[str, str] = {}
    for name in ordered:
        keys = {spelled(name), words(name)} - {""}
        head = next((heads[key] for key in sorted(keys) if key in heads), None)
        if head is not None and (name, head) not in apart and not two(name, head):
            found[name] = head
        else:
            head = name
        for key in keys:
            heads.setdefault(key, head)
    return found


_REMEDY = "If it is {meant}, add the name to its aliases in table {table}; otherwise add a row there."
_LEARNT = "{meant}: {agreeing} agreements of its {statements} statements with those of {meant}"
_MISSPELT = "a name of {meant}, misspelt"
_SAME_WORDS = "a name of {meant}, in another language or order"
_AS_ELSEWHERE = "{meant}, as it is called elsewhere"


def _taken(
    kind: Named, place: Place, name: str, one: str, *, why: str, shown: Sequence[_Learnt] = ()
) -> Finding:
    """The note that a name was read as another."""
    values = {"meant": _called(kind, one), "table": kind.table}
    if why == _LEARNT:
        values |= {"agreeing": str(shown[0].agreeing), "statements": str(shown[0].statements)}
    remedy = "No action if this is correct. Otherwise add a separate row for the name in table {table}."
    return Finding(Severity.NOTE, READ_AS, place, as_read(name), why, remedy, values)


def _asked(kind: Named, place: Place, name: str, likely: Sequence[str]) -> Finding:
    """The warning that a name may mean a declared row, or one of several."""
    return Finding(
        Severity.WARNING,
        UNSURE,
        place,
        as_read(name),
        "a name from table {table}",
        _REMEDY,
        {"meant": " / ".join(_called(kind, one) for one in likely), "table": kind.table},
    )


def _called(kind: Named, one: str) -> str:
    """An id with its name, where it has one."""
    names = kind.vocabulary.names.get(one, ())
    return f"{one} ({names[1]})" if len(names) > 1 and fold(names[1]) != fold(one) else one
