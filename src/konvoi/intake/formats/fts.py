"""Pages of flows of the Financial Tracking Service of the United Nations (JSON)."""

from collections import Counter
from collections.abc import Mapping, Sequence

import polars as pl

from konvoi.intake.format import refused
from konvoi.intake.fts import links, page
from konvoi.intake.fts.flow import SHEET, Cell, Flow, Row, flow
from konvoi.intake.fts.tables import FLOWS, OBJECTS, REPORTS
from konvoi.intake.json_text import parsed
from konvoi.intake.sums import Rounding
from konvoi.model.document import Document, Reading
from konvoi.model.entries import CLAIMS, ENTRIES, RELATIONS, SCOPES, frame
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.tables import BY_NAME

_HEAD = 65_536


class FtsFlows:
    """One page of flows, as the interface of FTS gives it."""

    name = "fts-flows"

    def recognises(self, document: Document) -> bool:
        """A JSON object that soon names a list of flows and what only FTS flows have."""
        head = document.content[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
        return (
            head.startswith(b"{")
            and b'"flows"' in head
            and (b'"amountUSD"' in head or b'"fundingTotal"' in head)
        )

    def read(self, document: Document) -> Reading:
        """Read one page: an entry for each flow, the page's own totals as claims."""
        found = parsed(document)
        if found.refusal:
            return refused(document, found.refusal, format=self.name)
        whole = found.value if isinstance(found.value, dict) else {}
        data = whole.get("data") if isinstance(whole.get("data"), dict) else whole
        meta = whole.get("meta") if isinstance(whole.get("meta"), dict) else {}
        if not isinstance(data, dict) or not isinstance(data.get("flows"), list):
            return refused(document, _no_flows(document), format=self.name)
        return _reading(document, data, meta if isinstance(meta, dict) else {})


FTS_FLOWS = FtsFlows()


def _reading(document: Document, data: Mapping[str, object], meta: Mapping[str, object]) -> Reading:
    raws = data["flows"]
    rounding = Rounding()
    every, findings = _flows(document, raws if isinstance(raws, list) else [], rounding)
    flows, twice = _once(document, every)
    boundary = page.boundary(document, flows)
    findings += [finding for one in flows for finding in one.findings] + twice
    findings += page.disagreements(document, flows, boundary) + _unclear(document, flows, boundary)
    findings += rounding.findings(document.name)
    scopes = [row for one in flows for row in one.scopes] + page.stated_scopes(flows, boundary)
    return Reading(
        document=document.name,
        digest=document.digest,
        format=FTS_FLOWS.name,
        party=document.party,
        entries=frame((one.entry for one in flows), ENTRIES).sort("entry"),
        scopes=frame(scopes, SCOPES).unique().sort(SCOPES.names()),
        relations=frame(links.relations(flows), RELATIONS),
        claims=frame(page.claims(document, data, meta), CLAIMS),
        tables=_tables(document, flows),
        findings=tuple(sorted(findings, key=_order)),
        boundary=boundary,
        currency="USD",
        facts=_facts(flows, meta),
    )


def _order(finding: Finding) -> tuple[Place, str, str]:
    return finding.place, finding.code, finding.read


def _flows(
    document: Document, raws: Sequence[object], rounding: Rounding
) -> tuple[list[Flow], list[Finding]]:
    flows: list[Flow] = []
    findings: list[Finding] = []
    for row, raw in enumerate(raws, start=1):
        one = flow(raw, Cell(document, row), rounding) if isinstance(raw, dict) else None
        if one:
            flows.append(one)
        else:
            findings.append(_unreadable(document, row))
    return flows, findings


def _once(document: Document, every: Sequence[Flow]) -> tuple[list[Flow], list[Finding]]:
    """Flows without those that stand twice with the same content, and without versions never in force."""
    first: dict[object, Flow] = {}
    findings = []
    contents = {(one.number, one.entry["entry"]) for one in every}
    numbers = Counter(number for number, _ in contents)
    for one in every:
        again = one.entry["entry"] in first
        first.setdefault(one.entry["entry"], one)
        if again or numbers[one.number] > 1:
            findings.append(_twice(document, one, again))
    return links.current(list(first.values())), findings


def _tables(document: Document, flows: Sequence[Flow]) -> dict[str, pl.DataFrame]:
    origin: Row = {"_file": document.name, "_sheet": SHEET}
    parties = {str(party["party"]): party for one in flows for party in one.parties if party}
    rows = [parties[name] | origin for name in sorted(parties)]
    return {
        "fts_flows": frame((one.facts for one in flows), FLOWS),
        "fts_objects": frame((row for one in flows for row in one.objects), OBJECTS),
        "fts_reports": frame((row for one in flows for row in one.reports), REPORTS),
        "parties": frame(rows, BY_NAME["parties"].schema()),
    }


def _facts(flows: Sequence[Flow], meta: Mapping[str, object]) -> dict[str, str]:
    facts = {"flows": str(len(flows))}
    if isinstance(meta.get("count"), int):
        facts["flows of the search"] = str(meta["count"])
    return facts


def _no_flows(document: Document) -> Finding:
    return Finding(
        Severity.ERROR,
        "fts-no-flows",
        Place(document.name, "data", 0, "flows"),
        expected="a list of flows under data.flows",
        remedy="submit a page of FTS flows, not a summary of totals",
    )


def _unreadable(document: Document, row: int) -> Finding:
    return Finding(
        Severity.ERROR,
        "fts-flow-unreadable",
        Place(document.name, SHEET, row, "id"),
        expected="a flow with its id",
        remedy="fetch the page again from FTS",
    )


def _twice(document: Document, one: Flow, again: bool) -> Finding:
    row = one.entry["row"]
    return Finding(
        Severity.NOTE if again else Severity.WARNING,
        "fts-flow-twice",
        Place(document.name, SHEET, row if isinstance(row, int) else 0, "id"),
        read=one.number,
        expected="each flow once",
        remedy="nothing: it counts once" if again else "keep the newest version; it counts once",
    )


def _unclear(document: Document, flows: Sequence[Flow], boundary: str) -> list[Finding]:
    if boundary or not flows:
        return []
    finding = Finding(
        Severity.NOTE,
        "fts-boundary-unclear",
        Place(document.name, SHEET, 0, "boundary"),
        expected="one country and one year for which the page was downloaded",
        remedy="name the boundary in the question, such as --boundary country:AFG,year:2020",
    )
    return [finding]
