# Sourced by run-driver: drains the backlog beside regular expressions on one attribute that differs from event to event.

# patterns_round SHAPE PATTERNS: prints the figures of one run.
patterns_round() {
    reset_redis
    "$ceiling/workload" "$port" subscribe-patterns "$1" "$2"
    "$ceiling/workload" "$port" fill "$events" 0 "$1"
    "$ceiling/measure" "$port" "$events" busdriver run --redis "redis://127.0.0.1:$port" --drain --log-level warning
    "$ceiling/workload" "$port" verify "$events" 0 "$1"
}

# patterns_table: for each of `shapes` the cost beside each of `patterns`, and beside the most as a multiple of that beside
# the fewest, which are the first. Adds JSON objects to pattern_rows. The numbers of patterns take turns, because the machine's
# speed changes with time.
patterns_table() {
    local shape number turn line lowest cost
    printf '\n%-12s %10s %12s %10s %16s %16s %10s\n' texts patterns events/s cost "driver ns/event" "Redis ns/event" memory
    for shape in $shapes; do
        declare -A runs=()
        for ((turn = 0; turn < rounds; turn++)); do
            for number in $patterns; do runs[$number]+=$(patterns_round "$shape" "$number")$'\n'; done
        done
        lowest=""
        for number in $patterns; do
            mapfile -t lines <<<"${runs[$number]%$'\n'}"
            line=$(best rate max "${lines[@]}")
            lowest=${lowest:-$(field rate "$line")}
            cost=$(awk -v a="$lowest" -v b="$(field rate "$line")" 'BEGIN { printf "%.2f", a / b }')
            printf '%-12s %10d %12d %10s %16d %16d %7d MB\n' "$shape" "$number" "$(field rate "$line")" "$cost" \
                "$(field driver_ns "$line")" "$(field redis_ns "$line")" $(($(field memory_kb "$line") / 1024))
            pattern_rows+=("$(printf '{"texts":"%s","patterns":%d,"events_per_second":%d,"cost":%s,' \
                "$shape" "$number" "$(field rate "$line")" "$cost")$(printf \
                '"driver_ns_per_event":%d,"redis_ns_per_event":%d,"peak_memory_kb":%d}' \
                "$(field driver_ns "$line")" "$(field redis_ns "$line")" "$(field memory_kb "$line")")")
        done
    done
}
