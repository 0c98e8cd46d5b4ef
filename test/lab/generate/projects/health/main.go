// Command health serves, and asks itself for its health when it is called so.
package main

import (
	"flag"
	"fmt"
	"net/http"
	"os"
)

func main() {
	check := flag.Bool("healthcheck", false, "ask the program that runs")
	flag.Parse()
	if *check {
		os.Exit(ask())
	}
	http.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "well")
	})
	fmt.Println("listening on :8080")
	if err := http.ListenAndServe(":8080", nil); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

func ask() int {
	response, err := http.Get("http://127.0.0.1:8080/healthz")
	if err != nil || response.StatusCode != http.StatusOK {
		return 1
	}
	return 0
}
