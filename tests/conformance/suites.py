"""The published suites of standards that are tried, each as cases with what is wanted and what is found."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from konvoi.intake.ocds.merge import NotMergeable, compiled, versioned
from konvoi.intake.papers import epcis_xml
from konvoi.intake.papers.event_hash import event_hash, ignored_fields, namespaces
from konvoi.intake.read import read
from konvoi.model.document import Document, Reading

OWN_RULES = ("date_bad", "only_one_of_transaction_bad")
"""Tests of rules that the standard ruleset does not have, with elements of their own or of version 1."""


@dataclass(frozen=True)
class Case:
    """One case: its name, and why it failed; empty for one that passed."""

    name: str
    fault: str = ""


@dataclass(frozen=True)
class Suite:
    """A suite: its name, where it comes from, its licence, and the cases below the folder of all suites.

    folder: where its files lie in that. address: of its publisher, with the commit where it is known.
    """

    name: str
    origin: str
    licence: str
    cases: Callable[[Path], Iterator[Case]]
    folder: str
    address: str = ""

    def digest(self, folder: Path) -> str:
        """The digest of its files below the folder of all suites, as the page's command gives it."""
        own = folder / self.folder
        names = sorted(path.relative_to(own).as_posix() for path in own.rglob("*") if path.is_file())
        lines = (f"{hashlib.sha256((own / one).read_bytes()).hexdigest()}  ./{one}\n" for one in names)
        return hashlib.sha256("".join(lines).encode()).hexdigest()


def _read(path: Path) -> Reading:
    return read(Document(path.name, path.read_bytes()))


def _judged(path: Path, code: str, *, invalid: bool) -> Case:
    """A document that must have a finding of a code, or be refused, exactly if it is invalid."""
    reading = _read(path)
    told = reading.refused or any(one.code == code for one in reading.findings)
    return Case(path.name, "" if told == invalid else "not told" if invalid else "told although valid")


def _iati(root: bytes) -> Callable[[Path], Iterator[Case]]:
    def cases(folder: Path) -> Iterator[Case]:
        for path in sorted((folder / "iati" / "schema-tests").rglob("*.xml")):
            if root in path.read_bytes():
                yield _judged(path, "iati-schema", invalid="should-fail" in path.parts)

    return cases


def _rules(folder: Path) -> Iterator[Case]:
    """Each `_bad` file must have a rule that its `_good` file keeps, where both are there."""
    for bad in sorted((folder / "iati" / "rulesets-tests" / "meta_tests").glob("*_bad.xml")):
        good = bad.with_name(bad.name.replace("_bad", "_good"))
        if not good.exists() or b"<test" in bad.read_bytes() or bad.stem in OWN_RULES:
            continue
        told, kept = (
            {one.values["rule"] for one in _read(path).findings if one.code == "iati-rule"}
            for path in (bad, good)
        )
        yield Case(bad.name, "" if told - kept else "no rule tells the two apart")


def _epcis(suffix: str) -> Callable[[Path], Iterator[Case]]:
    def cases(folder: Path) -> Iterator[Case]:
        for path in sorted((folder / "epcis" / "openepcis").rglob(f"*{suffix}")):
            if "Queries" not in path.parts:
                yield _judged(path, "epcis-schema", invalid="Invalid" in path.parts)

    return cases


def _hashes(folder: Path) -> Iterator[Case]:
    for path in sorted((folder / "epcis" / "event-hash").glob("*.hashes")):
        wanted = path.read_text("utf-8").strip().split("\n")
        for file in (path.with_suffix(".jsonld"), path.with_suffix(".xml")):
            if file.exists():
                yield Case(file.name, "" if _hashed(file) == wanted else "another hash")


def _hashed(file: Path) -> list[str]:
    if file.suffix == ".xml":
        root = etree.parse(str(file)).getroot()
        events, names, left = epcis_xml.events(root), {}, epcis_xml.ignored(root)
    else:
        document = json.loads(file.read_text("utf-8"))
        body = document["epcisBody"]
        events = body.get("eventList") or body["queryResults"]["resultsBody"]["eventList"]
        names, left = namespaces(document["@context"]), ignored_fields(document)
    kept = ({name: value for name, value in one.items() if name not in left} for one in events)
    return [event_hash(one, names) for one in kept]


def _merges(folder: Path) -> Iterator[Case]:
    for path in sorted((folder / "ocds" / "merge-fixtures" / "1.1").glob("*.json")):
        for kind, merge in (("compiled", compiled), ("versioned", versioned)):
            wanted = path.with_name(f"{path.stem}-{kind}.json")
            if wanted.exists():
                try:
                    same = merge(json.loads(path.read_text("utf-8"))) == json.loads(wanted.read_text("utf-8"))
                except NotMergeable:
                    same = False
                yield Case(wanted.name, "" if same else "another result")


def _prozorro(folder: Path) -> Iterator[Case]:
    for path in sorted((folder / "prozorro").glob("*.json")):
        if path.stem.startswith(("tender", "contract", "has-")):
            yield Case(path.name, "refused" if _read(path).refused else "")


_HUB = "https://github.com/"
SUITES = (
    Suite(
        "IATI schema tests, activities",
        "IATI/IATI-Schemas, half of the files",
        "MIT",
        _iati(b"<iati-activities"),
        "iati/schema-tests",
        f"{_HUB}IATI/IATI-Schemas",
    ),
    Suite(
        "IATI schema tests, organisations",
        "IATI/IATI-Schemas, half of the files",
        "MIT",
        _iati(b"<iati-organisations"),
        "iati/schema-tests",
        f"{_HUB}IATI/IATI-Schemas",
    ),
    Suite(
        "IATI ruleset tests, pairs",
        "IATI/IATI-Rulesets, half of the files",
        "MIT",
        _rules,
        "iati/rulesets-tests",
        f"{_HUB}IATI/IATI-Rulesets",
    ),
    Suite(
        "EPCIS 1.2 and 2.0, XML",
        "openepcis-test-resources, half of the files",
        "Apache-2.0",
        _epcis(".xml"),
        "epcis/openepcis",
        f"{_HUB}openepcis/openepcis-test-resources/tree/901e5d392f1f332b9e28e6d2d60111c2112630dc",
    ),
    Suite(
        "EPCIS 2.0, JSON",
        "openepcis-test-resources, half of the files",
        "Apache-2.0",
        _epcis(".json"),
        "epcis/openepcis",
        f"{_HUB}openepcis/openepcis-test-resources/tree/901e5d392f1f332b9e28e6d2d60111c2112630dc",
    ),
    Suite(
        "EPCIS event hash",
        "epcis-event-hash-generator, half of the examples",
        "MIT",
        _hashes,
        "epcis/event-hash",
        f"{_HUB}RalphTro/epcis-event-hash-generator/tree/5d2f1c389a1599af40fe1b530b62e0ca59ab818f",
    ),
    Suite(
        "OCDS 1.1 merge",
        "open-contracting/ocds-merge, half of the fixtures",
        "BSD-3-Clause",
        _merges,
        "ocds/merge-fixtures",
        f"{_HUB}open-contracting/ocds-merge/tree/a124df3f0038522203b11431b60a0853b4b08ca5",
    ),
    Suite("Prozorro tenders and contracts", "Prozorro", "Apache-2.0", _prozorro, "prozorro"),
)
