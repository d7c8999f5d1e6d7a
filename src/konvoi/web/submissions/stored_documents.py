"""Stored documents as they are read: their head, findings, what they replace, and how two of them differ."""

from collections.abc import Sequence
from dataclasses import dataclass

from konvoi.flow.parse_documents import understand
from konvoi.flow.receipts import Receipt
from konvoi.flow.settings import Settings
from konvoi.flow.store import CACHE, MAPPINGS, SETTINGS, Store, store
from konvoi.flow.store_contract import read_settings
from konvoi.flow.submissions.changes import Change, changes, counted
from konvoi.flow.submissions.pdf_pages import Page, is_pdf, page_image, page_text
from konvoi.flow.versions import replaced
from konvoi.model.document import Document, Reading
from konvoi.web.instance import instance
from konvoi.web.record import receipts
from konvoi.web.submissions.queries import Stored


def content_of(one: Stored) -> bytes | None:
    """Return the bytes of a stored document as they were handed in."""
    return store(instance().folder).content(one.path)


def page_of(one: Stored, number: int) -> Page | None:
    """Return a page of a PDF with its text; None where the document is no PDF."""
    content = content_of(one)
    return page_text(content, number) if content is not None and is_pdf(content) else None


def image_of(one: Stored, number: int) -> bytes | None:
    """Return a page of a PDF as PNG; None where it cannot be drawn."""
    content = content_of(one)
    return page_image(content, number) if content is not None and is_pdf(content) else None


def known_settings(kept: Store) -> Settings:
    """Return the settings with the mappings of senders."""
    return read_settings(kept.text(SETTINGS) or "", kept.text(MAPPINGS) or "")[0]


def readings(found: Sequence[Stored]) -> list[Reading]:
    """Return the readings of stored documents, from what was read before where it is there."""
    kept = store(instance().folder)
    settings = known_settings(kept)
    documents = [
        Document(one.name, content, party=one.party, marking=settings.marking)
        for one in found
        if (content := kept.content(one.path)) is not None
    ]
    return understand(documents, settings=settings, cache=instance().folder / CACHE)


@dataclass(frozen=True)
class Difference:
    """Difference of two documents of a party. counts: records by outcome; changes: those that differ."""

    counts: tuple[tuple[str, int], ...]
    changes: tuple[Change, ...]


def difference(old: Stored, new: Stored) -> Difference:
    """Return what the records of a document are in another one, field by field."""
    settings = known_settings(store(instance().folder))
    before, after = readings([old]), readings([new])
    told = changes(after, before, settings).get(new.name, ())
    named = {one.table for one in told}
    counts = tuple((name, count) for name, count in counted(told).items() if count)
    return Difference(counts if named else (), tuple(one for one in told if one.outcome != "unchanged"))


def restored_by_withdrawing(one: Stored, others: Sequence[Stored]) -> Stored | None:
    """Return the document that is in force again once another one is withdrawn; None for none.

    others: the documents of the same party.
    """
    there = [one, *(other for other in others if other.path != one.path and not other.withdrawn)]
    aside = [other for other in others if other.withdrawn]
    settings = known_settings(store(instance().folder))
    read = {reading.document: reading for reading in readings(there)}
    if one.name not in read:
        return None
    name = replaced(read[one.name], list(read.values()), settings, readings(aside))
    return next((other for other in there if other.name == name and other.path != one.path), None)


def history(one: Stored) -> list[tuple[Receipt, str]]:
    """Return the receipts in which a document stands, the newest first, each with its kind."""
    return [
        (receipt, str(receipt.change.kind))
        for receipt in reversed(receipts())
        if any(
            file.sha256 == one.sha256 and file.path.split("/")[1:2] == [one.party]
            for file in receipt.change.files
        )
    ]
