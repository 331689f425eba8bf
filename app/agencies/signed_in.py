"""Pages for people with an account: who is not signed in is led to sign in first."""

from __future__ import annotations

from typing import cast

from flask.typing import ResponseReturnValue
from flask_security import auth_required

from app.access import user_id


def signed_in() -> ResponseReturnValue | None:
    """Return the way to sign in, None for who is signed in. Runs before the views of a blueprint."""
    answer: ResponseReturnValue | None = _nothing_to_do()
    return answer


def me() -> int:
    """Return the number of the account that is signed in; there is one where `signed_in` runs before."""
    return cast(int, user_id())


@auth_required("session")
def _nothing_to_do() -> None:
    pass
