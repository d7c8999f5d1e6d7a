"""API: every list as JSON for programs, with the rights of a token's owner."""
