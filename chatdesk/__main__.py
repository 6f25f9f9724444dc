"""Start the application. Nothing is imported at the top: a spawned child process imports this file again."""

import multiprocessing
import sys


def main() -> int:
    """Run the command line; without a command, open the window."""
    multiprocessing.freeze_support()
    try:
        from chatdesk.cli import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:  # before a command listens to Ctrl+C
        return 130


if __name__ == "__main__":
    raise SystemExit(main())
