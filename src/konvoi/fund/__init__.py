"""Economic packages: what of a tranche may be paid, what is held until when, and when which money comes."""
