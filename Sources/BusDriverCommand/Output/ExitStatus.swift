import ArgumentParser

/// The exit codes of `busdriver` besides 1; 64 for wrong usage is ArgumentParser's own.
extension ExitCode {
    /// Redis cannot be reached, or cannot work for now, and this command does not wait (`EX_UNAVAILABLE`).
    static let unavailable = ExitCode(69)
    /// Nothing works before somebody changes a setting, a right or the address (`EX_CONFIG`).
    static let configuration = ExitCode(78)
}
