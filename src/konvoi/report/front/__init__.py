"""The first page of a brief: tiles, decisions that are due, and what the figures leave out."""
