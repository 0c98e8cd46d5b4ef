// Package server answers the requests of the browser.
package server

import (
	_ "embed"
	"html/template"
	"net/http"
	"time"

	"example.com/hello-web/internal/greeting"
)

//go:embed static/page.html
var page string

var pageTemplate = template.Must(template.New("page").Parse(page))

// New returns the handler of the whole site; now tells the time.
func New(now func() time.Time) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		name := r.URL.Query().Get("name")
		if name == "" {
			name = "gopher"
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_ = pageTemplate.Execute(w, greeting.For(name, now()))
	})
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusNoContent)
	})
	return mux
}
