import type { Files } from './project.ts';

const goMod = (more = ''): string => `module example.com/app\n\ngo 1.26\n${more}`;

/** Small Go projects that tests of rules share. */
export const programs = {
  /** Only fmt: static everywhere. */
  hello: {
    'go.mod': goMod(),
    'main.go': 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println("hi") }\n',
  },
  /** net/http: dynamic where cgo is on. */
  web: {
    'go.mod': goMod(),
    'main.go': 'package main\n\nimport "net/http"\n\nfunc main() { _ = http.ListenAndServe(":8080", nil) }\n',
  },
  /** Nothing without C. */
  cgo: {
    'go.mod': goMod(),
    'main.go': 'package main\n\n// int one(void) { return 1; }\nimport "C"\n\nfunc main() { println(C.one()) }\n',
  },
  /** A module whose sources are not there and which no table knows. */
  stranger: {
    'go.mod': goMod('\nrequire example.org/stranger v1.0.0\n'),
    'go.sum': 'example.org/stranger v1.0.0 h1:AAAA=\n',
    'main.go': 'package main\n\nimport _ "example.org/stranger"\n\nfunc main() {}\n',
  },
  /** One requirement, with its go.sum. */
  required: {
    'go.mod': goMod('\nrequire golang.org/x/sync v0.18.0\n'),
    'go.sum': 'golang.org/x/sync v0.18.0 h1:AAAA=\n',
    'main.go': 'package main\n\nimport _ "golang.org/x/sync/errgroup"\n\nfunc main() {}\n',
  },
} as const satisfies Record<string, Files>;
