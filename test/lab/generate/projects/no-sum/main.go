// Command module needs another module.
package main

import (
	"fmt"

	"github.com/google/uuid"
)

func main() {
	fmt.Printf("module %s\n", uuid.NewSHA1(uuid.NameSpaceDNS, []byte("example.com")))
}
