// Command built prints what the go command recorded of the build.
package main

import (
	"fmt"
	"runtime/debug"
)

func main() {
	info, ok := debug.ReadBuildInfo()
	fmt.Println("built", ok, info.Main.Version)
}
