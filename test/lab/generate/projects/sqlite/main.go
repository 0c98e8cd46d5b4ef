// Command sqlite keeps a table in memory: C code that a module brings along.
package main

import (
	"database/sql"
	"fmt"
	"log"

	_ "github.com/mattn/go-sqlite3"
)

func main() {
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		log.Fatal(err)
	}
	var answer int
	if err := db.QueryRow("select 6 * 7").Scan(&answer); err != nil {
		log.Fatal(err)
	}
	fmt.Println("sqlite", answer)
}
