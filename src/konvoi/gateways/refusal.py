"""Errors of the outside world, with a message for a person."""


class Refused(Exception):
    """A file or folder cannot be used; the message names it, the reason and the remedy."""
