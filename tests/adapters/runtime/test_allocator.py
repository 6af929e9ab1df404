from __future__ import annotations

import ctypes
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from bot.adapters.runtime import allocator

ROOT = Path(__file__).resolve().parents[3]
IN_THREADS = """
import ctypes, pathlib, sys, threading
from bot.adapters.runtime import allocator

is_asked, file = sys.argv[1] == "True", pathlib.Path(sys.argv[2])
assert not is_asked or allocator.give_back()
libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p
all_there = threading.Barrier(4)

def work():
    libc.malloc(1000)
    all_there.wait()

threads = [threading.Thread(target=work) for _ in range(4)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
out = ctypes.c_void_p(libc.fopen(bytes(file), b"w"))
libc.malloc_info(0, out)
libc.fclose(out)
print(file.read_text().count("<heap nr="))
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="there is nothing to ask for elsewhere")
def test_all_threads_share_one_heap(tmp_path: Path) -> None:
    counts = []
    for is_asked in (False, True):
        work = [sys.executable, "-c", IN_THREADS, str(is_asked), str(tmp_path / "heaps.xml")]
        counts.append(int(subprocess.run(work, cwd=ROOT, check=True, capture_output=True, text=True).stdout))
    assert counts[0] > 1
    assert counts[1] == 1


@pytest.mark.parametrize("fault", [AttributeError, OSError, TypeError])
def test_another_c_library_is_no_fault(fault: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(_: object) -> None:
        raise fault

    monkeypatch.setattr(ctypes, "CDLL", absent)
    assert not allocator.give_back()
