"""Every address of the site, and who may use it. A new one has to be added here."""

import pytest
from flask import Flask

from tests.app.client import Client, Sitting

ANYONE = {
    ("GET", "/"),
    ("GET", "/guide"),
    ("GET", "/guide/<part>"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/metrics"),
    ("GET", "/static/<path:filename>"),
    ("GET", "/assessments/"),
    ("POST", "/assessments/"),
    ("GET", "/assessments/return"),
    ("GET", "/assessments/return/<code>"),
    ("POST", "/assessments/return"),
    ("GET", "/assessments/load"),
    ("POST", "/assessments/load"),
    ("GET", "/worksheet.pdf"),
    ("GET", "/privacy"),
    ("GET", "/account/check-mail"),
    ("GET", "/account/login"),
    ("POST", "/account/login"),
    ("POST", "/account/logout"),
    ("GET", "/account/register"),
    ("POST", "/account/register"),
    ("GET", "/account/confirm"),
    ("POST", "/account/confirm"),
    ("GET", "/account/confirm/<token>"),
    ("POST", "/account/confirm/<token>"),
    ("GET", "/account/change-email/<token>"),
    ("POST", "/account/change-email/<token>"),
    ("GET", "/account/forgot-password"),
    ("POST", "/account/forgot-password"),
    ("GET", "/account/forgot-password/<token>"),
    ("POST", "/account/forgot-password/<token>"),
    ("GET", "/account/passkey"),
    ("POST", "/account/passkey"),
    ("POST", "/account/passkey/<token>"),
    # The second step of signing in: they lead back to the first for who has not taken it.
    ("GET", "/account/code"),
    ("POST", "/account/code"),
    ("GET", "/account/recovery-code"),
    ("POST", "/account/recovery-code"),
}
# Only who is signed in.
ITS_PERSON = {
    ("GET", "/account/"),
    ("POST", "/account/"),
    ("POST", "/account/sign-out-everywhere"),
    ("GET", "/account/change-password"),
    ("POST", "/account/change-password"),
    ("GET", "/account/verify"),
    ("POST", "/account/verify"),
    ("GET", "/account/verify-passkey"),
    ("POST", "/account/verify-passkey"),
    ("POST", "/account/verify-passkey/<token>"),
    ("POST", "/account/passkeys/<token>"),
}
# Only who is signed in, and has shown so within 15 minutes.
ITS_PERSON_JUST_NOW = {
    ("GET", "/account/change-email"),
    ("POST", "/account/change-email"),
    ("GET", "/account/codes"),
    ("POST", "/account/codes"),
    ("GET", "/account/recovery-codes"),
    ("POST", "/account/recovery-codes"),
    ("GET", "/account/passkeys"),
    ("POST", "/account/passkeys"),
    ("POST", "/account/remove-passkey"),
    ("GET", "/account/archive"),
    ("POST", "/account/archive"),
    ("GET", "/account/delete"),
    ("POST", "/account/delete"),
}
# Only a browser that began the assessment, or came back with its code.
ITS_BROWSER = {
    ("GET", "/assessments/<public_id>/"),
    ("GET", "/assessments/<public_id>/<part>/<page>"),
    ("POST", "/assessments/<public_id>/<part>/<page>"),
    ("GET", "/assessments/<public_id>/check"),
    ("GET", "/assessments/<public_id>/finish"),
    ("POST", "/assessments/<public_id>/finish"),
    ("GET", "/assessments/<public_id>/pause"),
    ("POST", "/assessments/<public_id>/pause"),
    ("POST", "/assessments/<public_id>/code"),
    ("POST", "/assessments/<public_id>/close"),
    ("GET", "/assessments/<public_id>/plan"),
    ("POST", "/assessments/<public_id>/plan/actions"),
    ("POST", "/assessments/<public_id>/plan/actions/<action>"),
    ("POST", "/assessments/<public_id>/plan/actions/<action>/move"),
    ("POST", "/assessments/<public_id>/plan/actions/<action>/remove"),
    ("GET", "/assessments/<public_id>/plan.pdf"),
    ("GET", "/assessments/<public_id>/plan.json"),
    ("GET", "/assessments/<public_id>/plan.xlsx"),
    ("GET", "/assessments/<public_id>/plan.ics"),
    ("GET", "/assessments/<public_id>/answers.yaml"),
    ("GET", "/assessments/<public_id>/retake"),
    ("POST", "/assessments/<public_id>/retake"),
    ("GET", "/assessments/<public_id>/delete"),
    ("POST", "/assessments/<public_id>/delete"),
    ("GET", "/assessments/<public_id>/update"),
    ("POST", "/assessments/<public_id>/update"),
    ("GET", "/progress/<public_id>/"),
    ("GET", "/progress/<public_id>/compare"),
    ("GET", "/progress/<public_id>/<earlier>/<later>/"),
    ("GET", "/progress/<public_id>/<earlier>/<later>/comparison.pdf"),
    ("GET", "/progress/<public_id>/<earlier>/<later>/comparison.json"),
    ("POST", "/progress/<public_id>/<earlier>/<later>/look-back"),
    ("GET", "/progress/<public_id>/delete"),
    ("POST", "/progress/<public_id>/delete"),
    ("GET", "/progress/<public_id>/archive"),
    ("POST", "/progress/<public_id>/archive"),
}


def test_every_address_is_in_the_table(app: Flask) -> None:
    rules = app.url_map.iter_rules()
    found = {(method, rule.rule) for rule in rules for method in rule.methods - {"HEAD", "OPTIONS"}}
    assert found == ANYONE | ITS_PERSON | ITS_PERSON_JUST_NOW | ITS_BROWSER


@pytest.mark.parametrize(("method", "rule"), sorted(ITS_BROWSER))
@pytest.mark.parametrize("finished", [False, True])
def test_a_strange_assessment_and_none_look_the_same(
    sitting: Sitting, other: Client, method: str, rule: str, *, finished: bool
) -> None:
    if finished:
        sitting.finish()
    bodies = set()
    for public_id in (sitting.public_id, "AAAAAAAAAAAAAAAA"):
        address = rule.replace("<public_id>", public_id).replace("<part>/<page>", "profile/about")
        ask = other.get if method == "GET" else other.refused
        bodies.add(ask(address, status=404).source)
    assert len(bodies) == 1
    assert "not open on this device" in bodies.pop()
    assert sitting.stored()["answers"] == {}
