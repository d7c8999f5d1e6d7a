"""Funding: programmes, tranches, conditions and their assessment, payments against need, projects."""
