"""The base class of templates: what its constructor declares, and the functions that it may override."""

from typing import Any, Dict, Iterator, List, Mapping, Optional, Tuple

from .entity import NAMES, MStringRef
from .objects import MChunk, MJob, kTemplateMultiframe
from .templateError import MTemplateError
from .templateItems import MTemplateItem
from .tolerant import Tolerant

# Functions that a node calls, in the order of a chunk's life.
RENDER_HOOKS = (
    "onBuildEnvironment",
    "onGetApplicationPath",
    "onGetApplicationStartingFolder",
    "onBuildCommandLine",
    "onCheckLog",
    "onCheckExitCode",
    "onClientIdling",
)

# Functions that the dispatcher calls.
DISPATCHER_HOOKS = (
    "onDispatcherOverrideImpersonationUser",
    "onValidateJobSubmission",
    "onDeleteJob",
    "onSubmitJob",
    "onReinitJob",
    "onEditJob",
    "onJobPropertiesChanged",
    "onJobCompleted",
    "onValidateJobDependancies",
    "onValidateChunkDependancies",
    "onJobStart",
    "onJobEnd",
    "onDispatcherIdling",
)


class MTemplatePlatform(Tolerant):
    """What a template says of one operating system."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._isEnabled = False
        self._checksErrors = True
        self._framesFloat = False
        self._items: List[MTemplateItem] = []

    def setPlatformEnabled(self, value: Any) -> None:
        """Whether the template runs there; without a call on any platform it runs on all."""
        self._isEnabled = bool(value)

    def setEnableErrorCheck(self, value: Any) -> None:
        """Whether onCheckLog and onCheckExitCode are asked."""
        self._checksErrors = bool(value)

    def setFramesFloating(self, value: Any) -> None:
        """Whether frames between whole ones can be rendered."""
        self._framesFloat = bool(value)

    def setEnabledByDefault(self, value: Any) -> None:
        """Nothing here: every node renders with every template of its platform, unless pools say otherwise."""

    def setDetectionLogic(self, value: Any) -> None:
        """Nothing here: a render is over when its process and all that it started are gone."""

    def addClientConfigurationItem(self, item: MTemplateItem) -> None:
        """Adds a preference of the machine, with its default."""
        self._items.append(item)


class MEnvironment:
    """Variables of a process, by name."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = dict(variables)

    def setValue(self, name: str, value: Any) -> None:
        """Sets a variable, or changes it."""
        self._variables[name] = str(value)

    def getValue(self, name: str) -> str:
        """A variable; empty if there is none of that name."""
        return self._variables.get(name, "")

    def removeValue(self, name: str) -> None:
        """Takes a variable away, if it is there."""
        self._variables.pop(name, None)

    def __getitem__(self, name: str) -> str:
        return self._variables[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self.setValue(name, value)

    def __contains__(self, name: object) -> bool:
        return name in self._variables

    def __iter__(self) -> Iterator[str]:
        return iter(self._variables)

    def keys(self) -> List[str]:
        return list(self._variables)


class MTemplate(Tolerant):
    """A template is a class derived from this one, configured in its constructor, and installed in the manager."""

    def __init__(self) -> None:
        super().__init__()
        self._id = 0
        self._templateName = ""
        self._description = ""
        self._logic: Any = kTemplateMultiframe
        self._maximumLicenses = 0
        self._licensesGroup = ""
        self._delay = 0.0
        self._delayGroup = ""
        self._jobDefaults: Dict[str, Any] = {}
        self._items: List[MTemplateItem] = []
        self._mappings: Dict[str, str] = {}
        self.platformLinux = MTemplatePlatform("linux")
        self.platformMac = MTemplatePlatform("darwin")
        self.platformWindows = MTemplatePlatform("win32")

    @property
    def platformWin(self) -> MTemplatePlatform:
        return self.platformWindows

    @property
    def platformOSX(self) -> MTemplatePlatform:
        return self.platformMac

    def setID(self, id: int) -> None:
        self._id = int(id)

    def getID(self) -> int:
        """The number that jobs name the template by."""
        return self._id

    def setName(self, name: str) -> None:
        self._templateName = name

    def getName(self) -> str:
        return self._templateName

    def setDescription(self, description: str) -> None:
        self._description = description

    def getDescription(self) -> str:
        return self._description

    def setTemplateLogic(self, logic: Any) -> None:
        """How jobs become chunks, one of the constants kTemplate…."""
        self._logic = logic

    def setDefaultPriority(self, priority: int) -> None:
        """Priority of jobs that are submitted without one."""
        self._jobDefaults["priority"] = int(priority)

    def setDefaultPools(self, pools: Any) -> None:
        """Pools of jobs that are submitted without, as a list or as text with commas."""
        self._jobDefaults["includedPools"] = NAMES.take(pools)

    def setDefaultExcludedPools(self, pools: Any) -> None:
        """The same for pools whose nodes do not render the job."""
        self._jobDefaults["excludedPools"] = NAMES.take(pools)

    def setMaximumLicenses(self, count: int) -> None:
        """How many chunks of the licenses group run at a time on the whole farm; 0 is no limit."""
        self._maximumLicenses = int(count)

    def setLicensesGroup(self, group: str) -> None:
        """Name of the limit; templates with the same one share it."""
        self._licensesGroup = group

    def setDelayGroup(self, group: str) -> None:
        """Templates with the same one are kept apart from each other; without one a template is alone in its own."""
        self._delayGroup = group

    def setDelay(self, seconds: float) -> None:
        """Seconds between two starts of programs of the delay group on the whole farm; 0 is no delay."""
        self._delay = float(seconds)

    def addSubmissionItem(self, item: MTemplateItem) -> None:
        """Adds a field."""
        self._items.append(item)

    def addMapping(self, itemName: str, attributeName: str) -> None:
        """Names the attribute of a job that a field is; without a mapping it has the field's own name."""
        self._mappings[itemName] = attributeName

    def onBuildEnvironment(
        self, job: MJob, chunk: MChunk, clientTemplatePreferences: Dict[str, Any], existingEnvironment: MEnvironment
    ) -> Any:
        """The environment of the process."""
        return existingEnvironment

    def onGetApplicationPath(
        self, job: MJob, clientTemplatePreferences: Dict[str, Any], pathOut: MStringRef
    ) -> MTemplateError:
        """The program. Left empty, the first word of the command line is it."""
        return MTemplateError()

    def onGetApplicationStartingFolder(
        self, job: MJob, clientTemplatePreferences: Dict[str, Any], pathOut: MStringRef
    ) -> MTemplateError:
        """The folder that the process starts in. Left empty, it is the agent's."""
        return MTemplateError()

    def onBuildCommandLine(
        self, platform: str, job: MJob, chunk: MChunk, clientTemplatePreferences: Dict[str, Any], instanceNum: int
    ) -> str:
        """The arguments, in one text."""
        return ""

    def onCheckLog(
        self, job: MJob, chunk: MChunk, clientTemplatePreferences: Dict[str, Any], log: str
    ) -> MTemplateError:
        """Whether what the process wrote so far is good."""
        return MTemplateError()

    def onCheckExitCode(
        self, job: MJob, chunk: MChunk, clientTemplatePreferences: Dict[str, Any], exitCode: int
    ) -> MTemplateError:
        """Whether the process ended well."""
        if exitCode == 0:
            return MTemplateError()
        return MTemplateError(exitCode, "exit code %d" % exitCode)

    # What the package itself asks.

    def _platforms(self) -> Tuple[MTemplatePlatform, ...]:
        every = (self.platformLinux, self.platformMac, self.platformWindows)
        return tuple(platform for platform in every if platform._isEnabled) or every

    def _platform(self, name: str) -> Optional[MTemplatePlatform]:
        return next((platform for platform in self._platforms() if platform._name == name), None)

    def _attributeOf(self, itemName: str) -> str:
        return self._mappings.get(itemName, itemName)

    def _overrides(self, hook: str) -> bool:
        return getattr(type(self), hook, None) not in (None, getattr(MTemplate, hook, None))
