"""A few invented packages, as parties hand them in."""

from pathlib import Path

from konvoi.flow.submissions.import_submission import take

AT = "2031-03-01T08:00:00+00:00"
PARTIES = """party,name,kind,role,group,member_from
XA,Arvenia,state,member,LEAGUE,2030-10-01
XB,Bolaria,state,member,LEAGUE,2030-10-01
XC,Cassia,state,member,LEAGUE,2030-10-01
XV,Velmora,state,recipient,,
"""
HEADINGS = "package,party,kind,title,day,stage,currency,amount,counterparty\n"
PACKAGES = {
    "XA": f"{HEADINGS}XA-1,XA,humanitarian,Arvenian relief,2031-01-10,pledged,EUR,1000000,XV\n",
    "XB": f"{HEADINGS}XB-1,XB,energy,Bolarian relief,2031-01-12,pledged,EUR,2500000,XV\n",
    "XA-own": f"{HEADINGS}XA-2,XA,humanitarian,Second Arvenian relief,2031-01-14,pledged,EUR,600000,XV\n",
}


def submit_parties(folder: Path, where: Path) -> None:
    """Hand in the list of parties, as the coordination cell does."""
    place = where / "X-CELL"
    place.mkdir(parents=True)
    (place / "konvoi.csv").write_text("party,X-CELL\nday,2031-01-05\nmarking,coalition\n", encoding="utf-8")
    (place / "parties.csv").write_text(PARTIES, encoding="utf-8")
    take([place], party="X-CELL", folder=folder, at=AT)


def submit(
    folder: Path, where: Path, which: str, *, marking: str = "coalition", day: str = "2031-02-01"
) -> None:
    """Hand in one of PACKAGES as CSV tables."""
    place = where / which
    party = which.partition("-")[0]
    place.mkdir(parents=True)
    (place / "konvoi.csv").write_text(f"party,{party}\nday,{day}\nmarking,{marking}\n", encoding="utf-8")
    (place / "packages.csv").write_text(PACKAGES[which], encoding="utf-8")
    take([place], party=party, folder=folder, at=AT)
