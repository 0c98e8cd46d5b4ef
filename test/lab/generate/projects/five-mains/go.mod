module example.com/five-mains

go 1.26
