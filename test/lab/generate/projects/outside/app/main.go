// Command outside uses a module that lies beside its own.
package main

import (
	"fmt"

	"example.com/greet"
)

func main() {
	fmt.Println(greet.Hello("outside"))
}
