"""`husret`, and `python -m services.cli`: the process of its own that a command runs in."""

import signal
import sys

# Until a command runs there is nothing to end tidily, and an interrupt while a library is imported
# would come out as a traceback, or as an error of that library.
signal.signal(signal.SIGINT, signal.SIG_DFL)

from services.cli.main import main  # noqa: E402  # what is imported here must be interruptible

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
