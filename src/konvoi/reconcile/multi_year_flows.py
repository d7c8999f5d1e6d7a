"""Flows of a register that are drawn from money parked before: many years, or a receiver not yet named."""

import polars as pl

from konvoi.link.match import match
from konvoi.link.settings import Block, Settings
from konvoi.reconcile.comparison import OTHERWISE, Comparison, Level, Similarity
from konvoi.reconcile.policy import Policy
from konvoi.reconcile.relation import Evidence, Found, proposals

SUBTYPE = "fts-parent"
"""The parent and child flows of FTS: a parent holds what is left after its children, so that both count."""

_VARIANT = "fts"
_PARKED = "Parked"
_THROUGH = "Pass through"
# Codes such as FUND-20/3481/RA3/… or DG/AREA/BUD/2020/…: the programme is what its first three parts name.
_STEM = r"^([^/]+/[^/]+/[^/]+)/"


def parked(evidence: Evidence) -> Found:
    """Propose for each flow the flow of the same giver that it is most likely drawn from; a person decides.

    Where several are as likely each of them is proposed. A flow whose source names its parent is skipped.
    """
    flows = _flows(evidence)
    if flows.is_empty():
        return Found(proposals(flows.select(left="id", right="id"), "part_of").relations)
    found = match(flows, _settings(evidence.policy))
    pairs = found.pairs.rename({"left_id": "left", "right_id": "right"})
    best = pairs.filter(pl.col("probability") == pl.col("probability").max().over("left"))
    return Found(proposals(best.with_columns(subtype=pl.lit(SUBTYPE)), "part_of").relations, found.overflow)


def _flows(evidence: Evidence) -> pl.DataFrame:
    """Records of FTS with their years, places, crises and codes.

    child, whole: the giver, where the flow may be drawn from another, or is parked and others may be drawn
    from it; onward: the giver of a flow that passes through.
    """
    records = evidence.records.filter(pl.col("variant") == _VARIANT)
    named = evidence.stated.filter(pl.col("relation") == "part_of")["left"]
    ends = evidence.scopes.filter(pl.col("side") == "destination").join(
        records.select(entry="id"), on="entry", how="semi"
    )
    for dimension in ("country", "year", "emergency", "code", "flow"):
        there = (
            ends.filter(pl.col("dimension") == dimension)
            .group_by(id="entry")
            .agg(pl.col("value").unique().sort().alias(dimension))
        )
        records = records.join(there, on="id", how="left")
    flow = pl.col("flow").list.first().fill_null("")
    free = ~pl.col("id").is_in(named.implode())
    code = pl.col("code").list.first()
    return records.with_columns(
        child=pl.when(free & (flow != _PARKED)).then("party"),
        onward=pl.when(free & (flow == _THROUGH)).then("party"),
        whole=pl.when(flow == _PARKED).then("party"),
        years=pl.col("year").list.join("+"),
        crises=pl.col("emergency").list.join("+").fill_null(""),
        code=code,
        stem=code.str.extract(_STEM, 1),
    )


def _settings(policy: Policy) -> Settings:
    return Settings(
        comparisons=(_RECEIVER, _YEARS, _CRISIS, _CODE, _WORDS, _DAY),
        blocks=(
            Block(
                "drawn from what is parked",
                ("child", "country"),
                ("whole", "country"),
                narrower=("counterparty",),
                most=policy.most,
            ),
            Block("handed on", ("onward", "country"), ("counterparty", "country"), most=policy.most),
        ),
        relation="part_of",
        directed=True,
        allowed="l.unit <> r.unit",
        prior=0.1,
        least=max(policy.least, 0.5),
        join=2,
        memory=policy.memory,
        threads=policy.threads,
    )


_RECEIVER = Comparison(
    name="receiver",
    columns=(),
    levels=(
        Level("the same receiver", "l.counterparty = r.counterparty", 0.42, 0.05),
        Level("the whole names none yet", "r.counterparty IS NULL", 0.53, 0.2),
        Level("contribution by the recipient of the whole", "l.party = r.counterparty", 0.03, 0.02),
        Level("different receivers", OTHERWISE, 0.02, 0.73),
    ),
)
_YEARS = Comparison(
    name="years",
    columns=("years",),
    levels=(
        Level("the same years", "l.years = r.years", 0.6, 0.5),
        Level("one of several years", "r.years LIKE '%' || l.years || '%'", 0.38, 0.3),
        Level("other years", OTHERWISE, 0.02, 0.2),
    ),
)
_CRISIS = Comparison(
    name="crisis",
    columns=(),
    levels=(
        Level("the same crisis", "l.crises = r.crises", 0.65, 0.4),
        Level("a crisis that the whole does not name", "r.crises = ''", 0.33, 0.3),
        Level("not the whole's crisis", OTHERWISE, 0.02, 0.3),
    ),
)
_CODE = Comparison(
    name="code of the partner",
    columns=("code",),
    levels=(
        Level("the same code", "l.code = r.code", 0.4, 0.03),
        Level("a code below that of the whole", "l.code LIKE r.code || '/%'", 0.35, 0.01),
        Level("codes of one programme", "l.stem = r.stem", 0.2, 0.05),
        Level("different codes", OTHERWISE, 0.05, 0.91),
    ),
)
_WORDS = Comparison(
    name="text",
    columns=("text_words",),
    # Amounts parked for later receivers are described differently from the drawings on them.
    unknown="r.counterparty IS NULL",
    similarities=(Similarity("words in order", "text_words", "ratio"),),
    levels=(
        Level("same wording", "l.text_words = r.text_words", 0.2, 0.005),
        Level("nearly the same wording", 's."words in order" >= 0.85', 0.4, 0.01),
        Level("very similar wording", 's."words in order" >= 0.6', 0.2, 0.05),
        Level("different wording", OTHERWISE, 0.2, 0.935),
    ),
)
_DAY = Comparison(
    name="day",
    columns=("first",),
    levels=(
        Level("the same day", 'l."first" = r."first"', 0.45, 0.05),
        Level("later than the whole, within a year", 'l."first" - r."first" BETWEEN 1 AND 366', 0.45, 0.45),
        Level("at another time", OTHERWISE, 0.1, 0.5),
    ),
)
