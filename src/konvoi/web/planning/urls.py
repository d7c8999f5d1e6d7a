"""Addresses of the planning room."""

from konvoi.web.access.roles import Right
from konvoi.web.access.routes import FORMS, WRITES, route
from konvoi.web.lists.views import list_routes
from konvoi.web.planning import adoption_views, record_views, scenario_views, views
from konvoi.web.planning.actions import NEED, OFFER
from konvoi.web.planning.drawn import PAGES, case_for
from konvoi.web.planning.lists import LISTS, TEMPLATE, may_add
from konvoi.web.submissions.row_views import add_view

urlpatterns = [
    route("", views.planning, Right.PUBLIC, "planning"),
    *(route(one.name.removeprefix("plan-"), views.drawn_view(one), Right.PUBLIC, one.name) for one in PAGES),
    route("records", views.plan_records, Right.PUBLIC, "plan-records"),
    route("scenarios", scenario_views.scenarios, Right.DECIDE, "scenarios", methods=FORMS),
    route("scenarios/<uuid:scenario>", scenario_views.scenario, Right.DECIDE, "scenario"),
    route("scenarios/current", adoption_views.current, Right.DECIDE, "scenario-current", methods=WRITES),
    *(
        route(f"scenarios/<uuid:scenario>/{name}", one, Right.DECIDE, f"scenario-{name}", methods=WRITES)
        for name, one in adoption_views.STEPS.items()
    ),
    route("shared/<uuid:scenario>", adoption_views.shared, Right.READ, "scenario-shared"),
    route("needs/add", add_view(NEED, case_for), Right.SUBMIT, "need-add", methods=FORMS),
    route(
        "needs/<reference:need>/decide",
        record_views.decide_view("needs"),
        Right.SUBMIT,
        "need-decide",
        methods=WRITES,
    ),
    route("needs/<reference:need>", record_views.record_view("needs"), Right.PUBLIC, "need"),
    route("offers/add", add_view(OFFER, case_for), Right.SUBMIT, "offer-add", methods=FORMS),
    route(
        "offers/<reference:offer>/decide",
        record_views.decide_view("offers"),
        Right.SUBMIT,
        "offer-decide",
        methods=WRITES,
    ),
    route("offers/<reference:offer>", record_views.record_view("offers"), Right.PUBLIC, "offer"),
    *(one for query in LISTS for one in list_routes(query, f"lists/{query.name}", TEMPLATE, may_add)),
]
