"""Mutual aid organisations to know by name (3-fama, *Meetings*)."""

from dataclasses import dataclass

from shared.meetings.meeting import Audience, ForWhat


@dataclass(frozen=True, slots=True)
class Organisation:
    """`for_what` is what its meetings are for unless a feed says otherwise of one."""

    code: str
    label: str
    twelve_step: bool
    audience: Audience
    for_what: tuple[ForWhat, ...]


_ALL: tuple[ForWhat, ...] = ("alcohol", "drug", "gambling", "other")
_BOTH: tuple[ForWhat, ...] = ("alcohol", "drug")

ORGANISATIONS: dict[str, Organisation] = {
    organisation.code: organisation
    for organisation in (
        Organisation("aa", "Alcoholics Anonymous", True, "self", ("alcohol",)),
        Organisation("na", "Narcotics Anonymous", True, "self", ("drug",)),
        Organisation("ca", "Cocaine Anonymous", True, "self", ("drug",)),
        Organisation("cma", "Crystal Meth Anonymous", True, "self", ("drug",)),
        Organisation("ma", "Marijuana Anonymous", True, "self", ("drug",)),
        Organisation("ga", "Gamblers Anonymous", True, "self", ("gambling",)),
        Organisation("dra", "Dual Recovery Anonymous", True, "self", _BOTH),
        Organisation("dtr", "Double Trouble in Recovery", True, "self", _BOTH),
        Organisation("cda", "Chemically Dependent Anonymous", True, "self", _BOTH),
        Organisation("smart-recovery", "SMART Recovery", False, "self", _ALL),
        Organisation("women-for-sobriety", "Women for Sobriety", False, "self", _BOTH),
        Organisation("sos", "Secular Organizations for Sobriety (Save Our Selves)", False, "self", _BOTH),
        Organisation("lifering", "LifeRing Secular Recovery", False, "self", _BOTH),
        Organisation("refuge-recovery", "Refuge Recovery", False, "self", _ALL),
        Organisation("al-anon", "Al-Anon Family Groups", True, "family", ("alcohol",)),
        Organisation("alateen", "Alateen", True, "family", ("alcohol",)),
        Organisation("nar-anon", "Nar-Anon Family Groups", True, "family", ("drug",)),
        Organisation("co-anon", "Co-Anon Family Groups", True, "family", ("drug",)),
        Organisation("families-anonymous", "Families Anonymous", True, "family", _BOTH),
        Organisation("gam-anon", "Gam-Anon", True, "family", ("gambling",)),
        Organisation("smart-family-friends", "SMART Recovery Family & Friends", False, "family", _ALL),
        Organisation("local", "A locally developed group", False, "both", _ALL),
    )
}
