// Command hello-web greets whoever opens it in a browser.
package main

import (
	"log"
	"net/http"
	"os"
	"time"

	"example.com/hello-web/internal/server"
)

func main() {
	address := ":8080"
	if port := os.Getenv("PORT"); port != "" {
		address = ":" + port
	}
	web := &http.Server{
		Addr:              address,
		Handler:           server.New(time.Now),
		ReadHeaderTimeout: 5 * time.Second,
	}
	log.Printf("listening on %s", address)
	log.Fatal(web.ListenAndServe())
}
