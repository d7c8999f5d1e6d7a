"""European Union: regulations by CELEX number or by the title that the consolidated list writes.

A CELEX number says sector, year, kind and number of an act, and so how it is cited. The day, and that it is
the Council's, is declared for the basic acts; an amending act is cited by its number alone.
"""

import re
from datetime import date

from konvoi.align.acts.act import Act, Authority, Theme

_CELEX = re.compile(r"3(\d{4})([RD])(\d{4})")
_OLD = re.compile(r"(\d{1,4})/(\d{4})(?:/(EC|EU|CFSP))?(?: \(OJ [^)]*\))?")
_NEW = re.compile(r"(20\d{2})/(\d{1,4})(?:/(EC|EU|CFSP))?(?: \(OJ [^)]*\))?")
_YEAR_FIRST = 2015
"""From this year on acts are numbered year/number; before, regulations are number/year."""
_LISBON = 2009
"""Year in which acts became those of the European Union, and not of the Community: on 1 December."""
_ENTRY = date(2009, 12, 1)

_KINDS = {"R": ("Regulation", "reg"), "D": ("Decision", "dec")}

# The Council's basic regulations on restrictive measures, with the day of each.
_BASIC = {
    "32001R2580": date(2001, 12, 27),
    "32002R0881": date(2002, 5, 27),
    "32003R1210": date(2003, 7, 7),
    "32004R0314": date(2004, 2, 19),
    "32005R1183": date(2005, 7, 18),
    "32006R0305": date(2006, 2, 21),
    "32006R0765": date(2006, 5, 18),
    "32009R1284": date(2009, 12, 22),
    "32010R0356": date(2010, 4, 26),
    "32011R0101": date(2011, 2, 4),
    "32011R0359": date(2011, 4, 12),
    "32011R0753": date(2011, 8, 1),
    "32012R0036": date(2012, 1, 18),
    "32012R0267": date(2012, 3, 23),
    "32012R0377": date(2012, 5, 3),
    "32013R0401": date(2013, 5, 2),
    "32014R0208": date(2014, 3, 5),
    "32014R0224": date(2014, 3, 10),
    "32014R0269": date(2014, 3, 17),
    "32014R0747": date(2014, 7, 10),
    "32014R0833": date(2014, 7, 31),
    "32014R1352": date(2014, 12, 18),
    "32015R0735": date(2015, 5, 7),
    "32015R1755": date(2015, 10, 1),
    "32016R0044": date(2016, 1, 18),
    "32016R1686": date(2016, 9, 20),
    "32017R1509": date(2017, 8, 30),
    "32017R1770": date(2017, 9, 28),
    "32017R2063": date(2017, 11, 13),
    "32018R1542": date(2018, 10, 15),
    "32019R0796": date(2019, 5, 17),
    "32019R1716": date(2019, 10, 14),
    "32019R1890": date(2019, 11, 11),
    "32020R1998": date(2020, 12, 7),
    "32022R2309": date(2022, 11, 25),
    "32023R0888": date(2023, 4, 28),
    "32023R1529": date(2023, 7, 20),
    "32023R2147": date(2023, 10, 9),
    "32023R2406": date(2023, 10, 23),
    "32024R0287": date(2024, 1, 12),
    "32024R0386": date(2024, 1, 19),
    "32024R1485": date(2024, 5, 27),
    "32024R2642": date(2024, 10, 8),
}
_THEMES = {
    "AFG": Theme.AFGHANISTAN,
    "BIH": Theme.BALKANS,
    "BLR": Theme.BELARUS,
    "CAF": Theme.CAR,
    "CHEM": Theme.CHEMICAL,
    "COD": Theme.DRC,
    "CYB": Theme.CYBER,
    "GIN": Theme.GUINEA,
    "GNB": Theme.GUINEA_BISSAU,
    "GTM": Theme.GUATEMALA,
    "HAM": Theme.TERRORISM,
    "HR": Theme.HUMAN_RIGHTS,
    "HTI": Theme.HAITI,
    "IRN": Theme.IRAN,
    "IRQ": Theme.IRAQ,
    "LBN": Theme.LEBANON,
    "LBY": Theme.LIBYA,
    "MDA": Theme.MOLDOVA,
    "MLI": Theme.MALI,
    "MMR": Theme.MYANMAR,
    "NIC": Theme.NICARAGUA,
    "PRK": Theme.DPRK,
    "RUS": Theme.RUSSIA,
    "RUSDA": Theme.RUSSIA,
    "SDN": Theme.SUDAN,
    "SDNZ": Theme.SUDAN,
    "SOM": Theme.SOMALIA,
    "SSD": Theme.SOUTH_SUDAN,
    "SYR": Theme.SYRIA,
    "TAQA": Theme.TERRORISM,
    "TAQA-EUAQ": Theme.TERRORISM,
    "TERR": Theme.TERRORISM,
    "TUN": Theme.TUNISIA,
    "UKR": Theme.RUSSIA,
    "VEN": Theme.VENEZUELA,
    "YEM": Theme.YEMEN,
    "ZWE": Theme.ZIMBABWE,
}
"""Programmes as the consolidated list writes them; the journal puts EU- before them."""


def _number(kind: str, year: int, number: int) -> str:
    """Return how an act is cited; of 2009 without (EC) or (EU), since that depends on its day.

    >>> _number("R", 2014, 269), _number("R", 2006, 765), _number("R", 2024, 1485)
    ('Regulation (EU) No 269/2014', 'Regulation (EC) No 765/2006', 'Regulation (EU) 2024/1485')
    """
    word = _KINDS[kind][0]
    if year >= _YEAR_FIRST:
        return f"{word} (EU) {year}/{number}"
    if kind == "D":
        return f"{word} {year}/{number}"
    of = "" if year == _LISBON else "(EU) " if year > _LISBON else "(EC) "
    return f"{word} {of}No {number}/{year}"


def _linked(celex: str) -> str:
    return f"https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:{celex}"


def _basic(celex: str, day: date) -> Act:
    year, number = int(celex[1:5]), int(celex[6:])
    cited = _number("R", year, number)
    if year == _LISBON and day >= _ENTRY:
        cited = cited.replace("No", "(EU) No")
    link = f"http://data.europa.eu/eli/reg/{year}/{number}/oj"
    return Act("", f"Council {cited}", link, day)


def _derive(tag: str) -> Act | None:
    """Return the act of a CELEX number, or of a number of the consolidated list, by its number alone."""
    if found := _CELEX.fullmatch(tag):
        year, kind, number = int(found[1]), found[2], int(found[3])
        return Act("", _number(kind, year, number), _linked(tag))
    new = _NEW.fullmatch(tag)
    if new and int(new[1]) >= _YEAR_FIRST:
        return Act("", _number("R", int(new[1]), int(new[2])), _linked(f"3{new[1]}R{int(new[2]):04}"))
    old = _OLD.fullmatch(tag)
    if old and not old[3] and 1994 <= int(old[2]) < _YEAR_FIRST:
        return Act("", _number("R", int(old[2]), int(old[1])), _linked(f"3{old[2]}R{int(old[1]):04}"))
    return None


EU = Authority(
    "eu",
    {celex: _basic(celex, day) for celex, day in _BASIC.items()},
    _THEMES | {f"EU-{tag}": theme for tag, theme in _THEMES.items()},
    derive=_derive,
)
