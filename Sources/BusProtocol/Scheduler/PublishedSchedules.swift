import BusWire
package import RedisConnection

/// A schedule that the leader runs, as it lets everybody know: a field of `busdriver:schedules`.
package struct PublishedSchedule: Sendable, Hashable {
    /// Where a leader has a schedule from.
    package enum Source: String, Sendable, Hashable, CaseIterable {
        /// The file that it was started with.
        case file
        /// `persistent_schedules`.
        case redis
        /// The program that it is part of.
        case code
    }

    /// Of the schedule.
    package let name: String
    /// Where the leader has it from.
    package let source: Source
    /// What it is: the JSON object that `persistent_schedules` would have (contract §7).
    package let definition: [UInt8]

    /// - Parameter definition: a JSON object; it is not looked at.
    package init(name: String, source: Source, definition: [UInt8]) {
        self.name = name
        self.source = source
        self.definition = definition
    }

    /// Nil if this is not what a leader wrote.
    init?(name: String, json: [UInt8]) {
        guard let value = try? JSONValue.parse(json), let definition = try? value["definition"]?.encoded(),
            let source = value["source"]?.string.flatMap(Source.init)
        else { return nil }
        self.init(name: name, source: source, definition: definition)
    }

    var json: [UInt8] {
        Array(#"{"source":"\#(source.rawValue)","definition":"#.utf8) + definition + [UInt8(ascii: "}")]
    }
}

extension ScheduleRegistry {
    /// Lets everybody know what the leader runs, instead of all that an earlier one has published.
    ///
    /// It takes effect at once, and however many there are, Redis is not held up.
    package func publish(_ schedules: [PublishedSchedule]) async throws(RedisError) {
        let old = bus.publishedSchedules
        let new = bus.own("schedules:new")
        var exchange = RedisPipeline("UNLINK", old)
        if !schedules.isEmpty {
            var pipeline = RedisPipeline("DEL", new)
            append(schedules, to: new, in: &pipeline)
            _ = try await connection.sendChecked(pipeline)
            exchange.append("RENAME", new, old)
        }
        _ = try await connection.transact(exchange, keys: [old, old])
    }

    /// Lets everybody know what the leader now runs besides, or differently, and what no longer.
    package func publish(changed: [PublishedSchedule], removed: [String]) async throws(RedisError) {
        let key = bus.publishedSchedules
        var commands = RedisPipeline()
        for page in removed.pages(of: Self.page) { commands.append(["HDEL", key] + page) }
        append(changed, to: key, in: &commands)
        guard !commands.isEmpty else { return }
        _ = try await connection.send(commands, keys: Array(repeating: key, count: commands.count))
    }

    /// What the present leader runs, or the last one did, by name. Nothing where only Ruby's schedulers ever led.
    package func published() async throws(RedisError) -> [PublishedSchedule] {
        var found: [ExactString: PublishedSchedule] = [:]
        try await scan(bus.publishedSchedules) { name, json in
            found[ExactString(name)] = json.bytes.flatMap { PublishedSchedule(name: name, json: $0) }
        }
        return found.values.sorted { $0.name < $1.name }
    }

    private func append(_ schedules: [PublishedSchedule], to key: String, in pipeline: inout RedisPipeline) {
        for schedule in schedules {
            pipeline.begin(argumentCount: 4)
            pipeline.argument("HSET")
            pipeline.argument(key)
            pipeline.argument(schedule.name)
            schedule.json.withUnsafeBytes { pipeline.argument(bytes: $0) }
        }
    }
}
