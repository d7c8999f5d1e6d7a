"""Days in local calendars, rewritten as days of the Gregorian one: Japanese eras, and years of the Buddha.

Only the writing changes: konvoi.align.days reads what comes out.
"""

import re
import unicodedata
from functools import lru_cache

_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
"""Each era and the year before its first."""

_LATIN = {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和"}
_ERA = re.compile(rf"({'|'.join(_ERAS)})\s*(元|\d{{1,2}})\s*年")
_SHORT = re.compile(r"(?<![A-Za-z\d])([MTSHR])\.?(\d{1,2})[.年](\d{1,2})[.月](\d{1,2})日?(?!\d)")
_BUDDHIST = re.compile(r"(?:พ\.?\s*ศ\.?|B\.\s?E\.)\s*(2[3-6]\d\d)")
_DAY = re.compile(r"((?:1[6-9]|20)\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_MONTH = re.compile(r"((?:1[6-9]|20)\d\d)\s*年\s*(\d{1,2})\s*月")
_YEAR = re.compile(r"((?:1[6-9]|20)\d\d)\s*年(?:代)?(?:生)?")
_ABOUT = re.compile(r"(\d{4}(?:-\d\d){0,2})\s*(?:頃|ごろ|推定|前後)")
_TO = re.compile(
    r"(\d{4}(?:-\d\d){0,2})\s*(頃)?(?:から|〜|～|-|－|–)\s*(\d{4}(?:-\d\d){0,2})(?:まで)?(?:の間)?(頃)?"
)


@lru_cache(maxsize=5_000)
def gregorian(text: str) -> str:
    """Return a text with the days of local calendars as days, months or years of ours.

    >>> gregorian("令和4年3月1日"), gregorian("昭和37年"), gregorian("1955年-1958年頃")
    ('2022-03-01', '1962', 'circa 1955 to 1958')
    """
    plain = unicodedata.normalize("NFKC", text)
    plain = _SHORT.sub(lambda found: f"{_LATIN[found[1]]}{found[2]}年{found[3]}月{found[4]}日", plain)
    plain = _ERA.sub(lambda found: f"{_ERAS[found[1]] + (1 if found[2] == '元' else int(found[2]))}年", plain)
    plain = _BUDDHIST.sub(lambda found: str(int(found[1]) - 543), plain)
    plain = _DAY.sub(lambda found: f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}", plain)
    plain = _MONTH.sub(lambda found: f"{found[1]}-{int(found[2]):02}", plain)
    plain = _YEAR.sub(r"\1", plain)
    plain = _TO.sub(
        lambda found: f"{'circa ' if found[2] or found[4] else ''}{found[1]} to {found[3]}", plain
    )
    return re.sub("又は|または|及び", " or ", _ABOUT.sub(r"circa \1", plain))
