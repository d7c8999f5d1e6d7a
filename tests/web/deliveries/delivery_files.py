"""An invented dispatch, and its receipt with a shortage."""

from pathlib import Path

from tests.web.planning.plan_files import hand_in

SENT = {
    "packages": "package,party,kind,title,day,stage,counterparty\n"
    "XA-9,XA,humanitarian,Tents,2031-01-10,committed,XV\n",
    "lines": "line,package,good,quantity,unit\nXA-9/1,XA-9,tent,40,piece\n",
    "movements": "movement,line,day,stage,quantity,unit,from,to,waybill\n"
    "XA-M1,XA-9/1,2031-02-10,dispatched,40,piece,XA-DEPOT,XV-HUB,W-1\n",
}
RECEIVED = {
    "receipts": "receipt,reference,day,received,short,place,proof,document\n"
    "XV-R1,XA-M1,2031-02-14,37,3,XV-HUB,signed by consignee,D-1\n"
}


def submit_deliveries(folder: Path, scratch: Path) -> None:
    """Hand in the dispatch and the receipt."""
    hand_in(folder, scratch / "sent", "XA", "coalition", SENT)
    hand_in(folder, scratch / "received", "XV", "coalition", RECEIVED)
