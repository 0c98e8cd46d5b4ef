// Command proxy writes a module proxy with two versions of a tool into the folder it is given.
package main

import (
	"archive/zip"
	"fmt"
	"os"
	"path/filepath"
)

const goMod = "module example.com/tool\n\ngo 1.21\n"

func main() {
	folder := filepath.Join(os.Args[1], "example.com/tool/@v")
	check(os.MkdirAll(folder, 0o755))
	for _, version := range []string{"v1.0.0", "v1.1.0"} {
		write(filepath.Join(folder, version), version)
	}
	check(os.WriteFile(filepath.Join(folder, "list"), []byte("v1.0.0\nv1.1.0\n"), 0o644))
}

func write(path, version string) {
	info := fmt.Sprintf(`{"Version":%q,"Time":"2026-01-01T00:00:00Z"}`, version)
	check(os.WriteFile(path+".info", []byte(info), 0o644))
	check(os.WriteFile(path+".mod", []byte(goMod), 0o644))
	file, err := os.Create(path + ".zip")
	check(err)
	archive := zip.NewWriter(file)
	program := fmt.Sprintf("package main\n\nfunc main() { println(\"tool %s\") }\n", version)
	for name, text := range map[string]string{"go.mod": goMod, "main.go": program} {
		entry, err := archive.Create("example.com/tool@" + version + "/" + name)
		check(err)
		_, err = entry.Write([]byte(text))
		check(err)
	}
	check(archive.Close())
	check(file.Close())
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
