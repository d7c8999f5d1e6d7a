"""Australia: autonomous sanctions, and measures of the Security Council under the Charter Act of 1945."""

import re

from konvoi.align.acts.act import Act, Authority, Theme

_REGISTER = "https://www.legislation.gov.au/{}/latest"
_AUTONOMOUS = Act("Autonomous Sanctions Regulations 2011", "F2011L02673", _REGISTER.format("F2011L02673"))
_CHARTER = Act("Charter of the United Nations Act 1945", "No. 32, 1945", _REGISTER.format("C1945A00032"))
_BY_RESOLUTION = re.compile(r"(\d{3,4})\b.*")

_THEMES = {
    "Autonomous (DPRK)": Theme.DPRK,
    "Autonomous (FFRY)": Theme.BALKANS,
    "Autonomous (Iran)": Theme.IRAN,
    "Autonomous (Libya)": Theme.LIBYA,
    "Autonomous (Myanmar)": Theme.MYANMAR,
    "Autonomous (Russia and Ukraine)": Theme.RUSSIA,
    "Autonomous (Syria)": Theme.SYRIA,
    "Autonomous (Ukraine)": Theme.RUSSIA,
    "Autonomous (Zimbabwe)": Theme.ZIMBABWE,
    "1267/1989/2253 (ISIL (Da'esh) and Al-Qaida)": Theme.TERRORISM,
    "1373 (2001)": Theme.TERRORISM,
    "1518 (Iraq)": Theme.IRAQ,
    "1533 (Democratic Republic of the Congo)": Theme.DRC,
    "1591 (Sudan)": Theme.SUDAN,
    "1718 (DPRK)": Theme.DPRK,
    "1970 (Libya)": Theme.LIBYA,
    "1988 (Taliban)": Theme.AFGHANISTAN,
    "2127 (Central African Republic)": Theme.CAR,
    "2140 (Yemen)": Theme.YEMEN,
    "2093 (2013)": Theme.SOMALIA,
    "2206 (South Sudan)": Theme.SOUTH_SUDAN,
    "2231 (Iran)": Theme.IRAN,
    "2624 (2022) Yemen": Theme.YEMEN,
    "751 (Somalia and Eritrea)": Theme.SOMALIA,
    "Mali": Theme.MALI,
}


def _derive(tag: str) -> Act | None:
    """Return the Charter Act for a tag that begins with the number of a resolution.

    The Act gives the Security Council's decisions effect in Australia; the resolution stands in the tag.
    """
    if tag.startswith("Autonomous ("):
        return _AUTONOMOUS
    return _CHARTER if _BY_RESOLUTION.fullmatch(tag) else None


def _split(text: str) -> tuple[tuple[str, str], ...]:
    found = _BY_RESOLUTION.fullmatch(text)
    return ((text, f"resolution {found[1]}" if found else ""),)


AU = Authority("au", themes=_THEMES, split=_split, derive=_derive)
