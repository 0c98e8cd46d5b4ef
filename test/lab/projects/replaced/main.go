// Command replaced takes a package from a folder beside it.
package main

import (
	"fmt"

	"example.com/greet"
)

func main() {
	fmt.Println(greet.To("replaced"))
}
