// Command cron says its name and its user.
package main

import (
	"fmt"
	"os"

	"example.com/five-mains/internal/speak"
)

func main() {
	fmt.Println(speak.Of("cron", os.Getuid()))
}
