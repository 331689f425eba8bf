"""The form that asks which two assessments to compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import SelectField
from wtforms.validators import ValidationError

from app.database.assessments import Assessment
from app.forms import Form
from app.progress.lines import choices
from app.questionnaires import current


class ComparisonForm(Form):
    """Two finished assessments; it is asked by GET. At first the newest two are chosen."""

    earlier = SelectField("The earlier one", validate_choice=False)
    later = SelectField("The later one", validate_choice=False)

    def __init__(self, finished: Sequence[Assessment], sent: Mapping[str, Any]) -> None:
        newest = [assessment.public_id for assessment in finished[:2]]
        chosen = dict(zip(("later", "earlier"), newest, strict=False))
        super().__init__(formdata=MultiDict(sent) or None, data=chosen)
        self._finished = finished
        self.earlier.choices = self.later.choices = list(choices(finished))

    def validate_later(self, field: SelectField) -> None:
        """Refuse the same one twice, and what is none of them."""
        if len(self.pair()) != 2:
            raise ValidationError(current().questionnaire.texts.returning.compare_same)

    def pair(self) -> list[Assessment]:
        """Return the chosen ones, the newest first."""
        chosen = {self.earlier.data, self.later.data}
        return [assessment for assessment in self._finished if assessment.public_id in chosen]
