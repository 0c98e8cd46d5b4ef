// Command versions prints what the linker put into another package.
package main

import (
	"fmt"

	"example.com/versions/internal/version"
)

func main() {
	fmt.Println("version", version.Version)
}
