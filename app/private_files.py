"""Folders and files that only their owner can read, and that survive a power failure."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path


def make_private_folder(folder: Path) -> None:
    """Create the folder, for its owner only, unless it exists. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def make_private_file(path: Path, text: str = "") -> None:
    """Create the file atomically, readable by its owner only, unless it exists. Raises OSError.

    It is on the disk when this returns. A key has to be there before anything is encrypted with it, or
    a power failure could leave data that nobody can ever decrypt.
    """
    if path.exists():
        return
    with tempfile.NamedTemporaryFile("w", dir=path.parent) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(file.name, path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Flush the folder's directory entries to disk."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
