// Command hello imports nothing that could need a libc.
package main

import (
	"fmt"
	"os"
	"runtime"
)

func main() {
	fmt.Printf("hello uid=%d go=%s\n", os.Getuid(), runtime.Version())
}
