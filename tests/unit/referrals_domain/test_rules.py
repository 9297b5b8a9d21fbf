"""How a rule is registered."""

from shared.rules import Rule


def test_a_rules_test_has_the_name_of_its_sentence() -> None:
    stated = Rule(
        sentence="A client's day, e.g. of 7 days: it stays *planned*.",
        source="O",
        effect="keeps",
        because=None,
        codes=(),
        where="",
        module="anywhere",
        function="anything",
    )
    assert stated.test_name == "test_a_clients_day_e_g_of_7_days_it_stays_planned"
