import BusWire
import RedisTestSupport

@testable import BusOperations
@testable import BusProtocol

/// A call of a script that takes effect, for tests that then put something in its way.
struct ScriptCall: Sendable, CustomStringConvertible {
    let script: Script
    /// Which of its ways it goes.
    var way = ""
    /// What must be there.
    let contents: [[String]]
    let keys: [String]
    let arguments: [String]
    /// First words of answers by which it says that nothing was done, besides errors.
    var refusals: Set<String> = []
    /// What may leave half of the work, with the reason why that does no harm.
    var harmless: [Obstacle: String] = [:]

    /// What is put in a script's way.
    enum Obstacle: Hashable, CustomStringConvertible {
        /// A key, counted from 1, holds another type of value.
        case key(Int)
        /// The user may not call a command.
        case forbidden(String)
        case fullMemory

        var description: String {
            switch self {
            case .key(let number): "key \(number) has another type"
            case .forbidden(let command): "\(command) is forbidden"
            case .fullMemory: "memory is full"
            }
        }
    }

    var description: String { way.isEmpty ? script.name : "\(script.name), \(way)" }

    /// What a client sends.
    var words: [String] { ["EVAL", script.text, String(keys.count)] + keys + arguments }
}

extension ScriptCall {
    private static let bus = BusKeys()
    private static let (id, leader) = ("host:1:a", "host:1:b")
    private static let lock = bus.schedulerLock
    private static let leads = ["SET", lock, leader]
    private static let (driver, rider, lease, dead) = (bus.driver(id), bus.rider(id), bus.lease(id), bus.dead(id))
    private static let (incoming, queue) = (bus.queue("bus_incoming"), bus.queue("jobs"))
    private static let (inFlight, reserved) = (bus.inFlight(id, 1), bus.reserved(id, 1))
    private static let (processed, failures) = (bus.stat("processed"), bus.stat("failed"))
    private static let askedByTheClaim = "claim.lua asks for this right before the batch is made"

    /// Every script, each of its ways that writes differently.
    static let all: [ScriptCall] = ofDrivers + ofRiders + ofSchedulers + ofOthers

    private static let ofDrivers: [ScriptCall] = [
        ScriptCall(
            script: .register, contents: [["SET", lease, "old"]], keys: [driver, bus.drivers, lease],
            arguments: [id, "60000", "queue", "bus_incoming"]),
        ScriptCall(
            script: .renewLease, contents: [["HSET", driver, "claimed", "0"], ["ZADD", bus.drivers, "1", id]],
            keys: [driver, bus.drivers, lease], arguments: [id, "60000"]),
        ScriptCall(
            script: .markPause, contents: [["HSET", driver, "claimed", "0"]], keys: [driver], arguments: ["1"]),
        claim("sort"), claim("copy"),
        ScriptCall(
            script: .fin, contents: [["RPUSH", inFlight, "a"], ["SET", queue, "text"]],
            keys: [inFlight, bus.keptBatch(id, 1), bus.keptBatches], arguments: [queue],
            harmless: [
                .key(3): "the other copies are pushed, so the batch must not be recovered; its list is kept",
                .forbidden("hset"): askedByTheClaim,
            ]),
        ScriptCall(
            script: .mend,
            contents: [["RPUSH", bus.keptBatch(id, 1), "a"], ["HSET", bus.keptBatches, bus.keptBatch(id, 1), "[]"]],
            keys: [
                bus.keptBatch(id, 1), bus.keptBatches, bus.queues, failures, bus.stat("failed", worker: "w"), queue,
                bus.waitingFailures,
            ],
            arguments: ["1", "jobs", "1", "job", "", "1", "entry"]),
        ScriptCall(
            script: .absolve, contents: [["RPUSH", inFlight, "a", "b"], ["HSET", bus.suspects, digestOfA, "1"]],
            keys: [inFlight, bus.suspects], arguments: []),
        ScriptCall(
            script: .swap,
            contents: [["HSET", driver, "claimed", "0"], ["RPUSH", incoming, "event", "other"]],
            keys: [
                driver, incoming, bus.inFlight(id, 0), bus.queues, processed, bus.stat("processed", worker: "w"), queue,
            ],
            arguments: ["1", "event", "jobs", "1", "job"]),
        ScriptCall(
            script: .recover,
            contents: [
                ["HSET", driver, "claimed", "2"], ["ZADD", bus.drivers, "1", id], ["RPUSH", inFlight, "a"],
                ["RPUSH", bus.inFlight(id, 2), "b"], ["RPUSH", incoming, "c"],
            ],
            keys: [bus.drivers, lease, driver, dead, incoming, bus.inFlight(id, 2), inFlight, bus.suspects],
            arguments: [id, "2", "dead", "60000"], refusals: ["STUCK"]),
        setAside("sort"), setAside("copy"),
        ScriptCall(
            script: .moveFailures, contents: [["RPUSH", bus.waitingFailures, "1", "2"]],
            keys: [bus.waitingFailures, bus.failed, bus.failedQueues], arguments: ["10", bus.prefix, ""],
            harmless: [.forbidden("llen"): "each entry moves in one step"]),
        ScriptCall(
            script: .moveFailures, way: "by queue",
            contents: [["RPUSH", bus.waitingFailures, "1", #"{"error":"e","queue":"jobs"}"#]],
            keys: [bus.waitingFailures, bus.failed, bus.failedQueues], arguments: ["10", bus.prefix, "multi-queue"],
            harmless: [
                .forbidden("llen"): "each entry moves in one step", .forbidden("sadd"): "each entry moves in one step",
            ]),
    ]

    private static let ofRiders: [ScriptCall] = [
        claimJobs("sort"), claimJobs("copy"),
        ScriptCall(
            script: .settleJobs,
            contents: [
                ["HSET", rider, "claimed", "1", "settled", "0", "1", "jobs"], ["RPUSH", reserved, "a", "b", "c", "d"],
                ["HSET", bus.suspectJobs, digestOfA, "1"], ["SET", "resque:resque-retry:Job", "1"],
            ],
            keys: [
                rider, bus.suspectJobs, processed, failures, bus.queues, reserved, queue, "resque:resque-retry:Job",
                bus.waitingFailures,
            ],
            arguments: ["1", "2", "1", "gone", "1", "1", "1"] + ["1", "jobs", "4", "1", "0", "1", "2"]
                + ["1", "1", "1", "9", "list", "1", "3", "RPUSH", bus.waitingFailures, "entry"]),
        ScriptCall(
            script: .recoverRider,
            contents: [
                ["HSET", rider, "claimed", "1", "settled", "0", "1", "jobs"], ["ZADD", bus.riders, "1", id],
                ["RPUSH", reserved, "a", "b"], ["RPUSH", queue, "c"],
            ],
            keys: [bus.riders, lease, rider, dead, bus.suspectJobs, bus.queues, reserved, queue],
            arguments: [id, "1", "0", "dead", "60000", "jobs"]),
        ScriptCall(
            script: .enqueueOnce, contents: [], keys: [bus.queues, queue, bus.reminder("x")],
            arguments: ["jobs", "job", "60000"]),
    ]

    private static let ofSchedulers: [ScriptCall] = [
        ScriptCall(script: .takeLock, way: "it is free", contents: [], keys: [lock], arguments: [leader, "60"]),
        ScriptCall(script: .takeLock, way: "it leads", contents: [leads], keys: [lock], arguments: [leader, "60"]),
        ScriptCall(script: .renewLock, contents: [leads], keys: [lock], arguments: [leader, "60"]),
        ScriptCall(script: .releaseLock, contents: [leads], keys: [lock], arguments: [leader]),
        ScriptCall(
            script: .fire, contents: [leads],
            keys: [lock, bus.scheduleFirings, bus.queues, queue, bus.lastEnqueuedAt],
            arguments: [leader, "nightly", "1", "cron", "jobs", "job", "now", ""]),
        ScriptCall(
            script: .noteFiring, contents: [leads], keys: [lock, bus.scheduleFirings],
            arguments: [leader, "nightly", "", "1"]),
        ScriptCall(
            script: .publishBusHeartbeats, contents: [leads],
            keys: [lock, bus.busHeartbeatLock, bus.busHeartbeatTimestamp, bus.queues, incoming],
            arguments: [leader, "", "", "1", "bus_incoming", "event"]),
        ScriptCall(
            script: .setAsideDelayed,
            contents: [leads, ["RPUSH", bus.delayed(5), String(repeating: "x", count: 2000)]],
            keys: [lock, bus.delayed(5), bus.oversizedPrefix + "1", bus.waitingFailures],
            arguments: [leader, "1000", "entry", "delayed:5", bus.timestampsPrefix], refusals: ["NOFAILED"]),
        ScriptCall(
            script: .spareUnusable, contents: [["RPUSH", bus.delayed(5), "a", "b"], ["SET", queue, "text"]],
            keys: [bus.delayed(5)], arguments: ["1:2 ", "delayed:5", bus.timestampsPrefix, queue]),
        ScriptCall(
            script: .tidyBucket, contents: [["ZADD", bus.delayedSchedule, "5", "5"]],
            keys: [bus.delayed(5), bus.delayedSchedule], arguments: ["5", "0"]),
    ]

    private static let ofOthers: [ScriptCall] = [
        ScriptCall(
            script: .putSubscription, contents: [["HSET", bus.app("shop"), "old", "{}"]],
            keys: [bus.app("shop"), bus.apps], arguments: ["shop", "new", "{}", "old", "{}"]),
        ScriptCall(
            script: .changeFailures,
            contents: [["RPUSH", bus.failed, "a", "b", "c", "d"], ["RPUSH", bus.oversizedPrefix + "1", "event"]],
            keys: [bus.failed, bus.queues, queue, bus.oversizedPrefix + "1"],
            arguments: ["gone"] + ["0", "a", "retried", "3", "jobs", "job"] + ["7", "b", "", "3", "jobs", "job"]
                + ["2", "c", "", "4", "", ""] + ["3", "d", "", "0", "", ""]),
        ScriptCall(
            script: .runDelayed,
            contents: [["RPUSH", bus.delayed(5), "a", "b", "a"], ["SADD", bus.timestamps("a"), "delayed:5"]],
            keys: [bus.delayed(5), bus.queues, queue, bus.timestamps("a")], arguments: ["5", "a", "0", "jobs", "job"]),
    ]

    /// That of the element `a`.
    private static let digestOfA = "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"

    /// A batch of which the second event is a suspect.
    private static func claim(_ copying: String) -> ScriptCall {
        ScriptCall(
            script: .claim, way: copying,
            contents: [
                ["HSET", driver, "claimed", "0"], ["RPUSH", incoming, "c", "a", "b"],
                ["HSET", bus.suspects, digestOfA, "1", incoming, "2"],
            ],
            keys: [driver, incoming, inFlight, bus.inFlight(id, 0), bus.suspects],
            arguments: ["1", "3", copying, "1048576", "50331648", "1"])
    }

    private static func claimJobs(_ copying: String) -> ScriptCall {
        ScriptCall(
            script: .claimJobs, way: copying,
            contents: [
                ["HSET", rider, "claimed", "0", "settled", "0"], ["RPUSH", queue, "c", "a", "b"],
                ["HSET", bus.suspectJobs, digestOfA, "2", queue, "2"],
            ],
            keys: [rider, reserved, bus.pauseAllWorkers, bus.suspectJobs, queue],
            arguments: ["1", "3", copying, "1048576", "50331648", "1", "jobs"])
    }

    private static func setAside(_ copying: String) -> ScriptCall {
        ScriptCall(
            script: .setAside, way: copying,
            contents: [
                ["HSET", driver, "claimed", "0"], ["RPUSH", incoming, String(repeating: "x", count: 2000), "small"],
            ],
            keys: [driver, incoming, bus.oversized(id, 1), bus.waitingFailures, processed],
            arguments: ["1", "1000", copying, "entry"])
    }
}
