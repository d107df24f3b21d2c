import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { placesOf } from '../../cli/src/completion/places.ts';
import { scripts } from '../../cli/src/completion/scripts.ts';
import { buildProgram } from '../../cli/src/program.ts';
import { aRollcall } from './rollcall.ts';

const places = placesOf(buildProgram());

/** What each shell offers for words of which the last is being typed. */
const shells = {
  bash: (words: readonly string[]) =>
    run('bash', [
      '--norc',
      '-c',
      `${scripts.bash(places)}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _rollcall; printf '%s\\n' "\${COMPREPLY[@]}"`,
      'bash',
      ...words,
    ]),
  zsh: (words: readonly string[]) =>
    run('zsh', [
      '-f',
      '-c',
      // Outside of a line editor: what is offered is printed, and matched by the editor otherwise.
      `compdef() { }; _files() { }; compadd() { shift; print -rl -- "$@"; }
${scripts.zsh(places)}
words=("$@"); CURRENT=$#; _rollcall`,
      'zsh',
      ...words,
    ]).filter((word) => word.startsWith(words.at(-1) ?? '')),
  fish: (words: readonly string[]) =>
    run('fish', [
      '--no-config',
      '-c',
      `${scripts.fish(places)}
complete -C '${words.join(' ')}'`,
    ]).map((line) => line.split('\t')[0] ?? ''),
};

const run = (shell: string, args: readonly string[]): string[] =>
  execFileSync(shell, args, { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line !== '');

function isInstalled(shell: string): boolean {
  try {
    execFileSync(shell, ['-c', 'true']);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** Why the cases of a shell are left out, if they are. */
const reasonToSkip = (shell: string): string | false => !isInstalled(shell) && `not installed: ${shell}`;

for (const [shell, offered] of Object.entries(shells)) {
  describe(`completion in ${shell}`, { skip: reasonToSkip(shell) }, () => {
    it('offers commands, also behind options and their values', () => {
      assert.deepEqual(offered(['rollcall', 'wa']), ['watch']);
      assert.deepEqual(offered(['rollcall', '--url', 'http://farm', 'nodes', 'pa']), ['pause']);
      assert.deepEqual(offered(['rollcall', 'call', 'jobExp']), ['jobExplain']);
    });

    it('offers options of a command, its global ones too', () => {
      assert.deepEqual(offered(['rollcall', 'delete', '3', '--y']), ['--yes']);
      assert.deepEqual(offered(['rollcall', 'ls', '--ow']), ['--owner']);
      assert.deepEqual(offered(['rollcall', 'nodes', 'wake', '--js']), ['--json']);
    });

    it('offers the values of an option or argument that has few', () => {
      assert.deepEqual(offered(['rollcall', 'submit', '--chunk-order', 'ba']), ['backward']);
      assert.deepEqual(offered(['rollcall', 'nodes', 'priority', 'wall-1', 'above']), ['above-normal']);
    });
  });
}

describe('completion in fish', { skip: reasonToSkip('fish') }, () => {
  it('offers files where a file is wanted, and nowhere else', () => {
    assert.deepEqual(shells.fish(['rollcall', 'submit', 'packa']).sort(), [
      'package-lock.json',
      'package.json',
    ]);
    assert.deepEqual(shells.fish(['rollcall', 'nodes', 'packa']), []);
  });
});

describe('rollcall completion', () => {
  it('prints the script of a shell, and knows no other shell', async (t) => {
    const bash = await aRollcall(t).run(['completion', 'bash']);
    const other = await aRollcall(t).run(['completion', 'tcsh']);

    assert.deepEqual([bash.code, bash.stdout], [0, scripts.bash(places)]);
    assert.equal(other.code, 2);
  });
});
