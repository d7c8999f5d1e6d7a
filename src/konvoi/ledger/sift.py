"""Entries that a question is about, and the reasons why the others are left out."""

from collections.abc import Collection, Sequence

import polars as pl

from konvoi.ledger.question import STAGE_OF_RULE, Question
from konvoi.ledger.units import arrived, passes
from konvoi.model.boundary import sides
from konvoi.model.country import three_letters
from konvoi.model.stages import RULES

RECEIVERS_VIEW = "iati-receiver"
UNREAD_STAGE = "its stage could not be read"
"""Reason why an entry with the least stage of its route is in no total of later ones: message id."""


def sift(
    entries: pl.DataFrame,
    question: Question,
    goods: Collection[str] = (),
    *,
    unread_stages: Collection[str] = (),
) -> tuple[pl.DataFrame, tuple[tuple[str, int], ...]]:
    """Entries that the question is about, and the rest counted.

    entries: with `place`. goods: those that the question's good means, itself and all below it; empty for
    itself alone. unread_stages: entries with a stage that is stated and could not be read.
    Returns the entries and, for those left out, (reason, count) in the order in which reasons are asked;
    reasons are English message ids.
    """
    told = judged(entries, question, goods, unread_stages=unread_stages)
    counts = dict(told["reason"].drop_nulls().value_counts().iter_rows())
    unused = tuple((why, counts[why]) for why, _ in _reasons(question, goods, unread_stages) if why in counts)
    return told.filter(pl.col("reason").is_null()).drop("reason"), unused


def judged(
    entries: pl.DataFrame,
    question: Question,
    goods: Collection[str] = (),
    *,
    unread_stages: Collection[str] = (),
) -> pl.DataFrame:
    """Return entries, with `place`, and the `reason` to leave them out; null where they are used."""
    reason = pl.coalesce(
        [
            pl.when(~keep.fill_null(False)).then(pl.lit(why))
            for why, keep in _reasons(question, goods, unread_stages)
        ]
        + [pl.lit(None, pl.String)]
    )
    return entries.with_columns(reason=reason)


def _reasons(
    question: Question, goods: Collection[str], unread_stages: Collection[str]
) -> Sequence[tuple[str, pl.Expr]]:
    """Return the reasons to leave out an entry, each with the condition to keep it; the first one counts."""
    yes = pl.lit(True)
    meant = sorted(goods) or [question.good]
    counted = pl.col("quantity").is_not_null() | pl.col("good").is_not_null()
    return (
        ("not known by that day", _by(question.known, "known_on")),
        ("after that day", _by(question.on, "day_from")),
        ("another kind of support", pl.col("kind") == question.kind if question.kind else yes),
        ("another partner", pl.col("party") == question.party if question.party else yes),
        ("another good", pl.col("good").is_in(meant) if question.good else yes),
        ("no stage of ours", pl.col("stage").is_not_null()),
        (
            "the recipient's report of the same transaction",
            pl.col("variant").ne_missing(RECEIVERS_VIEW),
        ),
        ("outside the boundary", pl.col("place") != "outside"),
        ("stage not applicable to the channel", passes(question.counted_stage)),
        (
            UNREAD_STAGE,
            arrived(question.counted_stage) | ~pl.col("entry").is_in(sorted(unread_stages)),
        ),
        ("stage not reached", arrived(question.counted_stage)),
        ("delivered under a laxer rule, or none", _rule(question.delivered_rule)),
        ("a sum, where a quantity is asked", counted if question.what == "quantity" else yes),
        ("not yet countable", pl.col("count_mode").ne_missing("not counted yet")),
    )


def _by(day: object, column: str) -> pl.Expr:
    return pl.lit(True) if day is None else pl.col(column).is_null() | (pl.col(column) <= pl.lit(day))


def _rule(rule: str) -> pl.Expr:
    """An entry counts under its own rule and under every laxer one; the source's word only under itself.

    A rule that a row states counts only where its stage bears it: what is at a hub was handed over to nobody.
    """
    if not rule:
        return pl.lit(True)
    own = RULES[-1]
    enough = [own] if rule == own else list(RULES[RULES.index(rule) : -1])
    words = pl.col("stage").is_in(["pledged", "committed", "allocated", "contracted", "produced", "approved"])
    return words | (pl.col("rule").is_in(enough) & arrived(STAGE_OF_RULE[rule]))


def places(
    entries: pl.DataFrame, scopes: pl.DataFrame, question: Question, recipient: str, funds: Collection[str]
) -> pl.Series:
    """Return the place of each entry at the question's boundary, in their order.

    It is in, shared, internal, fund, outside, or perhaps (the entry's days straddle the question's day).
    funds: to whom a payment does not cross the boundary.
    """
    scope = question.scope()
    if scope:
        place = _by_scope(scopes, scope, include=question.shared == "include")
        placed = entries.select("entry", "day_from", "day_to").join(
            place, on="entry", how="left", maintain_order="left"
        )
        placed = placed.with_columns(pl.col("place").fill_null("outside"))
    else:
        placed = _by_recipient(entries, scopes, recipient, funds, include=question.shared == "include")
    if question.on is None:
        return placed["place"]
    straddles = (pl.col("day_from") <= question.on) & (pl.col("day_to") > question.on)
    return placed.select(
        place=pl.when(straddles & (pl.col("place") == "in"))
        .then(pl.lit("perhaps"))
        .otherwise(pl.col("place"))
    )["place"]


def _by_scope(scopes: pl.DataFrame, scope: dict[str, str], *, include: bool) -> pl.DataFrame:
    """Return each entry's place at a country's or year's boundary: only inflows count."""
    incoming = pl.col("side") == "incoming"
    place = (
        pl.when(incoming & pl.col("shared") & pl.lit(not include))
        .then(pl.lit("shared"))
        .when(incoming)
        .then(pl.lit("in"))
        .when(pl.col("side") == "internal")
        .then(pl.lit("internal"))
        .otherwise(pl.lit("outside"))
    )
    return sides(scopes, scope).select("entry", place=place)


def _by_recipient(
    entries: pl.DataFrame, scopes: pl.DataFrame, recipient: str, funds: Collection[str], *, include: bool
) -> pl.DataFrame:
    """Return entries with their place if a recipient is named: gifts of others to it are in, the rest
    outside.

    An entry that names no receiver is for the recipient unless it names another country as its destination;
    one for several countries is shared. A gift to an organisation of a register crosses the boundary if its
    destination is the recipient's country. The organisation's own flows stay outside: they pass on gifts to
    it.
    """
    if not recipient:
        return entries.with_columns(place=pl.lit("in"))
    country = {"country": three_letters(recipient) or recipient}
    ends = scopes.filter(pl.col("dimension") == "country")
    placed = entries.select("entry", "party", "counterparty", "day_from", "day_to").join(
        sides(ends, country).select("entry", _side="side", _shared="shared"),
        on="entry",
        how="left",
        maintain_order="left",
    )
    unnamed = pl.col("counterparty").is_null()
    mine = (unnamed | (pl.col("counterparty") == recipient)) & pl.col("party").ne_missing(recipient)
    bound = ends.filter(pl.col("side") == "destination")["entry"].unique().implode()
    elsewhere = unnamed & pl.col("entry").is_in(bound) & pl.col("_side").is_in(["outside", "outgoing"])
    several = unnamed & (pl.col("_side") == "incoming") & pl.col("_shared") & pl.lit(not include)
    through = pl.col("counterparty").str.contains(":") & ~pl.col("party").str.contains(":")
    crosses = (through & (pl.col("_side") == "incoming")).fill_null(False)
    place = (
        pl.when(elsewhere)
        .then(pl.lit("outside"))
        .when(mine & several.fill_null(False))
        .then(pl.lit("shared"))
        .when(mine | (crosses & (pl.lit(include) | ~pl.col("_shared"))))
        .then(pl.lit("in"))
        .when(crosses)
        .then(pl.lit("shared"))
        .when(
            pl.col("counterparty").is_in(sorted(funds)) & ~pl.col("party").is_in([*sorted(funds), recipient])
        )
        .then(pl.lit("fund"))
        .otherwise(pl.lit("outside"))
    )
    return placed.with_columns(place=place).drop("_side", "_shared")
