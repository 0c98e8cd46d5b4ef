import { createServer, type Server } from 'node:http';

/** A registry of images that has none: it says no in the way its paths ask for. Plain HTTP on 127.0.0.1. */
export const startRegistry = (port: number): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer((request, response) => {
      const name = /^\/v2\/([^/]+)\//.exec(request.url ?? '')?.[1];
      const answer = answers[name ?? ''] ?? answers.missing;
      response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
      const errors = [{ code: answer.code, message: answer.message }];
      response.end(request.method === 'HEAD' ? undefined : JSON.stringify(name === undefined ? {} : { errors }));
    });
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });

interface Answer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const answers: { readonly missing: Answer } & Readonly<Record<string, Answer>> = {
  '': { status: 200, code: '', message: '' },
  missing: { status: 404, code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' },
  private: {
    status: 401,
    code: 'UNAUTHORIZED',
    message: 'authentication required',
    headers: { 'www-authenticate': 'Basic realm="lab"' },
  },
  limited: { status: 429, code: 'TOOMANYREQUESTS', message: 'You have reached your pull rate limit.' },
  broken: { status: 500, code: 'UNKNOWN', message: 'internal error' },
};
