"""Czechia: the national list under Act No. 1/2023 Coll. of the Ministry of Foreign Affairs (CSV)."""

import re
from collections.abc import Sequence
from datetime import date

from konvoi.align.declared import Form
from konvoi.align.declared_listings import read
from konvoi.align.listing import Order
from konvoi.align.regime import Found, Opened, Regime

_TITLE = "Czechia"
_FORM = Form(
    list="national",
    needed=("family", "given", "status"),
    fields={
        "family": ("Příjmení fyzické osoby/název právnické osoby/označení nebo název entity",),
        "given": ("Jméno fyzické osoby",),
        "status": ("Stav zápisu",),
        "births": ("Datum narození fyzické osoby",),
        "nationality": ("Státní příslušnost fyzické osoby/sídlo právnické osoby",),
        "information": ("Další identifikační údaje",),
        "since": ("Datum zápisu či jeho změny", "Datum zápisu"),
        "programme": (
            "Ustanovení předpisu Evropské unie, jehož skutkovou podstatu subjekt jednáním naplnil",
        ),
        "act": ("Právní předpis zápisu", "Číslo usnesení vlády"),
        "measures": ("Uplatňovaná omezující opatření", "Omezující opatření"),
    },
    personal=("given", "births"),
    orders=(
        (r"zmraz|prostředk|hospodářsk|majet", Order.ASSET_FREEZE),
        (r"vstup|průjezd|cestov", Order.ENTRY_BAN),
    ),
    act="Act No. 1/2023 Coll.",
    # An entry that was changed stands once more, as it is in force.
    delisted=re.compile("zrušen|změněn", re.IGNORECASE),
    split=r"\s*/\s*",
    untried=True,
)


def _read(files: Sequence[Opened], day: date) -> Found:
    return read("cz", _TITLE, files, _FORM)


CZ = Regime("cz", _TITLE, _read, within="eu", untried=True)
