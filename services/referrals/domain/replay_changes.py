"""What one event changes of the pathway: fields by name. The rest stays as it is."""

from collections.abc import Callable
from typing import Any

from services.referrals.domain.events import Event
from services.referrals.domain.pathway import Pathway

Changes = dict[str, Any]
Steps = dict[type[Event], Callable[[Pathway, Any], Changes]]
