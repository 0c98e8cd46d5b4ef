import { insertLinesBelow } from '../edits.ts';
import { type Need, temporaryFiles, userLookups } from '../go/runtime-needs.ts';
import { type Message, message, step } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import type { StageTrace } from '../trace/model.ts';
import {
  builderOf,
  isMounted,
  isSetByCaller,
  placeOf,
  type RunProgram,
  runPrograms,
  stageName,
} from '../trace/programs.ts';
import { isRoot } from '../trace/questions.ts';

/** Nothing of that name is there when a container starts: a volume makes its folder. */
const lacks = (stage: StageTrace, path: string, subject: Subject): boolean =>
  stage.rootImage?.family === 'scratch' &&
  !stage.opaque &&
  stage.lookup(path).state === 'absent' &&
  !stage.written(path) &&
  !isMounted(path, subject) &&
  !stage.stage.instructions.some(
    (each) => each.keyword === 'VOLUME' && each.words.some(({ raw }) => raw.includes(path) || raw.includes('$')),
  );

const isSet = (name: string, stage: StageTrace, subject: Subject): boolean =>
  stage.env.get(name) !== undefined || isSetByCaller([name], subject);

const fix = ({ shipped }: RunProgram, title: string, line: string, safe: boolean, subject: Subject): Fix => ({
  title,
  safe,
  edits: [insertLinesBelow(subject.dockerfile.source, shipped.stage.from.range, [line])],
});

/** COPY makes the folder anew, for root alone unless it is told another owner; undefined for a user without a number. */
const ownerFlag = ({ user }: StageTrace): string | undefined => {
  if (!user.known) return undefined;
  if (isRoot(user.value)) return '';
  return /^\d+(?::\d+)?$/.test(user.value) ? ` --chown=${user.value}` : undefined;
};

interface Lack {
  readonly need: Need;
  readonly message: Message;
  readonly fixes: readonly Fix[];
}

const temporary = (found: RunProgram, subject: Subject): Lack | undefined => {
  const { shipped, program, path } = found;
  const need = temporaryFiles(program);
  if (need.verdict !== 'yes' || !lacks(shipped, '/tmp', subject) || isSet('TMPDIR', shipped, subject)) return undefined;
  const builder = builderOf(found, subject);
  const template = need.surely
    ? '{path} makes temporary files, and scratch has no /tmp: no such file or directory.'
    : '{path} may make temporary files, and scratch has no /tmp.';
  const owner = ownerFlag(shipped);
  const line = builder && owner !== undefined && `COPY --from=${stageName(builder)}${owner} /tmp /tmp`;
  return {
    need,
    message: message(template, { path }),
    fixes: builder && line ? [fix(found, `Copy /tmp of stage ${stageName(builder)}`, line, false, subject)] : [],
  };
};

/** `user.Current` is content with `$USER`; the other questions need the file. */
const users = (found: RunProgram, subject: Subject): Lack | undefined => {
  const { shipped, program, path } = found;
  const need = userLookups(program);
  if (need.verdict !== 'yes' || !lacks(shipped, '/etc/passwd', subject)) return undefined;
  const isCurrent = need.because?.use.name === 'Current';
  if (isCurrent && isSet('USER', shipped, subject)) return undefined;
  const builder = builderOf(found, subject);
  const copy = builder && `COPY --from=${stageName(builder)} /etc/passwd /etc/group /etc/`;
  return {
    need,
    message: isCurrent
      ? message('{path} asks who its user is, and scratch has neither /etc/passwd nor $USER: that fails.', { path })
      : message('{path} looks users up, and scratch has no /etc/passwd: no such file or directory.', { path }),
    fixes: isCurrent
      ? [fix(found, 'Set USER', 'ENV USER=nonroot', false, subject)]
      : copy
        ? [fix(found, `Copy /etc/passwd of stage ${stageName(builder)}`, copy, false, subject)]
        : [],
  };
};

function* check(subject: Subject): Iterable<Finding> {
  for (const found of runPrograms(subject)) {
    for (const lack of [temporary(found, subject), users(found, subject)]) {
      if (!lack) continue;
      const { need, fixes } = lack;
      const { from } = found.shipped.stage;
      yield {
        range: from.image?.range ?? from.range,
        message: lack.message,
        severity: need.surely ? 'warning' : 'information',
        related: [
          step(found.binary.command.command.range, '{place} of the program that is built here says so.', {
            place: placeOf(need),
          }),
        ],
        fixes,
      };
    }
  }
}

export const requireTmp: Rule = {
  id: 'require-tmp',
  title: 'No /tmp or /etc/passwd in scratch for a program that needs it',
  severity: 'warning',
  concern: 'starts',
  why: `scratch is empty: there is no folder for temporary files and no list of users. The program starts, and fails where
it needs one of them:

    open /tmp/x301098175: no such file or directory
    user: Current requires cgo or $USER set in environment
    open /etc/passwd: no such file or directory

COPY of the build stage's /tmp makes the folder anew: with \`--chown\` it is the user's, while \`--chmod=1777\` is only for
what lies in it. distroless static images have both. Uploaded forms use /tmp only when they are large, and what another
package than the main one declares may never be called, so that those are an information.`,
  silent: [
    'Temporary files in a folder that the program names, `TMPDIR`, and volumes.',
    'Images that are not made from scratch, and images into which /tmp or /etc was copied.',
    'What only packages of other modules do.',
  ],
  references: ['https://pkg.go.dev/os#CreateTemp', 'https://pkg.go.dev/os/user#Current'],
  example: {
    files: {
      'go.mod': 'module example.com/app\n\ngo 1.26\n',
      'main.go':
        'package main\n\nimport "os"\n\nfunc main() {\n\tif _, err := os.CreateTemp("", "x"); err != nil {\n\t\tpanic(err)\n\t}\n}\n',
    },
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build --chown=65532:65532 /tmp /tmp
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};
