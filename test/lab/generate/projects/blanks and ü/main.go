// Command blanks reads files whose names have blanks and letters beyond ASCII.
package main

import (
	"embed"
	"fmt"
	"log"
	"os"
)

//go:embed "embedded files/größe.txt"
var embedded embed.FS

func main() {
	opened, err := os.ReadFile("run time/页.txt")
	if err != nil {
		log.Fatal(err)
	}
	inside, err := embedded.ReadFile("embedded files/größe.txt")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("blanks %s %s\n", opened[:2], inside[:2])
}
