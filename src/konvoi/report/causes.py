"""Why a need stays unmet, as a sentence: the planner's code and parameters in words."""

import json

from konvoi.report.names import Names
from konvoi.report.page import Message, Value
from konvoi.report.seen_plan import NOT_SHOWN

SENTENCES: dict[str, str] = {
    NOT_SHOWN: "the cause is not shown to this audience.",
}


def cause(names: Names, code: str, parameters: str) -> Message:
    """The sentence for a cause; ids of sites, goods, parties in its parameters become names.

    A code without a sentence stands for itself, so that nothing is hidden.
    """
    values = _values(names, parameters)
    return Message(SENTENCES.get(code, code), values)


def _values(names: Names, parameters: str) -> dict[str, Value]:
    try:
        known = json.loads(parameters)
    except ValueError:
        return {}
    if not isinstance(known, dict):
        return {}
    return {str(key): _named(names, str(key), value) for key, value in sorted(known.items())}


def _named(names: Names, key: str, value: object) -> Value:
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    text = str(value)
    match key:
        case "site" | "from" | "to":
            return names.site(text)
        case "good":
            return names.good(text)
        case "party":
            return names.party(text)
    return text
