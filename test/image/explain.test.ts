import assert from 'node:assert/strict';
import type { Engine, InstructionText } from '../../server/image/engine-model.ts';
import { explainFailure } from '../../server/image/explain.ts';
import { readProgress } from '../../server/image/progress.ts';

/** Instructions of a Dockerfile in which only lines that end in a backslash continue. */
function instructionsOf(dockerfile: string): readonly InstructionText[] {
  const found: { line: number; text: string }[] = [];
  let open = false;
  for (const [line, text] of dockerfile.split('\n').entries()) {
    const last = found.at(-1);
    if (open && last) last.text += `\n${text}`;
    else if (text) found.push({ line, text });
    open = text.endsWith('\\');
  }
  return found;
}

function explain(builder: Engine['builder'], dockerfile: string, output: string, code = 1) {
  const progress = readProgress(builder, () => {});
  for (const line of output.split('\n')) progress.line(line);
  const kind = builder === 'podman' ? 'podman' : 'docker';
  return explainFailure({ engine: { kind, builder }, progress, code, instructions: instructionsOf(dockerfile) });
}

function says(title: string, result: ReturnType<typeof explain>, reason: string | RegExp, line?: number): void {
  it(title, () => {
    if (typeof reason === 'string') assert.equal(result.reason, reason);
    else assert.match(result.reason, reason);
    assert.equal(result.line, line);
  });
}

const golang =
  'FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN go build \\\n    -o /app .\nFROM scratch\nCOPY --from=build /app /\n';
const missing =
  'nosuch.txt does not exist where COPY looks for it: check the path, the build context and .dockerignore.';
const offline = 'x:1.2 is not on this machine and its registry cannot be reached: check the network, or pull it first.';
const daemonDown =
  'The Docker daemon is not running: start Docker Desktop or the service (sudo systemctl start docker).';

describe('explain: docker 20.10 with BuildKit', () => {
  const old = (dockerfile: string, output: string) => explain('buildkit', dockerfile, output);
  says(
    'RUN',
    old(
      golang,
      '#7 [build 4/4] RUN go build     -o /app .\n#7 sha256:ab\n#7 0.512 ./main.go:3:2: undefined: x\n#7 ERROR: executor failed running [/bin/sh -c go build     -o /app .]: exit code: 1\n------\n > [build 4/4] RUN go build     -o /app .:\n#7 0.512 ./main.go:3:2: undefined: x\n------\nexecutor failed running [/bin/sh -c go build     -o /app .]: exit code: 1',
    ),
    'RUN failed with exit code 1 at line 4: ./main.go:3:2: undefined: x',
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
    'RUN failed with exit code 1 at line 4: no Go files in /src',
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

describe('explain: podman', () => {
  const podman = (dockerfile: string, output: string) => explain('podman', dockerfile, output, 125);
  says(
    'RUN',
    podman(
      golang,
      '[1/2] STEP 4/4: RUN go build     -o /app .\nno Go files in /src\nError: building at STEP "RUN go build     -o /app .": while running runtime: exit status 1',
    ),
    'RUN failed with exit code 1 at line 4: no Go files in /src',
    3,
  );
  says(
    'COPY',
    podman(
      'FROM a\nCOPY nosuch.txt /\n',
      'STEP 2/2: COPY nosuch.txt /\nError: building at STEP "COPY nosuch.txt /": checking on sources under "/ctx": copier: stat: "/nosuch.txt": no such file or directory',
    ),
    missing,
    1,
  );
  says(
    'syntax',
    podman(
      'FROM a\nRUNN x\n',
      'STEP 2/2: RUNN x\nError: building at STEP "RUNN ": Build error: Unknown instruction: "RUNN" &imagebuilder.Step{Env:[]string{"PATH=/bin"}}',
    ),
    'The Dockerfile has a syntax error: Unknown instruction: "RUNN"',
    1,
  );
  says(
    'base image',
    podman(
      'FROM x:1.2\n',
      'STEP 1/1: FROM x:1.2\nError: creating build container: short-name "x:1.2" did not resolve to an alias and no unqualified-search registries are defined in "/etc/containers/registries.conf"',
    ),
    /^x:1\.2 was not found/,
    0,
  );
  says(
    'machine',
    podman(
      golang,
      'Cannot connect to Podman. Please verify your connection to the Linux system using `podman system connection list`',
    ),
    /^The Podman machine is not running/,
  );
  says(
    'no Dockerfile',
    podman('', 'Error: the specified Containerfile or Dockerfile does not exist'),
    /^The engine cannot read the Dockerfile/,
  );
});

describe('explain: the legacy builder', () => {
  const legacy = (dockerfile: string, output: string) => explain('legacy', dockerfile, output);
  says(
    'RUN',
    legacy(
      'ARG A\nFROM a\nRUN false\nRUN false\n',
      "Step 4/4 : RUN false\n ---> Running in 0739\ntwo\nThe command '/bin/sh -c false' returned a non-zero code: 3",
    ),
    'RUN failed with exit code 3 at line 4: two',
    3,
  );
  says(
    'COPY',
    legacy(
      'FROM a\nCOPY nosuch.txt /\n',
      'Step 2/2 : COPY nosuch.txt /\nCOPY failed: file not found in build context or excluded by .dockerignore: stat nosuch.txt: file does not exist',
    ),
    missing,
    1,
  );
  says(
    '--mount',
    legacy(
      'FROM a\nRUN --mount=type=cache,target=/x go build\n',
      'Step 2/2 : RUN --mount=type=cache,target=/x go build\nthe --mount option requires BuildKit. Refer to https://docs.docker.com/go/buildkit/ to learn how',
    ),
    'RUN --mount needs BuildKit: install the buildx plug-in of docker.',
    1,
  );
});

it('an output that nobody has seen before is quoted, not guessed', () => {
  assert.deepEqual(explain('buildx', golang, 'ERROR: failed to build: failed to solve: the moon is full'), {
    reason: 'The build failed: the moon is full',
  });
});
