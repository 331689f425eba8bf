"""The kinds of questions, one class in one file for each.

To add one: write its file, name its class in `AnyQuestion`, and write its macro in
`templates/components/question.html` and in `templates/report/worksheet_questions.html`.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Annotated, get_args

from pydantic import Discriminator

from questions.kinds.base import Question
from questions.kinds.many import ManyQuestion
from questions.kinds.matrix import MatrixQuestion
from questions.kinds.single import SingleQuestion
from questions.kinds.stage import StageQuestion
from questions.kinds.topics import TopicsQuestion

AnyQuestion = Annotated[
    SingleQuestion | ManyQuestion | StageQuestion | MatrixQuestion | TopicsQuestion, Discriminator("kind")
]


def by_name(*kinds: type[Question]) -> Mapping[str, type[Question]]:
    """Return the classes by the kind that the content names. Raises TypeError for an unfinished one."""
    for kind in kinds:
        if inspect.isabstract(kind):
            missing = ", ".join(sorted(kind.__abstractmethods__))
            raise TypeError(f"{kind.__name__} does not define: {missing}")
    return {get_args(inspect.get_annotations(kind, eval_str=True)["kind"])[0]: kind for kind in kinds}


KINDS = by_name(*get_args(get_args(AnyQuestion)[0]))
