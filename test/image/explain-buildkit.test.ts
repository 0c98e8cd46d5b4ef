import assert from 'node:assert/strict';
import { daemonDown, explain, golang, missing, offline, says } from './explained.ts';

describe('explain: docker 20.10 with BuildKit', () => {
  const old = (dockerfile: string, output: string) => explain('buildkit', dockerfile, output);
  says(
    'RUN',
    old(
      golang,
      '#7 [build 4/4] RUN go build     -o /app .\n#7 sha256:ab\n#7 0.512 ./main.go:3:2: undefined: x\n#7 ERROR: executor failed running [/bin/sh -c go build     -o /app .]: exit code: 1\n------\n > [build 4/4] RUN go build     -o /app .:\n#7 0.512 ./main.go:3:2: undefined: x\n------\nexecutor failed running [/bin/sh -c go build     -o /app .]: exit code: 1',
    ),
    'The program does not compile: ./main.go:3:2: undefined: x',
    3,
  );
  says(
    'RUN whose text an ARG changed is found by its place',
    old(
      'FROM golang:1.26 AS build\nARG A=1\nRUN echo $A\nRUN false $A\n',
      '#6 [3/3] RUN false 1\n#6 ERROR: executor failed running [/bin/sh -c false 1]: exit code: 1',
    ),
    'RUN failed with exit code 1 at line 4.',
    3,
  );
  says(
    'a RUN that talks about a socket is not a problem of the engine',
    old(
      'FROM a\nRUN test\n',
      '#6 [2/2] RUN test\n#6 0.1 Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?\n#6 ERROR: executor failed running [/bin/sh -c test]: exit code: 1',
    ),
    /^RUN failed with exit code 1 at line 2: Cannot connect/,
    1,
  );
  says(
    'COPY',
    old(
      'FROM a\nCOPY nosuch.txt /\n',
      '#6 [2/2] COPY nosuch.txt /\n#6 ERROR: "/nosuch.txt" not found: not found\n------\n > [2/2] COPY nosuch.txt /:\n------\nfailed to compute cache key: "/nosuch.txt" not found: not found',
    ),
    missing,
    1,
  );
  says(
    'syntax',
    old(
      'FROM a\nRUNN x\n',
      'failed to solve with frontend dockerfile.v0: failed to create LLB definition: dockerfile parse error line 2: unknown instruction: RUNN',
    ),
    'Line 2 is not a valid instruction: unknown instruction: RUNN',
    1,
  );
  says(
    'base image',
    old(
      '# a\nFROM x:1.2\n',
      '#3 [internal] load metadata for docker.io/library/x:1.2\n#3 ERROR: failed to do request: Head "https://registry-1.docker.io/v2/library/x/manifests/1.2": dial tcp: lookup registry-1.docker.io: no such host',
    ),
    offline,
    1,
  );
  says(
    'daemon',
    old(golang, 'Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?'),
    daemonDown,
  );
  says(
    'permission',
    old(
      golang,
      "failed to dial gRPC: cannot connect to the Docker daemon. Is 'docker daemon' running on this host?: dial unix /var/run/docker.sock: connect: permission denied",
    ),
    /^No permission on the Docker socket/,
  );
  says(
    'empty',
    old(
      '',
      'failed to solve with frontend dockerfile.v0: failed to create LLB definition: the Dockerfile cannot be empty',
    ),
    'The Dockerfile is empty: write at least a FROM.',
  );
  says(
    'no Dockerfile',
    old(
      '',
      'failed to solve with frontend dockerfile.v0: failed to read dockerfile: open /var/lib/docker/tmp/x/Dockerfile: no such file or directory',
    ),
    /^The engine cannot read the Dockerfile: save/,
  );
  says(
    'disk full in RUN',
    old(
      'FROM a\nRUN test\n',
      '#6 [2/2] RUN test\n#6 0.1 cp: write error: No space left on device\n#6 ERROR: executor failed running [/bin/sh -c test]: exit code: 1',
    ),
    /^The disk of the engine is full/,
    1,
  );
});

describe('explain: buildx', () => {
  const now = (dockerfile: string, output: string) => explain('buildx', dockerfile, output);
  const excerpt =
    'Dockerfile:4\n--------------------\n   2 |     WORKDIR /src\n   3 |     COPY . .\n   4 | >>> RUN go build \\\n   5 | >>>     -o /app .\n--------------------\n';
  says(
    'RUN',
    now(
      golang,
      `#9 [build 4/4] RUN something else\n#9 1.5 no Go files in /src\n#9 ERROR: process "/bin/sh -c go build" did not complete successfully: exit code: 1\n${excerpt}ERROR: failed to build: failed to solve: process "/bin/sh -c go build" did not complete successfully: exit code: 1`,
    ),
    'There are no Go files in /src: name the package of the program, and check what COPY brings.',
    3,
  );
  says(
    'COPY',
    now(
      'FROM a\nCOPY nosuch.txt /\n',
      '#6 [2/2] COPY nosuch.txt /\n#6 ERROR: failed to calculate checksum of ref X::Y: "/nosuch.txt": not found\nERROR: failed to build: failed to solve: failed to compute cache key: failed to calculate checksum of ref X::Y: "/nosuch.txt": not found',
    ),
    missing,
    1,
  );
  says(
    'syntax',
    now(
      'FROM a\nRUNN x\n',
      'Dockerfile:2\n   2 | >>> RUNN x\nERROR: failed to build: failed to solve: dockerfile parse error on line 2: unknown instruction: RUNN (did you mean RUN?)',
    ),
    'Line 2 is not a valid instruction: unknown instruction: RUNN (did you mean RUN?)',
    1,
  );
  says(
    'base image offline',
    now(
      'FROM x:1.2\n',
      '#2 [internal] load metadata for docker.io/library/x:1.2\n#2 ERROR: failed to do request: Head "https://registry-1.docker.io/v2/library/x/manifests/1.2": dial tcp: lookup registry-1.docker.io: no such host\nERROR: failed to build: failed to solve: x:1.2: failed to resolve source metadata for docker.io/library/x:1.2: failed to do request: Head "https://registry-1.docker.io/v2/library/x/manifests/1.2": dial tcp: lookup registry-1.docker.io: no such host',
    ),
    offline,
    0,
  );
  says(
    'base image unknown',
    now(
      'FROM x:1.2\n',
      '#2 [internal] load metadata for docker.io/library/x:1.2\n#2 ERROR: docker.io/library/x:1.2: not found\nERROR: failed to build: failed to solve: x:1.2: failed to resolve source metadata for docker.io/library/x:1.2: docker.io/library/x:1.2: not found',
    ),
    /^x:1\.2 was not found: check its name and tag/,
    0,
  );
  says(
    'disk',
    now(
      golang,
      'ERROR: failed to build: failed to solve: ResourceExhausted: write /var/lib/docker/tmp/big: no space left on device',
    ),
    /^The disk of the engine is full: free space/,
  );
  says(
    'daemon',
    now(golang, 'ERROR: Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?'),
    daemonDown,
  );
  says(
    'permission',
    now(
      golang,
      'ERROR: permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: Head "http://x/_ping": dial unix /var/run/docker.sock: connect: permission denied',
    ),
    /^No permission on the Docker socket/,
  );
});

it('an output that nobody has seen before is quoted, not guessed', () => {
  assert.deepEqual(explain('buildx', golang, 'ERROR: failed to build: failed to solve: the moon is full'), {
    cause: 'other',
    values: {},
    reason: 'The build failed: the moon is full',
  });
});
