"""Units of quantity and their codes in UN/ECE Recommendation 20, which UBL and EPCIS use."""

from decimal import Decimal
from difflib import get_close_matches

import polars as pl

from konvoi.kit.text import fold

# The first code of a unit is the one that is written.
_CODES = {
    "piece": ("C62", "H87", "EA", "PCE", "NAR", "ZZ"),
    "kg": ("KGM",),
    "g": ("GRM",),
    "t": ("TNE",),
    "l": ("LTR",),
    "m³": ("MTQ",),
    "m": ("MTR",),
    "km": ("KMT",),
    "m²": ("MTK",),
    "set": ("SET",),
    "pair": ("PR",),
    "kit": ("KT",),
    "box": ("BX", "XBX"),
    "pack": ("PK", "XPK"),
    "pallet": ("PF", "XPX"),
    "kWh": ("KWH",),
    "MWh": ("MWH",),
    "kW": ("KWT",),
    "MW": ("MAW",),
    "day": ("DAY",),
    "hour": ("HUR",),
}
UNITS = tuple(_CODES)
"""The units that are known by a code, those of goods first."""

# Spellings of units, folded (konvoi.kit.text.fold), in the three languages.
_WRITTEN = {
    "piece": (
        "piece",
        "pieces",
        "pc",
        "pcs",
        "unit",
        "units",
        "stuck",
        "stk",
        "stuckzahl",
        "шт",
        "штука",
        "штук",
    ),
    "t": ("t", "to", "tonne", "tonnes", "tonnen", "ton", "tons", "т", "тонна", "тонн"),
    "kg": ("kg", "kilogram", "kilogramm", "кг", "кілограм"),
    "l": ("l", "litre", "litres", "liter", "л", "літр"),
    "m³": ("m3", "cbm", "м3"),
    "set": ("set", "sets", "satz", "комплект"),
    "pallet": ("pallet", "pallets", "palette", "paletten", "палета", "палет"),
    "box": ("box", "boxes", "karton", "коробка"),
    "pair": ("pair", "pairs", "paar", "пара"),
    "pack": ("pack", "packs", "packung", "упаковка"),
    "day": ("day", "days", "tag", "день"),
    "hour": ("hour", "hours", "stunde", "година"),
}
# Number of the smallest units of its dimension in each, exactly.
_DIMENSIONS = (
    {"g": 1, "kg": 1_000, "t": 1_000_000},
    {"m": 1, "km": 1_000},
    {"l": 1, "m³": 1_000},
)
_MEANT = {word: unit for unit, words in _WRITTEN.items() for word in words}
_UNITS = {code: unit for unit, codes in _CODES.items() for code in codes}


def unit_of(code: str) -> str:
    """The unit of a code; a code that is not known is its own unit, and none is none.

    >>> unit_of("KGM"), unit_of("H87"), unit_of("QQQ"), unit_of("")
    ('kg', 'piece', 'QQQ', '')
    """
    return _UNITS.get(code.strip().upper(), code.strip())


def is_code(code: str) -> bool:
    """Return True for a code of Recommendation 20 whose unit is known.

    >>> is_code("H87"), is_code("h87"), is_code("piece")
    (True, True, False)
    """
    return code.strip().upper() in _UNITS


def written_unit(text: str) -> str:
    """The unit that people mean by what they write; what is not known stands as it is.

    >>> written_unit("Stück"), written_unit("Stk."), written_unit("тонн"), written_unit("crate")
    ('piece', 'piece', 't', 'crate')
    """
    return _MEANT.get(fold(text), text)


def nearest_unit(text: str) -> str:
    """The unit that is written most alike; empty where none is near.

    >>> nearest_unit("peices"), nearest_unit("crate")
    ('piece', '')
    """
    near = get_close_matches(fold(text), sorted(_MEANT), n=1, cutoff=0.75)
    return _MEANT[near[0]] if near else ""


def is_unit(text: str) -> bool:
    """Return True if a unit is known, by its name, its code or as people write it.

    >>> is_unit("m³"), is_unit("Stk."), is_unit("KGM"), is_unit("crate")
    (True, True, True, False)
    """
    return text in _CODES or fold(text) in _MEANT or text.strip().upper() in _UNITS


def code_of(unit: str) -> str:
    """The code of a unit; empty where it has none.

    >>> code_of("t"), code_of("piece"), code_of("MTS"), code_of("crate")
    ('TNE', 'C62', '', '')
    """
    return _CODES.get(unit, ("",))[0]


def factor(unit: str, into: str) -> Decimal | None:
    """Return the number of one unit in another; None unless both measure one dimension.

    >>> factor("t", "kg"), factor("kg", "t"), factor("piece", "kg"), factor("crate", "crate")
    (Decimal('1000'), Decimal('0.001'), None, Decimal('1'))
    """
    if unit == into:
        return Decimal(1)
    for sizes in _DIMENSIONS:
        if unit in sizes and into in sizes:
            return Decimal(sizes[unit]) / Decimal(sizes[into])
    return None


def in_one_unit(entries: pl.DataFrame) -> pl.DataFrame:
    """Return entries with their quantities in one unit of each dimension.

    The unit is the one that most entries have, of equally many the larger. Units of different dimensions, and
    units that are not known, stay as they are.
    """
    used = entries.filter(pl.col("quantity").is_not_null())["unit"].drop_nulls().value_counts()
    counts = dict(used.iter_rows())
    rows = []
    for unit in sorted(counts):
        near = {other: part for other in counts if (part := factor(unit, other)) is not None}
        into = min(near, key=lambda other: (-counts[other], near[other], other))
        if into != unit:
            rows.append({"unit": unit, "_into": into, "_times": near[into]})
    if not rows:
        return entries
    schema = {"unit": pl.String(), "_into": pl.String(), "_times": pl.Decimal(38, 6)}
    beside = entries.join(
        pl.DataFrame(rows, schema=schema), on="unit", how="left", maintain_order="left"
    ).with_columns(pl.col("_times").fill_null(Decimal(1)))
    return beside.with_columns(
        quantity=(pl.col("quantity") * pl.col("_times")).cast(entries.schema["quantity"]),
        unit=pl.coalesce("_into", "unit"),
    ).drop("_into", "_times")
