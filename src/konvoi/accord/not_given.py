"""Sums that nobody gives: prices, losses, a state's own defence spending."""

import re

from konvoi.accord.sums import Sum

_EACH_OF = re.compile(
    r"\s*(?:(?:per|for every) (?!(?:[\w-]+ )?(?:year|annum|cent|month|quarter)\b)|apiece\b|a piece\b)", re.I
)
_NO_GIFT = re.compile(
    r"\b(?:damages?|loss(?:es)?|deficits?|trade|exports?|imports?|turnover|gap|needs|prices?|harm|"
    r"defen[cs]e (?:budget|spending|expenditure))(?:\s+(?:of|worth|at|to|amounting|estimated|assessed|put|"
    r"totalling|exceeding|is|are|was|were|stands|stood|reached))+\s*$",
    re.IGNORECASE,
)
_PUT_AT = re.compile(
    r"\b(?:harm|damages?|loss(?:es)?)\b[^,;.]{0,60}\bat\s*$|\b(?:estimated|put|assessed) at\s*$|"
    r"\b(?:below|thresholds? of|ceilings? of)\s*$",
    re.IGNORECASE,
)
_OWN_DEFENCE = re.compile(
    r"\bdefen[cs]e (?:budget|spending|expenditure)\b|\bits own (?:\w+ )?(?:defen[cs]e|armed forces)\b",
    re.IGNORECASE,
)


def is_not_given(sentence: str, one: Sum) -> bool:
    """Return True for a price, a loss or another sum that nobody gives."""
    around = sentence[max(0, one.start - 40) : one.end + 80]
    if not one.currency and _OWN_DEFENCE.search(around):
        return True
    before = sentence[: one.start]
    return bool(_EACH_OF.match(sentence[one.end :]) or _NO_GIFT.search(before) or _PUT_AT.search(before))
