"""How many requests a server has in hand, and how many of them it works at.

Most threads of a server only hold whoever waits; those that do the work, each with a connection to the
database, are few. `serve` and the front of the web (web/waiting/front.py) must agree on these figures.
"""

import os

CORES = os.cpu_count() or 1
IN_HAND = 512  # requests in one process, with those that wait
MOST_WAITING = 400  # of them, so that whoever sends a complaint always finds a thread
WORKING = 4  # at once, at everything that is not limited, and at sending complaints
LOGINS = max(1, CORES // 2)  # at once: comparing a password takes a third of a second of one core
