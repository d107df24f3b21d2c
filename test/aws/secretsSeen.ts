/** Passwords and tokens that went through the API in a run, held against every line that functions logged. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** Fields of inputs and answers that nobody may read in a log. */
const secretFields: ReadonlySet<string> = new Set([
  'password',
  'newPassword',
  'bindPassword',
  'clientSecret',
  'secret',
  'token',
  'authToken',
]);
/** Shorter ones of tests are words that a line may well have. */
const SHORTEST = 8;

export class SecretsSeen {
  readonly #secrets = new Set<string>();
  readonly #lines: string[] = [];

  get counts(): { readonly secrets: number; readonly lines: number } {
    return { secrets: this.#secrets.size, lines: this.#lines.length };
  }

  noteLine(line: string): void {
    this.#lines.push(line);
  }

  noteCall(event: APIGatewayProxyEventV2, result: APIGatewayProxyStructuredResultV2): void {
    this.#note((event.headers['authorization'] ?? '').replace(/^Bearer /i, ''));
    this.#noteFields(event.queryStringParameters ?? {});
    for (const body of [event.body, result.body]) this.#noteFields(parsed(body));
  }

  /** Lines with a secret in them. */
  tellingLines(): string[] {
    const secrets = [...this.#secrets];
    return this.#lines.filter((line) => secrets.some((secret) => line.includes(secret)));
  }

  #noteFields(fields: Readonly<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(fields)) {
      if (typeof value === 'string' && secretFields.has(name)) this.#note(value);
      else if (typeof value === 'object' && value !== null)
        this.#noteFields(value as Record<string, unknown>);
    }
  }

  #note(secret: string): void {
    if (secret.length >= SHORTEST) this.#secrets.add(secret);
  }
}

/** What is no JSON object has no fields. */
function parsed(body: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
