"""Every address of the site, and who may use it. A new one has to be added here."""

import pytest
from flask import Flask

from tests.app.client import Client, Sitting

ANYONE = {
    ("GET", "/"),
    ("GET", "/guide"),
    ("GET", "/guide/<part>"),
    ("GET", "/healthz"),
    ("GET", "/static/<path:filename>"),
    ("GET", "/assessments/"),
    ("POST", "/assessments/"),
    ("GET", "/assessments/return"),
    ("GET", "/assessments/return/<code>"),
    ("POST", "/assessments/return"),
    ("GET", "/assessments/load"),
    ("POST", "/assessments/load"),
    ("GET", "/worksheet.pdf"),
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
    ("GET", "/assessments/<public_id>/discard"),
    ("POST", "/assessments/<public_id>/discard"),
    ("GET", "/assessments/<public_id>/update"),
    ("POST", "/assessments/<public_id>/update"),
    ("GET", "/progress/<public_id>/"),
    ("GET", "/progress/<public_id>/compare"),
    ("GET", "/progress/<public_id>/<earlier>/<later>/"),
    ("GET", "/progress/<public_id>/<earlier>/<later>/comparison.pdf"),
    ("GET", "/progress/<public_id>/<earlier>/<later>/comparison.json"),
    ("POST", "/progress/<public_id>/<earlier>/<later>/look-back"),
}


def test_every_address_is_in_the_table(app: Flask) -> None:
    rules = app.url_map.iter_rules()
    found = {(method, rule.rule) for rule in rules for method in rule.methods - {"HEAD", "OPTIONS"}}
    assert found == ANYONE | ITS_BROWSER


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
