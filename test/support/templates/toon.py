# A template as studios write them: a toon shader's command line renderer, here `toon.py` beside the scene.
import MClientAPI
import MTemplateAPI

manager = MTemplateAPI.MManager.getUniqueClass()


class ToonTemplate(MTemplateAPI.MTemplate):
    def __init__(self):
        MTemplateAPI.MTemplate.__init__(self)
        self.setID(1107)
        self.setName("Toon")
        self.setDescription("Renders cartoons")
        self.setTemplateLogic(MTemplateAPI.kTemplateMultiframe)
        self.setDefaultPriority(1)
        self.setDefaultPools("")
        self.setDefaultExcludedPools("")
        self.setMaximumLicenses(3)
        self.setLicensesGroup("toon-licences")
        self.setDelayGroup("toon")
        self.setDelay(0)

        self.addSubmissionItem(MTemplateAPI.MTemplateItemFile("TOONFILE", "Scene", "The scene to render", "", 0, 1, 1, "*.toon"))
        self.addSubmissionItem(MTemplateAPI.MTemplateItemInteger("TOONSTART", "Start", "First frame", 1, 0, 0, 1))
        self.addSubmissionItem(MTemplateAPI.MTemplateItemInteger("TOONLINES", "Lines", "Width of the lines", 2, 0, 0, 1))
        self.addSubmissionItem(MTemplateAPI.MTemplateItemString("TOONINK", "Ink", "Colour of the ink", "", 0, 0, 1))
        self.addSubmissionItem(MTemplateAPI.MTemplateItemFolder("TOONOUT", "Output", "Where frames go", "", 0, 1, 1))
        self.addMapping("TOONFILE", "job_file")
        self.addMapping("TOONSTART", "start_frame")
        self.addMapping("TOONINK", "ink")
        self.addMapping("TOONOUT", "output_folder")

        for platform in (self.platformLinux, self.platformMac):
            platform.setPlatformEnabled(1)
            platform.setEnableErrorCheck(1)
            platform.setEnabledByDefault(1)
            platform.setFramesFloating(0)
            platform.setDetectionLogic(MTemplateAPI.kProcessDirect)
            platform.addClientConfigurationItem(
                MTemplateAPI.MTemplateItemFile("TOONAPP", "Toon", "The renderer", "/opt/toon/bin/toon", 0, 0, 1)
            )
            platform.addClientConfigurationItem(
                MTemplateAPI.MTemplateItemFolder("TOONHOME", "Toon's home", "Where it starts", "/opt/toon", 0, 0, 1)
            )

    def onBuildCommandLine(self, platform, job, chunk, clientTemplatePreferences, instanceNum):
        command = "--frames %.0f-%.0f" % (chunk.getStartFrame(), chunk.getEndFrame())
        command += " --lines " + job.attributeGetString("TOONLINES")
        command += ' --scene "' + job.attributeGetString(manager.resolveMappingToJob(self.getID(), "TOONFILE")) + '"'
        return command + " " + job.attributeGetString("ADD_FLAGS")

    def onBuildEnvironment(self, job, chunk, clientTemplatePreferences, existingEnvironment):
        environment = existingEnvironment
        if MClientAPI.GetPlatform() == MClientAPI.kPlatformLinux:
            environment.setValue("TOON_LICENSE", "5053@licences")
        return environment

    def onGetApplicationPath(self, job, clientTemplatePreferences, pathOut):
        pathOut.setString(clientTemplatePreferences["TOONAPP"])
        return MTemplateAPI.MTemplateError()

    def onGetApplicationStartingFolder(self, job, clientTemplatePreferences, pathOut):
        pathOut.setString(clientTemplatePreferences["TOONHOME"])
        return MTemplateAPI.MTemplateError()

    def onCheckLog(self, job, chunk, clientTemplatePreferences, log):
        if log.find("out of ink") != -1:
            error = MTemplateAPI.MTemplateError(
                1, "The ink ran out", MTemplateAPI.MTemplateError.kTemplateErrorTypeError
            )
            error.addErrorAction(MTemplateAPI.MTemplateError.kTemplateErrorAbortRender)
            return error
        return MTemplateAPI.MTemplateError()

    def onCheckExitCode(self, job, chunk, clientTemplatePreferences, exitCode):
        if exitCode not in (0, 42):
            return MTemplateAPI.MTemplateError(
                exitCode, "Toon ended with %d" % exitCode, MTemplateAPI.MTemplateError.kTemplateErrorTypeError
            )
        return MTemplateAPI.MTemplateError()

    def onJobEnd(self, job):
        return MTemplateAPI.MTemplateError()


manager.installPyTemplate(ToonTemplate())
