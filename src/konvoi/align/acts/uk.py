"""United Kingdom: statutory instruments under the Sanctions and Anti-Money Laundering Act 2018."""

from datetime import date

from konvoi.align.acts.act import Act, Authority, Theme

_EXIT = date(2020, 12, 31)
"""Day on which the transition period ended and the regulations "EU Exit" applied in full."""
_PREFIX = "UK regime "


def _act(title: str, number: str, first: date = _EXIT, last: date | None = None, *, checked: bool) -> Act:
    link = f"https://www.legislation.gov.uk/uksi/{number}"
    return Act(f"The {title}", f"S.I. {number}", link, first, last, checked)


def _exit(name: str, number: str, *, checked: bool = True) -> Act:
    return _act(f"{name} (Sanctions) (EU Exit) Regulations {number[:4]}", number, checked=checked)


_NAMED = {
    "Afghanistan": (_exit("Afghanistan", "2020/948"), Theme.AFGHANISTAN),
    "Belarus": (_exit("Republic of Belarus", "2019/600"), Theme.BELARUS),
    "Bosnia and Herzegovina": (_exit("Bosnia and Herzegovina", "2020/608"), Theme.BALKANS),
    "Central African Republic": (_exit("Central African Republic", "2020/616"), Theme.CAR),
    "Chemical Weapons": (_exit("Chemical Weapons", "2019/618", checked=False), Theme.CHEMICAL),
    "Counter-Terrorism (Domestic)": (_exit("Counter-Terrorism", "2019/577"), Theme.TERRORISM),
    "Counter-Terrorism (International)": (
        _act(
            "Counter-Terrorism (International Sanctions) (EU Exit) Regulations 2019",
            "2019/573",
            checked=True,
        ),
        Theme.TERRORISM,
    ),
    "Cyber": (_exit("Cyber", "2020/597", checked=False), Theme.CYBER),
    "Democratic People's Republic of Korea": (
        _exit("Democratic People's Republic of Korea", "2019/411"),
        Theme.DPRK,
    ),
    "Democratic Republic of the Congo": (_exit("Democratic Republic of the Congo", "2019/433"), Theme.DRC),
    "Global Anti-Corruption": (
        _act(
            "Global Anti-Corruption Sanctions Regulations 2021",
            "2021/488",
            date(2021, 4, 26),
            checked=False,
        ),
        Theme.CORRUPTION,
    ),
    "Global Human Rights": (
        _act("Global Human Rights Sanctions Regulations 2020", "2020/680", date(2020, 7, 6), checked=True),
        Theme.HUMAN_RIGHTS,
    ),
    "Guinea": (_exit("Guinea", "2019/1145", checked=False), Theme.GUINEA),
    "Guinea-Bissau": (_exit("Republic of Guinea-Bissau", "2019/554", checked=False), Theme.GUINEA_BISSAU),
    "Haiti": (
        _act("Haiti (Sanctions) Regulations 2022", "2022/1281", date(2022, 12, 29), checked=False),
        Theme.HAITI,
    ),
    "Iran": (
        _act("Iran (Sanctions) Regulations 2023", "2023/1314", date(2023, 12, 14), checked=True),
        Theme.IRAN,
    ),
    "Iran (Human Rights)": (
        _act(
            "Iran (Sanctions) (Human Rights) (EU Exit) Regulations 2019",
            "2019/134",
            last=date(2023, 12, 13),
            checked=True,
        ),
        Theme.IRAN,
    ),
    "Iran (Nuclear)": (
        _act("Iran (Sanctions) (Nuclear) (EU Exit) Regulations 2019", "2019/461", checked=True),
        Theme.IRAN,
    ),
    "Iraq": (_exit("Iraq", "2020/707"), Theme.IRAQ),
    "ISIL (Da'esh) and Al-Qaida": (
        _act(
            "ISIL (Da'esh) and Al-Qaida (United Nations Sanctions) (EU Exit) Regulations 2019",
            "2019/466",
            checked=True,
        ),
        Theme.TERRORISM,
    ),
    "Lebanon": (_exit("Lebanon", "2020/612", checked=False), Theme.LEBANON),
    "Libya": (_exit("Libya", "2020/1665"), Theme.LIBYA),
    "Mali": (_exit("Mali", "2020/705", checked=False), Theme.MALI),
    "Myanmar": (
        _act("Myanmar (Sanctions) Regulations 2021", "2021/496", date(2021, 4, 29), checked=True),
        Theme.MYANMAR,
    ),
    "Nicaragua": (_exit("Nicaragua", "2020/610", checked=False), Theme.NICARAGUA),
    "Russia": (_exit("Russia", "2019/855"), Theme.RUSSIA),
    "Somalia": (_exit("Somalia", "2020/642"), Theme.SOMALIA),
    "South Sudan": (_exit("South Sudan", "2019/438", checked=False), Theme.SOUTH_SUDAN),
    "Sudan": (_exit("Sudan", "2020/753", checked=False), Theme.SUDAN),
    "Syria": (_exit("Syria", "2019/792"), Theme.SYRIA),
    "Venezuela": (_exit("Venezuela", "2019/135"), Theme.VENEZUELA),
    "Yemen": (
        _act("Yemen (Sanctions) (EU Exit) (No. 2) Regulations 2020", "2020/1278", checked=False),
        Theme.YEMEN,
    ),
    "Zimbabwe": (_exit("Zimbabwe", "2019/604", checked=False), Theme.ZIMBABWE),
}
_TITLED = {one.title: (one, theme) for one, theme in _NAMED.values()}
"""The UK Sanctions List names the regulations themselves where the consolidated list named the regime."""
_BOTH = _NAMED | _TITLED


def _split(text: str) -> tuple[tuple[str, str], ...]:
    return ((text.removeprefix(_PREFIX), ""),)


UK = Authority(
    "uk",
    {tag: act for tag, (act, _) in _BOTH.items()},
    {tag: theme for tag, (_, theme) in _BOTH.items()},
    _split,
)
