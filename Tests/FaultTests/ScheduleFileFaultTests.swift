import Foundation
import RedisTestSupport
import Testing

/// Schedule files that take long to read, or stand for more than they say, beside a driver (F20).
extension ProcessFaults {
    /// Each keeps whoever reads it busy; none can be taken over.
    enum HostileSchedules: String, CaseIterable, Sendable {
        case manyValues, bomb, manyBrokenEntries, endlessLine

        var yaml: String {
            switch self {
            case .manyValues: "a:\n  args: [" + String(repeating: "1,", count: 4_000_000) + "1]\n"
            case .bomb: "m0: &m0 [x]\n" + (1...64).map { "m\($0): &m\($0) {? *m\($0 - 1) : *m\($0 - 1)}\n" }.joined()
            case .manyBrokenEntries: (0..<30_000).map { "e\($0): &a\($0)\n\tevery: 1h\n" }.joined()
            case .endlessLine: "a: " + String(repeating: "x", count: 20 << 20) + "\n"
            }
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: HostileSchedules.allCases)
    func drivingGoesOnWhileAHostileScheduleFileIsRead(file: HostileSchedules) async throws {
        try await FaultBench.run { bench, redis in
            let schedule = "\(bench.server.directory)/schedule.yml"
            try "nightly: {cron: 0 3 * * *, queue: reports, class: Report}\n"
                .write(toFile: schedule, atomically: true, encoding: .utf8)
            let process = try BusDriverProcess(
                on: bench.server, arguments: ["--roles", "driver,scheduler", "--schedule", schedule])
            try bench.ledger.publish(10, on: redis)
            try await pollUntil("it drives: \(process.log)") { try bench.ledger.isDriven(on: redis) }
            try file.yaml.write(toFile: schedule, atomically: true, encoding: .utf8)
            process.signal(SIGUSR2)
            var slowest = Duration.zero
            while !process.log.contains("the schedules stay as they were") {
                let begin = ContinuousClock.now
                try bench.ledger.publish(1, on: redis)
                try await pollUntil("the event is driven: \(process.log)") { try bench.ledger.isDriven(on: redis) }
                slowest = max(slowest, ContinuousClock.now - begin)
            }
            // The file was read on the loop that drives, for seconds.
            #expect(slowest < .seconds(1))
            process.signal(SIGUSR1)
            try await pollUntil("the old schedules run") { process.log.contains("name=nightly") }
            let lines = process.log.split(separator: "\n")
            #expect(lines.count < 100)
            for line in lines { #expect(line.utf8.count < 1000) }
            #expect(try bench.ledger.verdict(on: redis) == .clean)
            process.signal(SIGTERM)
            try await pollUntil("it ends") { !process.isRunning }
            #expect(process.ending == .exit(0), "\(process.log)")
        }
    }
}
