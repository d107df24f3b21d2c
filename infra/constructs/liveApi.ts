/**
 * The WebSocket API of Consoles and notificators. Every route goes to one function; answers to messages go back the same
 * way. Its log has a line for each connection that begins, ends or is refused, and in none is a header: tokens come in
 * headers alone.
 */
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { type CfnStage, WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { LIVE_STAGE } from '../../shared/contract/consoleEvents.ts';
import type { Resources } from '../rights.ts';
import { nameIn, type Stage } from '../stage.ts';
import type { DispatcherFunction } from './dispatcherFunction.ts';

export interface LiveApiProps {
  readonly stage: Stage;
  readonly target: DispatcherFunction;
}

/** What a flood can cost ends here. A thousand Consoles that come back at once are spread over ten seconds. */
const THROTTLING = { throttlingRateLimit: 200, throttlingBurstLimit: 500 };

/** Of a line of the log: no header and no query. */
const LOGGED = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  event: '$context.eventType',
  route: '$context.routeKey',
  connectionId: '$context.connectionId',
  address: '$context.identity.sourceIp',
  status: '$context.status',
  error: '$context.error.message',
  integrationError: '$context.integrationErrorMessage',
};

export class LiveApi extends Construct {
  readonly api: WebSocketApi;
  readonly resources: Resources['live'];

  constructor(scope: Construct, id: string, { stage, target }: LiveApiProps) {
    super(scope, id);
    const route = (name: string, returnResponse = true) => ({
      integration: new WebSocketLambdaIntegration(name, target.lambda),
      returnResponse,
    });
    this.api = new WebSocketApi(this, 'api', {
      apiName: nameIn(stage, 'live'),
      routeSelectionExpression: '$request.body.action',
      connectRouteOptions: route('connect', false),
      disconnectRouteOptions: route('disconnect', false),
      defaultRouteOptions: route('default'),
    });
    for (const action of ['subscribe', 'unsubscribe', 'ping']) this.api.addRoute(action, route(action));
    const log = new LogGroup(this, 'log', {
      logGroupName: `/aws/apigateway/${nameIn(stage, 'live')}`,
      retention: stage.logDays as RetentionDays,
      removalPolicy: stage.isKept ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const live = new WebSocketStage(this, 'stage', {
      webSocketApi: this.api,
      stageName: LIVE_STAGE,
      autoDeploy: true,
    });
    const resource = live.node.defaultChild as CfnStage;
    resource.defaultRouteSettings = { ...THROTTLING, dataTraceEnabled: false, loggingLevel: 'OFF' };
    resource.accessLogSettings = { destinationArn: log.logGroupArn, format: JSON.stringify(LOGGED) };
    const { region, account, partition } = Stack.of(this);
    this.resources = {
      url: live.url,
      pushEndpoint: live.callbackUrl,
      connectionsArn: `arn:${partition}:execute-api:${region}:${account}:${this.api.apiId}/${LIVE_STAGE}/`,
    };
  }
}
