import ArgumentParser

/// The exit codes of `busdriver` besides 1; 64 for wrong usage is ArgumentParser's own.
extension ExitCode {
    /// A one-shot command could not reach Redis (`EX_UNAVAILABLE`).
    static let unavailable = ExitCode(69)
    /// The configuration cannot work (`EX_CONFIG`).
    static let configuration = ExitCode(78)
}
