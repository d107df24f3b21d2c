/** Invoked by hand once a deployment stands: makes user `admin` and a join token, and tells them to the invoker. */
import { ensureSecrets, type GivenSecrets, type Secrets } from '../../shared/actions/ensureSecrets.ts';
import type { Context } from '../../shared/runtime/context.ts';

/** Builds the handler. Its event may choose the secrets, or later replace them; what is given is not told back. */
export const createHandler =
  (context: Context) =>
  (event: GivenSecrets | null): Promise<Secrets> =>
    ensureSecrets(context, event ?? {});
