"""Addresses of administration."""

urlpatterns: list[object] = []
