// Command server is one of two programs of this module.
package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Printf("server uid=%d\n", os.Getuid())
}
