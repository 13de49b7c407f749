# Names each of the given Lua files that does not say in its head what it has to, that needs a fragment which is not there,
# or that writes before it has asked for the user's rights. It runs in their folder; the files in fragments/ come first.

BEGIN {
    split("KEYS ARGV Returns Cost Fence", script_words)
    reads = " EXISTS GET HEXISTS HGET HMGET LINDEX LLEN LPOS LRANGE MEMORY PTTL TIME TYPE ZSCORE "
}

function finish(    i) {
    if (file == "") return
    if (is_fragment && head !~ /\n-- Defines /) print file " has no line '-- Defines …' in its head"
    if (is_fragment) return
    for (i in script_words)
        if (head !~ "\n-- " script_words[i] " ") print file " has no line '-- " script_words[i] " …' in its head"
    if (written && (!asked || written < asked) && head !~ /\n-- Rights /)
        print file ":" written " writes before it has asked for the user's rights, and its head has no line '-- Rights …'"
}

# Whether a line calls a command that writes, or whose name is not written there, or a function of a fragment which does.
function writes(code,    call, name) {
    for (name in writers) if (code ~ "(^|[^a-z_])" name "\\(") return 1
    while (match(code, /redis\.p?call\(/)) {
        code = substr(code, RSTART + RLENGTH)
        call = match(code, /^'[A-Z]+'/) ? substr(code, 2, RLENGTH - 2) : "?"
        if (index(reads, " " call " ") == 0) return 1
    }
    return 0
}

FNR == 1 {
    finish()
    file = FILENAME
    is_fragment = file ~ /^fragments\//
    if (is_fragment) { name = file; sub(/.*\//, "", name); sub(/\.lua$/, "", name); fragments[name] = file }
    in_head = 1; head = ""; asked = 0; written = 0
}

!/^--/ { in_head = 0 }

in_head {
    head = head "\n" $0
    if ($2 == "Needs") for (i = 3; i <= NF; i++) { sub(/,$/, "", $i); needed[$i] = file }
    next
}

/^ *--/ { next }

is_fragment && /^local function / { current = $3; sub(/\(.*/, "", current) }

writes($0) {
    if (is_fragment) writers[current]
    if (!written) written = FNR
}

!asked && /(refusal|forbidden|forbidden_on_record|may)\(/ { asked = FNR }

END {
    finish()
    for (name in needed) if (!(name in fragments)) print needed[name] " needs " name ", and there is no such fragment"
    for (name in fragments) if (!(name in needed)) print fragments[name] " is needed by no script"
}
