"""The fixtures of the web tests, for applications, servers and databases that may be broken."""

from tests.app.conftest import *  # noqa: F403
