"""Addresses of funding."""

from konvoi.web.access.roles import Right
from konvoi.web.access.routes import FORMS, WRITES, route
from konvoi.web.funding import views
from konvoi.web.funding.lists import (
    CONDITIONS,
    PAYMENTS,
    PAYMENTS_TEMPLATE,
    PROGRAMMES,
    PROJECTS,
    TEMPLATE,
    TRANCHES,
    TWICE,
)
from konvoi.web.lists.views import list_routes

urlpatterns = [
    route("", views.funding, Right.PUBLIC, "funding-index"),
    *list_routes(PROGRAMMES, "programmes", TEMPLATE),
    *list_routes(TRANCHES, "tranches", TEMPLATE),
    *list_routes(CONDITIONS, "conditions", TEMPLATE),
    *list_routes(PAYMENTS, "payments", PAYMENTS_TEMPLATE, views.need_by_month),
    *list_routes(PROJECTS, "projects", TEMPLATE),
    *list_routes(TWICE, "twice", TEMPLATE),
    route("programmes/<reference:programme>", views.programme_page, Right.PUBLIC, "programme"),
    route("conditions/<reference:condition>", views.condition_page, Right.PUBLIC, "condition", methods=FORMS),
    route(
        "assessments/<uuid:row>", views.decide_assessment, Right.SUBMIT, "assessment-decide", methods=WRITES
    ),
    route("projects/<reference:project>", views.project_page, Right.PUBLIC, "project"),
    route("open-data/<str:published>", views.open_data, Right.PUBLIC, "open-data"),
]
