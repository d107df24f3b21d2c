import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { templateViolations } from '../../../shared/domain/templateFields.ts';
import { jobSubmissionSchema } from '../../../shared/model/job.ts';
import { findTemplate } from '../../../templates/index.ts';
import { parseScene } from '../../../templates/tracer/scene.ts';

const page = readFileSync(new URL('../../../docs/templates.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, text = '']) => text);
const isJob = (text: string): boolean => text.includes('"templateId"');

test('the jobs in the docs are accepted by their templates', () => {
  const jobs = examples.filter(isJob).map((text) => jobSubmissionSchema().parse(JSON.parse(text)));

  assert.deepEqual(
    jobs.map(({ templateId }) => templateId),
    [43, 48, 900, 901, 902],
  );
  for (const job of jobs) {
    const template = findTemplate(job.templateId);
    assert.ok(template);
    assert.deepEqual(templateViolations(template, job), []);
  }
});

test('the scene in the docs is a scene', () => {
  const scenes = examples.filter((text) => !isJob(text)).map(parseScene);

  assert.deepEqual(
    scenes.map(({ objects }) => objects.length),
    [2],
  );
});
