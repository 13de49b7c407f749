# Reads the tables of run-pure and prints what the median time with 1 000 subscriptions is as a multiple of that with 10, for
# everything that is measured with both.
/^[a-z]+: .* subscriptions$/ {
    title = $0
    sub(/, [0-9]+ subscriptions$/, "", title)
    size = $(NF - 1)
}
/Time \(wall clock\)/ {
    split($0, cells, "│")
    nanoseconds = $0 ~ /\(ns\)/ ? 1 : $0 ~ /\(ms\)/ ? 1000000 : 1000
    median[title, size] = cells[5] * nanoseconds
    if (size == 10) titles[++count] = title
}
END {
    if (count) printf "\n%-50s %12s %12s %8s\n", "median", "10", "1 000", "ratio"
    for (place = 1; place <= count; place++) {
        few = median[titles[place], 10]
        many = median[titles[place], 1000]
        if (few && many) printf "%-50s %9d ns %9d ns %8.2f\n", titles[place], few, many, many / few
    }
}
