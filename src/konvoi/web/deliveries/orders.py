"""Files of orders that a viewer has, with their addresses."""

from dataclasses import dataclass

from django.urls import reverse

from konvoi.flow.kept_deliveries import ORDERS
from konvoi.web.access.view import Opened


@dataclass(frozen=True)
class OrderFile:
    """A file of orders. kind: of whom it is for; receiver: its id; both empty for the viewer's own orders.

    order: the end of its address.
    """

    order: str
    kind: str
    receiver: str
    address: str

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.order.rpartition("/")[2]


def order_files(opened: Opened) -> list[OrderFile]:
    """Return the files of the orders of a reader by their names."""
    found = []
    for name in sorted(opened.manifest.files):
        parts = name.split("/")
        if parts[0] == ORDERS:
            order = "/".join(parts[1:])
            kind, receiver = (parts[1], parts[2]) if len(parts) == 4 else ("", "")
            found.append(OrderFile(order, kind, receiver, reverse("order-file", kwargs={"order": order})))
    return found
