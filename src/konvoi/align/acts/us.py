"""United States: executive orders, regulations and statutes behind OFAC's program tags."""

import re
from datetime import date

from konvoi.align.acts.act import Act, Authority, Theme

_ORDER = re.compile(r".*-EO ?(\d{5})")
_ANYWHERE = "; "


def _order(number: int, day: date | None = None, *, checked: bool = True) -> Act:
    link = f"https://www.govinfo.gov/link/cpd/executiveorder/{number}"
    return Act("", f"Executive Order {number}", link, day, checked=checked)


def _part(title: str, part: int, *, checked: bool = False) -> Act:
    link = f"https://www.ecfr.gov/current/title-31/part-{part}"
    return Act(title, f"31 CFR part {part}", link, checked=checked)


def _law(title: str, congress: int, number: int) -> Act:
    link = f"https://www.govinfo.gov/link/plaw/{congress}/public/{number}"
    return Act(title, f"Public Law {congress}-{number}", link, checked=False)


_CAATSA = _law("Countering America's Adversaries Through Sanctions Act", 115, 44)
_HR = date(2010, 9, 28)

# Tags that name no executive order. A programme that rests on several is cited by its regulations.
_TAGS: dict[str, tuple[Act, Theme]] = {
    "561-Related": (_part("Iranian Financial Sanctions Regulations", 561, checked=True), Theme.IRAN),
    "BALKANS": (_part("Western Balkans Stabilization Regulations", 588), Theme.BALKANS),
    "BELARUS": (_order(13405, date(2006, 6, 16)), Theme.BELARUS),
    "CAATSA - IRAN": (_CAATSA, Theme.IRAN),
    "CAATSA - RUSSIA": (_CAATSA, Theme.RUSSIA),
    "CAR": (_order(13667, date(2014, 5, 12), checked=False), Theme.CAR),
    "CUBA": (_part("Cuban Assets Control Regulations", 515, checked=True), Theme.CUBA),
    "CYBER2": (_order(13694, date(2015, 4, 1)), Theme.CYBER),
    "DARFUR": (_order(13400, date(2006, 4, 26), checked=False), Theme.SUDAN),
    "DPRK": (_part("North Korea Sanctions Regulations", 510, checked=True), Theme.DPRK),
    "DPRK2": (_order(13687, date(2015, 1, 2), checked=False), Theme.DPRK),
    "DPRK3": (_order(13722, date(2016, 3, 15), checked=False), Theme.DPRK),
    "DPRK4": (_order(13810, date(2017, 9, 20), checked=False), Theme.DPRK),
    "DPRK-NKSPEA": (
        _law("North Korea Sanctions and Policy Enhancement Act of 2016", 114, 122),
        Theme.DPRK,
    ),
    "DRCONGO": (_order(13413, date(2006, 10, 27), checked=False), Theme.DRC),
    "FSE-SY": (_order(13608, date(2012, 5, 1)), Theme.SYRIA),
    "FTO": (
        _part("Foreign Terrorist Organizations Sanctions Regulations", 597, checked=True),
        Theme.TERRORISM,
    ),
    "GLOMAG": (_order(13818, date(2017, 12, 20), checked=False), Theme.HUMAN_RIGHTS),
    "HIFPAA": (
        _law("Hizballah International Financing Prevention Amendments Act of 2018", 115, 272),
        Theme.TERRORISM,
    ),
    "HRIT-IR": (_order(13606, date(2012, 4, 22), checked=False), Theme.IRAN),
    "HRIT-SY": (_order(13606, date(2012, 4, 22), checked=False), Theme.SYRIA),
    "IFCA": (_law("Iran Freedom and Counter-Proliferation Act of 2012", 112, 239), Theme.IRAN),
    "IFSR": (_part("Iranian Financial Sanctions Regulations", 561, checked=True), Theme.IRAN),
    "ILLICIT-DRUGS-EO14059": (_order(14059, date(2021, 12, 15)), Theme.NARCOTICS),
    "IRAN": (_part("Iranian Transactions and Sanctions Regulations", 560), Theme.IRAN),
    "IRAN-CON-ARMS-EO": (_order(13949, date(2020, 9, 21), checked=False), Theme.IRAN),
    "IRAN-HR": (_order(13553, _HR, checked=False), Theme.IRAN),
    "IRAQ2": (_order(13315, date(2003, 8, 28), checked=False), Theme.IRAQ),
    "IRAQ3": (_order(13438, date(2007, 7, 17), checked=False), Theme.IRAQ),
    "LEBANON": (_order(13441, date(2007, 8, 1), checked=False), Theme.LEBANON),
    "LIBYA2": (_order(13566, date(2011, 2, 25), checked=False), Theme.LIBYA),
    "LIBYA3": (_order(13726, date(2016, 4, 19), checked=False), Theme.LIBYA),
    "MAGNIT": (
        _law("Sergei Magnitsky Rule of Law Accountability Act of 2012", 112, 208),
        Theme.HUMAN_RIGHTS,
    ),
    "NICARAGUA": (_order(13851, date(2018, 11, 27), checked=False), Theme.NICARAGUA),
    "NICARAGUA-NHRAA": (
        _law("Nicaragua Human Rights and Anticorruption Act of 2018", 115, 335),
        Theme.NICARAGUA,
    ),
    "NPWMD": (_order(13382, date(2005, 6, 28)), Theme.PROLIFERATION),
    "NS-PLC": (_part("Global Terrorism Sanctions Regulations", 594), Theme.TERRORISM),
    "SDGT": (_order(13224, date(2001, 9, 23)), Theme.TERRORISM),
    "SDNT": (_part("Narcotics Trafficking Sanctions Regulations", 536, checked=True), Theme.NARCOTICS),
    "SDNTK": (_part("Foreign Narcotics Kingpin Sanctions Regulations", 598), Theme.NARCOTICS),
    "SOMALIA": (_order(13536, date(2010, 4, 12), checked=False), Theme.SOMALIA),
    "SOUTH SUDAN": (_order(13664, date(2014, 4, 3), checked=False), Theme.SOUTH_SUDAN),
    "SYRIA": (_part("Syrian Sanctions Regulations", 542), Theme.SYRIA),
    "TCO": (_order(13581, date(2011, 7, 24), checked=False), Theme.CRIME),
    "VENEZUELA": (_order(13692, date(2015, 3, 8), checked=False), Theme.VENEZUELA),
    "YEMEN": (_order(13611, date(2012, 5, 16), checked=False), Theme.YEMEN),
    "ZIMBABWE": (_part("Zimbabwe Sanctions Regulations", 541), Theme.ZIMBABWE),
}
# Programmes of which the table knows the theme, and not the act.
_THEMES = {
    "IRAN-TRA": Theme.IRAN,
    "IRGC": Theme.IRAN,
    "ISA": Theme.IRAN,
    "PEESA": Theme.RUSSIA,
    "SSIDES": Theme.RUSSIA,
    "SYRIA-CAESAR": Theme.SYRIA,
    "ILLICIT-DRUGS-EO": Theme.NARCOTICS,
    "BALKANS-EO14033": Theme.BALKANS,
    "BELARUS-EO14038": Theme.BELARUS,
    "BURMA-EO14014": Theme.MYANMAR,
    "CMIC-EO13959": Theme.CHINA,
    "ELECTION-EO13848": Theme.ELECTIONS,
    "ETHIOPIA-EO14046": Theme.ETHIOPIA,
    "HK-EO13936": Theme.CHINA,
    "IRAN-EO13846": Theme.IRAN,
    "IRAN-EO13871": Theme.IRAN,
    "IRAN-EO13876": Theme.IRAN,
    "IRAN-EO13902": Theme.IRAN,
    "MALI-EO13882": Theme.MALI,
    "PEESA-EO14039": Theme.RUSSIA,
    "RUSSIA-EO14024": Theme.RUSSIA,
    "SYRIA-EO13894": Theme.SYRIA,
    "UKRAINE-EO13660": Theme.RUSSIA,
    "UKRAINE-EO13661": Theme.RUSSIA,
    "UKRAINE-EO13662": Theme.RUSSIA,
    "UKRAINE-EO13685": Theme.RUSSIA,
    "VENEZUELA-EO13850": Theme.VENEZUELA,
    "VENEZUELA-EO13884": Theme.VENEZUELA,
}


def _split(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((tag, "") for tag in text.split(_ANYWHERE))


def _derive(tag: str) -> Act | None:
    """Return the executive order that a tag names."""
    found = _ORDER.fullmatch(tag)
    return _order(int(found[1])) if found else None


US = Authority(
    "us",
    {tag: act for tag, (act, _) in _TAGS.items()},
    {tag: theme for tag, (_, theme) in _TAGS.items()} | _THEMES,
    _split,
    _derive,
)
