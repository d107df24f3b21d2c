"""Runs the emulator on a clock that a test moves: the machine's, plus the seconds in the file that is named first."""

import mmap
import struct
import sys
import time

with open(sys.argv.pop(1), "rb") as file:
    moved = mmap.mmap(file.fileno(), 8, access=mmap.ACCESS_READ)
machine_time = time.time
time.time = lambda: machine_time() + struct.unpack_from("<d", moved)[0]

from ministack.app import main  # noqa: E402 - it must find the moved clock

sys.exit(main())
