import ArgumentParser

/// The exit codes of `busdriver`; 64 for wrong usage is ArgumentParser's own.
extension ExitCode {
    /// Something failed at run time.
    static let failed = ExitCode(1)
    /// A one-shot command could not reach Redis (`EX_UNAVAILABLE`).
    static let unavailable = ExitCode(69)
    /// The configuration cannot work (`EX_CONFIG`).
    static let configuration = ExitCode(78)
}
