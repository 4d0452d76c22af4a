"""What this process counts, and its own memory. One for a process: each is asked at a port of its own."""

import resource

from duly_server.gateways.figures import Counted, Figure, one
from duly_server.web.waiting.lanes import LANES

counted = Counted()
_MIB = 1024 * 1024


def figures(*, at: float) -> tuple[Figure, ...]:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 // _MIB * _MIB
    memory = one("duly_process_most_memory_bytes", "The most memory it ever had, in whole MiB.", float(most))
    lanes = dict.fromkeys(lane.name for lane in LANES.values())
    return (*counted.figures(lanes, at=at), memory)
