"""Subject sanctions: lists of states compared, proposals to list, and screening of parties."""
