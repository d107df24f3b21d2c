/** MClientAPI as a submitter outside of the dispatcher uses it. */
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { REAL_PASSWORD } from '../support/realFarm.ts';
import { pythonFarm } from './pythonFarm.ts';
import { askPython, itWithPython, runPython } from './runPython.ts';

const { client, environment, url } = await pythonFarm();

/** Written for Muster 8.5: its address and port are in it. */
const submitter = (host: string, port: number): string => `
import MClientAPI
import MTemplateAPI

error = MClientAPI.InitializeLibrary("")
if error.getErrorCode() != 0:
    print("library: " + error.getDescription())
session = MClientAPI.InitializeSession()
error = MClientAPI.Connect(session, "${host}", ${port})
if error.getErrorCode() != 0:
    print("connect: " + error.getDescription())
error = MClientAPI.Authenticate(session, "admin", "${REAL_PASSWORD}")
if error.getErrorCode() != 0:
    print("login: " + error.getDescription())

first = MClientAPI.MJob()
first.setName("layer one")
first.setParentId(-1)
first.setJobType(MClientAPI.MJob.kJobTypeJob)
first.setPriority(40)
first.setTemplateID(43)
first.setIncludedPools("linux,gpu")
first.setPacketSize(5)
first.setPacketType(MTemplateAPI.kTemplateMultiframe)
first.setProject("dusk")
first.setDepartment("lighting")
first.setLogsErrorCheckType(MClientAPI.MJob.kSkipWarnings)
first.setMaximumNodes(3)
first.attributeSetString("ADD_FLAGS", "/bin/echo {start_frame}")
first.attributeSetString("shot_name", "sh010")
first.attributeSetFloat("start_frame", float(101))
first.attributeSetFloat("end_frame", float(110))
first.attributeSetFloat("by_frame", 1.0)
error = MClientAPI.ActionSendJob(session, first)
if error.getErrorCode() != 0:
    print("send: " + error.getDescription())

second = MClientAPI.MJob()
second.setName("composite")
second.setTemplateID(43)
second.setDependMode(MClientAPI.MJob.kJobDependSuccess)
second.setDepends("%d" % first.getJobId())
second.attributeSetString("ADD_FLAGS", "/bin/true")
error = MClientAPI.ActionSendJob(session, second)
if error.getErrorCode() != 0:
    print("send: " + error.getDescription())
MClientAPI.Disconnect(session)
if MClientAPI.GetPlatform() == MClientAPI.kPlatformLinux or True:
    print("IDs: %d %d %s" % (first.getJobId(), second.getJobId(), first.attributeGetString("start_frame")))
`;

const idsOf = (output: string): [number, number] => {
  const [, first, second] = /^IDs: (\d+) (\d+) 101$/m.exec(output) ?? [];
  return [Number(first), Number(second)];
};

describe('MClientAPI', () => {
  itWithPython('runs a submitter of Muster 8.5 as it is', async () => {
    const { hostname, port } = new URL(url);

    const output = await runPython(submitter(hostname, Number(port)));

    const [first, second] = idsOf(output);
    const { job } = await client.jobGet({ id: first });
    const { job: composite } = await client.jobGet({ id: second });
    assert.doesNotMatch(output, /library|connect|login|send/);
    assert.deepEqual(
      {
        name: job.name,
        owner: job.owner,
        frames: [job.startFrame, job.endFrame, job.byFrame],
        chunkCount: job.chunkCount,
        includedPools: job.includedPools,
        project: job.project,
        department: job.department,
        logsErrorCheckType: job.logsErrorCheckType,
        maximumInstances: job.maximumInstances,
        attributes: Object.keys(job.attributes).sort(),
      },
      {
        name: 'layer one',
        owner: 'admin',
        frames: [101, 110, 1],
        chunkCount: 2,
        includedPools: ['linux', 'gpu'],
        project: 'dusk',
        department: 'lighting',
        logsErrorCheckType: 'skip-warnings',
        maximumInstances: 3,
        attributes: ['ADD_FLAGS', 'shot_name'],
      },
    );
    assert.deepEqual(composite.dependIds, [first]);
  });

  itWithPython('goes to ROLLCALL_URL instead of the address in a submitter', async () => {
    const output = await runPython(submitter('muster.invalid', 9781), { ROLLCALL_URL: url });

    const [first] = idsOf(output);
    assert.equal((await client.jobGet({ id: first })).job.name, 'layer one');
  });

  itWithPython('makes a folder of a job that says it is one', async () => {
    const { hostname, port } = new URL(url);

    const id = (await askPython(`
import MClientAPI
session = MClientAPI.InitializeSession()
MClientAPI.Connect(session, "${hostname}", ${port})
MClientAPI.Authenticate(session, "admin", "${REAL_PASSWORD}")
folder = MClientAPI.MJob()
folder.setJobType(MClientAPI.MJob.kJobTypeFolder)
folder.setName("shots")
err = MClientAPI.ActionSendJob(session, folder)
assert err.getErrorCode() == 0, err
print(folder.getJobId())`)) as number;

    const { job } = await client.jobGet({ id });
    assert.deepEqual([job.type, job.name, job.owner], ['folder', 'shots', 'admin']);
  });

  itWithPython('submits paused where the attribute of a submitter asks for it', async () => {
    const id = (await askPython(
      `
import MClientAPI, MDispatcherAPI
job = MClientAPI.MJob()
job.setName("held")
job.setTemplateID(43)
job.attributeSetString("command", "/bin/true")
job.attributeSetString("overridestatus", "2")
assert MDispatcherAPI.jobSubmit(job, "admin").getErrorCode() == 0
print(job.getJobId())`,
      environment,
    )) as number;

    assert.equal((await client.jobGet({ id })).job.paused, true);
  });

  itWithPython(
    'answers a wrong password, a server that is away and a session without one with errors',
    async () => {
      const { hostname, port } = new URL(url);

      const answer = await askPython(`
import MClientAPI
session = MClientAPI.InitializeSession()
codes = [MClientAPI.ActionSendJob(session, MClientAPI.MJob()).getErrorCode()]
codes.append(MClientAPI.Connect(session, "127.0.0.1", 1).getErrorCode())
codes.append(MClientAPI.Connect(session, "127.0.0.1", None).getErrorCode())
codes.append(MClientAPI.Connect(session, "${hostname}", ${port}).getErrorCode())
codes.append(MClientAPI.Authenticate(session, "admin", "wrong").getErrorCode())
codes.append(MClientAPI.ActionSendJob(session, MClientAPI.MJob()).getErrorCode())
codes.append(MClientAPI.Disconnect(session).getErrorCode())
print(json.dumps(codes))`);

      assert.deepEqual(answer, [101, 102, 103, 0, 3, 101, 0]);
    },
  );
});
