import BusProtocol
import BusWire
package import RedisConnection

extension Diagnosis {
    /// What crashed processes and older versions leave behind.
    package func leftovers() async throws(RedisError) -> [Finding] {
        [
            try await inFlight(), try await reserved(), try await keptBatches(), try await waitingFailures(),
            try await temporaryApplications(),
            try await tails(), try await oversized(), try await oldFormat(),
        ]
    }

    private func inFlight() async throws(RedisError) -> Finding {
        let name = "In-flight events"
        let clock = try await RedisClock(connection: connection)
        let dead = try await connection.wholeLeases(in: bus.drivers, bus: bus, now: clock.milliseconds)
            .filter { $0.remaining <= .zero }.map(\.id)
        let recovery = DriverRecovery(
            connection: connection, bus: bus, digests: ScriptDigests(),
            fallbackQueue: scope.incoming.first ?? "bus_incoming")
        let orphans = try await recovery.orphans().keys.sorted()
        guard dead.isEmpty, orphans.isEmpty else {
            return Finding(
                name, .problem, "Drivers that are gone hold events: \(Self.enumeration(dead + orphans)).",
                remedy: "busdriver recover, or start a driver: it brings them back by itself.")
        }
        return Finding(name, .ok, "No driver has died with events in hand.")
    }

    private func reserved() async throws(RedisError) -> Finding {
        let name = "Reserved jobs"
        let clock = try await RedisClock(connection: connection)
        let dead = try await connection.wholeLeases(in: bus.riders, bus: bus, now: clock.milliseconds)
            .filter { $0.remaining <= .zero }.map(\.id)
        guard dead.isEmpty else {
            return Finding(
                name, .problem, "Riders that are gone hold jobs: \(Self.enumeration(dead)).",
                remedy: "busdriver recover, or start a rider: it brings them back by itself.")
        }
        return Finding(name, .ok, "No rider has died with jobs in hand.")
    }

    private func keptBatches() async throws(RedisError) -> Finding {
        let name = "Wrong-typed queues"
        let waiting = try await connection.call("HLEN", bus.keptBatches).integer ?? 0
        guard waiting > 0 else { return Finding(name, .ok, "No batch waits because a queue's key is not a list.") }
        return Finding(
            name, .warning,
            "\(waiting) batches wait for copies to be moved to failed, because a queue's key was no list.",
            remedy: "Start a driver: it does so by itself. Then look at busdriver failed list.")
    }

    private func waitingFailures() async throws(RedisError) -> Finding {
        let name = "Waiting failures"
        let waiting = try await connection.call("LLEN", bus.waitingFailures).integer ?? 0
        guard waiting > 0 else { return Finding(name, .ok, "No entry waits because \(bus.failed) is not a list.") }
        return Finding(
            name, .warning, "\(waiting) entries wait in \(bus.waitingFailures) until \(bus.failed) is a list.",
            remedy:
                "Rename or delete \(bus.failed); a driver, a rider or a leading scheduler moves them there by itself.")
    }

    private func temporaryApplications() async throws(RedisError) -> Finding {
        let name = "Leaked subscriptions"
        let leaked = try await keys(beginningWith: bus.temporaryAppsPrefix, limit: 1000)
        guard !leaked.isEmpty else { return Finding(name, .ok, "No temp_bus_app hash is left over.") }
        return Finding(
            name, .warning, "Processes died while they subscribed: \(Self.enumeration(leaked)).",
            remedy: "If nobody is subscribing right now: DEL \(leaked.prefix(3).joined(separator: " ")).")
    }

    private func tails() async throws(RedisError) -> Finding {
        let name = "Killed busdriver tail"
        let abandoned = try await AbandonedTails(connection: connection, bus: bus).find()
        guard !abandoned.isEmpty else {
            return Finding(name, .ok, "No subscription of a killed busdriver tail gathers events.")
        }
        return Finding(
            name, .warning, "Events are gathered for nobody: \(Self.enumeration(abandoned)).",
            remedy: "busdriver tail removes them when it starts; a driver of ours within seconds.")
    }

    private func oversized() async throws(RedisError) -> Finding {
        let name = "Oversized events"
        let lists = try await keys(beginningWith: bus.oversizedPrefix, limit: 1000)
        guard !lists.isEmpty else { return Finding(name, .ok, "No event too large to be loaded is kept.") }
        var unnamed = Set(lists)
        do throws(RedisError) {
            try await FailureLists(connection: connection, bus: bus).visit { page throws(RedisError) in
                for list in page.compactMap({ $0.listAside(in: bus) }) { unnamed.remove(list) }
                return page.count
            }
        } catch {
            // Of another type: another finding says so.
            guard error.isRefusedForGood else { throw error }
        }
        for bytes in try await connection.elements(ofList: bus.waitingFailures, from: 0, count: 1000) {
            if let list = FailureRecord(index: 0, bytes: bytes).listAside(in: bus) { unnamed.remove(list) }
        }
        guard !unnamed.isEmpty else {
            return Finding(name, .ok, "\(lists.count) are kept, each named by an entry of failed.")
        }
        return Finding(
            name, .warning, "No entry of failed names \(Self.enumeration(unnamed.sorted())).",
            remedy: "LINDEX KEY 0 shows the event if somebody needs it; then DEL KEY.")
    }

    private func oldFormat() async throws(RedisError) -> Finding {
        let name = "Old format"
        let oldQueue = bus.queue("resquebus_incoming")
        let applications = try await connection.call("EXISTS", bus.oldApps).integer ?? 0
        let waiting = try await connection.call("LLEN", oldQueue).integer ?? 0
        if waiting > 0, !scope.incoming.contains("resquebus_incoming") {
            return Finding(
                name, .problem, "\(waiting) events of resque-bus before 0.4 wait on \(oldQueue).",
                remedy: "busdriver run --incoming bus_incoming --incoming resquebus_incoming")
        }
        guard applications > 0 else { return Finding(name, .ok, "Nothing of resque-bus before 0.4.") }
        return Finding(
            name, .warning, "\(bus.oldApps) holds subscriptions of resque-bus before 0.4, which no driver reads.",
            remedy: "Subscribe these applications with resque-bus 0.7 or busdriver subscribe, then delete the old keys."
        )
    }
}
