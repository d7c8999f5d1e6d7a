"""Results of matching for one reader, as a run keeps them so that decisions can be weighed at once.

Records that a decision can move together stand in one *component*: those joined by any proposed relation,
whole packages, readings that contradict one another, payments and gifts of a fund. No total depends on two
components at once, so that a decision changes the figures of its own component alone. Components lie in
*parts*, files of a few hundred entries each: a page reads one part, whatever the size of the workspace.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import polars as pl

from konvoi.flow.gathered import Gathered
from konvoi.flow.kept_views import as_bytes
from konvoi.flow.matching.relate import judged
from konvoi.flow.matching.review_impact import Weighing
from konvoi.flow.settings import Settings
from konvoi.flow.today import known_today
from konvoi.kit.digest import key
from konvoi.kit.union import components
from konvoi.ledger.answer import Total
from konvoi.ledger.post import Ledger
from konvoi.ledger.units import owned
from konvoi.reconcile.judgement import JUDGEMENTS, decided, names, seen_of
from konvoi.reconcile.queue import QUEUE
from konvoi.reconcile.random_sample import order
from konvoi.reconcile.records import unit_key

FOLDER = "review"
SUMMARY = f"{FOLDER}/summary.json"
SHARED = f"{FOLDER}/shared.zip"
ANSWERS = f"{FOLDER}/answers.csv"
PAIRS = "review_pairs"
"""Name of the table of pairs in a snapshot."""
COMPONENTS = "review_components"
"""Name of the table of a part that says which entry is of which component."""
ENTRIES = 400
"""Entries of a part; a larger component is a part of its own."""
_PAIR = ["left", "right", "relation"]
# What totals and weights look at, beside the entries themselves.
_TABLES = ("rates", "shares", "parties", "goods")

_ABOUT = ("party", "source", "text", "reference")
_LONGEST = 160

PAIRS_SCHEMA = pl.Schema(
    {"pair": pl.String(), "component": pl.Int64(), "part": pl.Int64()}
    | dict(QUEUE)
    | {
        "status": pl.String(),
        "verdict": pl.String(),
        "place": pl.Float64(),
        **dict.fromkeys(("left_name", "right_name", "seen"), pl.String()),
        **dict.fromkeys((f"{side}_{name}" for side in ("left", "right") for name in _ABOUT), pl.String()),
    }
)
"""One line for each pair that was proposed or decided: the columns of QUEUE and

pair: its id, made of the stable names. status: accepted, undecided or rejected. verdict: of a person, empty
for none. place: in the order of chance; null where a pair cannot be drawn. seen: digest of the values.
left_party and so on: partner, source, wording (cut) and reference of each record. The order is that of the
queue; pairs that do not wait come last."""


@dataclass(frozen=True)
class ReviewFiles:
    """Results of matching: the table of pairs, and files by name."""

    pairs: pl.DataFrame
    files: Mapping[str, bytes]


def pair_id(left: str, right: str, relation: str) -> str:
    """Return the id of a pair of stable names; of a pair that looks the same from both sides one id."""
    ends = sorted((left, right)) if relation == "same_as" else [left, right]
    return key("pair", *ends, relation)


def review_files(
    gathered: Gathered, settings: Settings, pledged: Total | None, judgements: str
) -> ReviewFiles:
    """Return the results of matching for the reader of a view.

    pledged: the total pledged as it is shown to this reader. judgements: text of judgements.csv as it was
    used for the view.
    """
    ledger = gathered.ledger
    entries = owned(ledger.entries, ledger.owners)
    of = _components(gathered, entries)
    parts = _parts(of)
    pairs = _pairs(gathered, settings, entries, of.join(parts, on="component"))
    files = {SUMMARY: _summary(gathered, settings, pledged, of), SHARED: as_bytes(_shared(gathered))}
    files[ANSWERS] = _answers(gathered, judgements).write_csv().encode()
    for number, (_, some) in enumerate(
        of.join(parts, on="component").sort("part", "entry").group_by("part", maintain_order=True)
    ):
        files[part_name(number)] = as_bytes(_part(gathered, some.select("entry", "component")))
    return ReviewFiles(pairs, files)


def part_name(number: int) -> str:
    """Return the name of the file of a part."""
    return f"{FOLDER}/{number:05}.zip"


def _components(gathered: Gathered, entries: pl.DataFrame) -> pl.DataFrame:
    """Return entry, component of all entries that a decision can move, also of other readings of them."""
    ledger = gathered.ledger
    everything = pl.concat(
        [entries, owned(ledger.disputed, ledger.owners), owned(ledger.plausible, ledger.owners)]
    )
    whole = pl.concat_str("source", "package", separator="\x1f")
    of = everything.select("entry", "party", "counterparty", group=pl.coalesce(whole, unit_key()))
    group = of.select("entry", "group").unique("entry", keep="first", maintain_order=True)
    ends = gathered.proposed.select("left", "right").rows() + ledger.relations.select("left", "right").rows()
    named = dict(group.iter_rows())
    edges = [(named[a], named[b]) for a, b in ends if a in named and b in named]
    edges += [
        (named[entry], f"\x1fdispute\x1f{dispute}")
        for dispute, entry in ledger.disputes.select("dispute", "entry").iter_rows()
        if entry in named
    ]
    for side in ("party", "counterparty"):
        held = of.filter(pl.col(side).is_in(sorted(ledger.funds)))
        edges += [(one, f"\x1ffund\x1f{fund}") for one, fund in held.select("group", side).iter_rows()]
    roots = components(sorted(set(edges)))
    joined = group.with_columns(
        root=pl.col("group").replace_strict(roots, default=None, return_dtype=pl.String)
    )
    kept = joined.drop_nulls("root")
    first = kept.group_by("root").agg(pl.col("entry").min()).sort("entry").with_row_index("component")
    return kept.join(first.select("root", pl.col("component").cast(pl.Int64)), on="root").select(
        "entry", "component"
    )


def _parts(of: pl.DataFrame) -> pl.DataFrame:
    """Return component, part: components one after the other, a new part after so many entries."""
    sizes = of.group_by("component").len().sort("component")
    part, filled, found = 0, 0, []
    for component, size in sizes.iter_rows():
        if filled and filled + size > ENTRIES:
            part, filled = part + 1, 0
        filled += size
        found.append((component, part))
    return pl.DataFrame(found, schema={"component": pl.Int64, "part": pl.Int64}, orient="row")


def _pairs(gathered: Gathered, settings: Settings, entries: pl.DataFrame, of: pl.DataFrame) -> pl.DataFrame:
    """Return PAIRS_SCHEMA."""
    relations = gathered.ledger.relations
    named = names(entries)
    verdicts = decided(gathered.judgements, entries, named).pairs.filter("current")
    queue = Weighing.of(gathered, settings).queue(relations)
    waiting = queue.with_columns(status=pl.lit("undecided"))
    proposed = gathered.proposed.filter(pl.col("basis") == "probability").select(
        *_PAIR, "probability", "evidence", _at_first="status"
    )
    now = relations.select(*_PAIR, "status", "probability", "evidence")
    settled = pl.concat(
        [
            proposed.join(now.select(*_PAIR, "status"), on=_PAIR, how="left")
            .with_columns(status=pl.coalesce("status", pl.lit("rejected")))
            .drop("_at_first"),
            verdicts.select(_PAIR)
            .join(now, on=_PAIR, how="left")
            .with_columns(pl.col("status").fill_null("rejected"))
            .select(*_PAIR, "probability", "evidence", "status"),
        ]
    ).unique(_PAIR, keep="first", maintain_order=True)
    rest = settled.join(waiting, on=_PAIR, how="anti").sort(_PAIR)
    every = pl.concat([waiting, rest], how="diagonal")
    chance = order(gathered.proposed, entries, settings.seed)
    about = entries.select("entry", *_ABOUT).with_columns(pl.col("text").str.head(_LONGEST))
    about = about.unique("entry").join(named, on="entry")
    for side in ("left", "right"):
        told = about.select(
            pl.col("entry").alias(side), *(pl.col(c).alias(f"{side}_{c}") for c in (*_ABOUT, "name", "seen"))
        )
        every = every.join(told, on=side, how="inner", maintain_order="left")
    every = (
        every.join(chance, on=_PAIR, how="left", maintain_order="left")
        .join(_said(verdicts), on=_PAIR, how="left", maintain_order="left")
        .join(of.rename({"entry": "left"}), on="left", how="left", maintain_order="left")
    )
    ids, seen = [], []
    for row in every.select("left_name", "right_name", "relation", "left_seen", "right_seen").iter_rows():
        ids.append(pair_id(*row[:3]))
        seen.append(seen_of((row[0], row[3]), (row[1], row[4])))
    return (
        every.with_columns(
            pair=pl.Series(ids, dtype=pl.String),
            seen=pl.Series(seen, dtype=pl.String),
            verdict=pl.col("verdict").fill_null(""),
            queue=pl.col("queue").fill_null("nothing"),
        )
        .select(list(PAIRS_SCHEMA))
        .cast(PAIRS_SCHEMA)
        .unique("pair", keep="first", maintain_order=True)
    )


def _said(verdicts: pl.DataFrame) -> pl.DataFrame:
    """Return decisions in the direction in which relations stand."""
    same = pl.col("relation") == "same_as"
    return verdicts.select(
        left=pl.when(same).then(pl.min_horizontal("left", "right")).otherwise("left"),
        right=pl.when(same).then(pl.max_horizontal("left", "right")).otherwise("right"),
        relation="relation",
        verdict="verdict",
    ).unique(_PAIR, keep="last", maintain_order=True)


def _answers(gathered: Gathered, judgements: str) -> pl.DataFrame:
    """Return the decisions that come of answers to questions, without who answered."""
    every, own = gathered.judgements, judged(judgements)[0]
    rows = every.tail(every.height - own.height) if every.height > own.height else every.clear()
    if not rows.width:
        return pl.DataFrame(schema=JUDGEMENTS)
    return rows.with_columns(by=pl.lit(""), reason=pl.lit(""))


def _summary(gathered: Gathered, settings: Settings, pledged: Total | None, of: pl.DataFrame) -> bytes:
    shown = pledged is not None and not pledged.refused and pledged.value is not None
    figures = (pledged.value, pledged.lowest, pledged.highest) if shown and pledged is not None else ()
    day = known_today(gathered, settings)
    told = {
        "total": [str(one) for one in figures],
        "currency": pledged.unit if pledged is not None else "",
        "components": of["component"].n_unique(),
        "day": day.isoformat() if day else "",
        "calibration": gathered.calibration.as_dict() if gathered.calibration else None,
    }
    return json.dumps(told, indent=1, sort_keys=True).encode()


def _shared(gathered: Gathered) -> Gathered:
    """Return what all components use: rates, shares, parties."""
    nothing = _of_entries(gathered, gathered.ledger.entries.clear().select("entry"))
    tables = {name: rows for name, rows in gathered.tables.items() if name in _TABLES}
    told = {name: rows for name, rows in gathered.ledger.tables.items() if name in _TABLES}
    return replace(nothing, tables=tables, ledger=replace(nothing.ledger, tables=told))


def _part(gathered: Gathered, of: pl.DataFrame) -> Gathered:
    return replace(_of_entries(gathered, of.select("entry")), tables={COMPONENTS: of})


def of_component(part: Gathered, shared: Gathered, component: int) -> Gathered:
    """Return the records of one component of a part, with the tables that all of them use."""
    of = part.tables[COMPONENTS].filter(pl.col("component") == component).select("entry")
    alone = _of_entries(part, of)
    tables = {**shared.ledger.tables, **alone.ledger.tables}
    return replace(alone, tables=shared.tables, ledger=replace(alone.ledger, tables=tables))


def _of_entries(gathered: Gathered, wanted: pl.DataFrame) -> Gathered:
    """Return what was gathered of some entries alone, without documents and findings."""
    ledger, ids = gathered.ledger, pl.Series(wanted["entry"]).implode()

    def inside(rows: pl.DataFrame, *columns: str) -> pl.DataFrame:
        return rows.filter(pl.all_horizontal(pl.col(c).is_in(ids) for c in columns))

    kept = Ledger(
        entries=inside(ledger.entries, "entry"),
        corrected=ledger.corrected.clear(),
        scopes=inside(ledger.scopes, "entry"),
        relations=inside(ledger.relations, "left", "right"),
        owners=inside(ledger.owners, "entry"),
        superseded=ledger.superseded.clear(),
        disputes=inside(ledger.disputes, "entry"),
        disputed=inside(ledger.disputed, "entry"),
        plausible=inside(ledger.plausible, "entry"),
        tables=dict(_tables_of(ledger, ids)),
    )
    return replace(
        gathered,
        ledger=kept,
        tables={},
        documents=gathered.documents.clear(),
        claims=gathered.claims.clear(),
        findings=(),
        readings=(),
        goods={},
        proposed=inside(gathered.proposed, "left", "right"),
        judgements=gathered.judgements.clear(),
        weights=None,
        inputs=None,
        calibration=None,
    )


def _tables_of(ledger: Ledger, ids: pl.Series) -> Iterator[tuple[str, pl.DataFrame]]:
    for name in ("approximations", "unread_values"):
        if name in ledger.tables:
            yield name, ledger.tables[name].filter(pl.col("entry").is_in(ids))
