"""Names of parties as tables of their words, each distinct name taken apart once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from konvoi.align.legalforms import parted
from konvoi.align.listing import Kind, NameKind
from konvoi.align.names import without_abbreviation, without_vessel
from konvoi.align.phonetic_key import all_words, father, skeleton, sound
from konvoi.align.translating import translated

NAMES = pl.Schema(
    {
        "name": pl.UInt32(),
        "kind": pl.String(),
        "text": pl.String(),
        "form": pl.String(),
        "father": pl.String(),
    }
)
"""Distinct names of a kind of party. form: of a company's name; father: skeleton of a patronymic."""

WORDS = pl.Schema({"name": pl.UInt32(), "sound": pl.String(), "skeleton": pl.String()})
"""Words of a name, each once, without legal form and patronymic."""

_PERSON, _ENTITY, _SHIP = Kind.PERSON.value, Kind.ENTITY.value, Kind.SHIP.value

_HEARD = pl.Schema({"word": pl.String(), "sound": pl.String(), "skeleton": pl.String()})

HELD = pl.Schema({"listing": pl.String(), "name": pl.UInt32()})
"""Names of listings; weak aliases are left out, since they yield no candidates."""


@dataclass(frozen=True)
class Named:
    """Tables of the schemas above."""

    names: pl.DataFrame
    words: pl.DataFrame
    held: pl.DataFrame


def named(listings: pl.DataFrame, names: pl.DataFrame) -> Named:
    """The names of listings (konvoi.align.frames LISTINGS and NAMES) taken apart."""
    strong = names.filter(pl.col("kind") != NameKind.WEAK.value).select("listing", text="name")
    kinds = listings.select("listing", "kind").unique("listing")
    borne = strong.join(kinds, on="listing").unique().sort("kind", "text", "listing")
    distinct = borne.select("kind", "text").unique(maintain_order=True).with_row_index("name")
    kinds_of = distinct["kind"].to_list()
    texts = distinct["text"].to_list()
    bare = [
        without_abbreviation(without_vessel(text) if kind == _SHIP else text)
        for kind, text in zip(kinds_of, texts, strict=True)
    ]
    taken = [_taken(kind, name) for kind, name in zip(kinds_of, all_words(bare), strict=True)]
    told = distinct.with_columns(
        form=pl.Series([form for _, form, _ in taken], dtype=pl.String),
        father=pl.Series([patronymic for _, _, patronymic in taken], dtype=pl.String),
    )
    said = [word for name, _, _ in taken for word in name]
    heard = {word: sound(word) for word in dict.fromkeys(said)}
    sounds = list(heard.values())
    spelt = pl.DataFrame([list(heard), sounds, list(map(skeleton, sounds))], schema=_HEARD)
    number = np.repeat(distinct["name"].to_numpy(), [len(name) for name, _, _ in taken])
    each = pl.DataFrame({"name": number, "word": said}, schema={"name": pl.UInt32(), "word": pl.String()})
    parts = each.join(spelt, on="word", maintain_order="left").unique(("name", "sound"), maintain_order=True)
    held = borne.join(distinct, on=("kind", "text")).select(HELD.names())
    return Named(told.select(NAMES.names()), parts.select(WORDS.names()), held)


def _taken(kind: str, name: tuple[str, ...]) -> tuple[Sequence[str], str, str]:
    """The words of a name that count; its legal form; its patronymic."""
    if kind == _PERSON:
        place, patronymic = father(name)
        return [word for at, word in enumerate(name) if at != place], "", patronymic
    if kind == _ENTITY:
        bare, form = parted(name)
        return translated(bare) or bare, form, ""
    if kind == _SHIP:
        return ("".join(name),) if name else (), "", ""
    return name, "", ""


def weighed(found: Named, owners: pl.DataFrame) -> pl.DataFrame:
    """The words of names with the logarithm of how rare they are among the owners of names of that kind.

    owners: listing, owner. weight: ln(owners / owners with a word of this skeleton); owners: how many.
    """
    each = found.words.join(found.names.select("name", "kind"), on="name", maintain_order="left")
    return each.join(rarity(found, owners), on=("kind", "skeleton"), maintain_order="left")


def rarity(found: Named, owners: pl.DataFrame) -> pl.DataFrame:
    """Return the rarity of each word, as `weighed` gives it: kind, skeleton, owners, df, weight."""
    held = found.held.join(owners, on="listing").select("owner", "name").unique()
    each = found.words.join(found.names.select("name", "kind"), on="name")
    borne = held.join(each, on="name").unique(("owner", "kind", "skeleton"))
    of_kind = held.join(found.names, on="name").group_by("kind").agg(owners=pl.col("owner").n_unique())
    count = borne.group_by("kind", "skeleton").agg(df=pl.len()).join(of_kind, on="kind")
    return count.select("kind", "skeleton", "owners", "df", weight=(pl.col("owners") / pl.col("df")).log())
