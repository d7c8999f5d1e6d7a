"""Subject agreements: tables of negotiations."""
