"""The keyworker's console: pages on top of the same handlers as the JSON doors. All of it works without JavaScript.

How a page is made:

- a route is a few lines: who (`Keyworker`), what is read (`uow`), `frame.show` with a template of `templates/console`;
- a template extends `console/page.html`; fields come from `console/fields.html`, which take the `form`;
- fields are named as in the JSON bodies (`http/bodies.py`), so a `Problem` finds its field by itself;
- a form is read by `forms.read`, made into a body by `forms.parsed`, and done by `frame.attempt` in a transaction of
  its own: done, it is a 303 to where to go on; refused, the same page comes again with what was typed;
- `version` is a hidden field: what somebody else did meanwhile is told, and nothing typed is lost.
"""

from pathlib import Path

from services.referrals.pages import (
    caseload,
    choosing,
    circumstances,
    client,
    company,
    doing,
    ending,
    finding,
    handing_over,
    handouts,
    hearing,
    keeping_apart,
    meeting,
    opening,
    person,
    session,
    team,
    today,
)
from shared.web.identity import KEYWORKER, RECOVERY_CHAMPION, TEAM_LEAD
from shared.web.pages import Link

TEMPLATES = Path(__file__).parent / "templates"
_CARE = frozenset({KEYWORKER, TEAM_LEAD})
NAVIGATION = (
    Link("Today", "/", _CARE),
    Link("Caseload", "/clients", _CARE),
    Link("Find a client", "/clients/find", _CARE),
    Link("New referral", "/clients/new", _CARE),
    Link("Someone to go with", "/company", _CARE | {RECOVERY_CHAMPION}),
    Link("Hand-outs", "/handouts", _CARE),
    Link("Meetings", "/meetings", _CARE),
    Link("Organisations", "/organisations", _CARE),
    Link("Team", "/team", frozenset({TEAM_LEAD})),
)
ROUTERS = (
    *company.ROUTERS,
    today.router,
    caseload.router,
    opening.router,
    finding.router,
    client.router,
    circumstances.router,
    person.router,
    session.router,
    doing.router,
    hearing.router,
    ending.router,
    choosing.router,
    handouts.router,
    meeting.router,
    handing_over.router,
    keeping_apart.router,
    team.router,
)
