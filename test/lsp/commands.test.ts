import assert from 'node:assert/strict';
import { serverCommands } from '../../server/protocol.ts';
import { startClient } from './client.ts';
import { testRooms } from './rooms.ts';
import { clean, project } from './samples.ts';

describe('commands', () => {
  it('refuse arguments of another shape with a sentence', async () => {
    const client = await startClient(testRooms());
    await assert.rejects(client.execute(serverCommands.build, {}), /needs \{ uri \}/);
    await assert.rejects(client.execute(serverCommands.generate, { folder: '/x' }), /needs \{ choices \}/);
    await assert.rejects(client.execute('docker.command.convertToUppercase', {}), /no command docker/);
    await client.stop();
  });

  it('are ours alone', async () => {
    const client = await startClient(testRooms());
    const { commands } = client.initialized.capabilities.executeCommandProvider ?? {};
    assert.deepEqual(commands, Object.values(serverCommands));
    await client.stop();
  });

  it('plan and generate', async () => {
    const client = await startClient(testRooms());
    await assert.rejects(client.execute(serverCommands.plan, { folder: '/empty' }), /nothing in \/empty/);
    const choices = { main: './cmd/api', base: 'alpine' };
    const files = await client.execute(serverCommands.generate, { folder: '/project', choices });
    assert.deepEqual(files, { dockerfile: '# /project', dockerignore: './cmd/api', beside: [] });
    const wrong = { main: '.', base: 'alpin' };
    await assert.rejects(
      client.execute(serverCommands.generate, { folder: '/project', choices: wrong }),
      /base cannot be "alpin"/,
    );
    await client.stop();
  });

  it('improve an open Dockerfile in its build context', async () => {
    const rooms = testRooms(['/project']);
    rooms.setFacts(project);
    const client = await startClient(rooms);
    const uri = 'file:///project/Dockerfile';
    await client.open(uri, clean);
    const made = await client.execute(serverCommands.improve, { uri });
    assert.deepEqual(made, { dockerfile: `${clean}# better\n`, notKept: [] });
    const unknown = await client.execute<object>(serverCommands.improve, { uri: 'file:///elsewhere/Dockerfile' });
    assert.ok('reason' in unknown);
    await client.stop();
  });
});
