/** Logging in, and tokens. Does not compile while an operation of the contract is missing. */
import * as session from '../../shared/contract/session.ts';
import { groupHandler, type HttpHandler } from '../../shared/http/groupHandler.ts';
import type { Context } from '../../shared/runtime/context.ts';
import { login } from './login.ts';
import { logout } from './logout.ts';
import { oidcLoginBegin } from './oidcLoginBegin.ts';
import { oidcLoginFinish } from './oidcLoginFinish.ts';
import { passwordChange } from './passwordChange.ts';
import { tokenAdd } from './tokenAdd.ts';
import { tokenGetList } from './tokenGetList.ts';
import { tokenRevoke } from './tokenRevoke.ts';
import { whoAmI } from './whoAmI.ts';

export const createHandler = (context: Context): HttpHandler =>
  groupHandler(
    session,
    {
      login,
      logout,
      oidcLoginBegin,
      oidcLoginFinish,
      passwordChange,
      tokenAdd,
      tokenGetList,
      tokenRevoke,
      whoAmI,
    },
    context,
  );
