/**
 * Match classes: jobs that ask the same of a node share one, so a node reads only the queues that it fits, and
 * thousands of unfit ready jobs cost it nothing.
 */
import { createHash } from 'node:crypto';
import type { JobSpec, TemplateNeeds } from '../model/job.ts';
import type { Load, NodeItem } from '../model/node.ts';

/** What a job asks of its node. */
export const requirementFields = [
  'templateId',
  'platform',
  'includedPools',
  'excludedPools',
  'minimumCores',
  'minimumThreads',
  'minimumSpeedMhz',
  'minimumRamMb',
  'minimumPhysicalMb',
  'minimumDiskSpaceMb',
] as const satisfies readonly (keyof JobSpec)[];

export type Requirements = Pick<JobSpec, (typeof requirementFields)[number]> & {
  /** Absent in classes of jobs whose template asks for nothing. */
  readonly needs?: TemplateNeeds | null;
};

export interface MatchClass extends Requirements {
  /** Hash of the requirements. */
  readonly id: string;
}

/** The match class of a job. Pools are sorted, so the order in which they were given does not matter. */
export function matchClassOf(job: Requirements): MatchClass {
  const requirements: Requirements = {
    templateId: job.templateId,
    platform: job.platform,
    includedPools: [...job.includedPools].sort(),
    excludedPools: [...job.excludedPools].sort(),
    minimumCores: job.minimumCores,
    minimumThreads: job.minimumThreads,
    minimumSpeedMhz: job.minimumSpeedMhz,
    minimumRamMb: job.minimumRamMb,
    minimumPhysicalMb: job.minimumPhysicalMb,
    minimumDiskSpaceMb: job.minimumDiskSpaceMb,
    ...(job.needs ? { needs: job.needs } : {}),
  };
  const asked = requirementFields.map((field): unknown => requirements[field]);
  const text = JSON.stringify(job.needs ? [...asked, job.needs] : asked);
  return { id: createHash('sha256').update(text).digest('base64url').slice(0, 16), ...requirements };
}

type FitNode = Pick<
  NodeItem,
  | 'name'
  | 'platform'
  | 'pools'
  | 'cores'
  | 'threads'
  | 'speedMhz'
  | 'memoryMb'
  | 'software'
  | 'excludedTemplates'
>;

/**
 * The first rule of the class that keeps a node from it, in words; undefined if the node fits. A pool may be
 * given as a node's own name, as in the reference. Free memory and disk are unknown before the first heartbeat
 * and then do not keep a node away.
 */
export function classRule(node: FitNode, load: Load | null, asked: Requirements): string | undefined {
  const memberships = [...node.pools, node.name];
  if (asked.platform !== 'any' && asked.platform !== node.platform) {
    return `platform is ${node.platform}, the job asks for ${asked.platform}`;
  }
  if (asked.includedPools.length > 0 && !asked.includedPools.some((pool) => memberships.includes(pool))) {
    return `is in none of the pools ${asked.includedPools.join(', ')}`;
  }
  const excluded = asked.excludedPools.find((pool) => memberships.includes(pool));
  if (excluded !== undefined) return `is in the excluded pool ${excluded}`;
  if (node.excludedTemplates.some((entry) => entry.id === asked.templateId)) {
    return `is excluded from template ${asked.templateId} after failures; nodePurgeTemplatesExclusion lifts it`;
  }
  return (
    needsRule(node, asked) ??
    tooSmall('cores', node.cores, asked.minimumCores) ??
    tooSmall('threads', node.threads, asked.minimumThreads) ??
    tooSmall('MHz', node.speedMhz, asked.minimumSpeedMhz) ??
    tooSmall('MB of installed memory', node.memoryMb, asked.minimumPhysicalMb) ??
    tooSmall('MB of free memory', load?.freeMemoryMb, asked.minimumRamMb) ??
    tooSmall('MB of free disk space', load?.freeDiskMb, asked.minimumDiskSpaceMb)
  );
}

/** What the job's template asks of a node, and this one is not or has not. */
function needsRule({ platform, software }: FitNode, { needs, templateId }: Requirements): string | undefined {
  const { platforms = null, software: wanted = [] } = needs ?? {};
  if (platforms !== null && !platforms.includes(platform)) {
    return `platform is ${platform}, template ${templateId} runs on ${platforms.join(' and ')}`;
  }
  const missing = wanted.find((name) => !software.some((one) => one.name === name));
  return missing === undefined ? undefined : `has no ${missing}, which template ${templateId} needs`;
}

function tooSmall(what: string, has: number | undefined, asked: number | null): string | undefined {
  if (asked === null || has === undefined || has >= asked) return undefined;
  return `has ${has} ${what}, the job asks for ${asked}`;
}
