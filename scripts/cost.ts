/** `npm run cost`: what a farm costs on AWS, from requests and units that were counted in a simulation. */
import { parseArgs } from 'node:util';
import { makeBill, type Question, standardQuestion } from './cost/bill.ts';
import { costPage } from './cost/page.ts';

const help = `Works out what a run costs on AWS, and a node's hour, and a month at rest.

  --nodes N                nodes that render (${standardQuestion.nodes})
  --chunks N               chunks of the run (${standardQuestion.chunks})
  --seconds-per-chunk S    mean time of a render (${standardQuestion.secondsPerChunk})
  --json                   one object, with all that was counted, assumed and priced
`;

const { values } = parseArgs({
  options: {
    nodes: { type: 'string' },
    chunks: { type: 'string' },
    'seconds-per-chunk': { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  process.stdout.write(help);
} else {
  const question: Question = {
    nodes: numberOf('nodes', standardQuestion.nodes),
    chunks: numberOf('chunks', standardQuestion.chunks),
    secondsPerChunk: numberOf('seconds-per-chunk', standardQuestion.secondsPerChunk),
  };
  const bill = await makeBill(question, showProgress);
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  console.log(values.json ? JSON.stringify(bill) : costPage(bill));
}

function numberOf(name: 'nodes' | 'chunks' | 'seconds-per-chunk', fallback: number): number {
  const text = values[name];
  if (text === undefined) return fallback;
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1) return number;
  console.error(`--${name} must be a whole number from 1 on, not ${text}`);
  process.exit(2);
}

function showProgress(what: string, share: number): void {
  const text = `simulates ${what}: ${Math.round(share * 100)} %`;
  // Lines of their own where nobody can go back in one.
  process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${text}` : `${text}\n`);
}
