"""Generates files in a long-running child process: one at a time, with limits on time and memory.

So the libraries take no memory in the web processes. For the functions that it runs, see `tasks`.

The child is forked from a server process that has loaded WeasyPrint and runs no thread, so a web server
with threads may start it at any time. It is replaced after 50 PDFs, because WeasyPrint's memory grows by
about 1 MB with each (measured).
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import resource
import subprocess
import threading
import weakref
from collections.abc import Callable
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as FutureTimeoutError
from multiprocessing import forkserver, popen_forkserver, resource_tracker
from typing import ParamSpec

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from reports.documents.pdf.errors import PdfBusy, PdfFailed
from reports.documents.pdf.tasks import load_pdf_engine, make_pdf

P = ParamSpec("P")


MEMORY = 1 << 30
PDFS_PER_CHILD = 50
MOST_WAITING = 2
# Loading WeasyPrint for the first time, on a slow machine.
TIME_TO_START = 30.0
# Loaded before any thread starts: a fork during an import would leave its lock closed in the child forever.
_LOADED = (popen_forkserver, subprocess)


class PdfWorker:
    """Generates files in one child process, which it starts when first needed, and again after a fork."""

    def __init__(self, timeout: float = 20, memory: int = MEMORY) -> None:
        self._timeout = timeout
        self._memory = memory
        self._lock = threading.Lock()
        self._pool: ProcessPool | None = None
        self._closed = False
        # Each waiting request occupies a server thread; the other threads are for people who save.
        self._places = threading.BoundedSemaphore(MOST_WAITING)
        _workers.add(self)

    @property
    def running(self) -> bool:
        """Whether the child has been started."""
        return self._pool is not None

    def warm(self) -> None:
        """Start the child without waiting for it, unless it was started before."""
        if self._pool is None:
            threading.Thread(target=self._warm, name="pdf-warm", daemon=True).start()

    def render(self, html: str) -> bytes:
        """Return the PDF of a document. Raises PdfUnavailable, and what `make` raises."""
        return self.make(make_pdf, html)

    def make(self, task: Callable[P, bytes], *args: P.args, **kwargs: P.kwargs) -> bytes:
        """Return the file that a task makes in the child: a function at the top of a module, see `tasks`.

        Safe to call from several threads. Raises PdfFailed, PdfBusy, and what the task raises.
        """
        if not self._places.acquire(blocking=False):
            raise PdfBusy("Other files are being generated.")
        try:
            return self._result(task, *args, **kwargs)
        finally:
            self._places.release()

    def render_ahead(self, html: str) -> bytes:
        """Return the PDF of a document that nobody waits for yet: it takes no place of those who wait.

        To be called by one thread only. Raises PdfFailed, PdfUnavailable.
        """
        return self._result(make_pdf, html)

    def stop(self) -> None:
        """End the child. The next PDF starts a new one."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.stop()  # type: ignore[no-untyped-call]  # Pebble gives no types for it
            pool.join()

    def close(self) -> None:
        """End the child for good. A process calls this last: its end would interrupt the start of another."""
        with self._lock:
            self._closed = True
        self.stop()

    def forget(self) -> None:
        """Forget the child, which belongs to the parent after a fork."""
        self._lock, self._pool = threading.Lock(), None
        self._places = threading.BoundedSemaphore(MOST_WAITING)

    def _result(self, task: Callable[P, bytes], *args: P.args, **kwargs: P.kwargs) -> bytes:
        try:
            # Other files may come first. The time limit in the child starts when it begins this file.
            return self._schedule(task, *args, **kwargs).result(TIME_TO_START + 3 * self._timeout)
        except (FutureTimeoutError, CancelledError) as error:
            raise PdfFailed(f"The file took longer than {self._timeout:g} seconds.") from error
        except (ProcessExpired, RuntimeError, MemoryError, SystemError) as error:
            raise PdfFailed("The process that makes files ended before it was done.") from error

    def _schedule(self, task: Callable[P, bytes], *args: P.args, **kwargs: P.kwargs) -> ProcessFuture[bytes]:
        """Return the future file, and schedule garbage collection after it."""
        pool = self._running_pool()
        future: ProcessFuture[bytes] = pool.schedule(task, args=args, kwargs=kwargs, timeout=self._timeout)
        pool.schedule(gc.collect)
        return future

    def _warm(self) -> None:
        with contextlib.suppress(PdfFailed):
            self._running_pool()

    def _running_pool(self) -> ProcessPool:
        with self._lock:
            if self._closed:
                raise PdfFailed("This process is about to end.")
            if self._pool is None or not self._pool.active:
                self._pool = _new_pool(self._memory)
            return self._pool


def _new_pool(memory: int) -> ProcessPool:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["reports.documents.pdf.render"])  # the standard library takes names
    pool = ProcessPool(
        max_workers=1,
        max_tasks=2 * PDFS_PER_CHILD,
        initializer=_begin,
        initargs=(memory,),
        context=context,
    )
    # The pool starts its child with the first task.
    pool.schedule(_nothing)
    return pool


def _begin(memory: int) -> None:
    """Prepare the new child: limit its memory, and pause garbage collection while a PDF is generated.

    Garbage is collected after each PDF in a separate task, when nobody is waiting. Frozen, the libraries
    are left out of it: 3.3 s of processor time in place of 3.7 s for four PDFs (means of 3 runs each).
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    load_pdf_engine()
    gc.collect()
    gc.freeze()
    gc.disable()


def _nothing() -> None:
    """Do nothing, in the child."""


_workers: weakref.WeakSet[PdfWorker] = weakref.WeakSet()


def _after_fork() -> None:
    """Forget the parent's children and its fork server, because only the parent may wait for them.

    If a thread of the parent was just starting them, their locks would stay locked in this process.
    """
    forkserver.ForkServer.__init__(forkserver._forkserver)
    resource_tracker.ResourceTracker.__init__(resource_tracker._resource_tracker)
    for worker in list(_workers):
        worker.forget()


os.register_at_fork(after_in_child=_after_fork)
