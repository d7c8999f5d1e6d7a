"""The listed party that a name means: by id of a party or listing, by a whole name, else by a part of one."""

import polars as pl

from konvoi.flow.name_lookup import Several, Unknown, nearest
from konvoi.flow.sanctions.list_comparison import Sanctions
from konvoi.kit.text import fold
from konvoi.report.language import Language
from konvoi.report.writers.html import LANGUAGES

_MOST = 20
_BEGIN = 3
_COMPARED = 2000


def meant(found: Sanctions, name: str) -> tuple[str, ...]:
    """The ids of the parties that a name means, in order of their ids; Unknown where there is none."""
    exact = found.parties.filter((pl.col("party") == name) | (pl.col("listing") == name))
    if exact.height:
        return tuple(exact["party"].unique().sort())
    wanted = fold(name)
    texts = found.frames.names["name"].unique().sort()
    folded = pl.DataFrame({"name": texts, "folded": [fold(one) for one in texts]})
    whole = folded.filter(pl.col("folded") == wanted)
    part = folded.filter(pl.col("folded").str.contains(wanted, literal=True) & pl.lit(bool(wanted)))
    hits = whole if whole.height else part
    borne = found.frames.names.join(hits, on="name").join(found.parties, on="listing")
    if borne.height:
        return tuple(borne["party"].unique().sort())
    near = nearest(name, {one: one for one in _begins_alike(folded, wanted)})
    raise Unknown("PARTY", name, tuple(texts), near, most=_MOST)


def _begins_alike(folded: pl.DataFrame, wanted: str) -> list[str]:
    """Some names with a word that begins like one of these: comparing with all of them would take minutes."""
    begins = [word[:_BEGIN] for word in wanted.split() if len(word) >= _BEGIN]
    alike = pl.any_horizontal(pl.col("folded").str.contains(one, literal=True) for one in begins or [wanted])
    return folded.filter(alike).head(_COMPARED)["name"].to_list()


def one_meant(found: Sanctions, name: str) -> str:
    """The one party that a name means; Several, with those that it may be, where there are several."""
    several = meant(found, name)
    if len(several) > 1:
        named = found.titles.filter(pl.col("party").is_in(list(several[:_MOST])))
        told = tuple(f"{party} ({title})" for party, title in named.select("party", "name").iter_rows())
        raise Several("PARTY", name, told)
    return several[0]


def programme_meant(found: Sanctions, name: str) -> str:
    """Return the programme that a name means (a tag, or regime:tag); Unknown where no list has it."""
    if not name:
        return ""
    rows = found.programmes.select("regime", "programme").unique().sort("regime", "programme").rows()
    tags = {fold(tag): tag for _, tag in rows}
    whole = {fold(f"{regime}:{tag}"): f"{regime}:{tag}" for regime, tag in rows}
    one = (whole | tags).get(fold(name))
    if one is not None:
        return str(one)
    known = tuple(whole.values())
    raise Unknown("--programme", name, known, nearest(name, {tag: tag for tag in tags.values()}), most=_MOST)


def theme_meant(found: Sanctions, name: str) -> str:
    """Return the theme that a name means, in any language; Unknown where no list has a programme of it."""
    if not name:
        return ""
    there = tuple(one for one in found.programmes["theme"].unique().sort() if one)
    spoken = {fold(Language(code).say(one)): one for code in LANGUAGES for one in there}
    meant_ = spoken.get(fold(name))
    if meant_ is not None:
        return str(meant_)
    raise Unknown("--theme", name, there, nearest(name, {one: one for one in there}), most=_MOST)
