"""Access: roles, rights, and the only way to read rows."""
