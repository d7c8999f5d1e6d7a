"""A person's assumptions, as words on the command line or in a TOML file, as scenarios of the planner."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from konvoi.flow.gathered import Gathered
from konvoi.flow.name_lookup import Unknown, nearest, party
from konvoi.flow.parse_documents import understand
from konvoi.flow.planning.problem import PROBLEM
from konvoi.flow.settings import Settings
from konvoi.gateways import files
from konvoi.gateways.refusal import Refused
from konvoi.kit.text import fold
from konvoi.model.document import Document
from konvoi.model.finding import Finding
from konvoi.model.limiting import UNREAD_ROWS
from konvoi.model.tables import BY_NAME
from konvoi.plan.scenario import Later, Scenario, Shut, Without, horizon

Tables = Mapping[str, pl.DataFrame]

_WEEK = re.compile(r"(\d{4})-?W(\d{1,2})", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:->|[-–—→])\s*")
_WHEN = ("a week such as 2031-W12", "a day such as 2031-03-17")
_KEYS = ("close", "without", "delay", "add", "from", "to")
_LISTS = ("close", "without", "delay", "add")
_MOST_WEEKS = 520


@dataclass(frozen=True)
class Words:
    """One scenario as it was typed; add: files. first, last: of what is closed and who drops out."""

    name: str
    close: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    delay: tuple[str, ...] = ()
    add: tuple[Path, ...] = ()
    first: str = ""
    last: str = ""

    @property
    def is_empty(self) -> bool:
        """True where nothing is supposed."""
        return not (self.close or self.without or self.delay or self.add)


@dataclass(frozen=True)
class Ground:
    """The context in which names are read: the problem's tables, and all that was read."""

    tables: Tables
    gathered: Gathered
    settings: Settings


def typed(**named: Any) -> tuple[Words, ...]:
    """The scenario of options, by the names of Words; none where nothing was named."""
    if not any(named.values()):
        return ()
    parts = [f"{key} {Path(one).name if key == 'add' else one}" for key in _LISTS for one in named[key]]
    return (Words(", ".join(parts) or "from, to", **named),)


def written(path: Path) -> tuple[Words, ...]:
    """The scenarios of a TOML file: a table for each, its name at the head; files beside it."""
    text = files.text(path)
    if text is None:
        raise Refused(f"{path}: no such file; check the path")
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refused(f"{path}: not TOML: {error}; mend the line that is named") from error
    if not found:
        raise Refused(f"{path}: no scenario in it; write [NAME], below it close, without, delay or add")
    return tuple(_words(path, name, body) for name, body in found.items())


def _words(path: Path, name: str, body: object) -> Words:
    """One table of the file."""
    if not isinstance(body, dict):
        raise Refused(f"{path}: {name}: stands in no table; write [NAME] above it")
    for key in body:
        if key not in _KEYS:
            raise Unknown(f"{path}: {name}", key, _KEYS, nearest(key, {one: one for one in _KEYS}))
    close, without, delay, add = (_texts(f"{path}: {name}: {key}", body.get(key, [])) for key in _LISTS)
    return Words(
        name,
        close,
        without,
        delay,
        add=tuple(path.parent / one for one in add),
        first=str(body.get("from", "")),
        last=str(body.get("to", "")),
    )


def _texts(place: str, value: object) -> tuple[str, ...]:
    """One text or a list of texts."""
    found = [value] if isinstance(value, str) else value
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise Refused(f"{place}: not a list of texts; write them between quotation marks, in [ ]")
    return tuple(found)


def meant(words: Words, ground: Ground) -> tuple[Scenario, tuple[Finding, ...]]:
    """The scenario that words mean, and what was found in the files that they add."""
    first = day_meant("from", words.first, end=False)
    last = day_meant("to", words.last, end=True)
    if first and last and last < first:
        raise Refused(f"{words.name}: ends on {last}, before it begins on {first}; change from or to")
    if words.is_empty:
        raise Refused(f"{words.name}: supposes nothing; name what is to close, without, delay or add")
    if (first or last) and not (words.close or words.without):
        raise Refused(f"{words.name}: from and to say when a place is closed or a partner is out; name one")
    _within(words, ground.tables, first, last)
    added, findings = _added(words.add, ground.settings)
    places = _Places.of(ground.tables)
    shut = [Shut(id, first, last) for one in words.close for id in places.meant(one)]
    gone = [_partner(one, ground) for one in words.without]
    return (
        Scenario(
            words.name,
            tuple(shut),
            tuple(Without(one, first, last) for one in gone),
            tuple(_later(one, ground.tables) for one in words.delay),
            added,
        ),
        findings,
    )


def _within(words: Words, tables: Tables, first: date | None, last: date | None) -> None:
    """Refuse a change that begins after the horizon or is over before it: it would change nothing."""
    start, end = horizon(tables["horizon"])
    if first and first > end:
        raise Refused(
            f"{words.name}: begins on {first}, after the last day that is planned, {end}; "
            "name an earlier week, or plan more weeks"
        )
    if last and last < start:
        raise Refused(
            f"{words.name}: ends on {last}, before the first day that is planned, {start}; name a later week"
        )


def day_meant(what: str, text: str, *, end: bool) -> date | None:
    """Return the day that a week or a day means: a week's Monday, at the end its Sunday; None of no words."""
    if not text:
        return None
    found = _WEEK.fullmatch(text.strip())
    try:
        if not found:
            return date.fromisoformat(text.strip())
        monday = date.fromisocalendar(int(found.group(1)), int(found.group(2)), 1)
    except ValueError:
        raise Unknown(what, text, _WHEN) from None
    return monday + timedelta(days=6) if end else monday


@dataclass(frozen=True)
class _Places:
    """Lanes and sites by what they may be called; a name that several bear means none of them alone."""

    ids: frozenset[str]
    sites: Mapping[str, frozenset[str]]
    between: Mapping[tuple[str, str], tuple[str, ...]]

    @classmethod
    def of(cls, tables: Tables) -> "_Places":
        sites: dict[str, set[str]] = {}
        for row in tables["sites"].iter_rows(named=True):
            for text in (row["site"], row["name"], row["name_local"]):
                sites.setdefault(fold(text or ""), set()).add(row["site"])
        between: dict[tuple[str, str], list[str]] = {}
        for row in tables["lanes"].sort("lane").iter_rows(named=True):
            between.setdefault((row["from"], row["to"]), []).append(row["lane"])
        return cls(
            frozenset({*tables["sites"]["site"], *tables["lanes"]["lane"]} - {None}),
            {name: frozenset(ids) for name, ids in sites.items() if name},
            {ends: tuple(lanes) for ends, lanes in between.items()},
        )

    def meant(self, name: str) -> tuple[str, ...]:
        """The ids that an id, a site's name, or two sites with a dash or an arrow between them mean.

        Two sites mean all lanes from the first to the second.
        """
        if name in self.ids:
            return (name,)
        if site := self._site(name):
            return (site,)
        for ends in _ends(name):
            start, end = (self._site(one) for one in ends)
            if lanes := self.between.get((start, end)):
                return lanes
        spelled = {one: one for one in self.ids} | {n: next(iter(ids)) for n, ids in self.sites.items()}
        same = sorted(self.sites.get(fold(name), ()))
        raise Unknown("close", name, sorted(self.ids), same or nearest(name, spelled))

    def _site(self, name: str) -> str:
        """The one site of an id or a name; empty where there is none, or more than one."""
        found = self.sites.get(fold(name), frozenset())
        return next(iter(found)) if len(found) == 1 else ""


def _ends(name: str) -> Iterator[tuple[str, str]]:
    """The ways in which a text can be two names with a dash or an arrow between them."""
    for found in _BETWEEN.finditer(name):
        yield name[: found.start()], name[found.end() :]


def _partner(name: str, ground: Ground) -> str:
    """The party that a name means, of those that offer something or have a budget."""
    id = party("without", name, ground.gathered, ground.settings)
    rows = (ground.tables[table]["party"].drop_nulls() for table in ("offers", "budgets"))
    giving = sorted({one for column in rows for one in column})
    if id not in giving:
        raise Unknown("without", name, giving, nearest(name, {one: one for one in giving}))
    return id


def _later(text: str, tables: Tables) -> Later:
    """BUDGET:WEEKS, or OFFER:WEEKS."""
    name, _, number = text.rpartition(":")
    try:
        weeks = int(number)
    except ValueError:
        weeks = 0
    if not name or not weeks or abs(weeks) > _MOST_WEEKS:
        raise Unknown("delay", text, ("BUDGET:WEEKS, such as B-1:4",))
    ids = {*tables["budgets"]["budget"].drop_nulls(), *tables["offers"]["offer"].drop_nulls()}
    if name not in ids:
        raise Unknown("delay", name, ids, nearest(name, {one: one for one in ids}))
    return Later(name, weeks)


def _added(paths: Sequence[Path], settings: Settings) -> tuple[dict[str, pl.DataFrame], tuple[Finding, ...]]:
    """The rows of files that are added, by table; a CSV that is named like no table holds offers."""
    readings = understand([_document(path) for path in paths], settings=settings)
    tables: dict[str, pl.DataFrame] = {}
    findings: list[Finding] = []
    for path, reading in zip(paths, readings, strict=True):
        # A file may be read under another table's name; it is told under its own.
        told = [replace(one, place=replace(one.place, file=str(path))) for one in reading.findings]
        planned = (*PROBLEM, UNREAD_ROWS)
        known = {name: rows for name, rows in reading.tables.items() if name in planned and rows.height}
        if reading.refused or not known:
            raise Refused(f"{path}: {_why(told)}")
        findings += told
        for name, rows in known.items():
            own = rows.with_columns(_file=pl.lit(str(path)))
            tables[name] = pl.concat([*([tables[name]] if name in tables else []), own], how="diagonal")
    return tables, tuple(findings)


def _document(path: Path) -> Document:
    """A file that is added, under a name by which it is read."""
    if not path.is_file():
        raise Refused(f"{path}: no such file; check the path")
    [found] = files.documents([path])
    table = path.suffix.lower() not in {".csv", ".tsv"} or path.stem.lower() in BY_NAME
    return replace(found, name=str(path) if table else f"{path}/offers{path.suffix}")


def _why(findings: Sequence[Finding]) -> str:
    """Return the fault of a file of which nothing could be used."""
    for one in findings:
        return f"nothing in it can be planned: {one.code}, {one.read!r} was read; expected: {one.expected}"
    return "nothing in it can be planned; konvoi template writes the tables that can be submitted"
