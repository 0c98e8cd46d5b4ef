// Command route serves its health at a path; nothing in it asks for it.
package main

import (
	"fmt"
	"log"
	"net/http"
	"os"
)

func main() {
	addr := os.Getenv("ADDR")
	if addr == "" {
		addr = ":9090"
	}
	http.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "well")
	})
	http.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, "route uid=%d", os.Getuid())
	})
	fmt.Println("listening on", addr)
	log.Fatal(http.ListenAndServe(addr, nil))
}
