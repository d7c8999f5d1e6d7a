"""Units of quantity and their codes in UN/ECE Recommendation 20, which UBL and EPCIS use."""

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
_UNITS = {code: unit for unit, codes in _CODES.items() for code in codes}


def unit_of(code: str) -> str:
    """The unit of a code; a code that is not known is its own unit, and none is none.

    >>> unit_of("KGM"), unit_of("H87"), unit_of("QQQ"), unit_of("")
    ('kg', 'piece', 'QQQ', '')
    """
    return _UNITS.get(code.strip().upper(), code.strip())


def code_of(unit: str) -> str:
    """The code of a unit; empty where it has none.

    >>> code_of("t"), code_of("piece"), code_of("MTS"), code_of("crate")
    ('TNE', 'C62', '', '')
    """
    return _CODES.get(unit, ("",))[0]
