"""Starts ChatDesk or its checks from a fresh clone: does everything that is missing, then hands over.

    python3 packaging/bootstrap.py run [--gpu auto|cuda|vulkan|metal|none] [-- arguments for chatdesk]
    python3 packaging/bootstrap.py test [--gpu ...] [arguments for pytest]

This file has to be readable for every Python 3, so that an old one gets a sentence and not a syntax error;
what needs a newer Python stands in the `setup_*.py` files beside it and is imported after the check.
"""

import argparse
import io
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)


def python_problem(version: "tuple[int, ...]", executable: str) -> str:
    """Return the sentence for a Python that is too old, or "" when it will do."""
    if tuple(version[:2]) >= OLDEST:
        return ""
    return (
        "ChatDesk needs Python 3.11 or newer, and this is Python {} ({}). Install a newer Python and start "
        "the command with it, for example: python3.11 packaging/bootstrap.py run".format(
            ".".join(str(part) for part in version[:3]), executable
        )
    )


def read_arguments(argv: "list[str]") -> "tuple[str, str | None, list[str]]":
    """Return (command, gpu or None, what is passed on); all after `--` is passed on unread."""
    cut = argv.index("--") if "--" in argv else len(argv)
    parser = argparse.ArgumentParser(
        prog="bootstrap.py",
        allow_abbrev=False,
        description="Set up ChatDesk in .venv as far as it is missing, then start it or run its checks.",
        epilog="Other arguments go to chatdesk (run) or to pytest (test).",
    )
    parser.add_argument(
        "command", choices=["run", "test"], help="open the window, or run all checks and tests"
    )
    parser.add_argument(
        "--gpu",
        choices=["auto", "cuda", "vulkan", "metal", "none"],
        help="what the language model runs on; auto looks at this computer. Without this option the build "
        "that is installed stays, and a first set-up does as auto",
    )
    options, rest = parser.parse_known_args(argv[:cut])
    return options.command, options.gpu, rest + argv[cut + 1 :]


def main() -> int:
    """Run the command of the command line and return its exit code."""
    problem = python_problem(sys.version_info[:3], sys.executable)
    if problem:
        sys.stderr.write(problem + "\n")
        return 1
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    command, gpu, rest = read_arguments(sys.argv[1:])

    import setup_checks
    import setup_environment
    import setup_system

    try:
        python = setup_environment.prepare(ROOT, command, gpu)
        if command == "test":
            return setup_checks.run_all(ROOT, python, rest)
    except setup_system.SetupStopped as stop:
        sys.stderr.write(f"{stop}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. The same command goes on from here.\n")
        return 130
    return start_chatdesk(python, rest)


def start_chatdesk(python: Path, rest: "list[str]") -> int:
    """Hand over to ChatDesk; where the system can, in this very process, so that signals reach it."""
    # -P: files in the folder where the user stands must not be taken for modules.
    command = [str(python), "-P", "-m", "chatdesk", *rest]
    sys.stdout.flush()
    if os.name == "posix":
        os.execv(command[0], command)
    return subprocess.call(command)


if __name__ == "__main__":
    sys.exit(main())
