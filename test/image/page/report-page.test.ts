import assert from 'node:assert/strict';
import { type PageLinks, reportHtml } from '../../../server/image/page/report-page.ts';
import { reportImage } from '../../../server/image/report/report.ts';
import { dockerArchive, type Part, readBytes } from '../archive/images.ts';

const layers: readonly (readonly Part[])[] = [
  [{ name: 'app', content: 'x'.repeat(900) }],
  [{ name: '<script>alert(1)"', content: 'x'.repeat(100) }],
];
const report = async () => reportImage('a "name" & <b>', await readBytes(dockerArchive(layers, {})));

const links: PageLinks = {
  line: (line) => `command:line?${line}`,
  fix: (fix, line) => `command:fix?${fix},${line}`,
  start: 'command:start',
  compare: 'command:compare',
  scan: 'command:scan',
  sbom: 'command:sbom',
};

describe('the page of an image report', () => {
  it('has a tile as large as its bytes for every file, and says so to a pointer', async () => {
    const page = reportHtml(await report());
    const tiles = page.matchAll(
      /<div class="c\d d2" style="[^"]*width:([\d.]+)%;height:([\d.]+)px" title="[^"]*: (900|100) B">/g,
    );
    const areas = [...tiles].map(([, width, height, size]) => [size, Number(width) * Number(height)] as const);
    const [large, small] = [areas.find(([size]) => size === '900')?.[1], areas.find(([size]) => size === '100')?.[1]];
    assert.ok(large && small && large / small > 7 && large / small < 11, `${large} to ${small}`);
  });

  it('has no script, no address of the network, and nothing of the image as HTML', async () => {
    const page = reportHtml(await report(), { links });
    assert.doesNotMatch(page, /<script|javascript:|https?:|\son\w+=/i);
    assert.match(page, /default-src 'none'/);
    assert.match(page, /&lt;script&gt;alert\(1\)&quot;/);
    assert.match(page, /<h1>a &quot;name&quot; &amp; &lt;b&gt;<\/h1>/);
  });

  it('offers what an editor can do only where there is one', async () => {
    const advice = [
      {
        id: 'strip',
        title: 'Strip it',
        because: 'symbols',
        saving: 90,
        basis: 'exact',
        rule: 'r',
        fix: 'F <x>',
        line: 3,
      },
    ] as const;
    const advised = { ...(await report()), advice };
    assert.doesNotMatch(reportHtml(advised), /<a /);
    const page = reportHtml(advised, { links });
    assert.match(page, /<a href="command:fix\?F &lt;x&gt;,3">Apply: F &lt;x&gt;<\/a>/);
    assert.match(page, /<a href="command:start">Start it now<\/a>/);
  });

  it('offers the tools that are there and an SBOM, in the words of the editor', async () => {
    const tools = [
      { tool: 'syft', state: 'available', summary: 'on the PATH' },
      { tool: 'grype', state: 'missing', summary: 'not on the PATH: get it' },
      { tool: 'govulncheck', state: 'available', summary: 'on the PATH' },
    ] as const;
    const told = { ...(await report()), supplyChain: { packages: 3, tools } };
    const page = reportHtml(told, { links });
    assert.match(page, /<a href="command:scan">Scan it with syft, govulncheck now<\/a>/);
    assert.match(page, /<a href="command:sbom">Write an SBOM<\/a>/);
    assert.match(page, /3 \(an SBOM lists them\).*on the PATH \(a scan runs it\).*not on the PATH: get it</s);
    assert.match(reportHtml(told), /3 \(--sbom FILE lists them\).*on the PATH \(--scan runs it\)/s);
    const ran = tools.map((one) => (one.state === 'available' ? { ...one, state: 'ran' as const } : one));
    assert.match(reportHtml({ ...told, supplyChain: { packages: 3, tools: ran } }, { links }), />Scan it again</);
    const worst = { tool: 'grype', state: 'ran', summary: '1 known', worst: ['high X: <m> v1'] } as const;
    assert.match(
      reportHtml({ ...told, supplyChain: { packages: 3, tools: [worst] } }),
      /1 known<\/td><\/tr><tr><td><\/td><td>high X: &lt;m&gt; v1</,
    );
    const none = { packages: 3, tools: tools.slice(1, 2) };
    assert.doesNotMatch(reportHtml({ ...told, supplyChain: none }, { links }), /command:scan/);
  });

  it('shows the last builds, the newest first, with what changed', async () => {
    const history = [
      { at: 0, size: 2_000_000, milliseconds: 61_000 },
      { at: 60_000, size: 1_000_000, milliseconds: 2000 },
    ];
    const page = reportHtml(await report(), { history });
    assert.match(page, /1\.0 MB.*50\.0 %.*1970-01-01 00:01.*2 s.*2\.0 MB.*100\.0 %/s);
    assert.doesNotMatch(reportHtml(await report(), { history: history.slice(1) }), /The last builds/);
  });
});
