import { defaultConfiguration } from '../model/configuration.ts';

/** After how many days blobs go by themselves, by folder; those of the archive stay. */
export const blobDays = () => ({
  // As long as the attempts that they belong to.
  logs: defaultConfiguration().historyDays,
  // Who wants an export for longer keeps it elsewhere.
  exports: 30,
  // An import removes what it has put aside; this is for what was uploaded and never imported.
  imports: 7,
});
