"""Clauses as Akoma Ntoso 3.0 (OASIS LegalDocML)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl
from lxml import etree

from konvoi.kit.text import fold
from konvoi.model.clauses import HEADINGS, Kind, parent

SPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0/WD17"
"""The namespace of the schema akomantoso30.xsd as OASIS publishes it with the specification."""

_LANGUAGES = {"en": "eng", "de": "deu", "uk": "ukr", "fr": "fra", "pl": "pol"}
_TAGS = {
    Kind.PART: "part",
    Kind.SECTION: "section",
    Kind.PARAGRAPH: "paragraph",
    Kind.SUBPARAGRAPH: "subparagraph",
    Kind.POINT: "point",
}
_FLOWS = {
    Kind.TITLE: "preface",
    Kind.RECITAL: "preamble",
    Kind.CLOSING: "conclusions",
    Kind.NOTE: "conclusions",
}
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Row = Mapping[str, str]


def akoma(clauses: pl.DataFrame, *, name: str, day: date, language: str = "en") -> bytes:
    """A document in Akoma Ntoso: the same clauses, labels and words in the same order.

    clauses: columns of model.clauses.CLAUSES. name: what the document is called in its address. day: of its
    signature or, of a draft, of its version. What stands behind the signatures becomes an attachment. It
    names no country (`xx`): an agreement is not one state's.
    """
    about = _About(fold(name).replace(" ", "-") or "document", day, _LANGUAGES.get(language, "und"))
    rows = [
        {key: _NOT_XML.sub("\ufffd", str(row[key] or "")) for key in _KEPT}
        for row in clauses.iter_rows(named=True)
    ]
    behind = next((at for at, row in enumerate(rows) if row["kind"] == Kind.CLOSING), len(rows))
    cut = next((at for at in range(behind, len(rows)) if _hierarchical(rows[at])), len(rows))
    notes = [row for row in rows[cut:] if not _hierarchical(row)]
    root = etree.fromstring(f'<akomaNtoso xmlns="{SPACE}"/>')
    doc = _document(root, [*rows[:cut], *notes], about, "main")
    if annex := [row for row in rows[cut:] if _hierarchical(row)]:
        attachment = _add(_add(doc, "attachments"), "attachment", eId="att_1")
        _document(attachment, annex, about, "annex")
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


_KEPT = ("clause", "kind", "label", "text")


def _hierarchical(row: Row) -> bool:
    """Return True if a row belongs to the hierarchy, and not before or behind it."""
    return row["kind"] in _TAGS


@dataclass(frozen=True)
class _About:
    """The name, day and language of a document."""

    name: str
    day: date
    language: str

    def identify(self, meta: etree._Element, component: str) -> None:
        """The work, this expression of it, and the file."""
        work = f"/akn/xx/doc/{self.day.isoformat()}/{self.name}"
        expression = f"{work}/{self.language}@{self.day.isoformat()}"
        identification = _add(meta, "identification", source="#konvoi")
        one = self._level(identification, "FRBRWork", f"{work}/!{component}", work)
        _add(one, "FRBRcountry", value="xx")
        one = self._level(identification, "FRBRExpression", f"{expression}/!{component}", expression)
        _add(one, "FRBRlanguage", language=self.language)
        self._level(
            identification, "FRBRManifestation", f"{expression}/!{component}.xml", f"{expression}.xml"
        )

    def _level(self, identification: etree._Element, tag: str, this: str, uri: str) -> etree._Element:
        level = _add(identification, tag)
        _add(level, "FRBRthis", value=this)
        _add(level, "FRBRuri", value=uri)
        _add(level, "FRBRdate", date=self.day.isoformat(), name="Generation")
        _add(level, "FRBRauthor", href="#parties")
        return level


def _document(above: etree._Element, rows: Sequence[Row], about: _About, component: str) -> etree._Element:
    doc = _add(above, "doc", name="agreement" if component == "main" else component)
    about.identify(_add(doc, "meta"), component)
    for tag, kinds in (("preface", (Kind.TITLE,)), ("preamble", (Kind.RECITAL,))):
        _flow(doc, tag, [row for row in rows if row["kind"] in kinds])
    body = _Body(_add(doc, "mainBody"))
    for row in rows:
        if _hierarchical(row):
            body.take(row)
    if len(body.root) == 0:
        _add(body.root, "p")
    _flow(doc, "conclusions", [row for row in rows if row["kind"] in (Kind.CLOSING, Kind.NOTE)])
    return doc


def _flow(doc: etree._Element, tag: str, rows: Sequence[Row]) -> None:
    """Blocks before and behind the body; a note stands where its paragraph would."""
    flow = _add(doc, tag) if rows else doc
    for row in rows:
        block = _add(flow, "p")
        if row["kind"] == Kind.NOTE:
            _add(_add(block, "authorialNote", placement="bottom"), "p").text = row["text"]
        elif row["kind"] == Kind.TITLE:
            _add(block, "docTitle").text = row["text"]
        elif "/" not in row["clause"]:
            block.set("class", "heading")
            block.text = row["text"]
        else:
            _labelled(block, row)


def _labelled(block: etree._Element, row: Row) -> None:
    if not row["label"]:
        block.text = row["text"]
        return
    mark = _add(block, "inline", name="num")
    mark.text = row["label"]
    mark.tail = f" {row['text']}"


@dataclass
class _Body:
    """The hierarchy as far as it is built: each clause's element by the clause's id."""

    root: etree._Element
    made: dict[str, etree._Element] = field(default_factory=dict)

    def take(self, row: Row) -> None:
        """Take the next clause; what a clause before it holds alone becomes its introduction."""
        above = next((self.made[one] for one in _above(row["clause"]) if one in self.made), self.root)
        if (content := above.find(f"{{{SPACE}}}content")) is not None:
            content.tag = f"{{{SPACE}}}intro"
        kind = Kind(row["kind"])
        tag = _TAGS[kind]
        own = f"{tag}_{row['clause'].rpartition('/')[2]}"
        before = above.get("eId")
        one = _add(above, tag, eId=f"{before}__{own}" if before else own)
        if row["label"]:
            _add(one, "num").text = row["label"]
        if kind in HEADINGS:
            _add(one, "heading").text = row["text"] or row["label"]
        else:
            _add(_add(one, "content"), "p").text = row["text"]
        self.made[row["clause"]] = one


def _above(clause: str) -> Iterator[str]:
    """The ids that a clause stands in, from the nearest."""
    while clause := parent(clause):
        yield clause


def _add(above: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(above, f"{{{SPACE}}}{tag}", attributes)
