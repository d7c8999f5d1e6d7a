"""Addresses of sanctions."""

from konvoi.web.access.roles import Right
from konvoi.web.access.routes import FORMS, WRITES, route
from konvoi.web.lists.views import list_routes
from konvoi.web.sanctions import list_views, views
from konvoi.web.sanctions.lists import ALERTS, ENDING, GAPS, PROPOSALS, SANCTION_LISTS, TEMPLATE, importing

urlpatterns = [
    route("", views.sanctions, Right.PUBLIC, "sanctions-index"),
    *list_routes(SANCTION_LISTS, "lists", TEMPLATE, importing),
    route("coverage", views.coverage_page, Right.PUBLIC, "coverage"),
    route("import", list_views.import_form, Right.SCREEN, "list-add", methods=FORMS),
    route("import/<uuid:job>", list_views.imported_page, Right.SCREEN, "list-import", methods=FORMS),
    route("impact", views.impact_page, Right.READ, "impact"),
    *list_routes(GAPS, "gaps", TEMPLATE),
    *list_routes(ENDING, "ending", TEMPLATE),
    *list_routes(PROPOSALS, "proposals", TEMPLATE),
    *list_routes(ALERTS, "alerts", TEMPLATE),
    route("gaps/<reference:gap>", views.gap_page, Right.PUBLIC, "gap", methods=FORMS),
    route(
        "proposals/<reference:proposal>/dossier",
        views.ask_for_dossier,
        Right.SCREEN,
        "dossier",
        methods=WRITES,
    ),
    route(
        "proposals/<reference:proposal>/dossier/<str:file>", views.dossier_file, Right.READ, "dossier-file"
    ),
    route("proposals/<reference:proposal>", views.proposal_page, Right.PUBLIC, "proposal", methods=FORMS),
    route("alerts/<reference:alert>", views.alert_page, Right.READ, "alert", methods=FORMS),
]
