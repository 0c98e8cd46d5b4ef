module example.com/no-dockerfile

go 1.26
