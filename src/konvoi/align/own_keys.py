"""Own keys of a list: two of one regime in one party only where the list itself gives the evidence.

An authority that gives each party one key knows whom it lists: two of its keys are two parties unless a
strong identifier joins them. Acts, schedules and programmes each have keys of their own, so that one party
has several: an equal number, and equal names with agreeing births join these, anything less is a question.
"""

import numpy as np
import polars as pl

from konvoi.align.identifiers import KPP, OTHER, TYPES
from konvoi.align.legalforms import parted
from konvoi.align.listing import Kind
from konvoi.align.names import without_abbreviation
from konvoi.align.naming import Named
from konvoi.align.phonetic_key import all_words, sound

ONE_KEY = frozenset({"uk", "un", "us"})
"""Regimes whose lists give each party one key: OFSI's Group ID, the UN's reference number, OFAC's UID. All
others give a key for each act, schedule or programme."""

ONE, SEVERAL = "one", "several"
"""Evidence `keys:` of two entries of one regime that are not joined."""

CHECKED = tuple(sorted(type for type, one in TYPES.items() if one.check))
"""Types with check digits."""

OWN = 0.99
"""Least probability of duplicates within one list: an authority mostly knows whom it lists twice."""

_LOCAL = frozenset({"dmcc", "fze", "fzc", "fzco", "pte", "pvt", "sarl", "srl"})
"""Legal forms of one country: namesakes of which one is a DMCC, the other a PTE, are two companies."""

_FILLER = 2
"""Letters of words that are not counted: of, and."""

_ALIKE = 0.75
"""Least likeness of names that an equal number joins within a list: some give a subsidiary its parent's."""

_TITLED = 0.9
_ASKED = 0.5


def own_keys(listings: pl.DataFrame) -> pl.DataFrame:
    """Return the listings with `key`: equal for entries of a regime's lists that are of one key, else the id.

    The key is the last part of an id, behind the regime and the list.

    >>> listed = pl.DataFrame({"listing": ["us:sdn:7", "eu:journal:A:7"], "regime": ["us", "eu"]})
    >>> own_keys(listed)["key"].to_list()
    ['us:7', 'eu:journal:A:7']
    """
    last = pl.col("listing").str.splitn(":", 3).struct.field("field_2")
    keyed = pl.col("regime").is_in(sorted(ONE_KEY)) & last.is_not_null()
    return listings.with_columns(
        key=pl.when(keyed).then(pl.concat_str("regime", last, separator=":")).otherwise("listing")
    )


def differing(pairs: pl.DataFrame, identifiers: pl.DataFrame) -> pl.DataFrame:
    """Return left, right, differs=True: pairs that hold numbers of a type both, of which none is equal.

    A list may give a branch its parent's number beside its own code: then the equal number joins nothing. Nor
    does a name where the numbers are of other countries. identifiers: owner, type, value, country.
    """
    told = identifiers.filter(~pl.col("type").is_in([OTHER, KPP])).select("owner", "type", "value", "country")
    of = told.filter(pl.col("country") != "").select("owner", type=pl.lit("country"), value="country")
    held = pl.concat([told.drop("country"), of]).unique()
    both = pairs.select("left", "right").unique().join(held, left_on="left", right_on="owner")
    both = both.join(held, left_on=("right", "type"), right_on=("owner", "type"), suffix="_right")
    by_type = both.group_by("left", "right", "type").agg(
        equal=(pl.col("value") == pl.col("value_right")).any()
    )
    found = by_type.filter(~pl.col("equal")).select("left", "right").unique()
    return found.with_columns(differs=pl.lit(value=True))


def titles(listings: pl.DataFrame, found: Named) -> pl.DataFrame:
    """Return listing, title: the words of the name that a list gives first, twice at most.

    Once as they sound, without legal form; once in translation, with it and with the number of words: what
    is only equal in translation is equal where these are. A form of one country stays, since each company
    of a group has its own.
    """
    texts = listings.select("kind", "name").unique().sort("kind", "name")
    spelt, lengths = [], []
    for words in all_words([without_abbreviation(name) for name in texts["name"]]):
        bare, form = parted(words)
        local = [word for word in words if word in _LOCAL]
        spelt.append(" ".join(sorted({sound(word) for word in (*bare, *local)})))
        # A word that only resembles a legal form, such as organisation, makes another name.
        counted = (*bare, *local) if form else words
        lengths.append(sum(len(word) > _FILLER for word in counted))
    texts = texts.with_columns(title=pl.Series(spelt, dtype=pl.String), count=pl.Series(lengths))
    sounds = texts.filter(pl.col("title") != "")
    spoken = found.words.group_by("name").agg(title=pl.col("sound").sort().str.join(" "))
    forms = found.names.select("kind", "form", number="name", name="text")
    both = forms.join(spoken, left_on="number", right_on="name").join(sounds, on=("kind", "name"), suffix="_")
    mark = pl.col("title_").str.extract(rf"\b({'|'.join(sorted(map(sound, _LOCAL)))})\b").fill_null("")
    meant = pl.concat_str("title", "form", mark, "count", separator="|")
    every = pl.concat([sounds.select("kind", "name", "title"), both.select("kind", "name", title=meant)])
    return listings.select("listing", "kind", "name").join(every, on=("kind", "name")).drop("kind", "name")


def equal_titles(pairs: pl.DataFrame, titles: pl.DataFrame) -> pl.DataFrame:
    """Return left, right, titles=True: pairs whose entries have an equal title. titles: owner, title."""
    both = pairs.select("left", "right").join(titles, left_on="left", right_on="owner")
    found = both.join(titles, left_on=("right", "title"), right_on=("owner", "title")).select("left", "right")
    return found.unique().with_columns(titles=pl.lit(value=True))


def kept_apart() -> pl.Expr:
    """Return an expression: ONE or SEVERAL for two entries of one regime that may not be joined, else null.

    Over the columns own (ONE, SEVERAL, or null between regimes), decided, strong, differs, how, births and
    those of `_equal_titles`.
    """
    whole = (pl.col("how") == 0).fill_null(value=False)
    strong = pl.col("decided") & (pl.col("strong").fill_null(value=False) | whole)
    agree = ~pl.col("differs").fill_null(value=False)
    sure = strong & agree
    day = whole & (pl.col("births") == "day").fill_null(value=False)
    year = _equal_titles() & (pl.col("births") == "year").fill_null(value=False)
    entity = _equal_titles() & agree & (pl.col("kind") == Kind.ENTITY.value) & pl.col("equal").is_not_null()
    renamed = ~pl.col("kind").is_in([Kind.PERSON.value, Kind.ENTITY.value])
    alike = (pl.col("likeness") >= _ALIKE).fill_null(value=False) | _equal_titles() | renamed
    several = (pl.col("decided") & alike) | day | year | entity
    one = (pl.col("own") == ONE) & ~sure
    return pl.when(one | ((pl.col("own") == SEVERAL) & ~several)).then("own")


def by_title_alone() -> pl.Expr:
    """Return an expression: True for organisations of a list of several keys that share no more than a title.

    They are a question, since the list gives neither a birth nor a number; but other lists are compared with
    both as with one (`left_open`). Over the columns of `kept_apart`, keys and by_name.
    """
    agree = ~pl.col("differs").fill_null(value=False)
    named = _equal_titles() & agree & (pl.col("kind") == Kind.ENTITY.value)
    return ((pl.col("keys") == SEVERAL) & named & (pl.col("by_name") >= _TITLED)).fill_null(value=False)


def left_open(party: np.ndarray, sure: np.ndarray, regime: np.ndarray, numbered: np.ndarray) -> np.ndarray:
    """Return the parties without the entries of a list that only a title joins to another of the party.

    party, sure: for each owner the party, and the group of its list that births and numbers join. Of several
    groups of a list the one with most numbers stays, the first of these; each other is a party of its own.
    regime: of owners; numbered: how many numbers each has.
    """
    told = pl.DataFrame({"party": party, "sure": sure, "regime": regime, "numbers": numbered})
    told = told.with_row_index("owner")
    groups = told.group_by("party", "regime", "sure").agg(pl.col("numbers").sum(), pl.col("owner").min())
    order = groups.sort("party", "regime", "numbers", "owner", descending=[False, False, True, False])
    stays = order.unique(("party", "regime"), keep="first").select("party", "regime", stays="sure")
    both = told.join(stays, on=("party", "regime"), maintain_order="left")
    apart = pl.when(pl.col("sure") != pl.col("stays")).then(pl.col("sure")).otherwise(-1)
    rooted = both.with_columns(apart=apart).with_columns(root=pl.col("owner").min().over("party", "apart"))
    return rooted["root"].to_numpy().astype(np.int64)


def _equal_titles() -> pl.Expr:
    """Return an expression: True if the first names of both entries are the same words, and forms agree.

    An alias is not enough: branches and sister companies of one group often share one.
    """
    forms = (pl.col("forms") != "other").fill_null(value=True)
    return pl.col("titles").fill_null(value=False) & forms


def own_probability(probability: pl.Expr) -> pl.Expr:
    """Return the probability of a pair in the light of `keys`, the result of `kept_apart`.

    Two keys of a list that gives one are two parties, a question where they share a number; of a list that
    gives several they are a question at most. Organisations that such a list gives the same first name and an
    equal number of any kind are one, also where that number does not decide alone.
    """
    numbered = pl.col("equal").is_not_null()
    asked = pl.min_horizontal(probability, pl.lit(_ASKED))
    named = _equal_titles() & (pl.col("kind") == Kind.ENTITY.value)
    titled = (pl.col("own") == SEVERAL) & named & numbered
    return (
        pl.when(pl.col("keys") == ONE)
        .then(pl.when(numbered).then(asked).otherwise(0.0))
        .when(pl.col("keys") == SEVERAL)
        .then(asked)
        .when(titled)
        .then(pl.max_horizontal(probability, pl.lit(OWN)))
        .otherwise(probability)
    )
