/** Compression takes a thread and real time of its own; here it is done at once. To be imported before whoever compresses. */
import { syncBuiltinESMExports } from 'node:module';
import zlib from 'node:zlib';

type Done = (error: Error | null, result: Uint8Array) => void;

const atOnce =
  (work: (body: Uint8Array) => Uint8Array) =>
  (body: Uint8Array, done: Done): void => {
    let result: Uint8Array;
    try {
      result = work(body);
    } catch (error) {
      done(error as Error, new Uint8Array());
      return;
    }
    done(null, result);
  };

Object.assign(zlib, {
  // Bodies are small here, and nobody counts their bytes.
  gzip: atOnce((body) => zlib.gzipSync(body, { level: 1 })),
  gunzip: atOnce((body) => zlib.gunzipSync(body)),
});
syncBuiltinESMExports();
