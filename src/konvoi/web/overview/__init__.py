"""Overview: the first page, for the reader of the request."""
