import { matchCacheMounts } from '../../server/analysis/rules/match-cache-mounts.ts';
import { programs } from '../support/programs.ts';
import { testRule } from '../support/test-rule.ts';

const mods = '--mount=type=cache,target=/go/pkg/mod';
const split = (mount: string): string => `RUN ${mount} \\\n    `;
const stage = (...lines: readonly string[]): string =>
  ['FROM golang:1.26 AS build', 'WORKDIR /src', 'COPY go.mod go.sum ./', ...lines, '', 'FROM scratch', ''].join('\n') +
  'COPY --from=build /app /app\n';
const files = programs.required;
const vendored = { ...files, 'vendor/modules.txt': '# golang.org/x/sync v0.18.0\n## explicit\n' };
const hidden =
  'go build downloads the modules again, as the cache mount at /go/pkg/mod hides those of go mod download.';
const inMount = 'go build downloads the modules again, as go mod download keeps them in a cache mount.';
const other = 'go build downloads the modules again, as its cache mount is not the one of go mod download.';

testRule(matchCacheMounts, {
  valid: [
    { name: 'the same mount', files, code: stage(`RUN ${mods} go mod download`, 'COPY . .', `RUN ${mods} go build .`) },
    { name: 'no mount', files, code: stage('RUN go mod download', 'COPY . .', 'RUN go build -o /app .') },
    {
      name: 'a mount of the build cache alone',
      files,
      code: stage('RUN go mod download', 'COPY . .', 'RUN --mount=type=cache,target=/root/.cache/go-build go build .'),
    },
    {
      name: 'the same id at different places above',
      files,
      code: stage(
        'RUN --mount=type=cache,target=/go/pkg/mod,id=m go mod download',
        'COPY . .',
        'RUN --mount=type=cache,id=m,target=/go/pkg/mod/ go build -o /app .',
      ),
    },
    { name: 'an unknown project', code: stage('RUN go mod download', 'COPY . .', `RUN ${mods} go build .`) },
    {
      name: 'no requirements',
      files: programs.web,
      code: stage('RUN go mod download', 'COPY . .', `RUN ${mods} go build .`),
    },
    {
      name: 'what is required lies in the context',
      files: {
        'go.mod':
          'module example.com/app\n\ngo 1.26\n\nrequire example.com/dep v1.0.0\n\nreplace example.com/dep => ./dep\n',
        'dep/go.mod': 'module example.com/dep\n',
        'main.go': 'package main\n\nfunc main() {}\n',
      },
      code: stage('COPY . .', 'RUN go mod download', `RUN ${mods} go build .`),
    },
    { name: 'vendored', files: vendored, code: stage('COPY . .', 'RUN go vet .', `RUN ${mods} go build .`) },
    {
      name: '-mod=vendor by GOFLAGS',
      files,
      code: stage('ENV GOFLAGS=-mod=vendor', 'COPY . .', 'RUN go vet .', `RUN ${mods} go build .`),
    },
    {
      name: 'a tool beside',
      files,
      code: stage('RUN go install example.com/tool@v1', 'COPY . .', `RUN ${mods} go build .`),
    },
    {
      name: 'a download that may not run',
      files,
      code: stage('RUN test -f x || go mod download', 'COPY . .', `RUN ${mods} go build .`),
    },
    {
      name: 'a mount nobody knows',
      files,
      code: stage('ARG C', 'RUN go mod download', 'COPY . .', 'RUN --mount=type=cache,target=$C go build .'),
    },
    {
      name: 'a bound module cache',
      files,
      code: stage(
        'RUN go mod download',
        'COPY . .',
        'RUN --mount=type=bind,from=mods,source=/go/pkg/mod,target=/go/pkg/mod go build .',
      ),
    },
    {
      name: 'stages that do not stand on one another',
      files,
      code: `${stage('RUN go mod download', 'COPY . .', 'RUN go build -o /app .')}\nFROM golang:1.26 AS test\nWORKDIR /src\nCOPY . .\nRUN ${mods} go test ./...\n`,
    },
    {
      name: 'another GOMODCACHE',
      files,
      code: stage('RUN GOMODCACHE=/m go mod download', 'COPY . .', `RUN ${mods} go build -o /app .`),
    },
  ],
  invalid: [
    {
      name: 'the mount hides the layer',
      files,
      code: stage('RUN go mod download', 'COPY . .', `RUN «${mods}» go build -o /app .`),
      messages: [hidden],
      fixed: stage(`${split(mods)}go mod download`, 'COPY . .', `RUN ${mods} go build -o /app .`),
      severity: 'warning',
      related: ['go mod download downloads them here.'],
    },
    {
      name: 'the layer lacks what is in the mount',
      files,
      code: stage(`RUN ${mods} go mod download`, 'COPY . .', 'RUN CGO_ENABLED=0 «go build» -o /app .'),
      messages: [inMount],
      fixed: stage(`RUN ${mods} go mod download`, 'COPY . .', `${split(mods)}CGO_ENABLED=0 go build -o /app .`),
    },
    {
      name: 'two ids',
      files,
      code: stage(`RUN ${mods},id=a go mod download`, 'COPY . .', `RUN «${mods},id=b» go build -o /app .`),
      messages: [other],
      fixed: stage(`RUN ${mods},id=a go mod download`, 'COPY . .', `RUN ${mods},id=a go build -o /app .`),
    },
    {
      name: 'the folder above is another cache',
      files,
      code: stage(`RUN ${mods} go mod download`, 'COPY . .', 'RUN «--mount=type=cache,target=/go» go build -o /app .'),
      messages: [other],
    },
    {
      name: 'over stages, and all get it',
      files,
      code: `FROM golang:1.26 AS deps\nWORKDIR /src\nCOPY go.mod go.sum ./\nRUN go mod download\n\nFROM deps AS test\nCOPY . .\nRUN go vet ./...\n\nFROM deps AS build\nCOPY . .\nRUN «${mods}» go build -o /app .\n\nFROM scratch\nCOPY --from=build /app /app\nCOPY --from=test /src/x /x\n`,
      messages: [hidden],
      fixed: `FROM golang:1.26 AS deps\nWORKDIR /src\nCOPY go.mod go.sum ./\n${split(mods)}go mod download\n\nFROM deps AS test\nCOPY . .\n${split(mods)}go vet ./...\n\nFROM deps AS build\nCOPY . .\nRUN ${mods} go build -o /app .\n\nFROM scratch\nCOPY --from=build /app /app\nCOPY --from=test /src/x /x\n`,
    },
    {
      name: 'another user reads it',
      files,
      code: stage('RUN go mod download', 'COPY . .', 'USER 65532', `RUN «${mods},uid=65532» go build -o /app .`),
      messages: [hidden],
    },
    {
      name: 'the modules are taken from the layers as well',
      files,
      code: `${stage('RUN go mod download', 'COPY . .', `RUN «${mods}» go build -o /app .`)}COPY --from=build /go/pkg/mod /mods\n`,
      messages: [hidden],
    },
  ],
});
