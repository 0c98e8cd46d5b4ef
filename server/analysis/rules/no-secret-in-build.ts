import type { Range } from 'vscode-languageserver-types';
import type { Instruction } from '../dockerfile/model.ts';
import { type Message, message, step } from '../known.ts';
import type { Finding, Rule, Subject } from '../rule.ts';
import { copiedSecrets, credentialsOf, mayHoldTokens, writtenTokens } from '../trace/credentials.ts';
import type { StageTrace } from '../trace/model.ts';
import { isShipped } from '../trace/questions.ts';
import { secretMountFix } from '../trace/secret-mounts.ts';

/** In an image it is for everybody; in another stage it stays with whoever has the build cache. */
const finding = (range: Range, template: Message, shipped: boolean): Finding => ({
  range,
  message: template,
  severity: shipped ? 'error' : 'warning',
});

function* taken(stage: StageTrace, shipped: boolean, subject: Subject): Iterable<Finding> {
  const template = shipped
    ? '{name} goes into the image: docker history shows its value.'
    : '{name} stays in this stage: the build cache, and what --target makes of it, have its value.';
  const fixed = new Set<Instruction>();
  const all = credentialsOf(stage, subject.dockerfile);
  for (const { name, range, declaredBy, instruction } of all) {
    const together = all.filter((each) => each.instruction === instruction);
    const fixes = fixed.has(instruction) ? [] : secretMountFix(together, stage, subject);
    fixed.add(instruction);
    yield {
      ...finding(range, message(template, { name }), shipped),
      related: [step(declaredBy.nameRange, '{name} is declared here.', { name })],
      fixes,
    };
  }
}

function* copied(stage: StageTrace, shipped: boolean): Iterable<Finding> {
  const template = shipped
    ? '{name} goes into the image, and stays in its layer when a later command removes it.'
    : '{name} stays in this stage: the build cache, and what --target makes of it, have it.';
  for (const { name, word } of stage.copies.flatMap(copiedSecrets)) {
    yield finding(word.range, message(template, { name }), shipped);
  }
}

function* written(stage: StageTrace, shipped: boolean, { dockerfile }: Subject): Iterable<Finding> {
  for (const { host, range } of stage.stage.instructions.flatMap((each) => writtenTokens(each, dockerfile))) {
    yield finding(
      range,
      message('This is a token of {host}: whoever has the Dockerfile can use it.', { host }),
      shipped,
    );
  }
}

function* check(subject: Subject): Iterable<Finding> {
  const hasTokens = mayHoldTokens(subject.dockerfile);
  for (const stage of subject.trace.stages) {
    const shipped = isShipped(stage, subject.trace);
    yield* taken(stage, shipped, subject);
    yield* copied(stage, shipped);
    if (hasTokens) yield* written(stage, shipped, subject);
  }
}

export const noSecretInBuild: Rule = {
  id: 'no-secret-in-build',
  title: 'A password or token that stays in the image or the build cache',
  severity: 'error',
  concern: 'safe',
  why: `A build argument is no secret. Docker writes its value into the history of the image, for everyone who can pull it:

    $ docker history --no-trunc app
    RUN |1 GITHUB_TOKEN=ghp_… /bin/sh -c git config --global url."https://\${GITHUB_TOKEN}@github.com/" …

What \`git config\`, \`echo … > ~/.netrc\` or \`COPY .netrc\` write is a file of a layer, and stays there when a later command
removes it. In a stage that is only copied from, value and file do not reach the final image; they do stay in the build
cache, in an exported one too, in the provenance that \`--provenance=mode=max\` attaches, and in what \`--target\` builds.
There it is a warning.

A secret mount is in no layer and no history: \`RUN --mount=type=secret,id=netrc,target=/root/.netrc go mod download\`, built
with \`docker build --secret id=netrc,src=$HOME/.netrc .\`. Both git and go read that file. For SSH it is
\`RUN --mount=type=ssh\` and \`docker build --ssh default\`.`,
  silent: [
    'Variables by their name alone: what counts is that they stand as the password of an address, in a header, or in a .netrc.',
    'Names of users, and variables that the RUN sets itself, as from `/run/secrets` or a secret mount with `env=`.',
    'Public keys, `known_hosts` and `.ssh/config`; files copied from other stages.',
  ],
  references: [
    'https://docs.docker.com/build/building/secrets/',
    'https://go.dev/doc/faq#git_https',
    'https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/',
  ],
  example: {
    bad: `FROM golang:1.26 AS build
WORKDIR /src
ARG GITHUB_TOKEN
RUN git config --global url."https://\${GITHUB_TOKEN}@github.com/".insteadOf "https://github.com/"
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=secret,id=netrc,target=/root/.netrc go mod download
COPY . .
RUN --mount=type=secret,id=netrc,target=/root/.netrc CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};
