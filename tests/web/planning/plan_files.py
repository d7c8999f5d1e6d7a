"""A few invented needs, offers and lanes, as parties hand them in: a plan with one need that stays unmet."""

from pathlib import Path

from tests.web.packages import AT

from konvoi.flow.submissions.import_submission import take

NETWORK = {
    "goods": "good,name,unit,weight_kg,pallets,step\n"
    "tent,Tent,piece,50,0.2,1\npump,Water pump,piece,400,1,1\n",
    "sites": "site,name,kind,country,lat,lon,region\n"
    "XA-DEPOT,Arvendale,depot,XA,50.1,19.9,\nXV-HUB,Velmgate,hub,XV,49.8,24.0,West\n"
    "XV-EAST,Tarnvel,destination,XV,50.0,36.2,East\nXB-DEPOT,Bolwick,depot,XB,52.2,21.0,\n",
    "lanes": "lane,from,to,mode,days_p50,days_p10,days_p90\n"
    "L-A,XA-DEPOT,XV-HUB,road,3,2,5\nL-B,XB-DEPOT,XV-HUB,road,2,2,4\nL-E,XV-HUB,XV-EAST,road,2,1,3\n",
    "capacities": "on,from,to,tonnes\nL-A,,,2\n",
    "horizon": "start,weeks,late_credit\n2031-03-03,6,0.5\n",
}
NEEDS = {
    "needs": "need,good,quantity,site,due,weight,state,recipient\n"
    "N-1,tent,60,XV-EAST,2031-04-04,1,validated,XV\nN-2,pump,10,XV-HUB,2031-03-28,5,validated,XV\n"
    "N-3,tent,20,XV-HUB,2031-03-28,1,requested,XV\n"
}
OFFERS = {
    "XA": {
        "offers": "offer,party,good,quantity,site,ready,state\n"
        "XA-O1,XA,tent,100,XA-DEPOT,2031-03-04,accepted\nXA-O2,XA,pump,4,XA-DEPOT,2031-03-10,accepted\n"
        "XA-O3,XA,tent,5,XA-DEPOT,2031-03-10,made\n"
    },
    "XB": {"offers": "offer,party,good,quantity,site,ready,state\nXB-O1,XB,pump,3,XB-DEPOT,,accepted\n"},
}


def submit_plan(folder: Path, scratch: Path) -> None:
    """Hand in the network, the needs and the offers; that of XB it keeps to itself."""
    parts = (
        ("X-CELL", "coalition", NETWORK),
        ("XV", "coalition", NEEDS),
        ("XA", "coalition", OFFERS["XA"]),
        ("XB", "own", OFFERS["XB"]),
    )
    for party, marking, tables in parts:
        hand_in(folder, scratch / f"plan-{party}", party, marking, tables)


def hand_in(folder: Path, place: Path, party: str, marking: str, tables: dict[str, str]) -> None:
    """Hand in CSV tables of a party."""
    place.mkdir(parents=True)
    (place / "konvoi.csv").write_text(f"party,{party}\nday,2031-02-20\nmarking,{marking}\n", encoding="utf-8")
    for name, rows in tables.items():
        (place / f"{name}.csv").write_text(rows, encoding="utf-8")
    take([place], party=party, folder=folder, at=AT)
