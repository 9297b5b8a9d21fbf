"""docs/fama.md is what the code keeps, and the register is honest: read from the code's syntax trees."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from shared.rules import Effect
from tests.guide.collected import ROOT, registered, shown_by
from tests.guide.page import page

DOMAIN = ROOT / "services" / "referrals" / "domain"
PATHWAY = "services.referrals.domain"
ANSWERS: dict[str, Effect] = {"Refusal": "refuses", "Caution": "warns"}


@dataclass(frozen=True)
class Answered:
    """A refusal or caution as it stands in the code; `functions`: those that answer it, or ask one that does."""

    module: str
    effect: Effect
    code: str
    functions: frozenset[str]


def answered(path: Path) -> Iterator[Answered]:
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    tree = ast.parse(path.read_text(encoding="utf-8"))
    uses = {name: names_in(node) for node in tree.body for name in names_of(node)}
    for node in tree.body:
        for call in ast.walk(node):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ANSWERS:
                code = call.args[0]
                assert isinstance(code, ast.Constant), f"{path.name}:{call.lineno}: write the code where it is answered"
                yield Answered(module, ANSWERS[call.func.id], str(code.value), asking(names_of(node), uses))


def names_of(node: ast.stmt) -> set[str]:
    """Of a function, or of a table of answers."""
    match node:
        case ast.FunctionDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)):
            return {name}
        case _:
            return set()


def names_in(node: ast.stmt) -> set[str]:
    return {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}


def asking(names: set[str], uses: dict[str, set[str]]) -> frozenset[str]:
    """These, and whatever in their module asks one of them."""
    more = names | {name for name, used in uses.items() if used & names}
    return frozenset(names) if more == names else asking(more, uses)


def all_answered() -> list[Answered]:
    return [one for path in sorted(DOMAIN.glob("**/*.py")) for one in answered(path)]


def stated() -> set[tuple[str, str, Effect, str]]:
    return {(rule.module, rule.function, rule.effect, code) for rule in registered() for code in rule.codes}


def test_the_list_for_clinicians_is_what_the_code_keeps() -> None:
    written = (ROOT / "docs" / "fama.md").read_text(encoding="utf-8")
    assert written == page(registered()), "write it anew: make guide"


def test_every_refusal_and_every_warning_is_stated_by_a_function_that_answers_it() -> None:
    known = stated()
    unstated = [
        (one.module, one.effect, one.code)
        for one in all_answered()
        if not any((one.module, function, one.effect, one.code) in known for function in one.functions)
    ]
    assert unstated == []


def test_no_rule_states_an_answer_that_its_module_does_not_give() -> None:
    given = {(one.module, one.effect, one.code) for one in all_answered()}
    said = {(module, effect, code) for module, _, effect, code in stated() if module.startswith(PATHWAY)}
    assert said - given == set()


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
