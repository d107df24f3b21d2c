"""
Tells what a template's file declares, as JSON: `python3 -m _rollcall.describe FILE`. The file is loaded, its functions are
not called. What it prints goes to standard error.
"""

import json
import os
import sys
from typing import Any, Dict, List

from .attributes import FRAMES
from .objects import packetTypes
from .template import DISPATCHER_HOOKS, RENDER_HOOKS, MTemplate
from .templateFile import TemplateFileError, load
from .templateItems import MTemplateItem

_LOGICS = {number: name for name, number in packetTypes.numbers.items()}


def describe(path: str) -> Dict[str, Any]:
    """`template` is what is pushed; `notes` tells people what of the file has no effect here."""
    file = os.path.basename(path)
    template = load(path, file)
    if template._logic not in _LOGICS:
        raise TemplateFileError(
            "%s: its logic is %s; it must be kTemplateMultiframe, kTemplateImageSlices, kTemplateBroadcast or kTemplateTargetHost"
            % (file, template._logic)
        )
    return {"template": _declaration(template, file), "notes": _notes(template)}


def _declaration(template: MTemplate, file: str) -> Dict[str, Any]:
    platforms = template._platforms()
    return {
        "id": template.getID(),
        "name": template.getName(),
        "description": template.getDescription() or template.getName(),
        "file": file,
        "fields": _fields(template),
        "packetTypes": [_LOGICS[template._logic]],
        "wholeFrames": not any(platform._framesFloat for platform in platforms),
        "platforms": [platform._name for platform in platforms],
        "hooks": [hook for hook in RENDER_HOOKS if template._overrides(hook)],
        "dispatcherHooks": [hook for hook in DISPATCHER_HOOKS if template._overrides(hook)],
        "limits": _limits(template),
        **_startDelay(template),
        **_jobDefaults(template),
    }


def _fields(template: MTemplate) -> List[Dict[str, Any]]:
    """Frames are fields of a job, not attributes: they are left out."""
    fields: Dict[str, Dict[str, Any]] = {}
    for item in template._items:
        attribute = template._attributeOf(item.getName())
        if attribute not in FRAMES:
            fields[attribute] = _field(attribute, item)
    return list(fields.values())


def _field(attribute: str, item: MTemplateItem) -> Dict[str, Any]:
    default = item.getDefault()
    field = {
        "name": attribute,
        "label": item.getDescription() or item.getLabel() or attribute,
        "kind": item.kind,
        "required": False,
    }
    return field if default in ("", None) else dict(field, default=_plain(default))


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value if isinstance(value, (int, float)) else str(value)


def _limits(template: MTemplate) -> List[Dict[str, Any]]:
    if template._maximumLicenses <= 0:
        return []
    return [{"name": template._licensesGroup or template.getName(), "maximum": template._maximumLicenses}]


def _startDelay(template: MTemplate) -> Dict[str, Any]:
    if template._delay <= 0:
        return {}
    return {"startDelay": {"group": template._delayGroup or template.getName(), "seconds": template._delay}}


def _jobDefaults(template: MTemplate) -> Dict[str, Any]:
    given = {name: value for name, value in template._jobDefaults.items() if value != []}
    return {"jobDefaults": given} if given else {}


def _notes(template: MTemplate) -> List[str]:
    notes = [
        "%s is not called" % name
        for name in sorted(dir(type(template)))
        if name.startswith("on") and name[2:3].isupper() and name not in RENDER_HOOKS + DISPATCHER_HOOKS
    ]
    everything = [template, *template._items, template.platformLinux, template.platformMac, template.platformWindows]
    ignored = {name for one in everything for name in one._ignored}
    notes += ["%s has no effect" % name for name in sorted(ignored)]
    return notes


def main() -> int:
    if len(sys.argv) != 2:
        print("usage: python3 -m _rollcall.describe FILE", file=sys.stderr)
        return 2
    # What the file prints is not the answer.
    answer, sys.stdout = sys.stdout, sys.stderr
    try:
        text = json.dumps(describe(sys.argv[1]))
    except TemplateFileError as error:
        print(error, file=sys.stderr)
        return 1
    print(text, file=answer)
    return 0


if __name__ == "__main__":
    sys.exit(main())
