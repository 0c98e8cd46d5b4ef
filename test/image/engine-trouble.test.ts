import assert from 'node:assert/strict';
import { explainEngine } from '../../server/image/explain/engine-trouble.ts';

/** As nerdctl 2.2.1 says it. */
const said = {
  'no buildctl':
    'time="2026-11-26T13:14:45Z" level=fatal msg="exec: \\"buildctl\\": executable file not found in $PATH"',
  'no BuildKit':
    'time="2026-11-26T13:14:45Z" level=fatal msg="no buildkit host is available, tried 2 candidates: failed to ping to host unix:///run/buildkit-default/buildkitd.sock: exit status 1\\nfailed to ping to host unix:///run/buildkit/buildkitd.sock: exit status 1"',
  'a BuildKit of BUILDKIT_HOST that is not there': '',
  'no socket':
    'time="2026-11-26T13:14:45Z" level=fatal msg="cannot access containerd socket \\"/nosuch/sock\\": no such file or directory"',
  'a socket without containerd':
    'time="2026-11-26T13:14:45Z" level=fatal msg="rpc error: code = Unavailable desc = connection error: desc = \\"transport: Error while dialing: dial unix /run/dead.sock: connect: connection refused\\""',
  'somebody without rights':
    'time="2026-11-26T13:15:08Z" level=fatal msg="rootless containerd not running? (hint: use `containerd-rootless-setuptool.sh install` to start rootless containerd): stat /tmp/x/containerd-rootless: no such file or directory"',
  'something else': 'time="2026-11-26T13:15:08Z" level=fatal msg="the \\"moon\\" is down"',
} as const;

const explained: Readonly<Record<keyof typeof said, RegExp>> = {
  'no buildctl': /^nerdctl builds with buildctl, which is not on the PATH/,
  'no BuildKit': /^nerdctl builds with BuildKit, which does not run/,
  'a BuildKit of BUILDKIT_HOST that is not there': /^nerdctl builds with BuildKit, which does not run/,
  'no socket': /^containerd is not running/,
  'a socket without containerd': /^containerd is not running/,
  'somebody without rights': /^No permission on the containerd socket/,
  'something else': /^nerdctl does not answer: the "moon" is down$/,
};

describe('what nerdctl says of', () => {
  for (const [what, reason] of Object.entries(explained)) {
    it(what, () => assert.match(explainEngine('nerdctl', said[what as keyof typeof said]), reason));
  }
});
