"""Targets of the Swiss list: names made of parts with spellings, births, documents, the last change."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice, product

from lxml import etree

from konvoi.align.days import day_in
from konvoi.align.elements import line, text
from konvoi.align.identifiers import NATIONAL, OTHER, PASSPORT
from konvoi.align.listing import (
    Birth,
    Identifier,
    Kind,
    Link,
    Listing,
    Measure,
    Name,
    NameKind,
    Order,
    Since,
    Tie,
)
from konvoi.align.numbers import ids, imo, labelled_ids
from konvoi.kit.days import Days, month
from konvoi.kit.text import script, tidy
from konvoi.model.finding import Place

_KINDS = {"individual": Kind.PERSON, "entity": Kind.ENTITY}
_OBJECTS = {"vessel": Kind.SHIP, "aircraft": Kind.AIRCRAFT}
_NAMES = {"alias": NameKind.ALSO, "formerly-known-as": NameKind.FORMERLY}
_GIVEN = ("given-name", "further-given-name", "father-name", "grand-father-name")
_FAMILY = ("family-name", "tribal-name", "maiden-name")
_WHOLE = ("whole-name", "other", "suffix")
_TIES = {"owned-by": Tie.OWNER, "owned-or-controlled-by": Tie.OWNER, "subsidiary-of": Tie.PARENT}
_MOST = 24
"""Most spellings that are made of one name: each part may have several."""

GONE = "de-listed"


def programmes(root: etree._Element) -> Mapping[str, tuple[str, str]]:
    """Return the name of the programme and of the set (an annex) by the id of the set, in English first."""
    found: dict[str, tuple[str, str]] = {}
    for one in root.iterfind("sanctions-program"):
        name = _english(one, "program-name") or _english(one, "program-key")
        for part in one.iterfind("sanctions-set"):
            if part.get("lang") == "eng" or part.get("ssid", "") not in found:
                found[part.get("ssid", "")] = name, tidy(part.text or "")
    return found


def _english(one: etree._Element, tag: str) -> str:
    each = sorted(one.iterfind(tag), key=lambda child: child.get("lang") != "eng")
    return tidy(each[0].text or "") if each else ""


def change(target: etree._Element) -> tuple[str, date | None]:
    """Return the kind of the last change of a target, and the day of its first listing."""
    changes = [
        (day.first if (day := day_in(one.get("effective-date") or "")) else date.min, one)
        for one in target.iterfind("modification")
    ]
    if not changes:
        return "", None
    _, one = max(changes, key=lambda pair: pair[0])
    listed = [
        day for day, change in changes if change.get("modification-type") == "listed" and day > date.min
    ]
    return one.get("modification-type", ""), min(listed, default=None)


def listing(target: etree._Element, known: Mapping[str, tuple[str, str]], file: str) -> Listing | None:
    """The listing of a target; None where it has no name."""
    own = next((one for one in target if one.tag in ("individual", "entity", "object")), None)
    if own is None:
        return None
    kind = _KINDS.get(str(own.tag)) or _OBJECTS.get(own.get("object-type", ""), Kind.ASSET)
    names = tuple(dict.fromkeys(name for one in own.iterfind("identity/name") for name in _spelt(one, kind)))
    if not names:
        return None
    sets = [text(target, "sanctions-set-id") or target.get("sanctions-set-id", "")]
    told = [known[one] for one in sets if one in known]
    _, since = change(target)
    days = Days(since, since) if since else None
    act = "; ".join(f"{programme}, {annex}".strip(", ") for programme, annex in told)
    measure = Measure(
        Order.ASSET_FREEZE, "sanctions programme", act, days, Since.GIVEN if days else Since.UNKNOWN
    )
    return Listing(
        id=f"ch:seco:{target.get('ssid', '')}",
        kind=kind,
        names=tuple(sorted(names, key=lambda name: name.kind != NameKind.PRIMARY)),
        place=Place(file, "", line(target)),
        list="seco",
        reference=text(target, "foreign-identifier") or target.get("ssid", ""),
        programme="; ".join(dict.fromkeys(programme for programme, _ in told)),
        births=tuple(dict.fromkeys(_births(own))) if kind == Kind.PERSON else (),
        nationalities=tuple(
            dict.fromkeys(tidy(c.text or "") for c in own.iterfind(".//nationality/country"))
        ),
        identifiers=tuple(dict.fromkeys(_identifiers(own, kind))),
        measures=(measure,),
        links=tuple(_links(own)),
    )


def _spelt(name: etree._Element, kind: Kind) -> Iterator[Name]:
    """Yield a name as it is written, and with the other spellings of its parts, script by script."""
    of = (
        NameKind.WEAK
        if name.get("quality") == "low"
        else _NAMES.get(name.get("name-type", ""), NameKind.PRIMARY)
    )
    parts = sorted(name.iterfind("name-part"), key=lambda one: int(one.get("order") or 0))
    used = [(one.get("name-part-type", ""), text(one, "value"), one) for one in parts]
    used = [(type, value, one) for type, value, one in used if value and type != "title"]
    family = tidy(" ".join(value for type, value, _ in used if type in _FAMILY))
    given = tidy(" ".join(value for type, value, _ in used if type in _GIVEN))
    whole = " ".join(value for type, value, _ in used if type in _WHOLE)
    if not used:
        return
    parted = (family, given) if kind == Kind.PERSON else ("", "")
    yield Name(tidy(f"{given} {family} {whole}"), of, *parted)
    ordered = sorted(used, key=lambda part: (part[0] in _FAMILY) + 2 * (part[0] in _WHOLE))
    scripts = {_script(variant) for _, _, one in used for variant in one.iterfind("spelling-variant")}
    for own in sorted(scripts):
        several = [
            [tidy(v.text or "") for v in one.iterfind("spelling-variant") if _script(v) == own and v.text]
            for _, _, one in ordered
        ]
        choices = [found or [value] for found, (_, value, _) in zip(several, ordered, strict=True)]
        for chosen in islice(product(*choices), _MOST):
            also = NameKind.VARIATION if own in ("", "Latin") else NameKind.ORIGINAL
            yield Name(tidy(" ".join(chosen)), of if of == NameKind.WEAK else also)


def _script(variant: etree._Element) -> str:
    return script(variant.text or "")


def _births(own: etree._Element) -> Iterator[Birth]:
    place = "; ".join(
        dict.fromkeys(tidy(one.text or "") for one in own.iterfind(".//place-of-birth/location"))
    )
    for one in own.iterfind(".//day-month-year"):
        year, number, day = (one.get(part, "") for part in ("year", "month", "day"))
        if not (year.isdecimal() and 1000 <= int(year) <= 9999):
            continue
        about = one.get("quality") == "circa" or one.get("calendar", "Gregorian") != "Gregorian"
        yield Birth(_days(int(year), number, day), about, place, "-".join(filter(None, (year, number, day))))


def _days(year: int, number: str, day: str) -> Days:
    if not (number.isdecimal() and 1 <= int(number) <= 12):
        return Days(date(year, 1, 1), date(year, 12, 31))
    try:
        exact = date(year, int(number), int(day))
    except ValueError:
        return month(year, int(number))
    return Days(exact, exact)


def _identifiers(own: etree._Element, kind: Kind) -> Iterator[Identifier]:
    for one in own.iterfind(".//identification-document"):
        type = one.get("document-type", "")
        of = PASSPORT if "passport" in type else NATIONAL if type.startswith("id-") else OTHER
        yield from ids(of, text(one, "number"))
    for other in own.iterfind("other-information"):
        told = tidy(other.text or "")
        label, _, value = told.partition(":")
        if "imo" in label.casefold().split():
            yield from imo(value, kind)
        else:
            yield from labelled_ids(told)


def _links(own: etree._Element) -> Iterator[Link]:
    for one in own.iterfind("relation"):
        if tie := _TIES.get(one.get("relation-type", "")):
            yield Link(tie, tidy(text(one, "remark") or one.get("target-id", "")))
