/** Where secrets are kept that Rollcall has to tell others, such as the password of a directory: never in a table. */
export interface SecretStore {
  /** Keeps a secret. A name is given once, so what is known by a name never changes. */
  add(name: string, secret: string): Promise<void>;
  /** Undefined for one that was removed meanwhile. */
  find(name: string): Promise<string | undefined>;
  /** Forgets a secret; one that is not there is no error. */
  remove(name: string): Promise<void>;
}
