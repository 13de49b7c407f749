import BusProtocol
import BusScheduler
import BusWire
import RedisConnection
import RedisTestSupport
import Testing

/// A right goes between the queueing of a promotion and its `EXEC`; and the scheduler dies before it has read the
/// answer.
@Suite(.timeLimit(.minutes(1))) struct PromotionRightsTests {
    private typealias Bench = PromoterBench

    private static let keys = [
        "resetkeys", "resetkeys ~resque:delayed*", "resetkeys ~resque:delayed* ~resque:queue:jobs",
    ]

    @Test(arguments: LostRight.commands + LostRight.categories + keys)
    func everyJobArrivesOnce(_ loss: String) async throws {
        let bench = try await Bench()
        let items = [Bench.item(1), Bench.item(2, queue: "mail"), "not json", Bench.item(3), Bench.item(4)]
        try bench.delay(items)
        let read = try await bench.connection.send(RedisPipeline("LRANGE", "resque:delayed:5", "0", "3"))
        let time = Array("5".utf8)
        let promotion = Promotion(of: read[0], at: time, worker: "w", now: Bench.now)
        var commands = PromotionCommands(bus: bench.bus, lock: bench.lock)
        var pipeline = RedisPipeline()
        commands.append(promotion, to: &pipeline)
        let limited = try bench.server.user(without: "")
        try LostRight(loss).meet(pipeline, on: limited, administrator: bench.redis)

        #expect(try await bench.promote() == .idle)
        #expect(try bench.queue().sorted() == [1, 3, 4].map { Bench.pushed($0) })
        #expect(try bench.queue("mail") == [Bench.pushed(2)])
        #expect(try bench.failed().count == 1)
        #expect(try bench.list("resque:delayed:5") == [])
        #expect(try bench.redis.call("ZCARD", bench.bus.delayedSchedule).integer == 0)
    }
}
