"""Pages of single subjects: their part of the brief, live."""
