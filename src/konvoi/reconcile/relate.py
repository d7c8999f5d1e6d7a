"""Relations between entries: by documents, by references, by likeness, and by review decisions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import partial

import polars as pl

from konvoi.kit.union import components
from konvoi.link.weights import Weights
from konvoi.model.calibration import CalibrationState
from konvoi.model.entries import RELATIONS as SCHEMA
from konvoi.model.entries import SCOPES
from konvoi.model.finding import Finding, Place, Severity
from konvoi.reconcile.candidates import alike, ends
from konvoi.reconcile.duplicates import duplicates
from konvoi.reconcile.inherit import lines
from konvoi.reconcile.judgement import JUDGEMENTS, Decided, decided
from konvoi.reconcile.policy import Policy
from konvoi.reconcile.records import firsts, records, unit_key
from konvoi.reconcile.references import resolved
from konvoi.reconcile.relation import Evidence
from konvoi.reconcile.relations import RELATIONS
from konvoi.reconcile.settle import without_contradictions, without_cycles
from konvoi.reconcile.trained_weights import Taught, state
from konvoi.reconcile.training_pairs import lessons

APPROXIMATIONS = pl.Schema({"entry": pl.String(), "bound": pl.String()})


@dataclass(frozen=True)
class Related:
    """All relations between entries, each pair and kind once, and findings.

    relations: RELATIONS, sorted by left, right, relation. overflow: groups of records that were skipped
    because they make too many pairs (block, key, pairs). weights: of each answer; none if there was nothing
    to compare; learnt: weights after judgements. calibration: extent to which they rest on reviews.
    proposed: the relations as they were found, before anybody's judgement. approximations: entry, bound (`at
    least`, `about`, `at most`) of the entries whose package or line states its figure so: an exact figure of
    the giver counts before it.
    """

    relations: pl.DataFrame
    findings: tuple[Finding, ...] = ()
    overflow: pl.DataFrame = field(default_factory=pl.DataFrame)
    weights: Weights | None = None
    learnt: Taught | None = None
    proposed: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=SCHEMA))
    calibration: CalibrationState = field(default_factory=CalibrationState)
    approximations: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=APPROXIMATIONS))


def relate(
    entries: pl.DataFrame,
    *,
    relations: pl.DataFrame | None = None,
    judgements: pl.DataFrame | None = None,
    scopes: pl.DataFrame | None = None,
    rates: pl.DataFrame | None = None,
    policy: Policy | None = None,
    tables: Mapping[str, pl.DataFrame] | None = None,
) -> Related:
    """Return the relations between the entries in force.

    relations: what documents state (RELATIONS); an end may name a reference instead of an entry. judgements:
    rows of judgements.csv. scopes: for the activities that flows name. tables: of the workbook, of which
    parties and goods are read. Relations are between the entries that stand for packages or lines, except
    where two versions of one entry restate each other. What a person decided stands above structure,
    structure above references, references above likeness.
    """
    rule = policy or Policy()
    compared = records(entries, rates)
    said = judgements if judgements is not None else pl.DataFrame(schema=JUDGEMENTS)
    taught = lessons(said, entries, rule.seed)
    found = alike(compared, rule, taught)
    stated = resolved(relations if relations is not None else pl.DataFrame(schema=SCHEMA), entries)
    evidence = Evidence(
        entries=entries,
        records=compared,
        scopes=scopes if scopes is not None else pl.DataFrame(schema=SCOPES),
        pairs=ends(found.pairs, compared),
        policy=rule,
        stated=stated,
        rates=rates,
        tables=tables or {},
    )
    proposed = [propose(evidence) for relation in RELATIONS for propose in relation.propose]
    told = [stated.select(list(SCHEMA)).cast(SCHEMA), *(p.relations for p in proposed)]
    joined = _once(pl.concat([*told, duplicates(evidence, told)]))
    settled, findings = decide(joined, said, entries)
    over = [found.overflow, *(p.overflow for p in proposed if p.overflow is not None)]
    return Related(
        relations=settled,
        findings=(*found.findings, *findings),
        overflow=pl.concat(over).unique().sort("block", "key"),
        weights=found.used,
        learnt=found.learnt,
        calibration=state(taught, found.learnt),
        proposed=joined.sort("left", "right", "relation"),
        approximations=_approximations(evidence),
    )


def _approximations(evidence: Evidence) -> pl.DataFrame:
    rough = evidence.statements.filter(pl.col("bound").is_not_null()).select("unit", "bound")
    of = evidence.entries.select("entry", unit=unit_key())
    return of.join(rough, on="unit").select(list(APPROXIMATIONS)).sort("entry")


def decide(
    proposed: pl.DataFrame, judgements: pl.DataFrame, entries: pl.DataFrame, named: pl.DataFrame | None = None
) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    """Return the relations after review decisions, which override proposals, sorted.

    Quick enough to be asked after each decision: nothing is compared anew. named: the `names` of the
    entries, where they are at hand.
    """
    verdicts = decided(judgements, entries, named)
    settled, findings = settle(proposed, verdicts, entries)
    return settled, (*_again(verdicts, entries), *findings)


def settle(
    proposed: pl.DataFrame, verdicts: Decided, entries: pl.DataFrame
) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    """Return the relations after decisions that are in force, sorted, with findings on contradictions."""
    whole = _judged(proposed, verdicts)
    with_lines = _judged(_once(pl.concat([whole, lines(whole, entries)])), verdicts)
    settled, findings = _settled(with_lines, verdicts, entries)
    return settled.sort("left", "right", "relation"), findings


def _once(relations: pl.DataFrame) -> pl.DataFrame:
    """Each pair once: structure before references before likeness, the surer before the less sure.

    same_as looks the same from both sides. A pair that is related by structure or reference is not proposed
    in another relation because it is alike.
    """
    bases = pl.col("basis").replace_strict(
        {"person": 0, "structure": 0, "reference": 1, "probability": 2}, default=1, return_dtype=pl.Int8
    )
    same = pl.col("relation") == "same_as"
    low = pl.min_horizontal("left", "right")
    high = pl.max_horizontal("left", "right")
    ranked = (
        relations.filter(pl.col("left") != pl.col("right"))
        .with_columns(_basis=bases, _low=low, _high=high)
        .with_columns(
            left=pl.when(same).then("_low").otherwise("left"),
            right=pl.when(same).then("_high").otherwise("right"),
        )
        .sort(
            "_basis",
            "status",
            "probability",
            "relation",
            "left",
            "right",
            descending=[False, False, True] + [False] * 3,
        )
    )
    best = ranked.with_columns(_best=pl.col("_basis").min().over("_low", "_high"))
    kept = best.filter((pl.col("_basis") < 2) | (pl.col("_best") == 2))
    return kept.unique(["left", "right", "relation"], keep="first", maintain_order=True).select(list(SCHEMA))


def _judged(relations: pl.DataFrame, verdicts: Decided) -> pl.DataFrame:
    """Return relations with review decisions; a pair that only a person joined is added."""
    pairs = verdicts.pairs.filter("current")
    if pairs.is_empty():
        return relations
    same = pl.col("relation") == "same_as"
    turned = pairs.with_columns(
        left=pl.when(same).then(pl.min_horizontal("left", "right")).otherwise("left"),
        right=pl.when(same).then(pl.max_horizontal("left", "right")).otherwise("right"),
        _status=pl.col("verdict").replace_strict(
            {"same": "accepted", "different": "rejected"}, default="undecided", return_dtype=pl.String
        ),
    ).select("left", "right", "relation", "_status")
    return (
        relations.join(turned, on=["left", "right", "relation"], how="full", coalesce=True)
        .with_columns(
            status=pl.coalesce("_status", "status"),
            basis=pl.when(pl.col("_status").is_not_null()).then(pl.lit("person")).otherwise("basis"),
            evidence=pl.col("evidence").fill_null("[]"),
        )
        .select(list(SCHEMA))
    )


def _settled(
    relations: pl.DataFrame, verdicts: Decided, entries: pl.DataFrame
) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    """Relations without contradictions and circles."""
    held = relations.filter(pl.col("status") == "accepted")
    places = _places(entries, {*held["left"], *held["right"]})
    apart = verdicts.pairs.filter(
        (pl.col("verdict") == "different") & pl.col("current") & (pl.col("relation") == "same_as")
    )
    parted = {*apart.select("left", "right").iter_rows(), *_two_references(relations, entries)}
    called = _called(entries, {*places, *(one for pair in parted for one in pair)})
    joined, contradictions = without_contradictions(relations, parted, places, called)
    straight, cycles = without_cycles(joined, places, called)
    return straight, (*contradictions, *cycles)


def _two_references(relations: pl.DataFrame, entries: pl.DataFrame) -> set[tuple[str, str]]:
    """Pairs of records of one register, which declares its references unique, that are joined as the same.

    A new reference in a partner's own submissions is evidence of another thing, never a veto (semantics 9).
    """
    same = relations.filter((pl.col("relation") == "same_as") & (pl.col("status") == "accepted"))
    # Only within what is joined: an issuer's references are many, those of one undertaking are few.
    of: dict[str, str] = components(sorted(same.select("left", "right").iter_rows()))
    schema = {"entry": pl.String, "one": pl.String}
    joined = pl.DataFrame({"entry": list(of), "one": list(of.values())}, schema=schema)
    register = pl.col("variant").str.contains(f"^({'|'.join(Policy().unique)})").fill_null(False)
    known = firsts(entries).filter(pl.col("reference").is_not_null() & register).join(joined, on="entry")
    side = known.select("entry", "counter", "reference", "one", whole=pl.col("line").is_null())
    pairs = side.join(side, on=["one", "counter", "whole"], suffix="_right").filter(
        (pl.col("reference") != pl.col("reference_right")) & (pl.col("entry") < pl.col("entry_right"))
    )
    return set(pairs.select("entry", "entry_right").iter_rows())


def _again(verdicts: Decided, entries: pl.DataFrame) -> tuple[Finding, ...]:
    """A note for each judgement whose records have other values now, or are not there."""
    stale = verdicts.pairs.filter(~pl.col("current"))
    places = _places(entries, set(stale["left"]))
    found = partial(
        Finding,
        Severity.WARNING,
        "judgement-stale",
        expected="the values shown when this pair was decided",
        remedy="review the pair again; until then the earlier decision is not used",
    )
    changed = [
        found(places.get(row["left"], Place()), read=f"{row['left']} / {row['right']}")
        for row in stale.iter_rows(named=True)
    ]
    return (*changed, *(_lost(judgement) for judgement in verdicts.lost))


def _lost(judgement: str) -> Finding:
    return Finding(
        Severity.NOTE,
        "judgement-lost",
        Place(),
        read=judgement,
        expected="two submitted records",
        remedy="nothing: it counts again as soon as both records are back",
    )


def _called(entries: pl.DataFrame, wanted: Collection[str]) -> dict[str, str]:
    """Entries by their references; with the source before it where two sources use one reference."""
    rows = entries.filter(pl.col("entry").is_in(sorted(wanted)), pl.col("reference").is_not_null())
    several = pl.col("source").n_unique().over("reference") > 1
    named = pl.when(several).then(pl.concat_str("source", "reference", separator=" ", ignore_nulls=True))
    return dict(rows.select("entry", named.otherwise("reference")).iter_rows())


def _places(entries: pl.DataFrame, wanted: Collection[str]) -> dict[str, Place]:
    """Return the place of each of the wanted entries."""
    found = entries.filter(pl.col("entry").is_in(sorted(wanted)))
    return {
        entry: Place(submission or "", sheet or "", row or 0, column or "")
        for entry, submission, sheet, row, column in found.select(
            "entry", "submission", "sheet", "row", "column"
        ).iter_rows()
    }
