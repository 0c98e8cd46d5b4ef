import { goMod } from './case.ts';

/** Part of a failing program. */
export const uuidMain =
  'package main\n\nimport (\n\t"fmt"\n\n\t"github.com/google/uuid"\n)\n\nfunc main() { fmt.Println(uuid.New()) }\n';
/** Part of a failing program. */
export const uuidMod = `${goMod}\nrequire github.com/google/uuid v1.6.0\n`;
/** Part of a failing program. */
export const uuidSum =
  'github.com/google/uuid v1.6.0 h1:NIvaJDMOsjHA8n1jAhLSgzrAzy1Hgr+hNrb57e+94F0=\ngithub.com/google/uuid v1.6.0/go.mod h1:TIyPZe4MgqvfeYDBFedMoGGpEw/LqOeaOT+nhxU+yHo=\n';
/** Part of a failing program. */
export const greet = {
  'go.mod': `${goMod}\nrequire example.com/greet v0.0.0\n\nreplace example.com/greet => ./greet\n`,
  'main.go': 'package main\n\nimport "example.com/greet"\n\nfunc main() { greet.Hello() }\n',
  'greet/go.mod': 'module example.com/greet\n\ngo 1.26\n',
  'greet/greet.go': 'package greet\n\nfunc Hello() { println("hello") }\n',
};
/** Part of a failing program. */
export const build = 'CGO_ENABLED=0 go build -o /app .';
