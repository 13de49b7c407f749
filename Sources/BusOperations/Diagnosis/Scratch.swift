import BusProtocol
import BusWire

/// A namespace of its own inside ours, in which everything may be tried.
struct Scratch {
    /// What the names of all scratch keys begin with.
    let prefix: String
    private let bus: BusKeys

    init(bus: BusKeys) {
        let namespace = bus.own("scratch:doctor-\(UInt32.random(in: .min ... .max))")
        self.bus = BusKeys(namespace: namespace)
        prefix = namespace + ":"
    }

    /// Each script once, on the life of a driver that drives one event.
    var driverScripts: [Diagnosis.Trial] {
        let (id, queue) = ("doctor:1:1", bus.queue("incoming"))
        let record = bus.driver(id)
        let (first, before) = (bus.inFlight(id, 1), bus.inFlight(id, 0))
        let stats = [bus.stat("processed"), bus.stat("processed", worker: id)]
        let failed = [bus.stat("failed"), bus.stat("failed", worker: id)]
        let events = [("RPUSH", ["RPUSH", queue, "a", "b"])]
        let load = Script.ofDrivers.map { ("SCRIPT LOAD", ["SCRIPT", "LOAD", $0.text]) }
        return load + events + [
            call(.register, [record, bus.drivers, bus.lease(id)], [id, "60000", "worker", id, "queue", "incoming"]),
            call(.renewLease, [record, bus.drivers, bus.lease(id)], [id, "60000"]),
            call(
                .claim, [record, queue, first, before, bus.suspects],
                ["1", "1", "sort", String(BatchLimits.mostBatchBytes), String(BatchLimits.mostElementBytes), "1"]),
            call(.absolve, [first, bus.suspects], []),
            call(.fin, [first, bus.keptBatch(id, 1), bus.keptBatches], [bus.queue("q")]),
            call(
                .mend, [bus.keptBatch(id, 1), bus.keptBatches, bus.queues] + failed + [bus.queue("q")],
                ["0", "q", "1", "job"]),
            call(.swap, [record, queue, first, bus.queues] + stats + [bus.queue("q")], ["2", "b", "q", "1", "job"]),
            call(
                .setAside, [record, queue, bus.oversized(id, 2), bus.waitingFailures] + stats,
                ["2", String(BatchLimits.mostElementBytes), "sort", "entry"]),
            ("RPUSH", ["RPUSH", bus.waitingFailures, "entry", #"{"error":"e","queue":"q"}"#]),
            call(
                .moveFailures, [bus.waitingFailures, bus.failed, bus.failedQueues], ["2", bus.prefix, "multi-queue"]),
            call(
                .recover,
                [
                    bus.drivers, bus.lease(id), record, bus.dead(id), queue, first, before, bus.suspects,
                ], [id, "1", "now", "0"]),
        ]
    }

    /// Each script once, on the life of a leader that fires once and publishes one heartbeat.
    var schedulerScripts: [Diagnosis.Trial] {
        let (lock, me) = (bus.schedulerLock, "doctor:1:a")
        let scripts = [Script.takeLock, .renewLock, .releaseLock, .fire, .noteFiring, .publishBusHeartbeats]
        return scripts.map { ("SCRIPT LOAD", ["SCRIPT", "LOAD", $0.text]) } + [
            call(.takeLock, [lock], [me, "60"]), call(.renewLock, [lock], [me, "60"]),
            call(
                .fire, [lock, bus.scheduleFirings, bus.queues, bus.queue("q"), bus.lastEnqueuedAt],
                [me, "s", "1", "x", "q", "job", "now", ""]),
            call(.noteFiring, [lock, bus.scheduleFirings], [me, "s", "1 x", "2 x"]),
            call(
                .publishBusHeartbeats,
                [lock, bus.busHeartbeatLock, bus.busHeartbeatTimestamp, bus.queues, bus.queue("q")],
                [me, "", "", "1", "q", "event"]),
            call(.releaseLock, [lock], [me]),
        ]
    }

    private func call(_ script: Script, _ keys: [String], _ arguments: [String]) -> Diagnosis.Trial {
        (script.name + ".lua", ["EVAL", script.text, String(keys.count)] + keys + arguments)
    }
}
