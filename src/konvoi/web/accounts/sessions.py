"""The end of all that a person is signed in with."""

from allauth.usersessions.models import UserSession
from django.utils import timezone

from konvoi.web.accounts.models import ApiToken, Invitation, SignInLink, User


def end_sessions(user: User) -> None:
    """End the sessions of a person in all browsers."""
    for one in UserSession.objects.filter(user=user):
        one.end()


def sign_out_everywhere(user: User) -> None:
    """End the sessions, links, invitations and tokens of a person."""
    end_sessions(user)
    SignInLink.objects.filter(user=user).delete()
    Invitation.objects.filter(user=user, accepted=None).delete()
    ApiToken.objects.filter(user=user, revoked=None).update(revoked=timezone.now())
