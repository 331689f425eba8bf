import gzip

import pytest
from werkzeug.test import TestResponse

from app.config import PROJECT
from tests.support.client import Client

BUILD = PROJECT / "app" / "static" / "build"
SHEET = next(BUILD.glob("main.*.css")).name
ADDRESS = f"/static/build/{SHEET}"
TAKES_GZIP = "gzip, deflate, br"


def fetched(client: Client, address: str, accepted: str = "") -> TestResponse:
    """Return what a browser that can unpack these gets."""
    with client.raw.get(address, headers={"Accept-Encoding": accepted}) as response:
        response.get_data()
        return response


def test_a_browser_that_can_unpack_gets_the_style_sheet_packed(client: Client) -> None:
    packed = fetched(client, ADDRESS, TAKES_GZIP)
    plain = fetched(client, ADDRESS)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.data) == plain.data == (BUILD / SHEET).read_bytes()
    assert len(packed.data) < len(plain.data) / 5
    for response in (packed, plain):
        assert response.mimetype == "text/css"
        assert "Accept-Encoding" in response.vary
        assert "immutable" in response.headers["Cache-Control"]
    assert packed.headers["ETag"] != plain.headers["ETag"]


@pytest.mark.parametrize("accepted", ["", "identity", "br", "gzip;q=0"])
def test_one_that_cannot_gets_it_plain(client: Client, accepted: str) -> None:
    response = fetched(client, ADDRESS, accepted)
    assert "Content-Encoding" not in response.headers
    assert response.data == (BUILD / SHEET).read_bytes()


def test_uncompressed_files_are_sent_plain_and_missing_ones_are_not_found(client: Client) -> None:
    icon = fetched(client, "/static/icon.svg", TAKES_GZIP)
    assert (icon.status_code, icon.headers.get("Content-Encoding")) == (200, None)
    for address in (
        "/static/build/nothing.css",
        "/static/../config.py",
        "/static/build",
        "/static/%2e%2e/config.py",
    ):
        assert fetched(client, address, TAKES_GZIP).status_code == 404


def test_a_page_with_a_secret_is_never_packed(client: Client) -> None:
    assert "Content-Encoding" not in fetched(client, "/", TAKES_GZIP).headers
