/** Settings of one kind, such as those of the farm or of the directory: each may be tried until the next soft restart. */
export interface Settings<Of extends object> {
  readonly permanent: Of;
  /** Go before the permanent ones until the next soft restart. */
  readonly temporary: Partial<Of>;
  readonly version: number;
}

/** What counts now. */
export const inEffect = <Of extends object>({
  permanent,
  temporary,
}: Pick<Settings<Of>, 'permanent' | 'temporary'>): Of => ({ ...permanent, ...temporary });

/** Those that are given; what is undefined stays. */
export type Changes<Of> = { readonly [F in keyof Of]?: Of[F] | undefined };
