import { createConnection } from 'vscode-languageserver/node';
import { openEngine } from './engine.ts';
import { createGenerator } from './generate.ts';
import { openProjects } from './projects.ts';
import { startServer } from './server.ts';

const projects = openProjects();
const today = (): Date => new Date();

// Reads --stdio, --node-ipc, --socket or --pipe from the command line.
startServer(createConnection(), {
  projects,
  engine: openEngine(),
  generator: createGenerator(projects, today),
  today,
});
