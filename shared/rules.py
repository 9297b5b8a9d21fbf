"""The register of rules: each sentence of 3-fama beside the function that keeps it, for a clinician to check.

`docs/fama.md` lists them. The test that shows a rule is named `test_` and its sentence (`test_name`).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, ParamSpec, TypeVar

Source = Literal["G", "S", "O", "sense"]
"""The guide; another published source; ours; what cannot be otherwise (an unknown id, a day still to come)."""
Effect = Literal["refuses", "warns", "suggests", "keeps"]
"""`keeps`: what follows by itself, or is shown."""
Because = Literal["privacy", "safety"]

_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`where`: in the source ("Stage 2, step 3"). `codes`: of the refusals or cautions that it may answer with."""

    sentence: str
    source: Source
    effect: Effect
    because: Because | None
    codes: tuple[str, ...]
    where: str
    module: str
    function: str

    @property
    def test_name(self) -> str:
        return "test_" + "_".join(re.findall(r"[a-z0-9]+", self.sentence.lower().replace("'", "")))


_REGISTERED: list[Rule] = []


def rule(
    sentence: str,
    *,
    source: Source,
    effect: Effect,
    because: Because | None = None,
    codes: tuple[str, ...] = (),
    where: str = "",
) -> Callable[[Callable[_Given, _Answer]], Callable[_Given, _Answer]]:
    """Registers the function below it, which stays as it is. One function may keep several rules."""

    def register(function: Callable[_Given, _Answer]) -> Callable[_Given, _Answer]:
        _REGISTERED.append(
            Rule(
                sentence=sentence,
                source=source,
                effect=effect,
                because=because,
                codes=codes,
                where=where,
                module=function.__module__,
                function=function.__qualname__,
            )
        )
        return function

    return register


def rules() -> tuple[Rule, ...]:
    """Those of the modules that have been imported, in that order."""
    return tuple(_REGISTERED)
