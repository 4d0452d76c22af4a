"""Processes that belong together: a worker that dies is started again, and none goes on without the server.

Whoever is killed says goodbye to nobody. Without this the rest of a killed server would go on: the old
program would answer on the port of the new one, and nobody would note what runs out.
"""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable

PAUSE = 2.0  # seconds before a worker that died is started again
LONGEST_GOODBYE = 15.0


class Worker:
    """`duly work` in a process of its own, as long as this one serves."""

    def __init__(self) -> None:
        self._is_over = threading.Event()
        self._process = self._started()
        self._thread = threading.Thread(target=self._keep, name="duly-keeps-worker", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Told to stop, and waited for."""
        self._is_over.set()
        self._process.terminate()
        self._thread.join(timeout=20)

    def _started(self) -> "subprocess.Popen[bytes]":
        """It ends when its standard input does, which only this process holds open."""
        command = [sys.executable, "-m", "duly_server.cli.work"]
        return subprocess.Popen(  # noqa: S603 -- this very program
            command, env=dict(os.environ), stdin=subprocess.PIPE
        )

    def _keep(self) -> None:
        while True:
            self._process.wait()
            if self._process.stdin is not None:
                self._process.stdin.close()
            if self._is_over.wait(PAUSE):
                return
            self._process = self._started()
            if self._is_over.is_set():  # told to stop meanwhile
                self._process.terminate()


def when_input_ends(act: Callable[[], object]) -> None:
    """Do this once whoever started this process is gone."""

    def wait() -> None:
        # Not through sys.stdin: a thread that waits in it is in the way when the interpreter ends.
        while os.read(0, 1):
            pass
        act()

    threading.Thread(target=wait, name="duly-ends-with-server", daemon=True).start()


def end_with_parent() -> None:
    """A web process that `duly serve` started ends when that one does, however it came to its end."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return  # another server runs it, in its own way

    def wait() -> None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
        threading.Event().wait(LONGEST_GOODBYE)
        os._exit(1)

    threading.Thread(target=wait, name="duly-ends-with-server", daemon=True).start()
