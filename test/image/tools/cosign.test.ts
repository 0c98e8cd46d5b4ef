import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ToolReport } from '../../../server/image/report/run-model.ts';
import { runTools } from '../../../server/image/tools/tools.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { pretend, pretendDocker, writeProgram } from './pretend.ts';
import { cosign, errors } from './printed.ts';

const never = new AbortController().signal;

describe('cosign', () => {
  let folder: string;
  let restore: () => void;
  beforeEach(() => {
    ({ folder, restore } = temporaryFolder('go-dockerfile cosign ü '));
  });
  afterEach(() => restore());

  const digests = '["other.io/a@sha256:0","r.io/a@sha256:1"]';
  const scan = async (published: string | undefined, has = digests): Promise<ToolReport | undefined> => {
    const engine = await pretendDocker(folder, { digests: has });
    const subject = { image: { engine, reference: 'a:v1' }, programs: [], published, folder };
    return (await runTools(subject, { PATH: folder }, never)).at(-1);
  };
  /** It lists this, verifies with that end, and refuses what it is not called with. */
  const pretendCosign = (tree: string, verify: { readonly code: number; readonly errors: string }): Promise<void> =>
    writeProgram(folder, 'cosign', [
      `const args = process.argv.slice(2);`,
      `const key = ${JSON.stringify(path.join(folder, 'cosign.pub'))};`,
      `const asked = JSON.stringify(args);`,
      `if (asked === '["tree","r.io/a@sha256:1"]') process.stdout.write(${JSON.stringify(tree)});`,
      `else if (asked === JSON.stringify(['verify', '--key', key, '--insecure-ignore-tlog=true', 'r.io/a@sha256:1']))`,
      `  process.stderr.write(${JSON.stringify(verify.errors)}, () => process.exit(${verify.code}));`,
      `else throw new Error(asked);`,
    ]);
  const summary = async (tree: string, verify: { readonly code: number; readonly errors: string } = cosign.badKey) => {
    await pretendCosign(tree, verify);
    return (await scan('r.io/a:v1'))?.summary;
  };

  it('asks a registry only about what was pushed there or pulled from there', async () => {
    await pretend(folder, 'cosign', cosign.bundles);
    const seen = [await scan(undefined), await scan('acme/app:v1'), await scan('ghcr.io/acme/app:v1')];
    assert.deepEqual(
      seen.map((one) => [one?.state, one?.summary]),
      [
        ['unfit', 'signs in a registry: after a push, cosign sign NAME@DIGEST'],
        ['unfit', 'signs in a registry: after a push, cosign sign acme/app@DIGEST'],
        ['unfit', 'nothing was pushed or pulled: after a push, cosign sign ghcr.io/acme/app@DIGEST'],
      ],
    );
  });

  it('lists what is beside an image, as bundles and as tags', async () => {
    const unchecked = 'signed, not checked by whom: there is no cosign.pub here';
    assert.equal(await summary(cosign.bundles), `${unchecked}; beside it: SLSA provenance, SPDX SBOM`);
    assert.equal(await summary(cosign.tags), `${unchecked}; beside it: SBOM, attestations`);
    assert.equal(await summary(cosign.attested), 'not signed; beside it: CycloneDX SBOM');
    assert.equal(await summary(cosign.unsigned), 'no signature, attestation or SBOM beside it');
  });

  it('says whether the key beside the Dockerfile signed it', async () => {
    await writeFile(path.join(folder, 'cosign.pub'), 'a key');
    const beside = '; beside it: SBOM, attestations';
    assert.equal(await summary(cosign.tags, cosign.verified), `signed with the key of cosign.pub${beside}`);
    for (const end of [cosign.otherKey, cosign.otherKeyByTag])
      assert.equal(await summary(cosign.tags, end), `signed, but not with the key of cosign.pub${beside}`);
    assert.equal(
      await summary(cosign.tags, cosign.badKey),
      `signed, not checked by whom: loading verifier from key opts: loading public key: pem to public key: PEM decoding failed${beside}`,
    );
    assert.equal(await summary(cosign.attested), 'not signed; beside it: CycloneDX SBOM');
  });

  it('says why it failed', async () => {
    await pretend(folder, 'cosign', '', { code: 1, errors: errors.cosignRefused });
    const refused = 'Get "https://127.0.0.1:5999/v2/": connection refused';
    assert.deepEqual(await scan('r.io/a:v1'), { tool: 'cosign', state: 'failed', summary: refused });
  });
});
