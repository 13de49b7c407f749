# Sourced by the benchmarks: a redis-server of their own in a temporary folder, which programs in C share with busdriver.
# It needs no build; what is in Swift has PrivateRedis.

# start_private_redis [LINE OF redis.conf …]: sets redis_folder, redis_socket and redis_pid.
start_private_redis() {
    redis_folder=$(mktemp -d "${TMPDIR:-/tmp}/busdriver-XXXXXX")
    redis_socket=$redis_folder/redis.sock
    printf '%s\n' "dir $redis_folder" "unixsocket $redis_socket" "port 0" 'save ""' "appendonly no" "$@" \
        >"$redis_folder/redis.conf"
    # A session of its own, so that Ctrl-C reaches the driver first and Redis only through stop_private_redis.
    setsid redis-server "$redis_folder/redis.conf" >"$redis_folder/redis.log" 2>&1 &
    redis_pid=$!
    guard_private_redis
    until redis-cli -s "$redis_socket" ping >/dev/null 2>&1; do
        if ! kill -0 "$redis_pid" 2>/dev/null; then
            echo "redis-server did not start:" >&2
            tail -n 5 "$redis_folder/redis.log" >&2
            return 1
        fi
        sleep 0.02
    done
}

# Ends the server when this shell has ended, however it did: no trap runs after kill -9. Sets redis_guardian.
guard_private_redis() {
    setsid sh -c 'tail --pid="$1" -f /dev/null; kill -KILL "$2"; rm -rf "$3"' \
        guardian $$ "$redis_pid" "$redis_folder" </dev/null >/dev/null 2>&1 &
    redis_guardian=$!
}

# Ends the server and removes its folder; nothing happens when there is none.
stop_private_redis() {
    [[ -n ${redis_pid:-} ]] || return 0
    # The guardian first: later the id could be another's.
    kill -KILL -- -"$redis_guardian" 2>/dev/null || kill -KILL "$redis_guardian" 2>/dev/null || true
    kill -KILL "$redis_pid" 2>/dev/null || true
    wait "$redis_guardian" "$redis_pid" 2>/dev/null || true
    rm -rf "$redis_folder"
    redis_pid=""
}
