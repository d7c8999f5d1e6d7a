"""Public keys of other workspaces, as keys.csv has them."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from konvoi.flow.federation.package import is_party
from konvoi.flow.receipts import Action, Kind
from konvoi.flow.settings import FILE as SETTINGS
from konvoi.flow.store import Edit, store
from konvoi.flow.store_contract import KEYS
from konvoi.flow.workspace import is_workspace
from konvoi.gateways.files import with_lines
from konvoi.gateways.refusal import Refused
from konvoi.gateways.signing import fingerprint, public_key
from konvoi.model.party import party_id

COLUMNS = ("party", "key", "from", "until", "note")


@dataclass(frozen=True)
class PublicKey:
    """A public key of a party. first, until: the days on which it counts, both included; None: no limit."""

    party: str
    key: bytes
    first: date | None = None
    until: date | None = None
    note: str = ""

    @property
    def fingerprint(self) -> str:
        """The fingerprint that people compare."""
        return fingerprint(self.key)

    def holds(self, day: date) -> bool:
        """Return True if the key counts on a day."""
        return (self.first is None or self.first <= day) and (self.until is None or day <= self.until)


def public_keys(text: str) -> tuple[PublicKey, ...]:
    """Return the keys of a keys.csv; Refused where a row cannot be read: no bundle is checked without it."""
    try:
        rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), strict=True))
    except csv.Error as error:
        raise Refused(f"{KEYS}: cannot be read as CSV: {error}; correct the quotation marks") from error
    lacking = [one for one in COLUMNS[:2] if rows and one not in rows[0]]
    if lacking:
        raise Refused(f"{KEYS}: no column {lacking[0]}; its first line is: {','.join(COLUMNS)}")
    return tuple(_key(row, number) for number, row in enumerate(rows, start=2))


def _key(row: dict[str, str | None], number: int) -> PublicKey:
    told = {name: (row.get(name) or "").strip() for name in COLUMNS}
    found = public_key(told["key"])
    if found is None or not told["party"]:
        raise Refused(
            f"{KEYS}: line {number}: a party and a public key such as ed25519:… are needed; copy the key "
            "that konvoi keys make shows"
        )
    days = []
    for name in ("from", "until"):
        try:
            days.append(date.fromisoformat(told[name]) if told[name] else None)
        except ValueError as error:
            raise Refused(f"{KEYS}: line {number}: {name} is not a day such as 2026-01-31") from error
    return PublicKey(told["party"], found, days[0], days[1], told["note"])


def known_keys(folder: Path) -> tuple[PublicKey, ...]:
    """Return the keys of a workspace; Refused where the folder is none."""
    if not is_workspace(folder):
        raise Refused(f"{folder}: no {SETTINGS} in it; make a workspace with: konvoi init {folder}")
    return public_keys(store(folder).text(KEYS) or "")


def keys_of(keys: Sequence[PublicKey], party: str) -> tuple[PublicKey, ...]:
    """Return the keys of a party."""
    return tuple(one for one in keys if one.party == party)


def add_key(
    folder: Path, party: str, key: str, days: tuple[date | None, date | None], *, note: str, at: str
) -> PublicKey:
    """Add a key to the keys.csv of a workspace, and return it; Refused where it is none, or listed already.

    days: the first and the last on which it counts.
    """
    known_keys(folder)
    row = {"party": party_id(party) or party, "key": key, "note": note}
    row |= {name: day.isoformat() if day else "" for name, day in zip(COLUMNS[2:4], days, strict=True)}
    if not is_party(row["party"]):
        raise Refused(f"{party}: not the id of a party; use letters and digits, such as PL")
    if public_key(key) is None:
        raise Refused(f"{key}: is no public key; copy the key that konvoi keys make shows, such as ed25519:…")
    found = _key({**row}, 2)
    kept = store(folder)
    with kept.writing():
        text = kept.text(KEYS) or ""
        if any(one.key == found.key for one in public_keys(text)):
            raise Refused(f"{KEYS}: lists this key already; change its line there")
        line = io.StringIO()
        csv.DictWriter(line, COLUMNS, lineterminator="\n").writerow(row)
        content = with_lines(text, line.getvalue().rstrip("\n"), head=",".join(COLUMNS))
        kept.commit(Action(Kind.SETTINGS, (), at=at), [Edit(KEYS, content.encode())])
    return found
