"""The actions of a plan as cards, with lead, date and status; what is late, and how far the team is."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from flask_babel import gettext as _
from flask_babel import ngettext

from app import clock
from app.forms.base import Form
from app.forms.changed_fields import field_digests
from app.plans.forms import card_form, field_hint
from questions.model import Questionnaire
from reports.documents.action_fields import Fact, facts, field_label, shown_text, status_labels
from reports.plan.model import Opening
from reports.team.fields import ACTION_FIELDS, DROPPED_REASON, STATUSES, fields_on_card
from reports.team.model import TeamAction, TeamPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An action with its form; `form` is None for who only reads, and while another form is open.

    `labels` are what the fields of the form are called, by id. `facts` are what they hold, for who only
    reads. `suffix` sets the ids of its fields apart from those of the other cards. `late` says that its date
    has passed, else it is "".
    """

    item: TeamAction
    labels: Mapping[str, str]
    facts: tuple[Fact, ...]
    form: Form | None
    shown: str
    suffix: str
    late: str

    @property
    def opening(self) -> Opening | None:
        """The best of what can be opened for it."""
        return next(iter(self.item.tool.help.openings), None) if self.item.tool else None


def open_card(questionnaire: Questionnaire, item: TeamAction, today: datetime.date) -> Card:
    """Return the card of an action with its form, as it is stored."""
    form = named_as_on_card(questionnaire, card_form(questionnaire, item), item)
    closed = closed_card(questionnaire, item, today)
    return replace(closed, form=form, shown=field_digests(form))


def closed_card(questionnaire: Questionnaire, item: TeamAction, today: datetime.date) -> Card:
    """Return the card of an action without a form."""
    return Card(
        item=item,
        labels=_labels(questionnaire, item),
        facts=tuple(_to_read(questionnaire, item)),
        form=None,
        shown="",
        suffix=f"-{item.id}",
        late=late(item, today),
    )


def named_as_on_card(questionnaire: Questionnaire, form: Form, item: TeamAction) -> Form:
    """Return a form of an action with the labels of its card."""
    for name, label in _labels(questionnaire, item).items():
        form[name].label.text = label
    return form


def _labels(questionnaire: Questionnaire, item: TeamAction) -> Mapping[str, str]:
    return {field.id: field_label(questionnaire, item, field.id) for field in fields_on_card()}


def _to_read(questionnaire: Questionnaire, item: TeamAction) -> Iterator[Fact]:
    """Yield what the form on a card holds, blank or not; why it was dropped is among the details."""
    for field in fields_on_card():
        if field.id != DROPPED_REASON:
            yield Fact(
                field=field,
                label=field_label(questionnaire, item, field.id),
                text=shown_text(questionnaire, field, item.work),
                typed=field.widget in {"line", "lines"},
            )


def late(item: TeamAction, today: datetime.date) -> str:
    """Return that the date of an open action of the plan has passed; "" if it has not."""
    if not _is_late(item, today) or item.work.due is None:
        return ""
    if not item.decides("due"):
        return _("The suggested date has passed. Choose a new one.")
    return _("Overdue since %(date)s", date=clock.long_date(item.work.due))


def standing(team: TeamPlan, today: datetime.date) -> tuple[str, ...]:
    """Return how far the team is with its plan, in a few words each."""
    items = tuple(item for item in team.planned if not item.work.status.dropped)
    labels = status_labels(team.plan.questionnaire.texts.work)
    return (*_begun(items, labels), *_ahead(items, today))


def _begun(items: tuple[TeamAction, ...], labels: Mapping[str, str]) -> Iterator[str]:
    """Yield how many have each status that is not the beginning, what is furthest first."""
    found = Counter(item.work.status for item in items)
    for status in reversed(STATUSES):
        if status.begun and found[status]:
            # L10n: such as “2 of 5 done”; the status is the name of one of the questionnaire's statuses
            yield ngettext(
                "%(num)s of %(all)s %(status)s",
                "%(num)s of %(all)s %(status)s",
                found[status],
                all=len(items),
                status=labels[status.id].lower(),
            )
    if items and not any(status.begun for status in found):
        yield ngettext("%(num)s action, not started yet", "%(num)s actions, none started yet", len(items))


def _ahead(items: tuple[TeamAction, ...], today: datetime.date) -> Iterator[str]:
    """Yield how many are overdue, and the next date."""
    overdue = sum(_is_late(item, today) and item.decides("due") for item in items)
    if overdue:
        yield ngettext("%(num)s overdue", "%(num)s overdue", overdue)
    open_ = [(item.work.due, not item.decides("due")) for item in items if not item.work.closed]
    coming = [(day, only_suggested) for day, only_suggested in open_ if day and day >= today]
    if coming:
        day, only_suggested = min(coming)
        form = _("next suggested date %(date)s") if only_suggested else _("next due %(date)s")
        yield form % {"date": clock.long_date(day)}


def card_facts(questionnaire: Questionnaire, item: TeamAction) -> tuple[Fact, ...]:
    """Return what is known of an action beside what its card shows, and what it still lacks."""
    words = questionnaire.texts.work.fields
    known = (fact for fact in facts(questionnaire, item) if not (fact.field.card and item.in_plan))
    lacking = (
        Fact(field=field, label=words[field.id].label, text=field_hint(field.id), typed=False)
        for field in ACTION_FIELDS
        if field.hint_if_blank and item.in_plan and not item.work.texts[field.id]
    )
    return (*known, *lacking)


def _is_late(item: TeamAction, today: datetime.date) -> bool:
    due = item.work.due
    return item.in_plan and not item.work.closed and due is not None and due < today
