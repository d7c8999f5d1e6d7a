"""Member states of the Union: one table for their own lists, with a mapping of its columns (TOML).

The mapping is one of the list's files: `[columns]` names for each head what it holds (FIELDS of
konvoi.align.declared_listings), `[kinds]` what the list's words for kinds mean, beside them `list`, `kind`,
`orders`, `act`, `delisted`, `split`. Heads that it does not name are known by their usual names in English,
German and Ukrainian.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from konvoi.align.declared import Form, entries, head, known
from konvoi.align.declared_listings import FIELDS, delisted, read
from konvoi.align.list_findings import told
from konvoi.align.listing import Order
from konvoi.align.regime import Found, Opened, Regime, refused, strange
from konvoi.align.regime_names import STATES
from konvoi.align.screening import kind_of
from konvoi.kit.text import fold
from konvoi.model.finding import Finding, Place

_SUFFIX = ".toml"
_USUAL: Mapping[str, str] = {
    "key": "id; reference; ref; no; number; nr; lp",
    "name": "name; full name; name of person or entity; entity; company; organisation; назва; піб",
    "given": "first name; given name; given names; forename; vorname",
    "family": "last name; family name; surname; nachname; прізвище",
    "alias": "aliases; alias; aka; also known as; other names",
    "original": "original name; name original; name in original script",
    "kind": "kind; type; entity type; art; typ; тип",
    "births": "birth; born; date of birth; birth date; dob; geburtsdatum; дата народження",
    "birth place": "place of birth; birth place; geburtsort",
    "nationality": "nationality; citizenship; staatsangehörigkeit; громадянство",
    "passport": "passport; passport number; reisepass; паспорт",
    "national": "national id; personal code; national identification number",
    "registration": "registration; registration number; company number; register number",
    "tax": "tax id; tax number; tin; vat",
    "since": "since; listed on; date of listing; date of entry; listed since; in force from",
    "until": "until; valid until; expires; end",
    "status": "status; state",
    "measures": "measures; sanctions; measure; restrictive measures; maßnahmen; санкції",
    "programme": "programme; program; regime; basis",
    "act": "act; legal act; legal basis; decision; rechtsgrundlage",
    "information": "information; other information; remarks; notes; identifying data",
}
_DAYS = ("as of", "list of", "report date", "last updated", "date", "stand", "станом на")
_KEYS = ("list", "kind", "orders", "act", "delisted", "split", "columns", "kinds")


def _read(name: str, title: str, files: Sequence[Opened]) -> Found:
    """The tables of one day, each by the mapping of its own name, else by the only one."""
    mappings = {file.name.removesuffix(_SUFFIX): file for file in files if file.name.endswith(_SUFFIX)}
    tables = [file for file in files if not file.name.endswith(_SUFFIX)]
    parts: list[Found] = []
    for file in sorted(tables, key=lambda one: one.name):
        own = mappings.get(file.name.rpartition(".")[0]) or next(iter(mappings.values()), None)
        form = _form(own) if own else Form("national", _fields({}), day=_DAYS, untried=True)
        if isinstance(form, Finding):
            return refused(form)
        form = _named(file, form)
        if _kindless(file, form):
            return refused(told("kind-unstated", Place(file.name)))
        if unread := _unread_kind(file, form):
            return refused(unread)
        parts.append(read(name, title, [file], form))
    if not parts:
        return strange(title, files[0].name if files else "", "a mapping without a table")
    if lost := _lost(mappings.values(), tables):
        return refused(lost)
    if bad := next((one for one in parts if one.refused), None):
        return bad
    facts: dict[str, int] = {}
    for part in parts:
        facts |= {fact: facts.get(fact, 0) + count for fact, count in part.facts.items()}
    return Found(
        tuple(one for part in parts for one in part.listings),
        tuple(one for part in parts for one in part.findings),
        day=min((part.day for part in parts if part.day), default=None),
        facts=facts,
    )


def _kindless(file: Opened, form: Form) -> bool:
    """Return True if neither the mapping nor any column tells persons from organisations."""
    heads = set(map(head, entries(file, form).heads))
    telling = {head(name) for of in ("kind", *form.personal) for name in form.fields.get(of, ())}
    return form.kind is None and bool(heads) and not heads & telling


def _unread_kind(file: Opened, form: Form) -> Finding | None:
    """Return a finding on the first entry whose kind is a word that is not known."""
    for entry in entries(file, form).entries:
        stated = entry.text("kind")
        if stated and not delisted(entry, form) and fold(stated) not in form.kinds and not kind_of(stated):
            return told("kind-unread", replace(entry.place, column="kind"), read=stated)
    return None


def _lost(mappings: Iterable[Opened], tables: Sequence[Opened]) -> Finding | None:
    """Return a finding on a name in a mapping that is the head of no column: what it holds would be lost."""
    for file in mappings:
        form = _form(file)
        if isinstance(form, Finding):
            continue
        heads = {head(one) for table in tables for one in entries(table, _named(table, form)).heads}
        lost = [one for one in tomllib.loads(file.text).get("columns", {}) if head(one) not in heads]
        if heads and lost:
            return told("mapping-column", Place(file.name), read=", ".join(lost)[:80])
    return None


def _named(file: Opened, form: Form) -> Form:
    """The form with the field that must be there: a whole name, or a family name."""
    return form if known(file, form) else replace(form, needed=("family",))


def _fields(columns: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    """The heads of each field: those of the mapping, then the usual ones that it does not give away."""
    found: dict[str, list[str]] = {}
    for column, field in columns.items():
        found.setdefault(str(field), []).append(column)
    for field, heads in _USUAL.items():
        found.setdefault(field, []).extend(one for one in heads.split("; ") if one not in columns)
    return {field: tuple(heads) for field, heads in found.items()}


def _form(file: Opened) -> Form | Finding:
    """The form that a mapping describes, or what is wrong with it."""
    try:
        table = tomllib.loads(file.text)
    except tomllib.TOMLDecodeError as error:
        return told("mapping-wrong", Place(file.name), read=str(error)[:80])
    columns = table.get("columns", {})
    orders = table.get("orders", [])
    kind = table.get("kind", "")
    kinds = table.get("kinds", {})
    wrong = (
        *(key for key in table if key not in _KEYS),
        *(
            ["columns"]
            if not isinstance(columns, dict)
            else [str(f) for f in columns.values() if f not in FIELDS]
        ),
        *(["orders"] if not isinstance(orders, list) else [str(o) for o in orders if o not in set(Order)]),
        *(
            ["kinds"]
            if not isinstance(kinds, dict)
            else [str(k) for k in kinds.values() if not kind_of(str(k))]
        ),
        *([str(kind)] if kind and kind_of(str(kind)) is None else []),
    )
    if wrong:
        return told("mapping-wrong", Place(file.name), read=", ".join(wrong)[:80])
    try:
        gone = re.compile(str(table["delisted"]), re.IGNORECASE) if "delisted" in table else None
        re.compile(str(table.get("split", "")))
    except re.error as error:
        return told("mapping-wrong", Place(file.name), read=str(error)[:80])
    return Form(
        list=str(table.get("list", "national")),
        fields=_fields(columns),
        kind=kind_of(str(kind)),
        kinds={fold(word): known for word, meant in kinds.items() if (known := kind_of(str(meant)))},
        order=tuple(Order(one) for one in orders),
        act=str(table.get("act", "")),
        delisted=gone,
        split=str(table.get("split", "")),
        day=_DAYS,
        untried=True,
    )


def _reader(name: str, title: str) -> Callable[[Sequence[Opened], date], Found]:
    return lambda files, day: _read(name, title, files)


NATIONAL = tuple(
    Regime(name, title, _reader(name, title), within="eu", untried=True) for name, title in STATES.items()
)
