/** What every call of a node answers once its session is over or its registration is gone. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Operations } from '../../../client/src/generated.ts';
import { contract } from '../../../shared/contract/index.ts';
import { aJob } from '../../support/aJob.ts';
import { assertConsistent } from '../../support/consistency.ts';
import { type FakeNode, someCapabilities } from '../../support/fakeNode.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { startFarm } from '../../support/startFarm.ts';

type Name = Exclude<keyof Operations & keyof typeof contract.nodeProtocol, 'nodeRegister'>;
type Attempt = Operations['nodeUploadLog']['input']['attempt'];

const load = { cpu: 0, freeMemoryMb: 0, freeDiskMb: 0 };
const inputs: {
  readonly [N in Name]: (session: string, attempt: Attempt) => Operations[N]['input'];
} = {
  nodeClaim: (session) => ({ session, attemptToken: null }),
  nodeHeartbeat: (session) => ({ session, attemptToken: null, load }),
  nodeReport: (session, attempt) => ({
    session,
    attempt,
    outcome: 'completed',
    exitCode: 0,
    wantsNext: true,
  }),
  nodeMailboxCredentials: (session) => ({ session }),
  nodeUploadLog: (session, attempt) => ({ session, attempt }),
  nodeSendLog: (session, attempt) => ({ session, attempt, offset: 0, text: 'frame 1' }),
  nodeUpdate: (session) => ({ session, capabilities: { ...someCapabilities, cores: 1 }, load }),
  nodeFetchCommands: (session) => ({ session }),
  nodeAnswerCommand: (session) => ({
    session,
    commandId: 'a command',
    ok: true,
    exitCode: 0,
    output: '',
  }),
  nodeLeave: (session) => ({ session }),
};

/** Written out, so that the codes of each operation can be read here. */
const replaced: readonly [Name, 'session-replaced'][] = [
  ['nodeClaim', 'session-replaced'],
  ['nodeHeartbeat', 'session-replaced'],
  ['nodeReport', 'session-replaced'],
  ['nodeMailboxCredentials', 'session-replaced'],
  ['nodeUploadLog', 'session-replaced'],
  ['nodeSendLog', 'session-replaced'],
  ['nodeUpdate', 'session-replaced'],
  ['nodeFetchCommands', 'session-replaced'],
  ['nodeAnswerCommand', 'session-replaced'],
  ['nodeLeave', 'session-replaced'],
];
const removed: readonly [Name, 'not-found'][] = [
  ['nodeClaim', 'not-found'],
  ['nodeHeartbeat', 'not-found'],
  ['nodeReport', 'not-found'],
  ['nodeMailboxCredentials', 'not-found'],
  ['nodeUploadLog', 'not-found'],
  ['nodeSendLog', 'not-found'],
  ['nodeUpdate', 'not-found'],
  ['nodeFetchCommands', 'not-found'],
  ['nodeAnswerCommand', 'not-found'],
  ['nodeLeave', 'not-found'],
];

const attemptOf = (node: FakeNode): Attempt => {
  assert.ok(node.work);
  return node.work.assignment;
};

describe('a call of a node', () => {
  it('is refused when the node has registered again since, and changes nothing', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.jobSubmit({ job: aJob(1) });
    const old = await farm.addNode('alpha');
    await old.claim();
    await farm.addNode('alpha');

    for (const [name, code] of replaced)
      await assertRefusedWhole(
        farm,
        name,
        code,
        { nodeId: old.id },
        inputs[name](old.session, attemptOf(old)),
        old.client,
      );
  });

  it('is refused when the registration of the node was removed, and changes nothing', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.jobSubmit({ job: aJob(1) });
    const node = await farm.addNode('alpha');
    // The node's token goes with its registration, but processes that have seen it believe it a while longer.
    await farm.context.tokens.add(
      'token-still-believed',
      { kind: 'node', nodeId: node.id },
      { expiresAt: null },
    );
    const believed = farm.clientWith('token-still-believed');
    await node.claim();
    const attempt = attemptOf(node);
    await node.leave();
    await farm.admin.nodeRemoveRegistration({ id: node.id });

    for (const [name, code] of removed)
      await assertRefusedWhole(
        farm,
        name,
        code,
        { what: 'node', id: node.id },
        inputs[name](node.session, attempt),
        believed,
      );
    await assertRefusedWhole(
      farm,
      'nodeClaim',
      'unauthenticated',
      { reason: 'it is unknown or has expired' },
      inputs.nodeClaim(node.session, attempt),
      node.client,
    );
  });

  it('is tried here for every operation of the protocol but nodeRegister', () => {
    const names = Object.keys(contract.nodeProtocol).filter((name) => name !== 'nodeRegister');

    for (const tried of [replaced, removed])
      assert.deepEqual(tried.map(([name]) => name).sort(), names.sort());
  });

  it('ends the chunk that its token proves even when it comes in another session, so that no frame is lost', async (t) => {
    const farm = await startFarm(t);
    const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(1) });
    const node = await farm.addNode('alpha');
    await node.claim();

    await assert.rejects(
      node.client.nodeReport(inputs.nodeReport('made-up', attemptOf(node))),
      (error: { code: string; details: unknown }) => {
        assert.equal(error.code, 'session-replaced');
        assert.deepEqual(error.details, { nodeId: node.id });
        return true;
      },
    );
    await farm.drain();

    assert.equal((await farm.admin.jobGet({ id: jobId })).job.status, 'completed');
    assert.equal(await node.claim(), null);
    await assertConsistent(farm, jobId);
  });
});
