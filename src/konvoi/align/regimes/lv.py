"""Latvia: the national list of the Financial Intelligence Unit (XML)."""

from collections.abc import Sequence
from datetime import date

from konvoi.align.declared import Form
from konvoi.align.declared_listings import read
from konvoi.align.listing import Kind, Order
from konvoi.align.regime import Found, Opened, Regime

_TITLE = "Latvia"
_FORM = Form(
    list="national",
    record="Entity",
    each=("Name", "Alias"),
    fields={
        "key": ("Id",),
        "kind": ("Type",),
        "programme": ("Program",),
        "act": ("Link",),
        "since": ("ListedOn",),
        "name": ("Name/WholeName",),
        "alias": ("Alias/AliasWholeName",),
        "births": ("Birth/BirthDate",),
        "birth place": ("Birth/BirthCountry",),
        "nationality": ("Citizen/CitizenCountry",),
        "passport": ("Document/DocumentNumber",),
    },
    kinds={"fp": Kind.PERSON, "jp": Kind.ENTITY},
    order=(Order.ASSET_FREEZE,),
    act="Law on International Sanctions and National Sanctions of the Republic of Latvia",
    untried=True,
)


def _read(files: Sequence[Opened], day: date) -> Found:
    return read("lv", _TITLE, files, _FORM)


LV = Regime("lv", _TITLE, _read, within="eu", untried=True)
