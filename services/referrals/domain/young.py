"""Who is under 18: young people's or Alateen meetings only, no adult peer, and no place in the return on adults."""

from datetime import date as Day


def under_18(birth_date: Day, on: Day) -> bool:
    """Born on 29 February, one is 18 on 1 March in a year without one."""
    return (on.year - 18, on.month, on.day) < (birth_date.year, birth_date.month, birth_date.day)
