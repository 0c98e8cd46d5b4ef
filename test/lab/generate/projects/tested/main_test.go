package main

import "testing"

func TestDouble(t *testing.T) {
	t.Log("it was asked")
	if double(4) != 8 {
		t.Fatal("wrong")
	}
}
