"""Links between the pages of the ledger: they keep the day of the view."""

from urllib.parse import urlencode

from django.urls import reverse

from konvoi.web.access.requests import DAY
from konvoi.web.access.viewer import Viewer


def address(name: str, viewer: Viewer, path: dict[str, str] | None = None, **parameters: str) -> str:
    """Return the address of a page of the ledger.

    path: values of the parts of its address. parameters: empty ones are left out.
    """
    given = {key: value for key, value in parameters.items() if value}
    if viewer.day is not None:
        given[DAY] = viewer.day.isoformat()
    return reverse(name, kwargs=path) + (f"?{urlencode(given)}" if given else "")


def source_address(viewer: Viewer, record: str) -> str:
    """Return the address of the source cell of a record."""
    return address("source", viewer, {"record": record})


def package_address(viewer: Viewer, package: str) -> str:
    """Return the address of a package."""
    return address("package", viewer, {"package": package})
