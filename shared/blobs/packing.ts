/** Blobs are packed by gzip. */
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

export const pack = promisify(gzip);
export const unpack = promisify(gunzip);
