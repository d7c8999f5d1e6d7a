"""Bundles: what a party may see of a workspace, as documents in a signed file."""

import posixpath
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from konvoi.flow.cut import has_rows, marking_of
from konvoi.flow.federation.package import Manifest, Packed, is_party, packed, to_sign
from konvoi.flow.gathered import Gathered
from konvoi.flow.load_workspace import gathering
from konvoi.flow.parse_documents import understand
from konvoi.flow.receipts import Action, Kind, head
from konvoi.flow.settings import Settings
from konvoi.flow.store import refuse_altered, store
from konvoi.flow.submissions.import_submission import ChangedMeanwhile
from konvoi.flow.today import known_today
from konvoi.flow.versions import age, superseded
from konvoi.flow.view import View
from konvoi.flow.workspace import Workspace, viewed, workspace
from konvoi.gateways.refusal import Refused
from konvoi.gateways.signing import public_of, public_text, signed
from konvoi.intake.container import BOUNDS
from konvoi.intake.mapped import NAME as MAPPED
from konvoi.kit.digest import digest
from konvoi.model.document import PUBLIC, Document, Reading
from konvoi.model.party import party_id
from konvoi.report.submissions.tables_book import tables_book

OURS = frozenset({"konvoi-workbook", "konvoi-csv", MAPPED})
"""Formats whose rows have markings: their rows travel as a workbook, cut to the receiver."""
ACTING = frozenset({"konvoi-answers", "konvoi-markings"})
"""Formats that act on other documents: what they do stands in the rows that travel."""
_ORIGIN = ("_file", "_sheet", "_row")
_HEAD = ("coalition", "version")


@dataclass(frozen=True)
class LeftOut:
    """A document of which the receiver may see something, and that a bundle cannot hold, with the reason."""

    document: str
    reason: str


@dataclass(frozen=True)
class Made:
    """A bundle. content: its file. left_out: documents that it does not hold."""

    manifest: Manifest
    content: bytes
    left_out: tuple[LeftOut, ...]

    def as_dict(self) -> dict[str, object]:
        """The bundle as plain JSON values."""
        told = self.manifest
        return {
            "from": told.sender,
            "to": told.to,
            "number": told.number,
            "head": told.head,
            "digest": digest(self.content),
            "bytes": len(self.content),
            "documents": [described(one) for one in told.documents],
            "left_out": [vars(one) for one in self.left_out],
        }


def described(one: Packed) -> dict[str, object]:
    """Return a document of a bundle as plain JSON values."""
    return {
        "party": one.party,
        "name": one.name,
        "digest": one.sha256,
        "marking": one.marking,
        "tables": dict(one.tables),
        "markings": dict(one.markings),
    }


def own_party(settings: Settings, named: str) -> str:
    """Return the party whose workspace it is: the one that is named, else that of konvoi.toml."""
    party = named or settings.party
    if not party:
        raise Refused(
            "konvoi.toml does not state whose workspace this is; add your id under [coalition], such as "
            'party = "PL", or name it with --as'
        )
    if not is_party(party):
        raise Refused(f"{party}: not the id of a party; use letters and digits, such as PL")
    return party


def make_bundle(folder: Path, reader: str, *, secret: bytes, at: str, party: str = "") -> Made:
    """Return the bundle of a workspace for a party, and record in its receipts that it was made.

    secret: the key that signs. at: when, UTC. party: whose workspace it is, where konvoi.toml does not say.
    It holds the documents in force as the view of the receiver is cut, without those of the receiver itself.
    """
    work = workspace(folder)
    refuse_altered(work.differences)
    sender = own_party(work.settings, party)
    reader = party_id(reader) or reader
    view = View(None, reader)
    if not view.is_party or not is_party(reader):
        raise Refused(f"--for {reader}: a bundle is for one party; name its id, such as PL")
    if reader == sender:
        raise Refused(
            f"--for {reader}: is the party of this workspace; name the party that receives the bundle"
        )
    whole = gathering(viewed(work, view))
    to = whole.view.reader
    kept = store(folder)
    documents, left_out = _documents(whole, work)
    with kept.writing():
        chain = kept.receipts()
        if head(chain) != work.head:
            raise ChangedMeanwhile("the workspace was changed in the meantime; no bundle was made")
        key = public_text(public_of(secret))
        stated = tuple(one for one, _ in documents)
        # How many changes a workspace has had is no matter of the receiver: its bundles alone are counted.
        number = 1 + sum(one.change.kind == Kind.BUNDLED and one.change.by == to for one in chain)
        manifest = Manifest(sender, to, number, head(chain), at, key, stated)
        text = manifest.written()
        contents = {one.path: content for one, content in documents}
        made = Made(manifest, packed(text, signed(to_sign(text), secret), contents), left_out)
        if len(made.content) > BOUNDS.expanded or len(documents) > BOUNDS.entries - 2:
            raise Refused(
                "the bundle would be larger than a receiver accepts; withdraw outdated submissions first"
            )
        day = known_today(whole, work.settings)
        kept.commit(
            Action(
                Kind.BUNDLED, (), day.isoformat() if day else "", at, to, f"bundle {digest(made.content)}"
            ),
            [],
        )
    return made


@dataclass(frozen=True)
class _Travelling:
    """A document with the bytes in which it travels. ending: of its name. written: whether from its rows."""

    reading: Reading
    content: bytes
    ending: str
    written: bool


def _documents(whole: Gathered, work: Workspace) -> tuple[list[tuple[Packed, bytes]], tuple[LeftOut, ...]]:
    """Return the documents of a view as they travel, in the order of their age, and those that cannot."""
    if whole.inputs is None:
        raise ValueError("a bundle is made from readings")
    settings = work.settings
    old, _ = superseded(whole.inputs.readings, settings, whole.inputs.aside)
    before = {one.document: one for one in whole.inputs.sources.readings}
    originals = {one.name: one for one in work.documents}
    left_out: list[LeftOut] = []
    travelling: list[_Travelling] = []
    for one in sorted(whole.inputs.readings, key=lambda one: (one.party, age(one, settings), one.document)):
        if one.party == whole.view.reader or one.document in old or not has_rows(one):
            continue
        travels = _travelling(one, before[one.document], originals[one.document], settings)
        if isinstance(travels, str):
            left_out.append(LeftOut(one.document, travels))
        else:
            travelling.append(travels)
    lost = _lost([one for one in travelling if one.written])
    found: list[tuple[Packed, bytes]] = []
    numbers: Counter[str] = Counter()
    for each in travelling:
        reading = each.reading
        if reading.document in lost:
            left_out.append(LeftOut(reading.document, "its rows cannot be written without loss"))
            continue
        numbers[reading.party] += 1
        name = f"{numbers[reading.party]:04}{each.ending}"
        found.append((_packed(reading, name, each.content, marking_of(reading, settings)), each.content))
    return found, tuple(left_out)


def _packed(reading: Reading, name: str, content: bytes, marking: str) -> Packed:
    tables = {one: rows.height for one, rows in reading.tables.items() if rows.height}
    markings: Counter[str] = Counter()
    frames = [rows for rows in reading.tables.values() if rows.height] or [reading.entries]
    for rows in frames:
        stated = rows["marking"].to_list() if "marking" in rows.columns else [None] * rows.height
        markings.update(one or marking for one in stated)
    sizes = dict(sorted(markings.items()))
    return Packed(reading.party, name, digest(content), len(content), marking, tables, sizes)


def _travelling(shown: Reading, before: Reading, original: Document, settings: Settings) -> _Travelling | str:
    """Return a document as it travels, or why it cannot. shown: as it is cut; before: as it is."""
    if not shown.party or not is_party(shown.party):
        return "it states no sender"
    if shown.format in ACTING:
        return "what it changes stands in the rows of other documents"
    if shown.format in OURS:
        return _Travelling(shown, tables_book(_head(shown, settings), _filled(shown)), ".xlsx", written=True)
    if not _is_public(shown, before, settings):
        return "its format has no markings, and it is not public as a whole"
    ending = posixpath.splitext(original.name)[1].lower()
    ending = ending if re.fullmatch(r"\.[a-z0-9]{1,8}", ending) else ""
    return _Travelling(shown, original.content, ending, written=False)


def _filled(reading: Reading) -> dict[str, pl.DataFrame]:
    """Return the tables of a reading that have rows."""
    return {name: rows for name, rows in reading.tables.items() if rows.height}


def _is_public(shown: Reading, before: Reading, settings: Settings) -> bool:
    """Return True if everybody may see a document, and nothing of it was cut."""
    marks = {str(one) for one in before.entries["marking"].unique()}
    for rows in before.tables.values():
        marks |= {str(one or PUBLIC) for one in rows["marking"]} if "marking" in rows.columns else set()
    heights = [{name: rows.height for name, rows in one.tables.items()} for one in (shown, before)]
    uncut = heights[0] == heights[1] and shown.entries.height == before.entries.height
    return uncut and marks <= {PUBLIC} and marking_of(before, settings) == PUBLIC


def _head(reading: Reading, settings: Settings) -> dict[str, str]:
    """Return the head with which a document travels: its day and marking as this workspace has them."""
    told = {name: reading.facts[name] for name in _HEAD if name in reading.facts}
    stated = settings.known_on.get(reading.document)
    day = stated.isoformat() if stated else reading.facts.get("day", "")
    return {**told, "party": reading.party, "day": day, "marking": marking_of(reading, settings)}


def _lost(travelling: Sequence[_Travelling]) -> frozenset[str]:
    """Return the documents whose workbooks are not read as the rows from which they were made."""
    books = [
        Document(f"{one.reading.party}/{number:04}.xlsx", one.content, one.reading.party)
        for number, one in enumerate(travelling)
    ]
    read = zip(travelling, understand(books), strict=True)
    return frozenset(one.reading.document for one, again in read if not _reads_back(again, one.reading))


def _reads_back(again: Reading, reading: Reading) -> bool:
    wanted, found = _filled(reading), _filled(again)
    return (
        not again.refused
        and again.party == reading.party
        and not again.left_out
        and found.keys() == wanted.keys()
        and all(_values(found[name]).equals(_values(rows)) for name, rows in wanted.items())
    )


def _values(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.drop(_ORIGIN, strict=False)
