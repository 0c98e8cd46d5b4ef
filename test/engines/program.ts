import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Runs a program to its end. */
export const start = (command: string, args: readonly string[], more: object = {}) =>
  spawnSync(command, [...args], { encoding: 'utf8', ...more });

const source = `package main

import ("fmt"; "math/rand"; "os"; "time")

func main() {
	switch os.Args[1] {
	case "fail": fmt.Println("it broke: zwölf"); os.Exit(3)
	case "fill":
		file, _ := os.Create(os.Args[2])
		block := make([]byte, 1000*1000)
		random := rand.New(rand.NewSource(1))
		for range 1000 {
			random.Read(block)
			if _, err := file.Write(block); err != nil { panic(err) }
		}
	case "wait": fmt.Println("waiting"); time.Sleep(10 * time.Minute)
	}
}
`;

/** A static program for FROM scratch: no image and no network is needed to run something in a build. */
export interface TestProgram {
  /** Puts it into a folder, as `prog`. */
  readonly into: (folder: string) => void;
  readonly remove: () => void;
}

/** Builds it; throws what go says. */
export function makeProgram(): TestProgram {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'go-dockerfile-prog-'));
  writeFileSync(path.join(folder, 'main.go'), source);
  const env = { ...process.env, CGO_ENABLED: '0', GOOS: 'linux', GOFLAGS: '' };
  const built = start('go', ['build', '-ldflags=-s -w', '-o', 'prog', 'main.go'], { env, cwd: folder });
  if (built.status !== 0) throw new Error(`go build: ${built.stderr || built.error?.message}`);
  return {
    into: (target) => cpSync(path.join(folder, 'prog'), path.join(target, 'prog')),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
