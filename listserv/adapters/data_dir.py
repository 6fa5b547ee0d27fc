"""The data directory: made when it is missing, for this account only."""

import os
from pathlib import Path

from listserv.domain.errors import Refused


def make(path: Path) -> None:
    """Raises Refused when it cannot be made, or nothing can be written there."""
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise Refused(
            f"The data directory {path} cannot be made ({error.strerror}). "
            "Set QUIETLIST_DATA_DIR to another one."
        ) from None
    if not os.access(path, os.W_OK | os.X_OK):
        raise Refused(
            f"Nothing can be written into the data directory {path}. "
            "Give it to this account, or set QUIETLIST_DATA_DIR to another one."
        )
