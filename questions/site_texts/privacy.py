"""Types of the texts on privacy: what looks like client data, deleting, the archive, the privacy page."""

from __future__ import annotations

from dataclasses import dataclass

from questions.model_base import Content


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateDataKinds(Content):
    """What a piece of text can look like: the kinds of questions.privacy.detector, each with its article."""

    email: str
    ssn: str
    birth_date: str
    case_number: str
    telephone: str
    long_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateDataTexts(Content):
    """The warning about what looks like client data, and the words that give it away.

    In the lists, a space parts the words, and + joins two that belong together. `public_numbers` are
    telephone numbers that anyone may write down.
    """

    kinds: PrivateDataKinds
    looks_like: str
    advice: str
    keep: str
    in_file: str
    in_file_keep: str
    in_file_command: str
    in_file_agency: str
    in_file_note: str
    in_file_reason: str
    birth_words: str
    case_words: str
    phone_words: str
    ssn_words: str
    public_numbers: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletionTexts(Content):
    """The pages that ask before something is deleted: each list names what goes."""

    final: str
    backups: str
    draft: tuple[str, ...]
    finished: tuple[str, ...]
    history: tuple[str, ...]
    agency: tuple[str, ...]
    account: tuple[str, ...]
    others_stay: str
    account_stays: str
    agencies_too: str
    hand_over_first: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveTexts(Content):
    """The download of all that is held. `readme` goes into it, `files_left_out` if it grew too large."""

    history: str
    agency: str
    account: str
    keep_safe: str
    readme: str
    files_left_out: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTexts(Content):
    """How long each thing is kept; the order is that of the page."""

    kept_draft: str
    kept_finished: str
    kept_agency: str
    kept_account: str
    kept_unconfirmed: str
    kept_links: str
    kept_files: str
    kept_mails: str
    kept_events: str
    kept_counts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyPageTexts(Content):
    """The page on privacy, section by section; it has to say what the code does."""

    intro: str
    ask: str
    never: str
    stored: tuple[str, ...]
    where: str
    readers: tuple[str, ...]
    sealed: str
    kept_intro: str
    kept: KeptTexts
    cookie: str
    logs: str
    yours: str
    backups: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyTexts(Content):
    """Texts on what is stored, for how long, and how to take it along or delete it."""

    draft_kept_until: str
    finished_kept_until: str
    your_data: str
    delete: DeletionTexts
    archive: ArchiveTexts
    page: PrivacyPageTexts


PRIVACY_PLACEHOLDERS: dict[str, frozenset[str]] = {
    "looks_like": frozenset({"kind", "piece"}),
    "in_file_note": frozenset({"question"}),
    "in_file_reason": frozenset({"question"}),
    "draft_kept_until": frozenset({"date"}),
    "finished_kept_until": frozenset({"date"}),
    "kept_draft": frozenset({"time"}),
    "kept_finished": frozenset({"time"}),
    "kept_unconfirmed": frozenset({"time"}),
    "kept_files": frozenset({"time"}),
    "kept_mails": frozenset({"time"}),
    "kept_events": frozenset({"time"}),
    "cookie": frozenset({"days"}),
}
