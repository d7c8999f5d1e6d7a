"""The identity provider of an instance, from the environment."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from konvoi.gateways import files
from konvoi.gateways.refusal import Refused
from konvoi.kit.digest import digest

ISSUER = "KONVOI_OIDC_ISSUER"
"""Environment variable: the address of the issuer, such as https://login.example.org/realms/cell."""
CLIENT = "KONVOI_OIDC_CLIENT_ID"
"""Environment variable: the id under which the issuer knows this instance."""
SECRET = "KONVOI_OIDC_CLIENT_SECRET_FILE"
"""Environment variable: the file with the secret of the client."""
NAME = "KONVOI_OIDC_NAME"
"""Environment variable: the name of the provider on the pages of sign-in; default: the issuer's host."""


@dataclass(frozen=True)
class Oidc:
    """An identity provider. id: follows from the issuer, so that subjects of two issuers never meet."""

    issuer: str
    client: str
    secret: str
    name: str

    @property
    def id(self) -> str:
        """The id of the provider in addresses and in the table of identities."""
        return f"oidc-{digest(self.issuer.encode())[:12]}"

    @property
    def origin(self) -> str:
        """Scheme, host and port of the issuer."""
        parts = urlsplit(self.issuer)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def app(self) -> dict[str, Any]:
        """The provider as the library of sign-in is told of it."""
        return {
            "provider_id": self.id,
            "name": self.name,
            "client_id": self.client,
            "secret": self.secret,
            "settings": {"server_url": self.issuer, "oauth_pkce_enabled": True},
        }


def oidc(environment: Mapping[str, str]) -> Oidc | None:
    """Return the provider that the environment names; None for none.

    Refused where a part is missing, the secret cannot be read, or the issuer is reached without TLS.
    """
    issuer = environment.get(ISSUER, "").rstrip("/")
    if not issuer:
        return None
    parts = urlsplit(issuer)
    if parts.scheme != "https" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise Refused(f"{ISSUER}: the address of the issuer begins with https://")
    client, path = environment.get(CLIENT, ""), environment.get(SECRET, "")
    secret = (files.text(Path(path)) or "").strip() if path else ""
    if not client or not secret:
        raise Refused(f"{ISSUER} needs {CLIENT} and {SECRET}, a file that can be read")
    return Oidc(issuer, client, secret, environment.get(NAME, "") or str(parts.hostname))
