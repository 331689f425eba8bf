"""The histories that a browser may open without an account, remembered in its session cookie.

The cookie holds the generation of each. When the history has a later one, it was closed in this browser from
elsewhere. The cookie can be read by whoever uses the browser, so return codes in it are encrypted.
"""

from __future__ import annotations

import base64
import datetime
from collections import Counter

from flask import flash, session
from flask_babel import ngettext

from app.database.assessments import Assessment, History, assessments_of, find_histories
from app.encryption import DecryptionError, encryptor
from app.tokens import code_hash

_SHOWN_CODE = "shown_code"  # the return code that this browser made last, with its history
_TYPED_CODE = "typed_code"  # the return code of a link that was just opened
_HISTORIES = "histories"
_DAY = "day"
_OWN = "own_device"  # whether the person said so; the cookie of any other device ends with the browser
_PLACE = b"session cookie"
_CODE_LIMIT = 100  # characters; a code has fewer
_LIMIT = 20  # a cookie holds about 4,000 bytes


def remembered() -> dict[str, int]:
    """Return the public ids of the histories that this browser began or came back to, the newest last.

    Each has the generation in which it was opened. Cookies of older versions of the site hold none: it was 0.
    """
    found = session.get(_HISTORIES, ())
    return dict((one, 0) if isinstance(one, str) else one for one in found)


def is_open_here(history: History) -> bool:
    """Return whether this browser may open a history without an account."""
    return history.agency_id is None and remembered().get(history.public_id) == history.generation


def remembered_assessments() -> list[Assessment]:
    """Return the assessments that this browser may open without an account, the newest first."""
    ids = remembered()
    found = assessments_of(ids) if ids else []
    return [assessment for assessment in found if is_open_here(assessment.history)]


def remember(history: History) -> None:
    """Let this browser open the history, unless it belongs to an agency."""
    if history.agency_id is not None:
        return
    others = [(id_, number) for id_, number in remembered().items() if id_ != history.public_id]
    session[_HISTORIES] = [*others, (history.public_id, history.generation)][-_LIMIT:]
    session.permanent = is_own_device()


def asks_for_device() -> bool:
    """Return whether the person has not said yet whose device this is."""
    return _OWN not in session and not session.permanent


def is_own_device() -> bool:
    """Return whether the person said that this is their own device, or an older version took it for one."""
    return bool(session.get(_OWN, session.permanent))


def set_own_device(*, own: bool) -> None:
    """Remember, as long as the cookie lasts, whose device this is."""
    session[_OWN] = own


def renew(history: History, today: datetime.date) -> None:
    """Extend the time for which this browser may open the history, at most once a day."""
    if session.get(_DAY) != today.isoformat():
        session[_DAY] = today.isoformat()
        remember(history)


def forget(history: History) -> None:
    """Stop this browser from opening the history."""
    _forget(history.public_id)


def tell_what_was_closed() -> None:
    """Tell, once, which histories were taken from this browser from elsewhere, and forget them."""
    mine = remembered()
    found = find_histories(mine) if mine else {}
    lost = {id_: found.get(id_) for id_ in mine if id_ not in found or not is_open_here(found[id_])}
    for message in _what_happened(Counter(map(_reason, lost.values()))):
        flash(message)
    for id_ in lost:
        _forget(id_)


def show_code(history: History, code: str) -> None:
    """Keep a new return code for the page that shows it, until the history is closed on this device."""
    session[_SHOWN_CODE] = (history.public_id, _encrypted(code))


def working_code(history: History) -> str:
    """Return the history's return code if this browser created it and it still works, else ""."""
    code = shown_code()
    return code if code_hash(code) == history.return_code_hash else ""


def shown_code() -> str:
    """Return the return code that this browser made last, "" if there is none."""
    return _open(session.get(_SHOWN_CODE, ("", ""))[1])


def keep_typed_code(code: str) -> None:
    """Keep the code of a return link for the next page, so that its address does not hold it."""
    session[_TYPED_CODE] = _encrypted(code[:_CODE_LIMIT])


def take_typed_code() -> str:
    """Return the code of the return link that was just opened, once; "" if there is none."""
    return _open(session.pop(_TYPED_CODE, ""))


def end_sign_in() -> None:
    """Clear the session, except for what the browser may open without an account."""
    for key in set(session) - {_HISTORIES, _DAY, _OWN, _SHOWN_CODE, "_permanent", "csrf_token"}:
        session.pop(key)


def _forget(public_id: str) -> None:
    session[_HISTORIES] = [(id_, number) for id_, number in remembered().items() if id_ != public_id]
    if session.get(_SHOWN_CODE, ("", ""))[0] == public_id:
        session.pop(_SHOWN_CODE)
    if not session[_HISTORIES]:
        session.permanent = False


def _reason(history: History | None) -> str:
    if history is None:
        return "deleted"
    return "closed" if history.agency_id is None else "moved"


def _what_happened(lost: Counter[str]) -> list[str]:
    """Return a message for each reason why histories are no longer open in this browser."""
    messages = {
        "deleted": ngettext(
            "A self-check that was open on this device was deleted.",
            "%(num)d self-checks that were open on this device were deleted.",
            lost["deleted"],
        ),
        "closed": ngettext(
            "A self-check was closed on this device: someone who can open it closed it on other devices, or "
            "created a new return code. That code opens it.",
            "%(num)d self-checks were closed on this device: someone who can open them closed them on other "
            "devices, or created new return codes. Those codes open them.",
            lost["closed"],
        ),
        "moved": ngettext(
            "A self-check that was open on this device now belongs to an agency: someone who could open it "
            "added it there. Only members of that agency can open it.",
            "%(num)d self-checks that were open on this device now belong to an agency: someone who could "
            "open them added them there. Only members of that agency can open them.",
            lost["moved"],
        ),
    }
    return [message for reason, message in messages.items() if lost[reason]]


def _encrypted(code: str) -> str:
    return base64.urlsafe_b64encode(encryptor().encrypt(code.encode(), _PLACE)).decode()


def _open(encrypted: str) -> str:
    """Return the code, "" if it was encrypted with a key that is gone, or by an older version not at all."""
    try:
        return encryptor().decrypt(base64.urlsafe_b64decode(encrypted), _PLACE).decode()
    except (DecryptionError, ValueError):
        return ""
