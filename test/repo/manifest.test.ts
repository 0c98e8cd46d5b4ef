import assert from 'node:assert/strict';
import manifest from '../../package.json' with { type: 'json' };

describe('the manifest', () => {
  it('has each setting once: VS Code takes the first and drops the others', () => {
    const names = manifest.contributes.configuration.flatMap(({ properties }) => Object.keys(properties));
    assert.deepEqual(
      names.filter((name, index) => names.indexOf(name) !== index),
      [],
    );
  });

  it('offers only commands in menus that it names', () => {
    const commands = new Set(manifest.contributes.commands.map(({ command }) => command));
    const offered = Object.values(manifest.contributes.menus).flatMap((entries) =>
      entries.map(({ command }) => command),
    );
    assert.deepEqual(
      offered.filter((command) => !commands.has(command)),
      [],
    );
  });
});
