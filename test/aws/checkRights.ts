/** Who may do what, by the policies of the synthesised template, and which of it has been used. */
import type { ReadTemplate } from '../infra/readTemplate.ts';
import type { Properties } from '../infra/synthesizeStage.ts';
import type { DeployedStack } from './deployStack.ts';
import type { Need } from './readCall.ts';

interface Right {
  readonly action: string;
  /** Pattern of ARNs. */
  readonly resource: string;
  /** The same for people, the same in each deployment: `dynamodb:Query rollcall-try-queue/index/ready`. */
  readonly text: string;
}

interface Principal {
  /** Function, or `mailboxes` for what is lent to nodes. */
  readonly name: string;
  readonly rights: readonly Right[];
  /** What the session narrows the rights of its role to; undefined for all of them. */
  readonly session?: readonly Omit<Right, 'text'>[];
}

/** A call that IAM would have refused. */
export interface Breach extends Need {
  readonly principal: string;
}

export interface RightsChecker {
  /** Records a breach for each need without a right; true if there is none. */
  check(accessKey: string, needs: readonly Need[]): boolean;
  /** Lends a role, narrowed by a policy, to whoever has the access key from now on. */
  lend(lender: string, accessKey: string, roleArn: string, policy: string): void;
  /** Breaches since the last time this was asked. */
  takeBreaches(): readonly Breach[];
}

/** How often each right was used, by who has it. */
export type UsedRights = Map<string, Map<string, number>>;

export interface RightsCheckerOptions {
  readonly template: Pick<ReadTemplate, 'of' | 'readable' | 'resources'>;
  readonly stack: DeployedStack;
  /** Counts go on over all deployments. */
  readonly used: UsedRights;
}

/** Access keys of functions are their names. */
export function rightsChecker({ template, stack, used }: RightsCheckerOptions): RightsChecker {
  const principals = new Map<string, Principal>();
  const roles = new Map<string, string>();
  for (const { FunctionName, Role } of template.of('AWS::Lambda::Function')) {
    const name = String(FunctionName);
    principals.set(name, { name, rights: rightsOfRole(template, stack, Role) });
    roles.set(stack.resolve(Role), name);
  }
  for (const principal of principals.values()) note(used, principal);
  let breaches: Breach[] = [];

  const check = (accessKey: string, needs: readonly Need[]): boolean => {
    const principal = principals.get(accessKey);
    if (principal === undefined) throw new Error(`access key ${accessKey} is nobody's`);
    return needs.every((need) => {
      const right = principal.rights.find((candidate) => allows(candidate, need));
      const isAllowed = right !== undefined && (principal.session?.some((one) => allows(one, need)) ?? true);
      if (isAllowed) {
        const counts = used.get(principal.name);
        counts?.set(right.text, (counts.get(right.text) ?? 0) + 1);
      } else {
        breaches.push({ principal: principal.name, action: need.action, resource: need.resource });
      }
      return isAllowed;
    });
  };

  return {
    check,
    lend(lender, accessKey, roleArn, policy) {
      const [id, resource] =
        Object.entries(template.resources).find(
          ([name, { Type }]) => Type === 'AWS::IAM::Role' && stack.resolve(arnOf(name)) === roleArn,
        ) ?? [];
      if (id === undefined || resource === undefined)
        throw new Error(`no role of the template is ${roleArn}`);
      assertTrusts(resource.Properties, lender, (value) => roles.get(stack.resolve(value)));
      const principal: Principal = {
        name: 'mailboxes',
        rights: rightsOfRole(template, stack, arnOf(id)),
        session: sessionRights(policy),
      };
      note(used, principal);
      principals.set(accessKey, principal);
    },
    takeBreaches() {
      const taken = breaches;
      breaches = [];
      return taken;
    },
  };
}

const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

function note(used: UsedRights, { name, rights }: Principal): void {
  const counts = used.get(name) ?? new Map<string, number>();
  used.set(name, counts);
  for (const { text } of rights) if (!counts.has(text)) counts.set(text, 0);
}

function rightsOfRole(
  { of, readable }: RightsCheckerOptions['template'],
  { resolve }: DeployedStack,
  role: unknown,
): Right[] {
  return of('AWS::IAM::Policy')
    .filter(({ Roles }) => (Roles as unknown[]).map(readable).includes(readable(role)))
    .flatMap(({ PolicyDocument }) => (PolicyDocument as { Statement: Properties[] }).Statement)
    .flatMap((statement) =>
      linesOf(statement).map(({ action, resource }) => ({
        action,
        resource: resolve(resource),
        text: `${action} ${readable(resource)}`,
      })),
    );
}

const sessionRights = (policy: string): Omit<Right, 'text'>[] =>
  (JSON.parse(policy) as { Statement: Properties[] }).Statement.flatMap(linesOf).map(
    ({ action, resource }) => ({
      action,
      resource: String(resource),
    }),
  );

function linesOf(statement: Properties): { readonly action: string; readonly resource: unknown }[] {
  const { Effect, Action, Resource, ...others } = statement;
  if (Effect !== 'Allow' || Object.keys(others).some((name) => name !== 'Sid')) {
    throw new Error(`this statement says more than this check understands: ${JSON.stringify(statement)}`);
  }
  return [Action]
    .flat()
    .flatMap((action) => [Resource].flat().map((resource) => ({ action: String(action), resource })));
}

function assertTrusts(
  role: Properties,
  lender: string,
  functionOf: (value: unknown) => string | undefined,
): void {
  const { Statement } = role['AssumeRolePolicyDocument'] as {
    Statement: { Action: string; Effect: string; Principal: { AWS: unknown } }[];
  };
  const trusted = Statement.filter(({ Effect, Action }) => Effect === 'Allow' && Action === 'sts:AssumeRole')
    .flatMap(({ Principal: { AWS } }) => [AWS].flat())
    .map(functionOf);
  if (!trusted.includes(lender)) throw new Error(`the role of mailboxes does not trust ${lender}`);
}

const allows = (right: Omit<Right, 'text'>, need: Need): boolean =>
  matches(right.action, need.action) && matches(right.resource, need.resource);

/** As IAM matches: `*` is anything, `?` one character. */
function matches(pattern: string, text: string): boolean {
  const expression = pattern
    .split('')
    .map((character) =>
      character === '*' ? '.*' : character === '?' ? '.' : character.replace(/[\\^$+.()|{}[\]]/, '\\$&'),
    )
    .join('');
  return new RegExp(`^${expression}$`, 's').test(text);
}
