// Command opened reads a file from its working directory.
package main

import (
	"log"
	"os"
	"text/template"
)

func main() {
	page, err := template.ParseFiles("templates/greeting.txt")
	if err != nil {
		log.Fatal(err)
	}
	if err := page.Execute(os.Stdout, "opened"); err != nil {
		log.Fatal(err)
	}
}
