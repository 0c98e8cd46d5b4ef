// Command user asks who it is: os/user, so libc where there is a C compiler.
package main

import (
	"fmt"
	"log"
	"os/user"
)

func main() {
	current, err := user.Current()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("user uid=%s\n", current.Uid)
}
