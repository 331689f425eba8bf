"""Every address of the site, and who may use it. Add new ones here; test_access.py tries each."""

import re
from collections.abc import Iterator, Mapping, Sequence

from werkzeug.test import TestResponse

from app.plans.chapters import CHAPTERS
from app.plans.download_views import DOWNLOADS
from tests.support.client import Client

Rule = tuple[str, str]

ANYONE = {
    ("GET", "/"),
    ("GET", "/guide"),
    ("GET", "/guide/<part>"),
    ("POST", "/guide/does-not-open/<item_id>"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/metrics"),
    ("GET", "/static/<path:filename>"),
    ("GET", "/assessments/"),
    ("GET", "/assessments/where"),
    ("POST", "/assessments/"),
    ("GET", "/assessments/return"),
    ("GET", "/assessments/return/<code>"),
    ("POST", "/assessments/return"),
    ("GET", "/assessments/load"),
    ("POST", "/assessments/load"),
    ("GET", "/accessibility"),
    ("GET", "/guide/sources"),
    ("GET", "/sample-plan.pdf"),
    ("GET", "/worksheet.pdf"),
    ("GET", "/privacy"),
    ("GET", "/confidentiality"),
    ("GET", "/operator-logo"),
    # The token is the right to read.
    ("GET", "/shared/<token>"),
    *(("GET", f"/shared/<token>/{chapter}") for chapter in CHAPTERS),
    *(("GET", f"/shared/<token>/{download.file}") for download in DOWNLOADS if download.shared),
    ("GET", "/calendar/<token>.ics"),
    ("GET", "/agencies/join/<token>"),
    ("POST", "/agencies/join/<token>"),
    ("GET", "/account/check-mail"),
    ("GET", "/account/login"),
    ("POST", "/account/login"),
    ("POST", "/account/logout"),
    ("GET", "/account/register"),
    ("POST", "/account/register"),
    ("GET", "/account/register/<token>"),
    ("POST", "/account/register/<token>"),
    ("GET", "/account/change-email/<token>"),
    ("POST", "/account/change-email/<token>"),
    ("GET", "/account/reminders/stop/<token>"),
    ("POST", "/account/reminders/stop/<token>"),
    ("GET", "/account/forgot-password"),
    ("POST", "/account/forgot-password"),
    ("GET", "/account/forgot-password/<token>"),
    ("POST", "/account/forgot-password/<token>"),
    ("GET", "/account/passkey"),
    ("POST", "/account/passkey"),
    ("POST", "/account/passkey/<token>"),
    # The second step of signing in; without the first step, they redirect to it.
    ("GET", "/account/code"),
    ("POST", "/account/code"),
    ("GET", "/account/recovery-code"),
    ("POST", "/account/recovery-code"),
}
# Only people who are signed in.
SIGNED_IN = {
    ("GET", "/agencies/"),
    ("POST", "/agencies/"),
    ("GET", "/account/"),
    ("POST", "/account/"),
    ("POST", "/account/reminders"),
    ("GET", "/account/work"),
    ("POST", "/account/sign-out-everywhere"),
    ("POST", "/account/sign-ins/<int:number>/end"),
    ("GET", "/account/change-password"),
    ("POST", "/account/change-password"),
    ("GET", "/account/verify"),
    ("POST", "/account/verify"),
    ("GET", "/account/verify-passkey"),
    ("POST", "/account/verify-passkey"),
    ("POST", "/account/verify-passkey/<token>"),
}
# Only people who signed in within the last 15 minutes.
RECENTLY_SIGNED_IN = {
    ("GET", "/account/change-email"),
    ("POST", "/account/change-email"),
    ("GET", "/account/codes"),
    ("POST", "/account/codes"),
    ("GET", "/account/recovery-codes"),
    ("POST", "/account/recovery-codes"),
    ("GET", "/account/passkeys"),
    ("POST", "/account/passkeys"),
    ("POST", "/account/passkeys/<token>"),
    ("POST", "/account/remove-passkey"),
    ("GET", "/account/archive"),
    ("POST", "/account/archive"),
    ("GET", "/account/delete"),
    ("POST", "/account/delete"),
}
# Only the members of the agency.
AGENCY_MEMBERS = {
    ("GET", "/agencies/<public_id>/"),
    ("GET", "/agencies/<public_id>/leave"),
    ("POST", "/agencies/<public_id>/leave"),
    ("GET", "/agencies/<public_id>/archive"),
    ("POST", "/agencies/<public_id>/archive"),
}
# Only the owners of the agency.
AGENCY_OWNERS = {
    ("GET", "/agencies/<public_id>/name"),
    ("POST", "/agencies/<public_id>/name"),
    ("POST", "/agencies/<public_id>/counts"),
    ("GET", "/agencies/<public_id>/delete"),
    ("POST", "/agencies/<public_id>/delete"),
    ("POST", "/agencies/<public_id>/invitations"),
    ("POST", "/agencies/<public_id>/invitations/<int:number>/withdraw"),
    ("GET", "/agencies/<public_id>/members/<int:user_id>"),
    ("POST", "/agencies/<public_id>/members/<int:user_id>/role"),
    ("POST", "/agencies/<public_id>/members/<int:user_id>/remove"),
    ("POST", "/agencies/<public_id>/members/<int:user_id>/hand-over"),
}
# Only people who are signed in, in a browser that may open the self-check without an account.
TRANSFER = {
    ("GET", "/agencies/bring/<public_id>"),
    ("POST", "/agencies/bring/<public_id>"),
}
# Only a browser that started the assessment or entered its code; in an agency, only its members.
ASSESSMENT_BROWSER = {
    ("GET", "/assessments/<public_id>/"),
    ("GET", "/assessments/<public_id>/<part>/<page>"),
    ("POST", "/assessments/<public_id>/<part>/<page>"),
    ("GET", "/assessments/<public_id>/check"),
    ("GET", "/assessments/<public_id>/finish"),
    ("POST", "/assessments/<public_id>/finish"),
    ("GET", "/assessments/<public_id>/pause"),
    ("POST", "/assessments/<public_id>/pause"),
    ("POST", "/assessments/<public_id>/code"),
    ("POST", "/assessments/<public_id>/close-others"),
    ("POST", "/assessments/<public_id>/close"),
    ("GET", "/assessments/<public_id>/plan"),
    *(("GET", f"/assessments/<public_id>/plan/{chapter}") for chapter in CHAPTERS),
    ("POST", "/assessments/<public_id>/plan/actions"),
    ("POST", "/assessments/<public_id>/plan/actions/<action>"),
    ("POST", "/assessments/<public_id>/plan/actions/<action>/move"),
    ("POST", "/assessments/<public_id>/plan/actions/<action>/remove"),
    ("GET", "/assessments/<public_id>/links"),
    ("POST", "/assessments/<public_id>/links"),
    ("POST", "/assessments/<public_id>/links/<int:number>/withdraw"),
    ("POST", "/assessments/<public_id>/calendar"),
    ("POST", "/assessments/<public_id>/calendar/<int:number>/withdraw"),
    *(("GET", f"/assessments/<public_id>/{download.file}") for download in DOWNLOADS),
    ("GET", "/assessments/<public_id>/retake"),
    ("POST", "/assessments/<public_id>/retake"),
    ("POST", "/assessments/<public_id>/whole"),
    ("GET", "/assessments/<public_id>/delete"),
    ("POST", "/assessments/<public_id>/delete"),
    ("GET", "/assessments/<public_id>/update"),
    ("POST", "/assessments/<public_id>/update"),
    ("GET", "/progress/<public_id>/"),
    ("GET", "/progress/<public_id>/compare"),
    ("GET", "/progress/<public_id>/<earlier>/<later>/"),
    ("GET", "/progress/<public_id>/<earlier>/<later>/comparison.pdf"),
    ("GET", "/progress/<public_id>/<earlier>/<later>/comparison.json"),
    ("POST", "/progress/<public_id>/<earlier>/<later>/look-back"),
    ("GET", "/progress/<public_id>/delete"),
    ("POST", "/progress/<public_id>/delete"),
    ("GET", "/progress/<public_id>/archive"),
    ("POST", "/progress/<public_id>/archive"),
}

EVERY = ANYONE | SIGNED_IN | RECENTLY_SIGNED_IN | ASSESSMENT_BROWSER | AGENCY_MEMBERS | AGENCY_OWNERS

# Of those, what a viewer may post, because it changes nothing.
VIEWER_POSTS = {
    ("POST", "/assessments/<public_id>/close"),
    ("POST", "/progress/<public_id>/archive"),
}
# And the pages that only offer changes, which a viewer cannot open.
EDIT_PAGES = {
    ("GET", "/assessments/<public_id>/<part>/<page>"),
    ("GET", "/assessments/<public_id>/finish"),
    ("GET", "/assessments/<public_id>/retake"),
    ("GET", "/assessments/<public_id>/delete"),
    ("GET", "/assessments/<public_id>/update"),
    ("GET", "/assessments/<public_id>/links"),
    ("GET", "/progress/<public_id>/delete"),
}


def ask(client: Client, rule: Rule, ids: Mapping[str, str]) -> TestResponse:
    """Send a request to an address of the tables above, with these ids in it."""
    method, address = rule
    for name, value in {"part": "profile", "page": "about", "number": "1", "user_id": "1", **ids}.items():
        address = re.sub(rf"<(int:)?{name}>", value, address)
    return (
        client.raw.get(address)
        if method == "GET"
        else client.send(address, {"where": "device", "device": "own"})
    )


def get_every(
    client: Client,
    public_ids: Sequence[str],
    ids: Mapping[str, str],
    tokens: Mapping[str, str],
    *,
    files: bool,
) -> Iterator[TestResponse]:
    """Open every address, with each of these ids where one belongs; without downloads, pages only.

    `tokens` are by the first folder of the address.
    """
    for rule in sorted(rule for rule in EVERY if rule[0] == "GET"):
        if "." in rule[1] and not files:
            continue
        folder = rule[1].split("/")[1]
        part = "harm" if folder == "guide" else "profile"
        for public_id in public_ids if "<public_id>" in rule[1] else public_ids[:1]:
            found = {**ids, "public_id": public_id, "token": tokens.get(folder, ""), "part": part}
            yield ask(client, rule, found)
