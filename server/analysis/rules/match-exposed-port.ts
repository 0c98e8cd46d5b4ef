import type { Word } from '../dockerfile/model.ts';
import { replace } from '../edits.ts';
import { type ListenedPort, listenedPorts } from '../go/listened-ports.ts';
import { message, step } from '../known.ts';
import type { Finding, Rule, Subject } from '../rule.ts';
import { type RunProgram, runPrograms } from '../trace/programs.ts';
import { withAncestors } from '../trace/questions.ts';

/** The one word of all EXPOSE instructions of an image; undefined for several, ranges and variables. */
const exposed = ({ shipped }: RunProgram): Word | undefined => {
  const words = withAncestors(shipped).flatMap(({ stage }) =>
    stage.instructions.flatMap((each) => (each.keyword === 'EXPOSE' && !each.onbuild ? each.words : [])),
  );
  const [word] = words;
  return words.length === 1 && word && /^\d+(?:\/tcp)?$/.test(word.raw) ? word : undefined;
};

/** Something may choose another port: an environment variable, a flag, or an argument in ENTRYPOINT or CMD. */
const mayBeChosen = ({ shipped, program }: RunProgram): boolean =>
  (shipped.start?.words?.length ?? 2) > 1 ||
  program.uses.some(
    ({ use }) =>
      /env/i.test(use.name) && (use.arguments.length === 0 || /port|addr|listen|bind/i.test(use.arguments.join(' '))),
  );

/** The port of the program, when there is one and nothing can change it. */
const onlyPort = (found: RunProgram): ListenedPort | undefined => {
  const [port, ...others] = listenedPorts(found.program);
  return port?.fixed && others.length === 0 && !mayBeChosen(found) ? port : undefined;
};

function* check(subject: Subject): Iterable<Finding> {
  for (const found of runPrograms(subject)) {
    const word = exposed(found);
    const listened = word && onlyPort(found);
    if (!word || !listened || Number.parseInt(word.raw, 10) === listened.port) continue;
    const { path, use } = listened.because;
    const port = String(listened.port);
    const values = { program: found.path, port, word: word.raw, place: `${path}:${use.line + 1}` };
    yield {
      range: word.range,
      message: message('{program} listens on port {port}, and EXPOSE says {word}.', values),
      related: [step(found.binary.command.command.range, '{place} of the program that is built here says so.', values)],
      fixes: [{ title: `Expose ${port}`, safe: false, edits: [replace(word.range, word.raw.replace(/^\d+/, port))] }],
    };
  }
}

export const matchExposedPort: Rule = {
  id: 'match-exposed-port',
  title: 'EXPOSE names another port than the program listens on',
  severity: 'hint',
  concern: 'clear',
  why: `EXPOSE opens nothing, but it is read: \`docker run -P\`, Docker Desktop, reverse proxies and test frameworks take the
port of a container from it, and find nobody there when the program listens on another one.`,
  silent: [
    'Programs with several ports, and ports that a flag, an environment variable or an argument can change.',
    'Images with several exposed ports, ranges or variables, and images without EXPOSE.',
  ],
  references: ['https://docs.docker.com/reference/dockerfile/#expose'],
  example: {
    files: {
      'go.mod': 'module example.com/app\n\ngo 1.26\n',
      'main.go':
        'package main\n\nimport "net/http"\n\nfunc main() {\n\t_ = http.ListenAndServe(":8080", http.NotFoundHandler())\n}\n',
    },
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
EXPOSE 80
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
EXPOSE 8080
ENTRYPOINT ["/app"]`,
  },
  check,
};
