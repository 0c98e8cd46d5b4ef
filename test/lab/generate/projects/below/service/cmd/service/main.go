// Command service is the program of a module that does not lie at the root.
package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Println("service", os.Getuid())
}
