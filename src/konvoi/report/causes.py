"""Why a need stays unmet, as a sentence: the planner's code and parameters in words."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation

from konvoi.plan.causes import CAUSES
from konvoi.report.names import Names, table
from konvoi.report.page import Message, Value
from konvoi.report.seen_plan import NOT_SHOWN

SENTENCES = CAUSES | {NOT_SHOWN: "The cause is not shown to this audience."}


def cause(names: Names, code: str, parameters: str) -> Message:
    """The sentence for a cause; ids of sites, lanes, goods, parties in its parameters become names.

    A code without a sentence stands for itself, so that nothing is hidden.
    """
    values = _values(names, parameters)
    return Message(SENTENCES.get(code, code), values)


def _values(names: Names, parameters: str) -> dict[str, Value]:
    try:
        known = json.loads(parameters)
    except ValueError:
        return {}
    if not isinstance(known, dict):
        return {}
    texts = {str(key): str(value) for key, value in sorted(known.items())}
    return {key: _READ.get(key, _text)(names, text, texts) for key, text in texts.items()}


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
    """What is blocked, by its name: a party in some role, a lane or a site."""
    if texts.get("kind") in {"lane", "site"}:
        return _places(names, text, texts)
    return names.party(text)


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
    "quantity": _number,
    "gain": _number,
    "lorry": _number,
    "most": _number,
}
