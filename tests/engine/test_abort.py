"""The flag that native code reads."""

import ctypes

from chatdesk.engine.abort import AbortFlag


def _as_native_code_reads_it(flag):
    strlen = ctypes.CDLL(None).strlen if hasattr(ctypes.CDLL(None), "strlen") else ctypes.cdll.msvcrt.strlen
    strlen.argtypes, strlen.restype = [ctypes.c_void_p], ctypes.c_size_t
    return strlen(flag.address)


def test_a_new_flag_lets_work_go_on():
    flag = AbortFlag()
    assert not flag.raised
    assert _as_native_code_reads_it(flag) == 0


def test_a_raised_flag_is_one_for_native_code_however_often_it_was_raised():
    flag = AbortFlag()
    flag.set()
    flag.set()
    assert flag.raised
    assert _as_native_code_reads_it(flag) == 1


def test_a_cleared_flag_lets_work_go_on_again_at_the_same_address():
    flag = AbortFlag()
    address = flag.address
    flag.set()
    flag.clear()
    assert not flag.raised
    assert flag.address == address
    assert _as_native_code_reads_it(flag) == 0
