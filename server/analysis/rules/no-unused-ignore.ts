import { message } from '../known.ts';
import type { Finding, Rule, Subject } from '../rule.ts';

function* check({ unusedIgnores }: Subject): Iterable<Finding> {
  for (const { id, isRule, range, removal } of unusedIgnores) {
    yield {
      range,
      message: isRule
        ? message('{id} finds nothing here: this comment ignores nothing.', { id })
        : message('There is no rule {id}: this comment ignores nothing.', { id }),
      fixes: [{ title: `Remove ${id}`, safe: false, edits: [removal] }],
    };
  }
}

export const noUnusedIgnore: Rule = {
  id: 'no-unused-ignore',
  title: 'A comment that ignores a rule which finds nothing, or does not exist',
  severity: 'hint',
  concern: 'clear',
  why: `\`# go-dockerfile ignore=rule-id\` speaks of the next instruction or, above the first one with a blank line below,
of all of the file. Once the mistake is gone, or where the id is misspelled, the comment only hides the next mistake.

Several ids stand with commas between them, and a reason may follow:

    # go-dockerfile ignore=no-root-user,pin-base-image -- the base image is ours`,
  silent: ['Ids of rules that are switched off.', 'Comments of other tools, whose rules may find something.'],
  references: [],
  example: {
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
# go-dockerfile ignore=no-root-user
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

# go-dockerfile ignore=no-root-user -- it mounts file systems
FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]`,
  },
  check,
};
