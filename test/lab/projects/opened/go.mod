module example.com/opened

go 1.21
