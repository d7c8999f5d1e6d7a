"""Read agreements; follow positions and contracts."""
