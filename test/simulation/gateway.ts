/** HTTP to the dispatcher's handlers, with the network in between: requests and answers are lost, late or doubled. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { RollcallError, UnreachableError } from '../../client/src/client.ts';
import { type Operations, routes } from '../../client/src/generated.ts';
import type { GroupHandlers } from '../../local/gateway/httpApi.ts';
import { lambdaContext } from '../../local/gateway/lambda.ts';
import type { Faults } from './faults.ts';
import type { Lambdas } from './lambdas.ts';
import type { Random } from './random.ts';
import type { VirtualTime } from './virtualTime.ts';

/** After so long a client gives up on one try. */
const CLIENT_TIMEOUT_MS = 35_000;

export class Gateway {
  readonly #time: VirtualTime;
  readonly #faults: Faults;
  readonly #random: Random;
  readonly #lambdas: Lambdas<{ readonly groups: GroupHandlers }>;
  #requests = 0;
  /** Calls by operation. */
  readonly counts = new Map<string, number>();

  constructor(
    time: VirtualTime,
    faults: Faults,
    random: Random,
    lambdas: Lambdas<{ readonly groups: GroupHandlers }>,
  ) {
    this.#time = time;
    this.#faults = faults;
    this.#random = random;
    this.#lambdas = lambdas;
  }

  /** One try, as the generated client makes it with `retries: 0`. `isReachable` is asked on the way there and back. */
  async call<N extends keyof Operations>(
    name: N,
    token: string,
    input: Operations[N]['input'],
    isReachable: () => boolean,
  ): Promise<Operations[N]['output']> {
    const sentAt = this.#time.now();
    await this.#time.pause(this.#random.between(2, 40));
    if (!isReachable() || this.#faults.strikes('request-lost')) return this.#noAnswer(sentAt);
    const serving = [this.#serve(name, token, input)];
    if (this.#faults.strikes('request-doubled')) {
      const again = this.#time
        .pause(this.#faults.stream('request-doubled').between(0, 3_000))
        .then(() => this.#serve(name, token, input));
      serving.push(again);
    }
    const result = await Promise.race(serving);
    await this.#time.pause(this.#random.between(2, 40));
    if (!isReachable() || this.#faults.strikes('answer-lost')) return this.#noAnswer(sentAt);
    if (result === undefined)
      throw new UnreachableError('the gateway answered 502, not as a dispatcher does');
    const body = JSON.parse(result.body ?? '');
    const status = result.statusCode ?? 200;
    if (status < 300) return body;
    throw new RollcallError(status, body.error);
  }

  async #noAnswer(sentAt: number): Promise<never> {
    // A connection that is refused says so at once, one that is lost says nothing.
    const isQuick = this.#random.chance(0.5);
    await this.#time.pause(isQuick ? 20 : sentAt + CLIENT_TIMEOUT_MS - this.#time.now());
    throw new UnreachableError('no answer');
  }

  /** The answer of a function; undefined when it died. */
  async #serve(
    name: keyof Operations,
    token: string,
    input: object,
  ): Promise<APIGatewayProxyStructuredResultV2 | undefined> {
    const { method, path } = routes[name];
    const group = path.split('/')[2] ?? '';
    this.#requests += 1;
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    const requestId = `request-${this.#requests}`;
    const query = Object.fromEntries(
      method === 'GET'
        ? Object.entries(input).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]]))
        : [],
    );
    const event = {
      version: '2.0',
      rawPath: path,
      rawQueryString: new URLSearchParams(query).toString(),
      headers: { authorization: `Bearer ${token}` },
      ...(method === 'GET' ? { queryStringParameters: query } : { body: JSON.stringify(input) }),
      requestContext: { http: { method, path }, requestId },
      isBase64Encoded: false,
    } as unknown as APIGatewayProxyEventV2;
    try {
      return await this.#lambdas.invoke(({ groups }) => {
        const handler = groups[group];
        if (handler === undefined) throw new Error(`there is no function for ${name}`);
        // Its instance ends it in virtual time; a handler that knows its end would set a timer in real time.
        const { getRemainingTimeInMillis: _, ...context } = lambdaContext(group, this.#time, requestId);
        return handler(event, context as Context);
      });
    } catch {
      // What a handler throws it answers itself; here the instance died, and the gateway says so.
      return undefined;
    }
  }
}
