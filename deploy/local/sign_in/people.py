"""The fictional people. Their names say what they do, so that nobody takes them for somebody."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FictionalPerson:
    """`provider` is an ODS code of the range for tests."""

    sub: str
    name: str
    roles: tuple[str, ...]
    provider: str
    team: str | None

    @property
    def told(self) -> str:
        """As the sign-in page shows them."""
        team = f", team {self.team}" if self.team else ""
        return f"{' and '.join(self.roles)} at {self.provider}{team}"

    def claims(self) -> dict[str, object]:
        team = {"team": self.team} if self.team else {}
        return {"sub": self.sub, "name": self.name, "roles": list(self.roles), "provider": self.provider, **team}


PEOPLE = {
    person.sub: person
    for person in (
        FictionalPerson("kay", "Kay Keyworker", ("keyworker",), "X99", "north"),
        FictionalPerson("sam", "Sam South", ("keyworker",), "X99", "south"),
        FictionalPerson("tess", "Tess Teamlead", ("team-lead",), "X99", "south"),
        FictionalPerson("zoe", "Zoe Otherprovider", ("keyworker",), "X98", "south"),
        FictionalPerson("rory", "Rory Recoverychampion", ("recovery-champion",), "X99", "north"),
        FictionalPerson("otto", "Otto Operations", ("operations",), "X99", None),
    )
}
