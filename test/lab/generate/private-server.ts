import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { join, normalize, resolve } from 'node:path';
import type { Addition } from '../images/derived.ts';
import { workshop } from '../images/store.ts';
import { mustRun } from '../process.ts';

const host = 'git.private.test';
/** Of nobody: it opens the server that this file starts, and that ends with the case. */
export const password = 'lab-password-5f2c';

/** Repositories, certificate and credentials. */
export const folder = resolve(workshop, 'private');

const git = (cwd: string, ...args: readonly string[]): Promise<string> =>
  mustRun('git', ['-c', 'user.name=lab', '-c', 'user.email=lab@private.test', ...args], {
    cwd,
    env: { GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z', GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z' },
  });

/** A repository with the module at v1.0.0, laid out so that files alone can serve it; and a certificate for its host. */
const prepare = async (): Promise<void> => {
  const work = join(folder, 'work');
  await mustRun('rm', ['-rf', folder]);
  await mustRun('mkdir', ['-p', work]);
  await writeFile(join(work, 'go.mod'), `module ${host}/team/greet\n\ngo 1.26\n`);
  const source =
    '// Package greet is nobody else\'s business.\npackage greet\n\n// Hello greets.\nfunc Hello(name string) string { return "hello " + name }\n';
  await writeFile(join(work, 'greet.go'), source);
  await git(work, 'init', '--quiet', '--initial-branch=main');
  await git(work, 'add', '.');
  await git(work, 'commit', '--quiet', '--message=greet');
  await git(work, 'tag', 'v1.0.0');
  await git(folder, 'clone', '--quiet', '--bare', 'work', 'greet.git');
  await git(join(folder, 'greet.git'), 'update-server-info');
  const subject = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`];
  const files = ['-keyout', 'key.pem', '-out', 'cert.pem'];
  await mustRun('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', ...files, ...subject], {
    cwd: folder,
  });
  await writeFile(join(folder, 'netrc'), `machine ${host} login lab password ${password}\n`);
};

/** A golang image that trusts the server. */
export const trusting: Addition = {
  name: 'private',
  lines: ['COPY cert.pem /tmp/cert.pem', 'RUN cat /tmp/cert.pem >>/etc/ssl/certs/ca-certificates.crt'],
  words: [String(Date.now())],
  fill: (target) => mustRun('cp', [join(folder, 'cert.pem'), target]).then(() => undefined),
};

/** The options of docker build that reach the server. */
export const reachOptions: readonly string[] = ['--network=host', `--add-host=${host}:127.0.0.1`];

/** The same with its password. */
export const privateOptions: readonly string[] = [...reachOptions, `--secret=id=netrc,src=${join(folder, 'netrc')}`];

/**
 * Serves the repository on loopback while `work` goes on: all of it to whoever knows the password, where a module lies
 * to everybody if `tells`.
 */
export const withPrivateServer = async <T>(work: () => Promise<T>, tells = false): Promise<T> => {
  await prepare();
  const expected = `Basic ${Buffer.from(`lab:${password}`).toString('base64')}`;
  const tls = { key: await readFile(join(folder, 'key.pem')), cert: await readFile(join(folder, 'cert.pem')) };
  const server = createServer(tls, (request, response) => {
    const url = new URL(request.url ?? '/', `https://${host}`);
    const asksWhere = url.searchParams.has('go-get');
    if (request.headers.authorization !== expected && !(tells && asksWhere)) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="lab"' }).end();
    } else if (asksWhere) {
      const meta = `${host}/team/greet git https://${host}/greet.git`;
      response.end(`<html><head><meta name="go-import" content="${meta}"></head></html>`);
    } else {
      readFile(join(folder, normalize(`/${url.pathname}`))).then(
        (data) => response.end(data),
        () => response.writeHead(404).end(),
      );
    }
  });
  await new Promise<void>((ready, failed) => {
    server.once('error', failed);
    server.listen(443, '127.0.0.1', ready);
  });
  try {
    return await work();
  } finally {
    server.closeAllConnections();
    server.close();
  }
};
