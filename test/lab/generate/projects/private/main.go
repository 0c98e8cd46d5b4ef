// Command private uses a module that only its owner may fetch.
package main

import (
	"fmt"

	"git.private.test/team/greet"
)

func main() {
	fmt.Println(greet.Hello("private"))
}
