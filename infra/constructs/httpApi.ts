/** The HTTP API: a route for each operation of the contract, to the function of its group, and those of the reference's REST API. */
import { HttpApi as Api, type CfnStage, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Construct } from 'constructs';
import { contract, type GroupName } from '../../shared/contract/index.ts';
import { type Operation, route } from '../../shared/contract/operation.ts';
import { restMethods, restPaths } from '../../shared/contract/rest.ts';
import { nameIn, type Stage } from '../stage.ts';
import type { DispatcherFunction } from './dispatcherFunction.ts';

export interface HttpApiProps {
  readonly stage: Stage;
  readonly groups: Readonly<Record<GroupName, DispatcherFunction>>;
  /** What answers the reference's REST API. */
  readonly rest: DispatcherFunction;
}

/** What a flood can cost ends here. Ten thousand nodes beat 330 times a second while they work. */
const THROTTLING = { throttlingRateLimit: 1_000, throttlingBurstLimit: 2_000 };

export class HttpApi extends Construct {
  readonly api: Api;

  constructor(scope: Construct, id: string, { stage, groups, rest }: HttpApiProps) {
    super(scope, id);
    this.api = new Api(this, 'api', { apiName: nameIn(stage, 'api') });
    for (const [group, operations] of Object.entries(contract)) {
      // One permission for the function, not one for each route: the API has no route to it that is not its own.
      const integration = new HttpLambdaIntegration(group, groups[group as GroupName].lambda, {
        scopePermissionToRoute: false,
      });
      for (const operation of Object.values(operations as Record<string, Operation>)) {
        const { method, path } = route(operation);
        this.api.addRoutes({ path, methods: [HttpMethod[method]], integration });
      }
    }
    const integration = new HttpLambdaIntegration('rest', rest.lambda, { scopePermissionToRoute: false });
    for (const path of restPaths)
      this.api.addRoutes({ path, methods: restMethods.map((method) => HttpMethod[method]), integration });
    const defaultStage = this.api.defaultStage?.node.defaultChild as CfnStage;
    defaultStage.defaultRouteSettings = THROTTLING;
  }
}
