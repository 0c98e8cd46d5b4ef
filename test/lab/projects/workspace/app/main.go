// Command app takes a package from another member of the workspace, and one from elsewhere.
package main

import (
	"fmt"

	"example.com/greet"
	"github.com/google/uuid"
)

func main() {
	fmt.Println(greet.To("workspace"), uuid.NewSHA1(uuid.NameSpaceDNS, []byte("example.com")))
}
