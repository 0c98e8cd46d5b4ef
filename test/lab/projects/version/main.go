// Command version prints what the linker put into it.
package main

import "fmt"

var version = "none"

func main() {
	fmt.Println("version", version)
}
