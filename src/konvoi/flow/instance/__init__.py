"""The instance in which a workspace is kept: its backups, their drills, and its health."""
