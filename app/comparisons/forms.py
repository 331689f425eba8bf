"""Forms of a comparison: which two assessments to compare, and the look-back on answers that went down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.datastructures import MultiDict
from wtforms import Field, SelectField
from wtforms.validators import ValidationError

from app.comparisons.history_view import choices
from app.database.assessments import Assessment
from app.forms.base import Form
from reports.comparison.model import Comparison, Pair


class ComparisonForm(Form):
    """Two finished assessments; it is asked by GET. At first the newest two are chosen."""

    earlier = SelectField(lazy_gettext("The earlier one"), validate_choice=False)
    later = SelectField(lazy_gettext("The later one"), validate_choice=False)

    def __init__(self, finished: Sequence[Assessment], sent: Mapping[str, Any]) -> None:
        newest = [assessment.public_id for assessment in finished[:2]]
        chosen = dict(zip(("later", "earlier"), newest, strict=False))
        super().__init__(formdata=MultiDict(sent) or None, data=chosen)
        self._finished = finished
        self.earlier.choices = self.later.choices = list(choices(finished))

    def validate_later(self, field: SelectField) -> None:
        """Require two different finished self-checks."""
        if len(self.pair()) != 2:
            raise ValidationError(_("Choose two different self-checks."))

    def pair(self) -> list[Assessment]:
        """Return the chosen ones, the newest first."""
        chosen = {self.earlier.data, self.later.data}
        return [assessment for assessment in self._finished if assessment.public_id in chosen]


_FIELD = "look-"


class LookBackForm(Form):
    """A field for each practice that went down; the class of a comparison has them."""

    def changed(self, names: frozenset[str]) -> dict[str, str]:
        """Return what these fields hold, by question: a stage, or "" for no look-back."""
        return {question_of(field): stored_stage(field) for field in self if field.name in names}


def look_back_form(comparison: Comparison) -> LookBackForm:
    """Return the form, with the stages of the earlier questionnaire, filled with what is stored."""
    fields = {
        _FIELD + pair.question.id: _field(comparison, pair) for pair in comparison.by_outcome["moved_down"]
    }
    chosen = {
        _FIELD + pair.question.id: pair.look_back.value if pair.look_back else ""
        for pair in comparison.by_outcome["moved_down"]
    }
    form: LookBackForm = type("FilledLookBackForm", (LookBackForm,), fields)(data=chosen)
    return form


def question_of(field: Field) -> str:
    """Return the id of the question that a field is about."""
    return str(field.name).removeprefix(_FIELD)


def stored_stage(field: Any) -> str:
    """Return what would be stored of a field: a stage, or "" for anything else."""
    return str(field.data) if field.data in field.choices else ""


def _field(comparison: Comparison, pair: Pair) -> Field:
    earlier = comparison.earlier.path.questionnaire
    options = earlier.questions[pair.question.id].options_in(earlier)
    stages = {option.value: option.label for option in options if option.steps is not None}
    return SelectField(
        pair.question.text, choices={"": _("Leave as it was"), **stages}, validate_choice=False
    )
