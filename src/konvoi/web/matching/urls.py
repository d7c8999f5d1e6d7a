"""Addresses of matching."""

from konvoi.web.access.roles import Right
from konvoi.web.access.routes import WRITES, route
from konvoi.web.lists.views import list_routes
from konvoi.web.matching import batch_views, pair_list, views

urlpatterns = [
    route("", views.queue, Right.READ, "matching"),
    *list_routes(pair_list.PAIRS, "pairs", "matching/queue.html", pair_list.shown),
    route("next", views.next_pair, Right.DECIDE, "next-pair"),
    route("batch", batch_views.batch, Right.DECIDE, "matching-batch"),
    route("batch/decide", batch_views.decide_batch, Right.DECIDE, "matching-batch-decide", methods=WRITES),
    route("pairs/<reference:pair>/decide", views.decide, Right.DECIDE, "pair-decide", methods=WRITES),
    route("pairs/<reference:pair>/undo", views.undo, Right.DECIDE, "pair-undo", methods=WRITES),
    route("pairs/<reference:pair>/second", views.second, Right.DECIDE, "pair-second", methods=WRITES),
    route("pairs/<reference:pair>", views.pair, Right.READ, "pair"),
]
