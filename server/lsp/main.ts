import { createConnection } from 'vscode-languageserver/node';
import { startServer } from './server.ts';

// Reads --stdio, --node-ipc, --socket or --pipe from the command line.
startServer(createConnection());
