import { explain, golang, missing, says } from './explained.ts';

describe('explain: podman', () => {
  const podman = (dockerfile: string, output: string) => explain('podman', dockerfile, output, 125);
  says(
    'RUN',
    podman(
      golang,
      '[1/2] STEP 4/4: RUN go build     -o /app .\nno Go files in /src\nError: building at STEP "RUN go build     -o /app .": while running runtime: exit status 1',
    ),
    'There are no Go files in /src: name the package of the program, and check what COPY brings.',
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
    'a container that crun cannot start',
    podman(
      golang,
      '[1/2] STEP 4/4: RUN go build     -o /app .\nerror running container: from /usr/bin/crun creating container for [/bin/sh -c go build     -o /app .]: cgroups in hybrid mode not supported, drop all controllers from cgroupv2\n: exit status 1\nError: building at STEP "RUN go build     -o /app .": while running runtime: exit status 1',
    ),
    'The engine cannot start the container of this step: cgroups in hybrid mode not supported, drop all controllers from cgroupv2',
    3,
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
    'for another platform, from nothing',
    legacy(
      'FROM scratch\nARG TARGETARCH\nCOPY text /\n',
      [
        ...[
          'Step 1/3 : FROM scratch',
          ' ---> ',
          'Step 2/3 : ARG TARGETARCH',
          ' ---> Using cache',
          ' ---> a09a373993a2',
        ],
        'Step 3/3 : COPY text /',
        'failed to get destination image "sha256:a09a": image with reference sha256:a09a was found but does not match the specified platform: wanted linux/arm64, actual: linux/amd64',
      ].join('\n'),
    ),
    'The legacy builder cannot build this stage for another platform: install the buildx plug-in of docker.',
    2,
  );
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
