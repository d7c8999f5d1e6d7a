"""One party under many names: what is named in other ways becomes the party that it is, or a question."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import OSA

from konvoi.intake.cell import as_read
from konvoi.kit.latin import latin
from konvoi.kit.text import fold
from konvoi.model.document import Reading
from konvoi.model.entries import ENTRIES
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.party import GROUPS, INSTITUTIONS, party_id, party_name, states
from konvoi.model.spelling import parties_like, parties_of_city, party_misspelt, party_named, spellings
from konvoi.reconcile.aliases import learnt_aliases

# An id with a scheme was made by a format from a name or a foreign code; a partner's own id has none.
_SCHEME = ":"
_FOREIGN = re.compile(r"[A-Za-z][\w.-]*:\S")
_PARTIES = ("party", "counterparty", "implementer")
_NAMES = ("name", "name_de", "name_uk")
UNSURE = "party-unsure"
_UNKNOWN = "party-unknown"
_ROUNDS = 2
_LONG = 6
_WHOLE = 7
_SHORT = 4
_MOST_NAMES = 3_000


@dataclass(frozen=True)
class Resolved:
    """The party that each name means which is no id, and what was read into it.

    findings: a note for each name that was learnt from the statements; a warning with the likeliest party
    where nothing is sure, such as a misspelt name. settled: names of which no finding need say that nobody
    knows them.
    """

    same: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    settled: frozenset[str] = frozenset()

    def without(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return findings without those on unknown parties that are known now."""
        read = {as_read(name) for name in self.settled}
        return [one for one in findings if one.code != _UNKNOWN or one.read not in read]


def resolve_parties(
    readings: Sequence[Reading],
    tables: Mapping[str, pl.DataFrame],
    groups: Iterable[str] = (),
    accepted: Mapping[str, str] | None = None,
) -> Resolved:
    """Resolve the names of givers: by the workspace's parties, by names of states, by agreeing statements.

    What konvoi.toml accepts goes first, then what `parties` says, then the names of states in all languages,
    then what statements of one amount, day and content show (konvoi.reconcile.aliases). A name that is not
    sure stays as written, and a finding asks: a name that is nearly that of a party, too. groups: ids of the
    settings that are no names. accepted: the party of a name, by `[aliases]`.
    """
    foreign = same_party(tables)
    parts = [reading.entries for reading in readings if reading.entries.height]
    if not parts:
        return Resolved(foreign)
    entries = pl.concat(parts).select(list(ENTRIES))
    names = sorted(
        name
        for name in pl.concat([entries[side] for side in ("party", "counterparty")]).drop_nulls().unique()
        if not _FOREIGN.match(name)
    )
    own = _own(tables) | {fold(name): party for name, party in (accepted or {}).items()}
    ids = {*states(), *INSTITUTIONS, *GROUPS, *groups, *own.values()}
    open_ = [name for name in names if name not in ids]
    if not open_:
        return Resolved(foreign)
    same = {name: of for name in open_ if (of := own.get(fold(name)) or party_named(name))}
    known = {name: name for name in names if name in ids} | same
    left = [name for name in open_ if name not in same]
    if not left:
        return Resolved(foreign | same, settled=frozenset(same))
    taken, findings, asked = _open(entries, known, left)
    same |= taken
    return Resolved(foreign | same, findings, frozenset({*same, *asked}))


def _open(
    entries: pl.DataFrame, known: dict[str, str], left: list[str]
) -> tuple[dict[str, str], tuple[Finding, ...], set[str]]:
    """The parties that unexplained names are taken for, findings, and the names that are asked about."""
    same: dict[str, str] = {}
    givers = frozenset(known[name] for name in entries["party"].drop_nulls().unique() if name in known)
    spelt_as = _spellings(known, givers)
    slips = {name: of for name in left if (of := party_misspelt(name) or _respelt(name, spelt_as))}
    head = one_spelling(entries["party"].filter(entries["party"].is_in(left)))
    cities = _cities_of(left, givers)
    for state in set(cities.values()):
        names = [name for name, of in cities.items() if of == state]
        head |= dict.fromkeys(names, min(names))
    hints = {head.get(name, name): {state} for name, state in cities.items()}
    hints |= {head.get(name, name): set(parties_like(name)) & givers for name in left if name not in cities}
    hints |= {head.get(name, name): {of} for name, of in slips.items()}
    spelt = entries.with_columns(pl.col("party").replace(head))
    learnt = _learnt(spelt, known, hints)
    first = _places(entries, left)
    findings: list[Finding] = []
    asked: set[str] = set()
    for name in left:
        row = learnt.get(head.get(name, name))
        if row is not None and row["sure"]:
            same[name] = str(row["party"])
            findings.append(_taken(first[name], name, str(row["party"]), row))
        elif likely := _likely(name, slips | cities) or ([str(row["party"])] if row is not None else []):
            asked.add(name)
            findings.append(_asked(first[name], name, likely))
    return same, tuple(findings), asked


def _likely(name: str, nearest: Mapping[str, str]) -> list[str]:
    return [nearest[name]] if name in nearest else list(parties_like(name))


def _cities_of(names: Iterable[str], givers: frozenset[str]) -> dict[str, str]:
    """Return, for each name of a city, the state, if that gives in this workspace, too: Paris may stand for
    France.
    """
    return {name: min(of) for name in names if (of := parties_of_city(name) & givers)}


def _learnt(
    entries: pl.DataFrame, known: dict[str, str], hints: Mapping[str, set[str]]
) -> dict[str, dict[str, object]]:
    """Return the evidence from statements on each name; a name that is sure at first is evidence for
    others.
    """
    found: dict[str, dict[str, object]] = {}
    for _ in range(_ROUNDS):
        fresh = {row["name"]: row for row in learnt_aliases(entries, known, hints).iter_rows(named=True)}
        found = {name: row for name, row in found.items() if row["sure"]} | fresh
        known = known | {name: str(row["party"]) for name, row in fresh.items() if row["sure"]}
    return found


def _spellings(known: Mapping[str, str], givers: frozenset[str]) -> dict[str, str]:
    """The givers by their names, those used here and those of all languages; without what two bear."""
    found: dict[str, set[str]] = {}
    for name, of in known.items():
        if of in givers and fold(name) != of:
            found.setdefault(fold(name), set()).add(of)
    for of in givers:
        for key in spellings(of):
            found.setdefault(key, set()).add(of)
    return {key: min(ids) for key, ids in sorted(found.items()) if len(ids) == 1 and len(key) >= _SHORT}


def _respelt(name: str, spelt_as: Mapping[str, str]) -> str | None:
    """The one giver among whose names one is a letter off this name; None for none or several.

    A short name may have a letter lost, doubled or swapped, and none changed: Ialy, and not Itaky.
    """
    key = fold(name)
    if len(key) < _SHORT or any(one.isdigit() for one in key):
        return None
    near = process.extract(key, spelt_as.keys(), scorer=OSA.distance, score_cutoff=1, limit=None)
    meant = {
        spelt_as[text]
        for text, _, _ in near
        if min(len(key), len(text)) >= _WHOLE or _slip(key, text) or _slip(text, key)
    }
    return meant.pop() if len(meant) == 1 and set(parties_like(name)) <= meant else None


def _slip(one: str, other: str) -> bool:
    """True if a name is another with a letter lost, or with two swapped."""
    if len(one) == len(other):
        return sorted(one) == sorted(other)
    return len(one) < len(other) and any(one == other[:n] + other[n + 1 :] for n in range(len(other)))


def one_spelling(names: pl.Series) -> dict[str, str]:
    """Return, for each name one letter off a more common name, that name; a name with figures is a code."""
    counts = names.value_counts(sort=True).sort("count", names.name, descending=[True, False])
    words = [str(name) for name in counts[names.name] if not any(one.isdigit() for one in str(name))]
    key = {name: fold(latin(name)) for name in words[:_MOST_NAMES]}
    found: dict[str, str] = {}
    heads: dict[str, str] = {}
    for name, spelt in key.items():
        near = None
        if len(spelt) >= _LONG:
            near = process.extractOne(spelt, heads.keys(), scorer=OSA.distance, score_cutoff=1)
        if spelt in heads or near is not None:
            found[name] = heads[spelt if spelt in heads else near[0]]  # type: ignore[index]
        else:
            heads[spelt] = name
    return found


def _own(tables: Mapping[str, pl.DataFrame]) -> dict[str, str]:
    """The ids of the workspace's parties by each spelling that means one of them alone."""
    rows = tables.get("parties")
    found: dict[str, set[str]] = {}
    if rows is not None:
        for row in rows.iter_rows(named=True):
            if _SCHEME not in row["party"]:
                for name in (row["party"], *spellings_of(row)):
                    found.setdefault(fold(name), set()).add(row["party"])
    return {name: min(ids) for name, ids in found.items() if len(ids) == 1}


def _places(entries: pl.DataFrame, names: Sequence[str]) -> dict[str, Place]:
    """Return the first place of each name."""
    found: dict[str, Place] = {}
    for side in ("party", "counterparty"):
        rows = entries.filter(pl.col(side).is_in(list(names))).unique(side, keep="first", maintain_order=True)
        own = (pl.col("variant") == "konvoi") & (pl.col("reference") == pl.col("package"))
        column = pl.when(own & (side == "party")).then(pl.lit("party")).otherwise("column")
        named = rows.select(side, "submission", "sheet", "row", column=column)
        for name, file, sheet, row, column in named.iter_rows():
            found.setdefault(name, Place(file or "", sheet or "", row or 0, column or ""))
    return found


def _taken(place: Place, name: str, party: str, row: Mapping[str, object]) -> Finding:
    """The note that a name was taken for a party, whose statements agree with those under the name."""
    values = {"party": party, "called": party_name(party)}
    values |= {"agreeing": str(row["agreeing"]), "statements": str(row["statements"])}
    why = "{party} ({called}): {agreeing} agreements of its {statements} statements with those of {party}"
    return Finding(
        Severity.NOTE,
        "party-read-as",
        place,
        as_read(name),
        why,
        "Nothing, if this is right. Otherwise add the name to the table of parties.",
        values,
    )


def _asked(place: Place, name: str, likely: Sequence[str]) -> Finding:
    """The warning that a name may mean a party, or one of several."""
    meant = " / ".join(f"{one} ({party_name(one)})" for one in likely)
    return Finding(
        Severity.WARNING,
        UNSURE,
        place,
        as_read(name),
        "a party by id or name",
        "Is it {meant}? Then accept it in konvoi.toml, under [aliases], or add the name to its aliases in "
        "the table of parties.",
        {"meant": meant},
    )


def same_party(tables: Mapping[str, pl.DataFrame]) -> dict[str, str]:
    """Return, for each foreign id whose name is exactly that of one known party, that party.

    Known are the rows of `parties` with ids of their own (names in three languages, and aliases), states and
    institutions. Nothing is guessed: a name that two parties bear stands for neither.
    """
    rows = tables.get("parties")
    if rows is None or rows.is_empty():
        return {}
    named: dict[str, set[str]] = {}
    for row in rows.iter_rows(named=True):
        if _SCHEME not in row["party"]:
            for name in spellings_of(row):
                named.setdefault(fold(name), set()).add(row["party"])
    found = {}
    for row in rows.iter_rows(named=True):
        if _SCHEME in row["party"] and row.get("name"):
            known = named.get(fold(row["name"])) or {party_id(row["name"])} - {None}
            if len(known) == 1:
                found[row["party"]] = str(next(iter(known)))
    return found


def renamed(entries: pl.DataFrame, same: Mapping[str, str]) -> pl.DataFrame:
    """Entries with each foreign id of a known party replaced; the submission still says what it said."""
    if not same:
        return entries
    return entries.with_columns(pl.col(name).replace(dict(same)) for name in _PARTIES)


def called(party: str, tables: Mapping[str, pl.DataFrame], language: str) -> str:
    """The name of a party or group in a language: as its row of `parties` says, else as it is known."""
    usual = party_name(party, language)
    rows = tables.get("parties")
    if rows is None or "name" not in rows.columns:
        return usual
    own = rows.filter(pl.col("party") == party)
    if own.is_empty():
        return usual
    row = own.row(0, named=True)
    known = usual if usual != party else row["name"]
    return str(row.get("name" if language == "en" else f"name_{language}") or known or party)


def spellings_of(row: Mapping[str, object]) -> Sequence[str]:
    """The names and aliases of a row of `parties`."""
    aliases = str(row.get("aliases") or "").split(";")
    return [str(name) for name in (*(row.get(key) for key in _NAMES), *aliases) if name and str(name).strip()]
