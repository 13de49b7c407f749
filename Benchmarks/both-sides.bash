# Sourced by run-counts, run-driver, run-latency, run-riders and run-scheduler: what they need to put busdriver, or a rider (on the PATH), beside
# the C programs of ceiling/ on one private Redis, on TCP as in production.
source "$root/script/private-redis.bash"

ceiling=$root/.build/ceiling
scripts=$ceiling/scripts
# Small whole figures are wanted, not the locale's.
export LC_ALL=C

# Reads the options into json, rounds, and what the benchmark works on; the caller sets the defaults of the latter.
read_options() {
    json="" rounds=3
    while (($# > 0)); do
        case $1 in
        --json) json=${2:?--json needs a file} ;;
        --rounds) rounds=${2:?--rounds needs a number} ;;
        --events) events=${2:?--events needs a number} ;;
        --matches) matches=${2?--matches needs numbers, as in "1 5", or none} ;;
        --patterns) patterns=${2?--patterns needs numbers, as in "10 1000", or none} ;;
        --shapes) shapes=${2:?--shapes needs names, as in "first last"} ;;
        --jobs) jobs=${2:?--jobs needs a number} ;;
        --times) times=${2:?--times needs a number} ;;
        --queues) queue_counts=${2:?--queues needs numbers, as in "1 10"} ;;
        *)
            echo "usage: script/bench driver|fan-out|latency [--json FILE] [--rounds N] [--events N] [--matches 'N …']" >&2
            echo "       script/bench driver [--patterns 'N …'] [--shapes 'NAME …']" >&2
            echo "       script/bench riders [--json FILE] [--rounds N] [--jobs N] [--queues 'N …']" >&2
            echo "       script/bench scheduler [--json FILE] [--rounds N] [--jobs N] [--times N]" >&2
            exit 64
            ;;
        esac
        shift 2
    done
}

# Compiles the C programs and starts Redis on a free port; sets port.
prepare() {
    make --silent -C "$root/Benchmarks/ceiling" OUT="$ceiling"
    "$root/script/join-lua" "$scripts"
    trap stop_private_redis EXIT
    local attempt
    for attempt in 1 2 3 4 5; do
        port=$((20000 + RANDOM))
        if start_private_redis "port $port" "bind 127.0.0.1" "loglevel warning"; then return; fi
        stop_private_redis
        echo "port $port is taken (attempt $attempt)" >&2
    done
    exit 1
}

# An empty Redis with the 10 000 subscriptions.
reset_redis() {
    redis-cli -p "$port" flushall sync >/dev/null
    "$ceiling/workload" "$port" subscribe
}

# field NAME "name=value name=value …"
field() {
    local word
    for word in $2; do
        if [[ $word == "$1="* ]]; then echo "${word#*=}"; fi
    done
}

# best NAME max|min LINE…: the line with the best value of that field.
best() {
    local name=$1 order=$2
    printf '%s\n' "${@:3}" | awk -v name="$name" -v sign="$([[ $order == max ]] && echo 1 || echo -1)" '
        { for (i = 1; i <= NF; i++) if (split($i, part, "=") == 2 && part[1] == name) value = sign * part[2]
          if (NR == 1 || value > top) { top = value; line = $0 } }
        END { print line }'
}

# A JSON object that says where the figures come from.
machine_json() {
    local model
    model=$(awk -F': *' '/^model name/ { print $2; exit }' /proc/cpuinfo)
    printf '{"cpu":"%s","cores":%d,"kernel":"%s","redis":"%s"}' "$model" "$(nproc)" "$(uname -r)" \
        "$(redis-cli -p "$port" info server | awk -F: '/^redis_version/ { sub("\r", "", $2); print $2 }')"
}
