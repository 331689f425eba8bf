"""What every test of a document checks as well."""

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def silent(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail when WeasyPrint complains: of a style it does not know, a letter without a font, a link."""
    yield
    said = [*caplog.get_records("setup"), *caplog.get_records("call")]
    assert [line.getMessage() for line in said if line.name == "weasyprint"] == []
