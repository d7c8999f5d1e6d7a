"""Units of quantity and their codes in UN/ECE Recommendation 20, which UBL and EPCIS use."""

from difflib import get_close_matches

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
# How people write them, folded (konvoi.kit.text.fold), in the three languages.
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
    "set": ("set", "sets", "satz", "комплект"),
    "pallet": ("pallet", "pallets", "palette", "paletten", "палета", "палет"),
    "box": ("box", "boxes", "karton", "коробка"),
    "pair": ("pair", "pairs", "paar", "пара"),
}
_MEANT = {word: unit for unit, words in _WRITTEN.items() for word in words}
_UNITS = {code: unit for unit, codes in _CODES.items() for code in codes}


def unit_of(code: str) -> str:
    """The unit of a code; a code that is not known is its own unit, and none is none.

    >>> unit_of("KGM"), unit_of("H87"), unit_of("QQQ"), unit_of("")
    ('kg', 'piece', 'QQQ', '')
    """
    return _UNITS.get(code.strip().upper(), code.strip())


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
    """Whether a unit is known, by its name, its code or as people write it.

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
