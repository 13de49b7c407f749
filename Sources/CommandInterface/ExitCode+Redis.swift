package import ArgumentParser
package import BusSession
package import RedisConnection

/// The exit codes of our programs besides 0 and 1; 64 for wrong usage is ArgumentParser's own.
extension ExitCode {
    /// Redis cannot be reached, or cannot work for now, and this command does not wait (`EX_UNAVAILABLE`).
    package static let unavailable = ExitCode(Impediment.Outlook.passing.rawValue)
    /// Nothing works before somebody changes a setting, a right or the address (`EX_CONFIG`).
    package static let configuration = ExitCode(Impediment.Outlook.lasting.rawValue)
}

extension Complaint {
    /// What an error of the connection means to a command that does not wait: whether it would do to come back later,
    /// or somebody must change something first.
    package init(_ error: RedisError) { self.init(Impediment(error)) }

    /// As ``init(_:)-(RedisError)``, for an error whose meaning is known.
    package init(_ impediment: Impediment) {
        self.init(impediment.message, code: ExitCode(impediment.outlook.rawValue))
    }
}
