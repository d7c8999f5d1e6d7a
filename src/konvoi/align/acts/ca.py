"""Canada: regulations under the Special Economic Measures Act and the Magnitsky law, by country."""

from datetime import date

from konvoi.align.acts.act import Act, Authority, Theme


def _act(title: str, number: str, first: date | None, *, checked: bool) -> Act:
    link = f"https://laws-lois.justice.gc.ca/eng/regulations/SOR-{number}/"
    return Act(title, f"SOR/{number}", link, first, checked=checked)


def _special(country: str, number: str, first: date | None = None, *, checked: bool = False) -> Act:
    return _act(f"Special Economic Measures ({country}) Regulations", number, first, checked=checked)


_CORRUPT = _act(
    "Justice for Victims of Corrupt Foreign Officials Regulations", "2017-233", None, checked=False
)
_NAMED = {
    "Belarus": (_special("Belarus", "2020-214", date(2020, 9, 28), checked=True), Theme.BELARUS),
    "Burma": (_special("Burma", "2007-285"), Theme.MYANMAR),
    "China": (_special("People's Republic of China", "2021-49"), Theme.CHINA),
    "Iran": (_special("Iran", "2010-165", date(2010, 7, 22), checked=True), Theme.IRAN),
    "Justice for Victims of Corrupt Foreign Officials Regulations (JVCFOR)": (
        _CORRUPT,
        Theme.HUMAN_RIGHTS,
    ),
    "Nicaragua": (_special("Nicaragua", "2019-232"), Theme.NICARAGUA),
    "Russia": (_special("Russia", "2014-58", date(2014, 3, 17), checked=True), Theme.RUSSIA),
    "South Sudan": (_special("South Sudan", "2014-235"), Theme.SOUTH_SUDAN),
    "Syria": (_special("Syria", "2011-114", date(2011, 5, 24), checked=True), Theme.SYRIA),
    "Ukraine": (_special("Ukraine", "2014-60"), Theme.RUSSIA),
    "Venezuela": (_special("Venezuela", "2017-204"), Theme.VENEZUELA),
    "Zimbabwe": (_special("Zimbabwe", "2008-248"), Theme.ZIMBABWE),
}


def english(tag: str) -> str:
    """Return the English name of a regulation that the list writes in two languages.

    >>> english("Russia / Russie"), english("China/Chine")
    ('Russia', 'China')
    """
    return tag.partition("/")[0].strip()


def _split(text: str) -> tuple[tuple[str, str], ...]:
    """Return the regulation, and the schedule and item in it."""
    named, _, provision = text.partition(", ")
    return ((english(named), provision),)


CA = Authority(
    "ca",
    {tag: act for tag, (act, _) in _NAMED.items()},
    {tag: theme for tag, (_, theme) in _NAMED.items()},
    _split,
)
