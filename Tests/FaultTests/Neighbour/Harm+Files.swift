import Foundation
import RedisTestSupport

/// The schedule file of the fleet is replaced and read anew, and then put right.
extension Harm {
    static let scheduleFiles = files.map { name, text in
        Harm("a schedule file: \(name)") { bench, _ in
            try bench.fleet.writeSchedule(text())
            try await bench.last(for: .milliseconds(1000))
            try bench.fleet.writeSchedule(NeighbourFleet.schedule)
        }
    }

    private static let files: KeyValuePairs<String, @Sendable () -> String> = [
        "nothing": { "" },
        "no YAML": { "a: [" },
        "another shape": { "- 1\n- 2\n" },
        "a bomb of maps": {
            (1...24).reduce("m0: &m0 {a: 1, b: 2}\n") {
                $0 + "m\($1): &m\($1) {<<: *m\($1 - 1), a: *m\($1 - 1), b: *m\($1 - 1)}\n"
            }
        },
        "a bomb of lists": {
            (1...24).reduce("l0: &l0 [x, x]\n") { $0 + "l\($1): &l\($1) [*l\($1 - 1), *l\($1 - 1)]\n" }
                + "bomb: {every: 1s, class: X, queue: x, args: *l24}\n"
        },
        "a bomb as a key": {
            (1...24).reduce("l0: &l0 [x, x]\n") { $0 + "l\($1): &l\($1) [*l\($1 - 1), *l\($1 - 1)]\n" }
                + "? *l24\n: 1\n"
        },
        "many entries with anchors, and a broken one": {
            (1...3000).map { "e\($0): &e\($0) {every: 1h, class: X, queue: x}\n" }.joined() + "broken: {every: *e9x}\n"
        },
        "a long zone": {
            "z:\n  cron: \"* * * * * \(String(repeating: "Z", count: 100_000))\"\n  class: X\n  queue: x\n"
        },
        "deep levels": { String(repeating: "[", count: 20_000) },
    ]
}
