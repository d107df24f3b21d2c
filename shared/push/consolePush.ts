/** Sends to live connections and ends them; whose they are and what they want to hear is kept elsewhere. */
import {
  ApiGatewayManagementApiClient,
  type ApiGatewayManagementApiClientConfig,
  DeleteConnectionCommand,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';

export interface ConsolePush {
  /** False if nobody is connected by that id any more. Throws if it is not taken in time. */
  send(connectionId: string, message: string): Promise<boolean>;
  /** Does nothing if nobody is. */
  disconnect(connectionId: string): Promise<void>;
}

/** A call that takes longer is given up: the next message to all others waits for its end. */
const CALL_MS = 1_000;

/** A client for {@link consolePush}. */
export const connectPush = (settings: ApiGatewayManagementApiClientConfig): ApiGatewayManagementApiClient =>
  new ApiGatewayManagementApiClient({ ...settings, maxAttempts: 2 });

export function consolePush(client: ApiGatewayManagementApiClient): ConsolePush {
  const inTime = () => ({ abortSignal: AbortSignal.timeout(CALL_MS) });
  return {
    async send(ConnectionId, message) {
      try {
        await client.send(
          new PostToConnectionCommand({ ConnectionId, Data: Buffer.from(message) }),
          inTime(),
        );
        return true;
      } catch (error) {
        if (error instanceof GoneException) return false;
        throw error;
      }
    },

    async disconnect(ConnectionId) {
      try {
        await client.send(new DeleteConnectionCommand({ ConnectionId }), inTime());
      } catch (error) {
        if (!(error instanceof GoneException)) throw error;
      }
    },
  };
}
