// Command embedded carries a file of a folder that is often kept out of the build context.
package main

import (
	_ "embed"
	"fmt"
)

//go:embed bin/greeting.txt
var greeting string

func main() {
	fmt.Print(greeting)
}
