module example.com/node-build

go 1.26
