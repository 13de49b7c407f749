# Names each test of the given Swift files that has no time limit, neither its own nor its suite's, and each limit beyond a
# minute whose declaration is not headed by a comment that says why. Swift Testing takes the shorter of two limits, so a
# suite with one longer test has its limits on its tests.

FNR == 1 { type = ""; attribute = ""; previous = "" }

/^ *@(Test|Suite)/ && attribute == "" {
    attribute = "@" ($0 ~ /@Test/ ? "Test" : "Suite")
    place = FILENAME ":" FNR
    text = ""
    isExplained = previous ~ /^ *\/\//
}

attribute != "" { text = text $0 }

/^[^ \/].*(struct|class|enum|extension|actor) [A-Za-z]/ || /^(struct|class|enum|extension|actor) [A-Za-z]/ {
    split(FILENAME, folders, "/")
    match($0, /(struct|class|enum|extension|actor) [A-Za-z0-9_]+/)
    split(substr($0, RSTART, RLENGTH), words, " ")
    type = folders[1] "/" folders[2] "/" words[2]
    if (attribute == "@Suite" && text ~ /\.timeLimit\(/) limited[type] = 1
}

attribute == "@Test" && / func / {
    if (text !~ /\.timeLimit\(/) suites[place] = type
}

attribute != "" && /(func|struct|class|enum|extension|actor) [A-Za-z`]/ {
    if (match(text, /\.minutes\([0-9]+/) && substr(text, RSTART + 9, RLENGTH - 9) > 1 && !isExplained)
        print place " has a limit of more than a minute and no comment that says why"
    attribute = ""
}

{ previous = $0 }

END {
    for (place in suites)
        if (!(suites[place] in limited)) print place " has no time limit; its suite wants .timeLimit(.minutes(1))"
}
