"""Migrations of the planning room."""
