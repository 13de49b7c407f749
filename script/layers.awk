# Reads lines `Sources/MODULE/FILE:… import OTHER`, and says which go up or sideways. `layers` has the modules, a line for
# each layer, the lowest first.
BEGIN {
    count = split(layers, lines, "\n")
    for (line = 1; line <= count; line++) {
        words = split(lines[line], modules, " ")
        for (word = 1; word <= words; word++) layer[modules[word]] = line
    }
}

{
    split($0, path, "/")
    module = path[2]
    match($0, /import ((struct|enum|class|protocol|func) )?[A-Za-z]+/)
    imported = substr($0, RSTART, RLENGTH)
    sub(/^.* /, "", imported)
    if (!(imported in layer)) next
    file = substr($0, 1, index($0, ":") - 1)
    if (!(module in layer)) {
        print file ": " module " stands in no layer of script/lint"
    } else if (layer[imported] >= layer[module]) {
        print file " imports " imported ", which is not below " module
    }
}
