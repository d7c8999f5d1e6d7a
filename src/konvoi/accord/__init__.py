"""Sessions, documents and positions: agreements, next steps and their owners, and open points."""
