"""Economic packages: disbursable amounts of tranches, amounts held back, and a calendar of payments."""
