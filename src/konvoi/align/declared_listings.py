"""Listings out of the entries of a declared form: names, births, numbers, measures, each read in one way."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain

from konvoi.align.births import births
from konvoi.align.calendars import gregorian
from konvoi.align.days import day_in, is_unread
from konvoi.align.declared import Entry, Form, entries
from konvoi.align.identifiers import INN, LEI, NATIONAL, OGRN, OTHER, PASSPORT, REGISTRATION, SWIFT, TAX
from konvoi.align.list_findings import told
from konvoi.align.listing import (
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
    joined,
)
from konvoi.align.numbers import ids, imo, labelled_ids
from konvoi.align.orders import order
from konvoi.align.parts import parts
from konvoi.align.regime import Found, Opened, doubts, refused, strange
from konvoi.align.screening import kind_of
from konvoi.kit.text import fold, script, tidy
from konvoi.model.finding import Finding, Place

_NUMBERS = {
    "passport": PASSPORT,
    "national": NATIONAL,
    "registration": REGISTRATION,
    "tax": TAX,
    "inn": INN,
    "ogrn": OGRN,
    "lei": LEI,
    "swift": SWIFT,
    "number": OTHER,
}
_TIES = {"owner": Tie.OWNER, "manager": Tie.MANAGER, "parent": Tie.PARENT, "subsidiary": Tie.SUBSIDIARY}
_ALIASES = {"alias": NameKind.ALSO, "former": NameKind.FORMERLY, "weak": NameKind.WEAK}
FIELDS = (
    *(
        "key",
        "group",
        "unique",
        "reference",
        "programme",
        "kind",
        "status",
        "since",
        "until",
        "measures",
        "act",
        "information",
    ),
    *("name", "given", "family", "original", "name type", "name quality", *_ALIASES),
    *("births", "birth place", "nationality", "imo", *_NUMBERS, *_TIES),
)
"""Content of a column or an element of a declared form."""

_WEAK = ("low", "weak")
_MEASURES = r"[|\n]"


def read(regime: str, title: str, files: Sequence[Opened], form: Form) -> Found:
    """One listing for each key of the files of one day; entries that were delisted are counted alone."""
    found: list[Listing] = []
    findings: list[Finding] = []
    facts = {"rows": 0, "delisted": 0}
    own: date | None = None
    for file in files:
        table = entries(file, form)
        if not table.known:
            return strange(title, file.name, _beginning(file))
        if table.fault:
            return refused(told("list-broken", Place(file.name), why=table.fault))
        own = own or _own_day(table.before)
        findings += table.findings
        prepared = (form.prepare(one) if form.prepare else one for one in table.entries)
        for entry in filter(None, prepared):
            facts["rows"] += 1
            if delisted(entry, form):
                facts["delisted"] += 1
            elif (one := listing(regime, entry, form)) is None:
                stated = entry.all("reference", "unique", "key", "programme", "since")
                findings.append(told("entry-row", entry.place, read=next(iter(stated), "")))
            else:
                found.append(one)
                findings += _unread_days(entry)
    listings = joined(found)
    untried = (told("reader-untried", Place(files[0].name)),) if form.untried and files else ()
    unstated = _unstated(listings)
    return Found(listings, (*untried, *findings, *unstated, *doubts(listings)), day=own, facts=facts)


def _unread_days(entry: Entry) -> Iterator[Finding]:
    """Report a day of listing or of its end that cannot be read."""
    for name in ("since", "until"):
        for text in entry.all(name):
            if is_unread(gregorian(text)):
                place = Place(entry.place.file, entry.place.sheet, entry.place.row, name)
                yield told("listed-since-unread", place, read=text)


def _unstated(listings: Sequence[Listing]) -> tuple[Finding, ...]:
    bare = [one for one in listings if any(m.text == UNSTATED for m in one.measures)]
    return (told("measures-unstated", bare[0].place, count=str(len(bare))),) if bare else ()


UNSTATED = "not stated"
"""The text of a measure that a list does not name: it counts as an asset freeze, the gravest."""


def _beginning(file: Opened) -> str:
    if file.root is not None:
        return f"<{file.root.tag}>"
    return ", ".join(file.sheets)[:60] if file.sheets else file.text.partition("\n")[0][:60]


def _own_day(texts: Sequence[str]) -> date | None:
    """The day that stands above the head of a list, or in its own element."""
    days = (day_in(gregorian(text)) for text in texts)
    return next((one.last for one in days if one and one.exact), None)


def delisted(entry: Entry, form: Form) -> bool:
    """Return True if an entry says that it is delisted."""
    return form.delisted is not None and any(map(form.delisted.search, entry.all("status", "since")))


def listing(regime: str, entry: Entry, form: Form) -> Listing | None:
    """The listing of an entry; None where it has no name."""
    kind = kind_of_entry(entry, form)
    names = tuple(
        dict.fromkeys(chain.from_iterable(_names(one, kind, form) for one in (entry.values, *entry.names)))
    )
    if not names:
        return None
    first = next((one for one in names if one.kind == NameKind.PRIMARY), names[0])
    place = ", ".join(entry.all("birth place"))
    each = (one for text in entry.all("births") for one in births(gregorian(text), place))
    born = tuple({(one.days or one.text, one.about): one for one in each}.values())
    key = tidy(next(iter(entry.all("group", "key", "unique")), "")).casefold().replace(" ", "-")
    own = key or ":".join(fold(part) for part in (first.text, *(one.text for one in born[:1])))
    return Listing(
        id=f"{regime}:{form.list}:{own}",
        kind=kind,
        names=(first, *(one for one in names if one != first)),
        place=entry.place,
        list=form.list,
        reference=next(iter(entry.all("reference", "unique", "key")), ""),
        programme=tidy("; ".join(dict.fromkeys(entry.all("programme")))),
        births=born if kind == Kind.PERSON else (),
        nationalities=tuple(dict.fromkeys(chain.from_iterable(map(parts, entry.all("nationality"))))),
        identifiers=tuple(dict.fromkeys(_identifiers(entry, kind))),
        measures=tuple(dict.fromkeys(_measures(entry, form))),
        links=tuple(dict.fromkeys(_links(entry))),
    )


def kind_of_entry(entry: Entry, form: Form) -> Kind:
    """The kind that the entry states, else that of the list, else a person where only persons have values."""
    stated = entry.text("kind")
    known = form.kinds.get(fold(stated)) or kind_of(stated) or form.kind
    if known:
        return known
    return Kind.PERSON if any(entry.all(*form.personal)) else Kind.ENTITY


def _names(values: Mapping[str, tuple[str, ...]], kind: Kind, form: Form) -> Iterator[Name]:
    """The names of a row or an element; family and given names are one."""
    stated = fold(next(iter(values.get("name type", ())), ""))
    quality = fold(next(iter(values.get("name quality", ())), ""))
    own = NameKind.WEAK if quality.startswith(_WEAK) else form.names.get(stated, NameKind.PRIMARY)
    family, given = (tidy(" ".join(values.get(part, ()))) for part in ("family", "given"))
    if family or given:
        families, givens = (parts(text, also=form.split) or ("",) for text in (family, given))
        for at, text in enumerate(families):
            also = givens[at] if len(givens) == len(families) else givens[0]
            parted = (text, also) if kind == Kind.PERSON else ("", "")
            yield Name(tidy(f"{also} {text}"), NameKind.ALSO if at else own, *parted)
    for text in chain.from_iterable(parts(one, also=form.split) for one in values.get("name", ())):
        yield Name(text, _foreign(text, own))
        own = NameKind.ALSO if own == NameKind.PRIMARY else own
    for text in values.get("original", ()):
        yield Name(tidy(text), NameKind.ORIGINAL)
    for field, also in _ALIASES.items():
        for text in chain.from_iterable(parts(one, also=form.split) for one in values.get(field, ())):
            yield Name(text, _foreign(text, also))


def _foreign(text: str, kind: NameKind) -> NameKind:
    return NameKind.ORIGINAL if kind == NameKind.ALSO and script(text) not in ("", "Latin") else kind


def _identifiers(entry: Entry, kind: Kind) -> Iterator[Identifier]:
    for field, type in _NUMBERS.items():
        for text in entry.all(field):
            yield from ids(type, text)
    for text in entry.all("imo"):
        yield from imo(text, kind)
    for text in entry.all("information"):
        yield from labelled_ids(text)


def _measures(entry: Entry, form: Form) -> Iterator[Measure]:
    """Yield the measures that an entry states, else those of the list, else an asset freeze."""
    days = [found for text in entry.all("since") if (found := day_in(gregorian(text)))]
    since = min(days, default=None)
    ends = [found.last for text in entry.all("until") if (found := day_in(gregorian(text)))]
    known = Since.GIVEN if since else Since.UNKNOWN
    act = tidy("; ".join(dict.fromkeys(entry.all("act")))) or form.act
    texts = [text for one in entry.all("measures") for text in parts(one, also=_MEASURES)]
    stated = [(order(text, form.orders), tidy(text)) for text in texts]
    rest = [(one, one.value) for one in form.order] or [(Order.ASSET_FREEZE, UNSTATED)]
    for one, text in stated or rest:
        yield Measure(one, text, act, since, known, max(ends, default=None))


def _links(entry: Entry) -> Iterator[Link]:
    for field, tie in _TIES.items():
        for text in chain.from_iterable(map(parts, entry.all(field))):
            yield Link(tie, tidy(text))
