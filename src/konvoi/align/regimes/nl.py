"""Netherlands: the national list of terrorism, by resolution 1373 (2001) of the Security Council (ODS)."""

from collections.abc import Sequence
from datetime import date

from konvoi.align.declared import Form
from konvoi.align.declared_listings import read
from konvoi.align.listing import Order
from konvoi.align.member_states import TERRORISM
from konvoi.align.regime import Found, Opened, Regime

_TITLE = "Netherlands"
_FORM = Form(
    list=TERRORISM,
    needed=("family", "given", "since"),
    fields={
        "family": ("Surname",),
        "given": ("First name(s)",),
        "alias": ("Alias",),
        "births": ("Date of Birth(DD-MM-JJJJ)", "Date of Birth"),
        "birth place": ("Place of Birth",),
        "since": ("Date of ministerial decision (DD/MM/JJJJ)", "Date of ministerial decision"),
        "act": ("Link official notification",),
    },
    # Of organisations the column of births says when they were founded.
    personal=("given",),
    order=(Order.ASSET_FREEZE,),
    act="Sanctieregeling terrorisme 2007-II",
    untried=True,
)


def _read(files: Sequence[Opened], day: date) -> Found:
    return read("nl", _TITLE, files, _FORM)


NL = Regime("nl", _TITLE, _read, within="eu", untried=True)
