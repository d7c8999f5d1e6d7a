"""Lists side by side in the terminal: who can speak for which day, shares, gaps, one party."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

import click
import polars as pl

from konvoi.cli.i18n import code, figure, said

if TYPE_CHECKING:
    from konvoi.align.gap_programmes import By, Chosen
    from konvoi.flow.sanctions.list_comparison import Sanctions

Row = dict[str, object]
Cells = Callable[[Row], list[str]]
_SHOWN = 25
_LONG = 60
_GROUPS = 60


def tell_matrix(found: "Sanctions") -> None:
    """Print the number of listed parties, the regimes, the days for which each list can speak, and who was
    first.
    """
    from konvoi.cli.output import table

    count = said("{count} party is listed", "{count} parties are listed", found.listed)
    of = said("by {count} regime", "by {count} regimes", len(found.regimes))
    click.echo(said("On {day}, {parties} {regimes}.", day=found.on, parties=count, regimes=of))
    if found.asked:
        one = "{count} pair of parties is under review; until then it counts as two."
        many = "{count} pairs of parties are under review; until then each counts as two."
        click.echo(said(one, many, found.asked))
    lists(found)
    click.echo()
    heads = ("regime", "on", "measure ordered", "listed", "cells known", "share", "cell not known")
    rows = [
        [
            row["regime"],
            str(row["day"]),
            said(row["order"]),
            figure(row["listed"]),
            figure(row["known"]),
            _share(row["share"]),
            figure(row["unknown"]),
        ]
        for row in found.shares.filter(pl.col("known") > 0).iter_rows(named=True)
    ]
    table([said(head) for head in heads], rows, right=(3, 4, 5, 6))
    _lags(found)


def lists(found: "Sanctions") -> None:
    """Print the days for which each list can speak."""
    from konvoi.cli.output import table

    known = {row["regime"]: row for row in found.covers.iter_rows(named=True)}
    states = {one.taken.snapshot.regime: one.state.value for one in found.used}
    rows = []
    for name in found.regimes:
        row = known.get(name)
        days = [str(row[one]) for one in ("day", "first", "last")] if row else ["–"] * 3
        rows.append([name, *days, said(states.get(name, "none in force"))])
    heads = ("regime", "day", "data from", "data to", "state")
    table([said(head) for head in heads], rows)
    if found.old:
        most = found.lists.most
        old = ", ".join(f"{name} ({figure(age)})" for name, age in found.old.items())
        click.echo(said("Lists that are too old (limit in days: {most}): {regimes}.", most=most, regimes=old))


def _share(value: float | None) -> str:
    return "–" if value is None else f"{figure(Decimal(f'{100 * value:.1f}'))} %"


def _lags(found: "Sanctions") -> None:
    from konvoi.cli.output import table

    if found.lags.is_empty():
        click.echo(said("No two lists give exact days for the same party: who was first is not known."))
        return
    click.echo()
    click.echo(said("Order of listing, where both lists state the day:"))
    rows = [
        [
            row["first"],
            row["then"],
            said(row["order"]),
            *(figure(row[name]) for name in ("n", "earlier", "same_day", "later")),
            figure(Decimal(f"{row['median_days']:.1f}").normalize()),
        ]
        for row in found.lags.iter_rows(named=True)
    ]
    heads = ("first", "then", "measure ordered", "n", "earlier", "same day", "later", "median days")
    table([said(head) for head in heads], rows, right=(3, 4, 5, 6, 7))


def tell_gaps(found: "Sanctions", asked: "Chosen", by: "By | None" = None) -> None:
    """Print the gaps that are asked for, the widest first, or how many by group; listings that end soon."""
    from konvoi.align.gap_programmes import chosen

    gaps = chosen(found.gaps, asked)
    ends = found.ending.filter(regime=asked.regime) if asked.regime else found.ending
    if asked.measure:
        ends = ends.filter(order=asked.measure)
    stated = gaps.filter(perhaps="").height
    told = said("{count} gap", "{count} gaps", stated)
    click.echo(said("As of {day}: {gaps}.", day=found.on, gaps=told))
    if gaps.height > stated:
        one = "{count} more is not known: the list may name the party otherwise, and the pair is undecided."
        many = "{count} more are not known: the list may name the party otherwise, and the pair is undecided."
        click.echo(said(one, many, gaps.height - stated))
    if by:
        _tell_groups(gaps, by)
        return
    lists(found)
    click.echo(
        said(
            "A gap holds for the last day covered both by the list without the entry and by the other lists."
        )
    )
    named = gaps.join(found.titles, on="party", how="left")
    click.echo(
        said(
            "Listed by: regimes, and their number among those with data for the day. “…”: as the "
            "list writes it, no act declared; *: to be verified against the published act."
        )
    )
    heads = ("party", "not listed by", "on", "measure ordered", "listed by", "acts to cite")
    sure = named.filter(perhaps="")
    perhaps = named.filter(pl.col("perhaps") != "")
    _rows(said("Not listed there:"), sure.filter(otherwise=""), heads, _gap)
    differ = sure.filter(pl.col("otherwise") != "")
    _rows(said("Listed there, but with another measure:"), differ, (*heads[:5], "there"), _differs)
    title = said("Possibly listed there under another name; under review, not counted as a gap:")
    _rows(title, perhaps, (*heads[:5], "perhaps"), _maybe)
    soon = ends.join(found.titles, on="party", how="left")
    title = said("Ends within {days} days:", days=found.soon)
    _rows(title, soon, ("party", "regime", "measure ordered", "until", "listed on by"), _ends)


def _rows(title: str, rows: pl.DataFrame, heads: Sequence[str], cells: Cells) -> None:
    from konvoi.cli.output import cut, table

    click.echo()
    click.echo(f"{title} {figure(rows.height)}")
    if rows.height:
        shown = rows.head(_SHOWN).iter_rows(named=True)
        table([said(head) for head in heads], [cells(row) for row in shown])
    cut(min(rows.height, _SHOWN), rows.height)


def _gap(row: Row) -> list[str]:
    lacks = f"{row['lacks']} ({said('expired')})" if row["cell"] == "expired" else str(row["lacks"])
    day = str(row["day"])
    order = said(str(row["order"]))
    share = said("{count} of {known}", count=figure(row["count"]), known=figure(row["known"]))
    return [_name(row), lacks, day, order, f"{row['has']} ({share})", str(row["numbers"])]


def _tell_groups(gaps: pl.DataFrame, by: "By") -> None:
    """Print the number of gaps of each regime by programme, theme or measure."""
    from konvoi.align.gap_programmes import By, counted
    from konvoi.cli.output import cut, table

    rows = counted(gaps, by)
    heads = ("not listed by", by.value, "gaps", "cell not known")
    cells = [
        [
            row["lacks"],
            _group(row["group"], by),
            figure(row["stated"]),
            figure(row["undecided"]),
        ]
        for row in rows.head(_GROUPS).iter_rows(named=True)
    ]
    table([said(head) for head in heads], cells, right=(2, 3))
    cut(min(rows.height, _GROUPS), rows.height)
    if by != By.MEASURE:
        click.echo(said("A gap counts in each of its groups, so that they do not add up."))


def _group(name: str, by: "By") -> str:
    from konvoi.align.gap_programmes import By

    if not name:
        return said("none declared")
    return name if by == By.PROGRAMME else said(name)


def _differs(row: Row) -> list[str]:
    there = "; ".join(said(one) for one in str(row["otherwise"]).split("; "))
    return [*_gap(row)[:5], there]


def _maybe(row: Row) -> list[str]:
    return [*_gap(row)[:5], _cut(row["perhaps"])]


def _ends(row: Row) -> list[str]:
    return [
        _name(row),
        str(row["regime"]),
        said(str(row["order"])),
        str(row["until"]),
        str(row["others"]) or "–",
    ]


def _name(row: Row) -> str:
    return _cut(row["name"] or row["party"])


def _cut(text: object) -> str:
    from konvoi.kit.text import shown

    return shown(str(text), _LONG)


def tell_party(found: "Sanctions", parties: Sequence[str]) -> None:
    """Print each measure against each party, by every regime, with days and acts."""
    from konvoi.cli.output import cut, table

    for party in parties[:_SHOWN]:
        title = found.titles.row(by_predicate=pl.col("party") == party, named=True)
        also = f" ({title['original']})" if title["original"] not in ("", title["name"]) else ""
        click.echo(f"{title['name']}{also}, {said(title['kind'])}, {party}")
        rows = [_cells(row, found) for row in found.matrix.filter(party=party).iter_rows(named=True)]
        heads = ("measure ordered", "regime", "on the day", "since", "until", "acts to cite", "nearest name")
        table([said(head) for head in heads], rows)
        click.echo()
    cut(min(len(parties), _SHOWN), len(parties))


def _cells(row: Row, found: "Sanctions") -> list[str]:
    from konvoi.align.citing import short_text
    from konvoi.align.span_text import span_text
    from konvoi.flow.sanctions.comparison_json import as_day, cell_text
    from konvoi.report.language import Language

    since = span_text(as_day(row["since_first"]), as_day(row["since_last"])) or "–"
    cell = cell_text(row, found, Language(code()).text)
    age = "" if row["covered"] or row["cell"] == "not known" else f" ({row['day']})"
    until = str(row["until"] or "–")
    return [
        said(str(row["order"])),
        str(row["regime"]),
        f"{cell}{age}",
        since,
        until,
        short_text(str(row["regime"]), str(row["acts"] or "")),
        _nearest(row, found),
    ]


def _nearest(row: Row, found: "Sanctions") -> str:
    """Return the likest name on a list that does not list the party; empty for other cells."""
    if row["cell"] != "not listed":
        return ""
    near = found.near(str(row["party"]), str(row["regime"]))
    return _cut(f"{near[0][0]}, {_share(near[0][1])}") if near else said("none alike")


def _because(codes: str) -> str:
    """Return evidence in words; both names stand beside it, and only how far they meet is of use."""
    from konvoi.report.language import Language
    from konvoi.report.sanctions.evidence import evidence

    language = Language(code())
    told = (one for one in re.split(r"; (?=[a-z]+:)", codes) if not one.startswith("name:"))
    return "; ".join(language.text(evidence(one)).replace("\xa0", " ") for one in told if one)


def tell_pairs(found: "Sanctions", regime: str) -> None:
    """Pairs of parties that may be one, the likeliest first, and how they are decided."""
    from konvoi.cli.output import cut, table

    rows = found.asked_of(regime)
    one = "{count} pair of parties is under review; until then it counts as two."
    many = "{count} pairs of parties are under review; until then each counts as two."
    click.echo(said(one, many, rows.filter("asked").height))
    alike = rows.height - rows.filter("asked").height
    one = "{count} more pair has similar names and is distinguished by a date of birth or a number."
    many = "{count} more pairs have similar names and are distinguished by a date of birth or a number."
    click.echo(said(one, many, alike))
    cells = [
        [
            figure(Decimal(f"{row['probability']:.2f}")),
            f"{_cut(row['name'])}\n{row['a']}",
            f"{_cut(row['other'])}\n{row['b']}",
            _because(str(row["evidence"])),
        ]
        for row in rows.head(_SHOWN).iter_rows(named=True)
    ]
    if cells:
        table([said(head) for head in ("likely", "listing", "other listing", "evidence")], cells, right=(0,))
        click.echo(said("Decide with: konvoi review LISTING LISTING --verdict same|different --by NAME"))
    cut(min(rows.height, _SHOWN), rows.height)
