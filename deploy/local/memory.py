"""What a process takes of the machine's memory."""

import psutil


def proportional_set_size(pid: int) -> int:
    """Bytes, of the process and its children: its own pages, and its share of those it has in common with others.

    Where the system does not tell shares, only its own. A process that has just ended takes nothing.
    """
    try:
        process = psutil.Process(pid)
        return sum(_share(one) for one in (process, *process.children(recursive=True)))
    except psutil.NoSuchProcess:
        return 0


def _share(process: psutil.Process) -> int:
    told = process.memory_full_info()
    return int(getattr(told, "pss", told.uss))
