import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { FileCommandNotes } from '../../../nodeagent/src/commands/commandNotes.ts';
import { aFolder, aSmallDisk } from '../../support/folders.ts';

const silent = (): void => {};
const answer = { ok: true, exitCode: 0, output: 'done' };

suite('the notes about commands', () => {
  test('are known to a later agent', (t) => {
    const file = join(aFolder(t), 'commands.json');
    const notes = new FileCommandNotes(file, silent);
    for (const commandId of ['begun', 'carried out', 'answered']) notes.begin(commandId);
    notes.keepAnswer('carried out', answer);
    notes.keepAnswer('answered', answer);
    notes.settle('answered');

    const later = new FileCommandNotes(file, silent);

    assert.deepEqual(later.find('begun'), { state: 'begun' });
    assert.deepEqual(later.find('carried out'), { state: 'carried-out', answer });
    assert.deepEqual(later.find('answered'), { state: 'answered' });
    assert.equal(later.find('unheard of'), undefined);
  });

  test('forget the oldest beyond 200', (t) => {
    const notes = new FileCommandNotes(join(aFolder(t), 'commands.json'), silent);

    for (let number = 1; number <= 201; number += 1) notes.begin(String(number));

    assert.equal(notes.find('1'), undefined);
    assert.deepEqual(notes.find('2'), { state: 'begun' });
  });

  test('that cannot be read are put aside and said to be', (t) => {
    const file = join(aFolder(t), 'commands.json');
    writeFileSync(file, '[["c1"');
    const said: string[] = [];

    const notes = new FileCommandNotes(file, (line) => said.push(line));

    assert.equal(notes.find('c1'), undefined);
    assert.equal(readFileSync(`${file}.broken`, 'utf8'), '[["c1"');
    assert.match(said.join(), /commands\.json cannot be read and is put aside/);
  });

  test('refuse the beginning of a command that they cannot hold, and keep an answer in memory', (t) => {
    const disk = aSmallDisk(t);
    if (disk === undefined) return t.skip('needs the right to mount a file system');
    const file = join(disk.folder, 'commands.json');
    const said: string[] = [];
    const notes = new FileCommandNotes(file, (line) => said.push(line));
    notes.begin('c1');
    disk.fill();

    notes.keepAnswer('c1', answer);
    assert.throws(() => notes.begin('c2'), /ENOSPC/);

    assert.deepEqual(notes.find('c1'), { state: 'carried-out', answer });
    assert.equal(notes.find('c2'), undefined);
    assert.match(said.join(), /cannot be written to disk: ENOSPC/);
    assert.ok(!existsSync(`${file}.unfinished`));
  });
});
