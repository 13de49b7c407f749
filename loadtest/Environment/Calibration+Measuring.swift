import BusProtocol
import BusWire
import LibevExecutor
import RedisConnection

extension Calibration {
    private static let share = Duration.milliseconds(800)
    /// Elements that lie in Redis at a time: a few megabytes.
    private static let roundSize = 16_384
    private static let pushesPerPipeline = 512
    private static let popSize = 512
    private static let elementSize = 385

    /// Measures for about three seconds, by commands of a few keys below `bus` that are removed again.
    ///
    /// - Parameter connection: nobody else uses it meanwhile.
    static func measure(over connection: RedisConnection, bus: BusKeys) async throws -> Calibration {
        try await withTaskExecutorPreference(connection.executor) {
            var calibration = Calibration(
                roundTripsPerSecond: 0, roundTripMedianMicroseconds: 0, pushesPerSecond: 0, popsPerSecond: 0,
                computeScore: ComputeScore.measure(for: share / 2))
            try await calibration.measureRoundTrips(over: connection)
            try await calibration.measureList(bus.own("calibration"), over: connection)
            return calibration
        }
    }

    private mutating func measureRoundTrips(over connection: RedisConnection) async throws(RedisError) {
        let ping = RedisPipeline("PING")
        var times: [Double] = []
        let began = MonotonicTime.now
        var last = began
        repeat {
            _ = try await connection.send(ping)
            let now = MonotonicTime.now
            times.append(Double(now - last))
            last = now
        } while last - began < Self.share.inNanoseconds
        roundTripsPerSecond = Double(times.count) / (Double(last - began) * 1e-9)
        roundTripMedianMicroseconds = (Median.of(times) ?? 0) / 1000
    }

    /// Fills a list and empties it, again and again.
    private mutating func measureList(_ list: String, over connection: RedisConnection) async throws {
        let filling = Self.filling(list)
        let emptying = Self.emptying(list)
        var (pushing, popping, rounds) = (UInt64(0), UInt64(0), 0)
        repeat {
            let began = MonotonicTime.now
            try await Self.send(filling, times: Self.roundSize / Self.pushesPerPipeline, over: connection)
            let filled = MonotonicTime.now
            try await Self.send(emptying, times: 1, over: connection)
            pushing += filled - began
            popping += MonotonicTime.now - filled
            rounds += 1
        } while pushing + popping < 2 * Self.share.inNanoseconds
        let elements = Double(rounds * Self.roundSize)
        pushesPerSecond = elements / (Double(pushing) * 1e-9)
        popsPerSecond = elements / (Double(popping) * 1e-9)
    }

    private static func filling(_ list: String) -> RedisPipeline {
        let element = String(repeating: "x", count: elementSize)
        var pipeline = RedisPipeline()
        for _ in 0..<pushesPerPipeline { pipeline.append("RPUSH", list, element) }
        // Should this process be killed in between.
        pipeline.append("EXPIRE", list, "60")
        return pipeline
    }

    private static func emptying(_ list: String) -> RedisPipeline {
        var pipeline = RedisPipeline()
        for _ in 0..<roundSize / popSize { pipeline.append("LPOP", list, String(popSize)) }
        return pipeline
    }

    /// Sends without waiting for replies in between.
    private static func send(_ pipeline: RedisPipeline, times: Int, over connection: RedisConnection) async throws {
        try await withThrowingTaskGroup { group in
            for _ in 0..<times {
                group.addTask {
                    if let refusal = try await connection.send(pipeline).firstError {
                        throw RedisError.refusal(refusal)
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}
