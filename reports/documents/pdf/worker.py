"""PDFs and other files made in a child process: warm, one at a time, with a limit on time and memory.

So the libraries that make them take no memory of the processes that serve.

The child is forked from a server process that has loaded WeasyPrint and runs no thread, so a web server
with threads may start it at any time. It is replaced after 50 PDFs, because WeasyPrint's memory grows by
about 1 MB with each (measured).

Why there may be no PDF. Here, so that the web can catch these without loading WeasyPrint.
"""

from __future__ import annotations

import gc
import importlib
import multiprocessing
import os
import resource
import subprocess
import threading
import weakref
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as FutureTimeoutError
from multiprocessing import forkserver, popen_forkserver, resource_tracker

from pebble import ProcessExpired, ProcessFuture, ProcessPool


class PdfUnavailable(Exception):
    """This machine cannot make PDFs: a library or the fonts are missing. The text says what to do."""


class PdfBusy(Exception):
    """Too many PDFs are waiting already; in a few seconds there is room again."""


class PdfFailed(Exception):
    """This one PDF could not be made: a fault, too slow, too large, or the process was ended."""


MEMORY = 1 << 30
PDFS_A_CHILD = 50
MOST_WAITING = 2
# Loading WeasyPrint for the first time, on a slow machine.
TIME_TO_START = 30.0
# Loaded before any thread: a fork while one is loading would copy the lock of that for good.
_LOADED = (popen_forkserver, subprocess)


class PdfWorker:
    """Makes files in one child process. Starts it when first needed, and anew after a fork."""

    def __init__(self, timeout: float = 20, memory: int = MEMORY) -> None:
        self._timeout = timeout
        self._memory = memory
        self._lock = threading.Lock()
        self._pool: ProcessPool | None = None
        # Who waits for a PDF holds a thread of the server; the others are for those who save.
        self._places = threading.BoundedSemaphore(MOST_WAITING)
        _workers.add(self)

    @property
    def running(self) -> bool:
        """Whether the child was started."""
        return self._pool is not None

    def warm(self) -> None:
        """Start the child without waiting for it, unless it was started before."""
        if self._pool is None:
            threading.Thread(target=self._running_pool, name="pdf-warm", daemon=True).start()

    def render(self, html: str) -> bytes:
        """Return the PDF of a document. Raises PdfUnavailable, and as `make` does."""
        return self.make("reports.documents.pdf.render", "pdf", html)

    def make(self, module: str, function: str, *given: object) -> bytes:
        """Return the file that a function makes, in the child: only there is its module loaded.

        Safe to call from several threads. Raises PdfFailed, PdfBusy, and what the function raises.
        """
        if not self._places.acquire(blocking=False):
            raise PdfBusy("Other files are being made.")
        try:
            # Others may be before us. The child's own limit counts from when it begins.
            return self._begun(module, function, given).result(TIME_TO_START + 2 * self._timeout)
        except (FutureTimeoutError, CancelledError) as error:
            raise PdfFailed(f"The file took longer than {self._timeout:g} seconds.") from error
        except (ProcessExpired, RuntimeError, MemoryError, SystemError) as error:
            raise PdfFailed("The process that makes files ended before it was done.") from error
        finally:
            self._places.release()

    def stop(self) -> None:
        """End the child. The next PDF starts a new one."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.stop()  # type: ignore[no-untyped-call]  # Pebble gives no types for it
            pool.join()

    def forget(self) -> None:
        """Begin afresh: after a fork, the child belongs to the parent."""
        self._lock, self._pool = threading.Lock(), None
        self._places = threading.BoundedSemaphore(MOST_WAITING)

    def _begun(self, module: str, function: str, given: tuple[object, ...]) -> ProcessFuture[bytes]:
        """Return the file to come. Behind it waits a task that collects the garbage."""
        pool = self._running_pool()
        future: ProcessFuture[bytes] = pool.schedule(
            _made, args=(module, function, given), timeout=self._timeout
        )
        pool.schedule(gc.collect)
        return future

    def _running_pool(self) -> ProcessPool:
        with self._lock:
            if self._pool is None or not self._pool.active:
                self._pool = _new_pool(self._memory)
            return self._pool


def _new_pool(memory: int) -> ProcessPool:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["reports.documents.pdf.render"])
    pool = ProcessPool(
        max_workers=1,
        max_tasks=2 * PDFS_A_CHILD,
        initializer=_begin,
        initargs=(memory,),
        context=context,
    )
    # The pool starts its child with the first task.
    pool.schedule(_nothing)
    return pool


def _begin(memory: int) -> None:
    """Make the new child ready: its limit on memory, and no garbage collector while a PDF is made.

    Garbage is collected after each PDF, in a task of its own, when nobody waits for it.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    importlib.import_module("reports.documents.pdf.render")
    gc.collect()
    gc.freeze()
    gc.disable()


def _nothing() -> None:
    """Do nothing, in the child."""


def _made(module: str, function: str, given: tuple[object, ...]) -> bytes:
    """Return the file, in the child."""
    made: bytes = getattr(importlib.import_module(module), function)(*given)
    return made


_workers: weakref.WeakSet[PdfWorker] = weakref.WeakSet()


def _after_fork() -> None:
    """Let go of the parent's children, and of its fork server: only the parent may wait for those.

    A thread of the parent may have been starting them, and then the locks are held for good in the child.
    """
    forkserver.ForkServer.__init__(forkserver._forkserver)
    resource_tracker.ResourceTracker.__init__(resource_tracker._resource_tracker)
    for worker in list(_workers):
        worker.forget()


os.register_at_fork(after_in_child=_after_fork)
