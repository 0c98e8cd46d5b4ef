module example.com/blanks

go 1.26
