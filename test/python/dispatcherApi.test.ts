/** MDispatcherAPI against a farm. */
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { aJob } from '../support/aJob.ts';
import { until } from '../support/realFarm.ts';
import { pythonFarm } from './pythonFarm.ts';
import { askPython, itWithPython, runPython } from './runPython.ts';

const { client, environment, startAgent } = await pythonFarm();

const ask = (script: string): Promise<unknown> =>
  askPython(`import MDispatcherAPI, MClientAPI, MTemplateAPI\n${script}`, environment);

/** As on the reference page, with its output. */
const listExample = `
import MDispatcherAPI
err, jobs = MDispatcherAPI.jobGetList()
if (err.getErrorCode() != 0):
    print("Function failed: " + err.getDescription())
for job in jobs:
    print("Job status: " + str(job.getStatus()) + " name: " + job.getName())
`;

const restoreExample = `
import MDispatcherAPI
import MClientAPI
 
query = MClientAPI.MBackupQuery()
boundaries = MClientAPI.MBackupQueryBoundaries()
 
err = MDispatcherAPI.backupGetBoundaries(boundaries)
print ("Number of backup jobs: " + str(boundaries.getJobsCount()))
 
err, results = MDispatcherAPI.backupQuery(query)
for item in results:
	err = MDispatcherAPI.backupRestoreJob(item.getId(),MClientAPI.MJob.kJobsBackupRestoreActionDuplicateEntry|MClientAPI.MJob.kJobsBackupRestoreActionRestoreParents,0)
	if (err.getErrorCode() != 0): print (err.getDescription())
`;

const command = `
job = MClientAPI.MJob()
job.setName("from python")
job.setTemplateID(43)
job.attributeSetString("command", "/bin/true")
`;

describe('MDispatcherAPI', () => {
  itWithPython('runs the list program of the reference page as it is', async () => {
    await client.jobSubmit({ job: aJob(1, { name: 'of the example', paused: true }) });

    const output = await runPython(listExample, environment);

    assert.match(output, /^Job status: 1 name: of the example$/m);
  });

  itWithPython('runs the restore program of the reference page as it is', async () => {
    const output = await runPython(restoreExample, environment);

    assert.match(output, /^Number of backup jobs: \d+$/m);
  });

  itWithPython('submits a job and gives the object its id', async () => {
    const answer = (await ask(`${command}
job.setParentId(-1)
job.setPriority(70)
job.setPacketSize(4)
job.setPacketType(MTemplateAPI.kTemplateMultiframe)
job.setIncludedPools("fast, gpu")
job.setDependMode(MClientAPI.MJob.kJobDependFailure)
job.setStartOn(4102444800)
job.setPaused(1)
job.attributeSetFloat("start_frame", 1.0)
job.attributeSetFloat("end_frame", 10.0)
err = MDispatcherAPI.jobSubmit(job, "admin")
print(json.dumps([err.getErrorCode(), err.getDescription(), job.getJobId()]))`)) as [number, string, number];

    const { job } = await client.jobGet({ id: answer[2] });
    assert.deepEqual(answer.slice(0, 2), [0, '']);
    assert.deepEqual(
      {
        name: job.name,
        owner: job.owner,
        priority: job.priority,
        chunkCount: job.chunkCount,
        includedPools: job.includedPools,
        dependMode: job.dependMode,
        startOn: job.startOn,
        paused: job.paused,
        attributes: job.attributes,
      },
      {
        name: 'from python',
        owner: 'admin',
        priority: 70,
        chunkCount: 3,
        includedPools: ['fast', 'gpu'],
        dependMode: 'failure',
        startOn: '2100-01-01T00:00:00.000Z',
        paused: true,
        attributes: { command: { value: '/bin/true', state: true, subst: false } },
      },
    );
  });

  itWithPython('edits only what was set since the job was read', async () => {
    const { id } = await client.jobSubmit({ job: aJob(2, { name: 'before', paused: true }) });

    const answer = await ask(`
err, job = MDispatcherAPI.jobGet(${id})
MDispatcherAPI.jobEdit(job)
other = MDispatcherAPI.jobGet(${id})[1]
other.setPriority(99)
MDispatcherAPI.jobEdit(other)
job.setName("after")
err = MDispatcherAPI.jobEdit(job)
print(json.dumps([err.getErrorCode(), job.getPriority()]))`);

    const { job } = await client.jobGet({ id });
    assert.deepEqual(answer, [0, 99]);
    assert.deepEqual([job.name, job.priority], ['after', 99]);
  });

  itWithPython('refuses an edit of what an edit does not change', async () => {
    const { id } = await client.jobSubmit({ job: aJob(1, { paused: true }) });

    const answer = await ask(`
err, job = MDispatcherAPI.jobGet(${id})
job.setStatus(MClientAPI.MJob.kJobStatusCompleted)
err = MDispatcherAPI.jobEdit(job)
print(json.dumps([err.getErrorCode(), err.getDescription()]))`);

    assert.deepEqual(answer, [103, 'status: this call does not change it; leave it as it is']);
  });

  itWithPython('makes folders, moves jobs, starts them again and deletes them', async () => {
    const answer = await ask(`${command}
job.setPaused(True)
steps = []
err, folder = MDispatcherAPI.jobAddFolder(-1, "admin", "a folder")
steps.append(err.getErrorCode())
steps.append(MDispatcherAPI.jobSubmit(job, "admin").getErrorCode())
id = job.getJobId()
steps.append(MDispatcherAPI.jobReparent(id, folder).getErrorCode())
steps.append(MDispatcherAPI.jobGet(id)[1].getParentId() == folder)
steps.append(MDispatcherAPI.jobReinit(id).getErrorCode())
steps.append(MDispatcherAPI.jobGet(id)[1].getGeneration())
steps.append(MDispatcherAPI.jobUpdateStatus(id).getErrorCode())
steps.append(MDispatcherAPI.jobUpdate(id).getErrorCode())
steps.append(MDispatcherAPI.jobDelete(id).getErrorCode())
steps.append(MDispatcherAPI.jobGet(id)[0].getErrorCode())
print(json.dumps(steps))`);

    assert.deepEqual(answer, [0, 0, 0, true, 0, 2, 0, 0, 0, 6]);
  });

  itWithPython('lists more jobs than a page holds, each once', async () => {
    for (let round = 0; round < 21; round += 1) {
      const some = Array.from({ length: 50 }, (_, n) =>
        client.jobSubmit({ job: aJob(1, { name: `many ${round * 50 + n}`, paused: true }) }),
      );
      await Promise.all(some);
    }

    const names = (await ask(`
err, jobs = MDispatcherAPI.jobGetList()
print(json.dumps([job.getName() for job in jobs if job.getName().startswith("many ")]))`)) as string[];

    assert.equal(names.length, 1_050);
    assert.equal(new Set(names).size, 1_050);
  });

  itWithPython('reads the chunks of a job, sets one by hand and reads its history', async () => {
    const { id } = await client.jobSubmit({ job: aJob(3, { paused: true }) });

    const answer = await ask(`
steps = []
err, chunks = MDispatcherAPI.chunkGetList(${id})
steps.append([chunk.getChunkId() for chunk in chunks])
steps.append(MDispatcherAPI.chunkSetStatus(${id}, 2, MClientAPI.MChunk.kChunkStatusCompleted).getErrorCode())
err, chunk = MDispatcherAPI.chunkGet(${id}, 2)
steps.append(chunk.getStatus() == MClientAPI.MChunk.kChunkStatusCompleted)
steps.append("%.0f-%.0f" % (chunk.getStartFrame(), chunk.getEndFrame()))
steps.append(len(MDispatcherAPI.chunkGetHistory(${id})[1]))
steps.append(MDispatcherAPI.chunkGetHistory(${id}, 2)[0].getErrorCode())
print(json.dumps(steps))`);

    assert.deepEqual(answer, [[1, 2, 3], 0, true, '2-2', 0, 0]);
  });

  itWithPython('commands a node that works', async () => {
    startAgent('p1');
    await until('the node is there', async () => (await client.nodeGetList({})).nodes.length === 1);

    const answer = await ask(`
steps = []
err, node = MDispatcherAPI.nodeGetByName("p1")
id = node.getId()
steps.append(MDispatcherAPI.nodePause(id).getErrorCode())
steps.append(MDispatcherAPI.nodeGet(id)[1].getPaused())
steps.append(MDispatcherAPI.nodeResume(id).getErrorCode())
steps.append(MDispatcherAPI.nodeSetNotes(id, "noisy fan").getErrorCode())
steps.append(MDispatcherAPI.nodeSetRealtimeLog(id, 1).getErrorCode())
steps.append(MDispatcherAPI.nodeSetProcessPriority(id, MClientAPI.MNode.kProcessPriorityLow).getErrorCode())
steps.append(MDispatcherAPI.sendMessageToNode(id, 0, "hello", False).getErrorCode())
steps.append(MDispatcherAPI.nodeKillProcess(id).getErrorCode())
node = [node for node in MDispatcherAPI.nodeGetList()[1] if node.getName() == "p1"][0]
steps.append([node.getNotes(), node.getRealtimeLog(), node.getProcessPriority(), node.getJobId(), node.getLastSeenAt() > 1.7e9])
print(json.dumps(steps))`);

    assert.deepEqual(answer, [0, true, 0, 0, 0, 0, 0, 9, ['noisy fan', true, 'low', -1, true]]);
  });

  itWithPython('changes a pool without touching what was not set', async () => {
    const answer = await ask(`
pool = MClientAPI.MPool()
pool.setName("python pool")
pool.setDescription("first")
pool.setWakeAddresses([{"mac": "02:00:00:00:00:01", "subnet": "10.0.7.0/24"}])
steps = [MDispatcherAPI.poolAdd(pool).getErrorCode(), MDispatcherAPI.poolAdd(pool).getErrorCode()]
err, pool = MDispatcherAPI.poolGet("python pool")
pool.setDescription("second")
steps.append(MDispatcherAPI.poolConfigure(pool).getErrorCode())
pool = [one for one in MDispatcherAPI.poolGetList()[1] if one.getName() == "python pool"][0]
steps.append([pool.getDescription(), len(pool.getWakeAddresses())])
steps.append(MDispatcherAPI.poolRemove("python pool").getErrorCode())
print(json.dumps(steps))`);

    assert.deepEqual(answer, [0, 17, 0, ['second', 1], 0]);
  });

  itWithPython('tells whether the engine runs, and stops and starts it', async () => {
    const answer = await ask(`
steps = [MDispatcherAPI.systemQueryEngineStatus()[1]]
steps.append(MDispatcherAPI.systemSwapEngineStatus().getErrorCode())
steps.append(MDispatcherAPI.systemQueryEngineStatus()[1])
steps.append(MDispatcherAPI.systemSwapEngineStatus().getErrorCode())
print(json.dumps(steps))`);

    assert.deepEqual(answer, [true, 0, false, 0]);
  });

  itWithPython('gets and sets the settings, and reads the logs of days as one text', async () => {
    const answer = await ask(`
err, settings = MDispatcherAPI.systemGetConfiguration()
before = settings.getHistoryDays()
settings.setHistoryDays(77)
steps = [before, MDispatcherAPI.systemSetConfiguration(settings, False).getErrorCode()]
steps.append(MDispatcherAPI.systemGetConfiguration()[1].getHistoryDays())
steps.append(MDispatcherAPI.systemSoftRestart().getErrorCode())
steps.append(MDispatcherAPI.systemGetConfiguration()[1].getHistoryDays())
steps.append(MDispatcherAPI.systemStartNodesNetworkScan().getErrorCode())
steps.append(MDispatcherAPI.logAddMessage("from python").getErrorCode())
err, names = MDispatcherAPI.systemGetActivityLogsList()
err, text = MDispatcherAPI.systemGetActivityLog(names[0])
steps.append("message from python\\n" in text)
steps.append(MDispatcherAPI.systemRemoveActivityLog("activity-2020-01-01.log").getErrorCode())
steps.append(MDispatcherAPI.logClear().getErrorCode())
print(json.dumps(steps))`);

    assert.deepEqual(answer, [90, 0, 77, 0, 90, 0, 0, true, 6, 0]);
  });

  itWithPython('tells bounds of statistics and history, clears them and restarts counters', async () => {
    const answer = await ask(`
import time
steps = [MDispatcherAPI.dbGetStatisticsBounds()[0].getErrorCode(), len(MDispatcherAPI.dbGetHistoryBounds())]
steps.append(MDispatcherAPI.dbClearStatisticsBounds(0, time.time()).getErrorCode())
steps.append(MDispatcherAPI.dbClearHistoryBounds(0, time.time()).getErrorCode())
steps.append(list(MDispatcherAPI.dbGetHistoryBounds()[1:]))
steps.append(MDispatcherAPI.systemResetStatisticsCounters().getErrorCode())
print(json.dumps(steps))`);

    assert.deepEqual(answer, [0, 4, 0, 0, [0, 0, 0], 0]);
  });

  itWithPython('fills a text with the queue as SQL, also with a long one', async () => {
    const answer = await ask(`
import sqlite3
queue = sqlite3.connect(":memory:")
sql = MDispatcherAPI.MStringRef()
steps = [MDispatcherAPI.dbExportQueueSQL(sql).getErrorCode()]
queue.executescript(sql.getString())
steps.append(queue.execute("SELECT count(*) FROM db_mails").fetchone())
for count in range(40):
    job = MClientAPI.MJob()
    job.setName("long")
    job.setTemplateId(43)
    job.attributeSetString("command", "/bin/true")
    for name in ["one", "two", "three", "four"]:
        job.attributeSetString(name, "x" * 30000)
    MDispatcherAPI.jobSubmit(job, "admin")
steps.append(MDispatcherAPI.dbExportQueueSQL(sql).getErrorCode())
queue = sqlite3.connect(":memory:")
queue.executescript(sql.getString())
steps.append(queue.execute("SELECT count(*) FROM db_jobs WHERE job_name = 'long'").fetchone())
print(json.dumps(steps))`);

    assert.deepEqual(answer, [0, [0], 0, [40]]);
  });

  itWithPython('imports a queue, also by a long text, and waits until it is there', async () => {
    const answer = await ask(`
sql = MDispatcherAPI.MStringRef()
steps = [MDispatcherAPI.dbExportQueueSQL(sql).getErrorCode()]
steps.append(MDispatcherAPI.dbImportQueueSQL("DROP TABLE db_jobs").getErrorCode())
steps.append(MDispatcherAPI.dbImportQueueSQL(7).getErrorCode())
row = "INSERT INTO db_logs VALUES (NULL, '" + "x" * 30000 + "');"
before = [job.getName() for job in MDispatcherAPI.jobGetList()[1]]
steps.append(MDispatcherAPI.dbImportQueueSQL(sql.getString().replace("COMMIT;", row * 80 + "COMMIT;")).getErrorCode())
steps.append([job.getName() for job in MDispatcherAPI.jobGetList()[1]] == before)
print(json.dumps(steps))`);

    assert.deepEqual(answer, [0, 26, 103, 0, true]);
  });

  itWithPython("answers a refusal with the server's number and text, and with nothing else", async () => {
    const answer = await ask(`
err, job = MDispatcherAPI.jobGet(999999)
bad = MClientAPI.MJob()
bad.setName("bad")
bad.setTemplateId(43)
bad.attributeSetString("command", "/bin/true")
bad.setDependMode(7)
refused = MDispatcherAPI.jobSubmit(bad, "admin")
wrong = MDispatcherAPI.jobSubmit("a text", "admin")
unsendable = MDispatcherAPI.jobReinit(object())
print(json.dumps([err.getErrorCode(), err.getDescription(), job, refused.getErrorCode(),
    refused.getDescription().split(":")[0], wrong.getErrorCode(), wrong.getDescription(), unsendable.getErrorCode(),
    bad.getJobId()]))`);

    assert.deepEqual(answer, [
      6,
      'There is no job 999999.',
      null,
      14,
      'job.dependMode',
      103,
      "jobSubmit: argument 1 must be an MJob; it is 'a text'",
      103,
      -1,
    ]);
  });

  itWithPython('has every function of the reference, each with an error first', async () => {
    const [names, wrong] = (await ask(`
import inspect
functions = {name: f for name, f in vars(MDispatcherAPI).items()
             if inspect.isfunction(f) and f.__module__ == "MDispatcherAPI"}
missing = {name: getattr(MDispatcherAPI, "_" + name) for name in functions}
wrong = []
for name, f in functions.items():
    if missing[name].path == "":
        result = f(*[None] * len([p for p in inspect.signature(f).parameters.values() if p.default is p.empty]))
        err = result[0] if isinstance(result, tuple) else result
        if err.getErrorCode() != 5 or "this server does not have it" not in err.getDescription():
            wrong.append(name)
print(json.dumps([list(functions), wrong]))`)) as [string[], string[]];

    assert.equal(names.length, 100);
    assert.deepEqual(wrong, []);
  });
});
