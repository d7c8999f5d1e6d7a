"""Addresses of submissions."""

urlpatterns: list[object] = []
