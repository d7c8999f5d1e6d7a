"""Persons and what they sign in with. These tables can be erased: no chain holds a name."""

import uuid
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

SCOPES = ("read", "submit", "decide", "negotiate", "screen")
"""Purposes of tokens; konvoi.web.access.roles gives the rights of each."""


class Persons(BaseUserManager["User"]):
    """The accounts of all persons."""

    def create_user(self, email: str, name: str = "", password: str | None = None) -> "User":
        """Make an account; without a password nobody can sign in with one."""
        user = self.model(email=self.normalize_email(email).lower(), name=name)
        if password is None:
            user.set_unusable_password()
        else:
            user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the account of an e-mail address, in whatever case it is written."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person. id: random, so that it tells nothing; it stands in logs in the place of the name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=2, blank=True)
    keys = models.BooleanField(default=True)
    """True if single keys act as shortcuts (WCAG 2.1.4)."""
    digest = models.BooleanField(default=False)
    """True if a mail says each day that something waits, without its content."""
    seen = models.DateTimeField(null=True, blank=True)
    """Time of the last visit of the overview."""
    seen_before = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Persons] = Persons()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name or self.email


class SignInLink(models.Model):
    """A link that signs a person in once. digest: of its secret, which is stored nowhere."""

    digest = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    expires = models.DateTimeField()


class Invitation(models.Model):
    """An invitation by link, for one person. The roles that are asked for wait for a second person."""

    digest = models.CharField(max_length=64, primary_key=True)
    id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField()
    name = models.CharField(max_length=200, blank=True)
    invited_by = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="invitations")
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True)
    """The account that it opens; nobody can sign in to it before."""
    expires = models.DateTimeField()
    accepted = models.DateTimeField(null=True)
    """Time at which the account was opened; None while the invitation is open."""
    created = models.DateTimeField(auto_now_add=True)


class ApiToken(models.Model):
    """A token of a program. It may do what its owner may do for the party, as far as its scope goes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    party = models.CharField(max_length=60, blank=True)
    scope = models.CharField(
        max_length=10,
        choices=[(one, one) for one in SCOPES],
        default="read",
    )
    expires = models.DateTimeField()
    revoked = models.DateTimeField(null=True, blank=True)
    used = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(auto_now_add=True)


class KeptAnswer(models.Model):
    """The answer to a request of a program with an Idempotency-Key; the same request again gets it again.

    digest: of the request, its role included. body: empty while it is being answered.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    status = models.IntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        """A key names one request of a person."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "key"], name="accounts_kept_answer")
        ]
