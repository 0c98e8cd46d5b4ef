// Command windows was written with carriage returns.
package main

import (
	_ "embed"
	"fmt"

	"github.com/google/uuid"
)

//go:embed text.txt
var text string

var version = "dev"

func main() {
	fmt.Println("windows", version, uuid.NewMD5(uuid.NameSpaceDNS, []byte("go.dev")).String()[:8], len(text) > 0)
}
