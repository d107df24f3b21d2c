/** The system group: the selection engine, settings, who may log in, soft restart, the scan of the nodes, the logs of the days. */
import * as z from 'zod/mini';
import { boundedInt, boundedText } from '../model/bounded.ts';
import { configurationSchema } from '../model/configuration.ts';
import { described } from '../model/described.ts';
import { nameSchema, nodeIdSchema } from '../model/ids.ts';
import { ldapConfigurationSchema, ldapFields } from '../model/ldapConfiguration.ts';
import { type LogKind, logNameSchema } from '../model/logLine.ts';
import { nodeStatusNames } from '../model/node.ts';
import { nodesScanSchema, scanAnswers } from '../model/nodesScan.ts';
import { oidcConfigurationSchema, oidcFields } from '../model/oidcConfiguration.ts';
import { onDemand } from '../model/onDemand.ts';
import { timeSchema } from '../model/time.ts';
import { passwordSchema } from '../model/user.ts';
import { defineRead, defineWrite, nothing, pageInput } from './operation.ts';

const group = 'system';
const callers = ['user'] as const;
const status = onDemand(() =>
  z.strictObject({ running: described(z.boolean(), 'Whether the engine hands out chunks.') }),
);

export const systemQueryEngineStatus = defineRead({
  group,
  name: 'systemQueryEngineStatus',
  callers,
  input: () => ({}),
  output: status,
  text: 'Tells whether the selection engine is running.',
});

export const systemSwapEngineStatus = defineWrite({
  group,
  name: 'systemSwapEngineStatus',
  callers,
  right: 'manage-system',
  reserves: true,
  input: () => ({}),
  output: status,
  errors: ['conflict', 'queue-importing'],
  text: 'Stops the selection engine if it runs and starts it if it does not, for good. While it is stopped no chunk is handed out; those that run go on. It takes effect within five seconds everywhere. Consoles hear `system/changed`.',
});

const version = onDemand(() => described(boundedInt(0), 'Grows with each change of the settings.'));

export const systemGetConfiguration = defineRead({
  group,
  name: 'systemGetConfiguration',
  callers,
  input: () => ({}),
  output: () =>
    z.strictObject({
      configuration: z
        .strictObject({ ...configurationSchema().shape, version: version() })
        .register(z.globalRegistry, { id: 'Configuration' }),
      temporary: described(
        z.array(z.string()),
        'Names of the settings that hold until the next soft restart only.',
      ),
    }),
  text: 'Retrieves the settings of the farm that count now, and which of them the next soft restart drops.',
});

export const systemSetConfiguration = defineWrite({
  group,
  name: 'systemSetConfiguration',
  callers,
  right: 'manage-system',
  input: () => ({
    configuration: z.strictObject({
      ...z.partial(configurationSchema()).shape,
      version: described(boundedInt(0), 'Of the settings that you have read; others were not seen by you.'),
    }),
    store: described(
      z._default(z.boolean(), true),
      'true keeps the settings; false sets them until the next systemSoftRestart.',
    ),
  }),
  output: () => z.strictObject({ version: version() }),
  errors: ['conflict'],
  text: 'Sets settings of the farm; what is left out stays. Refuses settings that do not fit each other, and a version that is not the present one unless the settings are as wished already. Permanent values take the place of temporary ones of the same name. Takes effect within five seconds everywhere. Consoles hear `system/changed`.',
});

export const systemSoftRestart = defineWrite({
  group,
  name: 'systemSoftRestart',
  callers,
  right: 'manage-system',
  reserves: true,
  input: () => ({}),
  output: nothing,
  errors: ['conflict'],
  text: 'Restarts the dispatcher softly: temporary settings are dropped, and every node registers again, one that works after its chunk. Nothing that runs is stopped and nothing is lost; nodes that are offline learn of it when they come back. Consoles hear `system/changed`.',
});

export const systemRunScript = defineWrite({
  group,
  name: 'systemRunScript',
  callers,
  reserves: true,
  input: () => ({
    language: z.enum(['python', 'typescript']),
    file: described(nameSchema(), 'Name of the file, which its errors are told with.'),
    source: described(
      boundedText(1, 524_288),
      'Text of the file. One of TypeScript has its types stripped and exports a function by default.',
    ),
    seconds: described(
      z._default(boundedInt(1, 20), 20),
      'When it is killed. A longer one would not be answered: the API gives up after half a minute.',
    ),
  }),
  output: () =>
    z.strictObject({
      output: described(z.string(), 'What it printed: the last 64 KB.'),
      failure: described(
        z.nullable(
          z.strictObject({
            reason: z.enum(['threw', 'timed-out', 'crashed', 'out-of-memory']),
            message: z.string(),
          }),
        ),
        'null if it came to its end.',
      ),
    }),
  text: 'Runs a script where the hooks of templates run, in its own process with the whole API at hand, and answers when it has ended. It calls the dispatcher as `script <file>`, with every right but over who may log in. Only administrators may. Refuses a request that comes again while the script runs.',
});

export const systemStartNodesNetworkScan = defineWrite({
  group,
  name: 'systemStartNodesNetworkScan',
  callers,
  right: 'manage-nodes',
  reserves: true,
  input: () => ({}),
  output: () =>
    z.strictObject({
      startedAt: timeSchema(),
      answerBy: described(timeSchema(), 'Until then answers are awaited.'),
    }),
  text: 'Starts a scan of the nodes: every registered node is asked to answer, and machines of those that are offline are woken where a live node of their subnet can. A scan takes the place of the one before. systemGetNodesNetworkScan tells who has answered and who is silent.',
});

export const systemGetNodesNetworkScan = defineRead({
  group,
  name: 'systemGetNodesNetworkScan',
  callers,
  input: () => ({
    ...pageInput(),
    answer: described(z.optional(z.enum(scanAnswers)), 'Only nodes that have answered so.'),
  }),
  output: () =>
    z.strictObject({
      scan: nodesScanSchema(),
      nodes: z.array(
        z.strictObject({
          id: nodeIdSchema(),
          name: nameSchema(),
          status: z.enum(nodeStatusNames),
          lastSeenAt: z.nullable(timeSchema()),
          answer: z.enum(scanAnswers),
        }),
      ),
      nextPageToken: z.nullable(z.string()),
    }),
  errors: ['not-found'],
  text: 'Retrieves the outcome of the last scan of the nodes, node by node in the order of their ids: whether it has answered, is awaited still, or is silent. A page may hold fewer entries than asked for when a filter is given.',
});

const defineLogsList = (name: string, kind: LogKind) =>
  defineRead({
    group,
    name,
    callers,
    right: 'read-logs',
    input: () => ({}),
    output: () => z.strictObject({ names: described(z.array(logNameSchema(kind)), 'Newest first.') }),
    text: `Retrieves the names of the ${kind} logs, one a day in UTC.`,
  });

const defineGetLog = (name: string, kind: LogKind, what: string) =>
  defineRead({
    group,
    name,
    callers,
    right: 'read-logs',
    input: () => ({
      name: described(logNameSchema(kind), 'Name of the log.'),
      text: described(z.optional(boundedText(1, 256)), 'Only lines with this text, in either case.'),
      user: described(z.optional(nameSchema()), 'Only lines of this user.'),
      operation: described(z.optional(boundedText(1, 64)), 'Only lines of this operation or event.'),
      from: described(z.optional(timeSchema()), 'Only lines of this time and later.'),
      to: described(z.optional(timeSchema()), 'Only lines of this time and earlier.'),
      ...pageInput(),
    }),
    output: () =>
      z.strictObject({
        text: described(
          z.string(),
          'Lines, oldest first: time, user or -, operation or event, and the rest.',
        ),
        nextPageToken: z.nullable(z.string()),
      }),
    errors: ['not-found'],
    text: `Retrieves an ${kind} log page by page: ${what}. A page may hold fewer lines than asked for when something is searched.`,
  });

const defineRemoveLog = (name: string, kind: LogKind) =>
  defineWrite({
    group,
    name,
    callers,
    right: 'manage-system',
    reserves: true,
    input: () => ({ name: described(logNameSchema(kind), 'Name of the log.') }),
    output: nothing,
    errors: ['not-found'],
    text: `Removes an ${kind} log. Nobody sees its lines any more; the tick deletes them in steps. Of the log of today lines that are written later stay.`,
  });

const activity = 'what the dispatcher did and why';
const action = 'every call that was to change something, by whom, from which address, and what came of it';

export const systemGetActivityLogsList = defineLogsList('systemGetActivityLogsList', 'activity');
export const systemGetActivityLog = defineGetLog('systemGetActivityLog', 'activity', activity);
export const systemRemoveActivityLog = defineRemoveLog('systemRemoveActivityLog', 'activity');
export const systemGetActionLogsList = defineLogsList('systemGetActionLogsList', 'action');
export const systemGetActionLog = defineGetLog('systemGetActionLog', 'action', action);
export const systemRemoveActionLog = defineRemoveLog('systemRemoveActionLog', 'action');

const store = onDemand(() =>
  described(
    z._default(z.boolean(), true),
    'Whether they are stored; otherwise they count until the next soft restart.',
  ),
);

export const systemGetLDAPConfiguration = defineRead({
  group,
  name: 'systemGetLDAPConfiguration',
  callers,
  right: 'manage-system',
  input: () => ({}),
  output: () => z.strictObject({ configuration: ldapConfigurationSchema() }),
  text: 'Retrieves how the directory of users is asked, without the password.',
});

export const systemSetLDAPConfiguration = defineWrite({
  group,
  name: 'systemSetLDAPConfiguration',
  callers,
  right: 'manage-system',
  input: () => ({
    configuration: z.strictObject({
      ...z.partial(z.strictObject(ldapFields())).shape,
      bindPassword: described(
        z.optional(z.nullable(passwordSchema())),
        'Password of `bindDn`; null for none. It is kept apart from all other data and never shown.',
      ),
    }),
    store: store(),
  }),
  output: nothing,
  errors: ['conflict', 'not-found'],
  text: 'Changes how the directory of users is asked; what is left out stays. It counts within five seconds everywhere. Only administrators may, since who chooses the directory decides who everybody is. Refuses servers without TLS beyond this machine, and a group that does not exist.',
});

export const systemGetOIDCConfiguration = defineRead({
  group,
  name: 'systemGetOIDCConfiguration',
  callers,
  right: 'manage-system',
  input: () => ({}),
  output: () => z.strictObject({ configuration: oidcConfigurationSchema() }),
  text: 'Retrieves how users log in by a provider of identities, without the client secret.',
});

export const systemSetOIDCConfiguration = defineWrite({
  group,
  name: 'systemSetOIDCConfiguration',
  callers,
  right: 'manage-system',
  input: () => ({
    configuration: z.strictObject({
      ...z.partial(z.strictObject(oidcFields())).shape,
      clientSecret: described(
        z.optional(z.nullable(passwordSchema())),
        'Secret that the provider knows Rollcall by; null for none. It is kept apart from all other data and never shown.',
      ),
    }),
    store: store(),
  }),
  output: nothing,
  errors: ['conflict', 'not-found'],
  text: 'Changes how users log in by a provider of identities; what is left out stays. It counts within five seconds everywhere. Only administrators may, since who chooses the provider decides who everybody is. Refuses a provider without TLS beyond this machine, and a group that does not exist.',
});

export const systemResetStatisticsCounters = defineWrite({
  group,
  name: 'systemResetStatisticsCounters',
  callers,
  right: 'manage-system',
  reserves: true,
  input: () => ({}),
  output: nothing,
  text: 'Restarts the counters of the statistics: samples from now on count from this moment. Samples that were taken before keep theirs.',
});
