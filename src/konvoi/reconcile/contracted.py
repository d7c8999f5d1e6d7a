"""Packages that contracts without a line are for: one package without lines for each contract."""

import polars as pl

from konvoi.link.match import match
from konvoi.link.settings import Block, Settings, Window
from konvoi.model.stages import Stage
from konvoi.reconcile.comparison import OTHERWISE, Comparison, Level
from konvoi.reconcile.pass_through import Claim, likeliest, odds_of
from konvoi.reconcile.policy import Policy
from konvoi.reconcile.pooled import pooled
from konvoi.reconcile.relation import Evidence, Found, proposals

# A contract is signed within so many days after the promise that it is for.
_WITHIN = 366
# Share of candidate pairs that belong together: like all shares here counted on synthetic records
# (bench.pledges, 40,000 each of seeds 1-5).
_PRIOR = 0.13
LIKELY = 0.3
"""Probability from which a promise counts as found (chosen on seeds 11 and 12)."""


def contracted(evidence: Evidence) -> Found:
    """Propose for each contract without a line the promise it is most likely for, as a question.

    A promise is a package without lines, of the same giver and kind of good, and earlier. Where several
    undertakings are as likely, each of them is proposed, with its part of the probability.
    """
    table = _promises(evidence)
    schema = {"left": pl.String, "right": pl.String, "probability": pl.Float64, "evidence": pl.String}
    if table["signer"].null_count() == table.height:
        return proposals(pl.DataFrame(schema=schema), "contracts_for")
    found = match(table, _settings(evidence.policy))
    told = found.pairs.sort("left_id", "right_id").select("left_id", "right_id", "probability", "evidence")
    claims = [
        Claim(promise, contract, odds_of(chance), None, said, (None, ""), 0)
        for contract, promise, chance, said in told.iter_rows()
    ]
    rows = [
        (one.right, one.left, chance, one.evidence)
        for one, chance in likeliest(claims, evidence.pairs)
        if chance >= evidence.policy.least
    ]
    pairs = pl.DataFrame(rows, schema=schema, orient="row")
    return Found(proposals(pairs, "contracts_for").relations, found.overflow)


def _promises(evidence: Evidence) -> pl.DataFrame:
    """Records with who signed (of contracts without a line), or who promised (of packages without lines)."""
    records = pooled(evidence.records, evidence.pairs)
    stages = pl.col("stage")
    level = pl.col("level")
    stated = evidence.stated.filter(pl.col("relation") == "contracts_for")["left"]
    loose = (level == "line") & pl.col("package").is_null() & (stages == str(Stage.CONTRACTED))
    lines = records.filter(pl.col("level") == "line").select("source", "package", lined=True).unique()
    promised = (
        (level == "package")
        & pl.col("lead").is_null()
        & pl.col("lined").is_null()
        & ~stages.is_in([str(Stage.PAID_IN), str(Stage.CONTRACTED)])
    )
    told = records.join(lines, on=["source", "package"], how="left", maintain_order="left").with_columns(
        signer=pl.when(loose & ~pl.col("id").is_in(stated.implode())).then("party"),
        promiser=pl.when(promised).then("party"),
    )
    return told.drop("lined")


def _settings(policy: Policy) -> Settings:
    block = Block(
        "what its signer promised",
        (*policy.within, "signer", "thing"),
        (*policy.within, "promiser", "thing"),
        Window("day", _WITHIN, 0),
        narrower=("numbered",),
        most=policy.most,
    )
    return Settings(
        comparisons=(_SUM, _LAG, _PLACE, _NUMBER, _QUANTITY, _STAGE),
        blocks=(block,),
        relation="contracts_for",
        directed=True,
        # Values stated by both that differ exclude the pair.
        allowed="""l.unit <> r.unit AND coalesce(l.place = r.place, TRUE)
            AND coalesce(l.numbered = r.numbered, TRUE) AND coalesce(l.kind = r.kind, TRUE)
            AND coalesce(l.counterparty = r.counterparty, TRUE)""",
        prior=_PRIOR,
        least=min(policy.least, 0.02),
        join=2,
        memory=policy.memory,
        threads=policy.threads,
    )


# A currency in which both sums are known: their own, else the euro, else the dollar.
_RATIO = (
    "(CASE WHEN l.currency = r.currency THEN l.amount / nullif(r.amount, 0) "
    "WHEN l.eur IS NOT NULL AND r.eur IS NOT NULL THEN l.eur / nullif(r.eur, 0) "
    "ELSE l.usd / nullif(r.usd, 0) END)"
)
_SUM = Comparison(
    name="amount",
    columns=("amount",),
    unknown=f"{_RATIO} IS NULL",
    missing_true=0.31,
    missing_chance=0.37,
    levels=(
        Level("within 3 percent", f"abs({_RATIO} - 1) <= 0.03", 0.5, 0.05),
        Level("within 12 percent", f"abs({_RATIO} - 1) <= 0.12", 0.178, 0.026),
        Level("different amounts", OTHERWISE, 0.012, 0.554),
    ),
)
_LAG = Comparison(
    name="lag",
    columns=("first", "last"),
    levels=(
        Level("one to eight months after", '(l."first" - r."last") BETWEEN 30 AND 240', 0.977, 0.6),
        Level("at another time", OTHERWISE, 0.023, 0.4),
    ),
)
_PLACE = Comparison(
    name="place",
    columns=("place",),
    missing_true=0.515,
    missing_chance=0.912,
    levels=(
        Level("the same place", "l.place = r.place", 0.484, 0.087),
        Level("different places", OTHERWISE, 0.001, 0.001),
    ),
)
_NUMBER = Comparison(
    name="number in the text",
    columns=(),
    levels=(
        Level("the same number", "l.numbered = r.numbered", 0.726, 0.105),
        Level("no number on either side", "l.numbered IS NULL AND r.numbered IS NULL", 0.208, 0.15),
        Level("number on one side only", OTHERWISE, 0.066, 0.745),
    ),
)
_QUANTITY = Comparison(
    name="quantity and unit",
    columns=("quantity",),
    unknown="l.unit_of <> r.unit_of",
    missing_true=0.714,
    missing_chance=0.896,
    levels=(
        Level("the same quantity", "l.quantity = r.quantity", 0.256, 0.032),
        Level("different quantities", OTHERWISE, 0.03, 0.072),
    ),
)
_STAGE = Comparison(
    name="stage",
    columns=("stage",),
    levels=(
        Level("committed", "r.stage = 'committed'", 0.336, 0.285),
        Level("paid", "r.stage = 'disbursed'", 0.068, 0.205),
        Level("another stage", OTHERWISE, 0.596, 0.51),
    ),
)
