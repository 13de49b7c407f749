import Foundation
import RedisConnection

/// What Redis counted since it started, for all its clients together. What this user may not see counts as nothing.
struct RedisCounters: Sendable {
    /// Calls by the command's name, in capitals.
    private(set) var commands: [String: Int] = [:]
    private(set) var inputBytes = 0
    private(set) var outputBytes = 0

    init(_ connection: RedisConnection) async throws(RedisError) {
        let stats = try await connection.send(RedisPipeline("INFO", "commandstats"))[0].string ?? ""
        for line in stats.split(whereSeparator: \.isNewline) where line.hasPrefix("cmdstat_") {
            let name = line.dropFirst("cmdstat_".count).prefix { $0 != ":" }
            commands[name.uppercased()] = Self.number("calls=", in: line)
        }
        let traffic = try await connection.send(RedisPipeline("INFO", "stats"))[0].string ?? ""
        for line in traffic.split(whereSeparator: \.isNewline) {
            if line.hasPrefix("total_net_input_bytes:") { inputBytes = Self.number(":", in: line) }
            if line.hasPrefix("total_net_output_bytes:") { outputBytes = Self.number(":", in: line) }
        }
    }

    /// What was added since `earlier`; commands that were not called are left out.
    func since(_ earlier: RedisCounters) -> RedisCounters {
        var difference = self
        difference.commands = commands.reduce(into: [:]) { result, entry in
            let calls = entry.value - (earlier.commands[entry.key] ?? 0)
            if calls > 0 { result[entry.key] = calls }
        }
        difference.inputBytes -= earlier.inputBytes
        difference.outputBytes -= earlier.outputBytes
        return difference
    }

    private static func number(_ lead: String, in line: Substring) -> Int {
        guard let range = line.range(of: lead) else { return 0 }
        return Int(line[range.upperBound...].prefix { $0.isNumber }) ?? 0
    }
}
