"""A legal act as it is cited, and the themes by which programmes of different regimes compare."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Theme(StrEnum):
    """Subject of a programme: the one vocabulary in which programmes of all regimes compare."""

    AFGHANISTAN = "Afghanistan"
    BALKANS = "Western Balkans"
    BELARUS = "Belarus"
    CAR = "Central African Republic"
    CHEMICAL = "chemical weapons"
    CHINA = "China"
    CORRUPTION = "corruption"
    CRIME = "organised crime"
    CUBA = "Cuba"
    CYBER = "cyber-attacks"
    DRC = "Democratic Republic of the Congo"
    DPRK = "North Korea"
    ELECTIONS = "interference in elections"
    ETHIOPIA = "Ethiopia"
    GUATEMALA = "Guatemala"
    GUINEA = "Guinea"
    GUINEA_BISSAU = "Guinea-Bissau"
    HAITI = "Haiti"
    HUMAN_RIGHTS = "human rights"
    IRAN = "Iran"
    IRAQ = "Iraq"
    LEBANON = "Lebanon"
    LIBYA = "Libya"
    MALI = "Mali"
    MOLDOVA = "Moldova"
    MYANMAR = "Myanmar"
    NARCOTICS = "narcotics"
    NICARAGUA = "Nicaragua"
    PROLIFERATION = "weapons of mass destruction"
    RUSSIA = "Russia and Ukraine"
    SOMALIA = "Somalia"
    SOUTH_SUDAN = "South Sudan"
    SUDAN = "Sudan"
    SYRIA = "Syria"
    TERRORISM = "terrorism"
    TUNISIA = "Tunisia"
    VENEZUELA = "Venezuela"
    YEMEN = "Yemen"
    ZIMBABWE = "Zimbabwe"


@dataclass(frozen=True)
class Act:
    """A legal act. title: as the act calls itself; empty where only the number is known.

    number: by which it is cited. first, last: days on which it applied, as far as known. checked: title and
    number were compared with the published text, or the number is the list's own; others are cited with the
    mark "to be verified".
    """

    title: str
    number: str
    link: str
    first: date | None = None
    last: date | None = None
    checked: bool = True

    @property
    def citation(self) -> str:
        """Title and number in one line.

        >>> Act("The Sample Regulations 2031", "S.I. 2031/1", "").citation, Act("", "Order 5", "").citation
        ('The Sample Regulations 2031 (S.I. 2031/1)', 'Order 5')
        """
        return f"{self.title} ({self.number})" if self.title else self.number


@dataclass(frozen=True)
class Authority:
    """Acts and themes of a regime. acts: by the tag that the list writes. themes: by programme.

    split: the text of a measure's act to its tags, each with the provision that the list names beside it.
    derive: the act of a tag that is itself a number by which an act is cited; None for any other.
    """

    regime: str
    acts: Mapping[str, Act] = field(default_factory=dict)
    themes: Mapping[str, Theme] = field(default_factory=dict)
    split: Callable[[str], tuple[tuple[str, str], ...]] = lambda text: ((text, ""),)
    derive: Callable[[str], Act | None] = lambda _: None
