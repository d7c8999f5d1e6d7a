"""Subject funding: economic packages and reconstruction projects."""
