"""Health of the instance, for those who watch over it: without anything that was submitted."""

from django.core.cache import cache
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

_WORKER = "konvoi-worker"
_PATIENCE = 120
"""Seconds after which a worker that is not heard of is missing."""


def worker_is_there() -> None:
    """Keep that a worker is at work."""
    cache.set(_WORKER, True, _PATIENCE)


def is_worker_there() -> bool:
    """Return True if a worker was heard of in the last two minutes."""
    return bool(cache.get(_WORKER))


def alive(request: HttpRequest) -> HttpResponse:
    """Answer that the server runs."""
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> HttpResponse:
    """Answer whether the database answers and a worker is there.

    Whether jobs wait is not told: everybody may ask, and a job may be of a party that keeps it to itself.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        worker = "ok" if is_worker_there() else "missing"
    except Error:
        return JsonResponse({"status": "error", "database": "error"}, status=503)
    status = 200 if worker == "ok" else 503
    return JsonResponse(
        {"status": "ok" if status == 200 else "error", "database": "ok", "worker": worker}, status=status
    )
