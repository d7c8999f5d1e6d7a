"""Receipts that a receiver reports, each matched with the flow of its giver that it is all or a part of."""

import polars as pl

from konvoi.link.match import match
from konvoi.link.settings import Block, Settings, Window
from konvoi.model.stages import Stage
from konvoi.reconcile.carriers import carriers, named
from konvoi.reconcile.comparison import OTHERWISE, Comparison, Level
from konvoi.reconcile.onward_grants import share
from konvoi.reconcile.pass_through import passed
from konvoi.reconcile.policy import Policy
from konvoi.reconcile.pooled import pooled
from konvoi.reconcile.relation import Evidence, Found, proposals

# A receipt is reported within so many days of the giver's report, before or after.
_BEFORE = 200
_AFTER = 250
_PRIOR = 0.04
# Publisher in the source name of a register, which is one source for each publisher.
_TAIL = pl.col("source").str.extract(r"^[^/:]*[/:](.+)$", 1)


def received(evidence: Evidence) -> Found:
    """Propose for each reported receipt the flow of its giver that it most likely is, or is a part of.

    A receipt is at most the outflow, less fees; several reports that together are one flow are proposed as
    its parts. If several flows are as likely, each of them is proposed.
    """
    table = flows(evidence)
    if table["reporter"].null_count() == table.height:
        return proposals(pl.DataFrame(schema={"left": pl.String, "right": pl.String}), "passes_through")
    found = match(table, _settings(evidence.policy))
    pairs = found.pairs.rename({"left_id": "left", "right_id": "right"})
    relations, untried = passed(pairs, table, evidence.policy, evidence.pairs)
    return Found(relations, pl.concat([found.overflow, untried]))


def flows(evidence: Evidence) -> pl.DataFrame:
    """Return records with receiver and reporter.

    carriers: possible receivers. reporter: of a receipt, its reporter. giver: the giver it names.
    comes_from: the activity that it names.
    """
    # An organisation of a register (with a colon) receives itself; a state has it carried out.
    organisation = pl.when(pl.col("counterparty").str.contains(":", literal=True)).then("counterparty")
    records = pooled(evidence.records, evidence.pairs)
    records = records.with_columns(receiver=pl.coalesce("implementer_id", organisation))
    came_in = (pl.col("stage") == str(Stage.PAID_IN)) | (pl.col("variant") == "iati-receiver")
    table = _meant(records.filter(came_in), records)
    from_activity = (
        evidence.scopes.filter((pl.col("dimension") == "activity") & (pl.col("side") == "source"))
        .group_by(id="entry")
        .agg(comes_from=pl.col("value").min())
    )
    return (
        records.with_columns(reporter=pl.when(came_in).then(_TAIL), reporter_told=came_in)
        .join(table, left_on="receiver", right_on="name", how="left", maintain_order="left")
        .with_columns(
            carriers=pl.when(pl.col("reporter").is_not_null())
            .then(pl.concat_list("reporter"))
            .otherwise("of")
        )
        .drop("of")
        .join(
            table.select(
                party="name", giver=pl.when(pl.col("of").list.len() == 1).then(pl.col("of").list.first())
            ),
            on="party",
            how="left",
            maintain_order="left",
        )
        .with_columns(
            giver=pl.when("reporter_told").then(pl.coalesce("giver", "party")),
            gave=pl.when("reporter_told").then("party"),
        )
        .drop("reporter_told")
        .join(from_activity, on="id", how="left", maintain_order="left")
        .with_columns(own=pl.col("reference").str.replace(r"^iati:", ""))
    )


def _meant(reports: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
    """For each name of a receiver, or of a giver in a report, the reporters that it may mean: name, of."""
    known = named(reports.select(_TAIL, "receiver").drop_nulls().iter_rows())
    names = {*records["receiver"].drop_nulls(), *reports["party"].drop_nulls()}
    listed = [(name, list(of)) for name, of in carriers(names, known).items()]
    return pl.DataFrame(listed, schema={"name": pl.String, "of": pl.List(pl.String)}, orient="row")


# Values stated by both that differ exclude the pair.
_ALLOWED = """l.level = r.level AND l.unit <> r.unit AND r.reporter IS NOT NULL AND l.lead IS NULL
    AND coalesce(l.reporter <> r.reporter, TRUE)
    AND (l.reporter IS NULL OR l.reporter = r.giver OR l.own = r.comes_from)
    AND coalesce(l.place = r.place, TRUE) AND coalesce(l.numbered = r.numbered, TRUE)
    AND (l.counterparty IS NULL OR r.counterparty IS NULL OR l.counterparty = r.counterparty
    OR l.counterparty LIKE '%:%' OR r.counterparty LIKE '%:%' OR r.variant = 'iati-receiver')"""


def _comparisons(policy: Policy) -> tuple[Comparison, ...]:
    came = share(policy.fees, "eur", "usd", _SHARES)
    return (_WHO, _ACTIVITY, _GIVER, came, _LAG, _CURRENCY, _THING, _NUMBER, _PLACE, _STAGE)


def _settings(policy: Policy) -> Settings:
    window = Window("day", _BEFORE, _AFTER)

    def block(name: str, left: tuple[str, ...], right: tuple[str, ...], *narrower: str) -> Block:
        on, to = ((*policy.within, *columns) for columns in (left, right))
        return Block(name, on, to, window, narrower=narrower, most=policy.most)

    return Settings(
        comparisons=_comparisons(policy),
        blocks=(
            block("what its receiver reports", ("carriers",), ("reporter",), "thing"),
            block("what its receiver hands on", ("reporter",), ("giver",), "thing"),
            block(
                "what the giver that is named gives",
                ("party", "thing"),
                ("gave", "thing"),
                "numbered",
                "place",
            ),
            block("the source activity", ("own",), ("comes_from",)),
        ),
        relation="passes_through",
        directed=True,
        allowed=_ALLOWED,
        prior=_PRIOR,
        least=min(policy.least, 0.02),
        join=2,
        memory=policy.memory,
        threads=policy.threads,
    )


_SHARES = ((0.01, 0.002), (0.6, 0.035), (0.383, 0.433), (0.007, 0.53))
_WHO = Comparison(
    name="receiver",
    columns=(),
    levels=(
        Level("the receiver hands on", "l.reporter = r.giver", 0.07, 0.018),
        Level("the flow names no receiver", "l.carriers IS NULL AND l.reporter IS NULL", 0.3, 0.4),
        Level("the receiver reports it", "len(l.carriers) = 1 AND l.carriers[1] = r.reporter", 0.58, 0.42),
        Level("one of several of that name", "list_contains(l.carriers, r.reporter)", 0.04, 0.032),
        Level("different receivers", OTHERWISE, 0.01, 0.13),
    ),
)
_ACTIVITY = Comparison(
    name="activity",
    columns=(),
    unknown="r.comes_from IS NULL OR l.own IS NULL",
    levels=(
        Level("the source activity", "l.own = r.comes_from", 0.78, 0.03),
        Level("another activity", OTHERWISE, 0.22, 0.97),
    ),
)
_GIVER = Comparison(
    name="giver",
    columns=(),
    unknown="r.gave IS NULL OR l.party IS NULL OR l.reporter = r.giver",
    levels=(
        Level("the partner named", "l.party = r.gave", 0.995, 0.63),
        Level("different partner", OTHERWISE, 0.005, 0.37),
    ),
)
_DAYS = '(r."first" - l."last")'
_LAG = Comparison(
    name="lag",
    columns=("first", "last"),
    levels=(
        Level("ten days to five months after", f"{_DAYS} BETWEEN 10 AND 155", 0.93, 0.335),
        Level("within ten days after", f"{_DAYS} BETWEEN 0 AND 9", 0.02, 0.024),
        Level("five to six months after", f"{_DAYS} BETWEEN 156 AND 183", 0.01, 0.064),
        Level("up to two months before", f"{_DAYS} BETWEEN -60 AND -1", 0.034, 0.143),
        Level("at another time", OTHERWISE, 0.006, 0.434),
    ),
)
_THING = Comparison(
    name="good",
    columns=("thing",),
    levels=(
        Level("same kind of goods, by their descriptions", "l.thing = r.thing", 0.99, 0.6),
        Level("goods of different names", OTHERWISE, 0.01, 0.4),
    ),
)
_NUMBER = Comparison(
    name="number in the text",
    columns=(),
    levels=(
        Level("the same number", "l.numbered = r.numbered", 0.62, 0.053),
        Level("no number on either side", "l.numbered IS NULL AND r.numbered IS NULL", 0.23, 0.162),
        Level("number on one side only", OTHERWISE, 0.15, 0.785),
    ),
)
_CURRENCY = Comparison(
    name="currency",
    columns=("currency",),
    levels=(
        Level("the same currency", "l.currency = r.currency", 0.84, 0.47),
        Level("different currencies", OTHERWISE, 0.16, 0.53),
    ),
)
_PLACE = Comparison(
    name="place",
    columns=("place",),
    levels=(
        Level("the same place", "l.place = r.place", 0.97, 0.06),
        Level("different places", OTHERWISE, 0.03, 0.94),
    ),
)
_STAGE = Comparison(
    name="stage",
    columns=("stage",),
    levels=(
        Level("committed", "l.stage = 'committed'", 0.39, 0.25),
        Level("paid", "l.stage = 'disbursed'", 0.165, 0.505),
        Level("another stage", OTHERWISE, 0.445, 0.245),
    ),
)
