import ArgumentParser
import BusWire
import CommandInterface
import Foundation
import LibevExecutor
import RedisConnection

/// `loadtest calibrate`
struct Calibrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measures what this machine and a Redis can do without any driver, in three seconds.",
        discussion: """
            Example:
              loadtest calibrate
              loadtest calibrate --redis redis://localhost:6379 --json
            """)

    @Option(
        help: ArgumentHelp(
            "Redis: redis://[user:password@]host[:port][/db] or unix:///path[?db=n].",
            discussion: "Default: a private one, which shows what this machine can do at best.", valueName: "url"))
    var redis: String?

    @Option(help: "What all keys begin with.")
    var namespace = "resque"

    @Flag(help: "Print JSON instead of a table.")
    var json = false

    func run() async throws {
        try await Complaint.onFailure {
            let executor = LibevExecutor(name: "loadtest")
            defer { executor.stop() }
            let redis = try await TestRedis.open(url: redis, executor: executor)
            do {
                let calibration = try await measure(redis, executor)
                if json {
                    StandardOutput.write(json: try Self.json(calibration))
                } else {
                    StandardOutput.write(Self.table(calibration))
                }
            } catch {
                await redis.stop()
                throw error
            }
            await redis.stop()
        }
    }

    private func measure(_ redis: TestRedis, _ executor: LibevExecutor) async throws -> Calibration {
        let connection = try await redis.connect(executor: executor)
        let calibration = try await Calibration.measure(over: connection, bus: BusKeys(namespace: namespace))
        await connection.close()
        return calibration
    }

    private static func json(_ calibration: Calibration) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        return String(decoding: try encoder.encode(calibration), as: UTF8.self) + "\n"
    }

    private static func table(_ calibration: Calibration) -> String {
        var table = TextTable(("WHAT", .left), ("HERE", .right), ("MEANING", .left))
        table.add(
            "round trips", rate(calibration.roundTripsPerSecond), "PINGs one after the other on one connection")
        table.add(
            "one round trip", "\(Int(calibration.roundTripMedianMicroseconds)) µs",
            "the median: no event can be quicker than a few of these")
        table.add("pushes", rate(calibration.pushesPerSecond), "events of 385 bytes that Redis takes by RPUSH")
        table.add("pops", rate(calibration.popsPerSecond), "jobs that riders take, 512 at a time")
        table.add("computing", rate(calibration.computeScore), "hashes of 64 KiB on one core, to compare machines by")
        return table.text
    }

    private static func rate(_ perSecond: Double) -> String {
        "\(Int(perSecond).formatted(.number.grouping(.automatic).locale(Locale(identifier: "en_US"))))/s"
    }
}
