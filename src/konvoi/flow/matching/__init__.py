"""Subject matching: relations between records, as they are found or decided by a person."""
