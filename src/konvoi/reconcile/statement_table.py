"""Records with the statements of their titles, in which duplicate candidates of all classes are found."""

import re
from collections.abc import Iterable, Mapping

import polars as pl

from konvoi.kit.latin import latin
from konvoi.kit.text import fold
from konvoi.model.entries import PARTICIPANT, PLACE, SINCE
from konvoi.model.goods import parents
from konvoi.model.party import party_name
from konvoi.model.stages import Stage
from konvoi.reconcile.catalogue import inflects, named_goods
from konvoi.reconcile.donors import giver
from konvoi.reconcile.records import unit_key, unlinked
from konvoi.reconcile.statement import ABOUT, AT_LEAST, AT_MOST, TO_DATE, Statement, names_fund, statement
from konvoi.reconcile.wording import said

_NAMES = ("en", "de", "fr", "pl", "uk")
_FUNDS = ("EPF",)
_START = 4
_STEM = 5
_CAPITALS = re.compile(r"[A-Z][A-Z0-9-]+")
_NEAR = 0.03
_EXACT = 0.006
_GOODS_OF_PACKAGE = 3
_DIGIT = 1e-6
_BOUNDS = {
    # From and to, as factors of the number stated.
    ABOUT: (0.85, 1.15),
    AT_LEAST: (1.0, 1.5),
    AT_MOST: (0.75, 1.0),
}
"""An approximation as an interval; `at least` also reaches the next round number."""


def statement_table(
    records: pl.DataFrame,
    entries: pl.DataFrame,
    scopes: pl.DataFrame,
    tables: Mapping[str, pl.DataFrame],
) -> pl.DataFrame:
    """Return RECORDS of the giver's view with the statements of their titles, sorted by id.

    Contracts without a named line, and receivers' reports, are left out. Added columns: title (of
    a line, also that of its package), the fields of Statement, but since as days since 1970; key (words as
    one text; the whole title where no word names a content); members (parties named besides the giver, and
    the participants of a joint package), stated_members (True if a table states them); stated_since (True if
    the column `since` states the first day); funds (parties of kind fund that the title names); fund,
    to_fund, pays_fund (True if the giver is one, the recipient is one, the title names a payment into one);
    value (in euro where known, else as stated) and money (its currency); low, high, q_low, q_high (the
    intervals that value and quantity stand for); round_low, round_high (what an amount of one or two digits
    may be rounded from); goods (the kind of good that the title names, the good, and those above it in the
    hierarchy); things (the same, with the goods that the title names in the words of the table goods, and
    those of the package's own lines).
    """
    titles = _titles(entries)
    told = (
        records.filter(pl.col("stage") != str(Stage.PAID_IN), pl.col("variant").ne_missing("iati-receiver"))
        .join(titles, left_on="id", right_on="entry", how="left", maintain_order="left")
        .filter(~pl.col("loose").fill_null(False))
        .with_columns(_package=_package())
    )
    read = _statements(told)
    named = told.hstack(read.drop("since", "lead")).with_columns(
        lead=pl.coalesce(read["lead"], "lead"), _since=read["since"]
    )
    return (
        named.join(_scoped(scopes, entries), on="_package", how="left", maintain_order="left")
        .with_columns(place=pl.coalesce("_place", "place"), since=_since())
        .with_columns(
            lead=pl.when(pl.col("_since_day").is_not_null()).then(pl.lit(TO_DATE)).otherwise("lead"),
            total=pl.col("total") | pl.col("_since_day").is_not_null(),
            stated_since=pl.col("_since_day").is_not_null(),
        )
        .pipe(_parties, tables)
        .with_columns(
            key=pl.when(pl.col("words").list.len() > 0)
            .then(pl.col("words").list.join(" "))
            .otherwise("text_words"),
        )
        .with_columns(*_goods(told, tables), **_intervals())
        .with_columns(**_rounded())
        .drop("_since", "_since_day", "_place", "_package")
        .sort("id")
    )


def _titles(entries: pl.DataFrame) -> pl.DataFrame:
    """For each entry its title, with that of its package where it is of a line; loose as in candidates."""
    known = entries.select("entry", "source", "package", "line", "text", loose=unlinked(), unit=unit_key())
    heads = (
        known.filter(pl.col("line").is_null() & pl.col("package").is_not_null())
        .drop_nulls("text")
        .unique(["source", "package"], keep="first", maintain_order=True)
        .select("source", "package", head="text")
    )
    joined = known.join(heads, on=["source", "package"], how="left", maintain_order="left")
    own = pl.col("text")
    head = pl.col("head")
    both = pl.when(own.ne_missing(head)).then(pl.concat_str(own, head, separator=" · ", ignore_nulls=True))
    return joined.select("entry", "loose", title=both.otherwise(own).replace("", None), package_title=head)


def _statements(told: pl.DataFrame) -> pl.DataFrame:
    """Return the statement of each title, each distinct one read once."""
    titles = told["title"].to_list()
    read = {title: statement(title) for title in {*titles} - {None}}
    rows = [read[title] if title is not None else Statement() for title in titles]
    kinds: dict[str, pl.DataType] = {
        **dict.fromkeys(("bound", "lead", "since", "language"), pl.String()),
        **dict.fromkeys(
            ("total", "including", "share", "more", "several", "in_parts", "pays", "revised"), pl.Boolean()
        ),
        **dict.fromkeys(("marks", "words"), pl.List(pl.String())),
        "period": pl.Int64(),
    }
    columns = {
        name: pl.Series(name, [row[n] for row in rows], dtype=kinds[name])
        for n, name in enumerate(Statement._fields)
    }
    return pl.DataFrame(columns)


def _scoped(scopes: pl.DataFrame, entries: pl.DataFrame) -> pl.DataFrame:
    """For each package the day, place and participants that its own columns and tables state."""
    of = entries.select("entry", _package=_package())
    named = scopes.filter(pl.col("dimension").is_in([PARTICIPANT, SINCE, PLACE])).join(of, on="entry")

    def value(dimension: str) -> pl.Expr:
        return pl.col("value").filter(pl.col("dimension") == dimension)

    found = named.group_by("_package", maintain_order=True).agg(
        participants=value(PARTICIPANT).unique().sort(),
        _since_day=value(SINCE).min().str.to_date(strict=False).to_physical().cast(pl.Int64),
        _place=value(PLACE).min(),
    )
    places = {one: said(one).place or fold(latin(one)) for one in found["_place"].drop_nulls().unique()}
    return found.with_columns(pl.col("_place").replace_strict(places, default=None, return_dtype=pl.String))


def _package() -> pl.Expr:
    """The package that a record is of, by its source; an entry without one stands for itself."""
    name = pl.coalesce("package", "reference")
    return pl.concat_str(pl.col("source").fill_null(""), name.fill_null(""), separator="\x1f")


def _since() -> pl.Expr:
    """The first day of a total: as stated, else as its title names it, in the year before the statement."""
    day = pl.col("last").cast(pl.Int32).cast(pl.Date)
    month = pl.col("_since").str.extract(r"month (\d+)", 1).cast(pl.Int32)
    year = pl.col("_since").str.extract(r"\b(20\d\d)", 1).cast(pl.Int32)
    this = day.dt.year()
    of_month = pl.when(month > day.dt.month()).then(this - 1).otherwise(this)
    first = pl.date(
        pl.coalesce(year, pl.when(month.is_not_null()).then(of_month).otherwise(this)),
        pl.coalesce(month, 1),
        1,
    )
    named = pl.when(pl.col("_since").is_not_null()).then(first).to_physical().cast(pl.Int64)
    return pl.coalesce("_since_day", named)


def _parties(told: pl.DataFrame, tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Records with members, funds, fund and to_fund."""
    # A mere recipient is no participant of a package, although titles name it.
    known = {*told["party"].drop_nulls(), *_participants(told)}
    funds = _funds(tables, known | {*told["counterparty"].drop_nulls()})
    names = _Names.of(sorted(known | funds), tables)
    titles = {title: names.found(title) for title in told["title"].unique().drop_nulls()}
    rows = []
    for title, party, participants in told.select("title", "party", "participants").iter_rows():
        named = titles.get(title, frozenset()) | {giver(one) or one for one in participants or ()}
        rows.append((sorted(named - funds - {party}), sorted(named & funds - {party})))
    return told.with_columns(
        pl.Series("members", [row[0] for row in rows], dtype=pl.List(pl.String)),
        pl.Series("funds", [row[1] for row in rows], dtype=pl.List(pl.String)),
        words=pl.col("words")
        .list.set_difference(pl.lit(names.stems(), dtype=pl.List(pl.String)))
        .list.sort(),
        fund=pl.col("party").is_in(sorted(funds)),
        to_fund=pl.col("counterparty").is_in(sorted(funds)).fill_null(False),
        pays_fund=pl.col("pays").fill_null(False)
        & (pl.Series([len(row[1]) for row in rows], dtype=pl.Int64) > 0),
        stated_members=pl.col("participants").list.len().fill_null(0) > 0,
    ).drop("participants")


def _participants(told: pl.DataFrame) -> set[str]:
    return {giver(one) or one for each in told["participants"].drop_nulls() for one in each}


def _funds(tables: Mapping[str, pl.DataFrame], known: Iterable[str]) -> set[str]:
    """Return the parties of kind fund, and those with such a name."""
    rows = tables.get("parties")
    listed: set[str] = set()
    if rows is not None and {"party", "kind"} <= set(rows.columns):
        listed = set(rows.filter(pl.col("kind") == "fund")["party"].drop_nulls())
    return listed | {party for party in known if names_fund(party_name(party)) or party in _FUNDS}


def _givers(rows: pl.DataFrame | None) -> set[str]:
    """The parties that table `parties` lists as states, institutions or funds, but for recipients."""
    if rows is None or "party" not in rows.columns:
        return set()
    gives = pl.lit(value=True)
    if "kind" in rows.columns:
        gives &= pl.col("kind").is_in(["state", "institution", "fund"]).fill_null(False)
    if "role" in rows.columns:
        gives &= pl.col("role").ne_missing("recipient")
    return set(rows.filter(gives)["party"].drop_nulls())


class _Names:
    """Names of parties, to be found in titles."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        self.ids = frozenset(names)
        self.by_start: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for party, each in sorted(names.items()):
            for name in sorted(each):
                words = tuple(fold(latin(name)).split())
                if words and (name != party or len(words) > 1):
                    self.by_start.setdefault(words[0][:_START], []).append((words, party))

    @classmethod
    def of(cls, parties: Iterable[str], tables: Mapping[str, pl.DataFrame]) -> "_Names":
        """Return the names of parties in five languages, and those that table `parties` lists."""
        rows = tables.get("parties")
        givers = _givers(rows)
        names = {
            party: {party_name(party, language) for language in _NAMES}
            for party in sorted({*parties, *givers})
        }
        if rows is not None and givers:
            for row in rows.iter_rows(named=True):
                listed = [row.get(name) for name in ("name", "name_de", "name_uk")]
                aliases = str(row.get("aliases") or "").split(";")
                names.get(row["party"], set()).update(
                    str(one).strip() for one in (*listed, *aliases) if one and str(one).strip()
                )
        return cls(names)

    def stems(self) -> list[str]:
        """Return the words of all names as content words are written."""
        words = {word for each in self.by_start.values() for name, _ in each for word in name}
        return sorted({word[:_STEM] for word in words} | {party.casefold() for party in self.ids})

    def found(self, title: str) -> frozenset[str]:
        """Return the parties that a title names, by name in any case or by id in capital letters."""
        words = fold(latin(title)).split()
        named = {
            party
            for at, word in enumerate(words)
            for name, party in self.by_start.get(word[:_START], ())
            if len(words) - at >= len(name) and all(map(inflects, name, words[at:]))
        }
        return frozenset(named | self.ids.intersection(_CAPITALS.findall(title)))


def _goods(told: pl.DataFrame, tables: Mapping[str, pl.DataFrame]) -> tuple[pl.Series, pl.Series]:
    """Return goods and things: goods that each record names, with those above them by the column `family`."""
    # Goods of records are written as words: howitzer-155 is "howitzer 155".
    above = {fold(latin(good)): fold(latin(parent)) for good, parent in parents(tables).items()}
    listed = named_goods(told["title"].unique().drop_nulls(), tables)
    lines = _of_lines(told)
    goods = []
    things = []
    for good, thing, title, package, level in told.select(
        "good", "thing", "title", "_package", "level"
    ).iter_rows():
        own = _with_parents([good], above) | ({thing} if thing else set())
        below = lines.get(package, set()) if level == "package" else set()
        named = {fold(latin(one)) for one in listed.get(title, ())}
        goods.append(sorted(own))
        things.append(sorted(own | _with_parents([*named, *below], above)))
    kind = pl.List(pl.String)
    return pl.Series("goods", goods, dtype=kind), pl.Series("things", things, dtype=kind)


def _with_parents(goods: Iterable[str | None], above: Mapping[str, str]) -> set[str]:
    found: set[str] = set()
    for good in goods:
        while good and good not in found:
            found.add(good)
            good = above.get(good)
    return found


def _of_lines(told: pl.DataFrame) -> dict[str, set[str]]:
    """The goods of the lines of each package, with what their texts call them; none where they are many."""
    lines = told.filter(pl.col("level") == "line", pl.col("package").is_not_null())
    of = (
        lines.group_by("_package", maintain_order=True)
        .agg(pl.col("good").drop_nulls().unique(), pl.col("thing").drop_nulls().unique())
        .filter(pl.col("good").list.len() <= _GOODS_OF_PACKAGE)
    )
    return {package: {*goods, *things} for package, goods, things in of.iter_rows()}


def _intervals() -> dict[str, pl.Expr]:
    """Value and quantity as the intervals that they stand for."""
    value = pl.coalesce("eur", "amount")
    money = pl.when(pl.col("eur").is_not_null()).then(pl.lit("EUR")).otherwise("currency")
    low, high = _interval(value, pl.col("step") / pl.max_horizontal(pl.col("amount").abs(), 1) / 2)
    quantity = pl.col("quantity")
    q_low, q_high = _interval(quantity, pl.lit(0.0))
    return {"value": value, "money": money, "low": low, "high": high, "q_low": q_low, "q_high": q_high}


def _interval(figure: pl.Expr, digits: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Return from and to of a figure; digits: by which share it may be off, as rounded."""
    off = pl.min_horizontal(pl.max_horizontal(digits, pl.lit(_EXACT)), pl.lit(_NEAR))
    bound = pl.col("bound")
    step = 10.0 ** figure.abs().log10().floor()
    low = figure * (1 - off)
    high = figure * (1 + off)
    for name, (down, up) in _BOUNDS.items():
        low = pl.when(bound == name).then(figure * down).otherwise(low)
        top = (
            pl.max_horizontal(figure * 1.1, pl.min_horizontal(figure + step, figure * up))
            if name == AT_LEAST
            else figure * up
        )
        high = pl.when(bound == name).then(top).otherwise(high)
    return low, high


def _rounded() -> dict[str, pl.Expr]:
    """The interval that an amount of one or two digits may be rounded from, at the rates of other days."""
    amount = pl.col("amount").abs()
    lead = 10.0 ** pl.when(amount > 0).then(amount).log10().floor()
    last = (
        pl.when((amount / lead - (amount / lead).round()).abs() < _DIGIT)
        .then(lead)
        .when((amount / lead * 10 - (amount / lead * 10).round()).abs() < _DIGIT)
        .then(lead / 10)
    )
    off = last / amount / 2 + _EXACT
    return {"round_low": pl.col("value") * (1 - off), "round_high": pl.col("value") * (1 + off)}
