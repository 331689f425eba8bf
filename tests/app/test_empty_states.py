"""Where there is nothing to show, the page says so, and what to do next."""

from tests.support.client import Assessment, Client


def test_a_device_without_a_self_check_offers_to_start_and_to_return(client: Client) -> None:
    page = client.get("/")
    assert not page.by_class("continue")
    assert page.link("Resume with a code") == "/assessments/return"
    assert "Start now" in page.text


def test_a_plan_without_actions_leads_to_a_new_self_check_and_to_the_guide(assessment: Assessment) -> None:
    page = assessment.finish()
    words = assessment.client.questionnaire.texts.plan
    assert words.nothing_answered in page.text
    assert page.link("Continue from these answers in a new self-check") == assessment.at("retake")
    resources = assessment.client.get(assessment.at("plan/resources"))
    assert resources.link("See everything in the guide") == "/guide"


def test_one_finished_self_check_cannot_be_compared_yet(assessment: Assessment) -> None:
    history = assessment.finish().link("All self-checks of this agency")
    assert "When you finish one more, you can compare the two here." in assessment.client.get(history).text
    page = assessment.client.get(f"{history}compare")
    assert "It takes two finished self-checks to compare." in page.text
    assert page.link("Back to all self-checks") == history
    assert not page.all("select")
