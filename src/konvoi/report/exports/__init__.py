"""Formats written for other systems: OCDS, OC4IDS, Akoma Ntoso, FollowTheMoney, UBL, EPCIS."""
