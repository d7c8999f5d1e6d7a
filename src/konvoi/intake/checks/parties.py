"""Unknown parties."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches

from konvoi.intake.check import Whole, by_place
from konvoi.intake.konvoi import spellings
from konvoi.intake.mentions import mentions
from konvoi.intake.references import COPIED, LOOKALIKE
from konvoi.kit.lookalikes import is_mixed, signs, skeleton
from konvoi.kit.text import fold
from konvoi.model.document import Reading
from konvoi.model.finding import Finding, Severity
from konvoi.model.party import GROUPS, INSTITUTIONS, party_id, states
from konvoi.model.table import Type

_CODE = "party-unknown"


def parties_unknown(whole: Whole) -> tuple[Finding, ...]:
    """Report unknown parties: in no table of parties, not in the settings, no state and no institution."""
    named = {one: one for one in whole.parties if one}
    for reading in whole.readings:
        if (rows := reading.tables.get("parties")) is not None and "name_de" in rows.columns:
            named |= {one: one for one in rows["party"].drop_nulls()} | spellings(rows)
    nearest = _Nearest(named)
    return by_place(finding for reading in whole.readings for finding in _of(reading, named, nearest))


def _of(reading: Reading, named: dict[str, str], nearest: "_Nearest") -> Iterator[Finding]:
    # If a document has parties of its own, its cells were checked against them when they were read.
    told = {finding.read for finding in reading.findings if finding.code == _CODE}
    known = {*named.values(), *GROUPS}
    for one in mentions(reading, lambda table, column: table != "parties" and column.type == Type.PARTY):
        if one.name in known or party_id(one.name) or one.name in told:
            continue
        if meant := _alike(one.name, named):
            finding = one.told(Severity.WARNING, LOOKALIKE, "a party by id or name", COPIED)
            values = {"meant": meant, "signs": signs(one.name, meant)}
            yield replace(finding, values=values)
            continue
        remedy = "Add it to the table of parties, or write its id."
        yield one.told(Severity.WARNING, _CODE, "a party by id or name", remedy, nearest[one.name])


def _alike(name: str, named: Mapping[str, str]) -> str:
    """Return the party that a name looks like; empty where it looks like none.

    Letters of one other script may be an acronym of its own, and look like the code of a state by chance.
    """
    if name.isascii():
        return ""
    plain = skeleton(name)
    return named.get(plain) or named.get(fold(plain)) or (party_id(plain) if is_mixed(name) else None) or ""


class _Nearest(dict[str, str]):
    """The id of the party that is spelt most like each name, found once; empty where none is."""

    def __init__(self, named: dict[str, str]) -> None:
        super().__init__()
        spelled = {fold(state): code for code, state in states().items()} | dict(named)
        self._ids = spelled | {fold(one): one for one in (*INSTITUTIONS, *named)}
        self._keys = sorted(self._ids)

    def __missing__(self, name: str) -> str:
        near = get_close_matches(fold(name), self._keys, n=1, cutoff=0.75)
        self[name] = self._ids[near[0]] if near else ""
        return self[name]
