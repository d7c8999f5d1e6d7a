"""Which packages and lines may be one undertaking: looked for once, for all relations."""

import polars as pl

from konvoi.link.match import Matches, match
from konvoi.link.settings import Block, Settings, Window
from konvoi.model.stages import Stage
from konvoi.reconcile.comparisons import COMPARISONS
from konvoi.reconcile.policy import Policy


def alike(records: pl.DataFrame, policy: Policy) -> Matches:
    """Pairs of RECORDS of different references that are alike enough to be shown, with their evidence."""
    return match(records, settings(policy))


def ends(pairs: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
    """Pairs with source, known and first of both sides (_left, _right), and whether a side is `loose`.

    Loose is a contract whose line nobody has named: it is for the line that it is like, and not the same.
    """
    loose = pl.col("package").is_null() & (pl.col("level") == "line") & (pl.col("stage") == Stage.CONTRACTED)
    told = records.select("id", "source", "known", "first", loose=loose)
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
        prior=policy.prior,
        least=policy.least,
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
