import { keepBuildOutput } from '../../server/analysis/rules/keep-build-output.ts';
import { programs } from '../support/programs.ts';
import { testRule } from '../support/test-rule.ts';

const { hello } = programs;
const build = (run: string, copy: string): string => `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
${run}

FROM scratch
COPY --from=build ${copy} /app
`;
const cached = 'RUN --mount=type=cache,target=/build';
const bound = 'RUN --mount=type=bind,target=.';

testRule(keepBuildOutput, {
  valid: [
    { name: 'outside of the mount', files: hello, code: build(`${cached} go build -o /out/app .`, '/out/app') },
    {
      name: 'copied on within the RUN',
      files: hello,
      code: build(`${cached} go build -o /build/app . && cp /build/app /app`, '/app'),
    },
    {
      name: 'a tool that nobody copies',
      files: hello,
      code: build(`${cached} go build -o /build/gen . && /build/gen`, '/src/go.mod'),
    },
    {
      name: 'built again without the mount',
      files: hello,
      code: build(`${cached} go build -o /build/app .\nRUN go build -o /build/app .`, '/build/app'),
    },
    {
      name: 'the caches of go',
      files: hello,
      code: build('RUN --mount=type=cache,target=/root/.cache/go-build go build -o app .', '/src/app'),
    },
    { name: 'bound, and written elsewhere', files: hello, code: build(`${bound} go build -o /out/app .`, '/out/app') },
    { name: 'bound, and nothing is written', files: hello, code: build(`${bound} go vet ./...`, '/src/go.mod') },
    {
      name: 'a target that is not known',
      files: hello,
      code: build('ARG DIR\nRUN --mount=type=cache,target=$DIR go build -o /build/app .', '/build/app'),
    },
    {
      name: 'in a branch',
      files: hello,
      code: build(`${cached} [ -n "$X" ] || go build -o /build/app .`, '/build/app'),
    },
  ],
  invalid: [
    {
      name: 'in a cache mount',
      files: hello,
      code: build(`${cached} «go build -o /build/app .»`, '/build/app'),
      messages: ['/build/app is written into a cache mount, and is gone after this RUN.'],
      related: ['This is the mount.', 'This COPY does not find /build/app.'],
      severity: 'error',
      fixed: build(`${cached} go build -o /out/app .`, '/out/app'),
    },
    {
      name: 'go install below a cached GOPATH',
      files: hello,
      code: build('RUN --mount=type=cache,target=/go «go install .»', '/go/bin/app'),
      messages: ['/go/bin/app is written into a cache mount, and is gone after this RUN.'],
      fixed: build('RUN --mount=type=cache,target=/go go build -o /out/app .', '/out/app'),
    },
    {
      name: 'in tmpfs, relative',
      files: hello,
      code: build('RUN --mount=type=tmpfs,target=/src/bin «go build -o bin/app .»', '/src/bin/app'),
      messages: ['/src/bin/app is written into a tmpfs mount, and is gone after this RUN.'],
      fixed: build('RUN --mount=type=tmpfs,target=/src/bin go build -o /out/app .', '/out/app'),
    },
    {
      name: 'in a writable bind mount',
      files: hello,
      code: build(`${bound},rw «go build -o app .»`, '/src/app'),
      messages: ['/src/app is written into a bind mount, and is gone after this RUN.'],
      fixed: build(`${bound},rw go build -o /out/app .`, '/out/app'),
    },
    {
      name: 'in a bind mount',
      files: hello,
      code: build(`${bound} «go build -o app .»`, '/src/app'),
      messages: ['/src/app lies in a bind mount that is read-only: the build stops here.'],
      fixed: build(`${bound} go build -o /out/app .`, '/out/app'),
    },
  ],
});
