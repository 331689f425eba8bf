"""What was typed into a form that could not be saved comes back, and only to the person who typed it."""

import json

import pytest
from werkzeug.test import TestResponse

from app.forms.field_labels import all_field_labels
from app.forms.resubmission import resubmission
from tests.support.application import UNREACHABLE_DATABASE, MakeApp
from tests.support.client import Assessment, Client
from tests.support.page import Page, text_of
from tests.support.sample import sample_questionnaire

OURS = {"Sec-Fetch-Site": "same-origin"}
NOT_SAVED = "What you sent is not saved yet"
NOTE = "Ask <b>the board</b> & the “night” staff"
TYPED = {"why-01": "not_yet", "why-01-note": NOTE, "go": "next"}


def post(client: Client, address: str, data: dict[str, str], **headers: str) -> TestResponse:
    """Send a form as a browser does that says where the form stood; from a page of ours by default."""
    return client.raw.post(address, data=data, headers=headers or OURS)


def carried(page: Page) -> tuple[str, dict[str, str]]:
    """Return where the page sends what it carries, and all its fields with a token."""
    form = next(form for form in page.all("form") if form.get("data-unsaved") == "all")
    fields = {field.get("name", ""): field.get("value", "") for field in form.iter("input")}
    return form.get("action", ""), fields


def test_a_form_with_a_stale_token_is_shown_and_sent_again(assessment: Assessment) -> None:
    address = assessment.page_of("why-01") + "?from=check"
    page = Page(post(assessment.client, address, {**TYPED, "csrf_token": "stale"}))
    assert (page.status, page.h1) == (400, NOT_SAVED)
    assert NOTE in page.text
    assert "All staff learn" in page.text
    assert "Not yet" in page.text
    assert assessment.stored()["answers"] == {}
    action, fields = carried(page)
    assert (action, fields | {"csrf_token": "stale"}) == (address, {**TYPED, "csrf_token": "stale"})
    assert assessment.client.raw.post(action, data=fields).headers["Location"] == assessment.at("check")
    assert assessment.get("why-01").value("why-01-note") == NOTE


def test_what_comes_back_is_what_was_typed_and_no_hidden_field(assessment: Assessment) -> None:
    assessment.answer(why_01="not_yet")
    plan = assessment.finish()
    form = next(form for form in plan.all("main//form") if form.get("class") == "card-form")
    typed = {field.get("name", ""): field.get("value", "") for field in form.iter("input")} | {
        "owner": "Director"
    }
    page = Page(post(assessment.client, form.get("action", ""), {**typed, "csrf_token": "stale"}))
    assert "Director" in page.text
    with assessment.client.app.test_request_context():
        labels = {str(label) for label, _ in all_field_labels(assessment.client.questionnaire).values()}
    assert {text_of(term) for term in page.all("main//dt")} <= labels


def test_a_browser_without_its_cookie_asks_for_the_code_and_then_sends_again(
    assessment: Assessment, other: Client
) -> None:
    code = (
        assessment.client.get(assessment.save("pf-scope", go="pause")).by_class("return-code__code")[0].text
        or ""
    )
    page = Page(post(other, assessment.page_of("why-01"), TYPED))
    assert (page.status, page.h1) == (400, NOT_SAVED)
    action, fields = carried(page)
    assert action == "/assessments/return"
    page = Page(post(other, action, {**fields, "code": "WRONG"}))
    assert (page.status, list(page.errors())) == (422, ["code"])
    action, fields = carried(page)
    page = Page(post(other, action, {**fields, "code": code}))
    assert page.status == 200
    action, fields = carried(page)
    assert post(other, action, fields).status_code == 302
    assert Assessment(other, assessment.address).get("why-01").value("why-01-note") == NOTE


def test_a_form_for_an_assessment_that_is_closed_here_asks_for_the_code(
    assessment: Assessment, other: Client
) -> None:
    page = Page(post(other, assessment.page_of("why-01"), {**TYPED, "csrf_token": other.token()}))
    assert (page.status, page.h1) == (404, NOT_SAVED)
    assert NOTE in page.text


def test_a_form_of_the_plan_is_carried_too(assessment: Assessment) -> None:
    assessment.answer(why_01="not_yet")
    assessment.finish()
    data = {"owner": "Program manager", "status": "under_way", "notes": "Soon"}
    page = Page(post(assessment.client, assessment.at("plan/actions/why-01"), data))
    assert "Program manager" in page.text
    assert "Under way" in page.text
    action, fields = carried(page)
    assert assessment.client.raw.post(action, data=fields).status_code == 302
    assert "Program manager" in assessment.client.get(assessment.at("plan")).text


def test_an_internal_error_keeps_typed_text(make_app: MakeApp) -> None:
    client = Client(make_app(database_url=UNREACHABLE_DATABASE, migrated=False))
    token = client.get("/assessments/return").one("input[@name='csrf_token']").get("value", "")
    with client.raw.session_transaction() as session:
        session["histories"] = ["AAAA"]
    page = Page(post(client, "/assessments/AAAA/why/basics", {**TYPED, "csrf_token": token}))
    assert (page.status, page.h1) == (503, "The site cannot answer right now")
    assert NOTE in page.text
    assert carried(page)[0] == "/assessments/AAAA/why/basics"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://localhost"},
        {"X-Nothing": ""},
    ],
)
def test_nothing_of_a_form_from_another_site_is_echoed_or_carried(
    assessment: Assessment, headers: dict[str, str]
) -> None:
    response = post(assessment.client, assessment.page_of("why-01"), TYPED, **headers)
    page = Page(response)
    assert (page.status, page.h1) == (400, "Your session has ended")
    assert "the board" not in page.source
    assert not [form for form in page.all("form") if form.get("data-unsaved")]
    assert assessment.stored()["answers"] == {}


def test_no_secret_and_no_other_form_is_carried(assessment: Assessment) -> None:
    secrets = {
        "password": "hunter2",
        "code": "7K2QX",
        "csrf_token": "stolen",
        "api-key": "key of ours",
        "_x": "odd name",
    }
    page = Page(post(assessment.client, assessment.page_of("why-01"), {**TYPED, **secrets}))
    assert page.h1 == NOT_SAVED
    assert [value for value in secrets.values() if value in page.source] == []
    for address in ("/assessments/return", "/assessments/load", assessment.at("delete"), "/nothing"):
        assert "hunter2" not in post(assessment.client, address, {"why-01": "hunter2"}).text


def test_a_form_that_is_too_large_is_not_carried(assessment: Assessment) -> None:
    for data in ({"why-01-note": "x" * 200_000}, {f"why-{number}": "x" for number in range(300)}):
        assert (
            Page(post(assessment.client, assessment.page_of("why-01"), data)).h1 == "Your session has ended"
        )


FORGED = [
    "nonsense",
    "[]",
    "[" * 20_000,
    json.dumps(["assessments.save_page", {"public_id": "x", "part": "..", "page": "y"}, "", [["a", "b"]]]),
    json.dumps(["assessments.save_page", {"public_id": "x"}, "", [["why-01", "b"]]]),
    json.dumps(["assessments.save_page", {"public_id": 1, "part": 2, "page": 3}, "", [["why-01", "b"]]]),
    json.dumps(["privacy.assessment_deletion", {"public_id": "x"}, "", [["why-01", "b"]]]),
    json.dumps([["a"], {"public_id": "x"}, "", [["why-01", "b"]]]),
    json.dumps(["assessments.finish_page", {"public_id": "x"}, {"a": 1}, [["agency"]]]),
    json.dumps(["assessments.finish_page", {"public_id": "//evil.example"}, "", [["agency", "x"]]]),
]


@pytest.mark.parametrize("forged", FORGED, ids=range(len(FORGED)))
def test_a_forged_form_cannot_be_smuggled_in_with_a_code(client: Client, forged: str) -> None:
    data = {"unsaved": forged, "code": "WRONG", "csrf_token": client.token()}
    page = Page(post(client, "/assessments/return", data))
    assert (page.status, page.h1) == (422, "Resume with your code")


def test_every_field_that_may_be_carried_has_words(assessment: Assessment) -> None:
    questionnaire = sample_questionnaire()
    words = all_field_labels(questionnaire)
    for _, page in questionnaire.pages:
        sent = {name for q in page.questions for name in words if name == q.id or name.startswith(f"{q.id}-")}
        with assessment.client.app.test_request_context(
            assessment.at("a/b"), method="POST", data=dict.fromkeys(sent, "x"), headers=OURS
        ):
            restored = resubmission()
        assert restored
        assert {name for name, _ in restored.fields} == sent, "a name of ours sounds like a secret"


def test_the_fields_of_the_forms_are_those_that_have_words(assessment: Assessment) -> None:
    words, technical = all_field_labels(sample_questionnaire()), {"go", "keep", "order"}
    for _, page in sample_questionnaire().pages:
        for name in assessment.get(page.questions[0].id).names - technical:
            assert name in words
    assessment.answer(why_01="not_yet")
    assessment.finish()
    for panel in ("edit=why-01", "move=why-01", "add=1"):
        names = assessment.client.get(assessment.at(f"plan?{panel}")).names
        assert names <= words.keys() | technical
