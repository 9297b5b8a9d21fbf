"""How a rule answers when it does not simply say yes: values with a reason that a keyworker would understand."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Nothing was changed. `field` is the body's field (camelCase) that is at fault, if it is one."""

    code: str
    reason: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Caution:
    """A warning: it was done all the same. Rules marked [O] warn and never refuse."""

    code: str
    reason: str
