"""Addresses of agreements."""

from konvoi.web.access.roles import Right
from konvoi.web.access.routes import FORMS, WRITES, route
from konvoi.web.agreements import call_views, returned_views, views
from konvoi.web.agreements.lists import AGREEMENTS, CALLS, OBLIGATIONS, POSITIONS, TEMPLATE, TRIGGERS
from konvoi.web.lists.views import list_routes

urlpatterns = [
    route("", views.agreements, Right.PUBLIC, "agreements-index"),
    *list_routes(AGREEMENTS, "documents", TEMPLATE),
    *list_routes(POSITIONS, "positions", TEMPLATE),
    *list_routes(OBLIGATIONS, "obligations", TEMPLATE),
    *list_routes(TRIGGERS, "triggers", TEMPLATE),
    *list_routes(CALLS, "calls", TEMPLATE),
    route("documents/<reference:agreement>", views.agreement_page, Right.PUBLIC, "agreement"),
    route("rounds/<reference:round>/text.docx", views.working_file, Right.PUBLIC, "working-text"),
    route(
        "rounds/<reference:round>/position", views.position_page, Right.NEGOTIATE, "position", methods=FORMS
    ),
    route(
        "rounds/<reference:round>/returned",
        returned_views.return_text,
        Right.NEGOTIATE,
        "text-return",
        methods=FORMS,
    ),
    route(
        "rounds/<reference:round>/returned/<uuid:job>",
        returned_views.returned_page,
        Right.NEGOTIATE,
        "returned-text",
        methods=FORMS,
    ),
    route("rounds/<reference:round>", views.round_page, Right.PUBLIC, "round"),
    route("triggers/<reference:trigger>/call", call_views.start, Right.DECIDE, "call-start", methods=WRITES),
    route("triggers/<reference:trigger>", views.trigger_page, Right.PUBLIC, "trigger"),
    route("calls/<uuid:call>", call_views.call_page, Right.READ, "call", methods=FORMS),
    route("acknowledge/<str:link>", call_views.acknowledge, Right.OPEN, "acknowledge", methods=FORMS),
]
