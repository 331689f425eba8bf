"""PDFs made in a child process: warm, one at a time, with a limit on time and memory.

The child is forked from a server process that has loaded WeasyPrint and runs no thread, so a web server
with threads may start it at any time. It is replaced after 50 PDFs, because WeasyPrint's memory grows by
about 1 MB with each (measured).
"""

from __future__ import annotations

import gc
import importlib
import multiprocessing
import os
import resource
import threading
import weakref
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as FutureTimeoutError
from multiprocessing import forkserver

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from reports.pdf_errors import PdfBusy, PdfFailed

MEMORY = 1 << 30
PDFS_A_CHILD = 50
MOST_WAITING = 2
# Loading WeasyPrint for the first time, on a slow machine.
TIME_TO_START = 30.0


class PdfWorker:
    """Makes PDFs in one child process. Starts it when first needed, and anew after a fork."""

    def __init__(self, timeout: float = 20, memory: int = MEMORY) -> None:
        self._timeout = timeout
        self._memory = memory
        self._lock = threading.Lock()
        self._pool: ProcessPool | None = None
        # Who waits for a PDF holds a thread of the server; the others are for those who save.
        self._places = threading.BoundedSemaphore(MOST_WAITING)
        _workers.add(self)

    def warm(self) -> None:
        """Start the child without waiting for it, unless it was started before."""
        if self._pool is None:
            threading.Thread(target=self._running_pool, name="pdf-warm", daemon=True).start()

    def render(self, html: str) -> bytes:
        """Return the PDF. Safe to call from several threads. Raises PdfUnavailable, PdfFailed, PdfBusy."""
        if not self._places.acquire(blocking=False):
            raise PdfBusy("Other PDFs are being made.")
        try:
            # Others may be before us. The child's own limit counts from when it begins.
            return self._begun(html).result(TIME_TO_START + 2 * self._timeout)
        except (FutureTimeoutError, CancelledError) as error:
            raise PdfFailed(f"The PDF took longer than {self._timeout:g} seconds.") from error
        except (ProcessExpired, RuntimeError) as error:
            raise PdfFailed("The process that makes PDFs ended before it was done.") from error
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

    def _begun(self, html: str) -> ProcessFuture[bytes]:
        """Return the PDF to come. Behind it waits a task that collects the garbage."""
        pool = self._running_pool()
        future: ProcessFuture[bytes] = pool.schedule(_render, args=(html,), timeout=self._timeout)
        pool.schedule(gc.collect)
        return future

    def _running_pool(self) -> ProcessPool:
        with self._lock:
            if self._pool is None or not self._pool.active:
                self._pool = _new_pool(self._memory)
            return self._pool


def _new_pool(memory: int) -> ProcessPool:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["reports.pdf"])
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
    importlib.import_module("reports.pdf")
    gc.collect()
    gc.freeze()
    gc.disable()


def _nothing() -> None:
    """Do nothing, in the child."""


def _render(html: str) -> bytes:
    """Return the PDF, in the child: only there is WeasyPrint loaded."""
    made: bytes = importlib.import_module("reports.pdf").pdf(html)
    return made


_workers: weakref.WeakSet[PdfWorker] = weakref.WeakSet()


def _after_fork() -> None:
    """Let go of the parent's children, and of its fork server: only the parent may wait for those."""
    forkserver.ForkServer.__init__(forkserver._forkserver)
    for worker in list(_workers):
        worker.forget()


os.register_at_fork(after_in_child=_after_fork)
