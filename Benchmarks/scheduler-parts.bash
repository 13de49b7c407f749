# Sourced by run-scheduler: its four benchmarks, each called in a subshell. Each prints one line of figures, name=value.
shopt -s inherit_errexit

# until_it_says WORD COMMAND…: asks Redis again and again, for as long as the scheduler lives.
until_it_says() {
    until [[ $(redis-cli -p "$port" "${@:2}") == $1 ]]; do
        kill -0 "$scheduler"
        sleep 0.05
    done
}

# start_scheduler ROLES OPTION…: starts it in the background, sets scheduler to its process, and waits until it leads.
start_scheduler() {
    busdriver run --redis "redis://127.0.0.1:$port" --roles "$1" --no-heartbeat --log-level warning "${@:2}" >/dev/null &
    scheduler=$!
    trap 'kill -KILL "$scheduler" 2>/dev/null || true' EXIT
    until_it_says '?*' get resque:resque:resque_scheduler_master_lock
}

stop_scheduler() {
    kill -TERM "$scheduler"
    wait "$scheduler"
}

# From now on `steps` speaks of what is executed from here on.
forget_steps() {
    redis-cli -p "$port" config set latency-tracking-info-percentiles "99 100" >/dev/null
    redis-cli -p "$port" config resetstat >/dev/null
}

# steps NAME: how long one EXEC held Redis, in microseconds: all effects of a promotion are in one. The driver's count too.
steps() {
    redis-cli -p "$port" info latencystats | tr -d '\r' | awk -F '[=,]' -v name="$1" '
        /^latency_percentiles_usec_exec:/ { printf "%sstep_p99_us=%s %slongest_us=%s", name, $2, name, $4 }'
}

# object "name=value name=value …": the same as JSON.
object() {
    awk '{
        for (i = 1; i <= NF; i++) { split($i, part, "="); printf "%s\"%s\":%s", i == 1 ? "{" : ",", part[1], part[2] }
        print "}"
    }' <<<"$1"
}

# Everything is overdue when the scheduler starts.
promotion() {
    redis-cli -p "$port" flushall sync >/dev/null
    "$ceiling/delay" "$port" fill "$jobs" "$times" $(($(date +%s) - times - 10))
    forget_steps
    local figures
    figures=$("$ceiling/measure" "$port" --queues resque:queue:promoted_ 4 "$jobs" \
        busdriver run --redis "redis://127.0.0.1:$port" --roles scheduler --no-heartbeat --log-level warning)
    "$ceiling/delay" "$port" verify "$jobs"
    awk -v rate="$(field rate "$figures")" -v redis="$(field redis_ns "$figures")" \
        -v client="$(field driver_ns "$figures")" -v steps="$(steps "")" \
        'BEGIN { printf "rate=%d redis_us=%.2f client_us=%.2f %s\n", rate, redis / 1000, client / 1000, steps }'
}

# probe NAME EVENTS: the latencies of that many events, 1 000 a second.
probe() {
    local figures
    figures=$("$ceiling/probe" "$port" "$2" 1000)
    printf '%sp50_us=%s %sp99_us=%s ' "$1" "$(field p50_us "$figures")" "$1" "$(field p99_us "$figures")"
}

# Waits until the second `epoch` begins.
await_second() {
    sleep "$(awk -v to="$1" -v now="$(date +%s.%N)" 'BEGIN { print (to > now ? to - now : 0) }')"
}

# One process drives and schedules.
beside_the_driver() {
    local seconds=5 base paced uncapped first
    reset_redis
    start_scheduler driver,scheduler
    # Once unmeasured: an operator's driver has run for a while.
    probe warm_ 3000 >/dev/null
    forget_steps
    base=$(probe base_ $((seconds * 1000)))$(steps base_)

    first=$(($(date +%s) + 3))
    "$ceiling/delay" "$port" fill $((20000 * (seconds + 1))) $((seconds + 1)) "$first"
    await_second "$first"
    forget_steps
    paced=$(probe paced_ $((seconds * 1000)))$(steps paced_)
    await_second $((first + seconds + 1))
    await_empty
    "$ceiling/delay" "$port" verify $((20000 * (seconds + 1)))
    redis-cli -p "$port" del resque:queue:promoted_{0..3} >/dev/null

    # A backlog that comes into sight at once, and may take all of the time.
    stop_scheduler
    start_scheduler driver,scheduler --promotion-share 100
    probe warm_ 3000 >/dev/null
    "$ceiling/delay" "$port" fill "$jobs" "$times" $(($(date +%s) - times - 10)) held
    forget_steps
    redis-cli -p "$port" rename held resque:delayed_queue_schedule >/dev/null
    uncapped=$(probe uncapped_ 3000)$(steps uncapped_)
    await_empty
    stop_scheduler
    "$ceiling/delay" "$port" verify "$jobs"
    echo "$base $paced $uncapped"
}

await_empty() { until_it_says 0 zcard resque:delayed_queue_schedule; }

# cpu_of PROCESS: a line for each thread, with the nanoseconds that it has run.
cpu_of() { awk '{ print FILENAME, $1 }' /proc/"$1"/task/*/schedstat; }

commands() { redis-cli -p "$port" info stats | tr -d '\r' | awk -F: '/^total_commands_processed/ { print $2 }'; }

# Schedules whose firings are months away.
idle_schedules() {
    redis-cli -p "$port" flushall sync >/dev/null
    local file=$redis_folder/schedule.yml month cpu count
    month=$(((10#$(date +%m) + 1) % 12 + 1))
    awk -v count="$schedules" -v month="$month" 'BEGIN {
        for (i = 0; i < count; i++) {
            printf "idle_%d:\n  cron: \"%d %d %d %d *\"\n", i, i % 60, i % 24, i % 28 + 1, month
            printf "  class: Idle\n  queue: idle\n  args: [%d]\n", i
        }
    }' >"$file"
    start_scheduler scheduler --schedule "$file"
    until_it_says "$schedules" hlen resque:busdriver:cron
    sleep 3
    cpu=$(cpu_of "$scheduler") count=$(commands)
    sleep "$idle_seconds"
    count=$(($(commands) - count))
    # Threads that have ended meanwhile belong to the start.
    cpu=$({ echo "$cpu"; cpu_of "$scheduler"; } | awk '
        $1 in before { sum += $2 - before[$1] }
        { before[$1] = $2 }
        END { print sum }')
    stop_scheduler
    awk -v cpu="$cpu" -v count="$count" -v seconds="$idle_seconds" \
        'BEGIN { printf "cpu_percent=%.3f commands_per_second=%.1f\n", cpu / seconds / 1e7, count / seconds }'
}

# Of 500 jobs half wait from the beginning; the others come while the scheduler sleeps, and fall due before all that it knows.
lateness() {
    redis-cli -p "$port" flushall sync >/dev/null
    local latencies=$redis_folder/latencies consumer turn now
    start_scheduler scheduler
    "$ceiling/delay" "$port" await 500 >"$latencies" &
    consumer=$!
    "$ceiling/delay" "$port" fill 250 5 $(($(date +%s) + 14))
    for ((turn = 1; turn <= 10; turn++)); do
        now=$(date +%s)
        "$ceiling/delay" "$port" fill 25 1 $((now + 2))
        await_second $((now + 1))
    done
    wait "$consumer"
    stop_scheduler
    "$ceiling/delay" "$port" verify 0
    cat "$latencies"
}
