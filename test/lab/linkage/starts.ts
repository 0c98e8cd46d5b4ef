import { mkdir, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { build, type Engine } from '../engine.ts';
import { type Made, provide } from '../images/references.ts';
import { workshop } from '../images/store.ts';
import { mustRun } from '../process.ts';

/** Starts every program of /built, and prints its name and how that ended; static, so that it runs on any base. */
const starter = `package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"time"
)

func main() {
	entries, _ := os.ReadDir("/built")
	for _, entry := range entries {
		limit, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		output, err := exec.CommandContext(limit, "/built/"+entry.Name()).CombinedOutput()
		cancel()
		if err != nil {
			fmt.Printf("%s\\t%v %.200q\\n", entry.Name(), err, output)
		} else {
			fmt.Printf("%s\\tstarts\\n", entry.Name())
		}
	}
}
`;

/** Builds the starter once, for the machine's own processor. */
export const makeStarter = async (): Promise<string> => {
  const folder = resolve(workshop, 'starter');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(resolve(folder, 'go.mod'), 'module example.com/starter\n\ngo 1.19\n');
  await writeFile(resolve(folder, 'main.go'), starter);
  await mustRun('go', ['build', '-o', 'starter', '.'], {
    cwd: folder,
    env: { CGO_ENABLED: '0', GOTOOLCHAIN: 'local' },
  });
  return folder;
};

/** For each program that a folder has, `starts` or what happened when it was started on a base image. */
export const startsOn = async (
  engine: Engine,
  made: Made,
  base: string,
  starterFolder: string,
  built: string,
): Promise<ReadonlyMap<string, string>> => {
  if (base !== 'scratch') await provide(engine, made, base);
  const dockerfile = `FROM ${base}\nCOPY starter /starter\nUSER 0\nENTRYPOINT ["/starter"]\n`;
  await writeFile(resolve(starterFolder, 'Dockerfile'), dockerfile);
  const tag = `go-dockerfile-lab/starter-${base.replaceAll(/\W+/g, '-')}`;
  const building = await build(engine, starterFolder, tag);
  if (building.code !== 0) throw new Error(building.stderr.split('\n').slice(-10).join('\n'));
  const mount = `type=bind,source=${built},target=/built,readonly`;
  const printed = await mustRun(engine.program, ['run', '--rm', '--network=none', '--mount', mount, tag], {
    timeout: 600_000,
  });
  const lines = printed.split('\n').filter((line) => line.includes('\t'));
  return new Map(lines.map((line) => [line.slice(0, line.indexOf('\t')), line.slice(line.indexOf('\t') + 1)]));
};
