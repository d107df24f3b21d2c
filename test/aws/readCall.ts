/** What a request on the wire asks of AWS, in the words of IAM. */
import { apiId } from './deployStack.ts';

export interface Request {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface Call {
  /** Whose access key signed it. */
  readonly accessKey: string;
  readonly service: 'dynamodb' | 'sqs' | 'sts' | 's3' | 'ssm' | 'events' | 'execute-api';
  /** Name of the operation: `UpdateItem`. */
  readonly operation: string;
  /** Everything that the caller must have a right to. */
  readonly needs: readonly Need[];
  /** Partition of the item that is written, of the first one where there are several; undefined for other calls. */
  readonly written: string | undefined;
  readonly body: string;
}

export interface Need {
  readonly action: string;
  readonly resource: string;
}

/** Account and region of all that is asked for. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

type Body = Readonly<Record<string, unknown>>;

/** Throws for a call that it does not know, lest one pass without a check. */
export function readCall(request: Request, place: Place): Call {
  const { accessKey, service } = signer(request);
  const target = request.headers['x-amz-target'];
  const [, operation = ''] = typeof target === 'string' ? target.split('.') : [];
  const asked = { accessKey, written: undefined, body: request.body };
  switch (service) {
    case 'dynamodb': {
      const body: Body = JSON.parse(request.body);
      return {
        ...asked,
        service,
        operation,
        needs: dynamoNeeds(operation, body, place),
        written: writtenPartition(body),
      };
    }
    case 'sqs':
      return { ...asked, service, operation, needs: [sqsNeed(operation, JSON.parse(request.body), place)] };
    case 'ssm':
      return { ...asked, service, operation, needs: [ssmNeed(operation, JSON.parse(request.body), place)] };
    case 'events':
      return { ...asked, service, operation, needs: eventNeeds(operation, JSON.parse(request.body), place) };
    case 'sts': {
      const form = new URLSearchParams(request.body);
      const action = form.get('Action') ?? '';
      return {
        ...asked,
        service,
        operation: action,
        needs: [{ action: `sts:${action}`, resource: form.get('RoleArn') ?? '' }],
      };
    }
    case 'execute-api': {
      const [, stage = '', ...path] = decodeURIComponent(request.target).split('/');
      return {
        ...asked,
        service,
        operation: request.method,
        needs: [
          {
            action: 'execute-api:ManageConnections',
            resource: `arn:aws:execute-api:${place.region}:${place.account}:${apiId}/${stage}/${request.method}/${path.join('/')}`,
          },
        ],
      };
    }
    case 's3':
      return { ...asked, service, ...s3Need(request) };
    default:
      throw new Error(`${accessKey} calls service ${service}, which is not known here`);
  }
}

/** From the header, or from the query of a link. */
function signer({ headers, target }: Request): { readonly accessKey: string; readonly service: string } {
  const header = /Credential=([^,]+)/.exec(String(headers['authorization'] ?? ''))?.[1];
  const query = new URLSearchParams(target.split('?')[1] ?? '').get('X-Amz-Credential');
  const [accessKey = '', , , service = ''] = (header ?? query ?? '').split('/');
  return { accessKey, service };
}

function dynamoNeeds(operation: string, body: Body, place: Place): Need[] {
  const table = (name: unknown): string =>
    `arn:aws:dynamodb:${place.region}:${place.account}:table/${String(name)}`;
  const need = (verb: string, name: unknown): Need => ({ action: `dynamodb:${verb}`, resource: table(name) });
  switch (operation) {
    case 'GetItem':
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return [need(operation, body['TableName'])];
    case 'Query': {
      const { action, resource } = need(operation, body['TableName']);
      const index = body['IndexName'];
      return [{ action, resource: index === undefined ? resource : `${resource}/index/${index}` }];
    }
    case 'BatchGetItem':
    case 'BatchWriteItem':
      return Object.keys(body['RequestItems'] as Body).map((name) => need(operation, name));
    case 'TransactWriteItems':
      return (body['TransactItems'] as Body[]).flatMap((item) =>
        Object.entries(item).map(([kind, write]) =>
          need(
            kind === 'ConditionCheck' ? 'ConditionCheckItem' : `${kind}Item`,
            (write as Body)['TableName'],
          ),
        ),
      );
    default:
      throw new Error(`the rights that DynamoDB's ${operation} needs are not known here`);
  }
}

function writtenPartition(body: Body): string | undefined {
  const [first] = (body['TransactItems'] ?? []) as Record<string, Body>[];
  const [requests] = Object.values((body['RequestItems'] ?? {}) as Record<string, unknown>);
  const [request] = Array.isArray(requests) ? (requests as Record<string, Body>[]) : [];
  const isWrite = 'Item' in body || 'UpdateExpression' in body || body['ReturnValues'] === 'ALL_OLD';
  const write = first ?? request;
  const holder = write === undefined ? (isWrite ? body : undefined) : Object.values(write)[0];
  const item = (holder?.['Item'] ?? holder?.['Key']) as { pk?: { S?: string } } | undefined;
  return item?.pk?.S;
}

/** IAM knows no batches of SQS: who may do one may do ten. */
const sqsActions: Readonly<Record<string, string>> = {
  SendMessageBatch: 'SendMessage',
  DeleteMessageBatch: 'DeleteMessage',
};

function sqsNeed(operation: string, body: Body, { region, account }: Place): Need {
  const name = body['QueueName'] ?? String(body['QueueUrl']).split('/').at(-1);
  return {
    action: `sqs:${sqsActions[operation] ?? operation}`,
    resource: `arn:aws:sqs:${region}:${account}:${name}`,
  };
}

function ssmNeed(operation: string, body: Body, { region, account }: Place): Need {
  return {
    action: `ssm:${operation}`,
    resource: `arn:aws:ssm:${region}:${account}:parameter${String(body['Name'])}`,
  };
}

const eventNeeds = (operation: string, body: Body, { region, account }: Place): Need[] =>
  (body['Entries'] as Body[]).map(({ EventBusName }) => ({
    action: `events:${operation}`,
    resource: `arn:aws:events:${region}:${account}:event-bus/${String(EventBusName)}`,
  }));

function s3Need({ method, target }: Request): Pick<Call, 'operation' | 'needs'> {
  const path = decodeURIComponent(target.split('?')[0] ?? '').slice(1);
  const actions: Readonly<Record<string, string>> = {
    PUT: 's3:PutObject',
    GET: 's3:GetObject',
    HEAD: 's3:GetObject',
    DELETE: 's3:DeleteObject',
  };
  const action = actions[method];
  if (action === undefined) throw new Error(`the right that S3's ${method} needs is not known here`);
  return { operation: method, needs: [{ action, resource: `arn:aws:s3:::${path}` }] };
}
