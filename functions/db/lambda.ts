/** The entry in AWS. */
import { lambdaBlobsOnDemand } from '../../shared/runtime/lambdaBlobsOnDemand.ts';
import { lambdaContext } from '../../shared/runtime/lambdaContext.ts';
import type { ReadSql } from '../../shared/sql/readSql.ts';
import { templatesOnDemand } from '../../templates/onDemand.ts';
import { createHandler } from './index.ts';

/** The program stands beside the bundle: see `infra/bundles.ts`. */
const readSql: ReadSql = async (sql) => {
  const { sqlReader } = await import('../../shared/sql/readSql.ts');
  return sqlReader(new URL('sqlReader.mjs', import.meta.url))(sql);
};

export const handler = createHandler(
  lambdaContext({ templates: templatesOnDemand, blobs: lambdaBlobsOnDemand(), readSql }),
);
