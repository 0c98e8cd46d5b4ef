// Command worker is one of two programs of this module.
package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Printf("worker uid=%d\n", os.Getuid())
}
