// Command api tells the time of a zone as JSON: GET /time?zone=Asia/Shanghai.
package main

import (
	"encoding/json"
	"log"
	"net/http"

	"example.com/no-dockerfile/internal/clock"
)

func main() {
	http.HandleFunc("GET /time", func(w http.ResponseWriter, r *http.Request) {
		zone := r.URL.Query().Get("zone")
		now, err := clock.In(zone)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]string{"zone": zone, "time": now})
	})
	log.Print("listening on :8080")
	log.Fatal(http.ListenAndServe(":8080", nil))
}
