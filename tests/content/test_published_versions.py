"""The published versions are as they were published, and still readable."""

from questions.versions.releases import PUBLISHED_FOLDER, load_published, published_versions, read_register
from reports.checks.releases import release_problems


def test_no_published_version_was_edited() -> None:
    assert list(release_problems("0.0.0", {}, PUBLISHED_FOLDER)) == []


def test_every_published_version_is_registered_and_loads() -> None:
    assert [load_published(version).version for version in published_versions()] == [
        entry.version for entry in read_register()
    ]
