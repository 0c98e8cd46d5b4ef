import type { CommentLanguage } from '../protocol.ts';
import type { Recipe } from './recipe.ts';
import { lines } from './text.ts';

interface Words {
  readonly tags: string;
  readonly attest: string;
  readonly scan: string;
  readonly sign: string;
}

const words: Readonly<Record<CommentLanguage, Words>> = {
  en: {
    tags: '# v1.4.0 to deploy, v1.4 to test with, sha-… to find the commit; latest only for a release.',
    attest: '# Who built it from what (provenance), and what is in it (SBOM), beside the image.',
    scan: '# A known hole that has a fix stops the release.',
    sign: '# With the identity of this workflow: no key to keep.',
  },
  zh: {
    tags: '# v1.4.0 用于部署,v1.4 用于测试,sha-… 对应提交;latest 只随正式版更新。',
    attest: '# 镜像旁附上来源证明(provenance)和物料清单(SBOM)。',
    scan: '# 存在已有修复的已知漏洞时停止发布。',
    sign: '# 以本工作流的身份签名,无需保管密钥。',
  },
};

const scanStep = (scanner: 'grype' | 'trivy', image: string): readonly string[] =>
  scanner === 'grype'
    ? [
        '      - uses: anchore/scan-action@v6',
        '        with:',
        `          image: ${image}`,
        '          only-fixed: true',
        '          severity-cutoff: high',
      ]
    : [
        '      - uses: aquasecurity/trivy-action@0.33.1',
        '        with:',
        `          image-ref: ${image}`,
        '          ignore-unfixed: true',
        '          severity: HIGH,CRITICAL',
        "          exit-code: '1'",
      ];

const sshAgent: readonly string[] = [
  '      - uses: webfactory/ssh-agent@v0.9.1',
  '        with:',
  '          ssh-private-key: ${{ secrets.SSH_PRIVATE_KEY }}',
];

const block = (key: string, values: readonly string[]): readonly string[] =>
  values.length === 0 ? [] : [`          ${key}: |`, ...values.map((value) => `            ${value}`)];

const buildArguments = ({ versionVariables, reproducible }: Recipe): readonly string[] =>
  block('build-args', [
    ...(versionVariables.length > 0 ? ['VERSION=${{ steps.meta.outputs.version }}'] : []),
    ...(reproducible ? ['SOURCE_DATE_EPOCH=${{ steps.date.outputs.epoch }}'] : []),
  ]);

const buildContexts = ({ namedContexts }: Recipe): readonly string[] =>
  block(
    'build-contexts',
    namedContexts.map(({ name, folder }) => `${name}=${folder}`),
  );

/** A workflow that builds every program for every platform, scans it, signs it, and names it after git. */
export const workflowText = (recipe: Recipe, scanner: 'grype' | 'trivy' = 'grype'): string => {
  const { programs, credentials, reproducible, language, comments } = recipe;
  const several = programs.length > 1;
  const says = (key: keyof Words): string | undefined => (comments ? words[language][key] : undefined);
  const asked = [...recipe.platforms, ...recipe.emulated];
  const built = asked.length > 0 ? asked : recipe.cgo ? ['linux/amd64'] : ['linux/amd64', 'linux/arm64'];
  // Without $BUILDPLATFORM in the file all but the runner's own are emulated.
  const emulated = recipe.platforms.length === 0 && built.some((platform) => platform !== 'linux/amd64');
  const suffix = several ? '/${{ matrix.program }}' : '';
  const image = `ghcr.io/\${{ github.repository }}${suffix}`;
  // In lower case, as registries want it.
  const pushed = '${{ fromJSON(steps.meta.outputs.json).tags[0] }}@${{ steps.build.outputs.digest }}';
  const names = programs.map(({ name }) => name.toLowerCase());
  return lines`
    name: image
    on:
      push:
        branches: [main]
        tags: ['v*']
    permissions:
      contents: read
      packages: write
      id-token: write
    jobs:
      image:
        runs-on: ubuntu-latest
        ${several ? ['    strategy:', '      matrix:', `        program: [${names.join(', ')}]`] : undefined}
        steps:
          - uses: actions/checkout@v5
          ${credentials === 'ssh' ? sshAgent : undefined}
          ${emulated ? '- uses: docker/setup-qemu-action@v3' : undefined}
          - uses: docker/setup-buildx-action@v3
          - uses: docker/login-action@v3
            with:
              registry: ghcr.io
              username: \${{ github.actor }}
              password: \${{ secrets.GITHUB_TOKEN }}
          - id: meta
            uses: docker/metadata-action@v5
            with:
              images: ${image}
              ${says('tags')}
              tags: |
                type=semver,pattern=v{{version}}
                type=semver,pattern=v{{major}}.{{minor}}
                type=sha,prefix=sha-
          ${reproducible ? ['      - id: date', '        run: echo "epoch=$(git log -1 --pretty=%ct)" >> "$GITHUB_OUTPUT"'] : undefined}
          - id: build
            uses: docker/build-push-action@v6
            with:
              context: .
              ${several ? 'target: ${{ matrix.program }}' : undefined}
              platforms: ${built.join(',')}
              ${reproducible ? undefined : 'push: true'}
              ${says('attest')}
              provenance: mode=max
              sbom: true
    ${buildArguments(recipe)}
    ${buildContexts(recipe)}
              ${credentials === 'netrc' ? 'secrets: netrc=${{ secrets.NETRC }}' : undefined}
              ${credentials === 'ssh' ? 'ssh: default' : undefined}
              ${reproducible ? ['          outputs: type=image,push=true,rewrite-timestamp=true'] : undefined}
              tags: \${{ steps.meta.outputs.tags }}
              labels: \${{ steps.meta.outputs.labels }}
              cache-from: type=gha${several ? ',scope=${{ matrix.program }}' : ''}
              cache-to: type=gha,mode=max${several ? ',scope=${{ matrix.program }}' : ''}
          ${says('scan')}
    ${scanStep(scanner, pushed)}
          ${says('sign')}
          - uses: sigstore/cosign-installer@v3
          - run: cosign sign --yes ${pushed}
  `;
};
