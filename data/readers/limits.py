"""How much a file may ask for, and how the child process is held to it. Figures only; wording is in `refusals`."""

import os

MB = 1 << 20

MAX_SPREADSHEET_BYTES = 150 * MB
MAX_WEB_BYTES = 100 * MB
MAX_TEXT_BYTES = 6000 * MB
MAX_ZIP_BYTES = 2000 * MB

# A zip may hold this much unpacked. Below the floor its ratio is never looked at: small repetitive
# workbooks pack well. Real spreadsheets pack 5 to 25 times.
MAX_WORKBOOK_UNPACKED = 900 * MB
MAX_ZIP_UNPACKED = 6000 * MB
MAX_RATIO = 100
RATIO_FLOOR = 32 * MB
MAX_MEMBERS = 500

# The box from A1 to the last cell with a value: a full sheet of 1,048,576 rows and 11 columns passes.
MAX_SPREADSHEET_CELLS = 12_000_000
MAX_TEXT_CELLS = 1_000_000_000
MAX_COLUMNS = 16_384
MAX_LINE_BYTES = 16 * MB
MAX_TABLES = 200

# A quoted cell of a text file that runs on longer than this was opened by a stray quotation mark.
MAX_QUOTED = 1_000_000

# Threads of the child that look at texts beside each other.
THREADS = 2

CHILD_MEMORY = 2560 * MB
CHILD_FILE = 16_000 * MB


def seconds_allowed(size: int) -> int:
    """Processor seconds for a file of `size` bytes: what is needed many times over, yet bounded."""
    return 9 + size // (2 * MB)


def hold_this_process(cpu_seconds: int):
    """Limit this process's memory, processor time and file size, where the system can. Windows cannot."""
    os.umask(0o077)
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, CHILD_MEMORY),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, CHILD_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            hard = resource.getrlimit(what)[1]
            most = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(what, (most, hard))
        except (ValueError, OSError):
            continue  # macOS refuses some of these; the time limit of the parent still holds.
