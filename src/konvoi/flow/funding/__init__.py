"""Subject funding: programmes, tranches and conditions, and reconstruction projects."""
