/** `-b`: a job or a folder, out of flags and attributes. */
import type { Client } from '../../../client/src/client.ts';
import type { JobSubmission } from '../../../client/src/generated.ts';
import { usageError } from '../failure.ts';
import { type Flags, one, oneNumber } from './arguments.ts';

type Attributes = Record<string, { value: string | number; state: boolean; subst: boolean }>;

/** Attributes that flags stand for, and whether they hold paths. */
const ATTRIBUTES: readonly (readonly [flag: string, attribute: string, subst: boolean])[] = [
  ['f', 'job_file', true],
  ['proj', 'job_project', true],
  ['dest', 'output_folder', true],
  ['add', 'ADD_FLAGS', true],
  ['info', 'memo', false],
  ['se', 'start_number', false],
  ['st', 'step_by', false],
  ['eja', 'post_job_action', true],
  ['eca', 'post_chunk_action', true],
  ['ecart', 'post_chunk_action_check_retcode', false],
];

/** The line by which scripts find the new id: it ends with `ID: N`. */
export async function submit(client: Client, flags: Flags): Promise<string> {
  const parentId = oneNumber(flags, 'parent') ?? -1;
  const name = one(flags, 'n') ?? '';
  if (flags.has('folder')) {
    const { id } = await client.jobAddFolder({ parentId, name });
    return `new job has ID: ${id}`;
  }
  const templateId = oneNumber(flags, 'e');
  if (templateId === undefined) throw usageError('-e is required: the id of the template; -q t lists them');
  const { id } = await client.jobSubmit({ job: { ...jobOf(flags), parentId, name, templateId } });
  return `Job successfully submitted with ID: ${id}`;
}

function jobOf(flags: Flags): Partial<JobSubmission> {
  const names = (flag: string): string[] | undefined =>
    one(flags, flag)
      ?.split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
  const fields = {
    includedPools: names('pool'),
    project: one(flags, 'group'),
    department: one(flags, 'department'),
    priority: oneNumber(flags, 'pr'),
    packetSize: oneNumber(flags, 'pk'),
    maximumInstances: oneNumber(flags, 'max'),
    startFrame: oneNumber(flags, 'sf'),
    endFrame: oneNumber(flags, 'ef'),
    byFrame: oneNumber(flags, 'bf'),
    dependIds: flags.get('wait')?.flatMap(([ids = '']) => ids.split(',').map(Number)),
    // 0 off, 1 idle, 2 paused.
    paused: flags.has('ojs') ? oneNumber(flags, 'ojs') === 2 : undefined,
    attributes: attributesOf(flags),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** `-attr NAME VALUE FLAG`: the flag says whether the attribute is active. */
function attributesOf(flags: Flags): Attributes {
  const ofFlags = ATTRIBUTES.flatMap(([flag, name, subst]): [string, Attributes[string]][] => {
    const value = one(flags, flag);
    return value === undefined ? [] : [[name, { value, state: true, subst }]];
  });
  const given = (flags.get('attr') ?? []).map(
    ([name = '', value = '', flag = '1']): [string, Attributes[string]] => [
      name,
      { value, state: flag !== '0', subst: false },
    ],
  );
  return Object.fromEntries([...ofFlags, ...given]);
}
