"""Names of parties as tables of their words, each distinct name taken apart once."""

from dataclasses import dataclass

import polars as pl

from konvoi.align.legalforms import parted
from konvoi.align.listing import Kind, NameKind
from konvoi.align.skeleton import father, skeleton, sound, words

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

HELD = pl.Schema({"listing": pl.String(), "name": pl.UInt32()})
"""Which listing bears which name; weak aliases are left out, since they open nothing."""


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
    taken: list[tuple[int, str, str, str, str]] = []
    parts: list[tuple[int, str, str]] = []
    for number, kind, text in distinct.iter_rows():
        heard, form, patronymic = _taken(kind, text)
        taken.append((number, kind, text, form, patronymic))
        parts += [(number, word, skeleton(word)) for word in heard]
    held = borne.join(distinct, on=("kind", "text")).select(HELD.names())
    return Named(
        pl.DataFrame(taken, schema=NAMES, orient="row"), pl.DataFrame(parts, schema=WORDS, orient="row"), held
    )


def _taken(kind: str, text: str) -> tuple[list[str], str, str]:
    """The words of a name as they sound, each once; its legal form; its patronymic."""
    name, form, patronymic = words(text), "", ""
    if kind == Kind.PERSON.value:
        place, patronymic = father(name)
        name = tuple(word for at, word in enumerate(name) if at != place)
    elif kind == Kind.ENTITY.value:
        name, form = parted(name)
    elif kind == Kind.SHIP.value:
        name = ("".join(name),) if name else ()
    return list(dict.fromkeys(sound(word) for word in name)), form, patronymic


def weighed(found: Named, owners: pl.DataFrame) -> pl.DataFrame:
    """The words of names with the logarithm of how rare they are among the owners of names of that kind.

    owners: listing, owner. weight: ln(owners / owners with a word of this skeleton); owners: how many.
    """
    each = found.words.join(found.names.select("name", "kind"), on="name")
    return each.join(rarity(found, owners), on=("kind", "skeleton"))


def rarity(found: Named, owners: pl.DataFrame) -> pl.DataFrame:
    """kind, skeleton, owners, df, weight: how rare each word is, as `weighed` tells it."""
    held = found.held.join(owners, on="listing").select("owner", "name").unique()
    each = found.words.join(found.names.select("name", "kind"), on="name")
    borne = held.join(each, on="name").unique(("owner", "kind", "skeleton"))
    of_kind = held.join(found.names, on="name").group_by("kind").agg(owners=pl.col("owner").n_unique())
    count = borne.group_by("kind", "skeleton").agg(df=pl.len()).join(of_kind, on="kind")
    return count.select("kind", "skeleton", "owners", "df", weight=(pl.col("owners") / pl.col("df")).log())
