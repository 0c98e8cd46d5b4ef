import { insertAt } from '../edits.ts';
import { hiddenBy } from '../ignore-lines.ts';
import { message, step } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import { isWrittenOut } from '../trace/build-edits.ts';
import { goWords, mayFail } from '../trace/cgo.ts';
import { type StampFailure, stampFailure } from '../trace/git.ts';
import type { GoStep, StageTrace } from '../trace/model.ts';
import { withAncestors } from '../trace/questions.ts';

/** What repairs it, or may: git is told to trust the folder, the files change hands, or .git goes away. */
const repairs = /safe\.directory|\bchown\b|\brm\s[^\n]*\.git\b|\bgit\s+init\b/;

const isRepaired = (stage: StageTrace, { dockerfile }: Subject): boolean =>
  withAncestors(stage).some((each) =>
    each.stage.instructions.some(
      ({ keyword, range }) => keyword === 'RUN' && repairs.test(dockerfile.source.slice(range)),
    ),
  );

const templates: Readonly<Record<StampFailure['kind'], string>> = {
  partial: '{file} hides .git/{part}, and go asks git for the commit: go {verb} stops.',
  owner: 'The sources belong to {owner} and go runs as {user}: git does not tell the commit, and go {verb} stops.',
};

const finding = (failure: StampFailure, goStep: GoStep, { dockerfile, project }: Subject): Finding => {
  const { verb, verbRange } = goStep.command;
  const { copy, kind } = failure;
  const values =
    kind === 'partial'
      ? { verb, part: failure.part, file: project.context.ignoreFile ?? '' }
      : { verb, owner: failure.owner, user: failure.user };
  const hidden = kind === 'partial' ? hiddenBy(project.context, `.git/${failure.part}`) : undefined;
  const edits = [insertAt(verbRange.end, ' -buildvcs=false')];
  const fix: Fix = { title: 'Build without the commit: -buildvcs=false', safe: true, edits };
  return {
    range: goWords(goStep),
    message: message(templates[kind], values),
    related: [step(copy.instruction.range, 'This brings .git with the sources.')],
    fixes: isWrittenOut(goStep, dockerfile.source) ? [fix] : [],
    ...(hidden && { elsewhere: hidden.elsewhere }),
  };
};

function* check(subject: Subject): Iterable<Finding> {
  for (const stage of subject.trace.stages) {
    if (isRepaired(stage, subject)) continue;
    for (const goStep of stage.goSteps) {
      const failure = mayFail(goStep, subject.dockerfile)
        ? undefined
        : stampFailure(goStep, stage, subject.project.context);
      if (failure) yield finding(failure, goStep, subject);
    }
  }
}

export const noVcsStampFailure: Rule = {
  id: 'no-vcs-stamp-failure',
  title: 'go build asks git for the commit, and git fails',
  severity: 'error',
  concern: 'starts',
  why: `Since Go 1.18 \`go build\` and \`go install\` write the commit into the program when they find a .git folder and git. When git is
there and answers with an error, the build stops:

    error obtaining VCS status: exit status 128
        Use -buildvcs=false to disable VCS stamping.

Two things make it do so: .dockerignore hides a part of .git (its objects, to make the context small), or the files
belong to another user than the one who builds, which git calls dubious ownership. \`COPY\` makes root the owner whatever
\`USER\` says, and \`COPY --chown\` somebody else.

\`-buildvcs=false\` builds without the commit. To keep it, copy all of .git and run
\`git config --global --add safe.directory /src\` as the user who builds.`,
  silent: [
    'Images without git, such as the Alpine variants: there go leaves the commit out.',
    'A .git that is hidden as a whole, that is not in the context, or that is a file.',
    '`-buildvcs` in the command or in GOFLAGS, `safe.directory`, `chown`, bind mounts.',
    'go test, go vet and go run, which ask for no commit.',
  ],
  references: [
    'https://go.dev/doc/go1.18#go-version',
    'https://git-scm.com/docs/git-config#Documentation/git-config.txt-safedirectory',
  ],
  example: {
    files: {
      'go.mod': 'module example.com/app\n\ngo 1.26\n',
      'main.go': 'package main\n\nfunc main() {}\n',
      '.git/HEAD': 'ref: refs/heads/main\n',
      '.dockerignore': '.git/objects\n',
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
RUN CGO_ENABLED=0 go build -buildvcs=false -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};
