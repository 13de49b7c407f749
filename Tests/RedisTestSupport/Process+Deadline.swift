public import Foundation

extension Process {
    /// Kills the process, and says so, if it still runs after `limit`: whoever waits for its end or for its output then
    /// waits no longer.
    public func killLate(after limit: Duration = .seconds(45)) {
        DispatchQueue.global().asyncAfter(deadline: .now() + limit / .seconds(1)) { [weak self] in
            guard let self, isRunning else { return }
            let words = ([executableURL?.lastPathComponent ?? ""] + (arguments ?? [])).joined(separator: " ")
            FileHandle.standardError.write(Data("not within \(limit), and so it is killed: \(words)\n".utf8))
            kill(processIdentifier, SIGKILL)
        }
    }
}
