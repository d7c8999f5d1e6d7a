"""Deliveries in the API: the files of orders of a viewer, with their addresses."""

from django.http import HttpRequest, HttpResponse

from konvoi.web.access.requests import viewer_of
from konvoi.web.access.roles import Right
from konvoi.web.api.calls import Call
from konvoi.web.api.operations.answers import Subject, results_of, stated, unfit_query
from konvoi.web.api.schema_parts import TEXT, list_of, object_of, texts_of
from konvoi.web.deliveries.orders import order_files


def orders(request: HttpRequest) -> HttpResponse:
    """Return the files of the orders that a viewer has: each partner, hub, carrier and consignee its own."""
    viewer = viewer_of(request)
    if "day" in request.GET and viewer.day is None:
        raise unfit_query("day")
    opened = results_of(viewer)
    rows = [
        {"order": one.order, "kind": one.kind, "receiver": one.receiver, "address": one.address}
        for one in order_files(opened)
    ]
    return stated({"day": str(opened.day or ""), "orders": rows})


SUBJECT = Subject(
    calls=(
        Call(
            "orders",
            Right.READ,
            orders,
            "Files of orders",
            query=("day",),
            answer="OrderFiles",
            needs_results=True,
        ),
    ),
    schemas={
        "OrderFiles": object_of(
            {"day": TEXT, "orders": list_of(object_of(texts_of("order", "kind", "receiver", "address")))}
        )
    },
)
"""Operations of deliveries."""
