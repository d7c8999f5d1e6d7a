"""Addresses of deliveries."""

from konvoi.web.access.roles import Right
from konvoi.web.access.routes import FORMS, route
from konvoi.web.deliveries import slip_views, views
from konvoi.web.deliveries.lists import DISPATCH, LISTS, RECEIPT, TEMPLATE, adding
from konvoi.web.deliveries.proofs import attached
from konvoi.web.lists.views import list_routes
from konvoi.web.planning.drawn import case_for
from konvoi.web.submissions.row_views import add_view

urlpatterns = [
    route("", views.deliveries, Right.PUBLIC, "deliveries"),
    route("records", views.delivery_records, Right.PUBLIC, "delivery-records"),
    route("orders", views.all_orders, Right.READ, "orders"),
    route("orders/<path:order>", views.order_file, Right.READ, "order-file"),
    route("dispatches/add", add_view(DISPATCH, case_for), Right.SUBMIT, "movement-add", methods=FORMS),
    route("receipts/images/<uuid:image>", views.receipt_image, Right.READ, "receipt-image"),
    route("worker.js", views.worker, Right.OPEN, "delivery-worker"),
    route(
        "receipts/add",
        add_view(RECEIPT, case_for, template="deliveries/receipt-form.html", attach=attached),
        Right.SUBMIT,
        "receipt-add",
        methods=FORMS,
    ),
    route(
        "consignments/<reference:consignment>/papers/<str:form>",
        slip_views.consignment_paper,
        Right.READ,
        "consignment-paper",
    ),
    route(
        "consignments/<reference:consignment>/sheet",
        slip_views.consignment_sheet,
        Right.READ,
        "consignment-sheet",
    ),
    route("consignments/<reference:consignment>", views.consignment, Right.PUBLIC, "consignment"),
    route("slips/<reference:movement>/papers/<str:form>", slip_views.slip_paper, Right.READ, "slip-paper"),
    route("slips/<reference:movement>/sheet", slip_views.receipt_sheet, Right.READ, "receipt-sheet"),
    route("slips/<reference:movement>", slip_views.slip, Right.READ, "slip"),
    *(one for query in LISTS for one in list_routes(query, f"lists/{query.name}", TEMPLATE, adding)),
]
