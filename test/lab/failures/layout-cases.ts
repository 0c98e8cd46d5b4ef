import { building, type FailureCase, goMod } from './case.ts';
import { build, greet, uuidMain, uuidMod, uuidSum } from './sources.ts';

/** Failures of modules that lie beside the program: replaced, in a workspace, vendored. */
export const layoutFailures: readonly FailureCase[] = [
  {
    name: 'replace-not-copied',
    files: greet,
    dockerfile: building(build).replace('COPY . .', 'COPY go.mod main.go ./'),
    cause: 'local-module',
    says: 'example.com/greet is replaced by ./greet, which is not in the image yet: copy it first.',
    line: 4,
    fix: 'Copy the local modules first',
  },
  {
    name: 'replace-only-go-mod-copied',
    files: greet,
    dockerfile: building(build).replace('COPY . .', 'COPY go.mod main.go ./\nCOPY greet/go.mod greet/'),
    cause: 'module-not-required',
    says: 'No module that go.mod requires has example.com/greet',
    line: 5,
  },
  {
    name: 'workspace-not-copied',
    files: {
      ...greet,
      'go.mod': `${goMod}\nrequire example.com/greet v0.0.0\n`,
      'go.work': 'go 1.26\n\nuse (\n\t.\n\t./greet\n)\n',
    },
    dockerfile: building(build).replace('COPY . .', 'COPY go.mod go.work main.go ./'),
    cause: 'local-module',
    says: 'go.work lists greet, which is not in the image yet: copy it first.',
    line: 4,
    fix: 'Copy the local modules first',
  },
  {
    name: 'vendor-inconsistent',
    files: {
      'go.mod': uuidMod,
      'main.go': uuidMain,
      'go.sum': uuidSum,
      'vendor/modules.txt': '# github.com/google/uuid v1.5.0\n## explicit\ngithub.com/google/uuid\n',
      'vendor/github.com/google/uuid/uuid.go': 'package uuid\n\nfunc New() string { return "" }\n',
    },
    dockerfile: building(build),
    cause: 'vendor-inconsistent',
    says: 'vendor/modules.txt does not fit go.mod: run go mod vendor and build again.',
    line: 4,
    fix: 'Build without the vendor folder (-mod=mod)',
    repaired: true,
  },
  {
    name: 'vendor-incomplete',
    files: {
      'go.mod': uuidMod,
      'main.go': uuidMain,
      'vendor/modules.txt': '# github.com/google/uuid v1.6.0\n## explicit\ngithub.com/google/uuid\n',
    },
    dockerfile: building(build),
    cause: 'vendor-incomplete',
    says: 'github.com/google/uuid is not in the vendor folder',
    line: 4,
  },
  {
    name: 'no-go-mod',
    dockerfile: building(build).replace('COPY . .', 'COPY main.go ./'),
    cause: 'no-go-mod',
    says: 'There is no go.mod where go runs',
    line: 4,
  },
  {
    name: 'no-go-mod-download',
    dockerfile: building('go mod download').replace('COPY . .', 'COPY main.go ./'),
    cause: 'no-go-mod',
    says: 'There is no go.mod where go runs',
    line: 4,
  },
  {
    name: 'go-mod-syntax',
    files: { 'go.mod': 'module example.com/app\n\ngo 1.26\n\nrequires github.com/google/uuid v1.6.0\n' },
    dockerfile: building(build),
    cause: 'go-mod-syntax',
    says: 'go.mod:5 cannot be read: unknown directive: requires',
    line: 4,
  },
];
