"""Which packages and lines may be one undertaking: looked for once, for all relations."""

import json
from dataclasses import replace

import polars as pl

from konvoi.link.match import PAIRS, Matches, match
from konvoi.link.settings import Block, Settings, Window
from konvoi.link.weights import Weights
from konvoi.model.stages import Stage
from konvoi.reconcile.comparisons import COMPARISONS
from konvoi.reconcile.fitted import JOIN, MEAN
from konvoi.reconcile.policy import Policy

_BITS = 2


def alike(records: pl.DataFrame, policy: Policy) -> Matches:
    """Pairs of RECORDS of different references that are alike enough to be shown, with their evidence.

    They weigh by the shares that the comparisons declare. Weights fitted to made-up records do not carry over
    to real lists (`docs/decisions/0011`): there words and implementers tell what no made-up world repeats.
    evidence: JSON list of [comparison, answer, bits], whose bits add up to the odds.
    """
    asked = settings(policy)
    found = match(
        records,
        replace(asked, by_density=False, join=Settings.join, mean=Settings.mean, prior=policy.prior),
    )
    return replace(found, pairs=_explained(found.pairs, found.used)) if found.used else found


def _loose() -> pl.Expr:
    """Whether a record is a contract whose line nobody has named."""
    return pl.col("package").is_null() & (pl.col("level") == "line") & (pl.col("stage") == Stage.CONTRACTED)


def _explained(pairs: pl.DataFrame, used: Weights) -> pl.DataFrame:
    """Pairs with what each answer weighs in their evidence."""
    marks = ["code", "density"]
    distinct = pairs.select(marks).unique(maintain_order=True)
    told = [
        json.dumps(
            [[name, answer, round(bits, _BITS)] for name, answer, bits in used.explained(code, density)],
            separators=(",", ":"),
        )
        for code, density in distinct.iter_rows()
    ]
    worded = distinct.with_columns(evidence=pl.Series(told, dtype=pl.String))
    return (
        pairs.drop("evidence").join(worded, on=marks, how="left", maintain_order="left").select(list(PAIRS))
    )


def ends(pairs: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
    """Pairs with source, known and first of both sides (_left, _right), and whether a side is `loose`.

    Loose is a contract whose line nobody has named: it is for the line that it is like, and not the same.
    """
    told = records.select("id", "source", "known", "first", loose=_loose())
    for side in ("left", "right"):
        named = {c: f"{c}_{side}" for c in ("source", "known", "first", "loose")}
        pairs = pairs.join(
            told.rename(named | {"id": f"{side}_id"}), on=f"{side}_id", how="left", maintain_order="left"
        )
    return pairs


def settings(policy: Policy) -> Settings:
    """How records are matched: what is compared, in which blocks, what may never be one."""
    unique = ", ".join("'" + variant.replace("'", "''") + "'" for variant in policy.unique) or "''"
    return Settings(
        comparisons=COMPARISONS,
        blocks=_blocks(policy),
        # A total to date or a joint package is not one of the gifts in it.
        # Two lines of one package are two; the records of a register that declares them unique are.
        # An organisation of a register (with a colon) may receive for the state that another names.
        allowed=f"""l.level = r.level AND coalesce(l.kind = r.kind, TRUE) AND l.unit <> r.unit
            AND l.lead IS NOT DISTINCT FROM r.lead
            AND NOT (l.source = r.source AND coalesce(l.package = r.package, FALSE))
            AND NOT (l.variant IN ({unique}) AND (l.submission = r.submission OR l.source = r.source))
            AND (l.counterparty IS NULL OR r.counterparty IS NULL OR l.counterparty = r.counterparty
                 OR l.counterparty LIKE '%:%' OR r.counterparty LIKE '%:%')""",
        apart=("counter", "reference"),
        least=policy.least,
        by_density=True,
        join=JOIN,
        mean=MEAN,
        memory=policy.memory,
        threads=policy.threads,
    )


def _blocks(policy: Policy) -> tuple[Block, ...]:
    def block(name: str, on: tuple[str, ...], narrower: tuple[str, ...] = (), days: int = 0) -> Block:
        window = Window("day", days or policy.days, days or policy.days)
        return Block(name, (*policy.within, *on), window=window, narrower=narrower, most=policy.most)

    more = policy.known
    return (
        block("partner and amount", ("party", *more, "buckets"), ("kind", "good_words")),
        block("partner and good", ("party", "good"), ("quantity",), policy.near if more else 0),
        block("partner and kind of good", ("party", "thing"), ("quantity",), policy.near),
        block("partner and quantity", ("party", "thing", "quantity")),
        block("partner and number in the text", ("party", *more, "numbered"), ("kind", "thing")),
        block("partner and a rare word", ("party", "tokens"), ("kind",)),
        block("implementer and amount", ("implementer", *more, "buckets"), ("kind",)),
        Block("reference", (*policy.within, "reference"), most=policy.most),
    )
