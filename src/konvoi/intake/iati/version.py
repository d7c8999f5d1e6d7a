"""The version of a record that states none, by how it names things."""

from lxml import etree

# Version 1 writes text directly in these; version 2 always in a narrative.
_TEXTS = (
    *("title", "description", "reporting-org", "participating-org", "activity-status", "sector", "name"),
    *("transaction/description", "transaction/provider-org", "transaction/receiver-org"),
    *("transaction/transaction-type", "recipient-country", "recipient-region", "activity-date"),
)
# Version 1 names types and roles by words and letters, version 2 by numbers.
_CODES = (("transaction/transaction-type", "code"), ("activity-date", "type"), ("participating-org", "role"))


def is_version_1(record: etree._Element) -> bool:
    """Return True if a record that states no version has texts, codes or elements that only version 1 has."""
    if next(record.iter("narrative"), None) is not None:
        return False
    if any((one.text or "").strip() for path in _TEXTS for one in record.iterfind(path)):
        return True
    codes = (one.get(name) or "" for path, name in _CODES for one in record.iterfind(path))
    return any(code[:1].isalpha() for code in codes) or record.find("activity-website") is not None
