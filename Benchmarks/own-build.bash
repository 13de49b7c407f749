# Sourced by script/bench and run-pure: how what benchmarks need is built, beside what everybody builds.
#
# SwiftPM keeps Package.resolved beside Package.swift, wherever it builds, and fetches all that is in it. So that a plain
# `swift build` does not fetch what only benchmarks need, the package is built in a folder of links to its parts.
own_build=$root/.build-benchmarks
own_package=$own_build/package

# own_swift build|package ARGUMENT…
own_swift() {
    local part
    mkdir -p "$own_package"
    for part in Package.swift Sources Tests Benchmarks loadtest; do ln -sfn "../../$part" "$own_package/$part"; done
    BUSDRIVER_BENCHMARKS=1 swift "$1" --package-path "$own_package" --scratch-path "$own_build" "${@:2}"
}
