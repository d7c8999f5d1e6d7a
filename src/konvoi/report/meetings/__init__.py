"""Subject meetings: the pack of a session and its tables."""
