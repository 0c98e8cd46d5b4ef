import { deepEqual, equal } from 'node:assert/strict';
import { readProject } from '../../server/project/read-project.ts';
import { readSignals } from '../../server/project/signals.ts';
import { sourceSignals } from '../../server/project/source-signals.ts';
import { inFolder } from './folder.ts';

const signals = (text: string) => sourceSignals(text, true);

describe('signs in a source', () => {
  it('ports', () => {
    const ports = (text: string) => signals(text).ports;
    deepEqual(ports('http.ListenAndServe(":8080", nil)'), [8080]);
    deepEqual(ports('net.Listen("tcp", "127.0.0.1:9000")'), [9000]);
    deepEqual(ports('s := http.Server{\n\tAddr: ":8443",\n}'), [8443]);
    deepEqual(ports('addr := flag.String("addr", ":3000", "where")'), [3000]);
    deepEqual(ports('flag.IntVar(&p, "port", 8081, "port")'), [8081]);
    deepEqual(ports('port := "8080"\n'), [8080]);
    deepEqual(ports('getenv("PORT", "5000")'), [5000]);
    deepEqual(ports('// http.ListenAndServe(":8080", nil)\n"http://x:99"'), []);
  });

  it('version variables of package main', () => {
    const version = (text: string) => signals(text).versionVariable;
    equal(version('var version = "dev"\n'), 'version');
    equal(version('var (\n\tcommit string\n\tVersion string\n)\n'), 'Version');
    equal(version('var buildVersion string\n'), 'buildVersion');
    equal(version('func f() {\n\tversion := "1"\n\tvar version = "2"\n}\n'), undefined);
    equal(version('const version = "1"\n'), undefined);
    equal(sourceSignals('var version = "dev"\n', false).versionVariable, undefined);
  });

  it('calls outward, zones, temporary files, relative files', () => {
    equal(signals('resp, err := http.Get(url)').callsOut, true);
    equal(signals('http.HandleFunc("/", h)').callsOut, false);
    equal(signals('time.LoadLocation("Europe/Berlin")').loadsZones, true);
    equal(signals('time.LoadLocation(name)').loadsZones, true);
    equal(signals('time.LoadLocation("UTC")').loadsZones, false);
    equal(signals('os.CreateTemp("", "x")').makesTempFiles, true);
    equal(signals('os.CreateTemp(dir, "x")').makesTempFiles, false);
    deepEqual(signals('os.ReadFile("config/a.yaml")\nos.Open("/etc/x")').relativeFiles, ['config/a.yaml']);
  });
});

describe('signals of a program', () => {
  const goMod = 'module example.com/app\n\ngo 1.24\n\nrequire example.com/lib v1.0.0\n';

  it('cover its own packages, and say no only when all is known', () =>
    inFolder(
      {
        'go.mod': goMod,
        'cmd/web/main.go': 'package main\nimport _ "example.com/app/server"\nvar version = "dev"\n',
        'server/server.go':
          'package server\nimport (\n"embed"\n"net/http"\n)\n//go:embed static\nvar f embed.FS\nfunc F() { http.ListenAndServe(":8080", nil) }\n',
        'cmd/job/main.go': 'package main\nimport (\n"net/http"\n_ "time/tzdata"\n)\nfunc main() { http.Get("x") }\n',
        'cmd/lib/main.go': 'package main\nimport _ "example.com/lib"\n',
      },
      async (folder) => {
        const facts = await readProject(folder, { env: { GOMODCACHE: '/none' } });
        deepEqual(await readSignals(facts, folder, 'cmd/web'), {
          outboundTls: 'no',
          timeZones: 'no',
          embedsZones: false,
          tempFiles: 'no',
          ports: [8080],
          embeds: ['server/static'],
          versionVariable: 'version',
          relativeFiles: [],
        });
        const job = await readSignals(facts, folder, 'cmd/job');
        deepEqual([job.outboundTls, job.embedsZones], ['yes', true]);
        equal((await readSignals(facts, folder, 'cmd/lib')).outboundTls, 'unknown');
        equal((await readSignals(facts, folder, 'server')).outboundTls, 'no');
        equal((await readSignals(facts, folder, 'nowhere')).tempFiles, 'unknown');
      },
    ));
});
