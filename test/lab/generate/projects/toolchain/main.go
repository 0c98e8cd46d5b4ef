// Command toolchain says what compiled it.
package main

import (
	"fmt"
	"runtime"
)

func main() {
	fmt.Println("toolchain", runtime.Version()[:6])
}
