"""docs/fama.md is what the code keeps, and the register is honest: read from the code's syntax trees."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from shared.rules import Effect, Rule
from tests.guide.collected import ROOT, registered, shown_by
from tests.guide.page import page

DOMAIN = ROOT / "services" / "referrals" / "domain"
ANSWERS: dict[str, Effect] = {"Refusal": "refuses", "Caution": "warns"}


@dataclass(frozen=True)
class Answered:
    """A refusal or caution as it stands in the code. `function` is empty for one of a module's table."""

    module: str
    function: str
    effect: Effect
    code: str


def answered(path: Path) -> Iterator[Answered]:
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        for call in ast.walk(node):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ANSWERS:
                code = call.args[0]
                assert isinstance(code, ast.Constant), f"{path.name}:{call.lineno}: write the code where it is answered"
                function = node.name if isinstance(node, ast.FunctionDef) else ""
                yield Answered(module, function, ANSWERS[call.func.id], str(code.value))


def all_answered() -> set[Answered]:
    return {one for path in sorted(DOMAIN.glob("**/*.py")) for one in answered(path)}


def stated(rules: tuple[Rule, ...]) -> set[Answered]:
    return {
        Answered(rule.module, function, rule.effect, code)
        for rule in rules
        for code in rule.codes
        for function in (rule.function, "")
    }


def test_the_list_for_clinicians_is_what_the_code_keeps() -> None:
    written = (ROOT / "docs" / "fama.md").read_text(encoding="utf-8")
    assert written == page(registered()), "write it anew: make guide"


def test_every_refusal_and_every_warning_is_stated_by_the_function_that_answers_it() -> None:
    assert all_answered() - stated(registered()) == set()


def test_no_rule_states_an_answer_that_its_module_does_not_give() -> None:
    of_the_pathway = tuple(rule for rule in registered() if rule.module.startswith("services.referrals.domain"))
    said = {replace(answer, function="") for answer in stated(of_the_pathway)}
    assert said - {replace(answer, function="") for answer in all_answered()} == set()


def test_rules_of_ours_refuse_for_privacy_and_safety_only() -> None:
    ours = [rule for rule in registered() if rule.source == "O" and rule.effect == "refuses"]
    assert [rule.sentence for rule in ours if rule.because is None] == []


def test_what_cannot_be_is_refused_or_pointed_out_and_nothing_else() -> None:
    sense = [rule for rule in registered() if rule.source == "sense"]
    assert {rule.effect for rule in sense} <= {"refuses", "warns"}
    assert {rule.because for rule in sense} == {None}


def test_every_rule_is_shown_by_a_test_with_the_name_of_its_sentence() -> None:
    assert sorted({rule.test_name for rule in registered()} - set(shown_by())) == []


def test_a_sentence_is_one_rule_wherever_it_is_kept() -> None:
    meant: dict[str, set[tuple[object, ...]]] = {}
    for rule in registered():
        meant.setdefault(rule.sentence, set()).add((rule.source, rule.effect, rule.because, rule.where))
    assert [sentence for sentence, ways in meant.items() if len(ways) > 1] == []


def test_a_sentence_begins_and_ends_as_one() -> None:
    assert [r.sentence for r in registered() if not (r.sentence[0].isupper() and r.sentence.endswith("."))] == []
