"""A code must be on the code list that the standard names for its attribute."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from lxml import etree

from konvoi.intake.iati.check import Fault, Standard
from konvoi.kit.text import tidy
from konvoi.model.finding import Severity

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_WORDS = ("a code of the list {list}", "Correct the code; IATI publishes the list.")


@dataclass(frozen=True)
class Listed:
    """An attribute (empty: the text of the element) whose value is a code of a list.

    vocabulary: `1` this one or none stated, `=N` this one stated, `^N` stated by the parent, empty: any.
    """

    attribute: str
    list: str
    vocabulary: str
    severity: Severity

    def applies(self, element: etree._Element) -> bool:
        """Return True if the vocabulary of the element is the one that the list belongs to."""
        if not self.vocabulary:
            return True
        parent = element.getparent() if self.vocabulary.startswith("^") else element
        stated = tidy(parent.get("vocabulary") or "") if parent is not None else ""
        wanted = self.vocabulary.lstrip("=^")
        return stated == wanted or (not stated and self.vocabulary == wanted)


def codelists(record: etree._Element, standard: Standard) -> Iterator[Fault]:
    """Each code must be on its list; the lists are those of version 2.03, which hold the earlier codes."""
    yield from _below(record, str(record.tag))


@cache
def code_lists() -> dict[str, frozenset[str]]:
    """Return the codes of each list by its name."""
    file = resources.files("konvoi.intake.iati") / "standard" / "codelists.json"
    return {name: frozenset(codes) for name, codes in json.loads(file.read_text("utf-8")).items()}


@cache
def _listed() -> dict[str, tuple[Listed, ...]]:
    """Return the attributes with a list, by the path of their element."""
    file = resources.files("konvoi.intake.iati") / "standard" / "codelist-paths.csv"
    found: dict[str, tuple[Listed, ...]] = {}
    for row in csv.DictReader(file.read_text("utf-8").splitlines()):
        one = Listed(row["attribute"], row["list"], row["vocabulary"], Severity(row["severity"]))
        found[row["element"]] = (*found.get(row["element"], ()), one)
    return found


def _below(element: etree._Element, path: str) -> Iterator[Fault]:
    if language := element.get(_LANGUAGE):
        yield from _judged(element, Listed("xml:lang", "Language", "", Severity.ERROR), language)
    for one in _listed().get(path, ()):
        value = element.get(one.attribute) if one.attribute else element.text
        if value is not None and one.applies(element):
            yield from _judged(element, one, value)
    for child in element:
        if isinstance(child.tag, str):
            yield from _below(child, f"{path}/{child.tag}")


def _judged(element: etree._Element, one: Listed, value: str) -> Iterator[Fault]:
    if value.strip() not in code_lists()[one.list]:
        column, values = one.attribute, {"list": one.list}
        yield Fault(
            one.severity, "iati-code-unknown", _WORDS, element, column=column, read=value, values=values
        )
