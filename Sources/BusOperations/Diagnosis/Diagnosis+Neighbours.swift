import BusProtocol
import BusWire
package import RedisConnection

extension Diagnosis {
    /// Who else works on this bus, and whether anybody may: drivers for each incoming list.
    package func neighbours() async throws(RedisError) -> [Finding] {
        let now = try await RedisClock(connection: connection).milliseconds
        let paused = try await PausedProcesses(connection: connection, bus: bus, now: now)
        var findings = [try await pause(paused)]
        let drivers = try await IncomingDrivers(connection: connection, bus: bus)
        for queue in scope.incoming { findings.append(try await attendance(of: queue, drivers, paused)) }
        return findings
    }

    private func pause(_ paused: PausedProcesses) async throws(RedisError) -> Finding {
        guard try await !Workers(connection: connection, bus: bus).arePaused() else {
            return Finding(
                "Pause", .problem, "\(bus.pauseAllWorkers) is true, so no driver, rider or worker takes anything.",
                remedy: "DEL \(bus.pauseAllWorkers) when whoever paused them is done.")
        }
        let ids = paused.drivers + paused.riders
        guard !ids.isEmpty else {
            return Finding("Pause", .ok, "\(bus.pauseAllWorkers) stops nobody, nor has a signal paused anybody.")
        }
        return Finding(
            "Pause", .warning, "SIGUSR2 has paused \(Self.enumeration(ids)) (host:pid:id).",
            remedy: "kill -CONT the process, on its host, when whoever paused it is done.")
    }

    private func attendance(
        of queue: String, _ drivers: IncomingDrivers, _ paused: PausedProcesses
    ) async throws(RedisError) -> Finding {
        let name = "Driver of \(queue)"
        let waiting = try await Queues(connection: connection, bus: bus).named([queue]).first?.length
        guard let waiting else {
            return Finding(
                name, .problem, "\(bus.queue(queue)) is not a list.",
                remedy: "Rename or delete that key; publishing fails.")
        }
        let ids = drivers.driving(queue)
        guard !ids.isEmpty else {
            return Finding(
                name, waiting > 0 ? .problem : .warning, "Nobody drives it; \(waiting) events wait.",
                remedy: "busdriver run" + (queue == "bus_incoming" ? "" : " --incoming \(queue)"))
        }
        guard ids.contains(where: { !paused.drivers.contains($0) }) else {
            return Finding(
                name, waiting > 0 ? .problem : .warning,
                "SIGUSR2 has paused all who drive it, \(Self.enumeration(ids)); \(waiting) events wait.",
                remedy: "kill -CONT the process, on its host.")
        }
        return Finding(name, .ok, "\(Self.enumeration(ids)); \(waiting) events wait.")
    }
}
