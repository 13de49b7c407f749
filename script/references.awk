# Names what the documents and comments of the given files refer to and what is not there:
#
#   a section that is cited, "contract §2.3" or "protocol §4", of which docs/contract.md or docs/protocol.md has no heading;
#   a § that does not say of which document it is (within those two it may be of the same one);
#   a link in Markdown to a file, or to a heading of one, and a path docs/….md anywhere;
#   in Markdown, a script `….lua`, a file `….swift`, a mutation `….patch`, and a suite `…Tests`, by their names alone, so that
#   they may move.
#
# Standard input lists all files, one a line; then come the files to look through, the two documents among them.

function note(text) { complaints[++count] = FILENAME ":" FNR " " text }

# A path without "." and "..".
function resolved(path,    parts, kept, result, i, n) {
    n = split(path, parts, "/")
    kept = 0
    for (i = 1; i <= n; i++) {
        if (parts[i] == "..") kept--
        else if (parts[i] != "" && parts[i] != ".") stack[++kept] = parts[i]
    }
    result = ""
    for (i = 1; i <= kept; i++) result = result (i > 1 ? "/" : "") stack[i]
    return result
}

# The anchor of a heading, as GitHub makes it.
function anchor(heading) {
    heading = tolower(heading)
    gsub(/`/, "", heading)
    gsub(/[^a-z0-9 _-]/, "", heading)
    gsub(/ /, "-", heading)
    return heading
}

FILENAME == "-" {
    n = split($0, parts, "/")
    path = ""
    for (i = 1; i <= n; i++) {
        if (parts[i] == ".") continue
        path = path (path == "" ? "" : "/") parts[i]
        exists[path] = named[parts[i]] = 1
    }
    next
}

FNR == 1 {
    folder = FILENAME
    if (!sub(/\/[^\/]*$/, "", folder)) folder = ""
    isMarkdown = FILENAME ~ /\.md$/
    own = FILENAME ~ /^docs\/(contract|protocol)\.md$/ ? FILENAME : ""
    sub(/^docs\//, "", own)
    sub(/\.md$/, "", own)
    isCode = 0
}

isMarkdown && /^ *```/ { isCode = !isCode }

isMarkdown && !isCode && /^#+ / {
    heading = $0
    sub(/^#+ /, "", heading)
    anchors[FILENAME "#" anchor(heading)] = 1
    if (own != "" && match(heading, /^[0-9]+(\.[0-9]+)*/)) sections[own " " substr(heading, 1, RLENGTH)] = 1
}

/§/ {
    rest = $0
    document = ""
    while (match(rest, /§[0-9]+(\.[0-9]+)*/)) {
        before = substr(rest, 1, RSTART - 1)
        number = substr(rest, RSTART + length("§"), RLENGTH - length("§"))
        rest = substr(rest, RSTART + RLENGTH)
        if (before ~ /RFC [0-9]+ $/) continue
        if (before ~ /[Cc]ontract $/) document = "contract"
        else if (before ~ /[Pp]rotocol $/) document = "protocol"
        else if (document == "" || before !~ /^(,| and) $/) document = own
        if (document == "") note("cites §" number " and does not say of which document; write contract § or protocol §")
        else cited[++citations] = document " " number "\n" FILENAME ":" FNR
    }
}

{
    rest = $0
    while (match(rest, /docs\/[A-Za-z0-9_\/-]+\.md/)) {
        path = substr(rest, RSTART, RLENGTH)
        rest = substr(rest, RSTART + RLENGTH)
        if (!(path in exists)) note("names " path ", which is not there")
    }
}

isMarkdown && !isCode {
    rest = $0
    while (match(rest, /\]\([^)]+\)/)) {
        target = substr(rest, RSTART + 2, RLENGTH - 3)
        rest = substr(rest, RSTART + RLENGTH)
        if (target ~ /^[a-z]+:/) continue
        fragment = ""
        if (match(target, /#.*$/)) {
            fragment = substr(target, RSTART)
            target = substr(target, 1, RSTART - 1)
        }
        path = target == "" ? FILENAME : resolved(folder "/" target)
        if (!(path in exists)) note("links to " path ", which is not there")
        else if (fragment != "") linked[++links] = path fragment "\n" FILENAME ":" FNR
    }
    rest = $0
    while (match(rest, /`[^`]+`/)) {
        name = substr(rest, RSTART + 1, RLENGTH - 2)
        rest = substr(rest, RSTART + RLENGTH)
        sub(/^.*\//, "", name)
        if (name ~ /^[A-Za-z0-9_+-]+\.(lua|swift|patch)$/ || name ~ /^[A-Z][A-Za-z]*Tests$/)
            if (!(name in named) && !(name ".swift" in named)) note("names " name ", which is not there")
    }
}

END {
    for (i = 1; i <= citations; i++) {
        split(cited[i], parts, "\n")
        if (!(parts[1] in sections)) {
            sub(/ /, " §", parts[1])
            complaints[++count] = parts[2] " cites " parts[1] ", which is no heading of that document"
        }
    }
    for (i = 1; i <= links; i++) {
        split(linked[i], parts, "\n")
        if (!(parts[1] in anchors)) complaints[++count] = parts[2] " links to " parts[1] ", which is no heading there"
    }
    for (i = 1; i <= count; i++) print complaints[i]
}
