"""A record must keep the rules of IATI's standard ruleset."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import resources
from typing import cast

from lxml import etree

from konvoi.intake.iati.check import Fault, Standard
from konvoi.intake.iati.checks.codelists import code_lists
from konvoi.intake.iati.checks.rule_words import words
from konvoi.model.finding import Severity

NOW = "NOW"
_AGENCIES = "ORG-ID-PREFIX"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_MONEY = ("value", "forecast", "loan-status")


@dataclass(frozen=True)
class Rule:
    """One rule: its identifier and severity as IATI states them, and what it looks at.

    context: XPath of the elements that it applies to. kind: how it judges. case: its paths and bounds.
    """

    id: str
    severity: Severity
    context: str
    kind: str
    case: Mapping[str, object]

    def text(self, name: str) -> str:
        """Return one of the rule's expressions."""
        return str(self.case.get(name) or "")

    def texts(self, name: str) -> list[str]:
        """Return one of the rule's lists of expressions."""
        found = self.case.get(name)
        return [str(one) for one in found] if isinstance(found, list) else []


@dataclass(frozen=True)
class Subject:
    """An element that a rule is applied to; vocabulary: the turn of a rule that looks at each by itself."""

    element: etree._Element
    today: date
    vocabulary: str = ""

    def all(self, *paths: str) -> list[object]:
        """Return all that expressions find: elements, texts of attributes, in the order of the paths."""
        found: list[object] = []
        for path in paths:
            value = _xpath(path)(self.element, v=self.vocabulary)
            found += value if isinstance(value, list) else [value]
        return found

    def true(self, condition: str) -> bool:
        """Return whether a condition holds."""
        return bool(_xpath(f"boolean({condition})")(self.element, v=self.vocabulary))

    def days(self, path: str) -> list[tuple[object, date]]:
        """Return the days that an expression finds, each with where it stands."""
        if path == NOW:
            return [(None, self.today)]
        return [(one, day) for one in self.all(path) if (day := _day(_text(one)))]


def ruleset(record: etree._Element, standard: Standard) -> Iterator[Fault]:
    """Each rule must hold for every element that it applies to."""
    for rule in rules():
        for element in cast("list[etree._Element]", _xpath(rule.context)(record, v="")):
            for subject in _turns(rule, Subject(element, standard.today)):
                if rule.text("condition") and not subject.true(rule.text("condition")):
                    continue
                for at, read in _KINDS[rule.kind](subject, rule):
                    yield _fault(rule, subject, at, read)


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules in the order of the published file."""
    file = resources.files("konvoi.intake.iati") / "standard" / "ruleset.json"
    return tuple(
        Rule(row.pop("id"), Severity(row.pop("severity")), _context(row.pop("context")), row.pop("rule"), row)
        for row in json.loads(file.read_text("utf-8"))
    )


def _context(text: str) -> str:
    """Return the context of a rule as seen from one record.

    >>> _context("/iati-activities/iati-activity/budget"), _context("//title")
    ('self::iati-activity/budget', './/title')
    """
    told = (re.sub(r"^/iati-[a-z]+/(iati-[a-z]+)", r"self::\1", one.strip()) for one in text.split(" | "))
    return " | ".join(f".{one}" if one.startswith("//") else one for one in told)


@cache
def _xpath(text: str) -> etree.XPath:
    return etree.XPath(text.replace("'$1'", "$v"))


def _turns(rule: Rule, subject: Subject) -> Iterator[Subject]:
    """Yield the subject once, or once for each value of the expression that the rule is repeated for."""
    if not (each := rule.text("foreach")):
        yield subject
        return
    for value in dict.fromkeys(_text(one) for one in subject.all(each)):
        yield Subject(subject.element, subject.today, value)


def _fault(rule: Rule, subject: Subject, at: object, read: str) -> Fault:
    element, column = subject.element, ""
    if isinstance(at, etree._Element):
        element = at
    elif isinstance(at, etree._ElementUnicodeResult) and (parent := at.getparent()) is not None:
        element, column = parent, str(at.attrname or "").replace(_LANGUAGE, "xml:lang")
    expected, remedy, values = words(rule.id, rule.kind, rule.case)
    values["rule"] = rule.id
    return Fault(
        rule.severity, "iati-rule", (expected, remedy), element, column=column, read=read, values=values
    )


_Judged = Iterator[tuple[object, str]]


def _text(value: object) -> str:
    return (value.text or "") if isinstance(value, etree._Element) else str(value)


def _day(text: str) -> date | None:
    """Return the day at the beginning of a date or an instant; None for what is none."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _atleast_one(subject: Subject, rule: Rule) -> _Judged:
    found = subject.all(*rule.texts("paths"))
    if not any(isinstance(one, etree._Element) or str(one).strip() for one in found):
        yield None, ""


def _no_more_than_one(subject: Subject, rule: Rule) -> _Judged:
    found = subject.all(*rule.texts("paths"))
    if len(found) > 1:
        yield found[1], str(len(found))


def _unique(subject: Subject, rule: Rule) -> _Judged:
    seen: set[str] = set()
    for one in subject.all(*rule.texts("paths")):
        text = _text(one).strip()
        if text and text in seen:
            yield one, text
        seen.add(text)


def _startswith(subject: Subject, rule: Rule) -> _Judged:
    wanted = rule.texts("prefix")
    if wanted == [_AGENCIES]:
        starts = tuple(f"{code}-" for code in code_lists()["OrganisationRegistrationAgency"])
    else:
        starts = tuple(
            f"{text}{rule.text('separator')}" for one in subject.all(*wanted) if (text := _text(one))
        )
    for one in subject.all(*rule.texts("paths")):
        text = _text(one).strip()
        if text and not _published(rule, text) and not text.startswith(starts):
            yield one, text


def _regex(subject: Subject, rule: Rule) -> _Judged:
    pattern = re.compile(rule.text("regex"))
    for one in subject.all(*rule.texts("paths")):
        text = _text(one).strip()
        if text and not _published(rule, text) and not pattern.search(text):
            yield one, text


def _published(rule: Rule, text: str) -> bool:
    """Return True for an organisation that IATI's own list has, where the rule exempts those."""
    condition = rule.text("idCondition")
    known = code_lists()["OrganisationIdentifier"]
    if condition == "NOT_EXISTING_ORG_ID":
        return text in known
    return condition == "NOT_EXISTING_ORG_ID_PREFIX" and any(text.startswith(f"{one}-") for one in known)


def _no_spaces(subject: Subject, rule: Rule) -> _Judged:
    for one in subject.all(*rule.texts("paths")):
        text = _text(one)
        if text != text.strip():
            yield one, text


def _one_or_all(subject: Subject, rule: Rule) -> _Judged:
    """If the record states no default, each element concerned must state its own."""
    if subject.all(rule.text("one")):
        return
    element = subject.element
    if rule.text("all") == "sector":
        lacking = [one for one in element.iterfind("transaction") if one.find("sector") is None]
    elif rule.text("all") == "currency":
        lacking = [one for one in element.iter(*_MONEY) if one.get("currency") is None]
    else:
        lacking = [one for one in element.iter("narrative") if one.get(_LANGUAGE) is None]
    if lacking:
        yield lacking[0], str(len(lacking))


def _date_now(subject: Subject, rule: Rule) -> _Judged:
    for at, day in subject.days(rule.text("date")):
        if day > subject.today:
            yield at, str(day)


def _date_order(subject: Subject, rule: Rule) -> _Judged:
    later = subject.days(rule.text("more"))
    for at, day in subject.days(rule.text("less")):
        if earlier := [other for _, other in later if other < day]:
            yield at, str(day) if rule.text("more") == NOW else f"{day} > {earlier[0]}"


def _time_limit(subject: Subject, rule: Rule) -> _Judged:
    for (_, start), (at, end) in zip(
        subject.days(rule.text("start")), subject.days(rule.text("end")), strict=False
    ):
        if (end.year - 1, end.month, end.day) > (start.year, start.month, start.day):
            yield at, f"{start} – {end}"


def _between_dates(subject: Subject, rule: Rule) -> _Judged:
    starts, ends = subject.days(rule.text("start")), subject.days(rule.text("end"))
    for at, day in subject.days(rule.text("date")):
        if (starts and day < starts[0][1]) or (ends and day > ends[0][1]):
            yield at, str(day)


def _strict_sum(subject: Subject, rule: Rule) -> _Judged:
    found = subject.all(*rule.texts("paths"))
    numbers = [_number(_text(one)) for one in found]
    whole = [one for one in numbers if one is not None]
    if found and len(whole) == len(numbers) and sum(whole) != Decimal(rule.text("sum")):
        yield found[0], str(sum(whole))


def _range(subject: Subject, rule: Rule) -> _Judged:
    least, most = Decimal(str(rule.case["min"])), Decimal(str(rule.case["max"]))
    for one in subject.all(*rule.texts("paths")):
        number = _number(_text(one))
        if number is not None and not least <= number <= most:
            yield one, _text(one)


def _if_then(subject: Subject, rule: Rule) -> _Judged:
    if subject.true(rule.text("if")) and not subject.true(rule.text("then")):
        found = subject.all(*rule.texts("paths"))
        at = found[0] if found else None
        yield at, "" if at is None or isinstance(at, etree._Element) else str(at)


_KINDS: dict[str, Callable[[Subject, Rule], _Judged]] = {
    "atleast_one": _atleast_one,
    "between_dates": _between_dates,
    "date_now": _date_now,
    "date_order": _date_order,
    "if_then": _if_then,
    "no_more_than_one": _no_more_than_one,
    "no_spaces": _no_spaces,
    "one_or_all": _one_or_all,
    "range": _range,
    "regex_matches": _regex,
    "startswith": _startswith,
    "strict_sum": _strict_sum,
    "time_limit": _time_limit,
    "unique": _unique,
}
