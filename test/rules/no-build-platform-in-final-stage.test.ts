import { noBuildPlatformInFinalStage } from '../../server/analysis/rules/no-build-platform-in-final-stage.ts';
import { testRule } from '../support/test-rule.ts';

const build =
  'FROM --platform=$BUILDPLATFORM golang:1.26 AS b\nWORKDIR /src\nCOPY . .\nARG TARGETARCH\nRUN GOARCH=$TARGETARCH go build -o /app .\n';
const rest = 'COPY --from=b /app /app\nENTRYPOINT ["/app"]\n';
const messages = ["The final image rests on the builder's platform, whatever platform was asked for."];

testRule(noBuildPlatformInFinalStage, {
  valid: [
    { name: 'only the build stage', code: `${build}FROM alpine:3.24\n${rest}` },
    { name: 'scratch', code: `${build}FROM --platform=$BUILDPLATFORM scratch\n${rest}` },
    { name: 'the target platform', code: `${build}FROM --platform=$TARGETPLATFORM alpine:3.24\n${rest}` },
    { name: 'a fixed platform', code: `${build}FROM --platform=linux/amd64 alpine:3.24\n${rest}` },
    {
      name: 'a stage that hands out files',
      code: `${build}FROM --platform=$BUILDPLATFORM alpine:3.24\nCOPY --from=b /app /app\n`,
    },
    { name: 'a development stage', code: `${build}FROM --platform=$BUILDPLATFORM alpine:3.24 AS dev\n${rest}` },
    {
      name: 'another target',
      code: `${build}FROM --platform=$BUILDPLATFORM alpine:3.24 AS one\n${rest}FROM alpine:3.24\n${rest}`,
    },
  ],
  invalid: [
    {
      name: 'the flag goes',
      code: `${build}FROM «--platform=$BUILDPLATFORM» alpine:3.24\n${rest}`,
      messages,
      fixed: `${build}FROM alpine:3.24\n${rest}`,
      severity: 'warning',
    },
    {
      name: 'braces, an alias, an image nobody described',
      code: `${build}FROM «--platform=\${BUILDPLATFORM}»  example.com/base AS app\n${rest}`,
      messages,
      fixed: `${build}FROM example.com/base AS app\n${rest}`,
    },
    {
      name: 'a program that is started where it was built; the stage it rests on is not edited',
      code: `FROM «--platform=$BUILDPLATFORM» golang:1.26 AS base\nFROM base\nCOPY . .\nRUN go build -o /app .\nCMD ["/app"]\n`,
      messages,
    },
  ],
});
