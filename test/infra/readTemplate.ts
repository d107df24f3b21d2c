/** A synthesised stage to ask questions of, with the names of its resources where the template has references. */
import { type Properties, type Report, type Resource, synthesizeStage } from './synthesizeStage.ts';

export interface Statement {
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

export interface ReadTemplate {
  readonly resources: Readonly<Record<string, Resource>>;
  readonly report: Report;
  readonly startBytes: Readonly<Record<string, number>>;
  /** Properties of all resources of a type. */
  of(type: string): readonly Properties[];
  /** Properties of the one resource of a type, or of the one with this name. */
  one(type: string, name?: string): Properties;
  /** A value with names in the place of references. */
  readable(value: unknown): string;
  /** What the role of a function may do. */
  rightsOf(functionName: string): readonly Statement[];
  /** Environment of a function. */
  variablesOf(functionName: string): Readonly<Record<string, string>>;
}

export async function readTemplate(stageName: string): Promise<ReadTemplate> {
  const { resources, report, startBytes, remove } = await synthesizeStage(stageName);
  remove();
  return { ...questions(resources), report, startBytes };
}

/** Answers from resources alone. */
export function questions(
  resources: Readonly<Record<string, Resource>>,
): Omit<ReadTemplate, 'report' | 'startBytes'> {
  const of = (type: string): readonly Properties[] =>
    Object.values(resources)
      .filter(({ Type }) => Type === type)
      .map(({ Properties }) => Properties);

  const nameOf = (id: string): string => namedBy(resources[id]?.Properties ?? {}) ?? id;

  const readable = (value: unknown): string => {
    if (typeof value !== 'object' || value === null) return String(value);
    if ('Ref' in value) {
      const id = String(value.Ref);
      // Of a queue, CloudFormation gives the URL where others give their name.
      return resources[id]?.Type === 'AWS::SQS::Queue' ? `URL of ${nameOf(id)}` : nameOf(id);
    }
    if ('Fn::GetAtt' in value) {
      const [id, attribute] = value['Fn::GetAtt'] as [string, string];
      return attribute === 'Arn' ? nameOf(id) : `${nameOf(id)}.${attribute}`;
    }
    if ('Fn::Join' in value) {
      const [separator, parts] = value['Fn::Join'] as [string, unknown[]];
      return parts.map(readable).join(separator);
    }
    throw new Error(`cannot read ${JSON.stringify(value)}`);
  };

  const one = (type: string, name?: string): Properties => {
    const [found, ...others] = of(type).filter(
      (properties) => name === undefined || namedBy(properties) === name,
    );
    if (found === undefined || others.length > 0) {
      throw new Error(`the template has ${others.length + 1} resources ${type} ${name ?? ''}, not one`);
    }
    return found;
  };
  const functionOf = (name: string): Properties => one('AWS::Lambda::Function', name);

  return {
    resources,
    of,
    one,
    readable,
    rightsOf(functionName) {
      const role = readable(functionOf(functionName)['Role']);
      return of('AWS::IAM::Policy')
        .filter(({ Roles }) => (Roles as unknown[]).map(readable).includes(role))
        .flatMap(({ PolicyDocument }) => (PolicyDocument as { Statement: unknown[] }).Statement)
        .map((statement) => {
          const { Effect, Action, Resource } = statement as Record<string, unknown>;
          return {
            Effect: String(Effect),
            Action: [Action].flat().map(String),
            Resource: [Resource].flat().map(readable),
          };
        });
    },
    variablesOf(functionName) {
      const { Variables = {} } = (functionOf(functionName)['Environment'] ?? {}) as { Variables?: object };
      return Object.fromEntries(Object.entries(Variables).map(([name, value]) => [name, readable(value)]));
    },
  };
}

/** What the template itself calls a resource; most are named by CloudFormation. */
function namedBy(properties: Properties): string | undefined {
  const names = ['TableName', 'QueueName', 'FunctionName', 'LogGroupName', 'AlarmName'];
  const name = names.map((property) => properties[property]).find((value) => typeof value === 'string');
  return name as string | undefined;
}
