"""The files for a server."""

import subprocess
from pathlib import Path

from tests.support.project_files import PROJECT, read

# As systemd reads them: nothing is expanded, and quotes around a value are not part of it.
LINES = {
    "SMTP_PASSWORD=pa$$word`x` #1": "pa$$word`x` #1",
    "MAIL_FROM=Self Check <no-reply@example.org>": "Self Check <no-reply@example.org>",
    'OPERATOR_NAME="The Coalition"': "The Coalition",
    "OPERATOR_CONTACT='555 0100'": "555 0100",
    "DATA_KEYS=c2VjcmV0a2V5c2VjcmV0a2V5c2VjcmV0a2V5c2VjcmU=": "c2VjcmV0a2V5c2VjcmV0a2V5c2VjcmV0a2V5c2VjcmU=",
}


def test_the_command_reads_the_settings_as_systemd_does(tmp_path: Path) -> None:
    settings, script = tmp_path / "selfcheck.env", tmp_path / "selfcheck"
    settings.write_text("\n".join(["# a comment", "; another", "", *LINES]) + "\n")
    reading = read(PROJECT / "deploy" / "selfcheck").partition("cd /opt")[0]
    script.write_text(reading.replace("/etc/selfcheck.env", str(settings)) + "exec env -0\n")
    shown = subprocess.run(["sh", script], capture_output=True, text=True, check=True, env={})
    values = dict(line.split("=", 1) for line in shown.stdout.split("\0") if "=" in line)
    assert {line.split("=")[0]: values[line.split("=")[0]] for line in LINES} == {
        line.split("=")[0]: value for line, value in LINES.items()
    }
