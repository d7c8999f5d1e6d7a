"""What the outside world refuses, told to a person."""


class Refused(Exception):
    """A file or folder cannot be used; the message says which, why and what to do."""
