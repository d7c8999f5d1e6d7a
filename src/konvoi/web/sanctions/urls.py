"""Addresses of sanctions."""

from konvoi.web.access.roles import Right
from konvoi.web.access.routes import FORMS, route
from konvoi.web.lists.views import list_routes
from konvoi.web.sanctions import views
from konvoi.web.sanctions.lists import ALERTS, ENDING, GAPS, PROPOSALS, SANCTION_LISTS, TEMPLATE

urlpatterns = [
    route("", views.sanctions, Right.PUBLIC, "sanctions-index"),
    *list_routes(SANCTION_LISTS, "lists", TEMPLATE),
    route("coverage", views.coverage_page, Right.PUBLIC, "coverage"),
    *list_routes(GAPS, "gaps", TEMPLATE),
    *list_routes(ENDING, "ending", TEMPLATE),
    *list_routes(PROPOSALS, "proposals", TEMPLATE),
    *list_routes(ALERTS, "alerts", TEMPLATE),
    route("gaps/<path:gap>", views.gap_page, Right.PUBLIC, "gap", methods=FORMS),
    route("proposals/<str:proposal>", views.proposal_page, Right.PUBLIC, "proposal", methods=FORMS),
    route("alerts/<str:alert>", views.alert_page, Right.READ, "alert", methods=FORMS),
]
