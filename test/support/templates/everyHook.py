# A template with every hook. Each prints what it is given; the one of the start of a job does real work and dies in the
# middle of it the first time.
import os

import MDispatcherAPI
import MTemplateAPI
import muster

MTemplateError = MTemplateAPI.MTemplateError
STATUSES = {1: "queued", 2: "in-progress", 3: "completed", 6: "waiting", 8: "deleting"}


def note(hook, job, *more):
    status = STATUSES[job.getStatus()]
    words = [hook, muster.hookKey(), job.getId(), job.getName(), status] + list(more)
    print("|".join(str(word) for word in words))


class EveryHook(MTemplateAPI.MTemplate):
    def __init__(self):
        MTemplateAPI.MTemplate.__init__(self)
        self.setID(2401)
        self.setName("every hook in Python")

    def onBuildCommandLine(self, job, chunk, pathOut):
        pathOut.setString("render")
        return MTemplateError()

    def onDispatcherOverrideImpersonationUser(self, job, user):
        note("onDispatcherOverrideImpersonationUser", job, user)
        return "ada"

    def onValidateJobSubmission(self, job):
        note("onValidateJobSubmission", job)
        if job.getProject() == "":
            return MTemplateError(1, "every job needs a project")
        return MTemplateError()

    def onSubmitJob(self, job):
        note("onSubmitJob", job)

    def onEditJob(self, job):
        note("onEditJob", job)

    def onJobPropertiesChanged(self, job):
        note("onJobPropertiesChanged", job)

    def onValidateJobDependancies(self, job):
        note("onValidateJobDependancies", job)

    def onValidateChunkDependancies(self, job, chunk):
        note("onValidateChunkDependancies", job, "chunk %d" % chunk.getChunkId())

    def onJobStart(self, job):
        note("onJobStart", job)
        # One job for each key, however often this is called.
        name = "preview of %s, %s" % (job.getName(), muster.hookKey())
        error, jobs = MDispatcherAPI.jobGetList()
        names = [other.getName() for other in jobs]
        if name not in names:
            preview = MDispatcherAPI.MJob()
            preview.setName(name)
            preview.setTemplateID(43)
            preview.setAttributes({"command": {"value": "preview"}})
            error = MDispatcherAPI.jobSubmit(preview, job.getOwner())
            if error.getErrorCode() != 0:
                return MTemplateError(2, error.getDescription())
        if not any(other.startswith("preview") for other in names):
            os._exit(1)

    def onJobEnd(self, job):
        note("onJobEnd", job)

    def onJobCompleted(self, job):
        note("onJobCompleted", job)

    def onReinitJob(self, job):
        note("onReinitJob", job)

    def onDeleteJob(self, job):
        note("onDeleteJob", job)

    def onDispatcherIdling(self):
        print("|".join(["onDispatcherIdling", muster.hookKey()]))


MTemplateAPI.MManager.getUniqueClass().installPyTemplate(EveryHook())
