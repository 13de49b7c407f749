import BusOperations
import BusProtocol
import CommandInterface
import RedisConnection

extension Session {
    /// All schedules that Redis knows of.
    func knownSchedules() async throws(RedisError) -> KnownSchedules {
        try await KnownSchedules(connection: connection, bus: keys, lock: schedulerLock)
    }
}

extension KnownSchedules {
    /// Says on standard error what the reader must know about who leads.
    ///
    /// - Parameter rubysPart: what a Ruby scheduler does about it.
    func tellWhoLeads(rubysPart: String) {
        if let leader {
            guard leader.isRuby else { return }
            StandardError.write("note: the Ruby scheduler \(TextTable.oneLine(leader.value)) leads; \(rubysPart).\n")
        } else {
            StandardError.write(
                "note: no scheduler leads, so nothing fires; start one: busdriver run --roles driver,scheduler.\n")
        }
    }
}
