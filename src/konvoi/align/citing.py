"""Acts of measures as they are cited, and programmes and themes of measures, as tables."""

import re
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from konvoi.align.acts import AUTHORITIES, Act, Authority, Theme
from konvoi.align.frames import Frames

BY_REGIME = {one.regime: one for one in AUTHORITIES}
BESIDE = "; "
_CELEX = re.compile(r"3\d{4}[A-Z]\d{4}")
_OF_LISTING = frozenset({"eu", "un"})
"""Regimes that name the programme of a listing beside the act that orders a measure."""
UNVERIFIED = "*"
"""Behind an act of which title and number were not compared with the published text."""

CITED = pl.Schema(
    {
        "listing": pl.String(),
        "order": pl.String(),
        "regime": pl.String(),
        "tag": pl.String(),
        "provision": pl.String(),
        "citation": pl.String(),
        "title": pl.String(),
        "number": pl.String(),
        "link": pl.String(),
        "valid_from": pl.Date(),
        "valid_to": pl.Date(),
        "known": pl.Boolean(),
        "checked": pl.Boolean(),
    }
)
"""A row for each listing, measure and act. tag: as the list writes it. citation: the act as it is cited; of a
tag that no declared act belongs to, the tag in quotation marks, and `known` is false. checked: compared with
the published text; else the citation ends with UNVERIFIED."""

PROGRAMMES = pl.Schema(
    {
        "listing": pl.String(),
        "order": pl.String(),
        "regime": pl.String(),
        "programme": pl.String(),
        "theme": pl.String(),
    }
)
"""A row for each listing, measure and programme. theme: of konvoi.align.acts; empty where it is not known."""


@dataclass(frozen=True)
class Cited:
    """An act as a list names it. act: None where none is declared for the tag."""

    tag: str
    provision: str
    act: Act | None

    @property
    def text(self) -> str:
        """The citation in one line.

        >>> Cited("X-1", "", None).text
        '“X-1”'
        """
        if self.act is None:
            return f"“{self.tag}”"
        return self.plain if self.act.checked else f"{self.plain} {UNVERIFIED}"

    @property
    def plain(self) -> str:
        """The citation without marks: as the list names it where no act is declared."""
        if self.act is None:
            return self.tag
        return self.act.citation + (f", {self.provision}" if self.provision else "")

    @property
    def short(self) -> str:
        """The number alone, with the same marks."""
        if self.act is None:
            return self.text
        return self.act.number if self.act.checked else f"{self.act.number} {UNVERIFIED}"


@lru_cache(maxsize=65_536)
def cited(regime: str, text: str) -> tuple[Cited, ...]:
    """Return the acts behind the text of a measure's act, as the list of a regime writes it.

    >>> [one.text for one in cited("uk", "UK regime Russia")]
    ['The Russia (Sanctions) (EU Exit) Regulations 2019 (S.I. 2019/855)']
    """
    if not text:
        return ()
    # A member state, of which no acts are declared here, also lists whom the Union's acts name.
    authority = BY_REGIME.get("eu" if regime not in BY_REGIME and _CELEX.fullmatch(text) else regime)
    authority = authority or Authority(regime)
    return tuple(
        Cited(tag, provision, authority.acts.get(tag) or authority.derive(tag))
        for tag, provision in authority.split(text)
        if tag
    )


def short_text(regime: str, acts: str) -> str:
    """Return the same by numbers alone, for narrow tables.

    >>> short_text("uk", "UK regime Russia")
    'S.I. 2019/855'
    """
    told = [one for act in acts.split(BESIDE) for one in cited(regime, act)]
    return BESIDE.join(dict.fromkeys(one.short for one in told))


def citation_text(regime: str, acts: str) -> str:
    """Return the citations of acts (apart by `; `, as in the matrix), each once, in their order.

    >>> citation_text("ua", "decree 1-2021; decree 2-2021")
    'Decree of the President of Ukraine No. 1/2021; Decree of the President of Ukraine No. 2/2021'
    """
    told = (one.text for act in acts.split(BESIDE) for one in cited(regime, act))
    return BESIDE.join(dict.fromkeys(told))


def theme(regime: str, programme: str) -> str:
    """Return the theme of a programme; empty where it is not known."""
    found = BY_REGIME[regime].themes.get(programme) if regime in BY_REGIME else None
    return found.value if found else ""


def citations(frames: Frames) -> pl.DataFrame:
    """Return the acts of all measures (CITED), each once."""
    measures = _measures(frames)
    pairs = measures.select("regime", "act").unique()
    rows = [
        (regime, act, one.tag, one.provision, one.text, *_of(one.act))
        for regime, act in pairs.sort("regime", "act").iter_rows()
        for one in cited(regime, act)
    ]
    schema = {"regime": pl.String(), "act": pl.String()} | dict(list(CITED.items())[3:])
    told = pl.DataFrame(rows, schema=schema, orient="row")
    return (
        measures.join(told, on=("regime", "act"))
        .select(CITED.names())
        .unique()
        .sort(*_KEY, "tag", "provision")
    )


_KEY = ("listing", "order")


def _of(act: Act | None) -> tuple[object, ...]:
    if act is None:
        return "", "", "", None, None, False, False
    return act.title, act.number, act.link, act.first, act.last, True, act.checked


def programmes(frames: Frames) -> pl.DataFrame:
    """Return the programmes of all measures (PROGRAMMES), each once."""
    measures = _measures(frames)
    beside = pl.col("regime").is_in(sorted(_OF_LISTING)) | ~pl.col("regime").is_in(sorted(BY_REGIME))
    own = (
        measures.filter(beside)
        .select(*_KEY, "regime", pl.col("programme").str.split(BESIDE))
        .explode("programme")
    )
    by_act = measures.filter(~beside)
    tags = [
        (regime, act, one.tag)
        for regime, act in by_act.select("regime", "act").unique().iter_rows()
        for one in cited(regime, act)
    ]
    schema = {"regime": pl.String(), "act": pl.String(), "programme": pl.String()}
    tagged = by_act.drop("programme").join(
        pl.DataFrame(tags, schema=schema, orient="row"), on=("regime", "act")
    )
    found = pl.concat([own, tagged.select(own.columns)]).filter(pl.col("programme") != "").unique()
    kinds = found.select("regime", "programme").unique()
    themes = [theme(regime, one) for regime, one in kinds.iter_rows()]
    named = kinds.with_columns(theme=pl.Series(themes, dtype=pl.String))
    joined = found.join(named, on=("regime", "programme"))
    return joined.select(PROGRAMMES.names()).sort(*_KEY, "programme")


def _measures(frames: Frames) -> pl.DataFrame:
    of = frames.listings.select("listing", "regime", "programme").unique("listing", keep="first")
    measures = frames.measures.select("listing", "order", "act").unique()
    return measures.join(of, on="listing").select(*_KEY, "regime", "act", "programme")


def terrorism_alone(found: pl.DataFrame) -> frozenset[str]:
    """Return the regimes of which every programme is about terrorism: they speak of nothing else.

    found: PROGRAMMES.
    """
    other = found.filter(pl.col("theme") != Theme.TERRORISM.value)["regime"]
    return frozenset(found["regime"]) - frozenset(other)
