/**
 * Deploys the synthesised template to the emulator: its CloudFormation makes tables, queues, bucket, roles, policies and
 * logs, and says what their references are worth. What runs functions or calls them is left out of the template: that
 * is done by this folder, from the same template, where every call can be seen.
 */

import type { Resource } from '../infra/synthesizeStage.ts';
import { type Emulator, emulatorRegion } from '../support/emulator.ts';

const ACCOUNT = '000000000000';
const STACK = 'rollcall-try-dispatcher';

/** Of the HTTP API and of the WebSocket API. */
export const apiId = 'api';

const deployedTypes: ReadonlySet<string> = new Set([
  'AWS::DynamoDB::Table',
  'AWS::SQS::Queue',
  'AWS::SQS::QueuePolicy',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::IAM::Role',
  'AWS::IAM::Policy',
  'AWS::Logs::LogGroup',
  'AWS::Events::EventBus',
]);

/** Names that CloudFormation makes up, by the property that could have named it. */
const nameProperties: Readonly<Record<string, string>> = {
  'AWS::S3::Bucket': 'BucketName',
  'AWS::IAM::Role': 'RoleName',
};

export interface DeployedStack {
  /** Name of a resource in the account; of a queue, its URL. */
  nameOf(id: string): string;
  /** A value of the template with what its references are worth. */
  resolve(value: unknown): string;
}

/** `names` are those that an earlier deployment has made up, to be used again. */
export async function deployStack(
  { endpoint }: Emulator,
  resources: Readonly<Record<string, Resource>>,
  names: Readonly<Record<string, string>> = {},
): Promise<DeployedStack> {
  const deployed = Object.fromEntries(
    Object.entries(resources)
      .filter(([, { Type }]) => deployedTypes.has(Type))
      .map(([id, resource]) => [id, named(resource, names[id])]),
  );
  const references = referencesTo(resources, deployed);
  const template = {
    Resources: deployed,
    Outputs: Object.fromEntries(references.map((Value, index) => [`Reference${index}`, { Value }])),
  };
  await call(endpoint, {
    Action: 'CreateStack',
    StackName: STACK,
    TemplateURL: await upload(endpoint, template),
    'Capabilities.member.1': 'CAPABILITY_NAMED_IAM',
  });
  const outputs = await untilCreated(endpoint);
  const worth = new Map(
    references.map((reference, index) => [JSON.stringify(reference), outputs.get(`Reference${index}`)]),
  );

  const resolve = (value: unknown): string => {
    if (typeof value !== 'object' || value === null) return String(value);
    const known = worth.get(JSON.stringify(value));
    if (known !== undefined) return known;
    if ('Ref' in value) {
      const id = String(value.Ref);
      if (resources[id]?.Type === 'AWS::ApiGatewayV2::Api') return apiId;
      return pseudoParameter(id) ?? functionName(resources, id);
    }
    if ('Fn::GetAtt' in value) {
      const [id, attribute] = value['Fn::GetAtt'] as [string, string];
      if (attribute === 'Arn') {
        return `arn:aws:lambda:${emulatorRegion}:${ACCOUNT}:function:${functionName(resources, id)}`;
      }
      if (attribute === 'ApiEndpoint') return `https://${apiId}.invalid`;
    }
    if ('Fn::Join' in value) {
      const [separator, parts] = value['Fn::Join'] as [string, unknown[]];
      return parts.map(resolve).join(separator);
    }
    throw new Error(`cannot resolve ${JSON.stringify(value)}`);
  };
  return { resolve, nameOf: (id) => resolve({ Ref: id }) };
}

const named = (resource: Resource, name: string | undefined): Resource => {
  const property = nameProperties[resource.Type];
  if (property === undefined || name === undefined) return resource;
  return { ...resource, Properties: { ...resource.Properties, [property]: name } };
};

/** Keeps the template where it is deployed from: sent in the call itself, 51,200 bytes are the most. */
async function upload(endpoint: string, template: object): Promise<string> {
  const url = `${endpoint}/rollcall-templates`;
  for (const [to, body] of [
    [url, null],
    [`${url}/stack.json`, JSON.stringify(template)],
  ] as const) {
    const response = await fetch(to, { method: 'PUT', body });
    if (!response.ok) throw new Error(`PUT ${to} answered ${response.status}: ${await response.text()}`);
  }
  return `${url}/stack.json`;
}

/** Every reference in the template to something that is deployed, once. */
function referencesTo(value: unknown, deployed: Readonly<Record<string, Resource>>): unknown[] {
  const found = new Map<string, unknown>(
    Object.keys(deployed).map((Ref) => [JSON.stringify({ Ref }), { Ref }]),
  );
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    if ('Fn::GetAtt' in part && String((part['Fn::GetAtt'] as string[])[0]) in deployed) {
      found.set(JSON.stringify(part), part);
    }
    for (const child of Object.values(part)) visit(child);
  };
  visit(value);
  return [...found.values()];
}

const pseudoParameter = (name: string): string | undefined =>
  ({
    'AWS::Region': emulatorRegion,
    'AWS::AccountId': ACCOUNT,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
  })[name];

function functionName(resources: Readonly<Record<string, Resource>>, id: string): string {
  const { Type, Properties } = resources[id] ?? {};
  if (Type !== 'AWS::Lambda::Function') throw new Error(`${id} is ${Type}, which is not deployed here`);
  return String(Properties?.['FunctionName']);
}

/** The outputs of the stack, as soon as it is there. */
async function untilCreated(endpoint: string): Promise<ReadonlyMap<string, string>> {
  for (;;) {
    const description = await call(endpoint, { Action: 'DescribeStacks', StackName: STACK });
    const status = textOf(description, 'StackStatus');
    if (status === 'CREATE_IN_PROGRESS') continue;
    if (status !== 'CREATE_COMPLETE') {
      const events = await call(endpoint, { Action: 'DescribeStackEvents', StackName: STACK });
      throw new Error(`the emulator has not made the stack, it is ${status}: ${events}`);
    }
    return new Map(
      [...description.matchAll(/<OutputKey>(.*?)<\/OutputKey><OutputValue>(.*?)<\/OutputValue>/gs)].map(
        ([, key = '', value = '']) => [key, value],
      ),
    );
  }
}

const textOf = (xml: string, name: string): string | undefined =>
  new RegExp(`<${name}>(.*?)</${name}>`).exec(xml)?.[1];

async function call(endpoint: string, form: Readonly<Record<string, string>>): Promise<string> {
  const scope = `test/20260101/${emulatorRegion}/cloudformation/aws4_request`;
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
    },
    body: new URLSearchParams({ Version: '2010-05-15', ...form }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${form['Action']} answered ${response.status}: ${text}`);
  return text;
}
