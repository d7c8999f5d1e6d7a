"""Ukraine: decrees of the President on decisions of the National Security and Defence Council."""

import re

from konvoi.align.acts.act import Act, Authority

_PREFIX = "decree "
_DECREE = re.compile(r"(\d{1,4})[-/](\d{4})")


def _split(text: str) -> tuple[tuple[str, str], ...]:
    return ((text.removeprefix(_PREFIX), ""),)


def _derive(tag: str) -> Act | None:
    """Return the decree of a number as the register writes it.

    >>> act = _derive("203-2021")
    >>> act.number, act.link
    ('Decree of the President of Ukraine No. 203/2021', 'https://zakon.rada.gov.ua/laws/show/203/2021')
    """
    found = _DECREE.fullmatch(tag)
    if not found:
        return None
    number = f"{found[1]}/{found[2]}"
    link = f"https://zakon.rada.gov.ua/laws/show/{number}"
    return Act("", f"Decree of the President of Ukraine No. {number}", link)


UA = Authority("ua", split=_split, derive=_derive)
