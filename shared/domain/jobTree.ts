/** Folders and jobs form one tree under the root. */

/** Whether a folder would be inside itself: `path` leads from its new parent up to the root. */
export const wouldContainItself = (folderId: number, path: readonly number[]): boolean =>
  path.includes(folderId);
