# Sourced by run-driver: drains the backlog beside regular expressions on one attribute that differs from event to event.

# patterns_round SHAPE PATTERNS: prints the figures of one run.
patterns_round() {
    reset_redis
    "$ceiling/workload" "$port" subscribe-patterns "$1" "$2"
    "$ceiling/workload" "$port" fill "$events" 0 "$1"
    "$ceiling/measure" "$port" "$events" busdriver run --redis "redis://127.0.0.1:$port" --drain --log-level warning
    "$ceiling/workload" "$port" verify "$events" 0 "$1"
}

# patterns_table: for each of `shapes` what an event costs the driver beside each of `patterns`, also as a multiple of what it
# costs beside the first number of them. Adds JSON objects to pattern_rows. The numbers of patterns take turns, because the
# machine's speed changes with time.
patterns_table() {
    local shape number turn rate memory cheapest cost ratio first
    printf '\n%-12s %10s %12s %16s %8s %10s\n' texts patterns events/s "driver ns/event" cost memory
    for shape in $shapes; do
        declare -A runs=()
        for ((turn = 0; turn < rounds; turn++)); do
            for number in $patterns; do runs[$number]+=$(patterns_round "$shape" "$number")$'\n'; done
        done
        first=""
        for number in $patterns; do
            mapfile -t lines <<<"${runs[$number]%$'\n'}"
            rate=$(field rate "$(best rate max "${lines[@]}")")
            cheapest=$(best driver_ns min "${lines[@]}")
            cost=$(field driver_ns "$cheapest") memory=$(field memory_kb "$cheapest")
            first=${first:-$cost}
            ratio=$(awk -v a="$cost" -v b="$first" 'BEGIN { printf "%.2f", a / b }')
            printf '%-12s %10d %12d %16d %8s %7d MB\n' "$shape" "$number" "$rate" "$cost" "$ratio" $((memory / 1024))
            pattern_rows+=("$(printf '{"texts":"%s","patterns":%d,"events_per_second":%d,' "$shape" "$number" "$rate")$(
                printf '"driver_ns_per_event":%d,"cost":%s,"peak_memory_kb":%d}' "$cost" "$ratio" "$memory")")
        done
    done
}
