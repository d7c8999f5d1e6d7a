"""Flows that are handed on: by the activities they name, else by who receives what another sends."""

import json
from collections.abc import Sequence

import polars as pl

from konvoi.link.match import match
from konvoi.link.settings import Block, Settings, Window
from konvoi.reconcile.comparison import OTHERWISE, Comparison, Level
from konvoi.reconcile.comparisons.text import TEXT
from konvoi.reconcile.policy import Policy
from konvoi.reconcile.records import unit_key
from konvoi.reconcile.relation import Evidence, Found, proposals

_BY_ACTIVITY = json.dumps(
    [["activity", "one flows into the activity from which the other originates"]], separators=(",", ":")
)
_MONEY = ("eur", "usd")


def activities(evidence: Evidence) -> Found:
    """Propose that a flow into an activity passes through to the flows that come from it.

    Accepted if the outflow of the activity is known and no more than the inflow: then every onward flow is
    covered. Otherwise the source of each part is not stated, and the pairs stay undecided.
    """
    named = evidence.scopes.filter(pl.col("dimension") == "activity").join(
        evidence.entries.select("entry", key=unit_key()), on="entry"
    )
    money = evidence.records.select("id", *_MONEY, key="unit")
    ends = {
        side: named.filter(pl.col("side") == side)
        .select("key", activity="value")
        .unique()
        .join(money, on="key")
        for side in ("source", "destination")
    }
    # A flow reported under an activity's own reference comes from it, even if that is not stated again.
    own = evidence.records.select(
        "id", *_MONEY, key="unit", activity=pl.col("reference").str.replace(r"^iati:", "")
    ).join(ends["destination"].select("activity").unique(), on="activity", how="semi")
    into = ends["destination"]
    out = pl.concat([ends["source"], own.select(ends["source"].columns)]).unique()
    loops = into.join(out, on=["activity", "key"]).select("activity", "key")
    into, out = (end.join(loops, on=["activity", "key"], how="anti") for end in (into, out))
    covered = (
        _sums(into)
        .join(_sums(out), on="activity", suffix="_out")
        .select(
            "activity",
            covered=pl.any_horizontal(pl.col(f"{m}_out") <= pl.col(m) for m in _MONEY).fill_null(False),
        )
    )
    pairs = into.join(out, on="activity", suffix="_out").join(covered, on="activity")
    named_pairs = pairs.select("covered", left="id", right="id_out", evidence=pl.lit(_BY_ACTIVITY))
    sure = pl.col("covered") & evidence.policy.references
    accepted = proposals(named_pairs.filter(sure), "passes_through", status="accepted", basis="reference")
    open_ = proposals(
        named_pairs.filter(~sure).with_columns(probability=0.5), "passes_through", basis="reference"
    )
    return Found(pl.concat([accepted.relations, open_.relations]))


def _sums(ends: pl.DataFrame) -> pl.DataFrame:
    """For each activity the sum in each currency; null where a part is unknown."""
    return ends.group_by("activity").agg(
        pl.when(pl.col(m).is_null().any()).then(None).otherwise(pl.col(m).sum()).alias(m) for m in _MONEY
    )


_LAG = '(r."first" - l."last")'


def onward(evidence: Evidence) -> Found:
    """A flow to a party, and soon after a flow of at most that size from this party: left to a person."""
    found = match(evidence.records, _settings(evidence.policy))
    pairs = found.pairs.rename({"left_id": "left", "right_id": "right"})
    return Found(proposals(pairs, "passes_through").relations, found.overflow)


def _settings(policy: Policy) -> Settings:
    unique = ", ".join(f"'{variant}'" for variant in policy.unique)
    return Settings(
        comparisons=(share(policy.fees, "usd", "eur", _SHARES), _LAGS, TEXT),
        blocks=tuple(
            Block(
                f"{receiver} hands on",
                (receiver,),
                ("party",),
                Window("day", 31, policy.days),
                narrower=("kind",),
                most=policy.most,
            )
            for receiver in ("counterparty", "implementer_id")
        ),
        relation="passes_through",
        directed=True,
        allowed=f"""l.level = r.level AND l.party <> r.party AND l.unit <> r.unit
            AND coalesce(r.counterparty, '') <> l.party
            AND (coalesce(l.good, '') = coalesce(r.good, ''))
            AND NOT (l.submission = r.submission AND l.variant IN ({unique or "''"}))""",
        prior=policy.prior,
        least=policy.least,
        join=2,
        memory=policy.memory,
        threads=policy.threads,
    )


_SHARES = ((0.4, 0.02), (0.35, 0.05), (0.23, 0.4), (0.02, 0.53))


def share(fees: float, first: str, second: str, shares: Sequence[tuple[float, float]]) -> Comparison:
    """Return the comparison of an amount passed on, or reported as received, with the outflow.

    first and second: the currency in which two amounts of two currencies are compared, and the one where that
    is not known of both. shares: of true pairs and of others, for each level.
    """
    ratio = (
        "(CASE WHEN l.currency = r.currency THEN r.amount / nullif(l.amount, 0) "
        f"WHEN l.{first} IS NOT NULL AND r.{first} IS NOT NULL THEN r.{first} / nullif(l.{first}, 0) "
        f"ELSE r.{second} / nullif(l.{second}, 0) END)"
    )
    whole, rest, part, above = shares
    return Comparison(
        name="share handed on",
        columns=("amount",),
        unknown=f"{ratio} IS NULL",
        levels=(
            Level("the whole amount", f"abs({ratio} - 1) <= 0.005", *whole),
            Level("all but the usual fees", f"{ratio} BETWEEN {1 - fees} AND 1.01", *rest),
            Level("a part", f"{ratio} BETWEEN 0 AND {1 - fees}", *part),
            Level("more than received", OTHERWISE, *above),
        ),
    )


_LAGS = Comparison(
    name="lag",
    columns=("first", "last"),
    levels=(
        Level("within three months after", f"{_LAG} BETWEEN 0 AND 92", 0.6, 0.25),
        Level("within a year after", f"{_LAG} BETWEEN 93 AND 366", 0.3, 0.45),
        Level("before", OTHERWISE, 0.1, 0.3),
    ),
)
