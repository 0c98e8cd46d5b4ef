// Command vendored takes a package from vendor/.
package main

import (
	"fmt"

	"example.com/greet"
)

func main() {
	fmt.Println(greet.To("vendored"))
}
