"""The one place where templates are installed."""

from typing import Dict, List

from .template import MTemplate
from .tolerant import Tolerant


class MManager(Tolerant):
    """Holds the templates of this process."""

    _unique: "MManager"

    def __init__(self) -> None:
        super().__init__()
        self._templates: Dict[int, MTemplate] = {}
        # What a file that is being loaded has installed.
        self._installed: List[MTemplate] = []

    @classmethod
    def getUniqueClass(cls) -> "MManager":
        """The manager; there is one."""
        return cls._unique

    def installPyTemplate(self, template: MTemplate) -> None:
        """Installs a template, in the place of an earlier one with its id."""
        if not isinstance(template, MTemplate):
            raise TypeError("installPyTemplate takes an object of a class derived from MTemplate, not %r" % (template,))
        if "_mappings" not in vars(template):
            raise TypeError("the constructor of %s must call MTemplate.__init__(self)" % type(template).__name__)
        self._templates[template.getID()] = template
        self._installed.append(template)

    def resolveMappingToJob(self, templateId: int, itemName: str) -> str:
        """Name of the attribute of a job that a field of a template is mapped to."""
        template = self._templates.get(templateId)
        return itemName if template is None else template._attributeOf(itemName)


MManager._unique = MManager()
