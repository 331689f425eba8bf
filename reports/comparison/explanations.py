"""Sentences of a comparison, filled from the texts of the later questionnaire."""

from __future__ import annotations

from typing import Literal

from questions.kinds.options import Option
from questions.kinds.stage import StageQuestion
from questions.model import NOT_APPLICABLE, Questionnaire
from questions.path import Path
from questions.texts import ComparisonTexts
from questions.versions.migration import same_questions
from reports.comparison.lineage import Lineage
from reports.comparison.model import FinishedAssessment, Pair, Reason
from reports.plan.explanations import steps
from reports.plan.translations import translations

# What shows that a move is not just chance.
Shown = Literal["evidence", "note"]


def why_unlike(texts: ComparisonTexts, line: Lineage, id_: str, reason: Reason) -> str:
    """Return why two versions of the questionnaire cannot be compared on this question."""
    version, practices = line.other(id_).version, "; ".join(line.counterparts(id_))
    newer = line.in_newer(id_)
    match reason:
        case "split":
            form = texts.not_compared_split_from if newer else texts.not_compared_split_into
            return form.format(version=version, practices=practices)
        case "merged":
            form = texts.not_compared_merged_from if newer else texts.not_compared_merged_into
            return form.format(version=version, practices=practices)
        case "wording_changed":
            return texts.not_compared_changed.format(earlier=line.older.version, later=line.newer.version)
    return texts.not_compared_absent.format(version=version)


def why_not_answered(texts: ComparisonTexts, pair: Pair) -> str:
    """Return which of the two has no answer."""
    if pair.before is None and pair.after is None:
        return texts.not_compared_blank_both
    return texts.not_compared_blank_then if pair.before is None else texts.not_compared_blank_now


def why_not_applicable(texts: ComparisonTexts, earlier: Path, later: Path, pair: Pair) -> str:
    """Return in which of the two it does not apply, with the reasons given."""
    id_, form = pair.question.id, texts.not_compared_does_not_apply_now
    if _does_not_apply(pair.before):
        both = _does_not_apply(pair.after)
        form = texts.not_compared_does_not_apply_both if both else texts.not_compared_does_not_apply_then
    then, now = earlier.active.reasons.get(id_, ""), later.active.reasons.get(id_, "")
    reasons = (
        texts.reason_then.format(reason=then) if then else "",
        texts.reason_now.format(reason=now) if now else "",
    )
    return " ".join(filter(None, (form, *reasons)))


def left_out_of_chart(texts: ComparisonTexts, compared: int, of: int) -> str:
    """Return how many questions of a section are not in its chart; "" if all are."""
    if not compared:
        return texts.chart_none.format(of=of)
    return "" if compared == of else texts.chart_left_out.format(left_out=of - compared, of=of)


def clear_move(questionnaire: Questionnaire, count: int, shown: Shown | None, question: StageQuestion) -> str:
    """Return why a move is clear: the number of its steps, or what shows it."""
    texts = questionnaire.texts.comparison
    forms = {"evidence": texts.clear_by_evidence, "note": texts.clear_by_note, None: texts.clear_by_steps}
    return forms[shown].format(steps=steps(count, questionnaire.language), evidence=question.evidence_prompt)


def one_step(texts: ComparisonTexts, question: StageQuestion) -> str:
    """Return that a move of one step may be chance, and which evidence could show that it is not."""
    return texts.one_step.format(evidence=question.evidence_prompt)


def cautions(earlier: FinishedAssessment, later: FinishedAssessment) -> tuple[str, ...]:
    """Return the cautions: another scope or other people, little time between, other questions."""
    questionnaire = later.path.questionnaire
    texts, rules = questionnaire.texts.comparison, questionnaire.rules.comparison
    sentences = [_changed(earlier.path, later.path, id_) for id_ in rules.caution_questions]
    days = abs((later.header.date - earlier.header.date).days)
    if earlier.path.is_first_look != later.path.is_first_look:
        # The rest of a first look may follow at any time.
        sentences.append(texts.caution_essentials)
    elif days < rules.fewest_days:
        form = translations(questionnaire.language).ngettext("%(num)s day", "%(num)s days", days)
        sentences.append(texts.caution_soon.format(days=form % {"num": days}))
    before = earlier.path.questionnaire
    if not same_questions(before, questionnaire):
        sentences.append(texts.caution_version.format(earlier=before.version, later=questionnaire.version))
    return tuple(filter(None, sentences))


def answer_label(texts: ComparisonTexts, path: Path, question: StageQuestion) -> str:
    """Return the answer in words, or that it was not given or not asked for."""
    if question.id not in path.visible:
        return texts.not_asked
    return _words(texts, path, question.id)


def _changed(earlier: Path, later: Path, id_: str) -> str:
    """Return the sentence about a profile question, asked both times, whose answer changed; otherwise ""."""
    if not (id_ in earlier.visible and id_ in later.visible):
        return ""
    if earlier.active.by_question.get(id_) == later.active.by_question.get(id_):
        return ""
    texts = later.questionnaire.texts.comparison
    return texts.caution_changed.format(
        question=later.questionnaire.questions[id_].text,
        before=_words(texts, earlier, id_),
        after=_words(texts, later, id_),
    )


def _words(texts: ComparisonTexts, path: Path, id_: str) -> str:
    question, answer = path.questionnaire.questions.get(id_), path.active.by_question.get(id_)
    labels = question.labels(path.questionnaire, answer) if question else ()
    return "; ".join(labels) or texts.no_answer


def _does_not_apply(answer: Option | None) -> bool:
    return answer is not None and answer.value == NOT_APPLICABLE
