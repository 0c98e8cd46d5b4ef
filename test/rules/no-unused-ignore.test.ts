import { noUnusedIgnore } from '../../server/analysis/rules/no-unused-ignore.ts';
import { testRule } from '../support/test-rule.ts';

const build = 'FROM golang:1.26 AS b\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\n';
const rest = 'COPY --from=b /app /app\nENTRYPOINT ["/app"]\n';

testRule(noUnusedIgnore, {
  valid: [
    { name: 'a rule that finds something', code: `${build}# go-dockerfile ignore=no-root-user\nFROM scratch\n${rest}` },
    {
      name: 'with a reason',
      code: `${build}# go-dockerfile ignore=no-root-user -- no-such-rule is no id here\nFROM scratch\n${rest}`,
    },
    { name: 'at the head', code: `# go-dockerfile ignore=no-root-user\n\n${build}FROM scratch\n${rest}` },
    {
      name: 'a file that has nothing to do with Go',
      code: '# go-dockerfile ignore=no-root-user\nFROM alpine:3.24\nUSER 1\n',
    },
    { name: 'comments of other tools', code: `# hadolint ignore=DL3006,DL9999\n${build}FROM scratch\nUSER 1\n${rest}` },
    { name: 'itself', code: `# go-dockerfile ignore=no-unused-ignore,no-root-user\n${build}` },
    { name: 'a text in a heredoc', code: `${build}COPY <<E /x\n# go-dockerfile ignore=nothing\nE\n` },
  ],
  invalid: [
    {
      name: 'a rule that finds nothing',
      code: `${build}# go-dockerfile ignore=«no-root-user»\nFROM scratch\nUSER 65532\n${rest}`,
      messages: ['no-root-user finds nothing here: this comment ignores nothing.'],
      fixed: `${build}FROM scratch\nUSER 65532\n${rest}`,
      severity: 'hint',
    },
    {
      name: 'a rule that does not exist, among others',
      code: `${build}# go-dockerfile ignore=«no-rot-user», no-root-user -- why\nFROM scratch\n${rest}`,
      messages: ['There is no rule no-rot-user: this comment ignores nothing.'],
      fixed: `${build}# go-dockerfile ignore=no-root-user -- why\nFROM scratch\n${rest}`,
    },
    {
      name: 'the last of several',
      code: `${build}# go-dockerfile ignore=no-root-user,«match-libc»\nFROM scratch\n${rest}`,
      messages: ['match-libc finds nothing here: this comment ignores nothing.'],
      fixed: `${build}# go-dockerfile ignore=no-root-user\nFROM scratch\n${rest}`,
    },
    {
      name: 'above the wrong instruction, where the rule speaks of another',
      code: `${build}FROM scratch\n# go-dockerfile ignore=«no-root-user»\n${rest}`,
      messages: ['no-root-user finds nothing here: this comment ignores nothing.'],
      fixed: `${build}FROM scratch\n${rest}`,
    },
    {
      name: 'inside an instruction',
      code: `${build}RUN echo \\\n# go-dockerfile ignore=«no-root-user»\n  a\nFROM scratch\nUSER 1\n${rest}`,
      messages: ['no-root-user finds nothing here: this comment ignores nothing.'],
      fixed: `${build}RUN echo \\\n  a\nFROM scratch\nUSER 1\n${rest}`,
    },
  ],
});
