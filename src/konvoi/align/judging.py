"""Pairs of parties judged: one party, a question for a person, or two; with the evidence for and against."""

import math
from enum import StrEnum

import polars as pl

from konvoi.align.contradictions import SLIGHT, births, conflicts
from konvoi.align.identifiers import IMO_COMPANY, IMO_SHIP, LEI, MMSI
from konvoi.align.listing import Kind
from konvoi.align.own_keys import CHECKED, ONE, by_title_alone, differing, kept_apart, own_probability
from konvoi.align.probability_limits import ASKED, SAME, STRANGE_NAME
from konvoi.align.token_alignment import ALIKE, INITIAL, MISSING


class Verdict(StrEnum):
    """Result for two listings, or for two groups of them."""

    SAME = "same"
    REVIEW = "review"
    APART = "apart"


PAIRS = pl.Schema(
    {
        "left": pl.String(),
        "right": pl.String(),
        "probability": pl.Float64(),
        "verdict": pl.String(),
        "evidence": pl.List(pl.String()),
    }
)
"""left < right: listings, or the first of a group of one regime. evidence: `kind:what` in a fixed order."""

JUDGED = pl.Schema(
    {
        "left": pl.Int64(),
        "right": pl.Int64(),
        "rank": pl.Float64(),
        "titled": pl.Boolean(),
        **dict(list(PAIRS.items())[2:]),
    }
)
"""PAIRS with numbers of owners. rank: order of the pairs from the surest on, also of those whose probability
rounds to one: an equal number that decides first, then the logarithm of the odds. titled: two entries of one
list that only share a title (konvoi.align.own_keys by_title_alone)."""

SURE = 0.999

# Natural logarithms of how much likelier the answer is of one party than of two. A day of birth: one in some
# 27,000, a year one in some 60; patronymics and legal forms by how often lists write them wrongly.
BORN = {"day": 10.0, "year": 4.0, "about": 2.0, "near": 1.0, "years": 0.0, "disjoint": -20.0}
FATHERS = {"equal": 3.0, "alike": 0.0, "other": -9.0}
FORMS = {"equal": 0.5, "other": -2.0}
_ANYWHERE = (IMO_SHIP, IMO_COMPANY, LEI)
"""Types that one register gives for all countries."""


_FIRST = 1e6
_TITLES = 3.0
"""Ranks in the order of pairs alone: more than any odds of names, for an equal number that decides; for first
names of the same words, which go before an equal alias."""

_FEW, _COMMON = 6, 8
"""Number of parties up to which a word names a party, and from which on it says what the party is."""

_ALMOST = 0.99
_EDGE = 0.01
"""So far above the bound that rounding leaves it there."""


def asks() -> pl.Expr:
    """Return the evidence of an equal name (for_): enough to ask a person, however short or common it is."""
    return pl.max_horizontal("for_", math.log(ASKED / (1 - ASKED)) + _EDGE - pl.col("prior"))


def contained() -> pl.Expr:
    """Return an expression: True if a name holds the whole of the other, which few parties bear.

    Lists and people shorten names: a brand and the same brand with what it is may be one. A rare word more is
    a branch or a sister company.
    """
    own = pl.col("inside") + pl.col("prior") >= -math.log(_FEW)
    common = pl.col("rarest") + pl.col("prior") <= -math.log(_COMMON)
    return (pl.col("inside") > 0) & own & common


def judged(
    names: pl.DataFrame,
    numbers: pl.DataFrame,
    owners: pl.DataFrame,
    identifiers: pl.DataFrame,
    known: pl.DataFrame,
) -> pl.DataFrame:
    """The candidates judged (JUDGED); what is neither a question nor had much for it stands in no row.

    names: left, right, text_left, text_right, for_, likeness, prior, fathers, forms, and titles where it is
    known; each pair once.
    numbers: left, right, type, value, firm (from `equals`). owners: owner, kind, and own where both of a pair
    are of one regime (konvoi.align.own_keys). identifiers, known: as in konvoi.align.contradictions.
    """
    pairs = pl.concat([names.select("left", "right"), numbers.select("left", "right")]).unique()
    kinds = owners.select("owner", "kind", *(("own",) if "own" in owners.columns else ()))
    rows = pairs.join(kinds, left_on="left", right_on="owner").join(
        kinds.select("owner", "kind"), left_on="right", right_on="owner", suffix="_right"
    )
    if "own" in owners.columns:
        checked = pl.concat([numbers.select("left", "right"), names.filter("titles").select("left", "right")])
        rows = rows.join(differing(checked, identifiers), on=("left", "right"), how="left")
    rows = rows.join(names, on=("left", "right"), how="left")
    rows = rows.join(_spoken(numbers), on=("left", "right"), how="left")
    person = pl.col("kind") == Kind.PERSON.value
    rows = rows.join(births(pairs, known), on=("left", "right"), how="left")
    rows = rows.with_columns(births=pl.when(person).then("births"))
    rows = rows.join(_against(conflicts(pairs, identifiers)), on=("left", "right"), how="left")
    return _weighed(rows)


def equals(pairs: pl.DataFrame, identifiers: pl.DataFrame, shared: pl.DataFrame) -> pl.DataFrame:
    """left, right, type, value, firm: equal identifiers of candidates, and whether each may decide.

    It may where the country is the same (or the register is one for the world), check digits hold where the
    type has some, and no two parties of one list bear it (shared: type, value). The number of a radio (MMSI)
    goes with the flag, and never decides.
    """
    held = identifiers.select("owner", "type", "value", "country", "valid").unique()
    both = pairs.select("left", "right", "type", "value").unique()
    both = both.join(held, left_on=("left", "type", "value"), right_on=("owner", "type", "value"))
    both = both.join(
        held, left_on=("right", "type", "value"), right_on=("owner", "type", "value"), suffix="_right"
    )
    checked = pl.col("type").is_in(CHECKED)
    valid = ~checked | (pl.col("valid") & pl.col("valid_right")).fill_null(value=False)
    told = (pl.col("country") != "") & (pl.col("country") == pl.col("country_right"))
    where = told | pl.col("type").is_in(_ANYWHERE)
    firm = (valid & where & (pl.col("type") != MMSI)).any()
    found = both.group_by("left", "right", "type", "value").agg(firm=firm)
    borne = found.join(
        shared.with_columns(twice=pl.lit(value=True)), on=("type", "value"), how="left"
    ).with_columns(pl.col("firm") & pl.col("twice").is_null())
    return borne.drop("twice").sort("left", "right", "type", "value")


def _spoken(numbers: pl.DataFrame) -> pl.DataFrame:
    word = pl.concat_str(pl.lit("identifier"), "type", "value", separator=":")
    return numbers.group_by("left", "right", maintain_order=True).agg(
        numbers=word,
        firm=pl.col("firm").any(),
        strong=(pl.col("firm") & pl.col("type").is_in(CHECKED)).any(),
        equal=pl.len(),
    )


def _against(found: pl.DataFrame) -> pl.DataFrame:
    word = pl.format("conflict:{}:{}|{}", "type", "value", "other")
    return found.group_by("left", "right", maintain_order=True).agg(conflicts=word)


def _weighed(rows: pl.DataFrame) -> pl.DataFrame:
    """Probability, verdict and evidence."""
    known = pl.col("for_").is_not_null()
    told = pl.sum_horizontal(
        "for_",
        "prior",
        *(
            weight(weights, name)
            for name, weights in (("births", BORN), ("fathers", FATHERS), ("forms", FORMS))
        ),
    )
    by_name = pl.when(known).then(1 / (1 + (-told).exp())).otherwise(0.0)
    kinds = pl.col("kind") == pl.col("kind_right")
    # A ship takes another's name, and its own changes.
    named = pl.col("kind").is_in([Kind.PERSON.value, Kind.ENTITY.value])
    strange = named & (pl.col("likeness").fill_null(0.0) < STRANGE_NAME)
    slight, other = _births_differ()
    torn = pl.col("conflicts").is_not_null()
    against = ~kinds | torn | other
    decided = pl.col("firm").fill_null(value=False) & ~against & ~slight & ~strange
    equal = pl.col("equal").is_not_null()
    asked = pl.when(named).then(by_name).otherwise(pl.min_horizontal(by_name, pl.lit(0.5)))
    asked = pl.when(slight).then(pl.min_horizontal(asked, pl.lit(0.5))).otherwise(asked)
    numbered = pl.when(equal).then(pl.max_horizontal(asked, pl.lit(0.5))).otherwise(asked)
    capped = pl.when(against).then(pl.when(equal).then(0.5).otherwise(0.0)).otherwise(numbered)
    probability = pl.when(decided).then(pl.max_horizontal(by_name, pl.lit(SURE))).otherwise(capped)
    found = rows.with_columns(odds=told, by_name=by_name, against=against, decided=decided)
    if "titles" not in found.columns:
        found = found.with_columns(titles=pl.lit(None, pl.Boolean()))
    if "own" in rows.columns:
        found = found.with_columns(keys=kept_apart())
        one = (pl.col("keys") == ONE).fill_null(value=False)
        found = found.with_columns(probability=own_probability(probability), against=pl.col("against") | one)
    else:
        found = found.with_columns(keys=pl.lit(None, pl.String()), probability=probability)
    titled = by_title_alone() if "own" in rows.columns else pl.lit(value=False)
    found = found.with_columns(pl.col("probability").round(9), rank=_rank(), titled=titled)
    verdict = (
        pl.when(pl.col("probability") >= SAME)
        .then(pl.lit(Verdict.SAME.value))
        .when(pl.col("probability") >= ASKED)
        .then(pl.lit(Verdict.REVIEW.value))
        .otherwise(pl.lit(Verdict.APART.value))
    )
    kept = (pl.col("probability") >= ASKED) | (pl.col("against") & (pl.col("by_name") >= ASKED))
    # Pairs that are likely by name alone and nevertheless distinct are kept, so that nothing asks again.
    # Evidence is written for these alone, since most pairs have little.
    judged = found.filter(kept | _likely()).with_columns(verdict=verdict, evidence=_evidence())
    return judged.select(JUDGED.names()).sort("left", "right")


def _births_differ() -> tuple[pl.Expr, pl.Expr]:
    """Return two expressions: births differ slightly, so that the names ask a person; they are of two people.

    Days that a slip makes out of each other ask where all words of the names meet, years that are one or two
    apart only where these sound the same.
    """
    born = pl.col("births").fill_null("")
    how = pl.col("how").fill_null(MISSING)
    near = (born == "near") & ((how & MISSING) == 0)
    years = (born == "years") & (how == 0)
    differs = born.is_in(["disjoint", *SLIGHT])
    return near | years, differs & ~near & ~years


def _rank() -> pl.Expr:
    """Return the order of pairs: what a number decides before any name, then by odds."""
    odds = pl.col("odds").fill_null(0.0) + pl.when("titles").then(_TITLES).otherwise(0.0)
    return pl.when("decided").then(odds + _FIRST).otherwise(odds)


def _likely() -> pl.Expr:
    """Return an expression: True for like names and patronymics that only a birth or a number contradicts."""
    named = pl.col("for_") + pl.col("prior") + weight(FATHERS, "fathers")
    return (pl.col("against") & (named >= 0)).fill_null(value=False)


def weight(weights: dict[str, float], column: str) -> pl.Expr:
    """Return the weight of the words of a column; 0 for a word without weight, and for none."""
    return pl.col(column).replace_strict(weights, default=0.0, return_dtype=pl.Float64)


def _evidence() -> pl.Expr:
    none = pl.lit([], dtype=pl.List(pl.String))
    same = pl.col("how") == 0
    # A hundred per cent is said of names alone of which every word sounds the same.
    share = pl.when(same).then(1.0).otherwise(pl.min_horizontal("share", pl.lit(_ALMOST)).round(2))
    name = pl.format("name:{}|{}:{}", "text_left", "text_right", share)
    kind = pl.format("kind:{}|{}", "kind", "kind_right")
    told = [
        pl.col("numbers").fill_null(none),
        pl.col("conflicts").fill_null(none),
        _one(pl.when(pl.col("kind") != pl.col("kind_right")).then(kind)),
        _one(name),
        *_words(same),
        *(_one(pl.format(f"{word}:{{}}", word)) for word in ("births", "fathers", "forms", "keys")),
    ]
    return pl.concat_list(told).list.drop_nulls()


def _words(same: pl.Expr) -> tuple[pl.Expr, ...]:
    """Return how the words of both names met: equal, in another spelling, alike, an initial, in one alone."""
    left, right = (
        pl.col(side).str.to_lowercase().str.extract_all(r"\p{L}+|\d+").list.sort()
        for side in ("text_left", "text_right")
    )
    spelt = pl.when(left == right).then(pl.lit("words:equal")).otherwise(pl.lit("words:spelling"))
    flags = {"alike": ALIKE, "initial": INITIAL, "part": MISSING}
    # Of names that have next to nothing in common no word is worth a line.
    met = pl.col("share") >= STRANGE_NAME
    told = (
        pl.when(met & ((pl.col("how") & bit) > 0)).then(pl.lit(f"words:{name}"))
        for name, bit in flags.items()
    )
    return (_one(pl.when(same).then(spelt)), *map(_one, told))


def _one(text: pl.Expr) -> pl.Expr:
    return pl.concat_list(text)
