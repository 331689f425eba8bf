"""What a plan says about its links: the results of the last test, and the successors of retired resources."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from questions.guide import Place, Resource
from questions.model import WORKING_STATUSES, LinkCheck, Questionnaire
from questions.texts import LinkTexts
from reports.documents.formatting import long_date


@dataclass(frozen=True, slots=True)
class Links:
    """What is known about the links of one version of the content. A text that does not apply is ""."""

    questionnaire: Questionnaire

    @property
    def texts(self) -> LinkTexts:
        """The texts about links."""
        return self.questionnaire.texts.links

    @property
    def overall_note(self) -> str:
        """The sentence on which links were tested."""
        return self.texts.some_tested if self.questionnaire.link_checks else self.texts.none_tested

    def note(self, url: str) -> str:
        """Return what the last test of an address found."""
        check = self.questionnaire.link_check.get(url)
        if check is None:
            return ""
        if check.status in WORKING_STATUSES:
            return self.texts.link_worked.format(date=self._date(check.checked_on))
        return " ".join(filter(None, (self._failed(check), self._last_worked(check))))

    def warning(self, url: str) -> str:
        """Return what the last test found if the link did not work, else ""."""
        check = self.questionnaire.link_check.get(url)
        return self.note(url) if check and check.status not in WORKING_STATUSES else ""

    def leads(self, resource: Resource) -> bool:
        """Return whether the resource has a link that is not known to fail."""
        return resource.link is not None and not self.questionnaire.link_fails(resource.link.url)

    def not_online(self, resource: Resource) -> str:
        """Return that the guide names a resource that cannot be opened, and what is known of it."""
        texts = self.questionnaire.texts
        if texts.composed:
            name = texts.composed.not_online.format(title=resource.title)
        else:
            name = f"{resource.title}. {texts.plan.no_address} {resource.search_words}."
        failed = self.warning(resource.link.url) if resource.link else ""
        return " ".join(filter(None, (name, self.retired(resource), failed)))

    def retired(self, resource: Resource) -> str:
        """Return the sentence that a resource is no longer offered."""
        if not resource.retired:
            return ""
        day = datetime.date.fromisoformat(resource.retired)
        return self.texts.link_retired.format(date=self._date(day))

    def successor(self, resource: Resource) -> Place | None:
        """Return the successor of a retired resource; None without one."""
        return self.questionnaire.successor(resource)

    def _date(self, day: datetime.date) -> str:
        return long_date(day, self.questionnaire.language)

    def _failed(self, check: LinkCheck) -> str:
        form = self.texts.link_refused if check.status == "refused" else self.texts.link_failed
        return form.format(date=self._date(check.checked_on))

    def _last_worked(self, check: LinkCheck) -> str:
        if not check.last_worked_on:
            return ""
        return self.texts.link_last_worked.format(date=self._date(check.last_worked_on))
