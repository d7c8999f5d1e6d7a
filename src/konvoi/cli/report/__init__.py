"""Report progress, lead times, delays and changes."""
