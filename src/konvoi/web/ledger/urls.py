"""Addresses of the ledger."""

from konvoi.web.access.roles import Right
from konvoi.web.access.routes import route
from konvoi.web.ledger import pipeline_picture, source_views, total_views, views
from konvoi.web.ledger.lists import LEDGER, TEMPLATE
from konvoi.web.ledger.pipeline import ITEMS, PIPELINE
from konvoi.web.lists.views import list_routes

urlpatterns = [
    route("", views.ledger, Right.PUBLIC, "ledger"),
    *(one for query in LEDGER for one in list_routes(query, f"{query.name}", TEMPLATE)),
    *list_routes(PIPELINE, "pipeline", "ledger/pipeline.html", pipeline_picture.shown),
    *list_routes(ITEMS, "pipeline-items", TEMPLATE),
    route("packages/<reference:package>", views.package_page, Right.PUBLIC, "package"),
    route("source/<record:record>", source_views.source, Right.PUBLIC, "source"),
    route("total", total_views.total, Right.PUBLIC, "total"),
    route("total.<str:form>", total_views.total_file, Right.PUBLIC, "total-file"),
]
