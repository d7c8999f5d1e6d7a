"""Names that people give: what they mean among those that are known, and the nearest where they mean none."""

import difflib
from collections.abc import Collection, Iterable, Mapping
from itertools import chain
from typing import TYPE_CHECKING

from konvoi.kit.text import fold, shown

if TYPE_CHECKING:
    from konvoi.flow.gathered import Gathered
    from konvoi.flow.settings import Settings

_LISTED = 20
_NEAR = 5
_AS_NEAR = 0.1


class Unknown(Exception):
    """A name means nothing here; the message says which, what is near, and what is known.

    what: the option or argument that bears it. near: the nearest known names, the closest first. Of more
    than `most` known names only the nearest are told, and how many there are.
    """

    def __init__(
        self, what: str, name: str, known: Collection[str], near: Iterable[str] = (), *, most: int = _NEAR
    ) -> None:
        self.what = what
        self.name = name
        self.near = tuple(near)
        super().__init__(f"{what}: {shown(name)!r} is {_none_of(known, self.near, most)}{_meant(self.near)}")


class Several(Unknown):
    """A name means several things; the message says which, so that one can be named by its id."""

    def __init__(self, what: str, name: str, those: Collection[str]) -> None:
        Exception.__init__(
            self, f"{what}: {shown(name)!r} may be any of {', '.join(those)}; name one by its id"
        )
        self.what = what
        self.name = name
        self.near = ()


def _none_of(known: Collection[str], near: tuple[str, ...], most: int) -> str:
    names = sorted(known) if not isinstance(known, tuple) else list(known)
    if not names:
        return "nothing in the submissions"
    if len(names) <= most:
        return f"none of {', '.join(names)}"
    return f"none of the {len(names)} known here{'' if near else ', such as ' + ', '.join(names[:most])}"


def _meant(near: tuple[str, ...]) -> str:
    return f". Did you mean {' or '.join(near)}?" if near else ""


def nearest(name: str, spellings: Mapping[str, str], most: int = 3) -> tuple[str, ...]:
    """The names whose spellings (spelling → name) come nearest to a text, the closest first.

    A text may be the beginning of a spelling, or the initials of its words.

    >>> nearest("milit", {"military": "military", "energy": "energy"})
    ('military',)
    >>> nearest("ifv", {"infantry-fighting-vehicle": "infantry-fighting-vehicle", "infantry": "infantry"})
    ('infantry-fighting-vehicle',)
    """
    folded: dict[str, str] = {}
    for spelling in sorted(spellings):
        folded.setdefault(fold(spelling), spellings[spelling])
    wanted = fold(name)
    begun = [one for one in folded if wanted and (one.startswith(wanted) or _initials(one) == wanted)]
    close = begun or difflib.get_close_matches(wanted, sorted(folded), n=most, cutoff=0.6)
    how = [difflib.SequenceMatcher(None, one, wanted).ratio() for one in close]
    near = [one for one, ratio in zip(close, how, strict=True) if begun or ratio > how[0] - _AS_NEAR]
    return tuple(dict.fromkeys(folded[one] for one in near))[:most]


def _initials(spelling: str) -> str:
    words = spelling.split()
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def word(what: str, name: str, allowed: tuple[str, ...], *, context: str = "choice") -> str:
    """The one of a fixed list that a word means, in any language; empty stays empty."""
    from konvoi.model.naming import meanings

    if not name or name in allowed:
        return name
    known = meanings(context, allowed)
    if (found := known.get(fold(name))) in allowed:
        return str(found)
    raise Unknown(what, name, allowed, nearest(name, known), most=_LISTED)


def party(
    what: str, name: str, gathered: "Gathered", settings: "Settings", *, also: tuple[str, ...] = ()
) -> str:
    """The id of the party that an id or a name means, of those that settings and what was read speak of.

    also: words that stand beside the parties, such as `public`.
    """
    from konvoi.model.party import party_id

    known = parties(gathered, settings)
    spelled = {fold(spelling): one for spelling, one in known.items()}
    named = spelled.get(fold(name)) or party_id(name)
    if not name or name in also or name in known.values():
        return name
    if named in known.values():
        return str(named)
    raise Unknown(what, name, (*also, *sorted(set(known.values()))), nearest(name, known))


def parties(gathered: "Gathered", settings: "Settings") -> dict[str, str]:
    """All parties of which settings and what was read speak: spelling → id, under id and names."""
    from konvoi.model.party import party_name
    from konvoi.model.table import Type
    from konvoi.model.tables import BY_NAME

    entries = gathered.ledger.entries
    columns = [entries[name] for name in ("party", "counterparty", "implementer")]
    columns += [gathered.documents["party"]]
    for name, rows in sorted(gathered.tables.items()):
        wanted = [c.name for c in BY_NAME[name].columns if c.type == Type.PARTY] if name in BY_NAME else []
        columns += [rows[column] for column in wanted if column in rows.columns]
    ids = {str(one) for column in columns for one in column.drop_nulls().unique()}
    ids = (ids | {settings.recipient, *chain.from_iterable(settings.groups.values())}) - {""}
    found = {party_name(one, language): one for one in sorted(ids) for language in ("uk", "de", "en")}
    return found | _named(gathered, "parties", "party") | {one: one for one in sorted(ids)}


def good(what: str, name: str, gathered: "Gathered") -> str:
    """Return the good that a name means, of those that the readings name: as a kind or as a family."""
    from konvoi.model.goods import parents

    entries = gathered.ledger.entries["good"].drop_nulls().unique()
    named = dict(gathered.goods) | _named(gathered, "goods", "good")
    ids = {str(one) for one in entries} | set(named.values()) | set(parents(gathered.tables).values())
    if not name or name in ids:
        return name
    known = {one: one for one in sorted(ids)}
    if found := {fold(spelling): one for spelling, one in (named | known).items()}.get(fold(name)):
        return found
    raise Unknown(what, name, ids, nearest(name, named | known))


def currency(what: str, name: str) -> str:
    """A code of ISO 4217."""
    from konvoi.intake.cells import currencies

    code = name.upper()
    if code and code not in currencies():
        near = difflib.get_close_matches(code, sorted(currencies()), n=3)
        raise Unknown(what, name, ("the codes of ISO 4217",), near)
    return code


def boundary(what: str, name: str, named: Mapping[str, str]) -> str:
    """The scope that a boundary's name stands for, or the scope itself."""
    if not name or ":" in name or name in named:
        return named.get(name, name)
    raise Unknown(
        what, name, (*named, "country:AFG,year:2020 or the like"), nearest(name, {n: n for n in named})
    )


def _named(gathered: "Gathered", table: str, key: str) -> dict[str, str]:
    """The names of a table's rows in all languages, and their aliases: spelling → id.

    Where two bear a name, the coalition's own id goes before one of another's scheme, such as fts-org:…
    """
    rows = gathered.tables.get(table)
    found: dict[str, str] = {}
    every = rows.to_dicts() if rows is not None else []
    for row in sorted(every, key=lambda one: ":" not in str(one[key])):
        names = [row.get(name) or "" for name in ("name_uk", "name_de", "name")]
        names += (row.get("aliases") or "").split(";")
        found |= {name.strip(): row[key] for name in (*names, row[key]) if name.strip()}
    return found
