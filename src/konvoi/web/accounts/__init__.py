"""Accounts: persons, sign-in links, invitations and tokens."""
