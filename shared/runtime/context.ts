/** What every handler works with: time, randomness, stores, queues, blobs, templates and the log. */
import type { BlobStore } from '../blobs/blobStore.ts';
import type { EventBus } from '../bus/eventBus.ts';
import type { TemplateSource } from '../contract/hooks.ts';
import type { OidcProvider } from '../directory/oidcProvider.ts';
import type { HookHost } from '../hookHost/hookHost.ts';
import type { Clock } from '../model/clock.ts';
import { defaultConfiguration, type EffectiveConfiguration } from '../model/configuration.ts';
import { defaultLdapConfiguration, type LdapConfiguration } from '../model/ldapConfiguration.ts';
import { defaultOidcConfiguration, type OidcConfiguration } from '../model/oidcConfiguration.ts';
import { onDemand } from '../model/onDemand.ts';
import type { Logger } from '../observe/logger.ts';
import type { ConsolePush } from '../push/consolePush.ts';
import type { DispatchQueue } from '../queues/dispatchQueue.ts';
import type { EventQueue } from '../queues/eventQueue.ts';
import type { HookQueue } from '../queues/hookQueue.ts';
import type { MailboxCredentialSource } from '../queues/mailboxCredentials.ts';
import type { NodeMailbox } from '../queues/nodeMailbox.ts';
import type { RecountQueue } from '../queues/recountQueue.ts';
import type { SecretStore } from '../secrets/secretStore.ts';
import type { ReadSql } from '../sql/readSql.ts';
import { type BackupStore, backupStore } from '../store/backupStore.ts';
import { type ChunkGateStore, chunkGateStore } from '../store/chunkGateStore.ts';
import { type ChunkStore, chunkStore } from '../store/chunkStore.ts';
import { type CommandStore, commandStore } from '../store/commandStore.ts';
import { type ConnectionStore, connectionStore } from '../store/connectionStore.ts';
import { type FlushStore, flushStore } from '../store/flushStore.ts';
import { type GroupStore, groupStore } from '../store/groupStore.ts';
import { type HistoryStore, historyStore } from '../store/historyStore.ts';
import { type HookFailureStore, hookFailureStore } from '../store/hookFailureStore.ts';
import { type IdStore, idStore } from '../store/idStore.ts';
import { type JobStore, jobStore } from '../store/jobStore.ts';
import { Kept } from '../store/kept.ts';
import { keys } from '../store/keys.ts';
import { type LimitStore, limitStore } from '../store/limitStore.ts';
import { type LiveLogStore, liveLogStore } from '../store/liveLogStore.ts';
import { type LoginStore, loginStore } from '../store/loginStore.ts';
import { type LogStore, logStore } from '../store/logStore.ts';
import { type MatchClassStore, matchClassStore } from '../store/matchClassStore.ts';
import { type MessageStore, messageStore } from '../store/messageStore.ts';
import { type NodeStore, nodeStore } from '../store/nodeStore.ts';
import { type NodesScanStore, nodesScanStore } from '../store/nodesScanStore.ts';
import { type OidcLoginStore, oidcLoginStore } from '../store/oidcLoginStore.ts';
import { type PoolStore, poolStore } from '../store/poolStore.ts';
import { type QueueImportStore, queueImportStore } from '../store/queueImportStore.ts';
import { type RepositoryStore, repositoryStore } from '../store/repositoryStore.ts';
import { type RequestStore, requestStore } from '../store/requestStore.ts';
import { type SecretNoteStore, secretNoteStore } from '../store/secretNoteStore.ts';
import { type SettingsStore, settingsStore } from '../store/settingsStore.ts';
import { type StartStore, startStore } from '../store/startStore.ts';
import { type StatisticsStore, statisticsStore } from '../store/statisticsStore.ts';
import type { Table } from '../store/table.ts';
import { type TemplateStore, templateStore } from '../store/templateStore.ts';
import { type TokenStore, tokenStore } from '../store/tokenStore.ts';
import { type UserStore, userStore } from '../store/userStore.ts';

/** The parts that differ between AWS, a laptop and a test. */
export interface Ports {
  readonly clock: Clock;
  /** A number from 0 up to 1. */
  readonly random: () => number;
  /** A fresh secret of at least 128 bits, made of letters, digits, - and _. */
  readonly newToken: () => string;
  readonly table: Table;
  readonly dispatchQueue: DispatchQueue;
  readonly recountQueue: RecountQueue;
  readonly hookQueue: HookQueue;
  readonly eventQueue: EventQueue;
  readonly mailbox: NodeMailbox;
  readonly mailboxCredentials: MailboxCredentialSource;
  readonly push: ConsolePush;
  /** Where Consoles connect. */
  readonly liveUrl: () => string;
  readonly blobs: BlobStore;
  readonly secrets: SecretStore;
  readonly templates: () => Promise<TemplateSource>;
  readonly hookHost: HookHost;
  readonly eventBus: EventBus;
  readonly logger: Logger;
  /** Reads texts of SQL from strangers. */
  readonly readSql: ReadSql;
  /** Lines of a part of a body in the archive: few where small jobs are to have several parts. @default 5000 */
  readonly archiveLines?: number;
}

/** How long a process goes on with what a provider of identities has told of itself. */
const PROVIDER_KEPT_MS = 600_000;

interface Stores {
  readonly templates: TemplateStore;
  readonly hookFailures: HookFailureStore;
  readonly ids: IdStore;
  readonly jobs: JobStore;
  readonly chunks: ChunkStore;
  readonly chunkGates: ChunkGateStore;
  readonly nodes: NodeStore;
  readonly nodesScans: NodesScanStore;
  readonly pools: PoolStore;
  readonly repositories: RepositoryStore;
  readonly connections: ConnectionStore;
  readonly messages: MessageStore;
  readonly commands: CommandStore;
  readonly liveLogs: LiveLogStore;
  readonly matchClasses: MatchClassStore;
  readonly limits: LimitStore;
  readonly starts: StartStore;
  readonly users: UserStore;
  readonly groups: GroupStore;
  readonly tokens: TokenStore;
  readonly logins: LoginStore;
  readonly oidcLogins: OidcLoginStore;
  readonly logs: LogStore;
  readonly requests: RequestStore;
  readonly configuration: SettingsStore<EffectiveConfiguration>;
  readonly ldapSettings: SettingsStore<LdapConfiguration>;
  readonly oidcSettings: SettingsStore<OidcConfiguration>;
  readonly secretNotes: SecretNoteStore;
  /** By their settings. */
  readonly providers: Kept<string, OidcProvider>;
  readonly history: HistoryStore;
  readonly backups: BackupStore;
  readonly statistics: StatisticsStore;
  readonly flushes: FlushStore;
  readonly queueImports: QueueImportStore;
}

export interface Context extends Omit<Ports, 'table' | 'templates'>, Stores {}

/** Builds a context, once per cold start. A store is made when it is first asked for: no function needs them all. */
export function createContext({ table, templates, ...ports }: Ports): Context {
  const { clock } = ports;
  const stores: { readonly [Name in keyof Stores]: () => Stores[Name] } = {
    templates: () => templateStore(table, clock, templates),
    hookFailures: () => hookFailureStore(table, clock),
    ids: () => idStore(table),
    jobs: () => jobStore(table, clock),
    chunks: () => chunkStore(table),
    chunkGates: () => chunkGateStore(table, clock),
    nodes: () => nodeStore(table),
    nodesScans: () => nodesScanStore(table),
    pools: () => poolStore(table),
    repositories: () => repositoryStore(table, clock),
    connections: () => connectionStore(table, clock),
    messages: () => messageStore(table, clock),
    commands: () => commandStore(table, clock),
    liveLogs: () => liveLogStore(table, clock),
    matchClasses: () => matchClassStore(table, clock),
    limits: () => limitStore(table),
    starts: () => startStore(table),
    users: () => userStore(table),
    groups: () => groupStore(table),
    tokens: () => tokenStore(table, clock, context.users, context.groups),
    logins: () => loginStore(table, clock),
    oidcLogins: () => oidcLoginStore(table, clock),
    logs: () => logStore(table, clock),
    requests: () => requestStore(table, clock),
    configuration: () => settingsStore(table, clock, keys.configuration, defaultConfiguration()),
    ldapSettings: () => settingsStore(table, clock, keys.settings('ldap'), defaultLdapConfiguration),
    oidcSettings: () => settingsStore(table, clock, keys.settings('oidc'), defaultOidcConfiguration),
    secretNotes: () => secretNoteStore(table, clock),
    providers: () => new Kept(clock, PROVIDER_KEPT_MS),
    history: () => historyStore(table),
    backups: () => backupStore(table),
    statistics: () => statisticsStore(table),
    flushes: () => flushStore(table, clock),
    queueImports: () => queueImportStore(table, context.configuration),
  };
  const context = { ...ports } as Context;
  for (const [name, make] of Object.entries<() => object>(stores)) {
    Object.defineProperty(context, name, { get: onDemand(make), enumerable: true });
  }
  return context;
}
