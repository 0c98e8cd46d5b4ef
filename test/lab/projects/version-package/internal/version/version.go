// Package version holds what the linker writes.
package version

// Version is the release.
var Version = "none"
