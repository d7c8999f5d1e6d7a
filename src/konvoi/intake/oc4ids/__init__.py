"""Projects of the Open Contracting for Infrastructure Data Standard, with their money and facts."""
