// Command tool is of a module's second major version.
package main

import (
	"fmt"
	"os"
)

var version = "none"

func main() {
	fmt.Println("tool", version, os.Args[0])
}
