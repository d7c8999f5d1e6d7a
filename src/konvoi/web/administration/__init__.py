"""Administration: parties, users, roles, settings, audit log, runs and health."""
