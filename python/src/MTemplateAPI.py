"""The template API of Muster: what a template is made of."""

from typing import Any

from _rollcall.objects import (
    MChunk,
    MJob,
    MStringRef,
    kTemplateBroadcast,
    kTemplateImageSlices,
    kTemplateMultiframe,
    kTemplateTargetHost,
)
from _rollcall.template import MEnvironment, MTemplate, MTemplatePlatform
from _rollcall.templateError import MTemplateError
from _rollcall.templateItems import (
    MTemplateItem,
    MTemplateItemFile,
    MTemplateItemFolder,
    MTemplateItemInteger,
    MTemplateItemString,
)
from _rollcall.templateManager import MManager

__all__ = [
    "MChunk",
    "MEnvironment",
    "MJob",
    "MManager",
    "MStringRef",
    "MTemplate",
    "MTemplateError",
    "MTemplateItem",
    "MTemplateItemFile",
    "MTemplateItemFolder",
    "MTemplateItemInteger",
    "MTemplateItemString",
    "MTemplatePlatform",
    "kProcessDirect",
    "kTemplateBroadcast",
    "kTemplateImageSlices",
    "kTemplateImageSlicing",
    "kTemplateMultiframe",
    "kTemplateTargetHost",
]

# The program is the render itself, not something that starts it.
kProcessDirect = 0

kTemplateImageSlicing = kTemplateImageSlices


def __getattr__(name: str) -> Any:
    """
    Muster has more kinds of fields, and more constants for things that do not matter here, than any public text names.
    A field of an unknown kind is a text; a constant of an unknown name is that name.
    """
    if name.startswith("MTemplateItem"):
        return type(name, (MTemplateItemString,), {})
    if name.startswith("k") and name[1:2].isupper():
        return name
    raise AttributeError("module 'MTemplateAPI' has no attribute '%s'" % name)
