"""What a template on a render node can ask of the instances there: an instance is a node here, and sees itself only."""

__all__ = ["getInstanceStatus", "getRunningInstances"]

from _rollcall import instance as _instance
from _rollcall.objects import MNode


def getRunningInstances() -> int:
    """How many chunks run here: 1 in a function that is called for one, 0 when the node idles."""
    return 1 if _instance.isRendering else 0


def getInstanceStatus(num: int) -> int:
    """Status of the instance, one of the kNodeStatus constants of MNode; that of another instance is not known: offline."""
    if num != _instance.number:
        return MNode.kNodeStatusOffline
    return MNode.kNodeStatusWorking if _instance.isRendering else MNode.kNodeStatusIdle
