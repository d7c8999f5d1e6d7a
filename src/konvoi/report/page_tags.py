"""HXL tags of the columns of a page's tables, which are named in words and not by a table's columns."""

import re

from konvoi.report.language import is_currency
from konvoi.report.page import Column

_NO_ATTRIBUTE = re.compile("[^a-z0-9]+")
_TAGS = {
    "Address": "#meta+url",
    "Amount": "#value",
    "Channel": "#modality+name",
    "Clause": "#meta+clause",
    "Column": "#meta+column",
    "Currency": "#currency+code",
    "Day": "#date+occurred",
    "Document": "#meta+id+document",
    "Due date": "#date+due",
    "Ends": "#date+end",
    "Entries": "#meta+entries",
    "Figure": "#meta+figure",
    "File": "#meta+file",
    "First day": "#date+start",
    "Good": "#item+name",
    "Kind": "#sector+name",
    "Last day": "#date+end",
    "Line item": "#meta+id+line",
    "Month": "#date+month",
    "Need": "#meta+id+need",
    "No.": "#meta+id",
    "Number": "#meta+num",
    "Offer": "#meta+id+offer",
    "Partner": "#org+name",
    "Party": "#org+name",
    "Place": "#loc+name",
    "Quantity": "#item+num",
    "Region": "#adm1+name",
    "Row": "#meta+row",
    "Sender": "#org+name+sender",
    "Severity": "#severity",
    "Sheet": "#meta+sheet",
    "Signed": "#date+approved",
    "Source": "#meta+source",
    "Stage": "#status+name",
    "State": "#status+name",
    "Unit": "#item+unit",
    "What": "#description",
    "Year": "#date+year",
}


def page_tag(column: Column) -> str:
    """Return the tag of a column: by its head, else of an amount by its currency, else of a number or day by
    its head as an attribute; empty for words that HXL has no tag for.

    >>> from konvoi.report.page import Message
    >>> heads = ("Partner", ""), ("committed to date", "EUR"), ("share", "%"), ("Remark", "")
    >>> [page_tag(Column(Message(head), unit, "number" if unit else "text")) for head, unit in heads]
    ['#org+name', '#value+eur+committed_to_date', '#indicator+num+share', '']
    """
    head = column.name.id
    if head in _TAGS and not is_currency(column.unit):
        return _TAGS[head]
    word = _NO_ATTRIBUTE.sub("_", head.lower()).strip("_")
    attribute = f"+{word}" if word[:1].isalpha() else ""
    if is_currency(column.unit):
        return f"#value+{column.unit.lower()}{attribute}"
    kinds = {"number": "#indicator+num", "day": "#date"}
    return f"{kinds[column.kind]}{attribute}" if column.kind in kinds else ""
