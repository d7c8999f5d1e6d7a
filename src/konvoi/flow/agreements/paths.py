"""Framework documents of a workspace on their way: the tables of what was agreed, their texts beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from konvoi.accord.path import faults
from konvoi.accord.rounds import is_named, text_names
from konvoi.flow.agreements.agreement import Agreement, agreement
from konvoi.flow.derive import derived
from konvoi.flow.gathered import Gathered
from konvoi.flow.settings import Settings
from konvoi.flow.today import known_today
from konvoi.kit.text import fold
from konvoi.model.tables import BY_NAME

UKRAINE = "UA"
"""Who receives where no workspace says so."""


def with_ways(whole: Gathered, settings: Settings) -> Gathered:
    """Return the gathered documents with the tables `ways`, `proposed` and `terms`, where there are documents
    or texts, and with findings on them.

    ways: accord.path.WAY. proposed: accord.promises.PROPOSED, terms: TERMS, both with the column `document`,
    which `clauses` gains too: its id in the table of documents where its text is known to be that one's, else
    the name of the file. A text that is put to a round is a draft: nothing is proposed of it, and its terms
    are none yet.
    """
    documents = whole.tables.get("documents", BY_NAME["documents"].empty())
    texts = [
        agreement(one, recipient=settings.recipient or UKRAINE)
        for one in whole.readings
        if "clauses" in one.tables
    ]
    if documents.is_empty() and not texts:
        return whole
    named = {text.name: _id(text, documents) for text in texts}
    tables = {**whole.tables, **_clauses(whole, texts, named)}
    texts = [text for text in texts if not _draft(text, whole.tables, named)]
    ends = {named[text.name]: text.ends for text in texts if text.ends}
    tables |= {**_proposed(texts, named), **_terms(texts, named)}
    day = known_today(whole, settings)
    found = derived(replace(whole, tables=tables), settings, day, "ways")
    told = faults(whole.tables, found["ways"], ends, day=day)
    return replace(whole, tables={**tables, **found}, findings=(*whole.findings, *told))


def _clauses(
    whole: Gathered, texts: Sequence[Agreement], named: Mapping[str, str]
) -> dict[str, pl.DataFrame]:
    """The clauses of all texts, each with its document."""
    if not texts:
        return {}
    ids = {text.reading.document: named[text.name] for text in texts}
    document = pl.col("_file").replace_strict(ids, default=None, return_dtype=pl.String)
    return {"clauses": whole.tables["clauses"].with_columns(document=document)}


def _draft(text: Agreement, tables: Mapping[str, pl.DataFrame], named: Mapping[str, str]) -> bool:
    """Return True if a text is that of a round, and not the one that bears its document's own id."""
    asked = text_names(tables)
    return any(is_named(text.reading.document, name) for name in asked.values()) and named[
        text.name
    ] not in set(tables["rounds"]["document"])


def _id(text: Agreement, documents: pl.DataFrame) -> str:
    """The id of the document that a text is: by its file's name, else by day and parties of one alone."""
    for row in documents.iter_rows(named=True):
        if fold(str(row["document"])) == fold(text.name):
            return str(row["document"])
    same = [
        str(row["document"])
        for row in documents.iter_rows(named=True)
        if text.signed is not None and row["day"] == text.signed and _same_parties(text, row)
    ]
    return same[0] if len(same) == 1 else text.name


def _same_parties(text: Agreement, row: Mapping[str, object]) -> bool:
    named = {one.strip() for one in str(row["parties"] or "").split(";")}
    return set(text.parties.every) == named - {""}


def _proposed(texts: Sequence[Agreement], named: Mapping[str, str]) -> dict[str, pl.DataFrame]:
    parts = [text.sums.with_columns(document=pl.lit(named[text.name])) for text in texts]
    return {"proposed": pl.concat(parts)} if parts else {}


TERMS = pl.Schema(
    {
        "document": pl.String(),
        "point": pl.String(),
        "clause": pl.String(),
        "words": pl.String(),
        "number": pl.Int64(),
        "signed": pl.Date(),
        "_file": pl.String(),
        "_sheet": pl.String(),
        "_row": pl.Int64(),
    }
)
"""What each text says of itself, one row for each point; signed: the day in its words of signature."""


def _terms(texts: Sequence[Agreement], named: Mapping[str, str]) -> dict[str, pl.DataFrame]:
    rows: list[dict[str, object]] = []
    for text in texts:
        places = {row["clause"]: row for row in text.clauses.iter_rows(named=True)}
        for term in text.terms:
            at = {name: places[term.clause][name] for name in ("_file", "_sheet", "_row")}
            rows.append({"document": named[text.name], "signed": text.signed, **vars(term), **at})
    return {"terms": pl.DataFrame(rows, schema=TERMS)} if texts else {}
