module git.private.test/team/private

go 1.26

require git.private.test/team/greet v1.0.0
