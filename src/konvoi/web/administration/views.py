"""Views of administration: its sections, parties, runs and health."""

from django.http import HttpRequest, HttpResponse

from konvoi.web.access.requests import viewer_of
from konvoi.web.access.view import view_of
from konvoi.web.administration import health as state
from konvoi.web.administration.frame import shown
from konvoi.web.administration.parties import parties as all_parties
from konvoi.web.administration.people import persons, waiting
from konvoi.web.runs.models import Job

RUNS = 50


def index(request: HttpRequest) -> HttpResponse:
    """Show what waits for an administrator and how the instance is."""
    viewer = viewer_of(request)
    values = {
        "waiting": len(waiting(viewer)),
        "persons": len(persons(viewer)),
        "wrong": [one for one in state.checks(machine=False) if one.state != "ok"],
    }
    return shown(request, "administration/index.html", values)


def parties(request: HttpRequest) -> HttpResponse:
    """List the parties, with the names that the viewer may see."""
    opened = view_of(request)
    rows = opened.rows("parties", limit=1000).rows if opened else ()
    names = {str(row.get("party", "")): row.get("name_en") or row.get("name") or "" for row in rows}
    values = {"parties": [(one, names.get(one.id, "")) for one in all_parties()]}
    return shown(request, "administration/parties.html", values)


def runs(request: HttpRequest) -> HttpResponse:
    """List the newest jobs with their progress."""
    return shown(request, "administration/runs.html", {"jobs": Job.objects.order_by("-created")[:RUNS]})


def health(request: HttpRequest) -> HttpResponse:
    """Show the health of the instance."""
    return shown(request, "administration/health.html", {"checks": state.checks(machine=True)})
