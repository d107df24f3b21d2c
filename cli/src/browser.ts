import { spawn } from 'node:child_process';

/** Opens an address in the browser of whoever sits here, where there is one. Whether it comes up is not known. */
export function openBrowser(address: string): void {
  const command = commandOf(address);
  if (command === undefined) return;
  const [program, ...args] = command;
  const child = spawn(program, args, { detached: true, stdio: 'ignore' });
  // The address stands on the terminal too.
  child.on('error', () => {});
  child.unref();
}

/** None of them is a shell: the address has signs that would be commands there. */
function commandOf(address: string): readonly [string, ...string[]] | undefined {
  // A dispatcher names what the machine opens: an address, and no program.
  if (!/^https?:\/\//i.test(address)) return undefined;
  if (process.platform === 'darwin') return ['open', address];
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', address];
  const { DISPLAY = '', WAYLAND_DISPLAY = '' } = process.env;
  return DISPLAY === '' && WAYLAND_DISPLAY === '' ? undefined : ['xdg-open', address];
}
