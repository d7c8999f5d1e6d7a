"""An identity provider of another organisation, as a process: FOLDER, PORT, address of the callback.

It has one client and two persons, both with the password PASSWORD.
"""

import sys
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

CLIENT, SECRET, PASSWORD = "konvoi", "a secret that both know", "a long phrase of words"
PERSONS = ("first@partner.invalid", "second@partner.invalid")

urlpatterns: list[object] = []


def configure(folder: Path, port: int) -> None:
    """Set Django up with what an identity provider needs."""
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from django.conf import settings

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    apps = ("contenttypes", "auth", "sessions", "messages")
    middleware = ("sessions.middleware.SessionMiddleware", "messages.middleware.MessageMiddleware")
    settings.configure(
        SECRET_KEY="for tests alone",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "idp.sqlite3")}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=[
            *(f"django.contrib.{one}" for one in apps),
            *("allauth", "allauth.account", "allauth.idp.oidc"),
        ],
        MIDDLEWARE=[
            f"django.contrib.{middleware[0]}",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            f"django.contrib.{middleware[1]}",
            "allauth.account.middleware.AccountMiddleware",
        ],
        AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
            }
        ],
        ACCOUNT_EMAIL_VERIFICATION="none",
        ACCOUNT_LOGIN_METHODS={"username"},
        ACCOUNT_SIGNUP_FIELDS=["username*", "password1*"],
        IDP_OIDC_PRIVATE_KEY=pem,
        USE_TZ=True,
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
    )


def main() -> None:
    """Make the client and the persons, and serve."""
    folder, port, callback = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    configure(folder, port)
    import django

    django.setup()
    from django.core.management import call_command
    from django.urls import include, path

    urlpatterns.extend((path("accounts/", include("allauth.urls")), path("", include("allauth.idp.urls"))))
    call_command("migrate", verbosity=0)
    from allauth.idp.oidc.models import Client
    from django.contrib.auth.models import User

    client = Client(id=CLIENT, name="Konvoi", redirect_uris=callback, skip_consent=True)
    client.scopes = "openid\nprofile\nemail"
    client.set_secret(SECRET)
    client.save()
    for one in PERSONS:
        User.objects.create_user(one.partition("@")[0], one, PASSWORD)
    from django.core.wsgi import get_wsgi_application

    class Quiet(WSGIRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    with make_server("127.0.0.1", port, get_wsgi_application(), handler_class=Quiet) as server:
        print("ready", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    # It is the module that Django imports the addresses from.
    sys.modules["tests.web.sign_in.identity_provider"] = sys.modules["__main__"]
    main()
