"""Health of the instance, for those who watch over it: without anything that was submitted."""

from datetime import timedelta

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from konvoi.web.access.scope import of_engine
from konvoi.web.runs.models import Job

PATIENCE = timedelta(minutes=2)


def alive(request: HttpRequest) -> HttpResponse:
    """Answer that the server runs."""
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> HttpResponse:
    """Answer whether the database answers and a worker takes jobs."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        with of_engine():
            late = Job.objects.filter(state=Job.State.WAITING, created__lt=timezone.now() - PATIENCE).exists()
            running = Job.objects.filter(state=Job.State.RUNNING).exists()
        worker = "late" if late and not running else "ok"
    except Error:
        return JsonResponse({"status": "error", "database": "error"}, status=503)
    status = 200 if worker == "ok" else 503
    return JsonResponse(
        {"status": "ok" if status == 200 else "error", "database": "ok", "worker": worker}, status=status
    )
