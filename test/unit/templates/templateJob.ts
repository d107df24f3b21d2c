/** A submitted job for template tests: the defaults of a submission, and what the case sets. */
import { type JobSpec, jobSubmissionSchema } from '../../../shared/model/job.ts';

type Case = Record<string, unknown> & { attributes?: Record<string, unknown> };

/** Attributes are given as plain values, or as whole attributes where the case is about their state. */
export function templateJob({ attributes = {}, ...fields }: Case = {}): JobSpec {
  const { paused: _paused, ...submission } = jobSubmissionSchema().parse({
    name: 'shot 10',
    templateId: 43,
    attributes: Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [
        name,
        typeof value === 'object' ? value : { value },
      ]),
    ),
    ...fields,
  });
  return {
    ...submission,
    id: 17,
    type: 'job',
    owner: 'ada',
    submittedAt: '2026-01-01T00:00:00.000Z',
    specVersion: 1,
    framesVersion: 1,
    hookDepth: 0,
    needs: null,
  };
}

export const node = { platform: 'linux', name: 'node1', host: 'host1' } as const;
