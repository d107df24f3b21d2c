/** The tables of `shared/store/tables.ts`, nothing of them typed a second time. */
import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { type TableName, tableDefinition, tables } from '../../shared/store/tables.ts';
import { nameIn, type Stage } from '../stage.ts';

export interface TablesProps {
  readonly stage: Stage;
}

export class Tables extends Construct {
  readonly all: Readonly<Record<TableName, Table>>;

  constructor(scope: Construct, id: string, { stage }: TablesProps) {
    super(scope, id);
    const names = Object.keys(tables) as TableName[];
    this.all = Object.fromEntries(names.map((name) => [name, this.#table(name, stage)])) as Record<
      TableName,
      Table
    >;
  }

  #table(name: TableName, stage: Stage): Table {
    const { indexes, timeToLive, feed } = tableDefinition(name);
    const table = new Table(this, name, {
      tableName: nameIn(stage, name),
      partitionKey: text('pk'),
      sortKey: text('sk'),
      billingMode: BillingMode.PAY_PER_REQUEST,
      // By a key of AWS, at no price; a key of one's own costs a dollar a month and a call for each cold table.
      encryption: TableEncryption.DEFAULT,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: stage.isKept,
      removalPolicy: stage.isKept ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      ...(timeToLive === undefined ? {} : { timeToLiveAttribute: timeToLive }),
      ...(feed ? { stream: StreamViewType.NEW_AND_OLD_IMAGES } : {}),
    });
    for (const [indexName, { partition, sort, projection }] of Object.entries(indexes)) {
      table.addGlobalSecondaryIndex({
        indexName,
        partitionKey: text(partition),
        sortKey: text(sort),
        ...(projection.length === 0
          ? { projectionType: ProjectionType.KEYS_ONLY }
          : { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: [...projection] }),
      });
    }
    return table;
  }
}

const text = (name: string) => ({ name, type: AttributeType.STRING });
