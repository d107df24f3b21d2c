/** The system group. Does not compile while an operation of the contract is missing. */
import * as system from '../../shared/contract/system.ts';
import { groupHandler, type HttpHandler } from '../../shared/http/groupHandler.ts';
import type { Context } from '../../shared/runtime/context.ts';
import { systemGetActionLog } from './systemGetActionLog.ts';
import { systemGetActionLogsList } from './systemGetActionLogsList.ts';
import { systemGetActivityLog } from './systemGetActivityLog.ts';
import { systemGetActivityLogsList } from './systemGetActivityLogsList.ts';
import { systemGetConfiguration } from './systemGetConfiguration.ts';
import { systemGetLDAPConfiguration } from './systemGetLDAPConfiguration.ts';
import { systemGetNodesNetworkScan } from './systemGetNodesNetworkScan.ts';
import { systemGetOIDCConfiguration } from './systemGetOIDCConfiguration.ts';
import { systemQueryEngineStatus } from './systemQueryEngineStatus.ts';
import { systemRemoveActionLog } from './systemRemoveActionLog.ts';
import { systemRemoveActivityLog } from './systemRemoveActivityLog.ts';
import { systemResetStatisticsCounters } from './systemResetStatisticsCounters.ts';
import { systemRunScript } from './systemRunScript.ts';
import { systemSetConfiguration } from './systemSetConfiguration.ts';
import { systemSetLDAPConfiguration } from './systemSetLDAPConfiguration.ts';
import { systemSetOIDCConfiguration } from './systemSetOIDCConfiguration.ts';
import { systemSoftRestart } from './systemSoftRestart.ts';
import { systemStartNodesNetworkScan } from './systemStartNodesNetworkScan.ts';
import { systemSwapEngineStatus } from './systemSwapEngineStatus.ts';

export const createHandler = (context: Context): HttpHandler =>
  groupHandler(
    system,
    {
      systemGetActionLog,
      systemGetActionLogsList,
      systemGetActivityLog,
      systemGetActivityLogsList,
      systemRemoveActionLog,
      systemRemoveActivityLog,
      systemGetLDAPConfiguration,
      systemSetLDAPConfiguration,
      systemGetOIDCConfiguration,
      systemSetOIDCConfiguration,
      systemGetConfiguration,
      systemRunScript,
      systemGetNodesNetworkScan,
      systemQueryEngineStatus,
      systemResetStatisticsCounters,
      systemSetConfiguration,
      systemSoftRestart,
      systemStartNodesNetworkScan,
      systemSwapEngineStatus,
    },
    context,
  );
