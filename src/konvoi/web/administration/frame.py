"""The frame of the pages of administration: its sections."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from konvoi.web.access.requests import viewer_of
from konvoi.web.access.roles import Right


@dataclass(frozen=True)
class Section:
    """A section of administration. name: a message id."""

    name: str
    address: str


SECTIONS = (
    Section("Administration", "/administration/"),
    Section("Users", "/administration/users"),
    Section("Parties", "/administration/parties"),
    Section("Settings", "/administration/settings"),
    Section("Runs", "/administration/runs"),
    Section("Health", "/administration/health"),
)


def shown(request: HttpRequest, template: str, values: Mapping[str, object]) -> HttpResponse:
    """Return a page of administration."""
    administers = viewer_of(request).may(Right.ADMINISTER)
    return render(request, template, {"administers": administers, "sections": SECTIONS, **values})
