"""Lists: one query for the page, the files and the API, with the same rows and the same rights."""
