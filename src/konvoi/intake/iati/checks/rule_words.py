"""Expectation and remedy of each rule of the standard ruleset, in words."""

from collections.abc import Mapping

_ADD = "Add it (IATI rule {rule})."
_CORRECT = "Correct it (IATI rule {rule})."
_DAYS = "Correct the days (IATI rule {rule})."
_IDENTIFIER = "Correct the identifier (IATI rule {rule})."
_PERCENTAGES = "Correct the percentages (IATI rule {rule})."

_BY_KIND = {
    "atleast_one": ("at least one of these: {paths}", _ADD),
    "between_dates": ("a day within the period", _DAYS),
    "date_now": ("a day that is not in the future", _DAYS),
    "date_order": ("a beginning that is not after the end", _DAYS),
    "no_more_than_one": ("at most one of these: {paths}", "Remove the others (IATI rule {rule})."),
    "no_spaces": ("a value without blanks or line ends around it", _IDENTIFIER),
    "range": ("a percentage from 0 to 100", _PERCENTAGES),
    "regex_matches": ("an identifier without any of the signs / & | ?", _IDENTIFIER),
    "strict_sum": ("percentages that add up to 100", _PERCENTAGES),
    "time_limit": ("a period of at most one year", _DAYS),
    "unique": (
        "an identifier of the activity that differs from that of the reporting organisation",
        _IDENTIFIER,
    ),
}
_EACH = ("a percentage for each, where there are several", _PERCENTAGES)
_ONE = ("no percentage, or 100, where there is only one", _PERCENTAGES)
_NUMBER = ("a number as the value of an indicator that is measured in numbers", _CORRECT)
_NO_VALUE = ("no value for an indicator that is described in words", "Remove the value (IATI rule {rule}).")
_PLACE = "Name the place at the activity or at every transaction (IATI rule {rule})."
_DAC = "Add a code of the vocabulary 1 (OECD DAC) (IATI rule {rule})."
_BY_RULE = {
    "1.1.21": ("an identifier that begins with that of the reporting organisation and a hyphen", _IDENTIFIER),
    "1.14.8": ("an identifier that begins with the code of a registration agency", _IDENTIFIER),
    "1.18.8": ("an identifier that begins with the code of a registration agency", _IDENTIFIER),
    "2.1.1": _EACH,
    "2.1.4": _ONE,
    "2.2.1": ("a narrative for each sector of the reporter's own vocabulary (98, 99)", _ADD),
    "3.1.1": _EACH,
    "3.1.4": _ONE,
    "3.4.1": _EACH,
    "3.4.4": _ONE,
    "3.6.2": ("recipient countries and regions at the activity or at its transactions, not at both", _PLACE),
    "3.7.1": ("a recipient country or region", _PLACE),
    "3.7.2": ("a recipient country or region", _PLACE),
    "4.1.1": ("a default language of the activity, or the language of each narrative", _ADD),
    "4.5.1": ("a default language of the organisation, or the language of each narrative", _ADD),
    "6.6.2": (
        "sectors at the activity or at its transactions, not at both",
        "Name the sectors at one of them (IATI rule {rule}).",
    ),
    "6.7.2": ("sectors at the activity, or at every transaction", _ADD),
    "7.8.1": ("a default currency of the activity, or the currency of each value", _ADD),
    "7.8.2": ("a default currency of the organisation, or the currency of each value", _ADD),
    "7.9.4": _ONE,
    "8.8.2": _NUMBER,
    "8.8.3": _NO_VALUE,
    "8.9.2": _NUMBER,
    "8.9.3": _NO_VALUE,
    "8.10.2": _NUMBER,
    "8.10.3": _NO_VALUE,
    "102.1.1": ("a sector of the vocabulary 1 (OECD DAC) beside those of others", _DAC),
    "107.1.1": ("an aid type of the vocabulary 1 (OECD DAC) beside those of others", _DAC),
    "107.2.1": ("an aid type of the vocabulary 1 (OECD DAC) beside those of others", _DAC),
}


def words(rule: str, kind: str, case: Mapping[str, object]) -> tuple[str, str, dict[str, str]]:
    """Return what a rule expects, the remedy, and the values for both."""
    expected, remedy = _BY_RULE.get(rule) or _BY_KIND[kind]
    if kind == "date_order" and case.get("more") == "NOW":
        expected = _BY_KIND["date_now"][0]
    paths = case.get("paths")
    listed = ", ".join(str(one) for one in paths) if isinstance(paths, list) else ""
    return expected, remedy, {"paths": listed} if "{paths}" in expected else {}
