"""Addresses of meetings."""

from konvoi.web.access.roles import Right
from konvoi.web.access.routes import WRITES, route
from konvoi.web.lists.views import list_routes
from konvoi.web.meetings import views
from konvoi.web.meetings.lists import ACTIONS, DECISIONS, MEETINGS, TEMPLATE

urlpatterns = [
    route("", views.meetings, Right.PUBLIC, "meetings-index"),
    *list_routes(MEETINGS, "list", TEMPLATE),
    *list_routes(DECISIONS, "decisions", TEMPLATE),
    *list_routes(ACTIONS, "actions", TEMPLATE),
    route("follow-up", views.follow_up_page, Right.PUBLIC, "follow-up"),
    route("decisions/<reference:decision>", views.decision_page, Right.PUBLIC, "decision"),
    route("of/<reference:meeting>/room", views.room_page, Right.READ, "room"),
    route("of/<reference:meeting>/record", views.record_in_room, Right.DECIDE, "room-record", methods=WRITES),
    route("of/<reference:meeting>", views.meeting_page, Right.PUBLIC, "meeting"),
]
