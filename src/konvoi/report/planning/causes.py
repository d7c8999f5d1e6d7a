"""The reason for an unmet need, as a sentence: the planner's code and parameters in words."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

import polars as pl

from konvoi.plan.causes import CAUSES
from konvoi.report.names import Names, table
from konvoi.report.page import Message, Value
from konvoi.report.planning.released_plan import NOT_SHOWN
from konvoi.report.sanctions.listed import regime

ALSO = "also"
"""The parameter that holds further causes."""

NOT_CONFIRMED = "not confirmed"
"""The mark of a cause whose remedy brought nothing, or was not tried (konvoi.plan.confirm)."""

_MORE = "more"
"""The parameter that counts the other offers that a cause holds for."""

SENTENCES = CAUSES | {NOT_SHOWN: "The cause is not shown to this audience."}


def cause(names: Names, code: str, parameters: str, confirmed: str | None = None) -> Message:
    """The sentence for a cause; ids of sites, lanes, goods, parties in its parameters become names.

    confirmed: whether planning anew with the remedy applied brought more. A code without a sentence stands
    for itself, so that nothing is hidden. Further causes follow the first.
    """
    known = _known(parameters)
    first = _sentence(names, code, known)
    if confirmed == NOT_CONFIRMED:
        first = Message("{cause} (not confirmed by re-planning)", {"cause": first})
    more = [_sentence(names, *other) for other in _others(known)]
    if not more:
        return first
    spaced = tuple(value for one in more for value in (" ", one))[1:]
    return Message("{cause} Also: {others}", {"cause": first, "others": spaced})


def _sentence(names: Names, code: str, known: dict[str, object]) -> Message:
    texts = {key: str(value) for key, value in sorted(known.items()) if key not in (ALSO, _MORE)}
    one = Message(
        SENTENCES.get(code, code), {k: _READ.get(k, _text)(names, t, texts) for k, t in texts.items()}
    )
    more = str(known.get(_MORE, ""))
    if not more.isdigit():
        return one
    return Message(
        "{cause} The same reason applies to {count} more.",
        {"cause": one, "count": Decimal(more)},
        "{cause} The same reason applies to {count} more.",
        int(more),
    )


def _known(parameters: str) -> dict[str, object]:
    try:
        known = json.loads(parameters)
    except ValueError:
        return {}
    return {str(key): value for key, value in known.items()} if isinstance(known, dict) else {}


def _others(known: dict[str, object]) -> Iterator[tuple[str, dict[str, object]]]:
    """The further causes of a cause's parameters: their codes and parameters."""
    also = known.get(ALSO)
    for one in also if isinstance(also, list) else ():
        if isinstance(one, dict) and isinstance(one.get("parameters"), dict):
            yield str(one.get("cause")), one["parameters"]


def _text(names: Names, text: str, texts: dict[str, str]) -> Value:
    return text


def _word(names: Names, text: str, texts: dict[str, str]) -> Value:
    return Message(text)


def _number(names: Names, text: str, texts: dict[str, str]) -> Value:
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def _day(names: Names, text: str, texts: dict[str, str]) -> Value:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _site(names: Names, text: str, texts: dict[str, str]) -> Value:
    return names.site(text)


def _end(names: Names, text: str, texts: dict[str, str]) -> Value:
    """The end of a way where one begins, else words of their own."""
    return names.site(text) if "from" in texts else text


def _good(names: Names, text: str, texts: dict[str, str]) -> Value:
    return names.good(text)


def _party(names: Names, text: str, texts: dict[str, str]) -> Value:
    return names.party(text)


def _blocked(names: Names, text: str, texts: dict[str, str]) -> Value:
    """Return the name of a blocked party in some role, a lane or a site."""
    if texts.get("kind") in {"lane", "site"}:
        return _places(names, text, texts)
    hits = names.case.tables.get("screening_hits")
    if hits is None or text not in hits.filter("stops")["party"]:
        return names.party(text)
    first = hits.filter((pl.col("party") == text) & pl.col("stops")).sort("hit").row(0, named=True)
    told: dict[str, Value] = {
        "party": names.party(text),
        "regime": regime(first["regime"]),
        "hit": first["hit"],
    }
    return Message("{party} (alert {hit} in the list of {regime}: blocked)", told)


def _places(names: Names, text: str, texts: dict[str, str]) -> Value:
    """Ids of lanes and sites, in one text, by their names."""
    ends = {row["lane"]: (row["from"], row["to"]) for row in table(names.case, "lanes").iter_rows(named=True)}
    found: list[Value] = []
    for place in text.split(", "):
        way = ends.get(place)
        named = (names.site(way[0]), " → ", names.site(way[1])) if way else (names.site(place),)
        found += [", ", *named]
    return tuple(found[1:])


_READ: dict[str, Callable[[Names, str, dict[str, str]], Value]] = {
    "good": _good,
    "from": _site,
    "to": _end,
    "site": _site,
    "state": _party,
    "party": _party,
    "kind": _word,
    "requirement": _word,
    "resource": _word,
    "value": _blocked,
    "places": _places,
    "day": _day,
    "days": _number,
    "end": _day,
    "quantity": _number,
    "gain": _number,
    "lorry": _number,
    "train": _number,
    "weight": _number,
    "other": _number,
    "wanted": _number,
    "load": _number,
    "most": _number,
}
