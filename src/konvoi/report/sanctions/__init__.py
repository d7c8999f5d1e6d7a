"""Subject sanctions: lists compared, screening and proposals."""
