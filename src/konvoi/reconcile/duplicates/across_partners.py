"""Announcements of two partners that may be one: joint packages, and gifts that agree in good and figure."""

import polars as pl

from konvoi.reconcile.duplicates import answers as a
from konvoi.reconcile.duplicates import conditions as c
from konvoi.reconcile.duplicates import pairs as p
from konvoi.reconcile.relation import Evidence
from konvoi.reconcile.statement import JOINT

JOINT_STATEMENT = "joint-statement"
TWO_PARTNERS = "two-partners"
_WINDOW = 60
_CLOSE = 14
_JOINT_WINDOW = 200
_GROUP = 4
_WORDS = 2
_MANY = 3
_SEVERAL = 5
_DAYS = 2
_BESIDE = 80
# Share of candidates that are true (docs/decisions/0019); one name, or none, by judgement.
_EACH_OTHER = 0.9
_ONE_NAMED = 0.7
_SILENT = 0.4
_SAME_GIFT = 0.85


def joint_statements(evidence: Evidence) -> pl.DataFrame:
    """Return pairs of two partners each of which states the whole of one joint package."""
    table = evidence.statements
    told = table.filter(((pl.col("lead") == JOINT) | (pl.col("members").list.len() > 0)) & ~pl.col("share"))
    met = p.beside_all(
        p.banded(told),
        p.banded(table),
        ("level", "_of", "_band"),
        days=(_JOINT_WINDOW, _JOINT_WINDOW),
        where=(pl.col("party") != pl.col("party_later")) & (c.near_money() | c.near_quantity()),
        most=_BESIDE,
        table=table,
    ).unique(["id", "id_later"], maintain_order=True)
    named = _named()
    found = met.filter(
        c.apart(evidence.policy.unique), pl.col("party") != pl.col("party_later"), _one_package(named)
    )
    who = a.Answer(
        "participants",
        pl.when(named)
        .then(pl.lit("one statement names the partner of the other"))
        .otherwise(pl.lit("both state a joint package and name no participants")),
    )
    chance = pl.when(_mutual()).then(_EACH_OTHER).when(named & _both()).then(_ONE_NAMED).otherwise(_SILENT)
    return a.proposed(found, JOINT_STATEMENT, chance, [who, a.title(), *a.figures(), a.distance()])


def _named() -> pl.Expr:
    """Return True if one of two statements names the giver of the other as a participant."""
    one = pl.col("members").list.contains(pl.col("party_later"))
    other = pl.col("members_later").list.contains(pl.col("party"))
    return one.fill_null(False) | other.fill_null(False)


def _mutual() -> pl.Expr:
    """Return True if each of two statements names the giver of the other as a participant."""
    one = pl.col("members").list.contains(pl.col("party_later"))
    other = pl.col("members_later").list.contains(pl.col("party"))
    return one.fill_null(False) & other.fill_null(False)


def _joint(side: str = "") -> pl.Expr:
    return (pl.col(f"lead{side}") == JOINT).fill_null(False)


def _both() -> pl.Expr:
    return _joint() & _joint("_later")


def _one_package(named: pl.Expr) -> pl.Expr:
    """Return True if two statements may be of one joint package by names, content, figures and days."""
    silent = (pl.col("members").list.len() == 0) | (pl.col("members_later").list.len() == 0)
    worded = _joint() | _joint("_later") | pl.col("stated_members") | pl.col("stated_members_later")
    content = c.same_good() | (c.words_shared() >= 0.5) | c.one_content() | c.same_title()
    content |= named & c.other_language() & ~c.differ("kind")
    return (
        ((named & worded) | (_both() & silent))
        & ~pl.col("share")
        & ~pl.col("share_later")
        & ~pl.col("fund")
        & ~pl.col("fund_later")
        & (c.near_money() | c.near_quantity())
        & content
        & c.compatible("place", "numbered")
        & (c.gap() <= _JOINT_WINDOW)
    )


def two_partners(evidence: Evidence) -> pl.DataFrame:
    """Return pairs of two partners with the same good and quantity, unusual amount, or title, within weeks.

    Records of registers that declare theirs unique name their givers: they are left out. A figure that
    many partners state is a usual one, and shows nothing.
    """
    table = evidence.statements.filter(
        ~pl.col("variant").is_in(list(evidence.policy.unique)).fill_null(False),
        pl.col("party").is_not_null() & pl.col("lead").is_null(),
        ~pl.col("share") & ~pl.col("fund") & ~pl.col("to_fund"),
    ).with_columns(_good=pl.col("goods").list.first())
    found = _agreeing(table).filter(
        c.apart(evidence.policy.unique),
        pl.col("party") != pl.col("party_later"),
        c.gap() <= _WINDOW,
        c.no_other_figure() & c.compatible("place", "numbered", "kind"),
        _same_marks(),
    )
    partners = a.Answer("partner", pl.lit("two partners announce the same"))
    return a.proposed(
        found, TWO_PARTNERS, pl.lit(_SAME_GIFT), [partners, a.title(), *a.figures(), a.distance()]
    )


def _agreeing(table: pl.DataFrame) -> pl.DataFrame:
    """Pairs with the same good and quantity, the same unusual amount, or the same amount and title."""
    counted = table.filter((pl.col("level") == "line") & (pl.col("quantity") > 0))
    unusual = table.filter(pl.col("step") * 100 <= pl.col("amount").abs())
    titled = table.filter((pl.col("words").list.len() >= _WORDS) & (pl.col("amount") != 0))
    blocks = [
        _few(counted, ("level", "_good", "unit_of", "quantity")),
        _few(unusual, ("level", "currency", "amount")),
        _few(titled, ("level", "currency", "amount", "key")),
        _in_two_currencies(unusual, table),
    ]
    met = pl.concat(blocks).unique(["id", "id_later"], maintain_order=True)
    # A round quantity of a common good is no more than a coincidence, unless days or titles agree as well.
    close = (c.gap() <= _CLOSE) | (c.words_shared() >= 0.5)
    # Two or three of a good are given often: only on nearly the same day may they be the same.
    several = (pl.col("quantity") >= _SEVERAL) | (c.gap() <= _DAYS)
    quantity = c.equal_quantity() & c.same_good() & several & (c.distinctive_quantity() | close)
    amount = c.equal_money() & c.distinctive_money() & (close | c.same_good() | (c.words_shared() > 0))
    titles = c.equal_money() & c.same_title() & (pl.col("words").list.len() >= _WORDS)
    return met.filter(quantity | amount | titles | _converted())


def _in_two_currencies(unusual: pl.DataFrame, table: pl.DataFrame) -> pl.DataFrame:
    """Pairs with the same title content whose unusual amounts may be one at the rates of their days."""
    titled = p.banded(unusual.filter(pl.col("words").list.len() >= _WORDS))
    return p.beside_all(
        titled,
        titled,
        ("level", "_of", "_band", "key"),
        days=(_WINDOW, _WINDOW),
        where=(pl.col("party") != pl.col("party_later")) & c.near_money(),
        most=2 * _GROUP,
        table=table,
    ).unique(["id", "id_later"], maintain_order=True)


def _converted() -> pl.Expr:
    currency = (pl.col("currency") != pl.col("currency_later")).fill_null(False)
    unusual = c.distinctive_money() & c.distinctive_money("_later")
    return currency & c.near_money() & unusual & c.same_title() & (pl.col("words").list.len() >= _WORDS)


def _same_marks() -> pl.Expr:
    """Return True unless both titles name months, years or ordinals, and others."""
    one = pl.col("marks").list
    other = pl.col("marks_later").list
    differ = one.set_symmetric_difference("marks_later").list.len() > 0
    return ~((one.len() > 0) & (other.len() > 0) & differ).fill_null(False)


def _few(table: pl.DataFrame, on: tuple[str, ...]) -> pl.DataFrame:
    """Pairs with equal keys, where no more than three partners and a few records share them."""
    rare = table.drop_nulls(list(on)).filter(
        pl.col("party").n_unique().over(on) <= _MANY, pl.len().over(on) <= 2 * _GROUP
    )
    return p.pairs(rare, on, most=2 * _GROUP)
