"""The files of the United States Treasury (OFAC): primary names, aliases, addresses, and remarks in prose."""
