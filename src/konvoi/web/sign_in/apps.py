"""The app of sign-in."""

from django.apps import AppConfig


class SignIn(AppConfig):
    """Sign-in, recorded in the audit log."""

    name = "konvoi.web.sign_in"
    label = "sign_in"

    def ready(self) -> None:
        """Record sign-ins from now on."""
        from konvoi.web.sign_in.recorded import connect

        connect()
