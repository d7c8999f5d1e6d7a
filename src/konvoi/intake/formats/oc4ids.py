"""Projects of the Open Contracting for Infrastructure Data Standard 0.9 (JSON)."""

from konvoi.intake.format import refused
from konvoi.intake.json_text import parsed, plain
from konvoi.intake.members import day
from konvoi.intake.oc4ids.projects import projects_in, rows_of
from konvoi.intake.oc4ids.rows import FACTS_TABLE, SCHEMAS, Rows
from konvoi.intake.papers.work import Work
from konvoi.model.document import Document, Reading
from konvoi.model.entries import frame
from konvoi.model.finding import Finding, Place, Severity

_HEAD = 65_536
_MARKS = (b'"publisher"', b'"publishedDate"', b"oc4ids")


class Oc4ids:
    """Packages of projects."""

    name = "oc4ids"

    def recognises(self, document: Document) -> bool:
        """JSON that names projects before any release, and who publishes them or what standard they keep."""
        head = document.content[:_HEAD].replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").lstrip()
        at = head.find(b'"projects"')
        releases = head.find(b'"releases"')
        first = at >= 0 and (releases < 0 or at < releases)
        return head[:1] == b"{" and first and any(mark in head for mark in _MARKS)

    def read(self, document: Document) -> Reading:
        """Read all projects with their money; values without a place in our tables become facts by path."""
        found = parsed(document)
        if found.refusal:
            return refused(document, found.refusal, format=self.name)
        work = Work(document)
        listed = projects_in(found.value, work)
        if listed is None:
            return refused(document, _none(document), format=self.name)
        return _reading(work, found.value, rows_of(listed, work))


OC4IDS = Oc4ids()


def _reading(work: Work, package: object, rows: Rows) -> Reading:
    document = work.document
    tables = {name: frame(made, SCHEMAS[name]) for name, made in sorted(rows.tables.items()) if made}
    findings = [*work.findings, *rows.rounding.findings(document.name)]
    published = day(plain(package.get("publishedDate")) if isinstance(package, dict) else None)
    return Reading(
        document=document.name,
        digest=document.digest,
        format=OC4IDS.name,
        party=document.party,
        tables=tables,
        findings=tuple(sorted(findings, key=lambda one: (one.place, one.code, one.read))),
        facts={
            **work.facts,
            **({"day": published.isoformat()} if published else {}),
            "projects": str(len(rows.tables["projects"])),
            "facts": str(len(rows.tables[FACTS_TABLE])),
            "marking": document.marking,
        },
    )


def _none(document: Document) -> Finding:
    return Finding(
        Severity.ERROR,
        "oc4ids-no-projects",
        Place(document.name, column="projects"),
        expected="a package of projects",
        remedy="Submit a package of OC4IDS 0.9 in JSON.",
    )
