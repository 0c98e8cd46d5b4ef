// Command temporary writes to the folder for temporary files.
package main

import (
	"fmt"
	"log"
	"os"
)

func main() {
	file, err := os.CreateTemp("", "lab")
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()
	if _, err := file.WriteString("x"); err != nil {
		log.Fatal(err)
	}
	fmt.Println("temporary uid", os.Getuid())
}
