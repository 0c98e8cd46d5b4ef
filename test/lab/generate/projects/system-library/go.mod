module example.com/system-library

go 1.26
