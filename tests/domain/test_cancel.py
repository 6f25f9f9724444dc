"""A token is cancelled once, with its children, from any thread."""

from chatdesk.domain.cancel import CancelToken


def test_a_child_is_cancelled_with_its_parent():
    parent = CancelToken()
    child, grandchild = parent.child(), parent.child().child()
    assert not child.cancelled
    parent.cancel()
    assert child.cancelled
    assert child.wait(0)
    assert parent.child().cancelled
    assert grandchild.cancelled


def test_a_child_can_be_cancelled_alone():
    parent = CancelToken()
    child, other = parent.child(), parent.child()
    child.cancel()
    assert (parent.cancelled, child.cancelled, other.cancelled) == (False, True, False)
